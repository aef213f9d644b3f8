"""A session on real databases: acts in one order, points that are never more, what people are told."""

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.basics.refusals import ButtonIsOutdated, OnlyForStaff
from domain.workshop.acts import Kind, Phase
from domain.workshop.refusals import (
    NoPointsLeft,
    NoteIsGone,
    NotesAreOver,
    NothingToUndo,
    OnlyOrganisationsWeigh,
    PointsAreSpent,
    TooManyNotes,
    WeighingIsOver,
    WorkshopIsClosed,
    WorkshopIsGone,
)
from domain.workshop.state import Voice
from storage.engine.database import Database
from storage.engine.tables import Notice, Person
from storage.engine.turn import Turn
from storage.ideas import board
from storage.ideas.tables import Idea, IdeaSupport
from storage.partners import contacts
from storage.privacy import erasure
from storage.workshop import log, office, taking_part
from storage.workshop.log import Room
from storage.workshop.tables import Workshop, WorkshopAct, WorkshopNotice
from storage.workshop.taking_part import Card
from tests.support.book import NOW, Book, id_of

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
HEADINGS = ("Exchange", "Projects")


class Hall:
    """A workshop with its office."""

    def __init__(self, book: Book) -> None:
        self.book, self.olga, self.now = book, book.staff(), NOW
        journal = book.acts(log.begin, self.olga, "Kick-off", HEADINGS)
        self.id, self.code = id_of(journal.workshop), journal.workshop.code
        self.exchange, self.projects = (heading.id for heading in journal.state.headings())

    def comes(self, person: Person) -> Room:
        return self.book.at(self.now).acts(taking_part.come_in, person, self.code)

    def writes(self, person: Person, text: str, heading: int = 0, **card: str) -> taking_part.Written:
        where, self.now = heading or self.projects, self.now + SECOND
        return self.book.at(self.now).acts(
            taking_part.write, person, self.id, where, Card(text, **card), self.now
        )

    def goes_to(self, phase: Phase) -> Room:
        self.now += MINUTE
        return self.book.at(self.now).acts(office.go_to, self.olga, self.id, phase)

    def weighs(self, person: Person, group: int, was: int, points: int) -> tuple[Room, bool]:
        return self.book.at(self.now).acts(taking_part.weigh, person, self.id, group, was, points)

    def looks(self, person: Person) -> Room:
        return self.book.at(self.now).acts(log.look, person, self.id)


@pytest.fixture
def hall(book: Book) -> Hall:
    return Hall(book)


def test_each_process_knows_what_others_have_added_and_erased(hall: Hall) -> None:
    """It keeps what a session has come to, and reads what is newer."""
    anna, ben = hall.book.contact("Anna"), hall.book.contact("Ben")
    other = Database(hall.book.database.url.render_as_string(hide_password=False))
    there = copy(hall)
    there.book = Book(other)
    try:
        hall.writes(anna, "Solar")
        there.writes(ben, "Bikes")
        assert [note.text for note in hall.looks(anna).state.notes.values()] == ["Solar", "Bikes"]
        before = len(there.looks(ben).state.participants)
        hall.book.run(lambda session: log.erase(session, session.get_one(Person, ben.id)))
        assert there.looks(ben).me is None
        assert len(there.looks(anna).state.participants) == before
    finally:
        other.close()


def test_what_was_never_committed_is_not_known(hall: Hall) -> None:
    anna = hall.book.contact("Anna")
    hall.writes(anna, "Solar")

    def write_in_vain(turn: Turn) -> None:
        taking_part.write(turn, hall.id, hall.projects, Card("Coal"), NOW)
        assert len(log.look(turn, hall.id).state.notes) == 2
        raise NoteIsGone

    with pytest.raises(NoteIsGone):
        hall.book.acts(write_in_vain, anna)
    hall.writes(anna, "Bikes")
    assert [note.text for note in hall.looks(anna).state.notes.values()] == ["Solar", "Bikes"]


