"""A session as the office sees it: its desk, sorting note by note, groups, what can be undone, ideas."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.words import N_
from domain.workshop import rules
from domain.workshop.acts import Phase
from domain.workshop.board import draw
from domain.workshop.state import Group
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    counted,
    lines,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.workshop.buttons import Deed, InWorkshop
from handlers.workshop.screens.board import board_lines
from handlers.workshop.screens.room import Fates, fates_in_words, how_many_in_words, results
from handlers.workshop.screens.words import NAME, PHASES, deed, live, ranked, still, to_desk
from storage.workshop import office
from storage.workshop.log import Room
from storage.workshop.tables import Workshop

CLOSE = N_("Close")
LINES = 6  # offers of how many clusters become ideas


def render_workshops(found: Sequence[Workshop], t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Workshops</b>"),
            t("People write notes on their phones, you sort them, organisations weigh them.")
            if not found
            else "",
        ),
        (
            *((_workshop(one, t),) for one in found),
            (Button(t.label("New workshop"), StartForm("workshop", 0), style="primary"),),
            (Button(t.label("Ask all partners"), StartForm("ws_round", 0)),),
            (Button(t.label("Office"), Go("office")),),
        ),
    )


def _workshop(one: Workshop, t: Texts) -> Button:
    phase = t.label(PHASES[one.phase])
    return Button(f"{shorten(one.title, 30)}, {phase}", InWorkshop(Deed.DESK, one.id))


def render_of_event(event_id: int, t: Texts) -> Screen:
    begin = Button(t.label("Begin a workshop"), InWorkshop(Deed.BEGIN, 0, event_id), style="primary")
    return Screen(
        paragraphs(
            t("<b>Workshop</b>"),
            t("This event has none yet. It begins at once, with a code that leads people in."),
        ),
        ((begin,), (Button(t.label("Workshops"), Go("workshops")),)),
    )


def render_desk(room: Room, t: Texts) -> Screen:
    phase = room.state.phase
    return live(
        Screen(
            paragraphs(
                t(
                    "🗒 <b>{title}</b>\n<b>{phase}</b>",
                    title=room.workshop.title,
                    phase=t.label(PHASES[phase]),
                ),
                _counts(room, t),
                _columns(room),
                t("Until {day}.", day=t.last_day(room.workshop.ends_at)) if room.workshop.ends_at else "",
                results(room, t) if phase is Phase.CLOSED else "",
            ),
            (*_phases(room, t), *_work(room, t), *_more(room, t)),
        ),
        room,
    )


def _counts(room: Room, t: Texts) -> Markup:
    state, open_notes = room.state, len(rules.to_sort(room.state))
    return lines(
        t.plural("One takes part", "{n} take part", len(state.participants))
        if state.participants
        else t("Nobody takes part yet"),
        t.plural("One note", "{n} notes", len(state.notes)) if state.notes else t("No notes yet"),
        t.plural("One is to be sorted", "{n} are to be sorted", open_notes)
        if open_notes and state.phase is not Phase.COLLECT
        else "",
        how_many_in_words(room, t) if state.phase is Phase.WEIGH else "",
    )


def _columns(room: Room) -> Markup:
    """What the room sees; where there is no page for the projector, this is its picture."""
    board = draw(room.state, room.workshop.title, room.organisations, {})
    return board_lines(board)


def _phases(room: Room, t: Texts) -> tuple[Row, ...]:
    """One tap forward, one back; closing tells everybody and is asked about."""
    before, after = (rules.next_phase(room.state.phase, step) for step in (-1, 1))
    row = []
    if before:
        place = rules.PHASES.index(before)
        row.append(deed(t.label("◀ {phase}", phase=t.label(PHASES[before])), Deed.GO, room, place))
    if after:
        what = Deed.ASK if after is Phase.CLOSED else Deed.GO
        label = t.label("{phase} ▶", phase=t.label(CLOSE if after is Phase.CLOSED else PHASES[after]))
        row.append(deed(label, what, room, rules.PHASES.index(after), style="success"))
    return (tuple(row),)


def _work(room: Room, t: Texts) -> tuple[Row, ...]:
    state = room.state
    open_notes = len(rules.to_sort(state))
    sort = deed(
        t.label("Sort ({n})", n=open_notes),
        Deed.SORT,
        room,
        style="primary" if open_notes and state.phase is Phase.GROUP else None,
    )
    typing = tuple((_type_cards(room, group, t),) for group in state.headings())
    if state.phase is Phase.CLOSED:
        return (
            *_reports(room, t),
            (deed(t.label("Ideas from clusters"), Deed.ASK_IDEAS, room, style="primary"),),
            (deed(t.label("What became of it"), Deed.ASK_TELL, room),),
        )
    groups = deed(counted(t.label("Groups"), len(state.groups)), Deed.GROUPS, room)
    return ((sort, groups) if state.notes else (groups,), *(typing if state.phase is Phase.COLLECT else ()))


def _type_cards(room: Room, group: Group, t: Texts) -> Button:
    label = t.label("Cards: {name}", name=shorten(group.name, NAME))
    return Button(label, StartForm("ws_note", room.rows.get(group.id, 0)))


def _more(room: Room, t: Texts) -> tuple[Row, ...]:
    return (
        (deed(t.label("Code and link"), Deed.CODE, room), deed(t.label("Who is there"), Deed.PEOPLE, room)),
        (deed(t.label("Big screen"), Deed.PAGE, room), deed(t.label("Settings"), Deed.SETTINGS, room)),
        (deed(t.label("Undo"), Deed.HISTORY, room),),
        *(_reports(room, t) if room.state.notes and room.state.phase is not Phase.CLOSED else ()),
        (Button(t.label("Workshops"), Go("workshops")), Button(t.label("Office"), Go("office"))),
    )


def _reports(room: Room, t: Texts) -> tuple[Row, ...]:
    paper = deed(t.label("Report (PDF)"), Deed.PAPER, room)
    files = (paper, deed(t.label("Table (XLSX)"), Deed.BOOK, room))
    onward = (Button(t.label("Plan the year from it"), Go("programme-office")),)
    return (files, onward) if room.workshop.phase is Phase.CLOSED else (files,)


def render_ask_close(room: Room, t: Texts) -> Screen:
    place = rules.PHASES.index(Phase.CLOSED)
    return are_you_sure(
        t("Close the workshop? Everybody who takes part gets the results. You can open it again."),
        deed(t.label("Yes, close it"), Deed.GO, room, place, style="success"),
        to_desk(room, t),
        room=still(room),
    )


def code_text(room: Room, link: str, t: Texts) -> Markup:
    return t(
        "<b>{title}</b>\nScan the code, or open {link}\nOne phone is enough for a table.",
        title=room.workshop.title,
        link=link,
    )


def render_ask_ideas(room: Room, t: Texts) -> Screen:
    """For each number of points how many clusters have at least so many."""
    groups = [group for group in ranked(room.state) if not group.idea_id]
    totals = sorted({room.state.total(group.id) for group in groups} - {0}, reverse=True)[:LINES]
    choices = tuple((_line(room, line, t),) for line in totals)
    return Screen(
        paragraphs(
            t("<b>Ideas from clusters</b>"),
            t(
                "Each cluster becomes an idea of the board, with its notes; contacts whose organisation "
                "gave points support it. All partners see it."
            )
            if choices
            else t("No cluster with points is left."),
        ),
        (*choices, (to_desk(room, t),)),
        room=still(room),
    )


def _line(room: Room, line: int, t: Texts) -> Button:
    count = len(office.above(room.state, line))
    ideas = t.plural("one idea", "{n} ideas", count)
    label = t.plural("From one point: {ideas}", "From {n} points: {ideas}", line, ideas=ideas)
    return deed(label, Deed.IDEAS, room, line)


def render_became(room: Room, count: int, t: Texts) -> Screen:
    return Screen(
        t.plural("One cluster is an idea now.", "{n} clusters are ideas now.", count),
        ((Button(t.label("To the ideas"), Go("ideas")), to_desk(room, t)),),
        room=still(room),
    )


def render_ask_tell(room: Room, fates: Fates, t: Texts) -> Screen:
    return are_you_sure(
        paragraphs(fates_in_words(room, fates, t), t("Should all who were there be told?")),
        deed(t.label("Tell them"), Deed.TELL, room, style="success"),
        to_desk(room, t),
        room=still(room),
    )


def render_told(room: Room, count: int, t: Texts) -> Screen:
    return Screen(
        t.plural("One person is told.", "{n} people are told.", count),
        ((to_desk(room, t),),),
        room=still(room),
    )
