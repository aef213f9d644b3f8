"""Where decisions and ideas of a year come from: clusters of workshops, with their points and notes."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from domain.basics.sheets import Value
from domain.programme.results import Row, Table
from domain.workshop.acts import Phase
from domain.workshop.report import points_of
from domain.workshop.state import Group, State
from storage.workshop import log as workshops
from storage.workshop.tables import Workshop


def of(session: Session, decisions: list[Row], ideas: list[Row], names: dict[int, str]) -> list[Row]:
    """Of a cluster that was decided about itself, or that became an idea which was."""
    by_act = {row.cells["act"]: row for row in decisions if row.cells.get("act")}
    by_idea = {int(row.ref.removeprefix(Table.IDEAS)): row for row in ideas}
    closed = select(Workshop.id).where(Workshop.phase == Phase.CLOSED).order_by(col(Workshop.id))
    found: list[Row] = []
    for workshop_id in session.exec(closed).all() if by_act or by_idea else ():
        known = workshops.read(session, workshop_id)
        state = known.state
        for group in state.groups.values():
            led_to = by_act.get(known.rows.get(group.id, 0)) or by_idea.get(group.idea_id)
            if led_to:
                found += _of_cluster(state, group, workshop_id, led_to, names)
    return found


def _of_cluster(
    state: State, group: Group, workshop_id: int, led_to: Row, names: dict[int, str]
) -> Iterator[Row]:
    ref = f"{Table.CLUSTERS}{workshop_id}.{group.id}"
    yield Row(ref, {"name": group.name, "workshop": workshop_id, "led_to": led_to.ref})
    for organisation_id, given in sorted(points_of(state).items()):
        if given.get(group.id):
            cells: dict[str, Value] = {
                "cluster": ref,
                "organisation": names.get(organisation_id, ""),
                "points": given[group.id],
            }
            yield Row(f"{Table.WEIGHTS}{workshop_id}.{group.id}.{organisation_id}", cells)
    for note in sorted(state.notes.values(), key=lambda one: one.id):
        if note.group == group.id:
            yield Row(f"{Table.NOTES}{workshop_id}.{note.id}", {"cluster": ref, "text": note.text})
