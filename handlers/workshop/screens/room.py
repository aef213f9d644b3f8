"""A session as those see it who take part: where to write, what to weigh, what came of it."""

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from domain.ideas.ideas import State as IdeaState
from domain.workshop.acts import Phase
from domain.workshop.state import UNSAID, Group, Note, Voice
from handlers.chat.buttons import StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    italic,
    lines,
    page_of,
    paragraphs,
    shorten,
    to_menu,
    turn_pages,
)
from handlers.chat.texts import Texts
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.ideas.screens.words import STATES
from handlers.workshop.buttons import Deed, InWorkshop
from handlers.workshop.screens.words import NAME, deed, live, note_in_words, ranked, still, to_room
from storage.workshop.log import Room
from storage.workshop.taking_part import Written, own_notes

WEIGHED, RESULTS = 10, 12  # groups on one screen
Fates = Mapping[int, tuple[int, IdeaState]]


def render_room(room: Room, t: Texts, page: int = 0) -> Screen:
    draw = {
        Phase.COLLECT: _collecting,
        Phase.GROUP: _grouping,
        Phase.CLOSED: _closed,
    }.get(room.state.phase)
    screen = draw(room, t) if draw else _weighing(room, page, t)
    return live(screen, room)


def _head(room: Room, t: Texts) -> Markup:
    me = room.me
    if me is None:
        return t("<b>{title}</b>", title=room.workshop.title)
    said = "" if me.label == UNSAID else me.label
    who = room.organisation or said or t.label("without an organisation")
    here = t.label("{who} (as you say)", who=who) if me.is_claimed else who
    return lines(
        t("<b>{title}</b>", title=room.workshop.title),
        italic(", ".join(part for part in (here, me.table) if part)),
    )


def _mine(room: Room, t: Texts) -> Row:
    count = len(own_notes(room))
    return (deed(t.label("My notes ({n})", n=count), Deed.NOTES, room),) if count else ()


def _collecting(room: Room, t: Texts) -> Screen:
    headings = tuple((_write(group, room, t),) for group in room.state.headings())
    table = Button(t.label("Our table"), StartForm("ws_table", room.id))
    from_where = (
        *(() if room.workshop.ends_at else (table,)),
        Button(t.label("Where from"), StartForm("ws_from", room.id)),
    )
    me = tuple(row for row in (_mine(room, t), from_where) if row)
    return Screen(
        paragraphs(
            _head(room, t),
            t("Under which heading would you like to write? Tap it, then write: one note in each line."),
            _until(room, t),
        ),
        (*headings, *me),
    )


def _until(room: Room, t: Texts) -> Markup:
    ends_at = room.workshop.ends_at
    return t("Until {day}.", day=t.last_day(ends_at)) if ends_at else Markup()


def _write(group: Group, room: Room, t: Texts) -> Button:
    label = t.label("✏️ {name}", name=shorten(group.name, NAME))
    return Button(label, StartForm("ws_note", room.rows.get(group.id, 0)), style="primary")


def _grouping(room: Room, t: Texts) -> Screen:
    """Without numbers that change all the time."""
    return Screen(
        paragraphs(
            _head(room, t),
            t("The notes are being sorted. In a moment you can weigh them."),
        ),
        tuple(row for row in (_mine(room, t),) if row),
    )


def _weighing(room: Room, page: int, t: Texts) -> Screen:
    voice = room.me.voice if room.me else None
    may = voice is not None and (voice.organisation_id is not None or room.state.outsiders_weigh)
    shown, page, pages = page_of(room.state.weighable(), page, WEIGHED)
    return Screen(
        paragraphs(
            _head(room, t),
            _points(room, voice, t) if may and voice else t("Here organisations give points."),
            lines(*(_cluster(number, group, room, t) for number, group in enumerate(shown, 1))),
            _how_many(room, t),
            _until(room, t),
        ),
        (
            *(
                _weights(number, group, voice, room)
                for number, group in enumerate(shown, 1)
                if may and voice is not None
            ),
            *turn_pages(page, pages, lambda to: InWorkshop(Deed.POINTS, room.id, to), t),
            *((_mine(room, t),) if _mine(room, t) else ()),
        ),
    )


