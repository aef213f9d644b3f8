"""What the report says of a workshop, at any of its acts, and what all see meanwhile."""

from dataclasses import replace

from domain.workshop.acts import Kind, Phase
from domain.workshop.board import Column, draw
from domain.workshop.report import evaluate
from domain.workshop.state import fold
from tests.support.workshop import NAMES, OCCASION, Workshop, whole_afternoon


def test_sections_have_their_clusters_by_points_and_last_the_notes_of_none() -> None:
    workshop = Workshop()
    projects = workshop.heading("Projekte")
    solar = workshop.cluster(projects, "Solar", "PV auf Hallen", "Pacht")
    bikes = workshop.cluster(projects, "Rad", "Jobrad")
    workshop.note(projects, "Sonst noch etwas")
    workshop.weighs(1, {solar: 1, bikes: 3})
    workshop.weighs(2, {bikes: 2})

    (section,) = workshop.report().sections

    found = [(one.name, one.points, one.organisations, one.notes, one.is_rest) for one in section.bundles]
    assert found == [
        ("Rad", 5, 2, 1, False),
        ("Solar", 1, 1, 2, False),
        ("Projekte", 0, 0, 1, True),
    ]


def test_every_note_is_there_with_its_number_and_what_its_cluster_has_become() -> None:
    workshop = Workshop()
    projects = workshop.heading("Projekte")
    late = workshop.note(projects, "Zu spät", late=True)
    gone = workshop.note(projects, "Doch nicht")
    solar = workshop.cluster(projects, "Solar", "PV auf Hallen")
    workshop.add(Kind.TAKE_BACK, note=gone)
    workshop.add(Kind.IDEA, group=solar, idea=7)

    report = workshop.report({solar: (7, "planned")})

    assert late
    found = [(one.number, one.text, one.is_late, one.idea, one.state) for one in report.entries]
    assert found == [(2, "PV auf Hallen", False, 7, "planned"), (1, "Zu spät", True, 0, "")]
    assert report.taken_back == 1


def test_organisations_are_named_as_they_were_at_the_close() -> None:
    workshop = Workshop()
    workshop.note(workshop.heading("Projekte"), "PV", firm=2)
    workshop.add(Kind.JOIN, 1)
    workshop.goes_to(Phase.CLOSED, {1: "Müller KG", 2: "abc GmbH"})
    assert workshop.report().organisations == ("abc GmbH", "Müller KG")


def test_a_note_says_whose_it_is_only_if_the_office_shows_names() -> None:
    workshop = Workshop()
    workshop.note(workshop.heading("Projekte"), "PV", firm=3, table="Tisch 4")
    assert [one.source for one in workshop.report().entries] == ["Tisch 4"]
    assert draw(workshop.state, "Treffen", 30, NAMES).columns == (Column("Projekte", 1, "PV"),)
    workshop.add(Kind.NAMES, shown=True)
    assert [one.source for one in workshop.report().entries] == ["Firma 3 GmbH, Tisch 4"]
    assert draw(workshop.state, "Treffen", 30, NAMES).columns[0].newest == "PV (Firma 3 GmbH, Tisch 4)"


def test_a_third_of_the_organisations_decides_on_a_third_of_the_places() -> None:
    report = whole_afternoon().report()
    by_sum = {one.name for one in report.by_sum[:3]}
    chosen = {report.bundles[place.cluster].name for place in report.choice}
    assert len(chosen) == 3
    assert len(chosen - by_sum) == 1
    assert {one.name for one in report.bundles.values() if one.is_chosen} == chosen


def test_as_many_are_chosen_as_the_office_says() -> None:
    workshop = whole_afternoon()
    for said, chosen in ((0, 3), (5, 5), (4, 4)):
        workshop.add(Kind.RULES, points=10, outsiders=False, places=said)
        assert len(workshop.report().choice) == chosen


def test_the_same_acts_are_the_same_report_and_fewer_acts_another() -> None:
    acts = whole_afternoon().acts
    report = evaluate(fold(acts), OCCASION, NAMES, {})
    again = evaluate(fold(reversed(acts)), OCCASION, dict(reversed(NAMES.items())), {})
    earlier = evaluate(fold(acts[:-2]), OCCASION, NAMES, {})
    assert again == report
    assert again.digest == report.digest != earlier.digest
    assert earlier.sequence == report.sequence - 2
    assert replace(report, people=1).digest != report.digest


def test_the_room_sees_no_sums_before_the_close() -> None:
    workshop = whole_afternoon()
    before = draw(fold(workshop.acts[:-1]), "Treffen", 30, NAMES)
    after = draw(workshop.state, "Treffen", 30, NAMES)
    assert (before.weighed, before.organisations, before.results) == (30, 30, ())
    points = [one.points for one in after.results]
    assert points == sorted(points, reverse=True)
    assert sum(one.is_chosen for one in after.results) == 3
