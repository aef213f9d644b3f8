"""After an event: thanks, three taps, what they came to, the recap."""

from markupsafe import Markup

from domain.feedback import BEST, WORST, Aspect, Results
from handlers.buttons import (
    DoWithEvent,
    EventDeed,
    GiveChange,
    GiveKeep,
    GiveScore,
    ShowEvent,
    ShowGuests,
    StartForm,
    WishToIdea,
)
from handlers.screens.events import facts
from handlers.screens.menu import to_menu
from handlers.screens.screen import Button, Row, Screen, lines, paragraphs, shorten
from handlers.texts import N_, Texts
from storage.events import Card
from storage.tables import Event

SCORES = {4: N_("Very good"), 3: N_("Good"), 2: N_("So-so"), 1: N_("Not good")}
FACES = {4: "😀", 3: "🙂", 2: "😐", 1: "🙁"}
ASPECTS = {
    Aspect.CONTENT: N_("The contents"),
    Aspect.EXCHANGE: N_("The exchange"),
    Aspect.PLACE: N_("The place"),
    Aspect.LENGTH: N_("Time and length"),
    Aspect.NOTHING: N_("Nothing in particular"),
}
SHOWN_WISHES = 8


def render_thanks(card: Card, t: Texts) -> Screen:
    event_id = card.event.id or 0
    scores = [
        Button(f"{FACES[score]} {t.label(SCORES[score])}", GiveScore(event_id, score))
        for score in range(BEST, WORST - 1, -1)
    ]
    return Screen(
        paragraphs(
            t("🙏 <b>Thank you for coming to “{title}”!</b>", title=card.event.title),
            t("Three taps help us with the next one. How was it?"),
        ),
        (tuple(scores[:2]), tuple(scores[2:])),
    )


def render_keep(event_id: int, t: Texts) -> Screen:
    return _aspects(event_id, t("What shall we keep?"), GiveKeep, t)


def render_to_change(event_id: int, t: Texts) -> Screen:
    return _aspects(event_id, t("And what shall we change?"), GiveChange, t)


def _aspects(event_id: int, text: Markup, give: "type[GiveKeep | GiveChange]", t: Texts) -> Screen:
    buttons = [Button(t.label(label), give(event_id, aspect)) for aspect, label in ASPECTS.items()]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Screen(text, rows)


def render_given(event_id: int, t: Texts) -> Screen:
    return Screen(
        t("Thank you! Is there something you wish for?"),
        ((Button(t.label("Write down a wish"), StartForm("wish", event_id)),), to_menu(t)),
    )


def render_wish_noted(event_id: int, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("Your wish is noted for the office."),
            t("May it become a draft of an idea? You check it first; then all partners can read it."),
        ),
        (
            (Button(t.label("Yes, make it an idea"), WishToIdea(event_id), style="primary"),),
            (Button(t.label("No, only for the office"), ShowEvent(event_id)),),
        ),
    )


def render_results(event: Event, results: Results, missed: int | None, wishes: list[str], t: Texts) -> Screen:
    """The figures in words; the chart goes beside them."""
    event_id = event.id or 0
    shown = [shorten(wish, 80) for wish in wishes[:SHOWN_WISHES]]
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=shorten(event.title, 80)),
            lines(
                t("{answered} of {asked} answered.", answered=results.answered, asked=results.asked),
                t("On average {mark} of 4.", mark=t.decimal(results.average))
                if results.average is not None
                else "",
                t.plural("One seat stayed empty.", "{n} seats stayed empty.", missed)
                if missed is not None
                else t("Nobody was checked in, so nobody can be missed."),
            ),
            lines(t("<b>Wishes</b>"), *(Markup("• {}").format(wish) for wish in shown)) if shown else "",
        ),
        (
            (Button(t.label("Recap"), StartForm("recap", event_id)),),
            (Button(t.label("Guests"), ShowGuests(event_id)),),
        ),
    )


def render_recap_draft(event: Event, t: Texts) -> Screen:
    event_id = event.id or 0
    rows: list[Row] = [
        (Button(t.label("Add a picture"), StartForm("recap_pic", event_id)),),
        (
            Button(
                t.label("Send to all who were invited"),
                DoWithEvent(event_id, EventDeed.RECAP),
                style="success",
            ),
        ),
        (Button(t.label("Change the text"), StartForm("recap", event_id)),),
        (Button(t.label("Guests"), ShowGuests(event_id)),),
    ]
    return Screen(
        paragraphs(
            t("<b>Recap, not sent yet</b>"),
            facts(event, None, t),
            t.plural("One picture", "{n} pictures", len(event.recap_pictures))
            if event.recap_pictures
            else "",
        ),
        tuple(rows),
    )


def render_recap_sent(event: Event, t: Texts) -> Screen:
    return Screen(
        t("The recap is on its way to all who were invited."),
        ((Button(t.label("Guests"), ShowGuests(event.id or 0)),),),
    )


def render_recap(card: Card, t: Texts) -> Screen:
    return Screen(
        paragraphs(t("📸 <b>What people took home</b>"), facts(card.event, None, t)),
        ((Button(t.label("To the event"), ShowEvent(card.event.id or 0)),), to_menu(t)),
        pictures=tuple(card.event.recap_pictures[:10]),
    )
