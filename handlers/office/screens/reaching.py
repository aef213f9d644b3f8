"""The lists by which the office calls and writes: for an event, a mailing, a release of the programme."""

from domain.basics.addresses import phone_in_words
from domain.events.event import EventState
from handlers.chat.buttons import TurnList
from handlers.chat.screens.screen import Button, Row, Screen, bullets, lines, list_pages, page_of, paragraphs
from handlers.chat.texts import Texts
from handlers.events.buttons import (
    EnterAnswer,
    EnterGuestOf,
    Listed,
    OnReach,
    ReachAct,
    ShowGuests,
    ShowPlan,
)
from handlers.events.screens.reaching import WHYS, attempt_in_words, in_words
from handlers.mailings.buttons import MailingAct, OnMailing
from handlers.mailings.screens.words import named
from handlers.partners.buttons import ShowOrganisation
from handlers.programme.buttons import OnYear, YearAct
from storage.events.reaching import Reached
from storage.events.tables import Event
from storage.mailings.tables import Mailing
from storage.office.reaching import Subject, ToReach

LISTS = {
    Listed.EVENT: "to_reach",
    Listed.SILENT: "silent",
    Listed.MAILING: "mailing_to_reach",
    Listed.PROGRAMME: "release_to_reach",
}


def titled(subject: Subject, t: Texts) -> str:
    """What it is about, in words."""
    if isinstance(subject, Event):
        return subject.title
    if isinstance(subject, Mailing):
        return named(subject, t)
    return t.label("Programme {year}, version {n}", year=subject.year, n=subject.number)


def _back(subject: Subject, t: Texts) -> Button:
    if isinstance(subject, Event):
        if subject.state is EventState.DRAFT:
            return Button(t.label("Back"), ShowPlan(subject.id))
        return Button(t.label("Guests"), ShowGuests(subject.id))
    if isinstance(subject, Mailing):
        return Button(t.label("To the mailing"), OnMailing(MailingAct.SHOW, subject.id))
    return Button(t.label("To the year"), OnYear(YearAct.DESK, subject.year))


def render_to_reach(listed: ToReach, which: Listed, page: int, t: Texts) -> Screen:
    """A list to work off; whoever was reached is gone from it."""
    subject, found = listed.subject, listed.found
    shown, page, pages = page_of(found, page)
    head = t("<b>{title}</b>", title=titled(subject, t))
    if not found:
        return Screen(paragraphs(head, t("Everybody was reached, or has answered.")), ((_back(subject, t),),))
    return Screen(
        paragraphs(
            head,
            t.plural(
                "One organisation is not reached here. Tap it when you have called or written.",
                "{n} organisations are not reached here. Tap one when you have called or written.",
                len(found),
            ),
            lines(*(lines(in_words(one, t), attempt_in_words(one.last, t)) for one in shown)),
        ),
        (
            *(
                (
                    Button(
                        one.organisation.name,
                        OnReach(ReachAct.SHOW, subject.id, one.organisation.id, page, which),
                    ),
                )
                for one in shown
            ),
            *list_pages(page, pages, LISTS[which], t, subject.id),
            (Button(t.label("File for letters"), OnReach(ReachAct.FILE, subject.id, 0, 0, which)),),
            (_back(subject, t),),
        ),
    )


def render_one(listed: ToReach, which: Listed, page: int, t: Texts) -> Screen:
    """How to reach an organisation, and what came of it; each leads back to the page of the list."""
    subject, (one,) = listed.subject, listed.found
    organisation_id = one.organisation.id

    def act(label: str, act: ReachAct) -> Button:
        seen = one.last.id if one.last else 0
        return Button(label, OnReach(act, subject.id, organisation_id, page, which, seen))

    return Screen(
        lines(
            t("<b>{name}</b>", name=one.organisation.name),
            t("{why}", why=t.label(WHYS[one.why])) if one.why else "",
            bullets(
                ", ".join(filter(None, (person.name, phone_in_words(person.phone), person.email)))
                for person in one.contacts[:8]
            ),
            t("Phone: {phone}", phone=phone_in_words(one.organisation.phone))
            if one.organisation.phone
            else "",
            attempt_in_words(one.last, t),
            t("<i>{title}, {when}</i>", title=subject.title, when=t.span(subject.starts_at, subject.ends_at))
            if isinstance(subject, Event)
            else t("<i>{title}</i>", title=titled(subject, t)),
        ),
        (
            *(_enter_answer(subject, one, t) if isinstance(subject, Event) else ()),
            (act(t.label("Called"), ReachAct.CALLED), act(t.label("Letter sent"), ReachAct.LETTER)),
            (act(t.label("E-mail sent"), ReachAct.EMAIL),),
            (act(t.label("Not reached, call tomorrow"), ReachAct.MISSED),),
            (act(t.label("Not reached, call in three days"), ReachAct.LATER),),
            (act(t.label("Not reached, call in a week"), ReachAct.NEXT_WEEK),),
            (act(t.label("Not reached, call on another day"), ReachAct.OTHER_DAY),),
            (Button(t.label("The partner"), ShowOrganisation(organisation_id), beside=True),),
            (Button(t.label("Back to the list"), TurnList(LISTS[which], page, subject.id)),),
        ),
    )


def _enter_answer(event: Event, one: Reached, t: Texts) -> tuple[Row, ...]:
    main = one.contacts[0] if one.contacts else None
    answer = (
        EnterAnswer(event.id, main.id, EnterAnswer.SHOW, 0)
        if main
        else EnterGuestOf(event.id, one.organisation.id)
    )
    return ((Button(t.label("Enter the answer"), answer, style="primary", beside=True),),)