def _points(room: Room, voice: Voice, t: Texts) -> Markup:
    state = room.state
    if not state.left(voice):
        return t("<b>All points are given.</b> Until the close they can still be moved.")
    by_others = voice.organisation_id is not None and state.spent(voice)
    return lines(
        t.plural(
            "<b>{left} of one point left.</b> Give it to what matters most to you.",
            "<b>{left} of {n} points left.</b> Give them to what matters most to you.",
            state.points,
            left=state.left(voice),
        ),
        t.plural("One is set for your organisation already.", "{n} are set for your organisation.", by_others)
        if by_others
        else "",
    )


def _cluster(number: int, group: Group, room: Room, t: Texts) -> Markup:
    given = room.state.weights.get(room.me.voice, {}).get(group.id, 0) if room.me else 0
    count = len(room.state.notes_of(group.id))
    return t(
        "<b>{number}</b>  {name} ({notes}){points}",
        number=number,
        name=shorten(group.name, 60),
        notes=t.plural("one note", "{n} notes", count),
        points=t.plural(", one point of yours", ", {n} points of yours", given) if given else "",
    )


def _how_many(room: Room, t: Texts) -> Markup:
    """Totals would steer people: only how many have weighed."""
    return italic(how_many_in_words(room, t))


def how_many_in_words(room: Room, t: Texts) -> Markup:
    weighed = room.state.have_weighed()
    asked = max(room.organisations, weighed)
    return t.plural(
        "{weighed} of one organisation has weighed.",
        "{weighed} of {n} organisations have weighed.",
        asked,
        weighed=weighed,
    )


def _weights(number: int, group: Group, voice: Voice, room: Room) -> Row:
    """The buttons say from what to what: a second tap on the same finds something else and does nothing."""
    has = room.state.weights.get(voice, {}).get(group.id, 0)
    less = deed(f"{number}  −", Deed.WEIGH, room, group.id, has, max(has - 1, 0))
    more = deed(f"{number}  +", Deed.WEIGH, room, group.id, has, has + 1)
    return (less, more)


def page_with(room: Room, group: int) -> int:
    """The page of points on which a group stands."""
    ids = [one.id for one in room.state.weighable()]
    here = room.state.current(group)
    return ids.index(here) // WEIGHED if here in ids else 0


def render_weighed(room: Room, page: int, t: Texts, *, changed: bool) -> Screen:
    screen = render_room(room, t, page)
    return (
        screen if changed else replace(screen, toast=t.label("Nothing changed: this is how it stands now."))
    )


def _closed(room: Room, t: Texts) -> Screen:
    return Screen(
        paragraphs(_head(room, t), results(room, t)),
        (
            *((_mine(room, t),) if _mine(room, t) else ()),
            (deed(t.label("Report (PDF)"), Deed.PAPER, room),),
            *(((deed(t.label("What became of it"), Deed.FATES, room),),) if room.me else ()),
            to_menu(t),
        ),
    )


def results(room: Room, t: Texts) -> Markup:
    state = room.state
    if not state.notes:
        return t("<b>The results</b>: nobody has written a note.")
    notes = t.plural("One note", "{n} notes", len(state.notes))
    heard = t.plural("one organisation has weighed", "{n} organisations have weighed", state.have_weighed())
    return paragraphs(
        t("<b>The results</b>: {notes}, {heard}.", notes=notes, heard=heard),
        lines(*(_result(number, group, room, t) for number, group in enumerate(ranked(state)[:RESULTS], 1))),
    )


def _result(number: int, group: Group, room: Room, t: Texts) -> Markup:
    state = room.state
    voices = sum(voice.organisation_id is not None for voice in state.supporters(group.id))
    apart = state.total(group.id, outsiders=True)
    parts = [
        t.plural("one point", "{n} points", state.total(group.id)),
        t.plural("from one organisation", "from {n} organisations", voices) if voices else "",
        t("and {n} from people without one", n=apart) if apart else "",
    ]
    facts = Markup(" ").join(part for part in parts if part)
    return t("<b>{number}</b>  {name}: {facts}", number=number, name=shorten(group.name, 60), facts=facts)


