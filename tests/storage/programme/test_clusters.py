"""What a workshop gave points to can become part of next year's programme."""

from domain.programme.candidates import Source, Verdict
from domain.programme.results import Number, Row, Table
from domain.workshop.acts import Phase
from storage.programme import candidates, releases, results
from storage.programme.asking import Whom
from storage.programme.tables import ProgrammeRelease
from storage.workshop import office
from tests.storage.programme.year import MAY, YEAR, Year
from tests.storage.workshop.test_sessions import Hall
from tests.support.book import id_of


def test_clusters_of_a_closed_workshop_are_candidates_with_their_points_until_they_are_ideas(
    year: Year,
) -> None:
    hall = Hall(year.book)
    anna, ben = year.book.contact("Anna"), year.book.contact("Ben")
    hall.writes(anna, "Solar")
    hall.writes(ben, "Coffee", hall.exchange)
    hall.goes_to(Phase.WEIGH)
    for was in range(2):
        hall.weighs(anna, hall.projects, was, was + 1)
    hall.weighs(ben, hall.projects, 0, 1)
    assert year.candidates() == []
    hall.goes_to(Phase.CLOSED)
    (cluster,) = [one.candidate for one in year.candidates()]
    assert (cluster.source, cluster.title, cluster.sum) == (Source.CLUSTER, "Projects", 3)
    assert cluster.points == {anna.organisation_id: 2, ben.organisation_id: 1}
    hall.book.acts(office.become_ideas, hall.olga, hall.id, 1)
    assert [one.candidate.source for one in year.candidates()] == [Source.IDEA]


def test_a_number_leads_from_the_event_to_the_notes_of_the_workshop(year: Year) -> None:
    hall = Hall(year.book)
    anna, ben = year.book.contact("Anna"), year.book.contact("Ben")
    hall.writes(anna, "Solar")
    hall.writes(ben, "Coffee", hall.exchange)
    hall.goes_to(Phase.WEIGH)
    hall.weighs(anna, hall.projects, 0, 1)
    hall.weighs(ben, hall.projects, 0, 1)
    hall.goes_to(Phase.CLOSED)
    (cluster,) = year.candidates()
    slot = year.slot("Rundgang Solar", starts_at=MAY)
    year.book.acts(candidates.decide, year.office, cluster.id, Verdict.IN, "Viele.", id_of(slot))
    assert year.poll(slot, whom=Whom.SUPPORTERS).asked == 2
    report = year.book.acts(results.of_year, year.office, YEAR)
    of = {one.ref: one for one in report.rows}

    def one(table: Table) -> Row:
        return report.of(table)[0]

    note = one(Table.NOTES)
    assert note.cells["text"] == "Solar"
    way = [note.cells["cluster"], of[str(note.cells["cluster"])].cells["led_to"]]
    assert way == [one(Table.CLUSTERS).ref, one(Table.DECISIONS).ref]
    assert one(Table.ENTRIES).cells["decision"] == way[1]
    values = {(number.number, number.of): number for number in report.figures}
    assert values[Number.NOTES, ""].refs == (note.ref,)
    assert values[Number.WEIGHTS_OF, str(way[0])].value == 2
    assert [of[ref].cells["organisation"] for ref in values[Number.WEIGHTS_OF, str(way[0])].refs] == [
        "Anna GmbH",
        "Ben GmbH",
    ]
    year.book.acts(releases.release, year.office, YEAR)
    release = id_of(year.book.all(ProgrammeRelease)[0])
    carl = year.book.contact("Carl")
    told = {one.name: year.book.acts(releases.news_for, one, release) for one in (anna, ben, carl)}
    reasons = {name: [one.reason for one in news.decisions] for name, news in told.items() if news}
    assert reasons == {"Anna": ["Viele."], "Ben": ["Viele."], "Carl": []}
