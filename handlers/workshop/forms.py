"""What is asked in words: notes, from where somebody comes, names of sessions, headings and clusters."""

from datetime import timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from domain.workshop import rules
from domain.workshop.refusals import NotesAreOver, TooManyNotes
from domain.workshop.state import UNSAID, Note
from handlers.chat import reading
from handlers.chat.meanings import Awaited, Meaning
from handlers.chat.questions import (
    CARD,
    VOICE,
    Answers,
    Asked,
    Correction,
    Option,
    Question,
    Questionnaire,
    Submission,
    Wrong,
    only_staff,
)
from handlers.chat.screens.screen import Screen, shorten
from handlers.chat.texts import texts_in
from handlers.workshop.screens import office as office_screens
from handlers.workshop.screens import room as room_screens
from handlers.workshop.screens import settings
from handlers.workshop.screens.words import HEADINGS, note_in_words
from storage.engine import people
from storage.engine.turn import Turn
from storage.workshop import log, office, taking_part
from storage.workshop.log import Room
from storage.workshop.taking_part import Card, Written

STAYS = timedelta(hours=4)  # after the last note, words are notes of the same heading
LONGEST_TITLE = 100
MOST_POINTS = 100


def _read_card(given: str, _asked: Asked) -> dict[str, str]:
    """Words, or a picture or voice note with what was said to it."""
    file, is_file, words = given.partition(CARD)
    if not is_file:
        file, words = "", given
    try:
        found = rules.lines(words)
    except TooManyNotes as refusal:
        raise Wrong(refusal.sentence, most=refusal.most) from None
    if not (found or file):
        raise Wrong(N_("Please write a few words."))
    is_voice = file.startswith(VOICE)
    return {
        "text": "\n".join(found),
        "picture": "" if is_voice else file,
        "voice": file.removeprefix(VOICE) if is_voice else "",
    }


def _needs_no_sentence(answers: Answers) -> bool:
    """Only a voice note without words needs some: nobody could read it on the wall."""
    note = answers.get("note") or {}
    return not note.get("voice") or bool(note.get("text"))


def _wrote(turn: Turn, form: Submission) -> Written:
    workshop_id, heading = log.locate(turn.session, form.subject_id)
    note = form.answers["note"]
    card = Card(form.answers.get("sentence") or note["text"], note["picture"], note["voice"])
    sent_at = form.sent_at or turn.now
    return taking_part.write(turn, workshop_id, heading, card, sent_at)


def _takes_notes(turn: Turn, act_id: int) -> None:
    workshop_id, _ = log.locate(turn.session, act_id)
    if not rules.takes_notes(log.state_of(turn.session, workshop_id), turn.now):
        raise NotesAreOver


def _check_note_place(turn: Turn, act_id: int) -> None:
    """Who has not come in has no button to write; the office types cards."""
    workshop_id, _ = log.locate(turn.session, act_id)
    if not turn.person.is_staff:
        log.check_in(turn, workshop_id)


def _rewrote(turn: Turn, correction: Correction) -> bool:
    text = correction.text
    words = text["text"] if isinstance(text, dict) else text
    return taking_part.rewrite(turn, correction.row_id, words)


def _group_name(session: Session, act_id: int) -> str:
    workshop_id, sequence = log.locate(session, act_id)
    state = log.state_of(session, workshop_id)
    found = state.groups.get(state.current(sequence))
    return shorten(found.name, 60) if found else ""


NOTE: Questionnaire[Any] = Questionnaire(
    name="ws_note",
    title=N_("Notes for the workshop"),
    questions=(
        Question(
            "note",
            N_("Note"),
            N_("What would you like to say? One note in each line; a picture or voice note is welcome too."),
            read=_read_card,
            show=lambda value, _asked: str(value["text"]),
            takes_cards=True,
        ),
        Question(
            "sentence",
            N_("In one sentence"),
            N_("Please say it in one sentence too, so that everybody can read it."),
            read=reading.line(rules.LONGEST, 2),
            skip_if=_needs_no_sentence,
            follows_up=True,
        ),
    ),
    submit=_wrote,
    done=lambda written, asked: room_screens.render_written(written, asked.t),
    check=_check_note_place,
    stands=_takes_notes,
    about=_group_name,
    has_summary=False,
    stays=STAYS,
    row_of=lambda written: written.first_id,
    correct={"note": _rewrote},
)


def _title(session: Session, workshop_id: int) -> str:
    return log.get(session, workshop_id).title


def _draw_room(room: Room, asked: Asked) -> Screen:
    draw = office_screens.render_desk if room.is_staff else room_screens.render_room
    return draw(room, asked.t)


def _came_from(turn: Turn, form: Submission) -> Room:
    """Without an answer they are here for themselves; the dash says that they were asked."""
    label = form.answers["label"] or UNSAID
    return taking_part.come_from(turn, form.subject_id, label)