def render_written(written: Written, t: Texts) -> Screen:
    room = written.room
    group = room.state.groups.get(room.state.current(written.heading))
    got = t.plural("✓ One note has arrived.", "✓ {n} notes have arrived.", written.count)
    others = [
        (_write(other, room, t),) for other in room.state.headings() if group is None or other.id != group.id
    ]
    return Screen(
        paragraphs(
            lines(got, t("It came late and still counts.") if written.is_late else ""),
            t("Go on writing under <b>{name}</b>, or change the heading.", name=group.name)
            if group and not written.is_late
            else "",
        ),
        (*(others if not written.is_late else ()), *((_mine(room, t),) if _mine(room, t) else ())),
        room=still(room),
    )


def render_own_notes(room: Room, page: int, t: Texts) -> Screen:
    shown, page, pages = page_of(own_notes(room), page)
    numbers = tuple(deed(str(number), Deed.NOTE, room, note.id) for number, note in enumerate(shown, 1))
    return Screen(
        paragraphs(
            t("<b>My notes</b>"),
            lines(
                *(
                    t("<b>{number}</b>  {note}", number=number, note=note_in_words(note))
                    for number, note in enumerate(shown, 1)
                )
            ),
            t("Tap a number to change a note or take it back.") if shown else t("There are no notes yet."),
        ),
        (
            *((numbers,) if numbers else ()),
            *turn_pages(page, pages, lambda to: InWorkshop(Deed.NOTES, room.id, to), t),
            (to_room(room, t),),
        ),
        room=still(room),
    )


def render_note(room: Room, note: Note, fates: Fates, t: Texts) -> Screen:
    group = room.state.groups.get(note.group)
    is_open = room.state.phase is not Phase.CLOSED
    change = (
        Button(t.label("Change"), StartForm("ws_edit", room.rows.get(note.id, 0))),
        deed(t.label("Take back"), Deed.TAKE_BACK, room, note.id, style="danger"),
    )
    fate = fates.get(note.group)
    idea = (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, fate[0])),) if fate else ()
    return Screen(
        paragraphs(
            note_in_words(note, 1000),
            italic(group.name if group else ""),
            t("It became an idea: {state}", state=t.label(STATES[fate[1]])) if fate else "",
        ),
        (
            *((change,) if is_open else ()),
            *((idea,) if idea else ()),
            (deed(t.label("My notes"), Deed.NOTES, room), to_room(room, t)),
        ),
        room=still(room),
    )


def render_fates(room: Room, fates: Fates, t: Texts) -> Screen:
    """What became of all notes: by the ideas that they have become."""
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=room.workshop.title),
            fates_in_words(room, fates, t),
        ),
        (*_ideas(room, fates), (to_room(room, t),)),
        room=still(room),
    )


def _ideas(room: Room, fates: Fates) -> list[Row]:
    return [
        (Button(shorten(room.state.groups[group].name, NAME), OnIdea(IdeaAct.SHOW, idea)),)
        for group, (idea, _) in list(fates.items())[:8]
    ]


def fates_in_words(room: Room, fates: Fates, t: Texts) -> Markup:
    notes = list(room.state.notes.values())
    taken = sum(note.group in fates for note in notes)
    mine = [note for note in own_notes(room) if note.group in fates]
    return paragraphs(
        t.plural("<b>What became of one note</b>", "<b>What became of {n} notes</b>", len(notes))
        if notes
        else t("<b>What became of the notes</b>"),
        t.plural("One is part of an idea on the board.", "{n} are part of ideas on the board.", taken)
        if taken
        else t("The office is still at work. What becomes an idea is shown here."),
        bullets(
            t(
                "{name}: {state}",
                name=shorten(room.state.groups[one].name, 60),
                state=t.label(STATES[state]),
            )
            for one, (_, state) in list(fates.items())[:RESULTS]
        ),
        t.plural("One of your notes is among them.", "{n} of your notes are among them.", len(mine))
        if mine
        else "",
    )
