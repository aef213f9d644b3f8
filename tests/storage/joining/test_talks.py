"""Orientation talks: named, taken, moved, called off; two applicants never get the same time."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import Session, col

from domain.basics import refusals
from domain.basics.refusals import Refusal
from domain.joining.refusals import NotYourTurn, TalkIsGone, TimeIsTaken, TimesOverlap, TooLateToChange
from domain.joining.requests import RequestState
from domain.joining.talks import OfficeHours, Side, TalkState, Way, Window
from handlers.fields import NOTICES
from storage import agenda
from storage.engine import outbox
from storage.engine.database import Database
from storage.engine.tables import Notice, Person
from storage.engine.turn import Turn
from storage.events import changing
from storage.joining import cases, talk_cards, talks
from storage.joining.tables import JoiningNotice, JoinRequest, Talk, TalkTime
from storage.joining.talk_cards import TalkCard
from storage.office import talk_hours
from tests.support.book import NOW, Book, id_of, turn_of

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)  # Tuesday 9:00 in Krefeld, offered by the default hours
NEXT = NINE + 45 * MINUTE
EVENING = datetime(2026, 12, 1, 17, tzinfo=UTC)
Act = Callable[[Turn, int, datetime], TalkCard]


class Applicant:
    """Somebody with a request, and what they do about the talk."""

    def __init__(self, book: Book, name: str) -> None:
        self.book = book
        self.person = book.person(name)
        self.request_id = id_of(book.asks_to_join(self.person, f"{name} GmbH"))

    def picks(self, start: datetime, now: datetime = NOW, way: Way = Way.PHONE) -> TalkCard:
        return self.book.at(now).acts(talks.pick, self.person, self.request_id, way, start)

    def proposes(self, *starts: datetime, now: datetime = NOW) -> TalkCard:
        return self.book.at(now).acts(talks.propose, self.person, self.request_id, Way.PHONE, starts)

    def takes(self, card: TalkCard, start: datetime, now: datetime = NOW) -> TalkCard:
        return self.book.at(now).acts(talks.take, self.person, id_of(card.talk), start)

    def cancels(self, card: TalkCard, now: datetime = NOW) -> TalkCard:
        return self.book.at(now).acts(talks.cancel, self.person, id_of(card.talk), "krank")


class Staff:
    def __init__(self, book: Book, name: str = "Olga") -> None:
        self.book = book
        self.person = book.staff(name)

    def takes(self, card: TalkCard, start: datetime, now: datetime = NOW) -> TalkCard:
        return self.book.at(now).acts(talks.take, self.person, id_of(card.talk), start)

    def offers(self, applicant: Applicant, *starts: datetime, now: datetime = NOW) -> TalkCard:
        return self.book.at(now).acts(talks.propose, self.person, applicant.request_id, Way.VIDEO, starts)

    def moves_on(self, applicant: Applicant, step: RequestState, now: datetime) -> None:
        self.book.at(now).acts(cases.step, self.person, applicant.request_id, step)

    def turns_down(self, card: TalkCard, now: datetime = NOW) -> TalkCard:
        return self.book.at(now).acts(talks.turn_down, self.person, id_of(card.talk), "leider")


@pytest.fixture
def staff(book: Book) -> Staff:
    return Staff(book)


@pytest.fixture
def anna(staff: Staff) -> Applicant:
    return Applicant(staff.book, "Anna")


def request_of(book: Book, applicant: Applicant) -> JoinRequest:
    return next(row for row in book.all(JoinRequest) if row.id == applicant.request_id)


def waiting(book: Book, kind: str) -> int:
    return len([row for row in book.all(Notice) if row.kind == kind and row.outcome is None])


def test_picked_time_is_held_until_the_office_confirms(book: Book, staff: Staff, anna: Applicant) -> None:
    card = anna.picks(NINE)
    assert (card.talk.turn, card.times, card.talk.starts_at) == (Side.OFFICE, (NINE,), None)
    assert book.told(JoiningNotice.TALK_NAMED) == ["Olga"]
    with pytest.raises(TimeIsTaken):
        Applicant(book, "Ben").picks(NINE)
    done = staff.takes(card, NINE)
    assert (done.talk.starts_at, done.talk.ends_at, done.talk.sequence) == (NINE, NEXT, 0)
    assert request_of(book, anna).state is RequestState.TALK_ARRANGED
    assert sorted(book.told(JoiningNotice.TALK_CONFIRMED)) == ["Anna", "Olga"]


def test_only_offered_times_can_be_picked(anna: Applicant) -> None:
    for start in (EVENING, NINE + MINUTE, NOW + HOUR, NINE + 365 * DAY):
        with pytest.raises(TimeIsTaken):
            anna.picks(start)


def test_no_time_is_offered_while_the_office_has_an_event(book: Book, anna: Applicant) -> None:
    event = book.event(NEXT - HOUR)
    _, days = book.acts(talks.free_times, anna.person, anna.request_id)
    assert NINE.date() in days
    assert not {NINE, NEXT} & set(days[NINE.date()])
    with pytest.raises(TimeIsTaken):
        anna.picks(NEXT)
    book.acts(changing.cancel, Staff(book).person, event.id, "krank")
    assert anna.picks(NEXT).times == (NEXT,)


def test_picking_another_time_gives_the_first_back(book: Book, anna: Applicant) -> None:
    anna.picks(NINE)
    anna.picks(NEXT)
    Applicant(book, "Ben").picks(NINE)
    assert len(book.all(TalkTime)) == 2


def test_both_sides_propose_until_one_takes_a_time(book: Book, staff: Staff, anna: Applicant) -> None:
    card = anna.proposes(EVENING, EVENING + DAY)
    with pytest.raises(NotYourTurn):
        anna.takes(card, EVENING)
    card = staff.offers(anna, NINE + DAY, NINE + 2 * DAY, NINE + 3 * DAY)
    assert (card.talk.turn, len(card.times)) == (Side.APPLICANT, 3)
    with pytest.raises(NotYourTurn):
        staff.takes(card, NINE + DAY)
    with pytest.raises(TimeIsTaken):
        anna.takes(card, EVENING)
    card = anna.proposes(EVENING + 2 * DAY)
    done = staff.takes(card, EVENING + 2 * DAY)
    assert done.talk.starts_at == EVENING + 2 * DAY
    assert [row.starts_at for row in book.all(TalkTime)] == [EVENING + 2 * DAY]
    assert len(book.all(Talk)) == 1


def test_offered_times_are_held_for_the_applicant(book: Book, staff: Staff, anna: Applicant) -> None:
    staff.offers(anna, NINE, NINE + 7 * DAY)
    with pytest.raises(TimeIsTaken):
        Applicant(book, "Ben").picks(NINE)
    with pytest.raises(TimeIsTaken):
        Applicant(book, "Cem").proposes(NINE + 10 * MINUTE)


def test_turned_down_times_are_free_again_and_the_words_arrive(
    book: Book, staff: Staff, anna: Applicant
) -> None:
    card = staff.turns_down(anna.picks(NINE))
    assert (card.talk.state, card.talk.words) == (TalkState.CANCELLED, "leider")
    assert book.told(JoiningNotice.TALK_TURNED_DOWN) == ["Anna"]
    Applicant(book, "Ben").picks(NINE)
    anna.picks(NEXT)


def test_moved_talk_keeps_its_time_until_the_new_one_is_confirmed(
    book: Book, staff: Staff, anna: Applicant
) -> None:
    first = staff.takes(anna.picks(NINE), NINE)
    moving = anna.picks(NINE + 7 * DAY)
    assert (moving.talk.id, moving.talk.starts_at) == (first.talk.id, NINE)
    with pytest.raises(TimeIsTaken):
        Applicant(book, "Ben").picks(NINE)
    moved = staff.takes(moving, NINE + 7 * DAY)
    assert (moved.talk.id, moved.talk.starts_at, moved.talk.sequence) == (first.talk.id, NINE + 7 * DAY, 1)
    assert [row.starts_at for row in book.all(TalkTime)] == [NINE + 7 * DAY]
    moments = {row.due_at for row in book.all(Notice) if row.kind == JoiningNotice.TALK_REMINDER}
    assert moments == {NINE + 5 * DAY, NINE + 7 * DAY - 2 * HOUR}


def test_turned_down_move_leaves_the_talk_as_it_was(book: Book, staff: Staff, anna: Applicant) -> None:
    staff.takes(anna.picks(NINE), NINE)
    card = staff.turns_down(anna.picks(NINE + 7 * DAY))
    assert (card.talk.state, card.talk.starts_at, card.talk.sequence) == (TalkState.OPEN, NINE, 0)
    assert waiting(book, JoiningNotice.TALK_REMINDER) == 4


def test_applicant_moves_and_cancels_until_the_notice_ends_and_the_office_always(
    book: Book, staff: Staff, anna: Applicant
) -> None:
    card = staff.takes(anna.picks(NINE), NINE)
    late = NINE - 23 * HOUR
    with pytest.raises(TooLateToChange):
        anna.cancels(card, late)
    with pytest.raises(TooLateToChange):
        anna.proposes(EVENING, now=late)
    book.at(late).acts(talks.cancel, staff.person, id_of(card.talk), "krank")
    talk = book.all(Talk)[0]
    assert (talk.state, talk.sequence, talk.words) == (TalkState.CANCELLED, 1, "krank")
    assert request_of(book, anna).state is RequestState.RECEIVED
    assert sorted(book.told(JoiningNotice.TALK_CANCELLED)) == ["Anna", "Olga"]
    assert waiting(book, JoiningNotice.TALK_REMINDER) == waiting(book, JoiningNotice.TALK_OVER) == 0
    assert book.all(TalkTime) == []


def test_time_of_a_cancelled_talk_is_free_again(book: Book, staff: Staff, anna: Applicant) -> None:
    anna.cancels(staff.takes(anna.picks(NINE), NINE))
    Applicant(book, "Ben").picks(NINE)
    again = staff.takes(anna.picks(NEXT), NEXT)
    assert again.talk.sequence == 0
    assert len(book.all(Talk)) == 3  # the cancelled one stays cancelled in calendars


def test_declined_request_calls_its_talk_off(book: Book, staff: Staff, anna: Applicant) -> None:
    staff.takes(anna.picks(NINE), NINE)
    book.declines(staff.person, request_of(book, anna))
    assert book.all(Talk)[0].state is TalkState.CANCELLED
    assert book.all(TalkTime) == []


def test_strangers_and_partners_touch_no_talk(book: Book, anna: Applicant) -> None:
    card = anna.picks(NINE)
    talk_id = id_of(card.talk)
    for stranger in (book.person("Eve"), book.contact("Ben")):
        for deed in (
            lambda who: book.acts(talks.take, who, talk_id, NINE),
            lambda who: book.acts(talk_cards.get, who, talk_id),
            lambda who: book.acts(talks.cancel, who, talk_id, ""),
            lambda who: book.acts(talks.turn_down, who, talk_id, ""),
            lambda who: book.acts(talks.free_times, who, anna.request_id),
            lambda who: book.acts(talks.propose, who, anna.request_id, Way.PHONE, [EVENING]),
            lambda who: book.acts(talks.pick, who, anna.request_id, Way.PHONE, NEXT),
        ):
            with pytest.raises(refusals.OnlyForStaff):
                deed(stranger)
    assert book.all(Talk)[0].turn is Side.OFFICE


def test_hours_change_what_can_be_picked(book: Book, staff: Staff, anna: Applicant) -> None:
    hours = OfficeHours(windows=(Window(0, time(8), time(9)),), ways=(Way.PHONE,), length=HOUR)
    hours = replace(hours, blocked=frozenset({datetime(2026, 11, 30, tzinfo=UTC).date()}))
    book.acts(talk_hours.set_hours, staff.person, hours)
    _, free = book.acts(talks.free_times, anna.person, anna.request_id)
    assert [f"{day:%d.%m.}" for day in free] == [
        "07.12.",
        "14.12.",
        "21.12.",
        "28.12.",
        "04.01.",
        "11.01.",
        "18.01.",
    ]
    monday = datetime(2026, 12, 7, 7, tzinfo=UTC)
    with pytest.raises(TimeIsTaken):
        anna.picks(monday, way=Way.VIDEO)
    anna.picks(monday)
    assert book.run(talk_hours.hours) == hours


def test_proposed_times_say_that_the_office_has_an_event_then(
    book: Book, staff: Staff, anna: Applicant
) -> None:
    book.event(EVENING - HOUR / 2)
    card = anna.proposes(EVENING, EVENING + DAY)
    assert card.busy == (EVENING,)
    assert book.acts(talk_cards.get, staff.person, id_of(card.talk)).busy == (EVENING,)


async def test_two_hundred_applicants_race_for_ten_times(book: Book, database: Database) -> None:
    """Each wants any of them and tries the next when one is taken; then the office confirms them all."""
    staff = Staff(book)
    hours = OfficeHours(windows=(Window(1, time(9), time(14)),), length=HOUR / 2, notice=timedelta(0))
    book.acts(talk_hours.set_hours, staff.person, hours)
    applicants = [Applicant(book, f"Anna{number}") for number in range(200)]
    ten = [NINE + number * HOUR / 2 for number in range(10)]

    async def races(number: int, applicant: Applicant) -> datetime | None:
        for offset in range(10):
            start = ten[(number + offset) % 10]
            try:
                await database.run(_at_once, applicant.person, _pick, applicant.request_id, start)
            except TimeIsTaken:
                continue
            return start
        return None

    got = [start for start in await asyncio.gather(*map(races, range(200), applicants)) if start]
    assert Counter(got) == Counter(ten)
    rows = book.all(TalkTime, col(TalkTime.starts_at))
    assert [row.starts_at for row in rows] == ten
    assert len({row.talk_id for row in rows}) == 10
    assert len(book.all(Talk)) == 10


def _at_once(session: Session, person: Person, act: Act, subject_id: int, start: datetime) -> TalkCard:
    return act(turn_of(session, session.get_one(Person, person.id)), subject_id, start)


def _pick(turn: Turn, request_id: int, start: datetime) -> TalkCard:
    return talks.pick(turn, request_id, Way.PHONE, start)


def test_reminders_missed_while_the_bot_was_down_come_as_one(
    book: Book, staff: Staff, anna: Applicant
) -> None:
    staff.takes(anna.picks(NINE), NINE)
    now = NINE - HOUR
    due = [
        one.notice for one in book.run(outbox.due, now, 99) if one.notice.kind == JoiningNotice.TALK_REMINDER
    ]
    alive = [notice for notice in due if not book.run(outbox.is_overtaken, notice, now)]
    assert (len(due), len(alive)) == (4, 2)


def test_office_is_asked_for_the_outcome_when_the_talk_is_over(
    book: Book, staff: Staff, anna: Applicant
) -> None:
    staff.takes(anna.picks(NINE), NINE)
    over = next(row for row in book.all(Notice) if row.kind == JoiningNotice.TALK_OVER)
    assert (over.due_at, over.person_id) == (NEXT, staff.person.id)
    case = book.acts(cases.show, staff.person, anna.request_id)
    assert case.request.office_due_at == NEXT + 2 * DAY


def test_turned_down_move_leaves_the_way_as_it_was_too(book: Book, staff: Staff, anna: Applicant) -> None:
    staff.takes(anna.picks(NINE, way=Way.ON_SITE), NINE)
    card = anna.picks(NINE + 7 * DAY, way=Way.PHONE)
    assert (card.talk.way, card.named_way) == (Way.ON_SITE, Way.PHONE)
    assert staff.turns_down(card).talk.way is Way.ON_SITE
    moved = staff.takes(anna.picks(NINE + 7 * DAY, way=Way.PHONE), NINE + 7 * DAY)
    assert moved.talk.way is Way.PHONE


@pytest.mark.parametrize("step", [RequestState.AGREEMENT_SENT, RequestState.ASLEEP, RequestState.DECLINED])
def test_talk_that_was_held_is_never_called_off(
    book: Book, staff: Staff, anna: Applicant, step: RequestState
) -> None:
    staff.takes(anna.picks(NINE), NINE)
    staff.moves_on(anna, step, NEXT + HOUR)
    assert book.all(Talk)[0].state is TalkState.HELD
    assert book.told(JoiningNotice.TALK_CANCELLED) == []


def test_wish_that_was_never_arranged_is_not_called_off_beside_the_no(
    book: Book, staff: Staff, anna: Applicant
) -> None:
    anna.picks(NINE)
    staff.moves_on(anna, RequestState.DECLINED, NOW)
    assert book.told(JoiningNotice.TALK_CANCELLED) == []
    assert book.all(TalkTime) == []


def test_office_keeps_owing_what_the_talk_asks_of_it(book: Book, staff: Staff, anna: Applicant) -> None:
    """A question back settles neither the time that waits for a yes nor the outcome to be recorded."""
    card = anna.picks(NINE)
    due_at = request_of(book, anna).office_due_at
    book.acts(cases.ask_back, staff.person, anna.request_id, "Wie viele?")
    assert due_at
    assert request_of(book, anna).office_due_at == due_at
    staff.takes(card, NINE)
    outcome_due_at = request_of(book, anna).office_due_at
    assert outcome_due_at == NEXT + 2 * DAY
    book.acts(cases.ask_back, staff.person, anna.request_id, "Wie viele?")
    assert request_of(book, anna).office_due_at == outcome_due_at
    staff.turns_down(anna.picks(NINE + 7 * DAY))
    assert request_of(book, anna).office_due_at == outcome_due_at


def test_office_owes_its_yes_before_the_time_that_is_wished(book: Book, anna: Applicant) -> None:
    now = NINE - 25 * HOUR
    anna.picks(NINE, now)
    assert request_of(book, anna).office_due_at == min(NOW + 2 * DAY, NINE)


def test_times_that_pass_unanswered_are_off_the_table_and_both_are_told(
    book: Book, staff: Staff, anna: Applicant
) -> None:
    card = anna.picks(NINE)
    assert book.run(talks.next_due, NOW) == NINE
    book.run(agenda.work_off, book.pact, NINE - MINUTE)
    assert book.told(JoiningNotice.TALK_LAPSED) == []
    for _ in range(2):
        book.run(agenda.work_off, book.pact, NINE)
    assert sorted(book.told(JoiningNotice.TALK_LAPSED)) == ["Anna", "Olga"]
    assert (book.all(Talk)[0].state, book.all(TalkTime)) == (TalkState.CANCELLED, [])
    with pytest.raises(TalkIsGone):
        staff.takes(card, NINE, NINE)


def test_two_proposals_that_overlap_are_told_apart_from_a_time_that_is_taken(anna: Applicant) -> None:
    with pytest.raises(TimesOverlap):
        anna.proposes(EVENING, EVENING + 30 * MINUTE)


async def test_applicant_who_picks_and_office_that_takes_at_once_do_not_block_each_other(
    book: Book, database: Database
) -> None:
    staff = Staff(book)
    for number in range(5):
        anna = Applicant(book, f"Anna{number}")
        first, other = NINE + number * 7 * DAY, NEXT + number * 7 * DAY
        card = anna.picks(first)
        outcomes = await asyncio.gather(
            database.run(_at_once, anna.person, _pick, anna.request_id, other),
            database.run(_at_once, staff.person, talks.take, id_of(card.talk), first),
            return_exceptions=True,
        )
        assert not [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refusal)]
        talk = next(row for row in book.all(Talk) if row.request_id == anna.request_id)
        held = {row.starts_at for row in book.all(TalkTime) if row.talk_id == talk.id}
        assert held in ({first, other}, {other}, {first})
        assert talk.starts_at in (None, first)


def test_what_comes_later_goes_to_whoever_takes_care_then(book: Book, staff: Staff, anna: Applicant) -> None:
    otto = book.staff("Otto")
    staff.takes(anna.picks(NINE), NINE)
    book.acts(cases.set_owner, staff.person, anna.request_id, id_of(otto))
    over = [row for row in book.all(Notice) if row.kind == JoiningNotice.TALK_OVER]
    people = {row.id: row for row in book.all(Person)}
    alive = [
        people[notice.person_id].name
        for notice in over
        if book.at(NEXT).acts(NOTICES.load, people[notice.person_id], notice)
    ]
    assert alive == ["Otto"]
