"""Stating a measure in six taps and one number, correcting its figure, and adding what proves it."""

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
    ManyWaysToRead,
    NotAQuantity,
    Quantity,
    Unit,
    read_number,
    read_quantity,
)
from domain.measures.refusals import NoFactor
from handlers.chat import reading
from handlers.chat.questions import Answers, Asked, Option, Question, Questionnaire, Submission, Wrong
from handlers.measures.screens import measure as screens
from handlers.measures.screens import words
from storage.engine.tables import Person
from storage.ideas import board
from storage.measures import factors, measures
from storage.measures.measures import Look, NewMeasure, Statement

OF_ELECTRICITY = (Kind.LIGHT, Kind.COMPRESSED_AIR, Kind.SOLAR, Kind.GREEN_TARIFF)
LONGEST_TITLE = 120
MOST_CENTS = 10**12


def _read_amount(given: str, asked: Asked) -> dict[str, Any]:
    try:
        read = read_quantity(given)
    except ManyWaysToRead as found:
        offers = tuple((words.quantity(one, asked.t), words.quantity(one, asked.t)) for one in found.readings)
        raise Wrong(N_("Of what? Please tap what you mean."), offers) from None
    except NotAQuantity:
        raise Wrong(N_("Please write a number with its unit, like 12,000 kWh, 4,000 € or 30 %.")) from None
    return {"unit": read.unit, "value": read.value}


def read_kwh(given: str, _asked: Asked) -> int:
    try:
        read = read_quantity(given)
    except ManyWaysToRead as found:
        read = found.readings[0]
    except NotAQuantity:
        raise Wrong(N_("Please write it in kilowatt-hours, like 40,000 kWh.")) from None
    if read.unit is not Unit.KWH:
        raise Wrong(N_("Please write it in kilowatt-hours, like 40,000 kWh."))
    return read.value


def _read_price(given: str, _asked: Asked) -> int:
    """In hundredths of a cent, from cents ("28,5 ct") or euros ("0,285 €")."""
    text = given.casefold().replace("/kwh", "").replace("je kwh", "").strip()
    in_euros = text.endswith(("€", "eur", "euro")) or text.startswith("0")
    number = text.rstrip("€eurocntsp. ").strip()
    try:
        value = read_number(
            number.replace(",", ".").strip() if number.count(",") + number.count(".") == 1 else number
        )
    except (NotAQuantity, ValueError):
        raise Wrong(N_("Please write the price of a kilowatt-hour in cents, like 28.5.")) from None
    hundredths = int(value * (10_000 if in_euros else 100))
    if not 0 < hundredths <= 10**6:
        raise Wrong(N_("Please write the price of a kilowatt-hour in cents, like 28.5."))
    return hundredths


def _read_euros(given: str, _asked: Asked) -> int:
    try:
        cents = int(read_number(given.casefold().rstrip("€euro ").strip()) * 100)
    except (NotAQuantity, ValueError):
        raise Wrong(N_("Please write an amount in euros, like 8,000.")) from None
    if not 0 <= cents <= MOST_CENTS:
        raise Wrong(N_("Please write an amount in euros, like 8,000."))
    return cents


def read_year(given: str, _asked: Asked) -> int:
    if not (given.isascii() and given.isdigit() and 1990 <= int(given) <= 2100):
        raise Wrong(N_("Please write a year, like 2025."))
    return int(given)


def _years(asked: Asked) -> tuple[Option, ...]:
    this = asked.t.local_day(asked.now).year
    return tuple(Option(year, str(year)) for year in (this - 1, this, this + 1))


def _amount(value: dict[str, Any], asked: Asked) -> str:
    return words.quantity(Quantity(Unit(value["unit"]), value["value"]), asked.t)


def _unit(answers: Answers) -> str:
    return str((answers.get("amount") or {}).get("unit", ""))


def _carrier_is_clear(answers: Answers) -> bool:
    return answers.get("kind") in OF_ELECTRICITY