def test_who_is_erased_leaves_nothing_said_of_themselves(hall: Hall) -> None:
    guest = hall.book.person("Greta")
    hall.comes(guest)
    hall.book.acts(taking_part.come_from, guest, hall.id, "Greta, Stadtwaldweg 3")
    hall.book.acts(taking_part.sit_at, guest, hall.id, "Tisch 3")
    hall.writes(guest, "Solar")
    hall.book.acts(erasure.erase, guest)
    acts = [act for act in hall.book.all(WorkshopAct) if act.kind is Kind.JOIN]
    assert {(act.person_id, act.payload.get("label", "")) for act in acts} == {(None, "")}
    state = hall.looks(hall.olga).state
    assert [(one.table, one.label) for one in state.participants.values()] == [("Tisch 3", "")]
    assert [note.text for note in state.notes.values()] == ["Solar"]


def test_an_organisation_that_somebody_named_wrongly_is_taken_from_them(hall: Hall) -> None:
    """What they did counts for it no more, and its points are free again; the office can undo that."""
    anna, eve = hall.book.contact("Anna"), hall.book.person("Eve")
    solar = hall.book.acts(office.new_group, hall.olga, hall.id, "Solar", hall.projects).state.sequence
    hall.comes(anna)
    hall.comes(eve)
    hall.book.acts(taking_part.come_from, eve, hall.id, "Anna GmbH")
    hall.writes(eve, "Coal")
    note = next(iter(hall.looks(eve).state.notes))
    hall.book.acts(office.place, hall.olga, hall.id, note, solar)
    hall.goes_to(Phase.WEIGH)
    hall.weighs(eve, solar, 0, 1)
    hall.weighs(anna, solar, 1, 2)
    room = hall.looks(hall.olga)
    (claimed,) = hall.book.run(office.who_is_there, room.state).claimed
    with pytest.raises(OnlyForStaff):
        hall.book.acts(office.detach, anna, hall.id, claimed)
    for _ in range(2):
        hall.book.acts(office.detach, hall.olga, hall.id, claimed)
    state = hall.looks(hall.olga).state
    assert state.weights == {Voice(anna.organisation_id): {solar: 2}}
    assert state.notes[note].organisation_id is None
    assert hall.book.run(office.who_is_there, state).lines == ["Anna GmbH", "–"]
    with pytest.raises(OnlyOrganisationsWeigh):
        hall.weighs(eve, solar, 2, 3)
    room = hall.book.acts(office.undo, hall.olga, hall.id, state.sequence)
    assert room.state.notes[note].organisation_id == anna.organisation_id


def test_office_says_how_many_places_the_proportional_choice_has(hall: Hall) -> None:
    def places(n: int) -> int:
        return hall.book.acts(office.set_rules, hall.olga, hall.id, places=n).state.places

    before = hall.looks(hall.olga).state.sequence
    assert [places(n) for n in (8, 8, 0)] == [8, 8, 0]
    assert hall.looks(hall.olga).state.sequence == before + 2
    for wrong in (-1, 25):
        with pytest.raises(ButtonIsOutdated):
            places(wrong)


def test_who_closes_a_session_gets_its_report(hall: Hall) -> None:
    anna = hall.book.contact("Anna")
    hall.writes(anna, "Solar")
    hall.goes_to(Phase.CLOSED)
    told = [(notice.kind, notice.person_id) for notice in hall.book.all(Notice)]
    assert told == [
        (WorkshopNotice.CLOSED, anna.id),
        (WorkshopNotice.PAPER, hall.olga.id),
        (WorkshopNotice.BOOK, hall.olga.id),
    ]


def test_a_message_is_a_note_for_each_line(hall: Hall) -> None:
    anna = hall.book.contact("Anna")
    hall.comes(anna)
    hall.book.acts(taking_part.sit_at, anna, hall.id, "Tisch 3")
    written = hall.writes(anna, "- Solar\n\n• Bikes \nHeat")
    notes = taking_part.own_notes(hall.looks(anna))
    assert [(note.text, note.table, note.group) for note in notes] == [
        (text, "Tisch 3", hall.projects) for text in ("Heat", "Bikes", "Solar")
    ]
    assert (written.count, written.is_late) == (3, False)
    with pytest.raises(TooManyNotes):
        hall.writes(anna, "\n".join("x" * 61))
    assert hall.writes(anna, "\n".join("x" * 60)).count == 60


