"""Groups and who is in them: looking, leaving, banning, promoting, titles and permissions."""

from sandbox.chats import ADMINISTRATORS, Chat
from sandbox.membership import ADMIN_RIGHTS, PERMISSIONS, current, member, put, say
from sandbox.methods.registry import JSON, Call, method
from sandbox.refusals import mistake, refusal
from sandbox.world import World

FULL = {"accent_color_id": 0, "max_reaction_count": 11}
LONGEST_TAG = 16
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def group(world: World, call: Call, *, right: str = "") -> Chat:
    """The group of a call, in which the bot has the right it needs."""
    chat = world.find_chat(call["chat_id"])
    if chat.private:
        raise mistake("method is available only for groups and supergroups")
    world.inside(chat)
    if right and not chat.may(int(world.bot["id"]), right):
        raise refusal(NO_RIGHT.get(right, "not enough rights"))
    return chat


NO_RIGHT = {
    "can_restrict_members": "not enough rights to restrict/unrestrict chat member",
    "can_promote_members": "not enough rights to promote a chat member",
    "can_change_info": "not enough rights to change chat title",
    "can_invite_users": "not enough rights to manage chat invite link",
    "can_manage_topics": "not enough rights to manage the topic",
}


@method("getChat")
def get_chat(world: World, call: Call) -> JSON:
    chat = world.find_chat(call["chat_id"])
    if not chat.private:
        world.inside(chat)
    full = {**chat.info, **FULL, "accepted_gift_types": dict.fromkeys(GIFTS, False), **chat.settings}
    if chat.pinned and chat.pinned[-1] in chat.posts:
        full["pinned_message"] = chat.posts[chat.pinned[-1]].data
    if chat.private:
        return {**full, "active_usernames": [chat.info["username"]]} if "username" in chat.info else full
    return {"permissions": dict.fromkeys(PERMISSIONS, True), **full}


@method("getChatAdministrators")
def get_chat_administrators(world: World, call: Call) -> list[JSON]:
    if world.find_chat(call["chat_id"]).private:
        raise mistake("there are no administrators in the private chat")
    chat = group(world, call)
    found = [user for user in chat.members if chat.status(user) in ADMINISTRATORS]
    return [current(world, chat, user) for user in found]


@method("getChatMemberCount")
def get_chat_member_count(world: World, call: Call) -> int:
    chat = world.find_chat(call["chat_id"])
    return 2 if chat.private else len(world.inside(chat).readers())


@method("getChatMember")
def get_chat_member(world: World, call: Call) -> JSON:
    chat = world.find_chat(call["chat_id"])
    if not chat.private:
        world.inside(chat)
    return current(world, chat, _user(world, call)) if not chat.private else _in_private(world, call, chat)


def _in_private(world: World, call: Call, chat: Chat) -> JSON:
    user_id = _user(world, call)
    return member(world, user_id, "member" if user_id in (chat.id, world.bot["id"]) else "left")


def _user(world: World, call: Call) -> int:
    user_id = int(call["user_id"])
    if user_id not in world.people and user_id != world.bot["id"]:
        raise refusal("user not found")
    return user_id


@method("leaveChat")
def leave_chat(world: World, call: Call) -> bool:
    chat = group(world, call)
    bot = int(world.bot["id"])
    put(world, chat, bot, member(world, bot, "left"), by=world.bot)
    return True


def _other(world: World, call: Call, chat: Chat) -> int:
    user_id = _user(world, call)
    if chat.status(user_id) == "creator":
        raise refusal("can't remove chat owner")
    if user_id == world.bot["id"]:
        raise mistake("can't restrict self")
    return user_id


@method("banChatMember")
def ban_chat_member(world: World, call: Call) -> bool:
    chat = group(world, call, right="can_restrict_members")
    user_id = _other(world, call, chat)
    if chat.status(user_id) == "administrator":
        raise refusal("user is an administrator of the chat")
    until = {"until_date": call.get("until_date") or 0}
    put(world, chat, user_id, member(world, user_id, "kicked", until), by=world.bot)
    return True


