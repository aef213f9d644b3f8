"""Choosing to whom a mailing goes."""

from collections.abc import Sequence

from domain.mailings.selections import OPTIONS, By, Selection
from handlers.chat.buttons import StartForm, TurnList
from handlers.chat.screens.screen import Button, Row, Screen, lines, list_pages, page_of, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.mailings.buttons import MailingAct, OnMailing
from handlers.mailings.screens.words import NAMED, QUESTIONS, option_in_words, whom
from storage.events.tables import Event
from storage.ideas.board import Line
from storage.mailings.results import Look
from storage.mailings.tables import KeptSelection, Mailing

ORGANISATIONS = (By.KIND, By.CATEGORY, By.SIZE, By.SECTOR)
HUNDRED = 100


def render_whom(look: Look, t: Texts) -> Screen:
    mailing_id, selection = look.mailing.id, look.chosen.selection
    words = whom(look.chosen, t)
    by = [
        Button(
            f"✓ {t.label(QUESTIONS[one])}" if getattr(selection, one) else t.label(QUESTIONS[one]),
            OnMailing(MailingAct.BY, mailing_id, list(By).index(one)),
        )
        for one in (*ORGANISATIONS, By.TOPIC)
    ]
    everybody = Button(
        t.label("✓ All partners") if selection.everybody else t.label("All partners"),
        OnMailing(MailingAct.ALL, mailing_id),
    )
    keep = Button(t.label("Keep this choice"), StartForm("keep_choice", mailing_id))
    return Screen(
        paragraphs(
            t("<b>To whom?</b>"),
            t("Now: {whom}", whom=shorten(words, 600)) if words else "",
            _count(look, t),
            t("Within one question any of what you choose counts, across questions all must be true."),
        ),
        (
            (everybody,),
            tuple(by[:2]),
            tuple(by[2:4]),
            (
                Button(t.label("By event"), TurnList("mailing-events", 0, mailing_id)),
                Button(t.label("By idea"), TurnList("mailing-ideas", 0, mailing_id)),
            ),
            (by[4],),
            (Button(t.label("Kept choices"), TurnList("kept-choices", 0, mailing_id)),),
            *(
                ((keep, Button(t.label("Choose anew"), OnMailing(MailingAct.NOBODY, mailing_id))),)
                if words
                else ()
            ),
            _done(look.mailing, t),
        ),
    )


def _count(look: Look, t: Texts) -> str:
    return lines(
        t.plural("One person gets it.", "{n} people get it.", look.gets)
        if look.gets
        else t("Nobody gets it yet."),
        t.plural("One more cannot or does not want to.", "{n} more cannot or do not want to.", look.without)
        if look.without
        else "",
    )


def _done(mailing: Mailing, t: Texts) -> Row:
    return (Button(t.label("To the mailing"), OnMailing(MailingAct.SHOW, mailing.id), style="primary"),)


def _back(mailing: Mailing, t: Texts) -> Row:
    return (Button(t.label("Back"), OnMailing(MailingAct.WHOM, mailing.id)),)


def options_of(by: By, topics: Sequence[str]) -> Sequence[str]:
    return topics if by is By.TOPIC else OPTIONS[by]


def render_options(look: Look, by: By, topics: Sequence[str], t: Texts) -> Screen:
    chosen: Sequence[str] = getattr(look.chosen.selection, by)
    place = list(By).index(by) * HUNDRED
    buttons = tuple(
        (
            Button(
                ("✓ " if option in chosen else "") + option_in_words(by, option, t),
                OnMailing(MailingAct.SWITCH, look.mailing.id, place + number),
            ),
        )
        for number, option in enumerate(options_of(by, topics))
    )
    about = t("Event: {title}", title=look.chosen.event) if by is By.ANSWER else ""
    return Screen(
        paragraphs(t("<b>{question}</b>", question=t.label(QUESTIONS[by])), about, _count(look, t)),
        (*buttons, _back(look.mailing, t)),
    )


def render_events(mailing: Mailing, events: Sequence[Event], number: int, t: Texts) -> Screen:
    shown, number, pages = page_of(events, number)
    mailing_id = mailing.id
    return Screen(
        t("<b>By their answer to which event?</b>") if events else t("There is no event yet."),
        (
            *(
                (
                    Button(
                        f"{t.short_day(event.starts_at)} {event.title}",
                        OnMailing(MailingAct.EVENT, mailing_id, event.id),
                    ),
                )
                for event in shown
            ),
            *list_pages(number, pages, "mailing-events", t, mailing_id),
            _back(mailing, t),
        ),
    )


def render_ideas(
    mailing: Mailing, selection: Selection, ideas: Sequence[Line], number: int, pages: int, t: Texts
) -> Screen:
    mailing_id = mailing.id
    return Screen(
        t("<b>Those who had, support or carry on which idea?</b>") if ideas else t("There is no idea yet."),
        (
            *(
                (
                    Button(
                        ("✓ " if line.idea.id in selection.ideas else "")
                        + shorten(" ".join(line.idea.text.split()), NAMED),
                        OnMailing(MailingAct.IDEA, mailing_id, line.idea.id),
                    ),
                )
                for line in ideas
            ),
            *list_pages(number, pages, "mailing-ideas", t, mailing_id),
            _back(mailing, t),
        ),
    )


def render_kept(mailing: Mailing, kept: Sequence[KeptSelection], number: int, t: Texts) -> Screen:
    shown, number, pages = page_of(kept, number)
    mailing_id = mailing.id
    return Screen(
        t("<b>Kept choices</b>\nThey mean whoever fits them on the day.")
        if kept
        else t("No choice is kept yet. Choose people, then “Keep this choice”."),
        (
            *(
                (
                    Button(one.name, OnMailing(MailingAct.KEPT, mailing_id, one.id)),
                    Button(t.label("🗑 Remove"), OnMailing(MailingAct.DROP_KEPT, mailing_id, one.id)),
                )
                for one in shown
            ),
            *list_pages(number, pages, "kept-choices", t, mailing_id),
            _back(mailing, t),
        ),
    )
