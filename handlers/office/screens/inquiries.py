"""Questions to the office in words, as the person and as the staff see them."""

from markupsafe import Markup

from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Screen, list_pages, page_of, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.joining.buttons import ShowRequest
from handlers.office.buttons import CloseInquiry, ShowInquiry
from storage.office.inquiries import Line, Thread

SHOWN = 400  # characters of one line of a thread: six of them fit one message
NAMED = 60


def render_asked(t: Texts) -> Screen:
    return Screen(t("✅ Your question is with the office. The answer will come here."), (to_menu(t),))


def render_replied(t: Texts) -> Screen:
    return Screen(t("✅ Your answer is with the office."), (to_menu(t),))


def render_answer(thread: Thread, t: Texts) -> Screen:
    """What the person who asked sees."""
    reply = Button(t.label("Reply"), StartForm("reply", thread.inquiry.id or 0))
    head = (
        t("<b>The office writes about your request</b>")
        if thread.inquiry.request_id
        else t("<b>The office has answered</b>")
    )
    return Screen(paragraphs(head, *_lines(thread, t)), ((reply,), to_menu(t)))


def render_thread(thread: Thread, t: Texts) -> Screen:
    """What staff see."""
    who = ", ".join(shorten(name, NAMED) for name in (thread.person.name, thread.organisation) if name)
    answer = Button(
        t.label("Answer"),
        StartForm("answer", thread.inquiry.id or 0),
        style="primary" if thread.waits_for_office else None,
    )
    inquiry_id, request_id = thread.inquiry.id or 0, thread.inquiry.request_id
    done = Button(t.label("Done"), CloseInquiry(inquiry_id))
    case = Button(t.label("To the case"), ShowRequest(request_id or 0))
    head = t("<b>Answer from {who}</b>", who=who) if request_id else t("<b>Question from {who}</b>", who=who)
    return Screen(
        paragraphs(head, *_lines(thread, t)),
        (
            (answer, done) if thread.inquiry.waits_since else (answer,),
            *(((case,),) if request_id else ()),
            (Button(t.label("All questions"), Go("inquiries")),),
        ),
    )


def _lines(thread: Thread, t: Texts) -> list[Markup]:
    return [_line(line, t) for line in thread.lines]


def _line(line: Line, t: Texts) -> Markup:
    return t(
        "<i>{who}, {moment}</i>\n{text}",
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
        (Button(f"{thread.person.name}: {thread.lines[-1].text}", ShowInquiry(thread.inquiry.id or 0)),)
        for thread in shown
    )
    turn = list_pages(number, pages, "inquiries", t)
    head = t.plural("<b>One question is waiting.</b>", "<b>{n} questions are waiting.</b>", len(threads))
    return Screen(head, (*buttons, *turn, desk))
