"""A year from its slots to its report: candidates, hosts, versions, and numbers that lead back to rows."""

import io
from datetime import timedelta
from statistics import mean
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import col

from domain.basics.refusals import OnlyForStaff
from domain.events.event import EventKind, EventState
from domain.ideas.ideas import State
from domain.measures.factors import Carrier
from domain.measures.measures import Kind
from domain.measures.measures import State as MeasureState
from domain.programme.candidates import Source, Verdict
from domain.programme.refusals import (
    DatesHaveChanged,
    HostQuestionIsOver,
    NoHostLeft,
    NoReasonForIt,
    NothingHasChanged,
    ProgrammeIsEmpty,
    SlotHasEvent,
    SomebodyIsAsked,
)
from domain.programme.results import Fate, How, Number, Row, figure
from domain.programme.versions import Difference
from handlers.chat.texts import texts_in
from handlers.programme import report as files
from storage.engine import outbox
from storage.engine.tables import Notice, Outcome, Person
from storage.events import changing, feedback, planning
from storage.events.tables import Event
from storage.ideas import progress
from storage.ideas.tables import Idea, IdeaStep
from storage.measures.tables import Measure
from storage.programme import candidates, hosts, releases, results, slots
from storage.programme.releases import News
from storage.programme.tables import HostAnswer, HostRequest, ProgrammeNotice, ProgrammeRelease, ProgrammeSlot
from tests.storage.programme.year import DAY, MAY, WEEK, YEAR, Year
from tests.support.book import NOW, Book, id_of

LATER = NOW + timedelta(hours=1)


def releases_it(book: Book, year: Year, now: Any = NOW) -> ProgrammeRelease:
    return book.at(now).acts(releases.release, year.office, YEAR)


def arrives(book: Book) -> None:
    """Everything that waits reaches its readers."""

    def finish(session: Any) -> None:
        for addressed in outbox.due(session, NOW + WEEK, 1000):
            outbox.finish(session, addressed.notice.id, Outcome.SENT, NOW)

    book.run(finish)


def news(book: Book, person: Person, release: ProgrammeRelease) -> News | None:
    return book.acts(releases.news_for, person, id_of(release))


