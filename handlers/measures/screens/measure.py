"""A measure in words: its card with the arithmetic, its states and what proves it."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from domain.basics.pact import Pact
from domain.measures.factors import Carrier
from domain.measures.measures import Doubt
from domain.measures.quantities import Quantity
from handlers.chat.buttons import Go, StartForm
from handlers.chat.questions import Answers, Asked, Question
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    italic,
    lines,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts, texts_in
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.measures.buttons import MeasureAct, OnMeasure
from handlers.measures.screens import words
from storage.engine.tables import Person
from storage.measures import factors
from storage.measures.tables import Measure, MeasureEvidence, MeasureFigure
from storage.measures.views import Look

SHARES = 5  # that can be ended by a button
EVIDENCE = 10  # pieces that are shown, as many as one album has
REMOVABLE = 5


def texts_of(pact: Pact, person: Person) -> Texts:
    return texts_in(person.language, pact.timezone)


def reckoned(answers: Answers, t: Texts) -> Markup:
    """Under the answers: what they come to."""
    found = answers.get("reckoned")
    if not found:
        return Markup()
    sum_line = words.arithmetic(found["kwh"], factors.read_stored(found["factor"]), found["grams"], t)
    return lines(
        sum_line, *(t("⚠️ {doubt}", doubt=t.label(words.DOUBTS[Doubt(one)])) for one in found["doubts"])
    )


def draft(asked: Asked, questions: Sequence[Question]) -> Markup:
    """What was answered, without what nobody has to say, and what it comes to."""
    t, answers = asked.t, asked.answers
    said = [one for one in questions if answers.get(one.key) not in (None, "no")]
    return paragraphs(
        lines(*(t("{label}: {value}", label=t.label(one.label), value=one.in_words(asked)) for one in said)),
        reckoned(answers, t),
    )


def render_stated(look: Look, t: Texts) -> Screen:
    """Who does what others do too can tell them so at once."""
    screen = render_measure(look, t).under(t("✅ <b>Reported. Thank you!</b>"))
    other_id = look.measure.taken_over_from_id
    if not other_id:
        return screen
    row = (Button(t.label("Talk to who did it first"), OnMeasure(MeasureAct.MEET, other_id)),)
    return replace(screen, rows=(row, *screen.rows))


def render_measure(look: Look, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            lines(
                t("🌱 <b>{title}</b>", title=look.measure.title),
                italic(_facts(look, t)),
            ),
            lines(_saving(look, t), _counted(look, t)),
            _money(look, t),
            _plausible(look, t) if look.is_own or look.is_staff else "",
            _others(look, t),
            not_in_it(look, t),
        ),
        (*_ways(look, t), (Button(t.label("Measures"), Go("measures-home")), *to_menu(t))),
    )


def not_in_it(look: Look, t: Texts) -> Markup:
    return t(
        "Not in it: {family} alone count; nothing of making, transporting and scrapping machines.",
        family=t.label(words.FAMILIES[look.saving.factor.family]),
    )


def _facts(look: Look, t: Texts) -> str:
    measure = look.measure
    facts = (
        look.organisation.name if look.organisation and not look.is_own else "",
        words.site(measure, t),
        t.label(words.STATES[measure.state]),
        words.year_of(measure.since, t),
    )
    return ", ".join(fact for fact in facts if fact)


def _saving(look: Look, t: Texts) -> Markup:
    figure, saving = look.figure, look.saving
    return lines(
        t(
            "{carrier}: {quantity} a year, {known}",
            carrier=t.label(words.CARRIERS[look.measure.carrier]),
            quantity=words.quantity(Quantity(figure.unit, figure.value), t),
            known=t.label(words.KNOWN[figure.known]).lower(),
        ),
        arithmetic(look, t),
        t("<b>{tonnes} a year</b>", tonnes=words.tonnes(figure.grams, t))
        if saving.counts
        else t("A green tariff saves nothing by the grid's mix; it is shown apart and enters no sum."),
    )


def arithmetic(look: Look, t: Texts) -> Markup:
    """What is saved by which factor, less what is needed in addition."""
    saving, added = look.saving, look.saving.added_factor
    if not saving.counts:
        return Markup()
    gross = look.gross_grams
    return lines(
        words.arithmetic(saving.kwh, saving.factor, gross, t),
        t("less {what}", what=words.arithmetic(saving.added, added, gross - look.figure.grams, t))
        if added
        else "",
    )


def _counted(look: Look, t: Texts) -> Markup:
    if look.counted is None:
        return Markup()
    return t(
        "In the pact's sum {tonnes} of it count for you: shares and other measures on the same heat are "
        "taken off.",
        tonnes=words.tonnes(look.counted.grams, t),
    )


def _plausible(look: Look, t: Texts) -> Markup:
    """What the figure was judged by, and what is asked about."""
    figure, saving = look.figure, look.saving
    facts = (
        t.label("{percent} % of the consumption", percent=round(100 * saving.kwh / figure.consumption))
        if figure.consumption
        else "",
        t.label("{grams} g for a kWh", grams=t.number(round(saving.grams / saving.kwh)))
        if saving.kwh and saving.counts
        else "",
        words.price(figure.price, t) if figure.price else "",
    )
    said = ", ".join(fact for fact in facts if fact)
    if look.doubts:
        asked = [t("⚠️ {doubt}", doubt=t.label(words.DOUBTS[one])) for one in look.doubts]
        return lines(*asked, italic(said) if said else "")
    return t("Plausible: {facts}", facts=said) if said else Markup()


def _money(look: Look, t: Texts) -> Markup:
    paid_back = look.payback_months
    return lines(
        t("{euros} a year", euros=words.euros(look.cents, t)) if look.cents else "",
        t("Cost: {euros}", euros=words.euros(look.measure.cost, t)) if look.measure.cost else "",
        t("Pays for itself in {time}", time=words.months(paid_back, t)) if paid_back else "",
    )


def _others(look: Look, t: Texts) -> Markup:
    shares = [
        t("{organisation}: {percent} %", organisation=one.organisation.name, percent=one.percent)
        + ("" if one.has_agreed else t(", not agreed yet"))
        for one in look.shares
    ]
    return lines(
        lines(t("<b>Joint measure</b>"), bullets(shares)) if shares else "",
        t.plural("One partner does this too.", "{n} partners do this too.", look.taken_over)
        if look.taken_over
        else "",
        t.plural("One piece of evidence", "{n} pieces of evidence", len(look.evidence))
        if look.evidence
        else "",
    )


def _ways(look: Look, t: Texts) -> tuple[Row, ...]:
    measure_id, idea_id = look.measure.id, look.measure.idea_id
    how = Button(t.label("How it is reckoned"), OnMeasure(MeasureAct.ARITHMETIC, measure_id))
    if look.is_own:
        first = _own_ways(look, how, t)
    elif look.is_staff:
        first = ((how,), *_evidence_way(look, t))
    elif look.takes_part:
        first = (*_share_ways(look, t), (how,))
    else:
        first = (
            (Button(t.label("We do this too"), StartForm("measure", measure_id), style="primary"),),
            (Button(t.label("Talk about it"), OnMeasure(MeasureAct.MEET, measure_id)), how),
        )
    if not idea_id:
        return first
    return (*first, (Button(t.label("The idea behind it"), OnIdea(IdeaAct.SHOW, idea_id), beside=True),))


def _own_ways(look: Look, how: Button, t: Texts) -> tuple[Row, ...]:
    measure_id = look.measure.id
    newer = (Button(t.label("Reckon with the newest factor"), OnMeasure(MeasureAct.RECALCULATE, measure_id)),)
    shares = tuple(
        (
            Button(
                t.label("End the share of {partner}", partner=one.organisation.name),
                OnMeasure(MeasureAct.ASK_END_SHARE, measure_id, one.organisation.id),
            ),
        )
        for one in look.shares[:SHARES]
    )
    idea = (Button(t.label("Make an idea or a tour of it"), StartForm("measure_idea", measure_id)),)
    return (
        (
            Button(t.label("New state"), OnMeasure(MeasureAct.STATES, measure_id)),
            Button(t.label("Correct"), StartForm("fix_measure", measure_id)),
        ),
        (how, Button(t.label("Add evidence"), StartForm("prove_measure", measure_id))),
        (
            _visible(look, t),
            Button(t.label("Share it with a partner"), StartForm("share_measure", measure_id)),
        ),
        *((newer,) if look.newer else ()),
        *_evidence_way(look, t),
        *shares,
        *((idea,) if not look.measure.idea_id else ()),
    )


def _evidence_way(look: Look, t: Texts) -> tuple[Row, ...]:
    seen = Button(t.label("See the evidence"), OnMeasure(MeasureAct.EVIDENCE, look.measure.id))
    return ((seen,),) if look.evidence else ()


def _share_ways(look: Look, t: Texts) -> tuple[Row, ...]:
    """Of who takes part: the answer, if it is still owed, and the way out."""
    measure_id = look.measure.id
    mine = next(one for one in look.shares if one.organisation.id == look.partner_id)
    if not mine.has_agreed:
        return (
            (
                Button(t.label("Agreed"), OnMeasure(MeasureAct.AGREE, measure_id, 1), style="success"),
                Button(t.label("No"), OnMeasure(MeasureAct.AGREE, measure_id, 0)),
            ),
        )
    end = OnMeasure(MeasureAct.ASK_END_SHARE, measure_id, look.partner_id)
    return ((Button(t.label("End our share"), end),),)


def _visible(look: Look, t: Texts) -> Button:
    label = t.label("Hide from others") if look.measure.is_open else t.label("Show to others")
    return Button(label, OnMeasure(MeasureAct.OPEN, look.measure.id, int(not look.measure.is_open)))


def render_arithmetic(look: Look, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=look.measure.title),
            lines(arithmetic(look, t), _counted(look, t)),
            _conversion(look, t),
            not_in_it(look, t),
            _of_newer(look, t),
            _history(look, t),
        ),
        ((Button(t.label("To the measure"), OnMeasure(MeasureAct.SHOW, look.measure.id)),),),
    )


def _conversion(look: Look, t: Texts) -> Markup:
    figure = look.figure
    return lines(
        t("Consumption: {kwh} a year", kwh=words.kwh(figure.consumption, t)) if figure.consumption else "",
        t("Price: {price}", price=words.price(figure.price, t)) if figure.price else "",
        t("Gas is billed by its upper heating value, the factor is for the lower one.")
        if look.measure.carrier is Carrier.GAS
        else "",
    )


def _of_newer(look: Look, t: Texts) -> Markup:
    """Beside what was reported, which stays."""
    if look.newer is None:
        return Markup()
    return t(
        "There is a newer factor: {factor}. By it they would be {tonnes} a year; what is reported stays as "
        "it is.",
        factor=words.factor(look.newer.factor, t),
        tonnes=words.tonnes(look.newer.grams, t),
    )


def _history(look: Look, t: Texts) -> Markup:
    earlier = [
        t(
            "{day}: {quantity}, {tonnes}",
            day=t.day(one.stated_at),
            quantity=words.quantity(Quantity(one.unit, one.value), t),
            tonnes=words.tonnes(one.grams, t),
        )
        for one in look.earlier[:5]
    ]
    return lines(t("<b>Before</b>"), bullets(earlier)) if earlier else Markup()


def render_states(measure: Measure, t: Texts) -> Screen:
    return Screen(
        t("How far is <b>{title}</b>?", title=measure.title),
        (
            *(
                (
                    Button(
                        t.label("✓ {state}", state=t.label(label))
                        if state is measure.state
                        else t.label(label),
                        OnMeasure(MeasureAct.STATE, measure.id, number),
                    ),
                )
                for number, (state, label) in enumerate(words.STATES.items())
            ),
            (Button(t.label("To the measure"), OnMeasure(MeasureAct.SHOW, measure.id)),),
        ),
    )


def render_evidence(look: Look, t: Texts) -> Screen:
    """With the period that each piece goes with: since when that figure stands."""
    stated = {one.id: one for one in (look.figure, *look.earlier)}
    shown = look.evidence[-EVIDENCE:]
    removable = look.evidence[-REMOVABLE:]
    return Screen(
        paragraphs(
            t("Evidence for <b>{title}</b>", title=look.measure.title),
            bullets(_piece(number, one, stated[one.figure_id], t) for number, one in enumerate(shown, 1)),
        ),
        (
            *(
                (
                    Button(
                        t.label("Take out {number}", number=len(shown) - len(removable) + place),
                        OnMeasure(MeasureAct.REMOVE_EVIDENCE, one.id),
                    ),
                )
                for place, one in enumerate(removable, 1)
            ),
            (Button(t.label("To the measure"), OnMeasure(MeasureAct.SHOW, look.measure.id)),),
        ),
        pictures=tuple(one.picture for one in shown if one.picture),
        documents=tuple(one.document for one in shown if one.document),
    )


def _piece(number: int, one: MeasureEvidence, figure: MeasureFigure, t: Texts) -> Markup:
    return t(
        "{number}: {name}, {day}, for {tonnes} stated on {stated}",
        number=number,
        name=shorten(one.name, 60) or t.label("picture"),
        day=t.day(one.added_at),
        tonnes=words.tonnes(figure.grams, t),
        stated=t.day(figure.stated_at),
    )
