"""A mailing on its way: who may let it out, what falls with a change, who gets it, what a kill leaves."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.basics.refusals import OnlyForStaff
from domain.events.event import Status
from domain.mailings import refusals
from domain.mailings.mailings import (
    RECALLABLE,
    STOPPABLE,
    TOO_LATE,
    Answered,
    Delivery,
    Purpose,
    Reason,
    State,
)
from domain.mailings.selections import By, Selection
from domain.partners.organisations import Kind, Sector, Size
from storage.engine import following
from storage.engine.following import Shows
from storage.engine.tables import Notice, ShownAs, ShownCard
from storage.events.tables import Seat
from storage.ideas import board, support
from storage.ideas.board import NewIdea
from storage.mailings import choices, delivery, drafts, results, running
from storage.mailings.tables import (
    Mailing,
    MailingAnswer,
    MailingChoice,
    MailingNotice,
    MailingRecipient,
)
from storage.partners.tables import Organisation
from storage.privacy import erasure
from tests.support.book import NOW, Book, id_of
from tests.support.mailings import Office

MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(book: Book) -> Office:
    return Office(book)


def test_what_goes_to_all_waits_for_somebody_who_has_not_worked_on_it(office: Office) -> None:
    office.does(drafts.choose_all, office.olga)
    assert office.lets_out() is State.ASKED
    assert office.book.told(MailingNotice.ASKED) == ["Petra"]
    with pytest.raises(refusals.NotOnesOwn):
        office.does(running.approve, office.olga, office.stamp())
    office.does(running.approve, office.petra, office.stamp())
    assert (office.mailing.state, office.mailing.begins_at) == (State.READY, NOW + STOPPABLE)


def test_all_in_other_words_is_all(office: Office) -> None:
    for number in range(len(Kind)):
        office.does(drafts.switch, office.olga, By.KIND, number)
    assert office.lets_out() is State.ASKED


def test_some_go_out_without_a_second_yes(office: Office) -> None:
    event = office.book.event()
    office.book.answers(office.anna, event, 1)
    office.does(drafts.choose_event, office.olga, id_of(event))
    office.does(drafts.switch, office.olga, By.ANSWER, 0)
    assert office.lets_out() is State.READY
    assert office.states() == {"Anna": Delivery.WAITING}


def test_whoever_changes_it_can_no_longer_approve_it(office: Office) -> None:
    office.does(drafts.put_content, office.petra, [{"kind": "text", "text": "Anders"}])
    office.does(drafts.choose_all, office.olga)
    with pytest.raises(refusals.NobodyElseToApprove):
        office.lets_out()


CHANGES: list[Callable[[Office], object]] = [
    lambda o: o.does(drafts.put_content, o.olga, [{"kind": "text", "text": "Anders"}]),
    lambda o: o.does(drafts.turn_purpose, o.olga),
    lambda o: o.does(drafts.choose_nobody, o.olga),
    lambda o: o.does(drafts.schedule, o.olga, NOW + 9 * MINUTE),
    lambda o: o.does(running.stop, o.olga),
]


@pytest.mark.parametrize("change", CHANGES)
def test_approval_falls_with_any_change(office: Office, change: Callable[[Office], object]) -> None:
    office.is_approved()
    change(office)
    mailing = office.mailing
    assert (mailing.state, mailing.approved, mailing.approved_by_id) == (State.DRAFT, "", None)
    assert office.states() == {}
    assert office.begins() is State.DRAFT


def test_approval_is_for_what_was_shown(office: Office) -> None:
    office.does(drafts.choose_all, office.olga)
    office.lets_out()
    shown = office.stamp()
    office.does(running.stop, office.olga)
    office.does(drafts.put_content, office.olga, [{"kind": "text", "text": "Anders"}])
    office.lets_out()
    with pytest.raises(refusals.MailingHasChanged):
        office.does(running.approve, office.petra, shown)


def test_content_that_is_not_what_was_approved_does_not_go_out(office: Office) -> None:
    office.is_approved()
    row = office.mailing
    row.content = [{"kind": "text", "text": "Untergeschoben"}]
    office.book.add(row)
    assert office.begins() is State.DRAFT
    assert "Olga" in office.book.told(MailingNotice.DECIDED)


def test_list_that_has_changed_since_it_was_shown_is_looked_at_again(office: Office) -> None:
    office.does(drafts.choose_all, office.olga)
    office.does(drafts.had_copy, office.olga)
    shown = office.stamp()
    office.book.contact("Dora")
    with pytest.raises(refusals.MailingHasChanged):
        office.does(running.let_out, office.olga, shown, None)


def test_copy_comes_first_and_counts_for_its_content_alone(office: Office) -> None:
    office.does(drafts.choose_all, office.olga)
    office.does(drafts.had_copy, office.olga)
    office.does(drafts.put_content, office.olga, [{"kind": "text", "text": "Anders"}])
    with pytest.raises(refusals.CopyComesFirst):
        office.does(running.let_out, office.olga, office.stamp(), None)


@pytest.mark.parametrize(
    ("late", "state"),
    [(timedelta(0), State.SENDING), (TOO_LATE, State.SENDING), (TOO_LATE + MINUTE, State.REFUSED)],
)
def test_what_is_found_hours_late_is_refused(office: Office, late: timedelta, state: State) -> None:
    office.is_approved()
    assert office.begins(NOW + STOPPABLE + late) is state
    if state is State.REFUSED:
        assert office.claims(now=NOW + STOPPABLE + late) == []


def test_mailing_that_nobody_was_at_for_hours_waits_for_the_office(office: Office) -> None:
    office.is_approved()
    office.begins()
    office.comes_back(office.claims(1))
    late = NOW + STOPPABLE + TOO_LATE + MINUTE
    assert office.claims(now=late) == []
    assert (office.mailing.state, office.mailing.was_interrupted) == (State.PAUSED, True)
    office.at(late).does(running.resume, office.olga)
    assert len(office.claims(now=late)) == 2


def test_who_withdraws_blocks_or_leaves_before_their_turn_gets_nothing(office: Office) -> None:
    office.is_approved()
    office.begins()
    book = office.book
    book.acts(choices.choose, office.anna, Purpose.BUSINESS, wanted=False)
    left = next(one for one in book.all(Organisation) if one.id == office.ben.organisation_id)
    left.left_on = NOW.date()
    book.add(left)
    assert [one.person_id for one in office.claims()] == [office.cleo.id]
    assert office.states() == {
        "Anna": Delivery.SKIPPED,
        "Ben": Delivery.SKIPPED,
        "Cleo": Delivery.IN_FLIGHT,
    }
    reasons = {row.reason for row in book.all(MailingRecipient)}
    assert reasons == {Reason.OBJECTED, Reason.LEFT, None}


def test_what_was_on_its_way_at_a_kill_is_uncertain_and_not_sent_again(office: Office) -> None:
    office.is_approved()
    office.begins()
    (one,) = office.claims(1)
    assert office.book.run(delivery.after_a_kill) == 1
    rest = office.claims()
    assert one.person_id not in {other.person_id for other in rest}
    office.comes_back(rest)
    assert office.claims() == []
    assert office.mailing.state is State.DONE
    look = office.does(results.look, office.olga)
    assert look.uncertain == ("Anna",)
    office.at(NOW + STOPPABLE).does(running.send_to_uncertain, office.olga)
    assert [again.person_id for again in office.claims()] == [one.person_id]


def test_what_did_not_go_out_for_certain_is_tried_again_later(office: Office) -> None:
    office.is_approved()
    office.begins()
    office.comes_back(office.claims(), Delivery.WAITING)
    assert office.claims() == []
    assert len(office.claims(now=NOW + STOPPABLE + MINUTE)) == 3


def test_paused_and_stopped_send_nothing(office: Office) -> None:
    office.is_approved()
    office.begins()
    office.does(running.pause, office.petra)
    assert office.claims() == []
    office.does(running.resume, office.olga)
    office.comes_back(office.claims(1, NOW))
    office.does(running.stop, office.olga)
    assert office.claims() == []
    assert sorted(office.states().values()) == [Delivery.DELIVERED, Delivery.WAITING, Delivery.WAITING]


def test_recall_takes_back_what_has_arrived_for_two_days(office: Office) -> None:
    office.is_approved()
    office.begins()
    office.comes_back(office.claims(2))
    with pytest.raises(refusals.TooLateToRecall):
        office.at(NOW + timedelta(days=2)).does(running.recall, office.olga)
    office.at(NOW + STOPPABLE).does(running.recall, office.olga)
    claimed = office.claims()
    assert [(one.recalls, one.message_ids) for one in claimed] == [(True, [7])] * 2
    office.comes_back(claimed)
    assert office.claims() == []
    assert office.mailing.state is State.RECALLED
    assert sum(row.recalled_at is not None for row in office.book.all(MailingRecipient)) == 2


def test_recall_is_offered_for_two_days_and_then_said_to_be_over(office: Office) -> None:
    office.is_approved()
    office.begins()
    office.comes_back(office.claims())
    office.claims()
    look = office.does(results.look_for_recall, office.olga)
    assert (look.is_too_late, look.recallable_until) == (False, NOW + STOPPABLE + RECALLABLE)
    late = NOW + timedelta(days=2)
    assert office.at(late).does(results.look, office.olga).is_too_late
    with pytest.raises(refusals.TooLateToRecall):
        office.at(late).does(results.look_for_recall, office.olga)


def test_who_is_erased_is_known_by_nothing_and_what_came_here_is_taken_back(office: Office) -> None:
    office.is_approved()
    office.begins()
    office.comes_back(office.claims())
    office.does(results.answer, office.anna, "Danke")
    for wanted in (True, False):
        office.book.acts(choices.choose, office.anna, Purpose.NEWS, wanted=wanted)
    erased = office.book.at(NOW + STOPPABLE + MINUTE).acts(erasure.erase, office.anna)
    assert erased.message_ids == (7,)
    assert not office.book.all(MailingChoice)
    assert not office.book.all(MailingAnswer)
    hers = next(one for one in office.book.all(MailingRecipient) if one.person_id == office.anna.id)
    assert (hers.message_ids, hers.state) == ([], Delivery.DELIVERED)


def test_two_processes_never_claim_the_same_person(side_by_side: Book) -> None:
    office = Office(side_by_side)
    office.is_approved()
    office.begins()
    with side_by_side.database.engine.connect() as one:
        rows = one.exec_driver_sql("SELECT person_id FROM mailing_recipient FOR UPDATE").all()
        assert len(rows) == 3
        one.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
        assert office.claims() == []


def test_news_go_to_those_who_agreed(office: Office) -> None:
    office.book.acts(choices.choose, office.anna, Purpose.NEWS, wanted=True)
    everybody = Selection(everybody=True)
    assert office.gets(everybody) == {"Anna", "Ben", "Cleo"}
    assert office.gets(everybody, Purpose.NEWS) == {"Anna"}
    office.book.acts(choices.choose, office.anna, Purpose.NEWS, wanted=False)
    assert office.gets(everybody, Purpose.NEWS) == set()


def test_exact_list_says_who_cannot_be_reached_and_why(office: Office) -> None:
    office.book.contact("Dora", telegram_id=None)
    office.book.contact("Emil", unreachable_since=NOW)
    office.does(drafts.choose_all, office.olga)
    _, found, _ = office.does(results.recipients, office.olga)
    assert {one.person.name: one.why_not for one in found} == {
        "Anna": None,
        "Ben": None,
        "Cleo": None,
        "Dora": Reason.NO_TELEGRAM,
        "Emil": Reason.UNREACHABLE,
    }


def test_people_are_chosen_by_their_organisation(office: Office) -> None:
    rows = {one.id: one for one in office.book.all(Organisation)}
    for person, size in ((office.anna, Size.MICRO), (office.ben, Size.LARGE)):
        row = rows[person.organisation_id or 0]
        row.size, row.sector = size, Sector.CRAFTS
        office.book.add(row)
    assert office.gets(Selection(sectors=["crafts"])) == {"Anna", "Ben"}
    assert office.gets(Selection(sectors=["crafts"], sizes=["large", "small"])) == {"Ben"}
    assert office.gets(Selection(kinds=["initial"])) == set()
    assert office.gets(Selection()) == set()


def test_people_are_chosen_by_their_answer_to_an_event(office: Office) -> None:
    book, event = office.book, office.book.event(capacity=1)
    dora = book.contact("Dora")
    for person, wish in ((office.anna, 1), (office.ben, 1), (office.cleo, 0)):
        book.answers(person, event, wish)
    assert book.sees(office.ben, event).status is Status.WAITING
    chosen = {
        Answered.COMING: {"Anna"},
        Answered.WAITING: {"Ben"},
        Answered.DECLINED: {"Cleo"},
        Answered.SILENT: {dora.name},
        Answered.THERE: set(),
    }
    for answer, names in chosen.items():
        assert office.gets(Selection(event_id=id_of(event), answers=[answer])) == names
    there = Seat(event_id=id_of(event), person_id=id_of(office.anna), number=0, arrived_at=NOW)
    book.run(lambda session: session.merge(there))
    assert office.gets(Selection(event_id=id_of(event), answers=[Answered.THERE])) == {"Anna"}
    assert office.gets(Selection(event_id=id_of(event))) == set()


def test_people_are_chosen_by_ideas_and_topics(office: Office) -> None:
    book = office.book
    idea = book.acts(board.hand_in, office.anna, NewIdea("project", "Ein Dach"))
    book.acts(support.give, office.ben, id_of(idea))
    assert office.gets(Selection(ideas=[id_of(idea)])) == {"Anna", "Ben"}
    assert office.gets(Selection(topics=["project"])) == {"Anna", "Ben"}
    assert office.gets(Selection(topics=["other"])) == set()


def test_answers_of_a_person_are_one_thread(office: Office) -> None:
    office.is_approved()
    office.begins()
    office.comes_back(office.claims(1))
    for text in ("Ja", "Doch nicht"):
        office.does(results.answer, office.anna, text)
    (thread,) = office.does(results.answers, office.olga)
    assert thread.mailing == office.mailing
    assert [line.text for line in thread.lines] == ["Ja", "Doch nicht"]
    with pytest.raises(refusals.MailingIsGone):
        office.does(results.answer, office.ben, "Ich hatte sie nie")


def test_who_had_a_mailing_is_forgotten_after_a_year(office: Office) -> None:
    office.is_approved()
    office.begins()
    office.comes_back(office.claims())
    office.claims()
    office.does(results.answer, office.anna, "Danke")
    assert not office.book.run(results.forget, NOW + results.KEPT)
    assert office.book.run(results.forget, NOW + results.KEPT + STOPPABLE + MINUTE)
    assert [*office.book.all(MailingRecipient), *office.book.all(Mailing)] == []


def test_strangers_see_no_mailing(office: Office) -> None:
    for act in (drafts.for_staff, drafts.turn_purpose, running.pause):
        with pytest.raises(OnlyForStaff):
            office.does(act, office.anna)
    assert not [one for one in office.book.all(Notice) if one.person_id == office.anna.id]


def test_what_was_blackened_on_its_way_goes_to_nobody_else(office: Office) -> None:
    office.is_approved()
    office.begins()
    first = office.claims(most=1)
    office.book.add(office.mailing.sqlmodel_update({"content": [{"kind": "text", "text": "▇"}]}))
    assert office.claims() == []
    assert office.mailing.state is State.STOPPED
    assert office.book.told(MailingNotice.OVER) == ["Olga"]
    assert not office.does(results.look, office.olga).has_copy
    office.comes_back(first)
    assert [one for one in office.states().values() if one is Delivery.DELIVERED] == [Delivery.DELIVERED]


def test_other_messages_that_show_a_mailing_follow_its_recall(office: Office) -> None:
    office.is_approved()
    office.begins()
    office.comes_back(office.claims())
    note = (Shows("mailing", office.id), office.petra, (1, 7), ShownAs.CARD, NOW)
    office.book.run(following.note, *note)
    office.at(NOW + STOPPABLE).does(running.recall, office.petra)
    (card,) = office.book.all(ShownCard)
    assert card.changes == 1
