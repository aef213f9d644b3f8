"""Candidates of a year: the list, what speaks for each, the decision and why."""

from typing import Any

from domain.basics.pact import Pact
from domain.basics.refusals import ButtonIsOutdated
from domain.basics.words import N_
from domain.events.event import EventKind
from domain.programme.candidates import Verdict
from handlers.chat import forms, reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk
from handlers.chat.form_views import View
from handlers.chat.questions import Answers, Asked, Option, Question, Questionnaire, Submission
from handlers.chat.screens.screen import Screen, shorten
from handlers.events.choosing import find_organisations
from handlers.events.screens.event_text import KINDS
from handlers.programme.buttons import DecideOn, ShowCandidate
from handlers.programme.office import FIRST_YEAR, LAST_YEAR, TITLE, on_year, words_of
from handlers.programme.screens import candidates as screens
from handlers.programme.screens.words import VERDICTS
from storage.engine.turn import Turn
from storage.programme import candidates, slots
from storage.programme.candidates import Considered

REASONS = {
    Verdict.IN: (N_("Many want it."), N_("Somebody offers the place."), N_("It was rated well.")),
    Verdict.LATER: (N_("It needs more time to prepare."), N_("The year is full already.")),
    Verdict.OUT: (N_("Too few want it."), N_("Others offer this already.")),
}


ITS_OWN = 1  # the title of an entry is that of its candidate
Decided = tuple[Considered, str, int]  # who offered it, and the next candidate


async def asked_for_candidates(context: Context, tap: TurnList) -> None:
    await _list(context, tap, is_proportional=False)


async def asked_for_shares(context: Context, tap: TurnList) -> None:
    await _list(context, tap, is_proportional=True)


async def _list(context: Context, tap: TurnList, *, is_proportional: bool) -> None:
    if not FIRST_YEAR <= tap.subject_id <= LAST_YEAR:
        raise ButtonIsOutdated
    found = await context.transact(candidates.gather, tap.subject_id, is_proportional=is_proportional)
    await context.show(
        screens.render_candidates(found, tap.page, tap.subject_id, context.t, is_proportional=is_proportional)
    )


async def asked_for_candidate(context: Context, tap: ShowCandidate) -> None:
    found = await context.transact(_candidate, tap.candidate_id)
    await context.show(screens.render_candidate(*found, context.t))


def _candidate(turn: Turn, candidate_id: int) -> Decided:
    year = candidates.row_of(turn, candidate_id).year
    found = candidates.gather(turn, year)
    one = candidates.among(found, candidate_id)
    following = next((other.id for other in found if other.candidate.verdict is None), 0)
    return one, candidates.offered_by(turn.session, one.row), following


async def decided_on(context: Context, tap: DecideOn) -> None:
    """The reason is asked, and which entry takes it."""
    view = await context.transact(_begin_decision, context, tap)
    await context.show(forms.draw(view, context))


def _begin_decision(turn: Turn, context: Context, tap: DecideOn) -> View:
    known = {"verdict": str(tap.verdict)}
    return Desk(turn, context).take(lambda desk: desk.begin(CHOICE.name, tap.candidate_id, known))


def _drawn_candidate(found: Decided, asked: Asked) -> Screen:
    return screens.render_candidate(*found, asked.t)


def _offered(turn: Turn, form: Submission) -> Decided:
    organisation_id = (form.answers.get("ids") or [None])[0]
    row = candidates.offer(turn, form.subject_id, form.answers["text"], organisation_id)
    return _candidate(turn, row.id)


def _decided(turn: Turn, form: Submission) -> Decided:
    answers, candidate_id = form.answers, form.subject_id
    verdict, slot_id = Verdict(answers["verdict"]), answers.get("slot")
    title = answers["named"] if answers.get("title") == ITS_OWN else answers.get("title")
    if verdict is Verdict.IN and not slot_id:
        one = candidates.get(turn, candidate_id)
        kind = one.candidate.kind or EventKind.MEETING
        name = title or words_of(turn.pact).label(KINDS[kind])
        slot_id = slots.add(turn, one.row.year, kind, name, 6).id
    reason = _reason(answers, turn.pact)
    candidates.decide(turn, candidate_id, verdict, reason, slot_id)
    if verdict is Verdict.IN and slot_id and title:
        slots.rename(turn, slot_id, title)
    return _candidate(turn, candidate_id)


def _with_offers(turn: Turn, candidate_id: int) -> Answers:
    """What the questions for a slot and for its title offer."""
    one = candidates.get(turn, candidate_id)
    rows = candidates.open_slots(turn.session, one.row.year)
    first_line = one.candidate.title.partition("\n")[0].rstrip(".")
    return {
        "open": [[row.id, f"{row.month:%m}: {row.title}"] for row in rows[:12]],
        "named": shorten(first_line, 120),
    }


def _its_own(asked: Asked) -> tuple[Option, ...]:
    named = asked.answers.get("named")
    return (Option(ITS_OWN, named),) if named else ()


def _reasons(asked: Asked) -> tuple[Option, ...]:
    """Ready to tap; any other sentence can be written."""
    verdict = asked.answers.get("verdict")
    return tuple(Option(n, label) for n, label in enumerate(REASONS[Verdict(verdict)])) if verdict else ()


def _reason(answers: Answers, pact: Pact) -> str:
    """In the pact's own language, as others read it."""
    given = answers["reason"]
    if isinstance(given, int):
        return words_of(pact).label(REASONS[Verdict(answers["verdict"])][given])
    return str(given)


def _open_slots(asked: Asked) -> tuple[Option, ...]:
    found = asked.answers.get("open") or []
    return (*(Option(slot_id, label) for slot_id, label in found), Option(0, N_("A new entry")))


def _is_not_in(answers: Answers) -> bool:
    return answers.get("verdict") != Verdict.IN


OFFER = on_year(
    name="year_offer",
    title=N_("Note an offer"),
    questions=(
        Question("text", N_("Offer"), N_("What was offered?"), read=reading.text(200, 3)),
        Question(
            "organisations",
            N_("Organisation"),
            N_("Who offers it? A name from the register."),
            read=reading.text(200, 2),
            optional=True,
        ),
    ),
    submit=_offered,
    derive=lambda turn, answers: (
        find_organisations(turn, answers) if answers.get("organisations") else answers
    ),
    done=_drawn_candidate,
)


CHOICE: Questionnaire[Any] = Questionnaire(
    name="year_choice",
    title=N_("Decide on a candidate"),
    questions=(
        Question(
            "verdict",
            N_("Decision"),
            N_("In, later or out?"),
            options=tuple(Option(verdict, label) for verdict, label in VERDICTS.items()),
        ),
        Question(
            "reason",
            N_("Why"),
            N_("Why? In one sentence: those who support it and the report get to read it."),
            read=reading.text(300, 5),
            options_of=_reasons,
        ),
        Question(
            "slot",
            N_("Entry"),
            N_("Which entry of the year does it fill?"),
            options_of=_open_slots,
            skip_if=_is_not_in,
        ),
        Question(
            "title",
            N_("Title"),
            TITLE,
            read=reading.title(120),
            options_of=_its_own,
            optional=True,
            skip=N_("Leave the title"),
            skip_if=_is_not_in,
        ),
    ),
    begin=_with_offers,
    check=candidates.row_of,
    submit=_decided,
    done=_drawn_candidate,
    has_summary=False,
)


FORMS = (OFFER, CHOICE)