KIND = Question(
    "kind",
    N_("Measure"),
    N_("What is it about?"),
    options=tuple(Option(kind, label) for kind, label in words.KINDS.items()),
)
CARRIER = Question(
    "carrier",
    N_("Energy carrier"),
    N_("Which energy does it save?"),
    options=tuple(Option(carrier, label) for carrier, label in words.CARRIERS.items()),
    skip_if=_carrier_is_clear,
)
AMOUNT = Question(
    "amount",
    N_("Saving in a year"),
    N_("How much does it save in a year?"),
    read=_read_amount,
    show=_amount,
    help=N_(
        "For example 12,000 kWh, 4,000 € or 30 %. Of gas as on the bill. A litre of oil has about 10 kWh."
    ),
)
PRICE = Question(
    "price",
    N_("Price"),
    N_("What does a kilowatt-hour cost you, in cents?"),
    read=_read_price,
    show=lambda value, asked: words.price(value, asked.t),
    skip_if=lambda answers: _unit(answers) != Unit.EURO,
    follows_up=True,
)
CONSUMPTION = Question(
    "consumption",
    N_("Consumption"),
    N_("How much of it do you consume in a year, without the measure?"),
    read=read_kwh,
    show=lambda value, asked: words.kwh(value, asked.t),
    skip_if=lambda answers: _unit(answers) != Unit.PERCENT,
    follows_up=True,
)
KNOWN = Question(
    "known",
    N_("How known"),
    N_("How do you know?"),
    options=tuple(Option(known, label) for known, label in words.KNOWN.items()),
)
STATE = Question(
    "state",
    N_("State"),
    N_("How far is it?"),
    options=tuple(
        Option(state, label) for state, label in words.STATES.items() if state is not State.DROPPED
    ),
)
SINCE = Question(
    "since",
    N_("Saves from"),
    N_("From which year does it save?"),
    read=read_year,
    options_of=_years,
    optional=True,
    skip=N_("Not clear yet"),
)
TITLE = Question(
    "title",
    N_("Name"),
    N_("What shall it be called?"),
    read=reading.fact(LONGEST_TITLE, 3),
    optional=True,
    follows_up=True,
)
SITE = Question(
    "site", N_("Site"), N_("At which site?"), read=reading.fact(80, 2), optional=True, follows_up=True
)
COST = Question(
    "cost",
    N_("Cost"),
    N_("What did it cost, in euros?"),
    read=_read_euros,
    show=lambda value, asked: words.euros(value, asked.t),
    optional=True,
    follows_up=True,
)
ADDED_CARRIER = Question(
    "added_carrier",
    N_("Needs in addition"),
    N_("Does it need another energy for that, as a heat pump needs electricity?"),
    options=tuple(
        Option(one, words.CARRIERS[one])
        for one in (Carrier.ELECTRICITY, Carrier.GAS, Carrier.PELLETS, Carrier.WOOD)
    ),
    optional=True,
    follows_up=True,
)
ADDED = Question(
    "added",
    N_("So much of it"),
    N_("How many kilowatt-hours of it in a year?"),
    read=read_kwh,
    show=lambda value, asked: words.kwh(value, asked.t),
    skip_if=lambda answers: not answers.get("added_carrier"),
    follows_up=True,
)
OPEN = Question(
    "open",
    N_("Visible"),
    N_("May other partners see it, with your organisation's name?"),
    options=(Option("yes", N_("Yes, other partners may")), Option("no", N_("No, only the office"))),
    follows_up=True,
)


def _reckoned(session: Session, pact: Pact, answers: Answers) -> Answers:
    """What nobody is asked for has its default; what the answers come to stands beside them."""
    full = {"title": None, "site": None, "cost": None, "added_carrier": None, "open": "no", **answers}
    try:
        saving = _saving(session, pact, full)
    except (KeyError, CannotBeReckoned, NoFactor):
        return full
    full["reckoned"] = {
        "kwh": saving.kwh,
        "grams": saving.grams,
        "factor": factors.stored(saving.factor),
        "doubts": rules.doubts(saving, full.get("consumption"), full.get("price")),
    }
    return full


def _saving(session: Session, pact: Pact, answers: Answers) -> Saving:
    year = measures.year_of(_since(answers))
    return measures.reckon(session, Kind(answers["kind"]), _carrier(answers), _statement(answers), pact, year)


def _carrier(answers: Answers) -> Carrier:
    return Carrier.ELECTRICITY if _carrier_is_clear(answers) else Carrier(answers["carrier"])


def _since(answers: Answers) -> date | None:
    return date(answers["since"], 1, 1) if answers.get("since") else None