@method("unbanChatMember")
def unban_chat_member(world: World, call: Call) -> bool:
    """Somebody who is in the group is put out by it, unless `only_if_banned` says no."""
    chat = group(world, call, right="can_restrict_members")
    if chat.kind != "supergroup":
        raise mistake("method is available for supergroup and channel chats only")
    user_id = _other(world, call, chat)
    if chat.status(user_id) == "kicked" or (chat.present(user_id) and not call.get("only_if_banned")):
        put(world, chat, user_id, member(world, user_id, "left"), by=world.bot)
    return True


@method("restrictChatMember")
def restrict_chat_member(world: World, call: Call) -> bool:
    chat = group(world, call, right="can_restrict_members")
    if chat.kind != "supergroup":
        raise mistake("method is available only for supergroups")
    user_id = _other(world, call, chat)
    if chat.status(user_id) == "administrator":
        raise refusal("user is an administrator of the chat")
    details = {
        **call["permissions"],
        "until_date": call.get("until_date") or 0,
        "is_member": chat.present(user_id),
    }
    put(world, chat, user_id, member(world, user_id, "restricted", details), by=world.bot)
    return True


@method("promoteChatMember")
def promote_chat_member(world: World, call: Call) -> bool:
    chat = group(world, call, right="can_promote_members")
    user_id = _other(world, call, chat)
    rights = {right: True for right in ADMIN_RIGHTS if call.get(right)}
    status = "administrator" if rights else "member"
    put(world, chat, user_id, member(world, user_id, status, rights), by=world.bot)
    return True


@method("setChatAdministratorCustomTitle")
def set_custom_title(world: World, call: Call) -> bool:
    chat = group(world, call, right="can_promote_members")
    user_id = _user(world, call)
    if chat.status(user_id) != "administrator":
        raise refusal("user is not an administrator")
    if len(call["custom_title"]) > 16:
        raise mistake("CUSTOM_TITLE_INVALID")
    chat.members[user_id] = {**chat.members[user_id], "custom_title": call["custom_title"]}
    return True


@method("setChatMemberTag")
def set_chat_member_tag(world: World, call: Call) -> bool:
    """Beside the name of an ordinary member; without a tag it goes."""
    chat = group(world, call, right="can_manage_tags")
    user_id, tag = _user(world, call), call.get("tag") or ""
    if chat.status(user_id) not in ("member", "restricted"):
        raise refusal("member not found")
    if len(tag.encode("utf-16-le")) // 2 > LONGEST_TAG:
        raise mistake("MEMBER_TAG_INVALID")
    kept = {key: value for key, value in chat.members[user_id].items() if key != "tag"}
    chat.members[user_id] = {**kept, "tag": tag} if tag else kept
    world.notify("groups")
    return True


@method("setChatPermissions")
def set_chat_permissions(world: World, call: Call) -> bool:
    chat = group(world, call, right="can_restrict_members")
    chat.settings["permissions"] = call["permissions"]
    return True


@method("setChatTitle")
def set_chat_title(world: World, call: Call) -> bool:
    chat = group(world, call, right="can_change_info")
    if not 1 <= len(call["title"]) <= 128:
        raise mistake("CHAT_TITLE_EMPTY" if not call["title"] else "chat title is too long")
    chat.info = {**chat.info, "title": call["title"]}
    say(world, chat, world.bot, {"new_chat_title": call["title"]})
    world.notify("groups")
    return True


@method("setChatDescription")
def set_chat_description(world: World, call: Call) -> bool:
    chat = group(world, call, right="can_change_info")
    text = call.get("description") or ""
    if len(text) > 255:
        raise mistake("chat description is too long")
    if text == chat.settings.get("description", ""):
        raise refusal("chat description is not modified")
    chat.settings["description"] = text
    return True
