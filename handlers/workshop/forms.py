"""What people in a session are asked in words: notes, from where they come, at which table they sit."""

from datetime import timedelta
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
    Question,
    Questionnaire,
    Submission,
    Wrong,
    asks,
)
from handlers.chat.screens.screen import Screen, shorten
from handlers.workshop.screens import office as office_screens
from handlers.workshop.screens import room as room_screens
from handlers.workshop.screens.words import note_in_words
from storage.engine.turn import Turn
from storage.workshop import log, taking_part
from storage.workshop.log import Room
from storage.workshop.taking_part import Card, Written

STAYS = timedelta(hours=4)  # after the last note, words are notes of the same heading


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


def group_name(session: Session, act_id: int) -> str:
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
    about=group_name,
    has_summary=False,
    stays=STAYS,
    row_of=lambda written: written.first_id,
    correct={"note": _rewrote},
)


def title(session: Session, workshop_id: int) -> str:
    return log.get(session, workshop_id).title


def draw_room(room: Room, asked: Asked) -> Screen:
    draw = office_screens.render_desk if room.is_staff else room_screens.render_room
    return draw(room, asked.t)


def _came_from(turn: Turn, form: Submission) -> Room:
    """Without an answer they are here for themselves; the dash says that they were asked."""
    label = form.answers["label"] or UNSAID
    return taking_part.come_from(turn, form.subject_id, label)


FROM: Questionnaire[Any] = asks(
    "ws_from",
    N_("Where are you from?"),
    Question(
        "label",
        N_("Organisation"),
        N_("Which organisation are you here for? Please write its name."),
        read=reading.line(taking_part.LONGEST_LABEL, 2),
        optional=True,
        skip=N_("For none"),
    ),
    submit=_came_from,
    done=draw_room,
    check=log.check_in,
    about=title,
)


def _sat_at(turn: Turn, form: Submission) -> Room:
    return taking_part.sit_at(turn, form.subject_id, form.answers["table"])


TABLE: Questionnaire[Any] = asks(
    "ws_table",
    N_("Our table"),
    Question(
        "table",
        N_("Table"),
        N_("What is your table called? It stands beside your notes, like “Table 3”."),
        read=reading.line(taking_part.LONGEST_TABLE, 1),
    ),
    submit=_sat_at,
    done=draw_room,
    check=log.check_in,
    about=title,
)


def note_of(session: Session, act_id: int) -> Note | None:
    workshop_id, sequence = log.locate(session, act_id)
    return log.state_of(session, workshop_id).notes.get(sequence)


def note_text(session: Session, act_id: int) -> str:
    found = note_of(session, act_id)
    return note_in_words(found, 160) if found else ""


def _changed(turn: Turn, form: Submission) -> tuple[Room, int]:
    workshop_id, note = log.locate(turn.session, form.subject_id)
    text = form.answers["text"]
    return taking_part.change(turn, workshop_id, note, text), note


def _draw_changed(result: tuple[Room, int], asked: Asked) -> Screen:
    return room_screens.render_note(result[0], result[0].state.notes[result[1]], {}, asked.t)


EDIT: Questionnaire[Any] = asks(
    "ws_edit",
    N_("Change a note"),
    Question(
        "text",
        N_("Note"),
        N_("How should the note read?"),
        read=reading.line(rules.LONGEST, 2),
    ),
    submit=_changed,
    done=_draw_changed,
    check=lambda turn, act_id: taking_part.check_own(turn, *log.locate(turn.session, act_id)),
    about=note_text,
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


FORMS = (NOTE, FROM, TABLE, EDIT)