class TestCandidates:
    def test_an_idea_has_what_speaks_for_it(self, book: Book, year: Year) -> None:
        anna, ben, eve = book.contact("Anna"), book.contact("Ben"), book.person("Eve")
        carl = book.person("Carl", organisation="Anna GmbH")
        idea = year.idea(anna, "Druckluft", anna, carl, ben, eve)
        year.offers_to_host(ben, idea)
        found = year.candidate_of(idea).candidate
        assert (found.sum, len(found.points), found.outside) == (2, 2, 1)
        assert (found.pledges, found.hosts, found.experts) == (1, 1, 0)

    def test_formats_come_from_feedback_and_offers_from_the_office(self, book: Book, year: Year) -> None:
        anna = book.contact("Anna")
        tour = book.event(kind=EventKind.TOUR)
        book.answers(anna, tour, 1)
        book.at(tour.ends_at).acts(feedback.give, anna, id_of(tour), score=3)
        book.at(tour.ends_at).acts(feedback.give, anna, id_of(tour), wish="mehr davon")
        organisation = anna.organisation_id
        book.acts(candidates.offer, year.office, YEAR, "Raum für 40 Leute", organisation)
        found = {one.candidate.source: one.candidate for one in year.candidates()}
        shown = found[Source.FORMAT]
        assert (shown.kind, shown.mark, shown.marks, shown.wishes) == (EventKind.TOUR, 3, 1, 1)
        assert found[Source.OFFER].title == "Raum für 40 Leute"
        assert len(year.candidates(is_proportional=True)) == len(year.candidates()) == 2

    def test_decisions_fill_slots_and_are_told_with_the_release(self, book: Book, year: Year) -> None:
        anna, ben = book.contact("Anna"), book.contact("Ben")
        slot = year.slot(starts_at=MAY)
        taken, left = year.idea(anna, "Druckluft", ben), year.idea(anna, "Aufkleber", ben)
        year.decides(taken, Verdict.IN, "Viele wollen das.", slot)
        year.decides(left, Verdict.LATER, "Erst nach dem Umzug.")
        year.decides(left, Verdict.OUT, "Es fehlt das Geld.")  # on second thought
        with pytest.raises(NoReasonForIt):
            year.decides(left, Verdict.OUT, " ")
        assert {one.state for one in book.all(Idea)} == {State.NEW}  # a draft is the office's own
        releases_it(book, year)
        said = {step.idea_id: (step.state, step.text) for step in book.all(IdeaStep)}
        assert said == {
            taken.id: (State.PLANNED, "Viele wollen das."),
            left.id: (State.NOT_NOW, "Es fehlt das Geld."),
        }
        assert book.told("idea_progress") == ["Anna", "Ben"]
        with pytest.raises(NothingHasChanged):  # each decision is told once
            releases_it(book, year, LATER)
        event = book.all(Event)[0]
        assert (event.state, event.description, event.has_ideas) == (EventState.DRAFT, "Druckluft", True)

    def test_what_another_year_has_is_marked(self, book: Book, year: Year) -> None:
        anna = book.contact("Anna")
        taken, left = year.idea(anna, "Druckluft"), year.idea(anna, "Aufkleber")
        year.decides(taken, Verdict.IN, "Viele wollen das.", year.slot())
        following = book.acts(candidates.gather, year.office, YEAR + 1)
        held = {one.candidate.ref_id: one.candidate.held_by for one in following}
        assert held == {taken.id: YEAR, left.id: None}
        assert year.candidate_of(taken).candidate.held_by is None

    def test_only_the_office_plans(self, book: Book, year: Year) -> None:
        anna, slot = book.contact("Anna"), year.slot()
        acts: tuple[tuple[Any, tuple[Any, ...]], ...] = (
            (candidates.gather, (YEAR,)),
            (slots.drop, (id_of(slot),)),
            (slots.set_date, (id_of(slot), MAY)),
            (releases.release, (YEAR,)),
            (releases.draft, (YEAR,)),
            (results.of_year, (YEAR,)),
            (hosts.ask_next, (id_of(slot),)),
        )
        for act, args in acts:
            with pytest.raises(OnlyForStaff):
                book.acts(act, anna, *args)


