"""Stating a measure in six taps and one number, and correcting it."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.measures import measures as rules
from domain.measures.factors import Carrier
from domain.measures.measures import CannotBeReckoned, Kind, Known, Saving, State
from domain.measures.quantities import (
    Quantity,
    Unit,
)
from domain.measures.refusals import NoFactor
from handlers.chat.questions import Answers, Questionnaire, Submission
from handlers.measures.asking import (
    ADDED,
    ADDED_CARRIER,
    AMOUNT,
    CARRIER,
    CONSUMPTION,
    COST,
    KIND,
    KNOWN,
    OPEN,
    OWN_CONSUMPTION,
    OWN_PRICE,
    PRICE,
    SINCE,
    SITE,
    STATE,
    TITLE,
    carrier_is_clear,
    known_sites,
    unit_of,
)
from handlers.measures.screens import measure as screens
from handlers.measures.screens import words
from storage.engine.turn import Turn
from storage.ideas import board
from storage.measures import factors, measures, views
from storage.measures.measures import Details, NewMeasure, Statement
from storage.measures.views import Look

NOT_ASKED = ("own_price", "own_use", "title", "site", "cost", "added_carrier")


def _reckoned(turn: Turn, answers: Answers) -> Answers:
    """What nobody is asked for has its default; what the answers come to stands beside them."""
    full = {**dict.fromkeys(NOT_ASKED), "open": "no", **answers}
    try:
        saving = _saving(turn.session, turn.pact, full)
    except (KeyError, CannotBeReckoned, NoFactor):
        return full
    full["reckoned"] = {
        "kwh": saving.kwh,
        "grams": saving.grams,
        "factor": factors.stored(saving.factor),
        "doubts": rules.doubts(saving, *_beside(full)),
    }
    return full


def _saving(session: Session, pact: Pact, answers: Answers) -> Saving:
    year = measures.year_of(_since(answers))
    return measures.reckon(session, Kind(answers["kind"]), _carrier(answers), _statement(answers), pact, year)


def _carrier(answers: Answers) -> Carrier:
    return Carrier.ELECTRICITY if carrier_is_clear(answers) else Carrier(answers["carrier"])


def _since(answers: Answers) -> date | None:
    return date(answers["since"], 1, 1) if answers.get("since") else None


def _statement(answers: Answers) -> Statement:
    amount = answers["amount"]
    added = answers.get("added_carrier")
    return Statement(
        Quantity(Unit(amount["unit"]), amount["value"]),
        Known(answers["known"]),
        *_beside(answers),
        Carrier(added) if added else None,
        answers.get("added") or 0,
    )


def _beside(answers: Answers) -> tuple[int | None, int | None]:
    """Consumption and price, whether they had to be said or not."""
    unit = unit_of(answers)
    consumption = answers.get("consumption" if unit == Unit.PERCENT else "own_use")
    price = answers.get("price" if unit == Unit.EURO else "own_price")
    return consumption, price


def _stated(turn: Turn, form: Submission) -> Look:
    return _add(turn, form, taken_over_from_id=form.subject_id or None)


def _stated_of_idea(turn: Turn, form: Submission) -> Look:
    return _add(turn, form, idea_id=form.subject_id)


def _add(turn: Turn, form: Submission, **whence: int | None) -> Look:
    answers = form.answers
    t = screens.texts_of(turn.pact, turn.person)
    new = NewMeasure(
        title=answers.get("title") or t.label(words.KINDS[Kind(answers["kind"])]),
        kind=Kind(answers["kind"]),
        carrier=_carrier(answers),
        state=State(answers["state"]),
        statement=_statement(answers),
        since=_since(answers),
        site=answers.get("site") or "",
        cost=answers.get("cost"),
        is_open=answers.get("open") == "yes",
        **whence,
    )
    measure = measures.add(turn, new)
    return views.look(turn, measure.id)


def _check_partner(turn: Turn, measure_id: int) -> None:
    measures.partner_id(turn)
    if measure_id:
        measures.visible(turn, measure_id)


def _what_others_do(turn: Turn, measure_id: int) -> Answers:
    """Who does it too starts with what it is, and brings their own figures."""
    known = known_sites(turn)
    if not measure_id:
        return known
    measure = measures.get(turn.session, measure_id)
    return {**known, "kind": measure.kind, "carrier": measure.carrier, "title": measure.title}


MEASURE: Questionnaire[Any] = Questionnaire(
    name="measure",
    title=N_("Report a measure"),
    questions=(
        *(KIND, CARRIER, AMOUNT, PRICE, CONSUMPTION, KNOWN, STATE, SINCE),
        *(OWN_PRICE, OWN_CONSUMPTION, COST, TITLE, SITE, ADDED_CARRIER, ADDED, OPEN),
    ),
    submit=_stated,
    done=lambda look, asked: screens.render_stated(look, asked.t),
    check=_check_partner,
    begin=_what_others_do,
    derive=_reckoned,
    preview=lambda asked: screens.draft(asked, MEASURE.applicable(asked.answers)),
    submit_label=N_("Report the measure"),
    words_for=TITLE.key,
)


def _check_idea(turn: Turn, idea_id: int) -> None:
    """Of those that its reader may see."""
    measures.partner_id(turn)
    board.visible(turn, idea_id)


OF_IDEA: Questionnaire[Any] = replace(
    MEASURE,
    name="idea_measure",
    submit=_stated_of_idea,
    check=_check_idea,
    begin=lambda turn, _idea_id: known_sites(turn),
    preview=lambda asked: screens.draft(asked, OF_IDEA.applicable(asked.answers)),
)


def _figure_there(turn: Turn, measure_id: int) -> Answers:
    measure = measures.own(turn, measure_id)
    stated = measures.statement_of(measures.figure_of(turn.session, measure))
    there = {
        "amount": {"unit": stated.quantity.unit, "value": stated.quantity.value},
        "price": stated.price,
        "own_price": stated.price,
        "consumption": stated.consumption,
        "own_use": stated.consumption,
        "known": stated.known,
        "since": measure.since.year if measure.since else None,
        "title": measure.title,
        "site": measure.site or None,
        "cost": measure.cost,
        "added_carrier": stated.added_carrier,
        "added": stated.added or None,
    }
    return _without_gaps(there)


def _without_gaps(answers: Answers) -> Answers:
    """Euros need a price, a percentage a consumption, an addition its amount: what lacks is asked for."""
    needed = (
        ("price", unit_of(answers) == Unit.EURO),
        ("consumption", unit_of(answers) == Unit.PERCENT),
        ("added", bool(answers.get("added_carrier"))),
    )
    lacking = {key for key, is_needed in needed if is_needed and answers.get(key) is None}
    return {key: value for key, value in answers.items() if key not in lacking}


def _corrected(turn: Turn, form: Submission) -> Look:
    answers = form.answers
    before = measures.get(turn.session, form.subject_id)
    since = before.since
    if answers.get("since") != (since.year if since else None):
        since = _since(answers)
    details = Details(
        answers.get("title") or before.title, answers.get("site") or "", answers.get("cost"), since
    )
    measures.correct(turn, form.subject_id, _statement(answers), details)
    return views.look(turn, form.subject_id)


def about(session: Session, measure_id: int) -> str:
    return measures.get(session, measure_id).title


CORRECT: Questionnaire[Any] = Questionnaire(
    name="fix_measure",
    title=N_("Correct the measure"),
    questions=(
        *(AMOUNT, PRICE, CONSUMPTION, KNOWN, SINCE, OWN_PRICE, OWN_CONSUMPTION, COST),
        *(TITLE, SITE, ADDED_CARRIER, ADDED),
    ),
    submit=_corrected,
    done=lambda look, asked: screens.render_measure(look, asked.t),
    check=measures.own,
    about=about,
    begin=known_sites,
    prefill=_figure_there,
    derive=lambda _turn, answers: _without_gaps(answers),
    submit_label=N_("Save"),
)

FORMS = (MEASURE, OF_IDEA, CORRECT)
