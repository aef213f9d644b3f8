"""Sorting a session's notes: note by note, its groups, what can be undone."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.workshop import rules
from domain.workshop.acts import Act, Kind
from domain.workshop.state import Group, Note, State
from handlers.chat.buttons import StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    italic,
    lines,
    page_of,
    paragraphs,
    shorten,
    turn_pages,
)
from handlers.chat.texts import Texts
from handlers.workshop.buttons import Deed, InWorkshop
from handlers.workshop.screens.words import DONE, NAME, deed, note_in_words, still, to_desk
from storage.workshop import office
from storage.workshop.log import Room

PAGE = 8
OTHERS = 14  # places that are offered beside the two best


def render_sort(room: Room, note: Note | None, best: Sequence[int], t: Texts) -> Screen:
    """One screen for a note: the two best places, and the others as long as a phone shows them all."""
    last = _last_sorted(room.state)
    undo = (deed(t.label("↩ Undo"), Deed.UNSORT, room, last),) if last else ()
    if note is None:
        text = t("✓ All notes are sorted.") if room.state.notes else t("There are no notes yet.")
        return Screen(text, ((to_desk(room, t),), *((undo,) if undo else ())), room=still(room))
    first = [group for group in best if group in room.state.groups][: rules.BEST]
    others = [group.id for group in room.state.order() if group.id not in first]
    return Screen(
        _sort_words(room, note, t),
        (
            *((_place(room, note, group, style="primary"),) for group in first),
            *_elsewhere(room, note, others, t),
            (deed(t.label("Later"), Deed.SORT, room, note.id), *undo),
            (to_desk(room, t),),
        ),
        room=still(room),
    )


def _sort_words(room: Room, note: Note, t: Texts) -> Markup:
    left = len(rules.to_sort(room.state))
    return paragraphs(
        italic(t.plural("One to be sorted", "{n} to be sorted", left)),
        t("<b>{note}</b>", note=note_in_words(note, 600)),
        italic(_from(room, note)),
    )


def _last_sorted(state: State) -> int:
    """The newest act, if that has sorted a note."""
    last = state.live[-1] if state.live else None
    return last.sequence if last and last.kind is Kind.PLACE else 0


def _elsewhere(room: Room, note: Note, others: Sequence[int], t: Texts) -> tuple[Row, ...]:
    new = Button(t.label("New cluster"), StartForm("ws_cluster", room.rows.get(note.id, 0)))
    if len(others) > OTHERS:
        return ((deed(t.label("Elsewhere"), Deed.ELSEWHERE, room, note.id), new),)
    places = [_place(room, note, group) for group in others]
    return (*(tuple(places[at : at + 2]) for at in range(0, len(places), 2)), (new,))


def _from(room: Room, note: Note) -> str:
    heading = room.state.groups.get(note.heading)
    return ", ".join(part for part in (heading.name if heading else "", note.table) if part)


def _place(room: Room, note: Note, group: int, style: str | None = None) -> Button:
    found = room.state.groups[group]
    mark = "▸ " if found.parent else ""
    return deed(f"{mark}{shorten(found.name, NAME)}", Deed.PLACE, room, note.id, group, style=style)


def render_elsewhere(room: Room, note: Note, t: Texts) -> Screen:
    """Every group there is; up to ninety."""
    return Screen(
        t("<b>{note}</b>\nWhere does it belong?", note=note_in_words(note, 600)),
        (
            *((_place(room, note, group.id),) for group in room.state.order()[:90]),
            (Button(t.label("New cluster"), StartForm("ws_cluster", room.rows.get(note.id, 0))),),
            (deed(t.label("Back"), Deed.SORT, room),),
        ),
        room=still(room),
    )


def render_groups(room: Room, page: int, t: Texts) -> Screen:
    state = room.state
    shown, page, pages = page_of(state.order(), page, PAGE)
    buttons = tuple((deed(_counted(state, group), Deed.GROUP, room, group.id),) for group in shown)
    return Screen(
        t("<b>Headings and clusters</b>"),
        (
            *buttons,
            *turn_pages(page, pages, lambda to: InWorkshop(Deed.GROUPS, room.id, to), t),
            (Button(t.label("New heading"), StartForm("ws_heading", room.id)),),
            (to_desk(room, t),),
        ),
        room=still(room),
    )


def _counted(state: State, group: Group) -> str:
    mark = "▸ " if group.parent else ""
    return f"{mark}{shorten(group.name, NAME - 6)} ({len(state.notes_of(group.id))})"


def render_group(room: Room, group: Group, page: int, t: Texts) -> Screen:
    notes, page, pages = page_of(room.state.notes_of(group.id), page, PAGE)
    row_id = room.rows.get(group.id, 0)
    numbers = tuple(deed(str(number), Deed.ELSEWHERE, room, note.id) for number, note in enumerate(notes, 1))
    return Screen(
        paragraphs(
            t("<b>{name}</b>", name=group.name),
            lines(
                *(
                    t("<b>{number}</b>  {note}", number=number, note=note_in_words(note))
                    for number, note in enumerate(notes, 1)
                )
            ),
            t("Tap a number to move a note.") if notes else t("No notes here."),
        ),
        (
            *((numbers,) if numbers else ()),
            *turn_pages(page, pages, lambda to: InWorkshop(Deed.GROUP, room.id, group.id, to), t),
            (
                Button(t.label("Rename"), StartForm("ws_name", row_id)),
                deed(t.label("Join"), Deed.ASK_JOIN, room, group.id),
            ),
            (
                *((Button(t.label("Split"), StartForm("ws_split", row_id)),) if notes else ()),
                deed(t.label("Remove"), Deed.ASK_REMOVE, room, group.id),
            ),
            (deed(t.label("Groups"), Deed.GROUPS, room), to_desk(room, t)),
        ),
        room=still(room),
    )


def render_ask_join(room: Room, group: Group, t: Texts) -> Screen:
    others = [other for other in room.state.order() if other.id != group.id][:90]
    return Screen(
        t("<b>{name}</b>\nWith which one? Notes and points go along.", name=group.name),
        (
            *((deed(_counted(room.state, other), Deed.JOIN, room, group.id, other.id),) for other in others),
            (deed(t.label("Back"), Deed.GROUP, room, group.id),),
        ),
        room=still(room),
    )


def render_ask_remove(room: Room, group: Group, t: Texts) -> Screen:
    return are_you_sure(
        t(
            "Remove <b>{name}</b>? Its notes go back to the heading, points for it are free again.",
            name=group.name,
        ),
        deed(t.label("Yes, remove it"), Deed.REMOVE, room, group.id, style="danger"),
        deed(t.label("Back"), Deed.GROUP, room, group.id),
        room=still(room),
    )


def render_history(room: Room, page: int, t: Texts) -> Screen:
    acts, page, pages = page_of(office.history(room), page, PAGE)
    numbers = tuple(deed(str(number), Deed.UNDO, room, act.sequence) for number, act in enumerate(acts, 1))
    return Screen(
        paragraphs(
            t("<b>Undo</b>"),
            lines(*(_act(number, act, room, t) for number, act in enumerate(acts, 1))),
            t("Tap a number: that has then not happened.") if acts else t("There is nothing to undo."),
        ),
        (
            *((numbers,) if numbers else ()),
            *turn_pages(page, pages, lambda to: InWorkshop(Deed.HISTORY, room.id, to), t),
            (to_desk(room, t),),
        ),
        room=still(room),
    )


def _act(number: int, act: Act, room: Room, t: Texts) -> Markup:
    return t(
        "<b>{number}</b>  {clock}  {what}",
        number=number,
        clock=t.clock(act.at),
        what=t.label(DONE[act.kind], what=shorten(_about(act, room), NAME)),
    )


def _about(act: Act, room: Room) -> str:
    said, state = act.payload, room.state
    if "text" in said or "name" in said:
        return str(said.get("text") or said.get("name") or "–")
    if said.get("note") in state.notes:
        return note_in_words(state.notes[said["note"]], NAME)
    group = state.groups.get(state.current(said.get("into") or said.get("group") or 0))
    return group.name if group else "–"