class TestHosts:
    def test_partners_are_asked_in_the_order_of_their_offers(self, book: Book, year: Year) -> None:
        people = anna, ben, carl = [book.contact(name) for name in ("Anna", "Ben", "Carl")]
        slot = year.slot(starts_at=MAY)
        idea = year.idea(anna, "Druckluft")
        for place, person in enumerate(people):
            year.offers_to_host(person, idea, NOW + timedelta(minutes=place))
        assert book.acts(hosts.ask_next, year.office, id_of(slot)).asked[0].organisation == "Anna GmbH"
        with pytest.raises(SomebodyIsAsked):
            book.acts(hosts.ask_next, year.office, id_of(slot))
        first = book.all(HostRequest)[0]
        with pytest.raises(HostQuestionIsOver):  # not theirs
            book.acts(hosts.answer, ben, id_of(first), HostAnswer.YES)
        book.acts(hosts.answer, anna, id_of(first), HostAnswer.NO)
        assert book.told(ProgrammeNotice.HOST_ASKED) == ["Anna", "Ben"]
        book.acts(hosts.pass_on, year.office, id_of(slot))
        second, third = book.all(HostRequest, HostRequest.id)[1:]
        with pytest.raises(HostQuestionIsOver):  # the office did not wait for it
            book.acts(hosts.answer, ben, id_of(second), HostAnswer.YES)
        book.acts(hosts.answer, carl, id_of(third), HostAnswer.OTHER, MAY + DAY)
        with pytest.raises(NoHostLeft):
            book.acts(hosts.ask_next, year.office, id_of(slot))
        taken = book.acts(hosts.take_other, year.office, id_of(third))
        assert (taken.host, taken.starts_at) == ("Carl GmbH", MAY + DAY)

    def test_a_yes_to_a_date_that_has_moved_since_is_none(self, book: Book, year: Year) -> None:
        anna, slot = book.contact("Anna"), year.slot(starts_at=MAY)
        year.offers_to_host(anna, year.idea(anna, "Druckluft"))
        book.acts(hosts.ask_next, year.office, id_of(slot))
        year.dates(slot, MAY + WEEK)
        with pytest.raises(HostQuestionIsOver):
            book.acts(hosts.answer, anna, 1, HostAnswer.YES)

    def test_whoever_may_have_time_is_asked_again_for_another_date(self, book: Book, year: Year) -> None:
        people = anna, ben, carl = [book.contact(name) for name in ("Anna", "Ben", "Carl")]
        slot, idea = year.slot(starts_at=MAY), year.idea(anna, "Druckluft")
        for place, person in enumerate(people):
            year.offers_to_host(person, idea, NOW + timedelta(minutes=place))
        book.acts(hosts.ask_next, year.office, id_of(slot))
        book.acts(hosts.answer, anna, 1, HostAnswer.NO)
        book.acts(hosts.answer, ben, 2, HostAnswer.YES)
        assert book.acts(slots.show, year.office, id_of(slot)).agreed_to is None
        year.dates(slot, MAY + WEEK)
        assert book.acts(slots.show, year.office, id_of(slot)).agreed_to == MAY
        asked = book.acts(hosts.ask_next, year.office, id_of(slot)).asked
        assert [one.organisation for one in asked] == ["Anna GmbH", "Ben GmbH", "Ben GmbH"]
        year.dates(slot, MAY + WEEK + DAY)  # while that is open
        book.acts(hosts.ask_next, year.office, id_of(slot))
        book.acts(hosts.answer, ben, 4, HostAnswer.NO)  # the host so far; the next one is asked
        assert book.told(ProgrammeNotice.HOST_ASKED) == ["Anna", "Ben", "Ben", "Ben", "Carl"]
        book.acts(hosts.answer, carl, 5, HostAnswer.YES)
        assert book.acts(slots.show, year.office, id_of(slot)).agreed_to is None

    def test_a_yes_can_be_taken_back_and_the_next_one_is_asked(self, book: Book, year: Year) -> None:
        people = anna, ben = [book.contact(name) for name in ("Anna", "Ben")]
        slot, idea = year.slot(starts_at=MAY), year.idea(anna, "Druckluft")
        for place, person in enumerate(people):
            year.offers_to_host(person, idea, NOW + timedelta(minutes=place))
        book.acts(hosts.ask_next, year.office, id_of(slot))
        book.acts(hosts.answer, anna, 1, HostAnswer.YES)
        for nobody, at in ((ben, NOW), (year.office, NOW), (anna, MAY)):  # not theirs, or over
            with pytest.raises(HostQuestionIsOver):
                book.at(at).acts(hosts.withdraw, nobody, 1)
        book.acts(hosts.withdraw, anna, 1)
        assert book.acts(slots.show, year.office, id_of(slot)).host == ""
        assert book.told(ProgrammeNotice.HOST_ASKED) == ["Anna", "Ben"]
        assert len(book.told(ProgrammeNotice.HOST_ANSWERED)) == 2
        assert not book.told(ProgrammeNotice.HOST_REPLACED)
        with pytest.raises(HostQuestionIsOver):  # a second tap
            book.acts(hosts.withdraw, anna, 1)

    def test_a_host_whom_another_replaces_is_told(self, book: Book, year: Year) -> None:
        anna, ben = book.contact("Anna"), book.contact("Ben")
        slot = year.slot(starts_at=MAY)
        for host in (anna.organisation_id, anna.organisation_id, ben.organisation_id):
            book.acts(slots.set_host, year.office, id_of(slot), host)
        assert book.told(ProgrammeNotice.HOST_REPLACED) == ["Anna"]
        assert book.acts(hosts.replaced, anna, id_of(slot))
        book.acts(slots.set_host, year.office, id_of(slot), anna.organisation_id)
        assert book.acts(hosts.replaced, anna, id_of(slot)) is None  # a slip, mended
        book.at(LATER).acts(slots.drop, year.office, id_of(slot))
        assert book.told(ProgrammeNotice.HOST_REPLACED) == ["Anna", "Ben", "Anna"]