def test_a_picture_is_one_note_with_its_words(hall: Hall) -> None:
    anna = hall.book.contact("Anna")
    hall.writes(anna, "Ein Dach\nmit Zellen", picture="file-1")
    (note,) = taking_part.own_notes(hall.looks(anna))
    assert (note.text, note.picture) == ("Ein Dach mit Zellen", "file-1")


def test_notes_sent_before_the_switch_count_for_two_minutes(hall: Hall) -> None:
    anna = hall.book.contact("Anna")
    hall.comes(anna)
    sent_at = hall.now
    hall.goes_to(Phase.GROUP)
    switched = hall.now

    def arrives(sent: datetime, now: datetime) -> bool:
        given = (hall.id, hall.projects, Card("Solar"), sent)
        return bool(hall.book.at(now).acts(taking_part.write, anna, *given).is_late)

    assert arrives(sent_at, switched + 2 * MINUTE)
    assert hall.looks(anna).state.notes
    for sent, now in ((sent_at, switched + 2 * MINUTE + SECOND), (switched + SECOND, switched + SECOND)):
        with pytest.raises(NotesAreOver):
            arrives(sent, now)
    hall.goes_to(Phase.COLLECT)
    assert not arrives(hall.now, hall.now)


def test_ones_own_notes_are_changed_and_taken_back_and_nobody_elses(hall: Hall) -> None:
    anna, ben = hall.book.contact("Anna"), hall.book.contact("Ben")
    written = hall.writes(anna, "Solar\nBikes")
    solar, bikes = hall.looks(anna).state.notes
    with pytest.raises(NoteIsGone):
        hall.book.acts(taking_part.change, ben, hall.id, solar, "Coal")
    with pytest.raises(NoteIsGone):
        hall.book.acts(taking_part.take_back, ben, hall.id, solar)
    hall.book.acts(taking_part.take_back, anna, hall.id, bikes)
    assert hall.book.at(hall.now).acts(taking_part.rewrite, anna, written.first_id, "Sun\nWind")
    assert [note.text for note in hall.looks(anna).state.notes.values()] == ["Sun", "Wind"]
    assert not hall.book.at(hall.now).acts(taking_part.rewrite, anna, written.first_id, "Sun\nWind")


def test_colleagues_share_points_and_a_double_tap_changes_nothing(hall: Hall) -> None:
    anna, ada = hall.book.contact("Anna"), hall.book.person("Ada", organisation="Anna GmbH")
    hall.writes(anna, "Solar")
    with pytest.raises(WeighingIsOver):
        hall.weighs(anna, hall.projects, 0, 1)
    hall.goes_to(Phase.WEIGH)
    assert hall.weighs(anna, hall.projects, 0, 1)[1]
    assert not hall.weighs(anna, hall.projects, 0, 1)[1]
    with pytest.raises(WorkshopIsGone):
        hall.weighs(ada, hall.projects, 1, 2)
    hall.comes(ada)
    room, changed = hall.weighs(ada, hall.projects, 1, 2)
    assert changed
    assert room.state.weights == {Voice(anna.organisation_id): {hall.projects: 2}}
    assert not hall.weighs(anna, hall.projects, 0, 1)[1], "from before a colleague's tap"
    assert not hall.weighs(anna, hall.projects, 2, 9)[1], "no button says so"
    assert (room.state.have_weighed(), room.organisations) == (1, 1)


def test_people_without_organisation_weigh_apart_if_the_office_allows_it(hall: Hall) -> None:
    eve, anna = hall.book.person("Eve"), hall.book.contact("Anna")
    hall.comes(eve)
    hall.writes(anna, "Solar")
    hall.goes_to(Phase.WEIGH)
    with pytest.raises(OnlyOrganisationsWeigh):
        hall.weighs(eve, hall.projects, 0, 1)
    hall.book.acts(office.set_rules, hall.olga, hall.id, points=3, outsiders=True)
    for points in range(3):
        hall.weighs(eve, hall.projects, points, points + 1)
    with pytest.raises(NoPointsLeft):
        hall.weighs(eve, hall.projects, 3, 4)
    state = hall.looks(eve).state
    assert (state.total(hall.projects), state.total(hall.projects, outsiders=True)) == (0, 3)
    with pytest.raises(PointsAreSpent):
        hall.book.acts(office.set_rules, hall.olga, hall.id, points=2)


