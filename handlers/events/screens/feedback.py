"""After an event: thanks, three taps, what they came to, the recap."""

from markupsafe import Markup

from domain.basics.words import N_
from domain.events.feedback import BEST, WORST, Aspect, Results
from handlers.chat.buttons import StartForm, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    lines,
    list_pages,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.events.buttons import (
    DoWithEvent,
    EventDeed,
    GiveChange,
    GiveKeep,
    GiveScore,
    RemovePicture,
    ShowEvent,
    SureWithEvent,
)
from handlers.events.screens.event_text import SHOWN_RECAP, heading
from storage.events.feedback import version_of_recap
from storage.events.tables import Event
from storage.events.views import Card

SCORES = {4: N_("Very good"), 3: N_("Good"), 2: N_("So-so"), 1: N_("Not good")}
FACES = {4: "😀", 3: "🙂", 2: "😐", 1: "🙁"}
ASPECTS = {
    Aspect.CONTENT: N_("The contents"),
    Aspect.EXCHANGE: N_("The exchange"),
    Aspect.PLACE: N_("The place"),
    Aspect.LENGTH: N_("Time and length"),
    Aspect.NOTHING: N_("Nothing in particular"),
}
WISHES_PAGE = 1500  # characters


def render_thanks(card: Card, t: Texts) -> Screen:
    event_id = card.event.id
    scores = [
        Button(f"{FACES[score]} {t.label(SCORES[score])}", GiveScore(event_id, score))
        for score in range(BEST, WORST - 1, -1)
    ]
    return Screen(
        paragraphs(
            t("🙏 <b>Thank you for coming to “{title}”!</b>", title=card.event.title),
            t("Three taps help us with the next one. How was it?"),
        ),
        (tuple(scores[:2]), tuple(scores[2:]), _to_event(event_id, t)),
    )


def render_keep(event_id: int, t: Texts) -> Screen:
    return _aspects(event_id, t("What shall we keep?"), GiveKeep, t)


def render_to_change(event_id: int, t: Texts) -> Screen:
    return _aspects(event_id, t("And what shall we change?"), GiveChange, t)


def _aspects(event_id: int, text: Markup, give: "type[GiveKeep | GiveChange]", t: Texts) -> Screen:
    buttons = [Button(t.label(label), give(event_id, aspect)) for aspect, label in ASPECTS.items()]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Screen(text, (*rows, _to_event(event_id, t)))


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
            (Button(t.label("Yes, make it an idea"), StartForm("wish_idea", event_id), style="primary"),),
            (Button(t.label("No, only for the office"), ShowEvent(event_id)),),
        ),
    )


def render_results(event: Event, results: Results, missed: int | None, wishes: int, t: Texts) -> Screen:
    """The figures in words; the chart goes beside them."""
    event_id = event.id
    wished = Button(t.label("Wishes ({n})", n=wishes), TurnList("wishes", 0, event_id), style="primary")
    return Screen(
        _results_words(event, results, missed, t),
        (
            *(((wished,),) if wishes else ()),
            (Button(t.label("Recap"), DoWithEvent(event_id, EventDeed.RECAP)),),
            _to_event(event_id, t),
        ),
    )


def _results_words(event: Event, results: Results, missed: int | None, t: Texts) -> Markup:
    return paragraphs(
        t("<b>{title}</b>", title=shorten(event.title, 80)),
        lines(
            t.plural(
                "One of {asked} answered.",
                "{n} of {asked} answered.",
                results.answered,
                asked=results.asked,
            ),
            t("On average {mark} of 4.", mark=t.decimal(results.average))
            if results.average is not None
            else "",
            t.plural("One seat stayed empty.", "{n} seats stayed empty.", missed)
            if missed is not None
            else t("Nobody was checked in, so nobody can be missed."),
        ),
    )


def render_wishes(event: Event, wishes: list[str], number: int, t: Texts) -> Screen:
    """All of them, in full."""
    event_id = event.id
    pages = _pages(wishes)
    number = min(max(number, 0), len(pages) - 1)
    return Screen(
        paragraphs(
            t("<b>Wishes after “{title}”</b>", title=shorten(event.title, 80)),
            *(Markup("• {}").format(wish) for wish in pages[number]),
        ),
        (
            *list_pages(number, len(pages), "wishes", t, event_id),
            (Button(t.label("Results"), DoWithEvent(event_id, EventDeed.RESULTS)),),
        ),
    )


def _pages(wishes: list[str]) -> list[list[str]]:
    """As many on each as fit a phone's screen or two, one at least."""
    pages: list[list[str]] = [[]]
    for wish in wishes:
        if pages[-1] and sum(map(len, pages[-1])) + len(wish) > WISHES_PAGE:
            pages.append([])
        pages[-1].append(wish)
    return pages


