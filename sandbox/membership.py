"""Who is in a group as what: the changes, the service messages and the updates they bring."""

from typing import Any

from sandbox.chats import ADMINISTRATORS, Chat
from sandbox.world import FIRST_GROUP, SUPERGROUP, World

JSON = dict[str, Any]

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def user_of(world: World, user_id: int) -> JSON:
    return world.bot if user_id == world.bot["id"] else world.people[user_id].user


def member(world: World, user_id: int, status: str, details: JSON | None = None) -> JSON:
    """A ChatMember object; an administrator has the rights given, or all of them."""
    base: JSON = {"status": status, "user": user_of(world, user_id)}
    details = details or {}
    if status == "creator":
        return {**base, "is_anonymous": False}
    if status == "administrator":
        rights = {right: bool(details.get(right, not details)) for right in ADMIN_RIGHTS}
        title = {"custom_title": details["custom_title"]} if details.get("custom_title") else {}
        return {**base, "can_be_edited": False, "is_anonymous": False, **rights, **title}
    if status == "restricted":
        allowed = {right: bool(details.get(right)) for right in PERMISSIONS}
        until = int(details.get("until_date", 0))
        return {**base, "is_member": details.get("is_member", True), "until_date": until, **allowed}
    if status == "kicked":
        return {**base, "until_date": int(details.get("until_date", 0))}
    return base


def current(world: World, chat: Chat, user_id: int) -> JSON:
    found = chat.members.get(user_id)
    return {**found, "user": user_of(world, user_id)} if found else member(world, user_id, "left")


def new_group(world: World, title: str, kind: str, *, topics: bool, username: str | None) -> Chat:
    world.last_group += 1
    chat_id = (
        -world.last_group
        if kind == "group"
        else SUPERGROUP - (world.last_group - FIRST_GROUP + 1_500_000_001)
    )
    info: JSON = {"id": chat_id, "title": title, "type": kind}
    if username:
        info["username"] = username
    if topics:
        info["is_forum"] = True
    chat = world.chats[chat_id] = Chat(chat_id, info)
    world.notify("groups")
    return chat


def put(world: World, chat: Chat, user_id: int, new: JSON, by: JSON | None = None, **via: Any) -> None:
    """Change what somebody is in a group and tell the bot as far as Telegram would."""
    old = current(world, chat, user_id)
    bot = int(world.bot["id"])
    was_inside, informed = chat.present(bot), chat.status(bot) in ADMINISTRATORS
    chat.members[user_id] = new
    if old == new:
        return
    change = {
        "chat": chat.info,
        "from": by or user_of(world, user_id),
        "date": world.clock.date(),
        "old_chat_member": old,
        "new_chat_member": new,
        **via,
    }
    if user_id == bot:
        world.updates.add("my_chat_member", change, chat.id)
    elif informed:
        world.updates.add("chat_member", change, chat.id)
    _tell_group(world, chat, user_id, old, change["from"], was_inside=was_inside)
    world.changed(chat)
    world.notify("groups")


def _tell_group(world: World, chat: Chat, user_id: int, old: JSON, by: JSON, *, was_inside: bool) -> None:
    inside_before = old["status"] in ("creator", "administrator", "member") or bool(old.get("is_member"))
    inside_now = chat.present(user_id)
    if inside_before == inside_now:
        return
    user = user_of(world, user_id)
    content = {"new_chat_members": [user]} if inside_now else {"left_chat_member": user}
    say(world, chat, by, content, heard=was_inside or inside_now)


def say(world: World, chat: Chat, by: JSON, content: JSON, *, heard: bool = True) -> int:
    """A service message; the bot hears it if it is in the group and did not cause it."""
    added = world.add_post(chat, by, content, own=by is world.bot)
    if heard and chat.present(int(world.bot["id"])) and by is not world.bot:
        world.updates.add("message", added.data, chat.id)
    return added.id


def migrate(world: World, chat: Chat, by: JSON) -> Chat:
    """A group becomes a supergroup: a new chat with the members, and a trace in both."""
    new = new_group(world, chat.info["title"], "supergroup", topics=False, username=None)
    new.members = dict(chat.members)
    say(world, chat, by, {"migrate_to_chat_id": new.id})
    chat.migrated_to = new.id
    say(world, new, by, {"migrate_from_chat_id": chat.id})
    world.changed(chat)
    return new


def request(world: World, chat: Chat, user_id: int, bio: str, link: JSON | None) -> None:
    """Somebody asks to join; the bot hears of it if it may add people."""
    asked: JSON = {
        "chat": chat.info,
        "from": user_of(world, user_id),
        "user_chat_id": user_id,
        "date": world.clock.date(),
    }
    if bio:
        asked["bio"] = bio
    if link:
        asked["invite_link"] = link
    chat.requests[user_id] = asked
    if chat.may(int(world.bot["id"]), "can_invite_users"):
        world.people[user_id].open_until = world.clock.now() + REQUEST_SECONDS
        world.updates.add("chat_join_request", asked, chat.id)
    world.notify("groups")


REQUEST_SECONDS = 300  # so long a bot may write first to somebody who asked to join
