"""Reminders: planned with an event, moved with it, forgotten with it, and sent once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col

from domain.basics.pact import Pact
from storage import agenda
from storage.engine import wishes
from storage.events import changing, door, reminders
from storage.events.tables import EventNotice, Reminder, ReminderKind
from tests.support.book import NOW, Book, id_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
START = NOW + 30 * DAY
LEADS = {ReminderKind.START: [7 * DAY, DAY, 2 * HOUR], ReminderKind.NUDGE: [10 * DAY, 3 * DAY]}


def planned(book: Book) -> dict[ReminderKind, list[datetime]]:
    rows = book.all(Reminder, col(Reminder.due_at))
    return {kind: [row.due_at for row in rows if row.kind is kind] for kind in ReminderKind}


def test_event_is_reminded_of_before_its_start_and_asked_for_before_its_deadline(book: Book) -> None:
    book.event(START, answer_by=START - 5 * DAY)
    assert planned(book) == {
        ReminderKind.START: [START - lead for lead in LEADS[ReminderKind.START]],
        ReminderKind.NUDGE: [START - 5 * DAY - lead for lead in LEADS[ReminderKind.NUDGE]],
        ReminderKind.CONFIRM: [START - 2 * DAY],
        ReminderKind.THANKS: [START + 3 * HOUR],  # an hour after its end
        ReminderKind.LISTS: [START - 5 * DAY],
    }


def test_moved_event_is_reminded_of_at_its_new_time_only(book: Book) -> None:
    event = book.event(START)
    book.acts(changing.move, book.staff(), id_of(event), NOW + 25 * HOUR, None)
    assert planned(book) == {
        ReminderKind.START: [NOW + HOUR, NOW + 23 * HOUR],
        ReminderKind.NUDGE: [],
        ReminderKind.CONFIRM: [],
        ReminderKind.THANKS: [NOW + 28 * HOUR],
        ReminderKind.LISTS: [NOW + HOUR],
    }


def test_reminder_that_is_due_outlives_a_change_of_the_event_but_not_of_its_time(book: Book) -> None:
    office, event, anna = book.staff(), book.event(START), book.contact("Anna")
    book.answers(anna, event, 1)
    book.at(START - DAY).acts(changing.move, office, id_of(event), START + HOUR, None)
    assert planned(book)[ReminderKind.START] == [START + HOUR - DAY, START - HOUR]
    moved = START + HOUR
    book.at(moved - 2 * HOUR).acts(changing.change, office, id_of(event), {"place": "Neu"})
    book.run(reminders.work_off, moved - 2 * HOUR)
    assert book.told(EventNotice.EVENT_REMINDER) == ["Anna"]


def test_reminder_a_week_ahead_comes_at_the_time_of_day_of_the_event_also_in_another_time(book: Book) -> None:
    """Since the night before the event it is summer; what is due then is not taken for another time's."""
    zone = book.pact.timezone
    start = datetime(2027, 3, 29, 9, tzinfo=zone)
    event, anna = book.event(start.astimezone(UTC)), book.contact("Anna")
    book.answers(anna, event, 1)
    due_at = datetime(2027, 3, 22, 9, tzinfo=zone)
    assert planned(book)[ReminderKind.START][0] == due_at
    book.at(due_at).acts(changing.change, book.staff(), id_of(event), {"place": "Neu"})
    book.run(reminders.work_off, due_at)
    assert book.told(EventNotice.EVENT_REMINDER) == ["Anna"]


def test_cancelled_event_is_not_reminded_of(book: Book) -> None:
    event, anna = book.event(START), book.contact("Anna")
    book.answers(anna, event, 1)
    book.acts(changing.cancel, book.staff(), id_of(event), "Sturm")
    assert book.all(Reminder) == []
    book.run(reminders.work_off, START - HOUR)
    assert book.told(EventNotice.EVENT_REMINDER) == []


def test_only_who_comes_is_reminded_and_only_silent_organisations_are_asked(book: Book) -> None:
    event = book.event(START, capacity=1)
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    book.person("Colleague", organisation="Cem GmbH")
    book.contact("Silent")
    book.person("Stranger")
    for person, wish in ((anna, 1), (ben, 1), (cem, 0)):
        book.answers(person, event, wish)
    book.run(reminders.work_off, START - DAY)
    assert book.told(EventNotice.EVENT_REMINDER) == ["Anna"]
    assert book.told(EventNotice.EVENT_NUDGE) == ["Silent"]


