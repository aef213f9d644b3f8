"""What people offer to do for an idea, and the group that comes of it when enough do."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, func, select, update

from domain.ideas.ideas import Pledge
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import groups, merges, support
from storage.ideas.tables import Idea, IdeaPledge
from storage.partners import membership
from storage.partners.tables import Organisation

STANDS = col(IdeaPledge.ended_at).is_(None)


@dataclass(frozen=True)
class Pledger:
    name: str
    organisation: str
    pledges: tuple[Pledge, ...]


@dataclass(frozen=True)
class Pledged:
    """How many organisations offer what, of how many are needed, and who, as far as one may know."""

    counts: dict[Pledge, int] = field(default_factory=dict)
    organisations: int = 0
    needed: int = 0
    needed_of: int | None = None
    own: frozenset[Pledge] = frozenset()
    is_open: bool = False
    pledgers: tuple[Pledger, ...] = ()


def _given(turn: Turn, idea: Idea, pledge: Pledge, *, is_open: bool) -> IdeaPledge:
    return IdeaPledge(
        idea_id=idea.id,
        person_id=turn.person.id,
        organisation_id=membership.partner_id_of(turn),
        pledge=pledge,
        is_open=is_open,
        given_at=turn.now,
    )


def switch(turn: Turn, idea_id: int, pledge: Pledge) -> Idea:
    """Offer something, or take it back on everything that is shown as this idea."""
    idea = support.to_act_on(turn.session, idea_id)
    members = merges.ids(turn.session, idea.id)
    own = _own(turn, members)
    same = [row for row in own if row.pledge is pledge]
    for row in same:
        row.ended_at = turn.now
        turn.session.add(row)
    if not same:
        turn.session.add(_given(turn, idea, pledge, is_open=any(row.is_open for row in own)))
    turn.session.flush()
    if not same and of(turn, idea, members).organisations >= idea.needed:
        groups.propose(turn.session, idea, members, turn.pact, turn.now)
    return idea


def show_to_others(turn: Turn, idea_id: int, *, wanted: bool) -> Idea:
    """Whether the others who offer something may know who one is."""
    idea = support.to_act_on(turn.session, idea_id)
    for row in _own(turn, merges.ids(turn.session, idea.id)):
        row.is_open = wanted
        turn.session.add(row)
    turn.session.flush()
    return idea


def _own(turn: Turn, idea_ids: Iterable[int]) -> list[IdeaPledge]:
    own = select(IdeaPledge).where(
        IdeaPledge.person_id == turn.person.id, col(IdeaPledge.idea_id).in_(list(idea_ids)), STANDS
    )
    return list(turn.session.exec(own))


def of(turn: Turn, idea: Idea, member_ids: Sequence[int]) -> Pledged:
    """To what is shown as this idea. Names are for staff; of those who agreed, for all who offer."""
    rows = turn.session.exec(
        select(IdeaPledge, Person.name, func.coalesce(Organisation.name, ""))
        .join(Person, col(Person.id) == col(IdeaPledge.person_id))
        .join(Organisation, col(Organisation.id) == col(IdeaPledge.organisation_id), isouter=True)
        .where(col(IdeaPledge.idea_id).in_(member_ids), STANDS)
        .order_by(col(IdeaPledge.given_at), col(IdeaPledge.id))
    ).all()
    own = [row for row, _, _ in rows if row.person_id == turn.person.id]
    offered = {(row.pledge, row.organisation_id or -row.person_id) for row, _, _ in rows}
    return Pledged(
        counts=dict(Counter(pledge for pledge, _ in offered)),
        organisations=len({row.organisation_id for row, _, _ in rows if row.organisation_id}),
        needed=idea.needed,
        needed_of=idea.needed_of,
        own=frozenset(row.pledge for row in own),
        is_open=any(row.is_open for row in own),
        pledgers=_pledgers(turn, rows, is_one=bool(own)),
    )


def _pledgers(turn: Turn, rows: Sequence[Any], *, is_one: bool) -> tuple[Pledger, ...]:
    """Whose names this person sees; `is_one` of them themselves."""
    pledgers: dict[tuple[int, str, str], list[Pledge]] = {}
    for row, name, organisation in rows:
        if turn.person.is_staff or (is_one and row.is_open and row.person_id != turn.person.id):
            pledges = pledgers.setdefault((row.person_id, name, organisation), [])
            pledges.append(row.pledge)
    return tuple(
        Pledger(name, organisation, tuple(dict.fromkeys(pledges)))
        for (_, name, organisation), pledges in pledgers.items()
    )


def offered(session: Session) -> dict[int, dict[Pledge, int]]:
    """To each idea what it was offered itself, and by how many organisations or people without one."""
    found: dict[int, dict[Pledge, int]] = {}
    whose = func.coalesce(IdeaPledge.organisation_id, -col(IdeaPledge.person_id))
    what = (col(IdeaPledge.idea_id), col(IdeaPledge.pledge))
    counted = select(*what, func.count(whose.distinct())).where(STANDS).group_by(*what)
    for idea_id, pledge, times in session.exec(counted):
        found.setdefault(idea_id, {})[pledge] = times
    return found


def hand_over(turn: Turn, successor: Person) -> None:
    mine = (col(IdeaPledge.person_id) == turn.person.id, STANDS)
    theirs = {
        (row.idea_id, row.pledge)
        for row in turn.session.exec(select(IdeaPledge).where(IdeaPledge.person_id == successor.id, STANDS))
    }
    for row in turn.session.exec(select(IdeaPledge).where(*mine)).all():
        if (row.idea_id, row.pledge) in theirs:
            row.ended_at = turn.now
            turn.session.add(row)
    turn.session.flush()
    turn.session.exec(update(IdeaPledge).where(*mine).values(person_id=successor.id))