class TestVersions:
    def test_a_draft_is_seen_by_nobody_and_a_release_by_all(self, book: Book, year: Year) -> None:
        anna = book.contact("Anna")
        with pytest.raises(ProgrammeIsEmpty):
            releases_it(book, year)
        year.slot("Rundgang", starts_at=MAY)
        year.slot("Sommerfest", month=6)
        assert book.run(releases.released_years) == []
        first = releases_it(book, year)
        assert book.told(ProgrammeNotice.PROGRAMME_RELEASED) == ["Anna"]
        told = news(book, anna, first)
        assert told
        assert [one.title for one in told.entries] == ["Rundgang", "Sommerfest"]
        assert [one.starts_at for one in told.entries] == [MAY, None]
        with pytest.raises(NothingHasChanged):
            releases_it(book, year, LATER)

    def test_a_change_says_what_is_different_to_those_it_concerns(self, book: Book, year: Year) -> None:
        anna, ben = book.contact("Anna"), book.contact("Ben")
        tour, party = year.slot("Rundgang", starts_at=MAY), year.slot("Sommerfest", month=6)
        releases_it(book, year)
        arrives(book)
        year.dates(tour, MAY + DAY)
        book.acts(slots.drop, year.office, id_of(party))
        year.slot("Webinar", month=9)
        second = releases_it(book, year, LATER)
        told = news(book, anna, second)
        assert told
        assert [(one.difference, one.entry.title) for one in told.changes] == [
            (Difference.MOVED, "Rundgang"),
            (Difference.NEW, "Webinar"),
            (Difference.GONE, "Sommerfest"),
        ]
        assert told.changes[0].before
        assert told.changes[0].before.starts_at == MAY
        book.acts(planning.invite_only, year.office, book.all(Event)[0].id, [ben.organisation_id or 0])
        told = news(book, anna, second)
        assert told
        assert [one.entry.title for one in told.changes] == ["Webinar", "Sommerfest"]
        assert [line.entry.title for line in book.acts(releases.seen, anna).lines] == ["Webinar"]
        assert len(book.acts(releases.seen, ben).lines) == 2

    def test_whoever_offered_something_reads_what_was_decided_about_it(self, book: Book, year: Year) -> None:
        anna, ben, slot = book.contact("Anna"), book.contact("Ben"), year.slot(starts_at=MAY)
        row = book.acts(candidates.offer, year.office, YEAR, "Führung", anna.organisation_id)
        book.acts(candidates.decide, year.office, row.id, Verdict.LATER, "Erst nach dem Umbau.")
        first = releases_it(book, year)
        found = [news(book, person, first) for person in (anna, ben)]
        told = [one and [choice.reason for choice in one.decisions] for one in found]
        assert (told, slot.id) == ([["Erst nach dem Umbau."], []], 1)

    def test_who_missed_the_first_version_reads_all_of_the_last(self, book: Book, year: Year) -> None:
        slot = year.slot(starts_at=MAY)
        first = releases_it(book, year)
        anna = book.contact("Anna")
        year.dates(slot, MAY + DAY)
        second = releases_it(book, year, LATER)
        assert news(book, anna, first) is None
        told = news(book, anna, second)
        assert told
        assert (len(told.entries), told.changes) == (1, ())

    def test_a_published_event_leads_and_its_slot_follows(self, book: Book, year: Year) -> None:
        anna, slot = book.contact("Anna"), year.slot(starts_at=MAY)
        releases_it(book, year)
        event = book.all(Event)[0]
        book.acts(planning.publish, year.office, id_of(event))
        with pytest.raises(SlotHasEvent):
            year.dates(slot, MAY + DAY)
        with pytest.raises(SlotHasEvent):
            book.acts(slots.drop, year.office, id_of(slot))
        book.acts(changing.move, year.office, id_of(event), MAY + WEEK, None)
        line = book.acts(releases.seen, anna).lines[0]
        assert (line.entry.starts_at, line.may_open) == (MAY + WEEK, True)

    def test_a_draft_that_is_discarded_leaves_its_slot(self, book: Book, year: Year) -> None:
        anna, slot = book.contact("Anna"), year.slot(starts_at=MAY)
        year.decides(year.idea(anna, "Druckluft"), Verdict.IN, "Viele wollen das.", slot)
        event = book.acts(slots.make_event, year.office, id_of(slot))
        assert book.acts(slots.make_event, year.office, id_of(slot)).id == event.id
        book.acts(planning.discard, year.office, id_of(event))
        assert book.acts(slots.show, year.office, id_of(slot)).event is None


