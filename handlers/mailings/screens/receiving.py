"""What whoever gets a mailing sees beside it: why it came, the way out, the answer; what staff are told."""

from collections.abc import Sequence
from typing import Any

from domain.basics.pact import Pact
from domain.mailings.mailings import Purpose
from handlers.chat.buttons import Payload, StartForm
from handlers.chat.screens.screen import (
    Button,
    File,
    Row,
    Screen,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.mailings.buttons import MailingAct, OnMailing, WishMailings
from handlers.mailings.screens.words import named
from handlers.office.buttons import ShowInquiry
from storage.mailings.tables import Mailing
from storage.office.inquiries import Thread


def footer(purpose: Purpose, pact: Pact, t: Texts) -> str:
    """Under every mailing, why it came."""
    if purpose is Purpose.NEWS:
        return t.label("News of the {pact}, as you agreed.", pact=pact.name)
    return t.label("From the office of the {pact} to you as a contact.", pact=pact.name)


def keyboard(mailing_id: int, t: Texts) -> Any:
    rows = (
        (
            Button(t.label("Reply"), OnMailing(MailingAct.REPLY, mailing_id)),
            Button(t.label("No more of these"), OnMailing(MailingAct.WHY, mailing_id)),
        ),
    )
    return Screen(lines(), rows).keyboard()


def render_why(mailing: Mailing, pact: Pact, t: Texts) -> Screen:
    no = Button(t.label("No more of these"), OnMailing(MailingAct.NO_MORE, mailing.id), style="danger")
    text = (
        t("You get news because you agreed to it. You can take that back at any time.")
        if mailing.purpose is Purpose.NEWS
        else t(
            "The office writes about the pact's own business to the contacts of its partners. If you want "
            "none of these messages here, it reaches you by e-mail or phone; invitations and answers "
            "still come."
        )
    )
    return Screen(paragraphs(text, t("Questions: {email}", email=pact.email)), ((no,), to_menu(t)))


def render_no_more(purpose: Purpose, t: Texts) -> Screen:
    undo = Button(t.label("I want them after all"), WishMailings(list(Purpose).index(purpose), 1))
    text = (
        t("✅ You get no more news.")
        if purpose is Purpose.NEWS
        else t("✅ You will get no more mailings from the office here.")
    )
    return Screen(text, ((undo,), to_menu(t)))


def render_wishes(wished: dict[Purpose, bool], pact: Pact, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Messages of the {pact}</b>", pact=pact.name),
            lines(
                t("News about the pact, now and then: <b>{state}</b>", state=_state(wished[Purpose.NEWS], t)),
                t(
                    "What partners have to know about the pact: <b>{state}</b>",
                    state=_state(wished[Purpose.BUSINESS], t),
                ),
            ),
            t(
                "You can change both at any time. Your choice is kept with its date until you leave; each "
                "message has a way out too."
            ),
        ),
        (*(_switch(purpose, is_wanted, t) for purpose, is_wanted in wished.items()), to_menu(t)),
    )


def _state(is_wanted: bool, t: Texts) -> str:
    return t.label("yes") if is_wanted else t.label("no")


def _switch(purpose: Purpose, is_wanted: bool, t: Texts) -> Row:
    labels = {
        (Purpose.NEWS, True): t.label("No more news"),
        (Purpose.NEWS, False): t.label("Yes, send me news"),
        (Purpose.BUSINESS, True): t.label("No mailings to partners"),
        (Purpose.BUSINESS, False): t.label("Yes, mailings to partners"),
    }
    wish = WishMailings(list(Purpose).index(purpose), 0 if is_wanted else 1)
    return (Button(labels[purpose, is_wanted], wish),)


def render_answered(mailing_id: int, t: Texts) -> Screen:
    more = Button(t.label("Add something"), OnMailing(MailingAct.REPLY, mailing_id))
    return Screen(t("✅ Your answer is with the office. Its reply will come here."), ((more,), to_menu(t)))


def render_answers(mailing: Mailing, threads: Sequence[Thread], number: int, t: Texts) -> Screen:
    shown, number, pages = page_of(threads, number)
    return Screen(
        paragraphs(
            t.plural("<b>One person has answered</b>", "<b>{n} people have answered</b>", len(threads)),
            *(
                t(
                    "{sign} <b>{who}</b>\n{text}",
                    sign="❗" if one.inquiry.waits_since else "✓",
                    who=shorten(", ".join(filter(None, (one.person.name, one.organisation))), 80),
                    text=shorten(" / ".join(line.text for line in one.lines if not line.is_office), 300),
                )
                for one in shown
            ),
        ),
        (
            *((Button(one.person.name, ShowInquiry(one.inquiry.id)),) for one in shown),
            *list_pages(number, pages, "mailing-answers", t, mailing.id),
            (Button(t.label("To the mailing"), OnMailing(MailingAct.SHOW, mailing.id)),),
        ),
    )


def render_asked(mailing: Mailing, by: str, t: Texts) -> Screen:
    """To the others of the staff."""
    return Screen(
        paragraphs(
            t("✉️ <b>{name} asks you to approve a mailing to all</b>", name=by),
            shorten(named(mailing, t), 200),
        ),
        ((Button(t.label("Look at it"), OnMailing(MailingAct.SHOW, mailing.id), style="primary"),),),
    )


def render_copied(mailing: Mailing, t: Texts) -> Screen:
    return Screen(
        t("⬆️ This is how it arrives, with these buttons, in each person's own language."),
        (
            (Button(t.label("To the mailing"), OnMailing(MailingAct.SHOW, mailing.id), style="primary"),),
            (Button(t.label("New content"), StartForm("mailing_text", mailing.id)),),
        ),
    )


def render_recap(title: str, event: Payload, file: File, t: Texts) -> Screen:
    """A text about an event, for others to go on with."""
    return Screen(t("📝 {title}", title=title), ((Button(t.label("To the event"), event),),), file=file)
