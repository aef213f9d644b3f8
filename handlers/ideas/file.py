"""All ideas as a sheet for the office."""

from collections.abc import Sequence

from domain.basics.sheets import Value, write_xlsx
from domain.basics.words import N_
from handlers.chat.texts import Texts
from handlers.ideas.screens.words import STATES, topic_in_words
from storage.ideas.board import Line

TITLES = (
    N_("Number"),
    N_("Received"),
    N_("Topic"),
    N_("Idea"),
    N_("Organisation"),
    N_("Person"),
    N_("State"),
    N_("Organisations in support"),
    N_("People from outside"),
    N_("Comments"),
    N_("Part of number"),
    N_("In the hands of"),
    N_("To be done by"),
    N_("Hidden because"),
)


def write_ideas(rows: Sequence[tuple[Line, str, str]], t: Texts) -> bytes:
    return write_xlsx(t.label("Ideas"), [t.label(title) for title in TITLES], [_row(*row, t) for row in rows])


def _row(line: Line, author: str, owner: str, t: Texts) -> list[Value]:
    idea = line.idea
    return [
        idea.id,
        t.local_day(idea.created_at),
        topic_in_words(idea.topic, t),
        idea.text,
        line.organisation,
        author,
        t.label(STATES[idea.state]),
        line.voices.organisations,
        line.voices.outside,
        line.comments,
        idea.whole_id,
        owner,
        idea.due_on,
        idea.hidden_because,
    ]