FROM: Questionnaire[Any] = Questionnaire(
    name="ws_from",
    title=N_("Where are you from?"),
    questions=(
        Question(
            "label",
            N_("Organisation"),
            N_("Which organisation are you here for? Please write its name."),
            read=reading.line(taking_part.LONGEST_LABEL, 2),
            optional=True,
            skip=N_("For none"),
        ),
    ),
    submit=_came_from,
    done=_draw_room,
    check=log.check_in,
    about=_title,
    has_summary=False,
)


def _sat_at(turn: Turn, form: Submission) -> Room:
    return taking_part.sit_at(turn, form.subject_id, form.answers["table"])


TABLE: Questionnaire[Any] = Questionnaire(
    name="ws_table",
    title=N_("Our table"),
    questions=(
        Question(
            "table",
            N_("Table"),
            N_("What is your table called? It stands beside your notes, like “Table 3”."),
            read=reading.line(taking_part.LONGEST_TABLE, 1),
        ),
    ),
    submit=_sat_at,
    done=_draw_room,
    check=log.check_in,
    about=_title,
    has_summary=False,
)


def _note(session: Session, act_id: int) -> Note | None:
    workshop_id, sequence = log.locate(session, act_id)
    return log.state_of(session, workshop_id).notes.get(sequence)


def _note_text(session: Session, act_id: int) -> str:
    found = _note(session, act_id)
    return note_in_words(found, 160) if found else ""


def _changed(turn: Turn, form: Submission) -> tuple[Room, int]:
    workshop_id, note = log.locate(turn.session, form.subject_id)
    text = form.answers["text"]
    return taking_part.change(turn, workshop_id, note, text), note


def _draw_changed(result: tuple[Room, int], asked: Asked) -> Screen:
    return room_screens.render_note(result[0], result[0].state.notes[result[1]], {}, asked.t)


EDIT: Questionnaire[Any] = Questionnaire(
    name="ws_edit",
    title=N_("Change a note"),
    questions=(
        Question(
            "text",
            N_("Note"),
            N_("How should the note read?"),
            read=reading.line(rules.LONGEST, 2),
        ),
    ),
    submit=_changed,
    done=_draw_changed,
    check=lambda turn, act_id: taking_part.check_own(turn, *log.locate(turn.session, act_id)),
    about=_note_text,
    has_summary=False,
)


def _headings(language: str, zone: Any) -> list[str]:
    t = texts_in(language, zone)
    return [t.label(heading) for heading in HEADINGS]


def _began(turn: Turn, form: Submission) -> Room:
    headings = form.answers["headings"] or _headings(turn.person.language, turn.pact.timezone)
    journal = log.begin(turn, form.answers["title"], headings)
    return log.room(journal)


def _began_round(turn: Turn, form: Submission) -> Room:
    headings = form.answers["headings"] or _headings(turn.person.language, turn.pact.timezone)
    return office.begin_round(turn, form.answers["title"], headings)


def _read_headings(given: str, asked: Asked) -> list[str]:
    """One in each line."""
    found = [
        str(reading.title(office.LONGEST_NAME)(line, asked)) for line in given.splitlines() if line.strip()
    ]
    if not 1 <= len(found) <= MOST_HEADINGS:
        raise Wrong(N_("Please name headings, one in each line, {most} at most."), most=MOST_HEADINGS)
    return list(dict.fromkeys(found))


MOST_HEADINGS = 12
_TITLE = Question(
    "title",
    N_("Title"),
    N_("What is it called? Like “Kick-off in November”."),
    read=reading.title(LONGEST_TITLE),
)
_HEADINGS = Question(
    "headings",
    N_("Headings"),
    N_(
        "Under which headings should people write? One in each line. Without an answer: exchange "
        "formats, visibility, project ideas, expectations."
    ),
    read=_read_headings,
    show=lambda value, _asked: ", ".join(value),
    optional=True,
    skip=N_("These four"),
)

BEGIN: Questionnaire[Any] = Questionnaire(
    name="workshop",
    title=N_("New workshop"),
    questions=(_TITLE, _HEADINGS),
    submit=_began,
    done=_draw_room,
    check=only_staff,
    has_summary=False,
)
ROUND: Questionnaire[Any] = Questionnaire(
    name="ws_round",
    title=N_("Ask all partners"),
    questions=(_TITLE, _HEADINGS),
    submit=_began_round,
    done=_draw_room,
    check=only_staff,
    submit_label=N_("Ask all partners now"),
)

_by_office = partial(Questionnaire[Any], check=only_staff, has_summary=False)


def _draw_groups(room: Room, asked: Asked) -> Screen:
    return office_screens.render_groups(room, 0, asked.t)


