"""Whom an event reaches in the chat, whom not and why, and the lists that the office works off."""

from datetime import timedelta

import pytest

from domain.basics import refusals
from domain.events.event import Ask
from domain.events.reaching import Why
from domain.events.refusals import EventHasStarted
from storage.engine import outbox
from storage.engine.tables import Notice, Outcome
from storage.events import changing, planning, reaching, unanswered
from storage.events.tables import EventNotice
from tests.support.book import NOW, Book, id_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_office_sees_by_name_who_does_not_get_it_and_why(book: Book) -> None:
    office, event = book.staff(), book.event()
    book.contact("Anna")
    book.contact("Ben", telegram_id=None, phone="+492151123456", email="ben@example.org")
    book.contact("Cem", unreachable_since=NOW)
    book.organisation("Dora GmbH")
    _, found = book.acts(reaching.of_event, office, id_of(event))
    assert [(one.organisation.name, one.why) for one in found] == [
        ("Anna GmbH", None),
        ("Ben GmbH", Why.NOT_CONNECTED),
        ("Cem GmbH", Why.BLOCKED),
        ("Dora GmbH", Why.NOBODY),
    ]
    assert (found[1].phones, found[1].emails) == (["+492151123456"], ["ben@example.org"])
    assert book.run(changing.reach, id_of(event)).unreached == ("Ben GmbH", "Cem GmbH", "Dora GmbH")
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(reaching.of_event, book.person("Eve"), id_of(event))


def test_never_invited_is_told_from_silent_and_only_the_silent_are_reminded_once_a_day(book: Book) -> None:
    office = book.staff()
    anna, ben = book.contact("Anna"), book.contact("Ben")
    event = book.event_for(anna, ben)
    for notice in book.all(Notice):
        book.run(outbox.finish, id_of(notice), Outcome.SENT, NOW)
    late = book.contact("Late", telegram_id=None)
    cem = book.contact("Cem")
    more = [late.organisation_id or 0, cem.organisation_id or 0]
    book.acts(planning.invite_more, office, id_of(event), more)
    book.answers(ben, event, 0)
    found = book.run(unanswered.organisations, book.all(type(event))[0])
    assert [(one.name, one.is_invited) for one in found] == [
        ("Anna GmbH", True),
        ("Cem GmbH", False),
        ("Late GmbH", False),
    ]
    assert book.acts(reaching.remind_silent, office, id_of(event)) == 2
    assert book.acts(reaching.remind_silent, office, id_of(event)) == 0
    assert book.told(EventNotice.EVENT_NUDGE) == ["Anna", "Cem"]
    assert book.at(NOW + DAY).acts(reaching.remind_silent, office, id_of(event)) == 2
    with pytest.raises(EventHasStarted):
        book.at(event.starts_at).acts(reaching.remind_silent, office, id_of(event))


def test_changes_within_minutes_are_one_notice_and_what_is_taken_back_is_none(book: Book) -> None:
    office, event, anna = book.staff(), book.event(place="Alt"), book.contact("Anna")
    book.answers(anna, event, 1)
    for at, values in ((0, {"place": "Neu"}), (1, {"address": "Markt 1"}), (2, {"place": "Alt"})):
        book.at(NOW + at * MINUTE).acts(changing.change, office, id_of(event), values)
    (notice,) = [row for row in book.all(Notice) if row.kind == EventNotice.EVENT_MOVED]
    assert notice.due_at == NOW + 5 * MINUTE
    assert book.all(type(event))[0].replaced == {"address": ""}
    book.at(NOW + 3 * MINUTE).acts(changing.change, office, id_of(event), {"address": ""})
    assert book.told(EventNotice.EVENT_MOVED) == []


def test_longer_deadline_is_told_to_those_who_can_use_it(book: Book) -> None:
    office, event = book.staff(), book.event(answer_by=NOW + 10 * DAY)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.contact("Cem")
    book.answers(anna, event, 1)
    book.answers(ben, event, 0)
    longer = {"answer_by": NOW + 12 * DAY}
    book.acts(changing.change, office, id_of(event), longer)
    assert book.told(EventNotice.EVENT_MOVED) == ["Cem"]


def test_question_added_later_is_asked_of_those_who_have_answered(book: Book) -> None:
    office, event = book.staff(), book.event()
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.contact("Cem")
    book.answers(anna, event, 1)
    book.answers(ben, event, 0)
    book.acts(changing.toggle_question, office, id_of(event), Ask.FOOD)
    assert book.told(EventNotice.EVENT_ASKS) == ["Anna"]
    book.at(NOW + MINUTE).acts(changing.toggle_question, office, id_of(event), Ask.FOOD)
    book.at(NOW + 2 * MINUTE).acts(changing.toggle_question, office, id_of(event), Ask.FOOD)
    assert book.told(EventNotice.EVENT_ASKS) == ["Anna"]
