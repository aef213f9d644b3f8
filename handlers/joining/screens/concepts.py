"""The SME check and the climate-protection concept in words."""

from markupsafe import Markup

from domain.basics.words import N_
from domain.joining.concepts import STATES, ConceptState
from domain.joining.sme import Help, Key, Outcome, Reason, Rule, Verdict
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.joining.buttons import AskConcept, ChangeConcept, ShowConcept
from storage.engine.following import Shows
from storage.joining.concepts import Registered

ASKS = {
    Key.STAFF: N_("How many people work for you, as full-time posts over a year?"),
    Key.PUBLIC: N_("Do public bodies hold 25 % or more of your organisation?"),
    Key.TURNOVER: N_("How high was the turnover of the last approved accounts, in million euros?"),
    Key.BALANCE: N_("How high was the balance sheet total of the last approved accounts, in million euros?"),
    Key.OWNERSHIP: N_("What is your closest tie to another enterprise, in either direction?"),
    Key.COUNTED: N_("Do your figures include those of these enterprises?"),
    Key.YEARS: N_("For how many years in a row has it been so?"),
    Key.BEFORE: N_("What was your organisation before?"),
}
HELPS = {
    Help.WORK_UNITS: N_("Apprentices are not counted, part-time pro rata."),
    Help.PUBLIC_BODIES: N_("By capital or votes. Universities and small municipalities are exceptions."),
    Help.LAST_ACCOUNTS: N_("A range is enough; the exact figure is not kept."),
    Help.TIES: N_("By capital or votes: partner from 25 %, linked over 50 %."),
    Help.COUNTING_OTHERS: N_("Partners pro rata, linked ones in full."),
    Help.TWO_YEARS: N_("The status changes only after two years in a row."),
}
OPTIONS = {
    Key.STAFF: {
        "under_10": N_("under 10"),
        "10_49": N_("10 to 49"),
        "50_249": N_("50 to 249"),
        "250_749": N_("250 to 749"),
        "750_plus": N_("750 or more"),
    },
    Key.PUBLIC: {"no": N_("No"), "yes": N_("Yes"), "excepted": N_("Yes, but an exception")},
    Key.TURNOVER: {
        "up_to_2": N_("up to 2"),
        "up_to_10": N_("up to 10"),
        "up_to_50": N_("up to 50"),
        "up_to_150": N_("up to 150"),
        "more": N_("more"),
    },
    Key.BALANCE: {
        "up_to_2": N_("up to 2"),
        "up_to_10": N_("up to 10"),
        "up_to_43": N_("up to 43"),
        "up_to_129": N_("up to 129"),
        "more": N_("more"),
    },
    Key.OWNERSHIP: {
        "independent": N_("Independent (under 25 %)"),
        "partner": N_("Partner (25 to 50 %)"),
        "linked": N_("Linked (over 50 %)"),
    },
    Key.COUNTED: {"yes": N_("Yes"), "no": N_("No")},
    Key.YEARS: {
        "both": N_("Two years or longer"),
        "last_only": N_("Only the last one"),
        "new": N_("We are new"),
    },
    Key.BEFORE: {
        "sme": N_("Small or medium-sized"),
        "mid_cap": N_("Small mid-cap"),
        "larger": N_("Larger"),
    },
}
NOT_SURE = N_("Not sure")
OUTCOMES = {
    Outcome.SME: N_("✅ <b>You are a small or medium-sized enterprise.</b>"),
    Outcome.MID_CAP: N_("<b>You are a small mid-cap, no longer an SME.</b>"),
    Outcome.NOT_SME: N_("<b>You are not a small or medium-sized enterprise.</b>"),
    Outcome.UNCLEAR: N_("<b>That cannot be said from these answers.</b>"),
}
REASONS = {
    Reason.WITHIN_CEILINGS: N_("Staff is under 250, and turnover or balance sheet within the limits."),
    Reason.WITHIN_MID_CAP: N_(
        "Staff is under 750, and turnover or balance sheet within the limits for mid-caps."
    ),
    Reason.TOO_MANY_STAFF: N_("There are 750 or more full-time posts."),
    Reason.TOO_MUCH_MONEY: N_("Turnover and balance sheet are both above the limits."),
    Reason.PUBLIC_OWNER: N_("Public bodies hold 25 % or more."),
    Reason.STATUS_KEPT: N_("One year on the other side of a limit changes nothing; the former status stays."),
    Reason.STAFF_UNSURE: N_("The number of full-time posts decides."),
    Reason.MONEY_UNSURE: N_("Turnover or balance sheet decides."),
    Reason.PUBLIC_UNSURE: N_("It depends on what public bodies hold."),
    Reason.OWNERSHIP_UNSURE: N_("It depends on the ties to other enterprises."),
    Reason.OTHERS_NOT_COUNTED: N_("The figures of partner or linked enterprises have to be added first."),
    Reason.EXCEPTED_AND_LINKED: N_(
        "An exception for the owner and a link to another enterprise need a closer look."
    ),
    Reason.YEARS_UNSURE: N_("It depends on how long it has been so."),
    Reason.BEFORE_UNSURE: N_("It depends on what the organisation was before."),
    Reason.UNFINISHED: N_("An answer is missing."),
}


