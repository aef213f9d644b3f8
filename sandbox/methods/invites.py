"""Invite links, and the decision about people who ask to join."""

import secrets

from sandbox.chats import Chat
from sandbox.membership import member, put
from sandbox.methods.members import group
from sandbox.methods.registry import JSON, Call, method
from sandbox.refusals import mistake, refusal
from sandbox.world import World

OPTIONS = ("name", "expire_date", "member_limit", "creates_join_request")


def _link(world: World, chat: Chat, call: Call, *, primary: bool) -> JSON:
    options = {key: call[key] for key in OPTIONS if call.get(key) is not None}
    if options.get("creates_join_request") and options.get("member_limit"):
        raise mistake("member limit can't be specified for links requiring administrator approval")
    if len(options.get("name", "")) > 32:
        raise mistake("invite link name is too long")
    link = {
        "invite_link": f"https://t.me/+{secrets.token_urlsafe(12)}",
        "creator": world.bot,
        "creates_join_request": False,
        "is_primary": primary,
        "is_revoked": False,
        **options,
    }
    chat.links[link["invite_link"]] = link
    return link


@method("exportChatInviteLink")
def export_chat_invite_link(world: World, call: Call) -> str:
    chat = group(world, call, right="can_invite_users")
    for link in chat.links.values():
        if link["is_primary"]:
            link.update(is_primary=False, is_revoked=True)
    return str(_link(world, chat, call, primary=True)["invite_link"])


@method("createChatInviteLink")
def create_chat_invite_link(world: World, call: Call) -> JSON:
    return _link(world, group(world, call, right="can_invite_users"), call, primary=False)


def _known(world: World, call: Call) -> JSON:
    chat = group(world, call, right="can_invite_users")
    link = chat.links.get(call["invite_link"])
    if link is None:
        raise refusal("INVITE_HASH_INVALID")
    return link


@method("editChatInviteLink")
def edit_chat_invite_link(world: World, call: Call) -> JSON:
    link = _known(world, call)
    link.update({key: call[key] for key in OPTIONS if key in call.values})
    return link


@method("revokeChatInviteLink")
def revoke_chat_invite_link(world: World, call: Call) -> JSON:
    link = _known(world, call)
    link["is_revoked"] = True
    return link


def _asked(world: World, call: Call) -> tuple[Chat, int, JSON]:
    chat = group(world, call, right="can_invite_users")
    user_id = int(call["user_id"])
    if chat.present(user_id):
        raise refusal("USER_ALREADY_PARTICIPANT")
    asked = chat.requests.pop(user_id, None)
    if asked is None:
        raise refusal("HIDE_REQUESTER_MISSING")
    return chat, user_id, asked


@method("approveChatJoinRequest")
def approve_chat_join_request(world: World, call: Call) -> bool:
    chat, user_id, asked = _asked(world, call)
    via = {"invite_link": asked["invite_link"]} if "invite_link" in asked else {}
    put(world, chat, user_id, member(world, user_id, "member"), via_join_request=True, **via)
    return True


@method("declineChatJoinRequest")
def decline_chat_join_request(world: World, call: Call) -> bool:
    _asked(world, call)
    world.notify("groups")
    return True
