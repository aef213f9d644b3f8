"""A measure in words: its card with the arithmetic, lists of them, and the pact's sum."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.measures.factors import Carrier
from domain.measures.measures import Doubt, Kind, State
from domain.measures.quantities import Quantity
from domain.measures.sums import Sum
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.questions import Answers, Asked, Question
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    italic,
    lines,
    list_pages,
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
from storage.measures.joint import Met, Share
from storage.measures.measures import Line, Look, Order, Page
from storage.measures.pact_sum import PactSum
from storage.measures.tables import Measure

TITLE = 60
HEADS = {
    Order.OURS: N_("Our measures"),
    Order.OTHERS: N_("What other partners do"),
    Order.ALL: N_("All measures"),
}
LISTS = {Order.OURS: "measures", Order.OTHERS: "measures-others", Order.ALL: "measures-all"}


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
    return render_measure(look, t).under(t("✅ <b>Reported. Thank you!</b>"))


def render_measure(look: Look, t: Texts) -> Screen:
    measure = look.measure
    return Screen(
        paragraphs(
            lines(
                t("🌱 <b>{title}</b>", title=measure.title),
                italic(_facts(look, t)),
            ),
            _saving(look, t),
            _money(look, t),
            _others(look, t),
            lines(*(t("⚠️ {doubt}", doubt=t.label(words.DOUBTS[one])) for one in look.doubts))
            if look.is_own
            else "",
        ),
        _ways(look, t),
    )


def _facts(look: Look, t: Texts) -> str:
    measure = look.measure
    facts = (
        look.organisation.name if look.organisation and not look.is_own else "",
        measure.site,
        t.label(words.STATES[measure.state]),
        words.year_of(measure.since, t),
    )
    return ", ".join(fact for fact in facts if fact)


def _saving(look: Look, t: Texts) -> Markup:
    figure, saving = look.figure, look.saving
    stated = Quantity(figure.unit, figure.value)
    return lines(
        t(
            "{carrier}: {quantity} a year, {known}",
            carrier=t.label(words.CARRIERS[look.measure.carrier]),
            quantity=words.quantity(stated, t),
            known=t.label(words.KNOWN[figure.known]).lower(),
        ),
        t("<b>{tonnes} a year</b>", tonnes=words.tonnes(figure.grams, t))
        if saving.counts
        else t("A green tariff saves nothing by the grid's mix; it is shown apart and enters no sum."),
    )


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
    measure_id = look.measure.id
    how = Button(t.label("How it is reckoned"), OnMeasure(MeasureAct.ARITHMETIC, measure_id))
    own: tuple[Row, ...]
    if look.is_own or look.is_staff:
        own = (
            (
                Button(t.label("New state"), OnMeasure(MeasureAct.STATES, measure_id)),
                Button(t.label("Correct"), StartForm("fix_measure", measure_id)),
            ),
            (
                how,
                Button(t.label("Add evidence"), StartForm("prove_measure", measure_id)),
            ),
            (
                _visible(look, t),
                Button(t.label("Share it with a partner"), StartForm("share_measure", measure_id)),
            ),
        )
    else:
        own = (
            (Button(t.label("We do this too"), StartForm("measure", measure_id), style="primary"),),
            (Button(t.label("Talk about it"), OnMeasure(MeasureAct.MEET, measure_id)), how),
        )
    newer = (
        ((Button(t.label("Reckon with the newest factor"), OnMeasure(MeasureAct.RECALCULATE, measure_id)),),)
        if look.newer and look.is_own
        else ()
    )
    evidence = (
        ((Button(t.label("See the evidence"), OnMeasure(MeasureAct.EVIDENCE, measure_id)),),)
        if look.evidence and (look.is_own or look.is_staff)
        else ()
    )
    idea = (
        ((Button(t.label("The idea behind it"), OnIdea(IdeaAct.SHOW, look.measure.idea_id)),),)
        if look.measure.idea_id
        else ()
    )
    return (*own, *newer, *evidence, *idea, (Button(t.label("Measures"), Go("measures-home")), *to_menu(t)))


def _visible(look: Look, t: Texts) -> Button:
    label = t.label("Hide from others") if look.measure.is_open else t.label("Show to others")
    return Button(label, OnMeasure(MeasureAct.OPEN, look.measure.id, int(not look.measure.is_open)))


def render_arithmetic(look: Look, t: Texts) -> Screen:
    figure, saving = look.figure, look.saving
    added = saving.added_factor
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=look.measure.title),
            lines(
                words.arithmetic(saving.kwh, saving.factor, saving.grams if not added else _gross(look), t),
                t("less {what}", what=words.arithmetic(saving.added, added, _gross(look) - figure.grams, t))
                if added
                else "",
            ),
            _conversion(look, t),
            t(
                "Not in it: {family} alone count; nothing of making, transporting and scrapping machines.",
                family=t.label(words.FAMILIES[saving.factor.family]),
            ),
            _of_newer(look, t),
            _history(look, t),
        ),
        ((Button(t.label("To the measure"), OnMeasure(MeasureAct.SHOW, look.measure.id)),),),
    )


def _gross(look: Look) -> int:
    saving = look.saving
    return look.figure.grams if saving.added_factor is None else look.gross_grams


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
    if look.newer is None:
        return Markup()
    return t(
        "There is a newer factor: {factor}. What is reported stays as it is.",
        factor=words.factor(look.newer, t),
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
    return Screen(
        t("Evidence for <b>{title}</b>", title=look.measure.title),
        ((Button(t.label("To the measure"), OnMeasure(MeasureAct.SHOW, look.measure.id)),),),
        pictures=tuple(one.picture for one in look.evidence if one.picture),
    )


def render_home(*, is_staff: bool, is_partner: bool, t: Texts) -> Screen:
    stranger = ((Button(t.label("Join the pact"), StartForm("join", 0), style="primary"),),)
    office = (
        (
            Button(t.label("All measures"), Go("measures-all")),
            Button(t.label("Reports of partners"), Go("reports-all")),
        ),
        (Button(t.label("Emission factors"), Go("measures-factors")),),
    )
    partner = (
        (Button(t.label("Report a measure"), StartForm("measure", 0), style="primary"),),
        (Button(t.label("Our measures"), Go("measures")), Button(t.label("Our reports"), Go("reports"))),
        (Button(t.label("What others do"), Go("measures-others")),),
    )
    return Screen(
        paragraphs(
            t("<b>Measures and savings</b>"),
            t("What partners do for the climate and what it saves. A measure takes six taps and a number."),
        ),
        (
            *(office if is_staff else partner if is_partner else stranger),
            (Button(t.label("What we save together"), Go("measures-sum")),),
            to_menu(t),
        ),
    )


def render_list(page: Page, t: Texts) -> Screen:
    entries = [_entry(number, line, page.order, t) for number, line in enumerate(page.lines, 1)]
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=t.label(HEADS[page.order])),
            *entries,
            "" if entries else t("There is none yet."),
        ),
        (
            *_numbers(page),
            *list_pages(page.number, page.pages, LISTS[page.order], t, page.subject_id),
            *(((_by_carrier(page, t)),) if page.order is not Order.OURS else ()),
            (Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),
        ),
    )


def _numbers(page: Page) -> tuple[Row, ...]:
    shown = enumerate(page.lines, 1)
    buttons = tuple(
        Button(str(number), OnMeasure(MeasureAct.SHOW, line.measure.id)) for number, line in shown
    )
    return (buttons,) if buttons else ()


def _by_carrier(page: Page, t: Texts) -> Row:
    """The carriers that most firms have, to look at one of them alone."""
    carriers = list(Carrier)
    shown = (Carrier.ELECTRICITY, Carrier.GAS, Carrier.DIESEL)
    all_of_them = (
        (Button(t.label("All carriers"), TurnList(LISTS[page.order], 0, 0)),) if page.subject_id else ()
    )
    return (
        *all_of_them,
        *(
            Button(t.label(words.CARRIERS[one]), TurnList(LISTS[page.order], 0, carriers.index(one) + 1))
            for one in shown
            if carriers.index(one) + 1 != page.subject_id
        ),
    )


def _entry(number: int, line: Line, order: Order, t: Texts) -> Markup:
    facts = (
        line.organisation if order is not Order.OURS else "",
        t.label(words.CARRIERS[line.measure.carrier]),
        words.tonnes(line.figure.grams, t) if line.measure.kind is not Kind.GREEN_TARIFF else "",
        t.label(words.STATES[line.measure.state]) if line.measure.state is not State.DONE else "",
    )
    return t(
        "<b>{number}</b>  {title}\n<i>{facts}</i>",
        number=number,
        title=shorten(line.measure.title, TITLE),
        facts=", ".join(fact for fact in facts if fact),
    )


def render_sum(found: PactSum, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>What the partners save together</b>"),
            _sum(t.label("Carried out"), found.reached, t),
            _sum(t.label("Being carried out"), found.under_way, t),
            _sum(t.label("Planned and decided"), found.intended, t),
            _cells(
                t.label("By energy carrier"),
                [(t.label(words.CARRIERS[key]), cell) for key, cell in found.by_carrier.cells.items()],
                found.by_carrier.rest,
                t,
            ),
            italic(
                t(
                    "Savings in a year, {family}. Figures with fewer than five organisations are not shown.",
                    family=t.label(words.FAMILIES[found.family]),
                )
            ),
        ),
        (
            (
                Button(t.label("Chart"), Go("measures-chart")),
                Button(t.label("As a PDF"), Go("measures-pdf")),
            ),
            (Button(t.label("Text for the homepage"), Go("measures-text")),),
            (Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),
        ),
    )


def _sum(title: str, found: Sum | None, t: Texts) -> Markup:
    if found is None:
        return t("<b>{title}</b>: too few organisations to tell", title=title)
    return lines(
        t(
            "<b>{title}: {tonnes} a year</b>",
            title=title,
            tonnes=words.tonnes(found.grams, t),
        ),
        t(
            "{kwh}; {organisations} organisations, {measures} measures",
            kwh=words.kwh(found.kwh, t),
            organisations=found.organisations,
            measures=found.measures,
        ),
        t(
            "median {middle}, the three largest have {giants} %",
            middle=words.tonnes(found.middle or 0, t),
            giants=round(100 * found.giants) if found.giants is not None else 0,
        ),
    )


def _cells(title: str, cells: Sequence[tuple[str, Sum]], rest: Sum | None, t: Texts) -> Markup:
    if not cells and rest is None:
        return Markup()
    rows = [t("{what}: {tonnes}", what=what, tonnes=words.tonnes(cell.grams, t)) for what, cell in cells]
    if rest:
        rows.append(t("others: {tonnes}", tonnes=words.tonnes(rest.grams, t)))
    return lines(t("<b>{title}</b>", title=title), bullets(rows))


def render_meet_asked(measure: Measure, t: Texts) -> Screen:
    return Screen(
        t(
            "Whoever answers for <b>{title}</b> is asked. You hear of each other if they agree.",
            title=measure.title,
        ),
        ((Button(t.label("To the measure"), OnMeasure(MeasureAct.SHOW, measure.id)),),),
    )


def render_match(met: Met, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("🤝 Somebody would like to talk to you about <b>{title}</b>.", title=met.measure.title),
            t(
                "From: {organisation}. May they have your name, and you theirs?",
                organisation=met.organisation,
            )
            if met.organisation
            else t("May they have your name, and you theirs?"),
        ),
        (
            (
                Button(
                    t.label("Yes, gladly"), OnMeasure(MeasureAct.LET_MEET, met.match.id, 1), style="success"
                ),
                Button(t.label("No"), OnMeasure(MeasureAct.LET_MEET, met.match.id, 0)),
            ),
        ),
    )


def render_met(met: Met, t: Texts) -> Screen:
    facts = ", ".join(
        fact for fact in (met.other.name, met.organisation, met.other.email, met.other.phone) if fact
    )
    return Screen(
        paragraphs(
            t("🤝 About <b>{title}</b>: you can talk to each other.", title=met.measure.title),
            facts,
        ),
        (to_menu(t),),
    )


def render_not_met(t: Texts) -> Screen:
    return Screen(t("All right, nobody hears your name."), (to_menu(t),))


def render_share(asked: Share, t: Texts) -> Screen:
    measure_id = asked.measure.id
    return Screen(
        paragraphs(
            t("🤝 <b>{title}</b>: a joint measure?", title=asked.measure.title),
            t(
                "{organisation} says that {percent} % of it are yours: {tonnes} a year.",
                organisation=asked.organisation,
                percent=asked.share.percent,
                tonnes=words.tonnes(asked.grams, t),
            ),
        ),
        (
            (
                Button(t.label("Agreed"), OnMeasure(MeasureAct.AGREE, measure_id, 1), style="success"),
                Button(t.label("No"), OnMeasure(MeasureAct.AGREE, measure_id, 0)),
            ),
            (Button(t.label("See the measure"), OnMeasure(MeasureAct.SHOW, measure_id)),),
        ),
    )


def render_share_settled(measure: Measure, t: Texts) -> Screen:
    return Screen(
        t("A partner has answered about their share of <b>{title}</b>.", title=measure.title),
        ((Button(t.label("See the measure"), OnMeasure(MeasureAct.SHOW, measure.id)),),),
    )


def render_not_shared(t: Texts) -> Screen:
    return Screen(t("All right, none of it counts as yours."), (to_menu(t),))
