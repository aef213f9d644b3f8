"""What the office is asked in words: names of sessions, headings and clusters, points of the room."""

from dataclasses import replace
from functools import partial
from typing import Any

from domain.basics.words import N_
from domain.workshop import rules
from handlers.chat import reading
from handlers.chat.context import Context
from handlers.chat.questions import (
    Answers,
    Asked,
    Option,
    Question,
    Questionnaire,
    Submission,
    Wrong,
    only_staff,
)
from handlers.chat.screens.screen import Screen, shorten
from handlers.chat.texts import texts_in
from handlers.workshop import desk, forms
from handlers.workshop.screens import settings, sorting
from handlers.workshop.screens.words import HEADINGS, note_in_words
from storage.engine import people
from storage.engine.turn import Turn
from storage.workshop import log, office
from storage.workshop.log import Room

LONGEST_TITLE = 100
MOST_POINTS = 100


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
    done=forms.draw_room,
    check=only_staff,
    has_summary=False,
)
ROUND: Questionnaire[Any] = Questionnaire(
    name="ws_round",
    title=N_("Ask all partners"),
    questions=(replace(_TITLE, prompt=N_("What do you ask? All partners have two weeks for it.")), _HEADINGS),
    submit=_began_round,
    done=forms.draw_room,
    check=only_staff,
    submit_label=N_("Ask all partners now"),
)
_by_office = partial(Questionnaire[Any], check=only_staff, has_summary=False)


def _draw_groups(room: Room, asked: Asked) -> Screen:
    return sorting.render_groups(room, 0, asked.t)


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
    about=forms.title,
)


def _new_cluster(turn: Turn, form: Submission) -> Room:
    """Under the heading where its first note stands."""
    workshop_id, note = log.locate(turn.session, form.subject_id)
    found = forms.note_of(turn.session, form.subject_id)
    parent = found.group if found else 0
    return office.new_group(turn, workshop_id, form.answers["name"], parent, note)


def _sorted_now(turn: Turn, act_id: int) -> Answers:
    workshop_id, note = log.locate(turn.session, act_id)
    return {"workshop": workshop_id, "sorted": note}


async def _find_next(context: Context, answers: Answers) -> Answers:
    state = await context.house.db.run(log.state_of, answers["workshop"])
    note, best = await desk.next_to_sort(state, answers["sorted"])
    return {"next": note.id if note else 0, "best": best}


def _draw_next(room: Room, asked: Asked) -> Screen:
    note = room.state.notes.get(asked.answers["next"])
    return sorting.render_sort(room, note, asked.answers["best"], asked.t)


CLUSTER = _by_office(
    name="ws_cluster",
    title=N_("New cluster"),
    questions=(_name_question(N_("What is the cluster called? This note is its first.")),),
    submit=_new_cluster,
    done=_draw_next,
    about=forms.note_text,
    begin=_sorted_now,
    beside=_find_next,
)


def _renamed(turn: Turn, form: Submission) -> tuple[Room, int]:
    workshop_id, group = log.locate(turn.session, form.subject_id)
    return office.rename(turn, workshop_id, group, form.answers["name"]), group


def _draw_group(result: tuple[Room, int], asked: Asked) -> Screen:
    room, group = result
    return sorting.render_group(room, rules.find_group(room.state, group), 0, asked.t)


NAME = _by_office(
    name="ws_name",
    title=N_("Rename"),
    questions=(_name_question(N_("What is it called from now on?")),),
    submit=_renamed,
    done=_draw_group,
    about=forms.group_name,
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
    about=forms.group_name,
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
    about=forms.title,
)


FORMS = (BEGIN, ROUND, HEADING, CLUSTER, NAME, SPLIT, POINTS)
