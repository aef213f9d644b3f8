"""Questions to the office in words, as the person and as the staff see them."""

from markupsafe import Markup

from domain.basics.addresses import phone_in_words
from domain.basics.words import N_
from handlers.chat.buttons import DropWords, Go, SendAs, StartForm
from handlers.chat.screens.screen import (
    Button,
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
from handlers.joining.buttons import ShowRequest
from handlers.mailings.screens.words import named
from handlers.office.buttons import CloseInquiry, ShowInquiry
from handlers.partners.buttons import ShowOrganisation
from storage.engine.following import Shows
from storage.engine.people import is_reachable
from storage.engine.tables import Person
from storage.office.inquiries import Line, Thread

SHOWN = 400  # characters of one line of a thread: six of them fit one message
SHOWN_OWN = 2000  # of an answer that was not sent
NAMED = 60
LINE = N_("<i>{who}, {moment}</i>\n{text}")


def render_asked(thread: Thread, t: Texts) -> Screen:
    sent = t("✅ Your question is with the office. The answer will come here.")
    return Screen(sent, (_more(thread, t), to_menu(t)))


def render_replied(thread: Thread, t: Texts) -> Screen:
    return Screen(t("✅ Your answer is with the office."), (_more(thread, t), to_menu(t)))


def _more(thread: Thread, t: Texts) -> Row:
    return (Button(t.label("Add something"), StartForm("reply", thread.inquiry.id)),)


def render_overtaken(thread: Thread, text: str, t: Texts) -> Screen:
    """To staff, whose answer was not sent because somebody else's went out while it was written."""
    send = Button(t.label("Send mine as well"), SendAs("answer", thread.inquiry.id))
    return Screen(
        paragraphs(
            t("⚠️ <b>Somebody has answered in the meantime. Yours is not sent yet.</b>"),
            *_lines(thread, t)[-1:],
            t("<i>Your answer</i>\n{text}", text=shorten(text, SHOWN_OWN)),
        ),
        ((send,), (Button(t.label("Drop it"), DropWords()),)),
    )


def render_answer(thread: Thread, t: Texts) -> Screen:
    """What the person who asked sees."""
    reply = Button(t.label("Reply"), StartForm("reply", thread.inquiry.id))
    newest = thread.lines[-1]
    if not newest.is_office:
        head = t("<b>Your question to the office</b>")
        return Screen(paragraphs(head, *_lines(thread, t)), ((reply,), to_menu(t)))
    words = (
        N_("💬 <b>The office writes about your request:</b> {text}")
        if thread.inquiry.request_id
        else N_("💬 <b>The office has answered:</b> {text}")
    )
    return Screen(_newest_first(words, thread, t), ((reply,), to_menu(t)))


def _newest_first(words: str, thread: Thread, t: Texts, **values: str) -> Markup:
    """The last word on top, where a list of chats shows it, and what was said before below."""
    newest, *_ = reversed(thread.lines)
    head = t(words, text=shorten(newest.text, SHOWN), **values)
    return paragraphs(lines(head, _said(newest, t)), *_lines(thread, t)[:-1])


def _said(line: Line, t: Texts) -> Markup:
    about = {"who": shorten(line.by, NAMED), "moment": t.moment(line.written_at)}
    head = N_("<i>{who}, {moment}, corrected</i>") if line.corrected_at else N_("<i>{who}, {moment}</i>")
    return t(head, **about)


def render_thread(thread: Thread, t: Texts) -> Screen:
    """What staff see."""
    who = ", ".join(shorten(name, NAMED) for name in (thread.person.name, thread.organisation) if name)
    answer = Button(
        t.label("Reply"),
        StartForm("answer", thread.inquiry.id),
        style="primary" if thread.waits_for_office else None,
    )
    inquiry_id, request_id = thread.inquiry.id, thread.inquiry.request_id
    done = Button(t.label("Done"), CloseInquiry(inquiry_id))
    case = Button(t.label("To the case"), ShowRequest(request_id or 0))
    person, organisation_id = thread.person, thread.person.organisation_id
    partner = Button(t.label("The partner"), ShowOrganisation(organisation_id or 0), beside=True)
    return Screen(
        paragraphs(
            _thread_text(thread, who, t),
            _mailing(thread, t),
            "" if is_reachable(person) else _call(person, t),
        ),
        (
            (answer, done) if thread.inquiry.waits_since else (answer,),
            *(((case,),) if request_id else ()),
            *(((partner,),) if organisation_id else ()),
            (Button(t.label("All questions"), Go("inquiries")),),
        ),
        shows=Shows("inquiry", inquiry_id),
    )


def _mailing(thread: Thread, t: Texts) -> Markup:
    if thread.mailing is None:
        return Markup()
    return t("✉️ Answer to the mailing “{mailing}”", mailing=named(thread.mailing, t))


def _thread_text(thread: Thread, who: str, t: Texts) -> Markup:
    is_answer = thread.inquiry.request_id
    if thread.waits_for_office:
        question, answer = N_("<b>Question from {who}:</b> {text}"), N_("<b>Answer from {who}:</b> {text}")
        return _newest_first(answer if is_answer else question, thread, t, who=who)
    told = N_("<b>Answer from {who}</b>") if is_answer else N_("<b>Question from {who}</b>")
    return paragraphs(t(told, who=who), *_lines(thread, t))


def _call(person: Person, t: Texts) -> Markup:
    ways = ", ".join(filter(None, (phone_in_words(person.phone), person.email)))
    return t("📞 Cannot be written to here, please call or write: {ways}", ways=ways or "–")


def _lines(thread: Thread, t: Texts) -> list[Markup]:
    return [_line(line, t) for line in thread.lines]


def _line(line: Line, t: Texts) -> Markup:
    head = N_("<i>{who}, {moment}, corrected</i>\n{text}") if line.corrected_at else LINE
    return t(
        head,
        who=shorten(line.by, NAMED),
        moment=t.moment(line.written_at),
        text=shorten(line.text, SHOWN),
    )


def render_waiting(threads: list[Thread], number: int, t: Texts) -> Screen:
    desk = (Button(t.label("Office"), Go("office")),)
    if not threads:
        return Screen(t("No question is waiting."), (desk,))
    shown, number, pages = page_of(threads, number)
    buttons = tuple(
        (Button(f"{thread.person.name}: {thread.lines[-1].text}", ShowInquiry(thread.inquiry.id)),)
        for thread in shown
    )
    turn = list_pages(number, pages, "inquiries", t)
    head = t.plural("<b>One question is waiting.</b>", "<b>{n} questions are waiting.</b>", len(threads))
    return Screen(head, (*buttons, *turn, desk))