def test_each_reminder_goes_out_once(book: Book) -> None:
    event, anna = book.event(START), book.contact("Anna")
    book.answers(anna, event, 1)
    for lead in LEADS[ReminderKind.START]:
        book.run(reminders.work_off, START - lead)
        book.run(reminders.work_off, START - lead + timedelta(seconds=1))
    assert book.told(EventNotice.EVENT_REMINDER) == ["Anna"] * 3


@pytest.mark.parametrize(("back", "sent"), [(START - HOUR, ["Anna"]), (START, []), (START + DAY, [])])
def test_of_several_missed_only_the_last_goes_out_and_none_after_the_start(
    book: Book, back: datetime, sent: list[str]
) -> None:
    event, anna = book.event(START), book.contact("Anna")
    book.answers(anna, event, 1)
    book.run(reminders.work_off, back)
    assert book.told(EventNotice.EVENT_REMINDER) == sent
    assert not planned(book)[ReminderKind.START]


def test_agenda_names_the_next_moment_at_which_something_is_due(book: Book) -> None:
    assert book.run(agenda.next_due, NOW, book.pact) is None
    book.event(START)
    assert book.run(agenda.next_due, NOW, book.pact) == START - 10 * DAY
    assert book.run(agenda.next_due, START - 10 * DAY, book.pact) == START - 7 * DAY
    assert book.run(agenda.next_due, START, book.pact) == START + 3 * HOUR
    assert book.run(agenda.next_due, START + 3 * HOUR, book.pact) is None


def test_event_tomorrow_gets_only_the_reminders_still_ahead(book: Book) -> None:
    book.pact = Pact(reminder_leads=(DAY, HOUR), nudge_leads=())
    book.event(NOW + 2 * HOUR)
    assert planned(book)[ReminderKind.START] == [NOW + HOUR]


def test_who_comes_is_asked_again_two_days_ahead_only_if_somebody_waits(book: Book) -> None:
    full, roomy = book.event(START, capacity=1), book.event(START)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    for person in (anna, ben):
        book.answers(person, full, 1)
        book.answers(person, roomy, 1)
    book.run(reminders.work_off, START - 2 * DAY)
    assert book.told(EventNotice.EVENT_CONFIRM) == ["Anna"]


def test_only_who_was_there_is_thanked(book: Book) -> None:
    """Where nobody was checked in, everybody who had said yes."""
    office, checked, unchecked = book.staff(), book.event(START), book.event(START)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    for event in (checked, unchecked):
        book.answers(anna, event, 1)
        book.answers(ben, event, 0 if event is unchecked else 1)
    book.at(START).acts(door.check_in, office, id_of(checked), id_of(anna), 0)
    book.run(reminders.work_off, START + 3 * HOUR)
    assert book.told(EventNotice.EVENT_THANKS) == ["Anna", "Anna"]


def test_thanks_missed_for_a_week_are_left(book: Book) -> None:
    event, anna = book.event(START), book.contact("Anna")
    book.answers(anna, event, 1)
    book.run(reminders.work_off, event.ends_at + 7 * DAY)
    assert book.told(EventNotice.EVENT_THANKS) == []


def test_everybody_chooses_how_early_they_are_reminded(book: Book) -> None:
    event = book.event(START)
    early, late = book.contact("Early"), book.contact("Late")
    for person in (early, late):
        book.answers(person, event, 1)
    week = int(timedelta(days=7).total_seconds())
    leads = [int(lead.total_seconds()) for lead in book.pact.reminder_leads]
    book.acts(wishes.toggle_lead, late, week, leads)
    book.run(agenda.work_off, book.pact, START - 7 * DAY)
    assert book.told(EventNotice.EVENT_REMINDER) == ["Early"]
    book.acts(wishes.toggle_lead, late, week, leads)
    assert book.run(wishes.of, late).leads is None
    book.run(agenda.work_off, book.pact, START - DAY)
    assert book.told(EventNotice.EVENT_REMINDER) == ["Early", "Early", "Late"]
