"""Messages that show an event as it no longer is are put right, whatever Telegram says to it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from telegram.error import NetworkError, TimedOut

from bot.clock import Clock
from bot.pacing import Pacing, Turns, TurnsOfEach
from bot.redrawing import Redrawer
from storage.engine.database import Database
from storage.engine.tables import Person, ShownAs, ShownCard
from storage.events import changing, shown
from storage.events.shown import Behind
from tests.bot.test_pacing import most_within
from tests.support.book import id_of
from tests.support.fake_time import in_fake_time
from tests.support.post import Post
from tests.support.telegram import Answer, refusal

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
DAY = timedelta(days=1)
ANNA, GROUP, OF_EVE, SUPERGROUP = 100, -200, -3000, -100_4000


class Chats:
    """Where an event is shown, and a redrawer who goes once when told to."""

    def __init__(self, database: Database) -> None:
        post = Post(database)
        self.book, self.telegram, self.bot = post.book, post.telegram, post.application.bot
        self.redrawer = Redrawer(self.bot, post.house, Clock())
        self.anna = self.book.contact("Anna", telegram_id=ANNA, language="en")
        self.office = self.book.staff()
        self.event = self.book.event(NOON + 9 * DAY)
        self.telegram.answers["editMessageCaption"] = lambda _given: (200, {"ok": True, "result": True})

    def show(self, shown_as: ShownAs) -> None:
        self.book.run(shown.note, id_of(self.event), self.anna, ANNA, 7, shown_as, NOON)

    def show_to_all(self, chat: int, number: int, by: Person) -> None:
        at = NOON + timedelta(seconds=number)
        self.book.run(shown.note, id_of(self.event), by, chat, number, ShownAs.PUBLIC, at)

    def move(self, days: int = 1) -> None:
        starts_at = NOON + (9 + days) * DAY
        when = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
        self.book.at(NOON).acts(changing.change, self.office, id_of(self.event), when)

    async def go(self, after: timedelta = timedelta(0), *, rested: bool = True) -> None:
        """One look, and all that it begins; groups have had the time that they are left in peace."""
        if rested:
            self.redrawer._for_all = TurnsOfEach(lambda _: Turns(0))
        with time_machine.travel(NOON + after, tick=False):
            async with asyncio.TaskGroup() as tasks:
                await self.redrawer.look(tasks)

    def refuse(self, chat: int, answer: Answer | Exception) -> None:
        self.telegram.answers["editMessageText"] = lambda given: answer if given["chat_id"] == chat else None

    def edited(self, chat: int) -> list[int]:
        """The messages of a chat that were changed, in order."""
        calls = [given for name, given in self.telegram.calls if name == "editMessageText"]
        return [given["message_id"] for given in calls if given["chat_id"] == chat]

    @property
    def edits(self) -> list[str]:
        return [name for name, _ in self.telegram.calls if name.startswith("edit")]

    @property
    def kept(self) -> list[ShownCard]:
        return self.book.all(ShownCard)


@pytest.fixture
def chats(sqlite: Database) -> Chats:
    return Chats(sqlite)


async def test_card_that_is_behind_is_changed_once(chats: Chats) -> None:
    chats.show(ShownAs.CARD)
    await chats.go()
    assert chats.edits == []
    chats.move()
    await chats.go()
    await chats.go()
    assert chats.edits == ["editMessageText"]
    assert "Thu, 3 December 2026" in chats.telegram.shown(ANNA)  # in Anna's language
    chats.move(days=2)
    await chats.go()
    assert "Fri, 4 December 2026" in chats.telegram.shown(ANNA)


async def test_card_for_all_follows_each_answer_in_the_pacts_language(chats: Chats) -> None:
    await chats.bot.initialize()  # the link on the card has the bot's name
    event_id = id_of(chats.event)
    place = {"chat_id": GROUP, "message_id": 8}
    chats.book.run(lambda session: shown.note_public(session, event_id, chats.anna, NOON, **place))
    await chats.go()
    chats.book.answers(chats.anna, chats.event, 3, NOON)
    await chats.go()
    await chats.go()
    assert chats.edits == ["editMessageText"] * 2
    assert "Rundgang" in chats.telegram.shown(GROUP)
    assert "3" in chats.telegram.shown(GROUP)


async def test_file_gets_its_caption_once_and_is_then_left(chats: Chats) -> None:
    chats.show(ShownAs.FILE)
    chats.move()
    await chats.go()
    chats.move(days=2)
    await chats.go()
    assert chats.edits == ["editMessageCaption"]
    assert chats.kept == []


async def test_card_that_looks_so_already_counts_as_done(chats: Chats) -> None:
    chats.show(ShownAs.CARD)
    chats.move()
    same = refusal(400, "Bad Request: message is not modified")
    chats.telegram.answers["editMessageText"] = lambda _given: same
    await chats.go()
    await chats.go()
    assert chats.edits == ["editMessageText"]
    assert len(chats.kept) == 1


@pytest.mark.parametrize(
    "answer",
    [
        refusal(400, "Bad Request: message to edit not found"),
        refusal(400, "Bad Request: message can't be edited"),
        refusal(400, "Bad Request: chat not found"),
        refusal(400, "Bad Request: TOPIC_CLOSED"),
        refusal(400, "Bad Request: TOPIC_DELETED"),
        refusal(400, "Bad Request: not enough rights to send text messages to the chat"),
        refusal(403, "Forbidden: bot was kicked from the group chat"),
        refusal(403, "Forbidden: bot was blocked by the user"),
    ],
)
async def test_message_that_is_gone_is_given_up(chats: Chats, answer: Answer) -> None:
    chats.show(ShownAs.CARD)
    chats.move()
    chats.telegram.answers["editMessageText"] = lambda _given: answer
    await chats.go()
    assert chats.kept == []
    assert len(chats.edits) == 1


@pytest.mark.parametrize("answer", [TimedOut(), NetworkError("away"), refusal(502, "Bad Gateway")])
async def test_card_is_tried_again_while_telegram_is_away(chats: Chats, answer: Answer | Exception) -> None:
    chats.show(ShownAs.CARD)
    chats.move()
    chats.telegram.answers["editMessageText"] = lambda _given: answer
    await chats.go()
    await chats.go(shown.FIRST_PAUSE / 2)
    assert chats.edits == ["editMessageText"]
    await chats.go(shown.FIRST_PAUSE)
    assert [card.failures for card in chats.kept] == [2]
    await chats.go(2 * shown.FIRST_PAUSE)
    del chats.telegram.answers["editMessageText"]
    await chats.go(3 * shown.FIRST_PAUSE)
    await chats.go(4 * shown.FIRST_PAUSE)
    assert chats.edits == ["editMessageText"] * 3
    assert [card.failures for card in chats.kept] == [0]


@pytest.mark.parametrize("failures", [0, 12, 5000])
async def test_pause_after_failures_has_an_end(chats: Chats, failures: int) -> None:
    chats.show(ShownAs.CARD)
    chats.move()
    (card,) = chats.kept
    chats.book.add(ShownCard(**{**card.model_dump(), "id": None, "message_id": 8, "failures": failures}))
    chats.book.run(lambda session: shown.note_failure(session, 2, NOON))
    again_at = chats.kept[1].again_at
    assert again_at
    assert shown.FIRST_PAUSE <= again_at - NOON <= shown.LONGEST_PAUSE


async def test_people_whose_cards_are_in_work_take_no_place_from_others(chats: Chats) -> None:
    eve = chats.book.person("Eve")
    chats.show_to_all(GROUP, 1, chats.anna)
    for number in range(2, 12):
        chats.show_to_all(OF_EVE - number, number, eve)
    chats.move()

    def next_behind(room: int, *at_work: Behind) -> list[Behind]:
        return chats.book.run(lambda session: shown.next_behind(session, NOON, room, at_work, ()))

    of_eve = next_behind(3)
    assert {card.person_id for card in of_eve} == {eve.id}
    assert [card.chat_id for card in next_behind(1, *of_eve)] == [GROUP]


async def test_cards_of_one_group_hold_up_no_other(chats: Chats) -> None:
    await chats.bot.initialize()
    eve = chats.book.person("Eve")
    chats.show_to_all(GROUP, 1, chats.anna)
    for number in range(2, 47):
        chats.show_to_all(OF_EVE, number, eve)
    chats.move()
    await chats.go()
    assert chats.edited(GROUP) == [1]
    assert chats.edited(OF_EVE) == [46]  # the newest


async def test_groups_of_one_person_share_what_one_person_gets(chats: Chats) -> None:
    await chats.bot.initialize()
    eve = chats.book.person("Eve")
    chats.show_to_all(GROUP, 1, chats.anna)
    for number in range(2, 202):
        chats.show_to_all(OF_EVE - number, number, eve)
    chats.move()
    await chats.go()
    assert chats.edited(GROUP) == [1]
    assert len(chats.edits) == 1 + shown.OF_ONE_PERSON


async def test_cards_that_many_newer_ones_follow_are_marked_once_and_those_before_them_left(
    chats: Chats,
) -> None:
    await chats.bot.initialize()
    followed, marked = shown.FOR_ALL, shown.MARKED
    for number in range(1, followed + marked + 31):
        chats.show_to_all(GROUP, number, chats.anna)
    chats.move()
    for _ in range(followed + marked + 5):
        await chats.go()
    last = followed + marked + 30
    assert chats.edited(GROUP) == list(range(last, last - followed - marked, -1))
    assert len(chats.kept) == followed + marked
    assert "nicht mehr aktualisiert" in chats.telegram.shown(GROUP)
    chats.move(days=2)
    for _ in range(followed + 5):
        await chats.go()
    assert chats.edited(GROUP)[followed + marked :] == list(range(last, last - followed, -1))
    assert "nicht mehr aktualisiert" not in chats.telegram.shown(GROUP)


async def test_cards_of_a_group_take_turns_when_answers_go_on_coming(chats: Chats) -> None:
    await chats.bot.initialize()
    for number in (1, 2, 3):
        chats.show_to_all(GROUP, number, chats.anna)
    for seconds in range(6):
        chats.book.answers(chats.anna, chats.event, 1 + seconds, NOON)
        await chats.go(timedelta(seconds=seconds))
    assert chats.edited(GROUP) == [3, 2, 1, 3, 2, 1]


def test_card_that_all_answer_takes_half_of_what_telegram_takes_in_its_group(sqlite: Database) -> None:
    async def scenario() -> None:
        chats = Chats(sqlite)
        await chats.bot.initialize()
        chats.show_to_all(GROUP, 1, chats.anna)
        chats.book.answers(chats.anna, chats.event, 1, NOON)
        chats.telegram.answers["editMessageText"] = lambda _given: answer()

        def answer() -> None:
            sent_at.append(asyncio.get_running_loop().time())
            chats.book.answers(chats.anna, chats.event, 1 + len(sent_at) % 2, NOON)

        async def run(function: Any, *given: Any) -> Any:
            return sqlite.run_now(function, *given)

        with patch.object(sqlite, "run", run):
            going = asyncio.create_task(chats.redrawer.run())
            await asyncio.wait([going], timeout=180)
            going.cancel()
            await asyncio.wait([going])

    sent_at: list[float] = []
    with time_machine.travel(NOON, tick=False):
        in_fake_time(scenario())
    assert len(sent_at) >= 25
    assert most_within(60, sent_at) <= 12


async def test_group_that_became_a_supergroup_is_followed_and_tried_once(chats: Chats) -> None:
    await chats.bot.initialize()
    eve = chats.book.person("Eve")
    chats.show_to_all(GROUP, 1, chats.anna)
    for number in range(2, 22):
        chats.show_to_all(OF_EVE, number, eve)
    chats.move()
    gone = refusal(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=SUPERGROUP,
    )
    chats.refuse(OF_EVE, gone)
    await chats.go()
    assert {card.chat_id for card in chats.kept} == {GROUP, SUPERGROUP}
    await chats.go()
    assert chats.edited(OF_EVE) == [21]
    assert chats.edited(SUPERGROUP) == [21]
    assert chats.edited(GROUP) == [1]


async def test_chat_where_the_bot_is_no_longer_is_tried_once_for_all_its_cards(chats: Chats) -> None:
    await chats.bot.initialize()
    for number in range(1, 6):
        chats.show_to_all(GROUP, number, chats.anna)
    chats.move()
    chats.refuse(GROUP, refusal(403, "Forbidden: bot was kicked from the supergroup chat"))
    await chats.go()
    await chats.go()
    assert chats.edited(GROUP) == [5]
    assert chats.kept == []


async def test_chat_in_which_telegram_fails_or_hangs_holds_up_no_other(chats: Chats) -> None:
    await chats.bot.initialize()
    eve = chats.book.person("Eve")
    chats.telegram.hangs.add(OF_EVE - 3)
    for number in range(1, 4):
        chats.show_to_all(OF_EVE - number, number, eve)
    chats.show_to_all(GROUP, 7, chats.anna)
    chats.move()
    with time_machine.travel(NOON, tick=False):
        going = asyncio.create_task(chats.redrawer.run())
        await chats.telegram.until(lambda: bool(chats.edited(GROUP)))
        going.cancel()
        await asyncio.wait([going])
    assert chats.edited(OF_EVE - 3) == [3]


async def test_what_somebody_taps_while_their_card_is_on_its_way_is_drawn_again(chats: Chats) -> None:
    chats.show(ShownAs.CARD)
    chats.move()

    def tap_first(_given: dict[str, Any]) -> None:
        """Her own answer arrives before ours, which shows her without one."""
        if len(chats.edits) == 1:
            chats.book.answers(chats.anna, chats.event, 1, NOON)

    chats.telegram.answers["editMessageText"] = tap_first
    await chats.go()
    assert chats.edits == ["editMessageText"] * 2
    assert "You are in" in chats.telegram.shown(ANNA)
    await chats.go()
    assert chats.edits == ["editMessageText"] * 2


async def test_answer_that_comes_while_a_card_for_all_is_on_its_way_is_drawn_next(chats: Chats) -> None:
    await chats.bot.initialize()
    chats.show_to_all(GROUP, 1, chats.anna)
    chats.move()

    def answer_first(_given: dict[str, Any]) -> None:
        if len(chats.edits) == 1:
            chats.book.answers(chats.anna, chats.event, 3, NOON)

    chats.telegram.answers["editMessageText"] = answer_first
    await chats.go()
    await chats.go()
    await chats.go()
    assert chats.edits == ["editMessageText"] * 2


async def test_card_is_drawn_when_it_is_its_turn_and_not_before(chats: Chats) -> None:
    """In a group whose messages of this minute are used up it waits, and what comes meanwhile is on it."""
    limits = Pacing()
    await chats.bot.initialize()
    await limits.initialize()
    chats.show_to_all(GROUP, 1, chats.anna)
    chats.move()
    loop = asyncio.get_running_loop()
    limits._chats[GROUP].pause_until(loop.time() + 0.2)
    with patch.object(type(chats.bot), "rate_limiter", limits):
        going = asyncio.create_task(chats.go())
        while not limits._waiting:
            await asyncio.sleep(0)
        chats.book.answers(chats.anna, chats.event, 3, NOON)
        await going
        await chats.go()
    await limits.shutdown()
    assert chats.edits == ["editMessageText"]
    assert "3" in chats.telegram.shown(GROUP)


async def test_card_is_changed_in_a_later_round_when_the_database_was_away(
    chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    chats.show(ShownAs.CARD)
    chats.move()
    database = chats.book.database
    rounds = iter([OSError("away"), *[None] * 1000])
    monkeypatch.setattr("bot.redrawing.EVERY", 0)

    async def run(function: Any, *given: Any) -> Any:
        trouble = next(rounds)
        if trouble:
            raise trouble
        return database.run_now(function, *given)

    with time_machine.travel(NOON, tick=False), patch.object(database, "run", run):
        going = asyncio.create_task(chats.redrawer.run())
        await chats.telegram.until(lambda: bool(chats.edits))
        going.cancel()
        await asyncio.wait([going])
    assert chats.edits == ["editMessageText"]
