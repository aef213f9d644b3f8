"""What a workshop gave points to can become part of next year's programme."""

from domain.programme.candidates import Source
from domain.workshop.acts import Phase
from storage.workshop import office
from tests.storage.programme.year import Year
from tests.storage.workshop.test_sessions import Hall
from tests.support.book import NOW


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
    hall.book.acts(office.become_ideas, hall.olga, hall.id, 1, hall.book.pact, NOW)
    assert [one.candidate.source for one in year.candidates()] == [Source.IDEA]