def _new_heading(turn: Turn, form: Submission) -> Room:
    return office.new_group(turn, form.subject_id, form.answers["name"], 0)


def _name_question(prompt: str) -> Question:
    return Question("name", N_("Name"), prompt, read=reading.title(office.LONGEST_NAME))


HEADING = _by_office(
    name="ws_heading",
    title=N_("New heading"),
    questions=(_name_question(N_("What is the heading called?")),),
    submit=_new_heading,
    done=_draw_groups,
    about=_title,
)


def _new_cluster(turn: Turn, form: Submission) -> Room:
    """Under the heading where its first note stands."""
    workshop_id, note = log.locate(turn.session, form.subject_id)
    found = _note(turn.session, form.subject_id)
    parent = found.group if found else 0
    return office.new_group(turn, workshop_id, form.answers["name"], parent, note)


CLUSTER = _by_office(
    name="ws_cluster",
    title=N_("New cluster"),
    questions=(_name_question(N_("What is the cluster called? This note is its first.")),),
    submit=_new_cluster,
    done=lambda room, asked: office_screens.render_sorted(room, asked.t),
    about=_note_text,
)


def _renamed(turn: Turn, form: Submission) -> tuple[Room, int]:
    workshop_id, group = log.locate(turn.session, form.subject_id)
    return office.rename(turn, workshop_id, group, form.answers["name"]), group


def _draw_group(result: tuple[Room, int], asked: Asked) -> Screen:
    room, group = result
    return office_screens.render_group(room, rules.find_group(room.state, group), 0, asked.t)


NAME = _by_office(
    name="ws_name",
    title=N_("Rename"),
    questions=(_name_question(N_("What is it called from now on?")),),
    submit=_renamed,
    done=_draw_group,
    about=_group_name,
)


def _notes_there(turn: Turn, act_id: int) -> Answers:
    workshop_id, sequence = log.locate(turn.session, act_id)
    state = log.state_of(turn.session, workshop_id)
    notes = state.notes_of(state.current(sequence))
    return {"there": [[note.id, shorten(note_in_words(note), 40)] for note in notes[:80]]}


def _notes_offered(asked: Asked) -> tuple[Option, ...]:
    return tuple(Option(note, words) for note, words in asked.answers.get("there", []))


def _split(turn: Turn, form: Submission) -> tuple[Room, int]:
    workshop_id, group = log.locate(turn.session, form.subject_id)
    name, notes = form.answers["name"], form.answers["notes"]
    return office.split(turn, workshop_id, group, name, notes), group


SPLIT = _by_office(
    name="ws_split",
    title=N_("Split"),
    questions=(
        Question(
            "notes",
            N_("Notes"),
            N_("Which notes go into a cluster of their own? Tap them, then “Done”. Points stay here."),
            options_of=_notes_offered,
            many=True,
        ),
        _name_question(N_("What is the new cluster called?")),
    ),
    submit=_split,
    done=_draw_group,
    about=_group_name,
    begin=_notes_there,
)


def _read_points(given: str, _asked: Asked) -> int:
    if not (given.isdecimal() and 1 <= int(given[:6]) <= MOST_POINTS):
        raise Wrong(N_("Please type a number from 1 to {most}."), most=MOST_POINTS)
    return int(given)


def _set_points(turn: Turn, form: Submission) -> Room:
    people.check_staff(turn.person)
    points = form.answers["points"]
    return office.set_rules(turn, form.subject_id, points=points)


POINTS = _by_office(
    name="ws_points",
    title=N_("Points of each organisation"),
    questions=(
        Question(
            "points",
            N_("Points"),
            N_("How many points can each organisation give?"),
            read=_read_points,
        ),
    ),
    submit=_set_points,
    done=lambda room, asked: settings.render_settings(room, asked.t),
    about=_title,
)


def awaits_note(turn: Turn) -> Awaited | None:
    """Who sits in a workshop and just types may mean a note under the last heading they wrote under."""
    mine = log.open_for(turn)
    if mine is None or turn.person.is_staff or not turn.now - mine[1].at < STAYS:
        return None
    workshop, act = mine
    journal = log.Journal(turn.session, workshop, turn.person, turn.now)
    if not rules.takes_notes(journal.state, turn.now):
        return None
    own = [note.heading for note in journal.state.notes.values() if note.person_id == turn.person.id]
    heading = own[-1] if own else next((one.id for one in journal.state.headings()), 0)
    meaning = Meaning("ws_note", N_("A note for the workshop"), journal.rows.get(heading, 0))
    return Awaited(meaning, act.at, is_sure=False)


FORMS = (NOTE, FROM, TABLE, EDIT, BEGIN, ROUND, HEADING, CLUSTER, NAME, SPLIT, POINTS)