def _to_event(event_id: int, t: Texts) -> Row:
    return (Button(t.label("To the event"), ShowEvent(event_id)),)


def render_recap_draft(event: Event, t: Texts) -> Screen:
    """The recap as the office works on it, before and after it was sent."""
    pictures = len(event.recap_pictures)
    return Screen(
        paragraphs(
            _recap_state(event, t),
            heading(event, t),
            shorten(event.recap, SHOWN_RECAP),
            t.plural("One picture", "{n} pictures", pictures) if pictures else "",
        ),
        (*_recap_ways(event, t), _to_event(event.id, t)),
    )


def _recap_ways(event: Event, t: Texts) -> list[Row]:
    event_id = event.id
    write = t.label("Change the text") if event.recap else t.label("Write the text")
    rows: list[Row] = [
        (Button(write, StartForm("recap", event_id), style=None if event.recap else "primary"),),
        (Button(t.label("Add pictures"), StartForm("recap_pics", event_id)),),
    ]
    if event.recap_pictures:
        rows.append((_pictures_button(event, t),))
    if event.recap and _is_unsent(event):
        label = (
            t.label("Send the correction") if event.recap_sent_at else t.label("Send to all who were invited")
        )
        rows.append((Button(label, DoWithEvent(event_id, EventDeed.SEND_RECAP), style="success"),))
    if event.recap:
        as_markdown = Button(t.label("As Markdown"), TurnList("press-md", 0, event_id))
        rows.append((as_markdown, Button(t.label("For Word"), TurnList("press-docx", 0, event_id))))
    return rows


def render_ask_recap(event: Event, contacts: int, t: Texts) -> Screen:
    event_id = event.id
    yes = SureWithEvent(event_id, EventDeed.SEND_RECAP, version_of_recap(event))
    return are_you_sure(
        paragraphs(
            t.plural(
                "Send this to <b>one contact</b>? It cannot be called back.",
                "Send this to <b>{n} contacts</b>? It cannot be called back.",
                contacts,
            ),
            heading(event, t),
            shorten(event.recap, SHOWN_RECAP),
            t.plural("One picture", "{n} pictures", len(event.recap_pictures))
            if event.recap_pictures
            else "",
        ),
        Button(t.label("Yes, send it"), yes, style="success"),
        Button(t.label("Back"), DoWithEvent(event_id, EventDeed.RECAP)),
    )


def _is_unsent(event: Event) -> bool:
    """Whether there is something that people have not been sent."""
    sent_at, changed_at = event.recap_sent_at, event.recap_changed_at
    return changed_at is not None and (sent_at is None or sent_at < changed_at)


def _recap_state(event: Event, t: Texts) -> Markup:
    if event.recap_sent_at is None:
        return t("<b>Recap, not sent yet.</b> Only the office sees it.")
    if _is_unsent(event):
        return t(
            "<b>Recap, changed after it was sent.</b> The event's card shows it as it is now; "
            "the correction goes out once you send it."
        )
    return t("<b>Recap, sent on {day}</b>", day=t.day(event.recap_sent_at))


def _pictures_button(event: Event, t: Texts) -> Button:
    label = t.label("Pictures ({n})", n=len(event.recap_pictures))
    return Button(label, DoWithEvent(event.id, EventDeed.PICTURES))


def render_pictures(card: Card, t: Texts) -> Screen:
    """Of the recap; the office can take each away."""
    event_id, pictures = card.event.id, card.event.recap_pictures
    text = t("Pictures of “{title}”", title=card.event.title)
    if not card.is_staff:
        return Screen(text, (_to_event(event_id, t),), pictures=tuple(pictures))
    remove = [
        Button(t.label("Remove no. {n}", n=number), RemovePicture(event_id, number, len(pictures)))
        for number in range(1, len(pictures) + 1)
    ]
    rows = [tuple(remove[at : at + 2]) for at in range(0, len(remove), 2)]
    back = (Button(t.label("Recap"), DoWithEvent(event_id, EventDeed.RECAP)),)
    return Screen(text, (*rows, back), pictures=tuple(pictures))


def render_recap_sent(event: Event, t: Texts) -> Screen:
    return Screen(t("The recap is on its way to all who were invited."), (_to_event(event.id, t),))


def render_recap(card: Card, t: Texts, *, is_again: bool) -> Screen:
    return Screen(
        paragraphs(
            lines(
                t("<i>Corrected; please take this one.</i>") if is_again else "",
                t("📸 <b>What people took home: {title}</b>", title=card.event.title),
            ),
            heading(card.event, t),
            shorten(card.event.recap, SHOWN_RECAP),
        ),
        (_to_event(card.event.id, t), to_menu(t)),
        pictures=tuple(card.event.recap_pictures),
    )
