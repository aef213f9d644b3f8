"""What has happened in a case, in words."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from domain.basics.words import N_
from domain.joining.requests import STATES, EntryKind, RequestState
from domain.joining.talks import Result
from handlers.chat.screens.screen import Button, Screen, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.joining.buttons import ShowRequest
from storage.joining.cases import Entry
from storage.joining.tables import JoinRequest

NAMED, SAID = 60, 160  # characters of a name and of somebody's words that tell what is meant
RESULTS = {
    Result.JOINS: N_("They want to join"),
    Result.THINKS: N_("They think about it"),
    Result.DECLINES: N_("Not for them"),
    Result.MISSED: N_("It did not take place"),
}
ENTRIES = {
    EntryKind.RECEIVED: N_("Request received"),
    EntryKind.STEP: N_("Step"),
    EntryKind.NOTE: N_("Note"),
    EntryKind.OWNER: N_("Owner"),
    EntryKind.DUE: N_("Due"),
    EntryKind.ASKED_BACK: N_("Asked the applicant"),
    EntryKind.REPLIED: N_("Applicant's answer"),
    EntryKind.CORRECTED: N_("Corrected by the applicant"),
    EntryKind.TALK_NAMED: N_("Times for the talk"),
    EntryKind.TALK_CONFIRMED: N_("Talk arranged"),
    EntryKind.TALK_TURNED_DOWN: N_("Times turned down"),
    EntryKind.TALK_CANCELLED: N_("Talk cancelled"),
    EntryKind.OUTCOME: N_("Outcome of the talk"),
    EntryKind.CHASED: N_("Reminded of the agreement"),
    EntryKind.ASKED_TOO: N_("Somebody else asked for it too"),
}


def render_history(request: JoinRequest, entries: Sequence[Entry], t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>History: {organisation}</b>", organisation=request.organisation),
            *(render_entry(entry, t) for entry in entries),
        ),
        ((Button(t.label("Back"), ShowRequest(request.id)),),),
    )


def render_entry(entry: Entry, t: Texts) -> Markup:
    """Who did what, and when."""
    return lines(
        t("<i>{moment}, {by}</i>", moment=t.moment(entry.written_at), by=shorten(entry.by, NAMED)),
        t("{what}: {text}", what=t(ENTRIES[entry.kind]), text=shorten(_said(entry, t), SAID))
        if entry.text
        else t(ENTRIES[entry.kind]),
    )


def _said(entry: Entry, t: Texts) -> str:
    match entry.kind:
        case EntryKind.DUE:
            return t.date(date.fromisoformat(entry.text))
        case EntryKind.STEP:
            state, _, words = entry.text.partition("\n")
            return " – ".join(filter(None, (t.label(STATES[RequestState(state)]), words)))
        case EntryKind.OUTCOME:
            return t.label(RESULTS[Result(entry.text)])
    return entry.text
