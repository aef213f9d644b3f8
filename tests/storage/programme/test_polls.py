"""Date polls: who is asked, who is silent, what a moved date does to answers, what is chosen."""

from datetime import timedelta

import pytest

from domain.basics.refusals import ButtonIsOutdated, OnlyForStaff
from domain.events.event import EventState
from domain.partners.organisations import Category
from domain.programme.candidates import Verdict
from domain.programme.dates import Doubt
from domain.programme.polls import Can
from domain.programme.refusals import (
    DateIsAsked,
    EverybodyRefused,
    NobodyToAsk,
    NotSoManyOptions,
    PollEndsTooLate,
    PollIsGone,
    PollIsOver,
    PollIsRunning,
)
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.ideas import progress, support
from storage.mailings import selections
from storage.partners import contacts
from storage.partners.tables import Organisation
from storage.programme import dating, poll_deadlines, polls, slots
from storage.programme.asking import Whom
from storage.programme.polls import Poll
from storage.programme.tables import PollAnswer, ProgrammeNotice, ProgrammeSlot
from tests.storage.programme.year import DAY, MAY, WEEK, Year
from tests.support.book import NOW, Book, id_of, turn_of

YES, MAYBE, NO = Can.YES, Can.MAYBE, Can.NO


def says(book: Book, person: Person, poll: Poll, number: int, can: Can, edition: int = 0) -> Poll:
    option = poll.choices[number].id
    return book.at(NOW + timedelta(minutes=1)).acts(polls.answer, person, poll.id, option, edition, can)


def counts(poll: Poll) -> list[tuple[int, int, int, int]]:
    return [(one.tally.yes, one.tally.maybe, one.tally.no, one.tally.split) for one in poll.choices]


def test_persons_answer_and_organisations_count(book: Book, year: Year) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    carl = book.person("Carl", organisation="Anna GmbH")
    poll = year.poll(year.slot())
    assert sorted(book.told(ProgrammeNotice.POLL_OPENED)) == ["Anna", "Ben", "Carl"]
    assert poll.asked == 2
    says(book, anna, poll, 0, YES)
    says(book, carl, poll, 0, NO)
    says(book, ben, poll, 0, MAYBE)
    says(book, ben, poll, 1, YES)
    says(book, ben, poll, 0, NO)  # changed their mind
    found = book.acts(polls.show, year.office, poll.id)
    assert counts(found) == [(1, 0, 1, 1), (1, 0, 0, 0)]
    assert found.answered == 2
    assert len(book.all(PollAnswer)) == 4


def test_answers_end_before_the_first_date_that_is_still_to_come(book: Book, year: Year) -> None:
    book.contact("Anna")
    with pytest.raises(PollEndsTooLate):
        year.poll(year.slot(), NOW + WEEK, MAY)
    poll = year.poll(year.slot(), NOW + WEEK + DAY, MAY)
    ends = NOW + 2 * WEEK
    for act, subject_id in ((polls.add_option, poll.id), (polls.move_option, poll.choices[1].id)):
        with pytest.raises(PollEndsTooLate):
            book.acts(act, year.office, subject_id, NOW + DAY)
        with pytest.raises(DateIsAsked):
            book.acts(act, year.office, subject_id, NOW + WEEK + DAY)
    with pytest.raises(PollEndsTooLate):
        book.acts(polls.extend, year.office, poll.id, ends)
    late = book.at(NOW + WEEK + 2 * DAY).acts(polls.extend, year.office, poll.id, ends)
    assert late.row.deadline == ends


def test_the_office_sees_what_speaks_against_a_day_that_it_asks_for(book: Book, year: Year) -> None:
    anna = book.contact("Anna")
    poll = year.poll(year.slot(), MAY, MAY + 5 * DAY)  # the second is a Sunday
    assert [[one.doubt for one in choice.against] for choice in poll.choices] == [[], [Doubt.WEEKEND]]
    assert not any(choice.against for choice in book.acts(polls.show, anna, poll.id).choices)