def test_who_names_a_partner_shares_its_voice_and_is_marked(hall: Hall) -> None:
    anna, eve, tom = hall.book.contact("Anna"), hall.book.person("Eve"), hall.book.person("Tom")
    assert taking_part.needs_asking(hall.comes(eve))
    assert not taking_part.needs_asking(hall.comes(anna))
    said = hall.book.acts(taking_part.come_from, eve, hall.id, "anna gmbh")
    assert said.me
    assert (said.me.organisation_id, said.me.is_claimed) == (anna.organisation_id, True)
    alone = hall.book.acts(taking_part.come_from, tom, hall.id, "Bürgerverein")
    assert alone.me
    assert (alone.me.organisation_id, alone.me.label) == (None, "Bürgerverein")
    assert not taking_part.needs_asking(alone)


def test_of_two_taps_for_the_last_point_one_counts(side_by_side: Book) -> None:
    hall = Hall(side_by_side)
    anna, ada = side_by_side.contact("Anna"), side_by_side.person("Ada", organisation="Anna GmbH")
    hall.book.acts(office.set_rules, hall.olga, hall.id, points=1)
    hall.writes(anna, "Solar")
    hall.writes(anna, "Coffee", hall.exchange)
    hall.comes(ada)
    hall.goes_to(Phase.WEIGH)

    def weigh(person: Person, group: int) -> bool:
        try:
            return hall.weighs(person, group, 0, 1)[1]
        except NoPointsLeft:
            return False

    with ThreadPoolExecutor(2) as threads:
        taps = [
            threads.submit(weigh, anna, hall.projects),
            threads.submit(weigh, ada, hall.exchange),
        ]
        assert sorted(tap.result() for tap in taps) == [False, True]
    assert hall.looks(anna).state.spent(Voice(anna.organisation_id)) == 1
    sequences = [act.sequence for act in side_by_side.all(WorkshopAct, WorkshopAct.id)]
    assert sequences == list(range(1, len(sequences) + 1))


def test_only_staff_lead_and_any_act_can_be_undone_once(hall: Hall) -> None:
    anna = hall.book.contact("Anna")
    written = hall.writes(anna, "Solar")
    note = next(iter(written.room.state.notes))
    acts: tuple[tuple[Any, ...], ...] = (
        (office.go_to, Phase.WEIGH),
        (office.place, note, hall.exchange),
        (office.remove, hall.projects),
        (office.undo, note),
    )
    for act, *given in acts:
        with pytest.raises(OnlyForStaff):
            hall.book.acts(act, anna, hall.id, *given)
    placed = hall.book.acts(office.place, hall.olga, hall.id, note, hall.exchange)
    assert placed.state.notes[note].group == hall.exchange
    again = hall.book.acts(office.place, hall.olga, hall.id, note, hall.exchange)
    assert again.state.sequence == placed.state.sequence, "a double tap adds nothing"
    last = office.history(again)[0]
    undone = hall.book.acts(office.undo, hall.olga, hall.id, last.sequence)
    assert undone.state.notes[note].group == hall.projects
    with pytest.raises(NothingToUndo):
        hall.book.acts(office.undo, hall.olga, hall.id, last.sequence)


def test_closing_keeps_names_and_tells_all_who_took_part(hall: Hall) -> None:
    anna, eve = hall.book.contact("Anna"), hall.book.person("Eve")
    hall.comes(eve)
    hall.comes(anna)
    room = hall.goes_to(Phase.CLOSED)
    assert room.state.names == {anna.organisation_id: "Anna GmbH"}
    hall.goes_to(Phase.CLOSED)
    told = [notice.person_id for notice in hall.book.all(Notice) if notice.kind == WorkshopNotice.CLOSED]
    assert sorted(told) == sorted([id_of(anna), id_of(eve)])


