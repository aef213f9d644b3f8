"""All ideas as a sheet for the office."""

from collections.abc import Sequence

from domain.basics.deeds import Deed
from domain.basics.sheets import Value, write_xlsx
from domain.basics.words import N_
from domain.ideas.ideas import Pledge
from handlers.chat.purposes import purpose_line
from handlers.chat.texts import Texts
from handlers.ideas.screens.words import PLEDGES, STATES, topic_in_words
from storage.ideas.views import Listed

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
    N_("Offers"),
    N_("Said last"),
    N_("Part of number"),
    N_("In the hands of"),
    N_("To be done by"),
    N_("Hidden because"),
)


def write_ideas(rows: Sequence[Listed], t: Texts) -> bytes:
    lines, purpose = [_row(row, t) for row in rows], purpose_line(Deed.EXPORTED_IDEAS, t)
    return write_xlsx(t.label("Ideas"), [t.label(title) for title in TITLES], lines, purpose)


def _row(row: Listed, t: Texts) -> list[Value]:
    line, idea = row.line, row.line.idea
    return [
        idea.id,
        t.local_day(idea.created_at),
        topic_in_words(idea.topic, t),
        idea.text,
        line.organisation,
        row.author,
        t.label(STATES[idea.state]),
        line.voices.organisations,
        line.voices.outside,
        line.comments,
        ", ".join(
            f"{t.label(PLEDGES[pledge])} {row.offers[pledge]}" for pledge in Pledge if pledge in row.offers
        ),
        row.last.text if row.last else "",
        idea.whole_id,
        row.owner,
        idea.due_on,
        idea.hidden_because,
    ]