def test_answers_of_others_are_hidden_until_ones_own_are_given(book: Book, year: Year) -> None:
    anna = book.contact("Anna")
    hidden = year.poll(year.slot())
    assert not book.acts(polls.show, anna, hidden.id).sees_others
    assert not says(book, anna, hidden, 0, YES).sees_others
    assert says(book, anna, hidden, 1, NO).sees_others
    shown = year.poll(year.slot(), is_hidden=False)
    assert book.acts(polls.show, anna, shown.id).sees_others


def test_a_moved_date_is_asked_again_and_nothing_is_lost(book: Book, year: Year) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    poll = year.poll(year.slot())
    for person in (anna, ben):
        says(book, person, poll, 0, YES)
        says(book, person, poll, 1, NO)
    moved = book.acts(polls.move_option, year.office, poll.choices[0].id, MAY + DAY)
    assert counts(moved) == [(0, 0, 0, 0), (0, 0, 2, 0)]
    assert sorted(book.told(ProgrammeNotice.POLL_CHANGED)) == ["Anna", "Ben"]
    own = book.acts(polls.show, anna, poll.id).choices[0]
    assert (own.own, own.before, own.option.was_at) == (None, YES, MAY)
    with pytest.raises(ButtonIsOutdated):  # a button of before
        says(book, anna, poll, 0, YES)
    says(book, anna, poll, 0, NO, edition=1)
    added = book.acts(polls.add_option, year.office, poll.id, MAY + 2 * WEEK)
    assert counts(added) == [(0, 0, 1, 0), (0, 0, 2, 0), (0, 0, 0, 0)]
    assert len(book.told(ProgrammeNotice.POLL_CHANGED)) == 4
    assert book.acts(polls.waiting_for, anna)[0].choices[2].own is None
    assert len(book.all(PollAnswer)) == 4


def test_only_silent_organisations_are_nudged_and_once(book: Book, year: Year) -> None:
    anna = book.contact("Anna")
    book.contact("Ben")
    book.person("Carl", organisation="Anna GmbH")
    poll = year.poll(year.slot())
    says(book, anna, poll, 0, NO)
    book.run(poll_deadlines.work_off, NOW + 5 * DAY - timedelta(seconds=1))
    assert book.told(ProgrammeNotice.POLL_NUDGE) == []
    assert book.run(poll_deadlines.next_due, NOW) == NOW + 5 * DAY
    for _ in range(2):
        book.run(poll_deadlines.work_off, NOW + 5 * DAY)
    assert book.told(ProgrammeNotice.POLL_NUDGE) == ["Ben"]
    assert book.run(poll_deadlines.next_due, NOW + 5 * DAY) == NOW + WEEK
    for _ in range(2):
        book.run(poll_deadlines.work_off, NOW + WEEK)
    assert book.told(ProgrammeNotice.POLL_ENDED) == ["Olga"]
    with pytest.raises(PollIsOver):
        book.at(NOW + WEEK).acts(polls.answer, anna, poll.id, poll.choices[0].id, 0, YES)
    book.at(NOW + WEEK).acts(polls.extend, year.office, poll.id, NOW + 2 * WEEK)
    book.at(NOW + WEEK).acts(polls.answer, anna, poll.id, poll.choices[0].id, 0, YES)


def test_a_tie_is_shown_as_one_and_the_office_chooses(book: Book, year: Year) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    slot = year.slot()
    poll = year.poll(slot)
    says(book, anna, poll, 0, YES)
    says(book, ben, poll, 1, YES)
    tied = book.acts(polls.show, year.office, poll.id)
    assert [one.option_id for one in tied.best] == [one.id for one in poll.choices]
    event = book.acts(polls.choose, year.office, poll.choices[1].id, 0)
    assert (event.starts_at, event.state) == (MAY + WEEK, EventState.DRAFT)
    assert book.all(ProgrammeSlot)[0].event_id == event.id
    assert book.run(lambda session: [polls.said(turn_of(session, one), event.id) for one in (anna, ben)]) == [
        None,
        YES,
    ]
    with pytest.raises(ButtonIsOutdated):  # chosen already
        book.acts(polls.choose, year.office, poll.choices[0].id, 0)
    assert len(book.all(Event)) == 1


