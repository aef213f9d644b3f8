"""Sending, editing, deleting, copying: the results and refusals of the Bot API's description."""

from typing import Any

import pytest

from tests.sandbox.conftest import Telegram

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Ja", **button}]]}


async def sent(telegram: Telegram, chat: int, **values: Any) -> int:
    values = {"text": "alt", **values}
    return int((await telegram.bot("sendMessage", chat_id=chat, **values)).result["message_id"])


async def test_a_message_as_described(telegram: Telegram, anna: int) -> None:
    message = (await telegram.bot("sendMessage", chat_id=anna, text="Tag")).result
    assert message.pop("date") > 1_700_000_000
    assert message == {
        "message_id": 2,
        "from": {
            "id": 1000000001,
            "is_bot": True,
            "first_name": "Krefelder Klimapakt",
            "username": "KlimapaktBot",
        },
        "chat": {"id": anna, "type": "private", "first_name": "Anna"},
        "text": "Tag",
    }


async def test_nobody_there(telegram: Telegram) -> None:
    assert (await telegram.bot("sendMessage", chat_id=4711, text="x")).error == "Bad Request: chat not found"
    silent = await telegram.person("Still", started=False)
    answer = await telegram.bot("sendMessage", chat_id=silent, text="x")
    assert answer.error == "Bad Request: chat not found"
    assert await telegram.violations() == []


async def test_known_only_from_a_group(telegram: Telegram, anna: int) -> None:
    silent = await telegram.person("Still", started=False)
    await telegram.group(anna, silent)
    answer = await telegram.bot("sendMessage", chat_id=silent, text="x")
    assert answer.status == 403
    assert answer.error == "Forbidden: bot can't initiate conversation with a user"


async def test_edit_in_place(telegram: Telegram, anna: int) -> None:
    number = await sent(telegram, anna, reply_markup=keyboard(callback_data="y"))
    edited = (await telegram.bot("editMessageText", chat_id=anna, message_id=number, text="neu")).result
    assert (edited["message_id"], edited["text"]) == (number, "neu")
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    assert [m["text"] for m in (await telegram.chat(anna))["messages"]] == ["/start", "neu"]


async def test_an_edit_that_changes_nothing(telegram: Telegram, anna: int) -> None:
    markup = keyboard(callback_data="y")
    number = await sent(telegram, anna, reply_markup=markup)
    same = {"chat_id": anna, "message_id": number, "reply_markup": markup}
    assert (await telegram.bot("editMessageText", text="alt", **same)).error == NOT_MODIFIED
    assert (await telegram.bot("editMessageReplyMarkup", **same)).error == NOT_MODIFIED
    bold = await telegram.bot("editMessageText", text="<b>alt</b>", parse_mode="HTML", **same)
    assert bold.status == 200
    assert await telegram.violations() == []


async def test_edit_only_the_keyboard(telegram: Telegram, anna: int) -> None:
    number = await sent(telegram, anna, reply_markup=keyboard(callback_data="y"))
    here = {"chat_id": anna, "message_id": number}
    other = keyboard(callback_data="z", style="success")
    edited = (await telegram.bot("editMessageReplyMarkup", reply_markup=other, **here)).result
    assert (edited["text"], edited["reply_markup"]) == ("alt", other)
    assert "reply_markup" not in (await telegram.bot("editMessageReplyMarkup", **here)).result
    assert (await telegram.chat(anna))["messages"][-1]["edited"] is False


