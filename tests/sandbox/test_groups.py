"""Groups: members and rights, what the bot hears, topics, migration, links and requests to join."""

from typing import Any

import pytest

from tests.sandbox.conftest import Telegram

BOT = 1000000001


@pytest.fixture
async def bert(telegram: Telegram) -> int:
    return await telegram.person("Bert")


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [one["message"]["text"] for one in updates if "text" in one.get("message", {})]


async def test_the_bot_is_added(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, bert)
    assert group < 0
    changed, joined = await telegram.updates()
    assert changed["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert changed["my_chat_member"]["from"]["id"] == anna
    assert joined["message"]["new_chat_members"][0]["id"] == BOT
    assert (await telegram.bot("sendMessage", chat_id=group, text="Tag")).result["chat"]["title"] == "Pakt"


async def test_privacy_mode(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, bert)
    await telegram.updates()
    mine = (await telegram.bot("sendMessage", chat_id=group, text="Tag")).result["message_id"]
    for text in ("nur so", "/termine", "/termine@KlimapaktBot", "/termine@OtherBot", "Hallo @KlimapaktBot"):
        await telegram.says(bert, text, chat_id=group)
    await telegram.says(bert, "Antwort", chat_id=group, reply_to=mine)
    assert texts(await telegram.updates()) == [
        "/termine",
        "/termine@KlimapaktBot",
        "Hallo @KlimapaktBot",
        "Antwort",
    ]
    await telegram.control("PUT", f"/groups/{group}/members/bot", {"status": "administrator"})
    await telegram.says(bert, "jetzt auch so", chat_id=group)
    assert texts(await telegram.updates()) == ["jetzt auch so"]


async def test_supergroups_count_messages_for_themselves(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna, kind="supergroup", username="klimapakt")
    assert group < -1_000_000_000_000
    sent = await telegram.bot("sendMessage", chat_id="@klimapakt", text="Tag")
    assert (sent.result["message_id"], sent.result["chat"]["id"]) == (2, group)


async def test_only_members_write(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna)
    body = {"text": "x", "chat_id": group}
    await telegram.control("POST", f"/people/{bert}/messages", body, status=403)


async def test_joining_and_leaving(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, kind="supergroup", bot="administrator")
    await telegram.bot("getUpdates", allowed_updates=["message", "chat_member"])
    await telegram.updates()
    await telegram.control("POST", f"/groups/{group}/members", {"id": bert})
    await telegram.control("DELETE", f"/groups/{group}/members/{bert}")
    changed, joined, changed_again, left = await telegram.updates()
    assert changed["chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["new_chat_members"][0]["id"] == bert
    assert changed_again["chat_member"]["new_chat_member"]["status"] == "left"
    assert left["message"]["left_chat_member"]["id"] == bert
    assert (await telegram.bot("getChatMemberCount", chat_id=group)).result == 2


async def test_the_bot_is_put_out(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna)
    await telegram.updates()
    await telegram.control("DELETE", f"/groups/{group}/members/bot")
    (change,) = await telegram.updates()
    assert change["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    answer = await telegram.bot("sendMessage", chat_id=group, text="x")
    assert (answer.status, answer.error) == (403, "Forbidden: bot was kicked from the group chat")


async def test_the_bot_leaves(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna, kind="supergroup")
    assert (await telegram.bot("leaveChat", chat_id=group)).result is True
    answer = await telegram.bot("sendMessage", chat_id=group, text="x")
    assert answer.error == "Forbidden: bot is not a member of the supergroup chat"


async def test_who_is_in(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, bert)
    carla = await telegram.person("Carla")
    admins = (await telegram.bot("getChatAdministrators", chat_id=group)).result
    assert [(one["user"]["id"], one["status"]) for one in admins] == [(anna, "creator")]
    for user, status in ((bert, "member"), (carla, "left"), (BOT, "member")):
        found = await telegram.bot("getChatMember", chat_id=group, user_id=user)
        assert found.result["status"] == status
    assert (await telegram.bot("getChatMember", chat_id=group, user_id=5)).error == (
        "Bad Request: user not found"
    )
    assert (await telegram.bot("getChat", chat_id=group)).result["permissions"]["can_send_messages"] is True


async def test_rights_are_needed(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, bert, kind="supergroup")
    who = {"chat_id": group, "user_id": bert}
    refused = await telegram.bot("banChatMember", **who)
    assert refused.error == "Bad Request: not enough rights to restrict/unrestrict chat member"
    await telegram.control("PUT", f"/groups/{group}/members/bot", {"status": "administrator"})
    assert (await telegram.bot("banChatMember", **who)).result is True
    assert (await telegram.bot("getChatMember", **who)).result["status"] == "kicked"
    assert (await telegram.bot("unbanChatMember", **who)).result is True
    owner = await telegram.bot("banChatMember", chat_id=group, user_id=anna)
    assert owner.error == "Bad Request: can't remove chat owner"


async def test_deleting_others_messages_needs_a_right(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna)
    theirs = (await telegram.says(anna, "/x", chat_id=group))["message_id"]
    here = {"chat_id": group, "message_id": theirs}
    refused = await telegram.bot("deleteMessage", **here)
    assert refused.error == "Bad Request: message can't be deleted for everyone"
    await telegram.control("PUT", f"/groups/{group}/members/bot", {"status": "administrator"})
    assert (await telegram.bot("deleteMessage", **here)).result is True


async def test_migration(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna)
    await telegram.updates()
    new = (await telegram.control("POST", f"/groups/{group}/migrate"))["id"]
    old_message, new_message = [one["message"] for one in await telegram.updates()]
    assert (old_message["chat"]["id"], old_message["migrate_to_chat_id"]) == (group, new)
    assert (new_message["chat"]["id"], new_message["migrate_from_chat_id"]) == (new, group)
    answer = await telegram.bot("sendMessage", chat_id=group, text="x")
    assert answer.error == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer.body["parameters"] == {"migrate_to_chat_id": new}
    assert (await telegram.bot("sendMessage", chat_id=new, text="x")).result["chat"]["type"] == "supergroup"
    await telegram.control("POST", f"/groups/{group}/migrate", status=409)


async def test_topics(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna, kind="supergroup", topics=True, bot="administrator")
    topic = (await telegram.bot("createForumTopic", chat_id=group, name="Termine")).result
    thread = {"chat_id": group, "message_thread_id": topic["message_thread_id"]}
    sent = (await telegram.bot("sendMessage", text="Tag", **thread)).result
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic["message_thread_id"], True)
    assert (await telegram.bot("editForumTopic", name="Treffen", **thread)).result is True
    assert (await telegram.bot("editForumTopic", name="Treffen", **thread)).error == (
        "Bad Request: TOPIC_NOT_MODIFIED"
    )
    assert (await telegram.bot("closeForumTopic", **thread)).result is True
    assert (await telegram.bot("sendMessage", text="x", **thread)).error == "Bad Request: TOPIC_CLOSED"
    assert (await telegram.bot("deleteForumTopic", **thread)).result is True
    for method, values in (("sendMessage", {"text": "x"}), ("reopenForumTopic", {})):
        gone = await telegram.bot(method, **thread, **values)
        assert gone.error == "Bad Request: message thread not found"


async def test_a_person_writes_in_a_topic(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna, kind="supergroup", topics=True, bot="administrator")
    topic = await telegram.control("POST", f"/groups/{group}/topics", {"name": "Ideen"})
    await telegram.updates()
    number = topic["message_thread_id"]
    await telegram.says(anna, "Solardach", chat_id=group, message_thread_id=number)
    (update,) = await telegram.updates()
    assert update["message"]["message_thread_id"] == number


async def test_no_topics_in_ordinary_groups(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna)
    answer = await telegram.bot("createForumTopic", chat_id=group, name="x")
    assert answer.error == "Bad Request: the chat is not a forum"


async def test_requests_to_join(telegram: Telegram, anna: int) -> None:
    carla = await telegram.person("Carla", started=False)
    group = await telegram.group(anna, kind="supergroup", bot="administrator")
    values = {"chat_id": group, "creates_join_request": True, "name": "Partner"}
    link = (await telegram.bot("createChatInviteLink", **values)).result
    await telegram.updates()
    await telegram.control(
        "POST", f"/groups/{group}/members", {"id": carla, "link": link["invite_link"], "bio": "Hallo"}
    )
    (update,) = await telegram.updates()
    asked = update["chat_join_request"]
    assert (asked["from"]["id"], asked["bio"], asked["user_chat_id"]) == (carla, "Hallo", carla)
    assert asked["invite_link"]["name"] == "Partner"
    assert (await telegram.bot("sendMessage", chat_id=carla, text="Gleich")).status == 200
    who = {"chat_id": group, "user_id": carla}
    assert (await telegram.bot("approveChatJoinRequest", **who)).result is True
    assert (await telegram.bot("getChatMember", **who)).result["status"] == "member"
    again = await telegram.bot("approveChatJoinRequest", **who)
    assert again.error == "Bad Request: USER_ALREADY_PARTICIPANT"


async def test_declined_requests(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, kind="supergroup", bot="administrator")
    await telegram.control("POST", f"/groups/{group}/requests", {"id": bert})
    who = {"chat_id": group, "user_id": bert}
    assert (await telegram.bot("declineChatJoinRequest", **who)).result is True
    again = await telegram.bot("declineChatJoinRequest", **who)
    assert again.error == "Bad Request: HIDE_REQUESTER_MISSING"
    assert (await telegram.bot("getChatMember", **who)).result["status"] == "left"


async def test_revoked_links(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, kind="supergroup", bot="administrator")
    link = (await telegram.bot("exportChatInviteLink", chat_id=group)).result
    body = {"id": bert, "link": link}
    revoked = await telegram.bot("revokeChatInviteLink", chat_id=group, invite_link=link)
    assert revoked.result["is_revoked"] is True
    await telegram.control("POST", f"/groups/{group}/members", body, status=409)


async def test_taps_in_groups(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, bert)
    await telegram.updates()
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    card = (await telegram.bot("sendMessage", chat_id=group, text="x", reply_markup=markup)).result
    tap = {"message_id": card["message_id"], "label": "Ja", "chat_id": group}
    await telegram.control("POST", f"/people/{bert}/taps", tap)
    (update,) = await telegram.updates()
    query = update["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (bert, group)


async def test_contact_button_only_in_private(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna)
    markup = {"keyboard": [[{"text": "Nummer", "request_contact": True}]]}
    answer = await telegram.bot("sendMessage", chat_id=group, text="x", reply_markup=markup)
    assert answer.error == "Bad Request: phone number can be requested in private chats only"


async def test_groups_are_listed(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, bert)
    await telegram.bot("sendMessage", chat_id=group, text="Tag")
    (found,) = await telegram.control("GET", "/groups")
    assert found["chat"]["id"] == group
    assert {one["user"]["id"] for one in found["members"]} == {anna, bert, BOT}
    assert found["unread"][str(bert)] >= 1


async def test_members_have_tags_if_the_bot_may_give_them(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, bert, kind="supergroup")
    tag = {"chat_id": group, "user_id": bert, "tag": "A GmbH"}
    assert (await telegram.bot("setChatMemberTag", **tag)).status == 400
    await telegram.control(
        "PUT", f"/groups/{group}/members/bot", {"status": "administrator", "can_manage_tags": True}
    )
    assert (await telegram.bot("setChatMemberTag", **tag)).result is True
    shown = (await telegram.bot("getChatMember", chat_id=group, user_id=bert)).result
    assert shown["tag"] == "A GmbH"
    assert (await telegram.bot("setChatMemberTag", **{**tag, "tag": "x" * 17})).status == 400
    assert (await telegram.bot("setChatMemberTag", chat_id=group, user_id=bert)).result is True
    assert "tag" not in (await telegram.bot("getChatMember", chat_id=group, user_id=bert)).result


async def test_people_close_and_delete_topics(telegram: Telegram, anna: int) -> None:
    group = await telegram.group(anna, kind="supergroup", topics=True)
    topic = (await telegram.control("POST", f"/groups/{group}/topics", {"name": "Ideen"}))[
        "message_thread_id"
    ]
    there = {"chat_id": group, "text": "Tag", "message_thread_id": topic}
    await telegram.control("PATCH", f"/groups/{group}/topics/{topic}", {"closed": True})
    assert "TOPIC_CLOSED" in (await telegram.bot("sendMessage", **there)).error
    await telegram.control("DELETE", f"/groups/{group}/topics/{topic}", {})
    assert "thread not found" in (await telegram.bot("sendMessage", **there)).error


async def test_administrators_write_as_the_group(telegram: Telegram, anna: int, bert: int) -> None:
    group = await telegram.group(anna, bert)
    await telegram.updates()
    said = {"text": "/termine", "chat_id": group, "as_group": True}
    await telegram.control("POST", f"/people/{bert}/messages", said, status=403)
    await telegram.control("POST", f"/people/{anna}/messages", said)
    (update,) = await telegram.updates()
    assert update["message"]["from"]["id"] == 1087968824
    assert update["message"]["sender_chat"]["id"] == group