RULES = {
    Rule.CEILINGS: N_("Art. 2(1) of 2003/361/EC"),
    Rule.EXCEPTED_OWNERS: N_("Art. 3(2) of 2003/361/EC"),
    Rule.TIES: N_("Art. 3(1) to (3) of 2003/361/EC"),
    Rule.PUBLIC_OWNERS: N_("Art. 3(4) of 2003/361/EC"),
    Rule.LAST_ACCOUNTS: N_("Art. 4(1) of 2003/361/EC"),
    Rule.TWO_YEARS: N_("Art. 4(2) of 2003/361/EC"),
    Rule.HEADCOUNT: N_("Art. 5 of 2003/361/EC"),
    Rule.FIGURES_OF_OTHERS: N_("Art. 6(2) of 2003/361/EC"),
    Rule.MID_CAP: N_("annex of (EU) 2025/1099"),
}


def render_verdict(verdict: Verdict, t: Texts, *, is_registered: bool) -> Screen:
    register = t("You are registered for the free climate-protection concept. The office will be in touch.")
    ask = t("The office looks at it with you.") if verdict.outcome is Outcome.UNCLEAR else ""
    return Screen(
        paragraphs(
            t(OUTCOMES[verdict.outcome]),
            lines(t(REASONS[verdict.reason_key]), t("Rule: {rule}", rule=t.label(RULES[verdict.rule]))),
            register if is_registered else ask,
        ),
        ((Button(t.label("Ask the office"), StartForm("ask", 0)),), to_menu(t)),
    )


def render_concept(found: Registered, t: Texts) -> Screen:
    """What staff see."""
    return Screen(
        paragraphs(
            t("<b>Concept: {organisation}</b>", organisation=found.organisation.name),
            _state(found, t),
            t("Registered: {moment}", moment=t.moment(found.concept.registered_at)),
        ),
        (*_changes(found, t), (Button(t.label("All concepts"), Go("concepts")),)),
        shows=Shows("concept", found.organisation.id),
    )


def _state(found: Registered, t: Texts) -> Markup:
    return lines(
        t("State: <b>{state}</b>", state=t(STATES[found.concept.state])),
        t("Reason: {reason}", reason=found.concept.reason) if found.concept.reason else "",
    )


def _changes(found: Registered, t: Texts) -> tuple[Row, ...]:
    organisation_id = found.organisation.id
    forward = tuple(
        Button(t.label(STATES[state]), AskConcept(organisation_id, state))
        for state in (ConceptState.COMMISSIONED, ConceptState.DELIVERED)
        if state is not found.concept.state
    )
    if found.concept.state is ConceptState.IMPOSSIBLE:
        return (forward,)
    return (
        forward,
        (Button(t.label(STATES[ConceptState.IMPOSSIBLE]), StartForm("impossible", organisation_id)),),
    )


def render_ask(found: Registered, state: ConceptState, t: Texts) -> Screen:
    """Before the partner is told."""
    organisation_id = found.organisation.id
    yes = ChangeConcept(organisation_id, state, found.concept.state)
    return are_you_sure(
        t(
            "The concept of <b>{organisation}</b>: from “{before}” to “{after}”? They are told at once.",
            organisation=shorten(found.organisation.name, 160),
            before=t.label(STATES[found.concept.state]),
            after=t.label(STATES[state]),
        ),
        Button(t.label("Yes, tell them"), yes, style="success"),
        Button(t.label("Back"), ShowConcept(organisation_id)),
    )


def render_changed(found: Registered, t: Texts) -> Screen:
    """What the organisation's contacts are told."""
    return Screen(
        paragraphs(
            t("<b>Your climate-protection concept</b>"),
            _state(found, t),
        ),
        ((Button(t.label("Ask the office"), StartForm("ask", 0)),), to_menu(t)),
    )


def render_concepts(concepts: list[Registered], number: int, t: Texts) -> Screen:
    desk = (Button(t.label("Office"), Go("office")),)
    if not concepts:
        return Screen(t("Nobody is registered for a concept yet."), (desk,))
    shown, number, pages = page_of(concepts, number)
    buttons = tuple(
        (
            Button(
                f"{t.label(STATES[found.concept.state])}: {found.organisation.name}",
                ShowConcept(found.organisation.id),
            ),
        )
        for found in shown
    )
    turn = list_pages(number, pages, "concepts", t)
    return Screen(t("<b>Climate-protection concepts</b>"), (*buttons, *turn, desk))