def test_what_is_closed_stays_until_the_office_goes_back(hall: Hall) -> None:
    anna, tom = hall.book.contact("Anna"), hall.book.person("Tom")
    written = hall.writes(anna, "Solar")
    note, closed = written.room.state.sequence, hall.goes_to(Phase.CLOSED)
    acts: tuple[tuple[Any, ...], ...] = (
        (office.place, note, hall.exchange),
        (office.rename, hall.projects, "Other"),
        (office.join, hall.projects, hall.exchange),
        (office.undo, note),
    )
    for act, *given in acts:
        with pytest.raises(WorkshopIsClosed):
            hall.book.acts(act, hall.olga, hall.id, *given)
    with pytest.raises(WorkshopIsClosed):
        hall.book.acts(taking_part.take_back, anna, hall.id, note)
    assert hall.comes(tom).me is None, "who comes later has not taken part"
    assert hall.looks(anna).state.sequence == closed.state.sequence
    hall.goes_to(Phase.WEIGH)
    hall.book.acts(office.place, hall.olga, hall.id, note, hall.exchange)


def test_clusters_above_a_line_become_ideas_with_notes_and_supporters(hall: Hall) -> None:
    anna, ben = hall.book.contact("Anna"), hall.book.contact("Ben")
    hall.writes(anna, "Solar")
    hall.writes(ben, "Coffee", hall.exchange)
    hall.goes_to(Phase.WEIGH)
    for points in range(2):
        hall.weighs(anna, hall.projects, points, points + 1)
    hall.weighs(ben, hall.exchange, 0, 1)
    hall.goes_to(Phase.CLOSED)
    room, count = hall.book.acts(office.become_ideas, hall.olga, hall.id, 2)
    (idea,) = hall.book.all(Idea)
    assert (count, idea.text) == (1, "Projects\n– Solar")
    assert [row.person_id for row in hall.book.all(IdeaSupport)] == [anna.id]
    assert hall.book.run(office.fates, room.state) == {hall.projects: (idea.id, idea.state)}
    assert hall.book.acts(office.become_ideas, hall.olga, hall.id, 2)[1] == 0
    hall.book.acts(board.visible, anna, id_of(idea))


def test_who_is_erased_leaves_their_notes_and_points(hall: Hall) -> None:
    anna, ada = hall.book.contact("Anna"), hall.book.person("Ada", organisation="Anna GmbH")
    hall.writes(ada, "Solar")
    hall.goes_to(Phase.WEIGH)
    hall.weighs(ada, hall.projects, 0, 1)
    before = hall.looks(anna).state
    hall.book.acts(contacts.leave, ada, id_of(ada))
    state = hall.looks(anna).state
    assert all(act.person_id != ada.id for act in hall.book.all(WorkshopAct))
    assert (list(state.notes), state.weights) == (list(before.notes), before.weights)


def test_a_round_asks_all_partners_and_reminds_the_silent(book: Book) -> None:
    olga, anna, ben = book.staff(), book.contact("Anna"), book.contact("Ben")
    room = book.acts(office.begin_round, olga, "What shall we do?", HEADINGS)
    heading = room.state.headings()[0].id

    def told(kind: WorkshopNotice) -> list[int]:
        return sorted(notice.person_id for notice in book.all(Notice) if notice.kind == kind)

    assert told(WorkshopNotice.ROUND) == [id_of(anna), id_of(ben)]
    book.acts(taking_part.write, anna, room.id, heading, Card("Solar"), NOW)
    due = book.run(office.next_due, NOW)
    assert due == NOW + timedelta(days=10)
    book.run(office.work_off, due)
    book.run(office.work_off, due)
    assert told(WorkshopNotice.ROUND) == [id_of(anna), id_of(ben), id_of(ben)]
    end = book.run(office.next_due, due)
    assert end == NOW + timedelta(days=14)
    book.run(office.work_off, end)
    assert told(WorkshopNotice.ROUND_OVER) == [id_of(olga)]
    assert book.run(office.next_due, end) is None
    assert book.run(log.read, room.id).acts[-1].kind is Kind.NOTE
    assert book.all(Workshop)[0].phase is Phase.COLLECT