def test_what_everybody_refused_is_not_chosen(book: Book, year: Year) -> None:
    anna = book.contact("Anna")
    poll = year.poll(year.slot())
    says(book, anna, poll, 0, NO)
    says(book, anna, poll, 1, MAYBE)
    with pytest.raises(EverybodyRefused):
        book.acts(polls.choose, year.office, poll.choices[0].id, 0)
    assert book.all(Event) == []
    book.acts(polls.choose, year.office, poll.choices[1].id, 0)


def test_supporters_of_the_idea_are_asked_alone(book: Book, year: Year) -> None:
    anna, ben, eve = book.contact("Anna"), book.contact("Ben"), book.person("Eve")
    slot = year.slot()
    year.decides(year.idea(anna, "Druckluft", ben, eve), Verdict.IN, "Viele wollen das.", slot)
    book.contact("Dora")
    poll = year.poll(slot, whom=Whom.SUPPORTERS)
    assert sorted(book.told(ProgrammeNotice.POLL_OPENED)) == ["Anna", "Ben", "Eve"]
    assert says(book, eve, poll, 0, YES).choices[0].tally.outside == 1


def test_a_kept_selection_of_people_is_asked_alone(book: Book, year: Year) -> None:
    anna, _ben = book.contact("Anna"), book.contact("Ben")
    book.run(lambda session: _is_a_club(turn_of(session, anna)))
    kept = book.acts(selections.keep, year.office, "Vereine", {"categories": ["association"]})
    poll = year.poll(year.slot(), whom=id_of(kept))
    assert (poll.asked, book.told(ProgrammeNotice.POLL_OPENED)) == (1, ["Anna"])


def _is_a_club(turn: Turn) -> None:
    organisation = turn.session.get_one(Organisation, turn.person.organisation_id)
    organisation.category = Category.ASSOCIATION
    turn.session.add(organisation)


def test_who_follows_a_contact_has_said_what_they_said_and_may_say_otherwise(book: Book, year: Year) -> None:
    anna, _ben = book.contact("Anna"), book.contact("Ben")
    dora = book.person("Dora", organisation="Anna GmbH")
    slot = year.slot()
    year.decides(year.idea(anna, "Druckluft", anna), Verdict.IN, "Viele.", slot)
    poll, for_supporters = year.poll(year.slot()), year.poll(slot, whom=Whom.SUPPORTERS)
    says(book, anna, poll, 0, YES)
    says(book, anna, poll, 1, NO)
    says(book, dora, poll, 1, YES)
    book.run(lambda session: contacts.take_over(turn_of(session, dora), anna))
    hers = book.acts(polls.show, dora, poll.id)
    assert [(one.own, one.tally.yes, one.tally.split) for one in hers.choices] == [(YES, 1, 0)] * 2
    assert (hers.answered, len(book.all(PollAnswer))) == (1, 2)
    assert book.acts(polls.show, dora, for_supporters.id).is_asked
    assert says(book, dora, poll, 0, NO).choices[0].tally.no == 1


def test_who_leaves_says_nothing_more_and_colleagues_are_asked(book: Book, year: Year) -> None:
    anna, ben = book.person("Anna", organisation="A GmbH", is_main_contact=True), book.contact("Ben")
    dora = book.person("Dora", organisation="A GmbH")
    slot = year.slot()
    year.decides(year.idea(ben, "Druckluft", dora), Verdict.IN, "Viele.", slot)
    poll, for_supporters = year.poll(year.slot()), year.poll(slot, whom=Whom.SUPPORTERS)
    says(book, dora, poll, 0, YES)
    says(book, dora, for_supporters, 0, YES)
    book.acts(contacts.leave, dora, dora.id)
    seen = book.acts(polls.show, anna, poll.id)
    assert (seen.choices[0].tally.yes, seen.answered) == (0, 0)
    book.run(poll_deadlines.work_off, NOW + WEEK - timedelta(hours=1))
    assert "Anna" in book.told(ProgrammeNotice.POLL_NUDGE)
    assert book.acts(polls.show, anna, for_supporters.id).choices[0].tally.yes == 0


