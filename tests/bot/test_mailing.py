"""Mailings on their way: what Telegram says to each message, and what is never sent twice."""

import asyncio
from typing import Any

import aiohttp
import pytest
import time_machine
from telegram.error import NetworkError, TimedOut

from bot.clock import Clock
from bot.mailing import Mailer
from domain.mailings.mailings import STOPPABLE, Delivery, Reason, State
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.mailings import delivery, drafts, running
from storage.mailings.tables import MailingRecipient
from tests.support.book import NOW
from tests.support.mailings import Office
from tests.support.post import Post
from tests.support.telegram import Answer, PlayedTelegram, refusal

BEGUN = NOW + STOPPABLE


class Round:
    """A mailer who goes on when told to; the mailing to three people has begun."""

    def __init__(self, database: Database, **how: Any) -> None:
        self.post = Post(database, **how)
        self.office = Office(self.post.book)
        self.telegram: PlayedTelegram = self.post.telegram
        self.mailer = Mailer(self.post.application.bot, self.post.house, Clock())
        self.mailer._senders = 3

    def begins(self) -> None:
        self.office.is_approved()
        self.office.begins()

    async def goes(self) -> list[MailingRecipient]:
        with time_machine.travel(BEGUN, tick=False):
            await self.mailer.go_on()
            while self.mailer._sending:
                await asyncio.gather(*self.mailer._sending.values())
        return self.office.book.all(MailingRecipient)


@pytest.fixture
def mail(sqlite: Database) -> Round:
    return Round(sqlite)


def unreached() -> NetworkError:
    error = NetworkError("ClientConnectorError")
    error.__cause__ = aiohttp.ClientConnectorError(None, OSError())  # type: ignore[arg-type] # nothing reads it
    return error


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (refusal(403, "Forbidden: bot was blocked by the user"), Delivery.FAILED, Reason.BLOCKED),
        (refusal(400, "Bad Request: chat not found"), Delivery.FAILED, Reason.BLOCKED),
        (refusal(400, "Bad Request: wrong file identifier"), Delivery.FAILED, Reason.REFUSED),
        (refusal(429, "Too Many Requests", retry_after=3), Delivery.WAITING, None),
        (refusal(500, "Internal Server Error"), Delivery.WAITING, None),
        (unreached(), Delivery.WAITING, None),
        (refusal(502, "Bad Gateway"), Delivery.UNCERTAIN, None),
        (TimedOut(), Delivery.UNCERTAIN, None),
        (NetworkError("ServerDisconnectedError"), Delivery.UNCERTAIN, None),
    ],
)
async def test_only_what_certainly_did_not_arrive_is_tried_again(
    mail: Round, answer: Answer | Exception, state: Delivery, reason: Reason | None
) -> None:
    mail.begins()
    answers = iter([answer])
    mail.telegram.answers["sendMessage"] = lambda _given: next(answers, None)
    rows = await mail.goes()
    assert sorted(row.state for row in rows) == sorted([state, Delivery.DELIVERED, Delivery.DELIVERED])
    assert {row.reason for row in rows} == {reason, None}
    blocked = [person.name for person in mail.office.book.all(Person) if person.unreachable_since]
    assert len(blocked) == (reason is Reason.BLOCKED)


async def test_each_is_marked_before_telegram_is_asked(mail: Round) -> None:
    mail.begins()
    marked = []

    def look(_given: dict[str, Any]) -> None:
        marked.append(list(mail.office.states().values()).count(Delivery.IN_FLIGHT))

    mail.telegram.answers["sendMessage"] = look
    await mail.goes()
    assert marked == [3, 3, 3]
    assert mail.office.states() == dict.fromkeys(("Anna", "Ben", "Cleo"), Delivery.DELIVERED)


async def test_telegram_that_is_silent_leaves_no_more_than_is_on_its_way_uncertain(
    mail: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.mailing.AGAIN", 0)
    mail.begins()
    mail.mailer._senders = 1
    mail.telegram.answers["sendMessage"] = mail.telegram.answers["getMe"] = lambda _given: TimedOut()
    for _ in range(3):
        rows = await mail.goes()
        mail.mailer._senders = 1
    assert [row.state for row in rows].count(Delivery.UNCERTAIN) == 1
    mail.telegram.answers.clear()
    for _ in range(3):
        rows = await mail.goes()
    assert sorted(row.state for row in rows) == ["delivered", "delivered", "uncertain"]


async def test_author_and_everybody_get_the_same_with_why_it_came_and_the_way_out(mail: Round) -> None:
    mail.begins()
    await mail.goes()
    sent = [given for name, given in mail.telegram.calls if name == "sendMessage"]
    assert {given["text"].partition("\n\n")[0] for given in sent} == {"Neues"}
    (row,) = sent[0]["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in row] == ["Antworten", "Abbestellen"]


async def test_several_messages_go_on_with_what_is_missing(mail: Round) -> None:
    mail.office.does(drafts.put_content, mail.office.olga, [{"kind": "text", "text": word} for word in "ab"])
    mail.begins()
    calls = []

    def second_fails_once(given: dict[str, Any]) -> Answer | None:
        calls.append(given["text"][0])
        return (
            refusal(500, "Internal Server Error")
            if calls.count("b") == 1 and given["text"][0] == "b"
            else None
        )

    mail.mailer._senders = 1
    mail.telegram.answers["sendMessage"] = second_fails_once
    rows = await mail.goes()
    (first,) = (row for row in rows if row.message_ids)
    assert (first.state, len(first.message_ids)) == (Delivery.WAITING, 1)
    assert calls == ["a", "b"]
    first.again_at = None
    mail.office.book.add(first)
    mail.mailer._senders = 1
    mail.mailer._is_away = False
    await mail.goes()
    assert calls == ["a", "b", "b"]


async def test_recall_deletes_and_takes_what_is_gone_already_as_done(mail: Round) -> None:
    mail.begins()
    await mail.goes()
    mail.office.at(BEGUN).does(running.recall, mail.office.olga)
    deleted: Answer = (200, {"ok": True, "result": True})
    gone = refusal(400, "Bad Request: message to delete not found")
    answers = iter([deleted, gone, refusal(400, "Bad Request: message can't be deleted")])
    mail.telegram.answers["deleteMessage"] = lambda _given: next(answers)
    for _ in range(3):
        rows = await mail.goes()
    assert sorted(bool(row.recalled_at) for row in rows) == [False, True, True]
    await mail.goes()
    assert mail.office.mailing.state is State.RECALLED


async def test_message_of_progress_is_changed_when_something_has_changed(mail: Round) -> None:
    mail.begins()
    with time_machine.travel(BEGUN, tick=False):
        await mail.mailer.show_progress()
        await mail.mailer.show_progress()
    await mail.goes()
    with time_machine.travel(BEGUN, tick=False):
        await mail.mailer.show_progress()
    shown = [given["text"] for name, given in mail.telegram.calls if name == "editMessageText"]
    assert ["0 von 3" in text for text in shown] == [True, False]
    assert "✅ Zugestellt: 3" in shown[-1]


def test_what_a_killed_process_left_is_nobodys(mail: Round) -> None:
    mail.begins()
    mail.office.claims(2)
    assert mail.office.book.run(delivery.after_a_kill) == 2
    assert sorted(mail.office.states().values()) == ["uncertain", "uncertain", "waiting"]