def _sheets(content: bytes) -> list[Any]:
    return list(load_workbook(io.BytesIO(content)).worksheets)


def a_measure(person: Person, idea: Idea, state: MeasureState) -> Measure:
    return Measure(
        organisation_id=person.organisation_id or 0,
        person_id=person.id,
        title="Druckluft abdichten",
        kind=Kind.COMPRESSED_AIR,
        carrier=Carrier.ELECTRICITY,
        state=state,
        idea_id=idea.id,
        created_at=NOW,
        changed_at=NOW,
    )


class TestReport:
    @pytest.fixture
    def ended(self, book: Book, year: Year) -> Any:
        """A promised tour that took place, one that was cancelled, one that was added and left out."""
        people = [book.contact(name) for name in ("Anna", "Ben", "Carl")]
        twin = book.person("Dora", organisation="Anna GmbH")
        tour, gone = year.slot("Rundgang", starts_at=MAY), year.slot("Absage", starts_at=MAY + 3 * WEEK)
        idea = year.idea(people[0], "Druckluft", *people)
        year.decides(idea, Verdict.IN, "Viele wollen das.", tour)
        year.decides(year.idea(people[1], "Aufkleber", people[2]), Verdict.OUT, "Es fehlt das Geld.")
        releases_it(book, year)
        year.slot("Nachtrag", month=3)
        releases_it(book, year, LATER)
        events = {event.title: event for event in book.all(Event)}
        for event in events.values():
            book.at(LATER).acts(planning.publish, year.office, id_of(event))
        for person in (people[0], people[1], twin):
            book.answers(person, events["Rundgang"], 1, LATER)
        book.at(LATER).acts(changing.cancel, year.office, id_of(events["Absage"]), "Sturm")
        for person, score in ((people[0], 4), (people[1], 3), (twin, 3)):
            book.at(MAY + DAY).acts(feedback.give, person, id_of(events["Rundgang"]), score=score)
        book.at(MAY + DAY).acts(progress.change_state, year.office, id_of(idea), State.DONE, "Es läuft.")
        for person, state in ((people[0], MeasureState.UNDER_WAY), (people[1], MeasureState.PLANNED)):
            book.run(lambda session, *given: session.add(a_measure(*given)), person, idea, state)
        assert gone
        return book.at(MAY + 40 * WEEK).acts(results.of_year, year.office, YEAR)

    def test_promised_and_become(self, ended: Any) -> None:
        values = {one.number: one.value for one in ended.figures if not one.of}
        assert values == {
            Number.PROMISED: 2,
            Number.ADDED: 1,
            Number.TOOK_PLACE: 1,
            Number.KEPT: 1,
            Number.CANCELLED: 1,
            Number.AHEAD: 0,
            Number.LEFT_OUT: 1,
            Number.ORGANISATIONS: 2,
            Number.VISITS: 2,
            Number.MARKS: 3,
            Number.MARK: 3.33,
            Number.IN: 1,
            Number.LATER: 0,
            Number.OUT: 1,
            Number.IDEAS: 1,
            Number.IDEAS_DONE: 1,
            Number.MEASURES: 2,
            Number.MEASURES_BEGUN: 1,
            Number.NOTES: 0,
        }
        assert {one.cells["fate"] for one in ended.rows if one.ref[0] == "E"} == {
            Fate.TOOK_PLACE,
            Fate.CANCELLED,
            Fate.LEFT_OUT,
        }

    def test_every_number_of_the_workbook_is_recomputed_from_the_rows_it_names(
        self, book: Book, ended: Any
    ) -> None:
        t = texts_in("de", book.pact.timezone)
        content = files.sheets(ended, book.pact, t).content
        assert content == files.sheets(ended, book.pact, t).content  # same data, same bytes
        numbers, *tables = [sheet.iter_rows(values_only=True) for sheet in _sheets(content)]
        rows: dict[str, dict[str, Any]] = {}
        for table in tables:
            titles, *lines = table
            for line in lines:
                assert line[0] not in rows
                rows[str(line[0])] = dict(zip(titles, line, strict=True))
        hows = {t.label(words): how for how, words in files.HOWS.items()}
        checked = 0
        for _, of, value, words, column, named in list(numbers)[1:]:
            found = [rows[ref] for ref in (named or "").split()]
            values = [row[column] for row in found] if column else []
            expected: Any = {
                How.COUNT: len(found),
                How.DISTINCT: len({*values}),
                How.SUM: sum(values) if hows[words] is How.SUM else 0,
                How.MEAN: f"{mean(values):.2f}" if values and hows[words] is How.MEAN else None,
            }[hows[words]]
            assert (value or None) == (expected or None)
            assert not of or of in rows
            checked += 1
        assert checked == len(ended.figures) > 20

    def test_rows_are_named_in_the_order_in_which_people_count(self) -> None:
        rows = [Row(ref, {}) for ref in ("E10", "E9", "N1.10", "N1.9")]
        assert figure(Number.PROMISED, rows).refs == ("E9", "E10", "N1.9", "N1.10")

    def test_every_reference_leads_to_a_row(self, ended: Any) -> None:
        refs = {row.ref for row in ended.rows}
        assert len(refs) == len(ended.rows)
        links = ("entry", "decision", "idea")
        named = {row.cells[name] for row in ended.rows for name in links if row.cells.get(name)}
        assert named <= refs
        entry = next(row for row in ended.rows if row.cells.get("title") == "Rundgang")
        decision = next(row for row in ended.rows if row.ref == entry.cells["decision"])
        idea = next(row for row in ended.rows if row.ref == decision.cells["idea"])
        assert (idea.cells["result"], idea.cells["entries"]) == ("Es läuft.", entry.ref)