def _statement(answers: Answers) -> Statement:
    amount = answers["amount"]
    added = answers.get("added_carrier")
    return Statement(
        Quantity(Unit(amount["unit"]), amount["value"]),
        Known(answers["known"]),
        answers.get("consumption"),
        answers.get("price"),
        Carrier(added) if added else None,
        answers.get("added") or 0,
    )


def _stated(form: Submission) -> Look:
    return _add(form, taken_over_from_id=form.subject_id or None)


def _stated_of_idea(form: Submission) -> Look:
    return _add(form, idea_id=form.subject_id)


def _add(form: Submission, **whence: int | None) -> Look:
    answers = form.answers
    t = screens.texts_of(form.pact, form.person)
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
    measure = measures.add(form.session, form.person, new, form.pact, form.now)
    return measures.look(form.session, form.person, measure.id, form.pact)


def _check_partner(session: Session, person: Person, measure_id: int) -> None:
    measures.partner_id(session, person)
    if measure_id:
        measures.visible(session, person, measure_id)


def _what_others_do(session: Session, _person: Person, measure_id: int) -> Answers:
    """Who does it too starts with what it is, and brings their own figures."""
    if not measure_id:
        return {}
    measure = measures.get(session, measure_id)
    return {"kind": measure.kind, "carrier": measure.carrier, "title": measure.title}


MEASURE: Questionnaire[Any] = Questionnaire(
    name="measure",
    title=N_("Report a measure"),
    questions=(
        *(KIND, CARRIER, AMOUNT, PRICE, CONSUMPTION, KNOWN, STATE, SINCE),
        *(TITLE, SITE, COST, ADDED_CARRIER, ADDED, OPEN),
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


def _check_idea(session: Session, person: Person, idea_id: int) -> None:
    """Of those that its reader may see."""
    measures.partner_id(session, person)
    board.visible(session, person, idea_id)


OF_IDEA: Questionnaire[Any] = replace(
    MEASURE,
    name="idea_measure",
    submit=_stated_of_idea,
    check=_check_idea,
    begin=None,
    preview=lambda asked: screens.draft(asked, OF_IDEA.applicable(asked.answers)),
)


def _figure_there(session: Session, person: Person, measure_id: int) -> Answers:
    measure = measures.own(session, person, measure_id)
    stated = measures.statement_of(measures.figure_of(session, measure))
    return {
        "amount": {"unit": stated.quantity.unit, "value": stated.quantity.value},
        "price": stated.price,
        "consumption": stated.consumption,
        "known": stated.known,
        "added_carrier": stated.added_carrier,
        "added": stated.added or None,
    }


def _corrected(form: Submission) -> Look:
    statement = _statement(form.answers)
    measures.correct(form.session, form.person, form.subject_id, statement, form.pact, form.now)
    return measures.look(form.session, form.person, form.subject_id, form.pact)


def check_own(session: Session, person: Person, measure_id: int) -> None:
    measures.own(session, person, measure_id)


def about(session: Session, measure_id: int) -> str:
    return measures.get(session, measure_id).title


CORRECT: Questionnaire[Any] = Questionnaire(
    name="fix_measure",
    title=N_("Correct the figure"),
    questions=(AMOUNT, PRICE, CONSUMPTION, KNOWN, ADDED_CARRIER, ADDED),
    submit=_corrected,
    done=lambda look, asked: screens.render_measure(look, asked.t),
    check=check_own,
    about=about,
    prefill=_figure_there,
    submit_label=N_("Save"),
)


def _proved(form: Submission) -> Look:
    measures.add_evidence(form.session, form.person, form.subject_id, form.answers["picture"], form.now)
    return measures.look(form.session, form.person, form.subject_id, form.pact)


PROVE: Questionnaire[Any] = Questionnaire(
    name="prove_measure",
    title=N_("Add what proves it"),
    questions=(
        Question(
            "picture",
            N_("Picture"),
            N_("Please send a picture: of the bill, the meter, the new machine."),
            read=lambda given, _asked: given,
            takes="photo",
        ),
    ),
    submit=_proved,
    done=lambda look, asked: screens.render_measure(look, asked.t),
    check=check_own,
    about=about,
    has_summary=False,
)

FORMS = (MEASURE, OF_IDEA, CORRECT, PROVE)
