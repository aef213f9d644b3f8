"""Planning events: drafts, publishing, changing, moving, cancelling, copying, and who is told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from domain.basics import refusals
from domain.events.event import Ask, EventState, Status
from domain.events.refusals import (
    EventDoesNotFit,
    EventHasStarted,
    EventIsCancelled,
    EventIsGone,
    InvitationsTooLate,
    RoomIsTooSmall,
)
from storage.engine import outbox
from storage.engine.tables import Notice, Outcome, ShownAs
from storage.events import answers, answers_by_office, changing, planning, shown, views
from storage.events.changing import Reach
from storage.events.planning import NewEvent
from storage.events.tables import Event, EventNotice, Reminder, Rsvp
from tests.support.book import NOW, Book, id_of

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
WAITING = Status.WAITING


def test_publishing_tells_every_contact_once_and_nobody_else(book: Book) -> None:
    office = book.staff()
    book.contact("Anna")
    book.person("Ben", organisation="A GmbH")
    book.person("Stranger")
    book.contact("Without Telegram", telegram_id=None)
    book.contact("Unreachable", unreachable_since=NOW)
    new = NewEvent("Rundgang", NOW + DAY, NOW + DAY + HOUR)
    event = book.acts(planning.draft, office, new)
    assert book.told(EventNotice.EVENT_PUBLISHED) == []
    book.acts(planning.publish, office, id_of(event))
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Anna", "Ben"]
    assert event.created_by_id == office.id


def test_only_staff_publish_move_and_cancel(book: Book) -> None:
    anna, event = book.contact("Anna"), book.event()
    new = NewEvent("Rundgang", NOW + DAY, NOW + DAY + HOUR)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(planning.draft, anna, new)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(changing.move, anna, id_of(event), NOW + DAY, None)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(changing.cancel, anna, id_of(event), "darum")
    assert [(e.state, e.starts_at) for e in book.all(Event)] == [(event.state, event.starts_at)]


def test_all_but_those_who_said_no_are_told_that_the_event_moved_or_is_cancelled(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=1, answer_by=NOW + 20 * DAY)
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    book.contact("Silent")
    book.answers(anna, event, 1)
    book.answers(ben, event, 1)
    book.answers(cem, event, 0)
    moved = book.acts(changing.move, office, id_of(event), event.starts_at + DAY, None)
    assert sorted(book.told(EventNotice.EVENT_MOVED)) == ["Anna", "Ben", "Silent"]
    assert moved.ends_at - moved.starts_at == event.ends_at - event.starts_at
    assert moved.answer_by == NOW + 21 * DAY
    book.at(NOW + HOUR).acts(changing.move, office, id_of(event), event.starts_at + 2 * DAY, None)
    assert sorted(book.told(EventNotice.EVENT_MOVED)) == ["Anna", "Ben", "Silent"]  # the first is not out yet
    book.at(NOW + 2 * HOUR).acts(changing.cancel, office, id_of(event), "Sturm")
    assert sorted(book.told(EventNotice.EVENT_CANCELLED)) == ["Anna", "Ben", "Silent"]


def test_two_changes_before_the_first_is_told_are_told_as_one(book: Book) -> None:
    office, event, anna = book.staff(), book.event(place="Alt"), book.contact("Anna")
    first_start = event.starts_at

    def change(**values: Any) -> Event:
        return book.acts(changing.change, office, id_of(event), values)

    change(starts_at=first_start + DAY, ends_at=first_start + 3 * DAY)
    both = change(starts_at=first_start + 2 * DAY, place="Neu")
    assert (both.replaced["starts_at"], both.replaced["place"]) == (first_start.isoformat(), "Alt")
    (notice,) = [row for row in book.all(Notice) if row.kind == EventNotice.EVENT_MOVED]
    book.run(outbox.finish, id_of(notice), Outcome.SENT, NOW)
    assert change(place="Rathaus").replaced == {"place": "Neu"}
    assert book.told(EventNotice.EVENT_MOVED) == [anna.name] * 2


def test_who_was_invited_long_ago_or_came_since_is_told_of_a_change_too(book: Book) -> None:
    book.contact("Anna")
    event = book.event(NOW + 200 * DAY)
    book.run(outbox.forget_sent, NOW + 150 * DAY)
    book.contact("New")
    later = NOW + 150 * DAY
    assert book.run(changing.reach, id_of(event)).silent == 2
    book.at(later).acts(changing.cancel, book.staff(), id_of(event), "Sturm")
    assert book.told(EventNotice.EVENT_CANCELLED) == ["Anna", "New"]


@pytest.mark.parametrize(
    ("days", "hours", "deadline"),
    [
        (2, 4, timedelta(days=22)),  # as many days later, at the same time of day
        (-12, 0, timedelta(days=8)),
        (-21, 0, None),  # it would be over, and nobody could answer
        (0, 5, timedelta(days=20)),
    ],
)
def test_deadline_moves_by_days_and_locks_nobody_out(
    book: Book, days: int, hours: int, deadline: timedelta | None
) -> None:
    event = book.event(answer_by=NOW + 20 * DAY)
    new_start = event.starts_at + days * DAY + hours * HOUR
    moved = book.acts(changing.move, book.staff(), id_of(event), new_start, None)
    assert moved.answer_by == (deadline and NOW + deadline)
    assert book.answers(book.contact("Anna"), moved, 1).status is Status.YES


def test_deadline_that_is_over_stays_over_when_the_event_begins_an_hour_later(book: Book) -> None:
    event, later = book.event(answer_by=NOW + DAY), NOW + 2 * DAY
    new_start = event.starts_at + HOUR
    moved = book.at(later).acts(changing.move, book.staff(), id_of(event), new_start, None)
    assert moved.answer_by == NOW + DAY


def test_cancelled_or_begun_event_is_neither_answered_nor_moved_nor_cancelled_again(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    cancelled, begun = book.event(), book.event(NOW + HOUR)
    book.acts(changing.cancel, office, id_of(cancelled), "Sturm")
    for event, refusal, now in (
        (cancelled, EventIsCancelled, NOW),
        (begun, EventHasStarted, NOW + HOUR),
    ):
        with pytest.raises(refusal):
            book.answers(anna, event, 1, now)
        with pytest.raises(refusal):
            book.at(now).acts(changing.move, office, id_of(event), NOW + 9 * DAY, None)
        with pytest.raises(refusal):
            book.at(now).acts(changing.cancel, office, id_of(event), "nochmal")
    assert book.all(Rsvp) == []


def test_cancelled_event_keeps_its_questions_and_hosts_whatever_old_buttons_say(book: Book) -> None:
    office, event, host = book.staff(), book.event(), book.organisation("C. C. Umwelt")
    book.acts(changing.cancel, office, id_of(event), "Sturm")
    with pytest.raises(EventIsCancelled):
        book.acts(changing.toggle_question, office, id_of(event), Ask.FOOD)
    with pytest.raises(EventIsCancelled):
        book.run(
            lambda session: planning.put_hosts(session, session.get_one(Event, event.id), [id_of(host)], NOW)
        )


def test_event_cannot_move_into_the_past_and_then_nothing_is_changed(book: Book) -> None:
    office, event = book.staff(), book.event()
    planned = book.all(Reminder)
    with pytest.raises(EventDoesNotFit):
        book.acts(changing.move, office, id_of(event), NOW - HOUR, None)
    assert book.all(Event)[0].starts_at == event.starts_at
    assert len(book.all(Reminder)) == len(planned) > 0


def drafted(book: Book, **columns: object) -> Event:
    new = NewEvent("Rundgang", NOW + 30 * DAY, NOW + 30 * DAY + HOUR, **columns)  # type: ignore[arg-type]
    return book.acts(planning.draft, book.staff(), new)


def test_draft_is_seen_and_answered_by_nobody_but_staff(book: Book) -> None:
    event, anna = drafted(book), book.contact("Anna")
    with pytest.raises(EventIsGone):
        book.sees(anna, event)
    with pytest.raises(EventIsGone):
        book.answers(anna, event, 1)
    assert book.acts(views.coming, anna).cards == ()
    assert [draft.id for draft in book.run(planning.drafts)] == [event.id]


def test_event_for_a_choice_of_partners_is_there_for_them_alone(book: Book) -> None:
    event, office = drafted(book), book.staff("Otto")
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.acts(planning.invite_only, office, id_of(event), [anna.organisation_id or 0])
    book.acts(planning.publish, office, id_of(event))
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Anna"]
    assert book.answers(anna, event, 1).status is Status.YES
    with pytest.raises(EventIsGone):
        book.answers(ben, event, 1)
    with pytest.raises(EventIsGone):
        book.sees(ben, event)
    assert book.acts(views.coming, ben).cards == ()
    with pytest.raises(refusals.ButtonIsOutdated):
        book.acts(planning.invite_only, office, id_of(event), None)


def test_who_was_forgotten_is_invited_later_and_nobody_twice(book: Book) -> None:
    event, office = drafted(book), book.staff("Otto")
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.acts(planning.invite_only, office, id_of(event), [anna.organisation_id or 0])
    both = [anna.organisation_id or 0, ben.organisation_id or 0]
    with pytest.raises(refusals.ButtonIsOutdated):
        book.acts(planning.invite_more, office, id_of(event), both)
    book.acts(planning.publish, office, id_of(event))
    book.acts(planning.invite_more, office, id_of(event), both)
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Anna", "Ben"]
    assert book.answers(ben, event, 1).status is Status.YES
    assert book.run(changing.reach, id_of(event)).chosen == ("Anna GmbH", "Ben GmbH")
    with pytest.raises(InvitationsTooLate):
        book.at(event.starts_at).acts(planning.invite_more, office, id_of(event), both)


def test_draft_is_published_at_its_time_and_once(book: Book) -> None:
    event, office = drafted(book), book.staff("Otto")
    book.contact("Anna")
    book.acts(planning.publish_later, office, id_of(event), NOW + DAY)
    assert book.run(planning.next_due, NOW) == NOW + DAY
    for hours in (23, 24, 25):
        book.run(planning.work_off, book.pact, NOW + hours * HOUR)
        assert book.told(EventNotice.EVENT_PUBLISHED) == (["Anna"] if hours > 23 else [])
    assert book.sees(office, event).event.state is EventState.PUBLISHED


def test_invitations_go_out_while_they_can_be_answered(book: Book) -> None:
    event, office = drafted(book, answer_by=NOW + 10 * DAY), book.staff("Otto")
    book.contact("Anna")
    for at in (NOW + 10 * DAY, NOW + 31 * DAY):
        with pytest.raises(InvitationsTooLate):
            book.acts(planning.publish_later, office, id_of(event), at)
    with pytest.raises(InvitationsTooLate):
        book.at(NOW + 10 * DAY).acts(planning.publish, office, id_of(event))
    book.acts(planning.publish_later, office, id_of(event), NOW + 9 * DAY)
    sooner = {"answer_by": NOW + 8 * DAY}
    with pytest.raises(InvitationsTooLate):
        book.acts(changing.change, office, id_of(event), sooner)
    book.run(planning.work_off, book.pact, NOW + 11 * DAY)  # the bot was down
    assert book.told(EventNotice.EVENT_PUBLISHED) == []
    assert book.all(Event)[0].state is EventState.DRAFT


def test_office_knows_beforehand_who_will_be_told(book: Book) -> None:
    event, office = drafted(book, capacity=1), book.staff("Otto")
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    book.contact("Dora")
    book.contact("Without Telegram", telegram_id=None)
    book.acts(planning.publish, office, id_of(event))
    for person, wish in ((anna, 1), (ben, 1), (cem, 0)):
        book.answers(person, event, wish)
    reach = book.run(changing.reach, id_of(event))
    unreached = ("Without Telegram GmbH",)
    assert reach == Reach(coming=1, waiting=1, silent=1, invited=4, unreached=unreached)
    book.at(NOW + HOUR).acts(changing.change, office, id_of(event), {"place": "Rathaus"})
    assert sorted(book.told(EventNotice.EVENT_MOVED)) == ["Anna", "Ben", "Dora"]


def test_change_that_matters_to_nobody_tells_nobody_and_keeps_the_sequence(book: Book) -> None:
    office, event, anna = book.staff(), book.event(), book.contact("Anna")
    book.answers(anna, event, 1)
    words = {"title": "Neuer Name", "description": "mehr"}
    changed = book.acts(changing.change, office, id_of(event), words)
    assert (changed.title, changed.sequence, book.told(EventNotice.EVENT_MOVED)) == ("Neuer Name", 0, [])
    moved = book.acts(changing.move, office, id_of(event), NOW + DAY, None)
    assert (moved.sequence, book.told(EventNotice.EVENT_MOVED)) == (1, ["Anna"])
    assert book.acts(changing.cancel, office, id_of(event), "Sturm").sequence == 2


def test_new_deadline_is_told_with_what_it_was_and_leaves_calendars_alone(book: Book) -> None:
    office, event = book.staff(), book.event(answer_by=NOW + 20 * DAY)
    anna = book.contact("Anna")
    book.answers(anna, event, 1)
    sooner = {"answer_by": NOW + 10 * DAY}
    changed = book.acts(changing.change, office, id_of(event), sooner)
    assert book.told(EventNotice.EVENT_MOVED) == ["Anna"]
    assert changed.replaced == {"answer_by": (NOW + 20 * DAY).isoformat()}
    assert changed.sequence == 0
    book.acts(changing.change, office, id_of(event), sooner)
    assert book.told(EventNotice.EVENT_MOVED) == ["Anna"]  # nothing is different


def test_cards_in_private_chats_follow_what_the_office_changes_and_not_each_answer(book: Book) -> None:
    office, event, anna = book.staff(), book.event(), book.contact("Anna")
    event_id = id_of(event)

    def is_behind() -> bool:
        return bool(book.run(shown.next_behind, NOW, 1, (), ()))

    def change(values: dict[str, Any]) -> None:
        book.acts(changing.change, office, event_id, values)

    def put_hosts(session: Session) -> None:
        planning.put_hosts(session, session.get_one(Event, event_id), [], NOW)

    changes: list[Callable[[], Any]] = [
        lambda: change({"title": "Neuer Name"}),
        lambda: change({"answer_by": NOW + DAY}),
        lambda: book.run(put_hosts),
        lambda: book.acts(changing.toggle_question, office, event_id, Ask.FOOD),
        lambda: book.acts(changing.cancel, office, event_id, "Sturm"),
    ]
    for act in changes:
        book.run(shown.note, event_id, anna, 1, 1, ShownAs.CARD, NOW)
        assert not is_behind()
        act()
        assert is_behind()


def test_room_cannot_become_smaller_than_its_guests(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=5)
    book.answers(book.contact("Anna"), event, 3)
    with pytest.raises(RoomIsTooSmall):
        book.acts(changing.change, office, id_of(event), {"capacity": 2})
    book.acts(changing.change, office, id_of(event), {"capacity": 3})
    assert book.answers(book.contact("Ben"), event, 1).status is WAITING


def test_copy_starts_clean(book: Book) -> None:
    """No answers, no deadline or reason of the old event, nothing told, open questions as they were."""
    office, event, anna = book.staff(), book.event(capacity=1, answer_by=NOW + DAY), book.contact("Anna")
    host = book.organisation("C. C. Umwelt")
    book.run(
        lambda session: planning.put_hosts(session, session.get_one(Event, event.id), [id_of(host)], NOW)
    )
    book.acts(changing.toggle_question, office, id_of(event), Ask.FOOD)
    book.answers(anna, event, 1)
    book.answers(book.contact("Ben"), event, 1)
    book.acts(changing.cancel, office, id_of(event), "Sturm")
    copied = book.at(event.starts_at + DAY).acts(planning.copy, office, id_of(event))
    assert (copied.title, copied.capacity, copied.questions, copied.host) == (
        *("Rundgang", 1, ["food"]),
        "C. C. Umwelt",
    )
    assert (copied.state, copied.answer_by, copied.reason, copied.sequence) == (EventState.DRAFT, None, "", 0)
    assert (copied.taken, copied.held, copied.waiting) == (0, 0, 0)
    assert copied.starts_at == event.starts_at + 7 * DAY
    assert copied.door_code != event.door_code
    assert book.run(planning.hosts, id_of(copied)) == [host.id]
    assert [row.event_id for row in book.all(Rsvp)] == [event.id, event.id]


def test_copy_begins_at_the_same_time_of_day_after_the_clocks_change(book: Book) -> None:
    september = datetime(2026, 9, 10, 7, tzinfo=UTC)  # 09:00 in Krefeld
    new = NewEvent("Frühstück", september, september + 2 * HOUR)
    event = book.run(planning.add, new, book.pact, september - DAY)
    copied = book.acts(planning.copy, book.staff(), id_of(event))
    assert copied.starts_at == datetime(2026, 11, 26, 8, tzinfo=UTC)
    assert copied.ends_at == datetime(2026, 11, 26, 10, tzinfo=UTC)


def test_offers_do_not_go_on_after_an_event_is_cancelled(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=1)
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    for person in (anna, ben, cem):
        book.answers(person, event, 1)
    book.gives_back(anna, event, 0)
    book.acts(changing.cancel, office, id_of(event), "Sturm")
    book.offers_end(event.starts_at)
    assert book.told(EventNotice.SEAT_OFFERED) == ["Ben"]
    with pytest.raises(EventIsCancelled):
        book.acts(answers.take_offer, ben, id_of(event))


def test_capacity_can_be_raised_where_the_office_has_let_in_more(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=1)
    for name in ("Anna", "Ben", "Cem"):
        who = id_of(book.contact(name))
        book.acts(answers_by_office.enter, office, id_of(event), who, 1, beyond_capacity=True)
    book.acts(changing.change, office, id_of(event), {"capacity": 2})
    assert book.all(Event)[0].capacity == 2


def test_host_who_is_added_after_publication_is_invited_too(book: Book) -> None:
    anna, host = book.contact("Anna"), book.contact("Host")
    event = book.event_for(anna)

    def put_hosts(session: Session) -> None:
        planning.put_hosts(session, session.get_one(Event, event.id), [host.organisation_id or 0], NOW)

    book.run(put_hosts)
    book.run(put_hosts)
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Anna", "Host"]
    book.acts(changing.cancel, book.staff(), id_of(event), "Sturm")
    assert book.told(EventNotice.EVENT_CANCELLED) == ["Anna", "Host"]