async def test_edits_that_cannot_be(telegram: Telegram, anna: int) -> None:
    async def edit(number: int, **values: Any) -> str:
        values = {"text": "neu", **values}
        return (await telegram.bot("editMessageText", chat_id=anna, message_id=number, **values)).error

    number = await sent(telegram, anna)
    theirs = (await telegram.says(anna, "meins"))["message_id"]
    assert await edit(99) == "Bad Request: message to edit not found"
    assert await edit(number, text="x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    assert await edit(theirs) == "Bad Request: message can't be edited"
    hidden = {"remove_keyboard": True}
    assert 'Can\'t find field "inline_keyboard"' in await edit(number, reply_markup=hidden)
    photo = await telegram.upload("sendDocument", {"document": ("a", b"x")}, chat_id=anna)
    in_file = await edit(photo.result["message_id"])
    assert in_file == "Bad Request: there is no text in the message to edit"


async def test_edit_a_caption(telegram: Telegram, anna: int) -> None:
    message = await telegram.upload("sendDocument", {"document": ("a", b"x")}, chat_id=anna)
    here = {"chat_id": anna, "message_id": message.result["message_id"]}
    assert (await telegram.bot("editMessageCaption", caption="neu", **here)).result["caption"] == "neu"
    assert (await telegram.bot("editMessageCaption", caption="neu", **here)).error == NOT_MODIFIED
    assert "caption" not in (await telegram.bot("editMessageCaption", **here)).result


@pytest.mark.parametrize(
    ("button", "error"),
    [
        ({"callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"callback_data": "ä" * 33}, "BUTTON_DATA_INVALID"),
        ({}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": ""}, "can't parse inline keyboard button: Text buttons are unallowed"),
        ({"callback_data": "y", "style": "red"}, "invalid button style specified"),
        ({"text": " ", "callback_data": "y"}, "inline keyboard button text must be non-empty"),
        ({"url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid"),
        ({"url": "javascript:alert(1)"}, "is invalid"),
    ],
)
async def test_buttons_that_cannot_be(
    telegram: Telegram, anna: int, button: dict[str, str], error: str
) -> None:
    answer = await telegram.bot("sendMessage", chat_id=anna, text="x", reply_markup=keyboard(**button))
    assert error in answer.error
    assert len(await telegram.violations()) == 1


async def test_most_that_fits_on_a_button(telegram: Telegram, anna: int) -> None:
    assert await sent(telegram, anna, reply_markup=keyboard(callback_data="ä" * 32))
    rows = [[{"text": str(n), "callback_data": "y"} for n in range(8)]] * 12
    assert await sent(telegram, anna, reply_markup={"inline_keyboard": rows})
    markup = {"inline_keyboard": [*rows, rows[0]]}
    answer = await telegram.bot("sendMessage", chat_id=anna, text="x", reply_markup=markup)
    assert answer.error == "Bad Request: reply markup is too long"


async def test_delete(telegram: Telegram, anna: int) -> None:
    number = await sent(telegram, anna)
    theirs = (await telegram.says(anna, "meins"))["message_id"]
    here = {"chat_id": anna}
    assert (await telegram.bot("deleteMessage", message_id=number, **here)).result is True
    again = await telegram.bot("deleteMessage", message_id=number, **here)
    assert again.error == "Bad Request: message to delete not found"
    assert (await telegram.bot("deleteMessages", message_ids=[number, theirs], **here)).result is True
    assert [m["text"] for m in (await telegram.chat(anna))["messages"]] == ["/start"]


async def test_no_deleting_after_48_hours(telegram: Telegram, anna: int) -> None:
    number = await sent(telegram, anna)
    await telegram.forward(48 * 3600 - 60)
    younger = await sent(telegram, anna)
    await telegram.forward(120)
    old = await telegram.bot("deleteMessage", chat_id=anna, message_id=number)
    assert old.error == "Bad Request: message can't be deleted for everyone"
    assert (await telegram.bot("deleteMessage", chat_id=anna, message_id=younger)).result is True


async def test_replies(telegram: Telegram, anna: int) -> None:
    theirs = (await telegram.says(anna, "Frage"))["message_id"]
    to = {"message_id": theirs}
    answer = await telegram.bot("sendMessage", chat_id=anna, text="x", reply_parameters=to)
    assert answer.result["reply_to_message"]["text"] == "Frage"
    gone = await telegram.bot("sendMessage", chat_id=anna, text="x", reply_parameters={"message_id": 99})
    assert gone.error == "Bad Request: message to be replied not found"
    to = {"message_id": 99, "allow_sending_without_reply": True}
    assert (
        "reply_to_message"
        not in (await telegram.bot("sendMessage", chat_id=anna, text="x", reply_parameters=to)).result
    )


async def test_forward_and_copy(telegram: Telegram, anna: int) -> None:
    bert = await telegram.person("Bert")
    theirs = (await telegram.says(anna, "weiter /start"))["message_id"]
    source = {"chat_id": bert, "from_chat_id": anna}
    forwarded = (await telegram.bot("forwardMessage", message_id=theirs, **source)).result
    assert (forwarded["text"], forwarded["forward_origin"]["sender_user"]["id"]) == ("weiter /start", anna)
    copied = (await telegram.bot("copyMessage", message_id=theirs, **source)).result
    assert set(copied) == {"message_id"}
    last = (await telegram.chat(bert))["messages"][-1]
    assert (last["text"], "forward_origin" in last) == ("weiter /start", False)
    missing = await telegram.bot("copyMessage", message_id=99, **source)
    assert missing.error == "Bad Request: message to copy not found"
    assert len((await telegram.bot("copyMessages", message_ids=[theirs, 99], **source)).result) == 1


async def test_pin_and_react(telegram: Telegram, anna: int) -> None:
    number = await sent(telegram, anna)
    here = {"chat_id": anna, "message_id": number}
    assert (await telegram.bot("pinChatMessage", **here)).result is True
    assert (await telegram.bot("getChat", chat_id=anna)).result["pinned_message"]["message_id"] == number
    assert (await telegram.bot("unpinChatMessage", **here)).result is True
    thumb = [{"type": "emoji", "emoji": "👍"}]
    assert (await telegram.bot("setMessageReaction", reaction=thumb, **here)).result is True
    wrong = [{"type": "emoji", "emoji": "🌳"}]
    answer = await telegram.bot("setMessageReaction", reaction=wrong, **here)
    assert answer.error == "Bad Request: REACTION_INVALID"


async def test_typing_is_shown_until_the_message(telegram: Telegram, anna: int) -> None:
    await telegram.bot("sendChatAction", chat_id=anna, action="typing")
    assert (await telegram.chat(anna))["typing"] is True
    await sent(telegram, anna)
    assert (await telegram.chat(anna))["typing"] is False
    wrong = await telegram.bot("sendChatAction", chat_id=anna, action="thinking")
    assert wrong.error == "Bad Request: wrong parameter action in request"


async def test_other_contents(telegram: Telegram, anna: int) -> None:
    place = {"latitude": 51.33, "longitude": 6.56}
    assert (await telegram.bot("sendLocation", chat_id=anna, **place)).result["location"] == place
    venue = await telegram.bot("sendVenue", chat_id=anna, title="Rathaus", address="Krefeld", **place)
    assert venue.result["venue"]["title"] == "Rathaus"
    contact = await telegram.bot("sendContact", chat_id=anna, phone_number="+492151", first_name="Amt")
    assert contact.result["contact"]["first_name"] == "Amt"
    options = [{"text": "Ja"}, {"text": "Nein"}]
    poll = (await telegram.bot("sendPoll", chat_id=anna, question="Kommen Sie?", options=options)).result
    assert [one["text"] for one in poll["poll"]["options"]] == ["Ja", "Nein"]
    here = {"chat_id": anna, "message_id": poll["message_id"]}
    assert (await telegram.bot("stopPoll", **here)).result["is_closed"] is True
    long = await telegram.bot("sendPoll", chat_id=anna, question="x" * 301, options=options)
    assert long.error == "Bad Request: poll question length must not exceed 300"
    assert 1 <= (await telegram.bot("sendDice", chat_id=anna)).result["dice"]["value"] <= 6