def test_event_of_a_poll_among_some_people_invites_their_organisations(book: Book, year: Year) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.contact("Dora")
    slot = year.slot()
    year.decides(year.idea(anna, "Druckluft", ben), Verdict.IN, "Viele.", slot)
    poll = year.poll(slot, whom=Whom.SUPPORTERS)
    says(book, anna, poll, 0, YES)
    event = book.acts(polls.choose, year.office, poll.choices[0].id, 0)
    assert event.audience == sorted([anna.organisation_id or 0, ben.organisation_id or 0])


def test_who_has_no_organisation_hears_which_date_was_taken(book: Book, year: Year) -> None:
    anna, eve, fritz = book.contact("Anna"), book.person("Eve"), book.person("Fritz")
    slot, other = year.slot(), year.slot()
    year.decides(year.idea(anna, "Druckluft", eve), Verdict.IN, "Viele.", slot)
    theirs = year.idea(fritz, "Lastenräder")
    book.acts(progress.publish, year.office, id_of(theirs))
    for person in (eve, year.office):  # which lays the dates out, and is not asked for them
        book.acts(support.give, person, id_of(theirs))
    year.decides(theirs, Verdict.IN, "Viele.", other)
    poll, outside = (year.poll(one, whom=Whom.SUPPORTERS) for one in (slot, other))
    says(book, eve, poll, 0, YES)
    assert [book.acts(polls.show, year.office, one.id).outside for one in (poll, outside)] == [1, 2]
    book.acts(polls.choose, year.office, poll.choices[0].id, 0)
    assert book.told(ProgrammeNotice.POLL_TAKEN) == ["Eve"]
    seen = book.acts(polls.show, eve, poll.id)
    assert [one.own for one in seen.choices if one == seen.chosen] == [YES]
    event = book.acts(polls.choose, year.office, outside.choices[0].id, 0)
    assert event.audience == []
    assert sorted(book.told(ProgrammeNotice.POLL_TAKEN)) == ["Eve", "Eve", "Fritz"]


def test_a_date_set_by_hand_ends_the_poll_and_is_told(book: Book, year: Year) -> None:
    anna, slot, other = book.contact("Anna"), year.slot(), year.slot("Treffen")
    poll = year.poll(slot)
    best = book.acts(slots.best_dates, year.office, slot.year)
    assert [one.id for one, _ in best] == [other.id]  # in one go nothing ends a poll
    book.acts(dating.set_date, year.office, id_of(slot), MAY)
    assert book.told(ProgrammeNotice.POLL_SETTLED) == ["Anna"]
    found = book.acts(dating.settled, anna, poll.id)
    assert found
    assert (found.is_over, found.chosen, found.slot.starts_at) == (True, None, MAY)
    with pytest.raises(PollIsOver):
        says(book, anna, poll, 0, YES)


def test_strangers_and_forged_taps_change_nothing(book: Book, year: Year) -> None:
    anna = book.contact("Anna")
    poll, other = year.poll(year.slot()), year.poll(year.slot())
    with pytest.raises(PollIsGone):
        says(book, book.person("Eve"), poll, 0, YES)
    with pytest.raises(ButtonIsOutdated):
        book.acts(polls.answer, anna, poll.id, other.choices[0].id, 0, YES)
    for act in (polls.add_option, polls.extend):
        with pytest.raises(OnlyForStaff):
            book.acts(act, anna, poll.id, MAY)
    with pytest.raises(OnlyForStaff):
        book.acts(polls.choose, anna, poll.choices[0].id, 0)
    with pytest.raises(NotSoManyOptions):
        year.poll(year.slot(), MAY)
    with pytest.raises(NotSoManyOptions):
        year.poll(year.slot(), MAY, MAY)
    with pytest.raises(NobodyToAsk):
        year.poll(year.slot(), whom=Whom.SUPPORTERS)
    slot = year.slot()
    year.poll(slot)
    with pytest.raises(PollIsRunning):
        year.poll(slot)
    assert book.all(PollAnswer) == []