def test_texts_count_the_events_of_the_year_before_when_they_are_over(book: Book, year: Year) -> None:
    anna, tour = book.contact("Anna"), book.event()
    book.answers(anna, tour, 1)
    after = book.at(tour.ends_at)
    for moment, counted in ((book, (0, 0)), (after, (1, 1))):
        facts = moment.acts(releases.facts, year.office, tour.starts_at.year + 1)
        assert (facts.events_last_year, facts.organisations_last_year) == counted


def test_best_dates_for_all_keep_apart_and_are_taken_as_shown(book: Book, year: Year) -> None:
    dated = year.slot("Rundgang", starts_at=MAY)
    for title, month in (("Treffen", 5), ("Werkstatt", 5), ("Herbst", 11)):
        year.slot(title, month)
    found = book.acts(slots.best_dates, year.office, YEAR)
    assert [slot.row.title for slot, _ in found] == ["Treffen", "Werkstatt", "Herbst"]
    days = [one.day for _, one in found]
    assert len({*days, MAY.date()}) == 4
    assert not found[0][1].against
    with pytest.raises(DatesHaveChanged):
        book.acts(slots.take_best_dates, year.office, YEAR, 1)
    book.acts(slots.take_best_dates, year.office, YEAR, slots.stamp_of(found))
    now = {one.title: one.starts_at for one in book.all(ProgrammeSlot, col(ProgrammeSlot.id))}
    assert (now.pop("Rundgang"), id_of(dated)) == (MAY, 1)
    assert [one.date() for one in now.values() if one] == days
    with pytest.raises(DatesHaveChanged):  # a second tap
        book.acts(slots.take_best_dates, year.office, YEAR, slots.stamp_of(found))


def test_laying_out_again_adds_and_never_takes(book: Book, year: Year) -> None:
    counts, titles = {EventKind.TOUR: 2, EventKind.MEETING: 20}, dict.fromkeys(EventKind, "Titel")
    for _ in range(3):
        found = book.acts(slots.lay_out, year.office, YEAR, counts, titles)
    assert len(found) == slots.MOST
    assert len(book.all(Notice)) == 0


def test_next_year_is_planned_from_spring_on(book: Book) -> None:
    assert slots.next_year(book.pact, NOW) == YEAR
    assert slots.next_year(book.pact, NOW.replace(month=2)) == YEAR - 1
