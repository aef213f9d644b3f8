"""Polls: what a bot may ask, how people vote, what the bot hears of it, and how a poll ends."""

from typing import Any

import pytest

from tests.sandbox.conftest import JSON, Telegram

OPTIONS = [{"text": "Montag"}, {"text": "Dienstag"}, {"text": "Mittwoch"}]


async def asked(telegram: Telegram, chat: int, **values: Any) -> int:
    values = {"question": "Wann?", "options": OPTIONS, "is_anonymous": False, **values}
    return int((await telegram.bot("sendPoll", chat_id=chat, **values)).result["message_id"])


async def votes(
    telegram: Telegram, person: int, message: int, *options: int, status: int = 200, **more: Any
) -> JSON:
    body = {"message_id": message, "options": options, **more}
    found: JSON = await telegram.control("POST", f"/people/{person}/votes", body, status=status)
    return found


async def heard(telegram: Telegram, kind: str) -> list[JSON]:
    return [one[kind] for one in await telegram.updates() if kind in one]


async def test_a_vote_is_counted_and_told(telegram: Telegram, anna: int) -> None:
    message = await asked(telegram, anna)
    poll = await votes(telegram, anna, message, 1)
    assert [one["voter_count"] for one in poll["options"]] == [0, 1, 0]
    answer, state = await telegram.updates()
    assert (answer["poll_answer"]["user"]["id"], answer["poll_answer"]["option_ids"]) == (anna, [1])
    assert (state["poll"]["total_voter_count"], state["poll"]["id"]) == (1, answer["poll_answer"]["poll_id"])
    (shown,) = (await telegram.chat(anna, "?last=1"))["messages"]
    assert (shown["chosen"], shown["poll"]["options"][1]["voter_count"]) == ([1], 1)


async def test_a_vote_is_changed_and_taken_back(telegram: Telegram, anna: int) -> None:
    message = await asked(telegram, anna)
    for chosen in ((0,), (2,), ()):
        await votes(telegram, anna, message, *chosen)
    told = await telegram.updates()
    assert [one["poll_answer"]["option_ids"] for one in told if "poll_answer" in one] == [[0], [2], []]
    assert [one["poll"]["total_voter_count"] for one in told if "poll" in one] == [1, 1, 0]


async def test_an_anonymous_poll_names_nobody(telegram: Telegram, anna: int) -> None:
    message = await asked(telegram, anna, is_anonymous=True)
    await votes(telegram, anna, message, 0)
    (update,) = await telegram.updates()
    assert update["poll"]["total_voter_count"] == 1


async def test_a_group_votes_together(telegram: Telegram, anna: int) -> None:
    bernd, carla = await telegram.person("Bernd"), await telegram.person("Carla")
    group = await telegram.group(anna, bernd, bot="administrator")
    await telegram.updates()
    message = await asked(telegram, group, allows_multiple_answers=True)
    await votes(telegram, anna, message, 0, 1, chat_id=group)
    poll = await votes(telegram, bernd, message, 1, chat_id=group)
    assert [one["voter_count"] for one in poll["options"]] == [1, 2, 0]
    await votes(telegram, carla, message, 1, chat_id=group, status=403)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ([0, 1], "Bad Request: the poll allows one answer only"),
        ([3], "Bad Request: the poll has no such option"),
        ([-1], "Bad Request: the poll has no such option"),
        (["x"], "option must be a number"),
        (None, "options must be a list of numbers"),
    ],
)
async def test_votes_that_cannot_be(telegram: Telegram, anna: int, options: object, error: str) -> None:
    body = {"message_id": await asked(telegram, anna), "options": options}
    assert (await telegram.control("POST", f"/people/{anna}/votes", body, status=400))["error"] == error


async def test_a_quiz_is_answered_once(telegram: Telegram, anna: int) -> None:
    quiz = {
        "type": "quiz",
        "correct_option_ids": [2],
        "explanation": "<b>Mitte</b>",
        "explanation_parse_mode": "HTML",
    }
    message = await asked(telegram, anna, **quiz)
    await votes(telegram, anna, message, 0)
    error = (await votes(telegram, anna, message, 2, status=400))["error"]
    assert error == "Bad Request: votes in this poll cannot be changed"
    (state,) = await heard(telegram, "poll")
    assert (state["correct_option_ids"], state["explanation"]) == ([2], "Mitte")
    wrong = await telegram.bot("sendPoll", chat_id=anna, question="x", options=OPTIONS, type="quiz")
    assert wrong.error == "Bad Request: wrong correct option ID specified"


async def test_the_bot_stops_a_poll(telegram: Telegram, anna: int) -> None:
    message = await asked(telegram, anna)
    here = {"chat_id": anna, "message_id": message}
    assert (await telegram.bot("stopPoll", **here)).result["is_closed"] is True
    assert [one["is_closed"] for one in await heard(telegram, "poll")] == [True]
    assert (await votes(telegram, anna, message, 0, status=400))["error"] == "Bad Request: the poll is closed"
    assert (await telegram.bot("stopPoll", **here)).error == "Bad Request: poll has already been closed"


async def test_a_poll_ends_with_its_time(telegram: Telegram, anna: int) -> None:
    message = await asked(telegram, anna, open_period=600)
    await telegram.forward(599)
    assert (await votes(telegram, anna, message, 0))["is_closed"] is False
    await telegram.forward(2)
    assert [one["is_closed"] for one in await heard(telegram, "poll")] == [False, True]


async def test_a_forwarded_poll_is_the_same(telegram: Telegram, anna: int) -> None:
    bernd = await telegram.person("Bernd")
    message = await asked(telegram, anna)
    here = {"chat_id": bernd, "from_chat_id": anna, "message_id": message}
    copy = (await telegram.bot("forwardMessage", **here)).result["message_id"]
    await votes(telegram, bernd, copy, 0)
    assert (await votes(telegram, anna, message, 0))["total_voter_count"] == 2


async def test_a_person_asks(telegram: Telegram, anna: int) -> None:
    poll = {"question": "Wer kommt?", "options": ["Ich", "Ich nicht"], "is_anonymous": False}
    sent = await telegram.control("POST", f"/people/{anna}/messages", {"poll": poll})
    (update,) = await telegram.updates()
    assert update["message"]["poll"]["question"] == "Wer kommt?"
    await votes(telegram, anna, sent["message_id"], 0)
    assert await telegram.updates() == []  # it is not the bot's poll
    for wrong in ({"question": "", "options": ["x"]}, {"question": "x", "options": [5, {}]}, True):
        await telegram.control("POST", f"/people/{anna}/messages", {"poll": wrong}, status=400)
