"""The method of equal shares: which clusters are chosen if every organisation decides about as much.

Each organisation has the same share of the places. A cluster costs one place; those who gave it points pay
together, in proportion to their points, as far as their shares last. First comes what costs its friends least
for a point. Places that nobody can pay any more go to the highest sums. So organisations that make up a third
and agree on what they want decide on a third of the places, whatever the others do.

Of equals the higher sum is first, then more organisations, then the lower key. Fractions are exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Points = Mapping[int, Mapping[int, int]]  # organisation: cluster: points


@dataclass(frozen=True)
class Tally:
    """What a cluster got, as the plain sum shows it."""

    cluster: int
    points: int
    organisations: int

    @property
    def rank(self) -> tuple[int, int, int]:
        return -self.points, -self.organisations, self.cluster


@dataclass(frozen=True)
class Place:
    """`price` is what one point cost the friends of the cluster; None: it was filled by sum."""

    cluster: int
    price: Fraction | None


def tallies(points: Points, clusters: Iterable[int]) -> list[Tally]:
    """Highest first; those without a point last."""
    spent = [given for given in points.values() if any(given.values())]
    found = []
    for cluster in set(clusters):
        got = [given[cluster] for given in spent if given.get(cluster, 0) > 0]
        found.append(Tally(cluster, sum(got), len(got)))
    return sorted(found, key=lambda tally: tally.rank)


def equal_shares(points: Points, clusters: Iterable[int], places: int) -> list[Place]:
    """At most `places`, in the order in which they are chosen; never one without a point."""
    left = [
        tally.cluster for tally in tallies(points, clusters) if tally.points
    ]  # so the first of equals wins
    voters = {who: given for who, given in points.items() if any(given.get(one, 0) > 0 for one in left)}
    money = {who: Fraction(places, len(voters)) for who in voters}
    chosen: list[Place] = []
    while left and len(chosen) < places:
        prices = {one: price for one in left if (price := _price(one, voters, money)) is not None}
        if not prices:
            break
        cluster = min(prices, key=prices.__getitem__)
        for who, given in voters.items():
            money[who] -= min(money[who], max(0, given.get(cluster, 0)) * prices[cluster])
        chosen.append(Place(cluster, prices[cluster]))
        left.remove(cluster)
    return chosen + [Place(one, None) for one in left[: places - len(chosen)]]


def _price(cluster: int, voters: Points, money: Mapping[int, Fraction]) -> Fraction | None:
    """What a point has to cost so that the cluster's friends pay one place; None if they cannot."""
    friends = [(given[cluster], money[who]) for who, given in voters.items() if given.get(cluster, 0) > 0]
    missing, points = Fraction(1), sum(given for given, _ in friends)
    for given, share in sorted(friends, key=lambda friend: friend[1] / friend[0]):
        if missing * given <= share * points:
            return missing / points
        missing -= share
        points -= given
    return None
