"""Words of workshops that several screens use."""

from collections.abc import Sequence
from dataclasses import replace

from domain.basics.words import N_
from domain.workshop.acts import Kind, Phase
from domain.workshop.state import Group, Note, State
from handlers.chat.screens.screen import Button, InRoom, Screen, shorten
from handlers.chat.texts import Texts
from handlers.workshop.buttons import Deed, InWorkshop
from storage.workshop.log import Room

PHASES = {
    Phase.COLLECT: N_("Collect"),
    Phase.GROUP: N_("Group"),
    Phase.WEIGH: N_("Weigh"),
    Phase.CLOSED: N_("Closed"),
}
HEADINGS = (
    N_("Exchange formats"),
    N_("Visibility"),
    N_("Project ideas"),
    N_("Expectations"),
)
DONE = {
    Kind.RULES: N_("Points set"),
    Kind.NAMES: N_("Names on the screen"),
    Kind.NOTE: N_("Note: {what}"),
    Kind.EDIT: N_("Note changed: {what}"),
    Kind.TAKE_BACK: N_("Note taken back"),
    Kind.NEW_GROUP: N_("New: {what}"),
    Kind.RENAME: N_("Renamed: {what}"),
    Kind.PLACE: N_("Sorted: {what}"),
    Kind.MERGE: N_("Joined: {what}"),
    Kind.SPLIT: N_("Split off: {what}"),
    Kind.REMOVE: N_("Removed"),
    Kind.DETACH: N_("Taken out of an organisation"),
    Kind.WEIGH: N_("A point given or taken back"),  # for what stays hidden until the close
}
NAME, TEXT = 40, 120


def note_in_words(note: Note, limit: int = TEXT) -> str:
    media = "📷 " if note.picture else "🎤 " if note.voice else ""
    return f"{media}{shorten(note.text, limit)}" or "–"


def deed(label: str, what: Deed, room: Room, *values: int, style: str | None = None) -> Button:
    return Button(label, InWorkshop(what, room.id, *values), style=style)


def to_room(room: Room, t: Texts) -> Button:
    return deed(t.label("To the workshop"), Deed.SHOW, room)


def to_desk(room: Room, t: Texts) -> Button:
    return deed(t.label("To the workshop"), Deed.DESK, room)


def live(screen: Screen, room: Room) -> Screen:
    """It follows what happens in the room."""
    words = f"{screen.text}{screen.keyboard()}"
    return replace(screen, room=InRoom(room.id, room.workshop.sequence, words))


def still(room: Room) -> InRoom:
    """Of a screen that stays as it is until all go on."""
    return InRoom(room.id, room.workshop.sequence)


def ranked(state: State) -> Sequence[Group]:
    """The most points of organisations first, then of people without one, then those made first."""
    return sorted(
        state.weighable(),
        key=lambda group: (-state.total(group.id), -state.total(group.id, outsiders=True), group.id),
    )
