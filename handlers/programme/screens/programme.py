"""The programme as everybody sees it, by month, and what partners are asked and told about it."""

from itertools import groupby

from markupsafe import Markup

from domain.basics.words import N_
from domain.events.event import Status
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    File,
    Row,
    Screen,
    bullets,
    italic,
    lines,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowEvent
from handlers.programme.buttons import (
    AnswerHost,
    AskToWithdraw,
    OnPoll,
    OnSlot,
    OnYear,
    PollAct,
    ShowHostQuestion,
    SlotAct,
    YearAct,
)
from handlers.programme.screens.polls import render_poll
from handlers.programme.screens.words import (
    CANS,
    NAMED,
    VERDICTS,
    change_in_words,
    date_of,
    day_of,
    month_of,
    where,
)
from storage.programme.hosts import Asked
from storage.programme.polls import Poll
from storage.programme.releases import Line, News, Programme
from storage.programme.slots import Slot
from storage.programme.tables import HostAnswer

ROW = 5
MOST_DECISIONS = 6  # in one notice
SHOWN = 12  # entries or changes in one notice
OPENED = 25  # events with a button
TOLD_HOST = {
    HostAnswer.YES: N_("<b>{name}</b> hosts “{title}” on {day}."),
    HostAnswer.OTHER: N_("<b>{name}</b> would host “{title}”, but on another date: {other}."),
    HostAnswer.NO: N_("<b>{name}</b> cannot host “{title}” on {day}."),
    HostAnswer.WITHDRAWN: N_("<b>{name}</b> cannot host “{title}” on {day} after all."),
    HostAnswer.PASSED: N_("<b>{name}</b> is no longer asked about “{title}”."),
}

FILES = {
    "ics": N_("Opens in your calendar."),
    "pdf": N_("To print or to hand on."),
    "xlsx": N_("Each number with the rows that it is worked out from."),
    "md": N_("Text to work on."),
    "docx": N_("Text to work on."),
}


def render_programme(programme: Programme, address: str, t: Texts) -> Screen:
    year = programme.year
    numbered = list(enumerate(programme.lines, 1))
    months = groupby(numbered, key=lambda pair: month_of(pair[1].entry, t))
    return Screen(
        paragraphs(
            lines(
                t("<b>Programme {year}</b>", year=year),
                italic(t("Version {n} of {day}", n=programme.number, day=t.day(programme.released_at))),
            ),
            *(
                lines(t("<b>{month}</b>", month=t.month_name(month)), *(_line(n, one, t) for n, one in some))
                for month, some in months
            ),
            t("In your own calendar: {address}", address=address) if address else "",
        ),
        (
            *_open(numbered),
            *(
                (
                    Button(
                        t.label("Vote on the date: {title}", title=shorten(poll.slot.row.title, 24)),
                        OnPoll(PollAct.SHOW, poll.id),
                        style="primary",
                    ),
                )
                for poll in programme.polls[:4]
            ),
            (
                Button(t.label("To hang up"), OnYear(YearAct.PDF, year)),
                Button(t.label("Calendar"), OnYear(YearAct.CALENDAR, year)),
            ),
            *(
                (Button(t.label("Programme {year}", year=other), OnYear(YearAct.SHOW, other)),)
                for other in programme.others[-2:]
            ),
            *(((Button(t.label("Plan"), Go("programme-office")),),) if programme.is_staff else ()),
            to_menu(t),
        ),
    )


def _open(numbered: list[tuple[int, Line]]) -> tuple[Row, ...]:
    buttons = [
        Button(str(n), ShowEvent(line.event.id)) for n, line in numbered if line.event and line.may_open
    ][:OPENED]
    return tuple(tuple(buttons[at : at + ROW]) for at in range(0, len(buttons), ROW))


def _line(number: int, line: Line, t: Texts) -> Markup:
    entry = line.entry
    title = shorten(entry.title, NAMED)
    head = (
        t("<b>{n}</b>  <s>{title}</s>", n=number, title=title)
        if line.is_cancelled
        else t("<b>{n}</b>  {title}", n=number, title=title)
    )
    place = where(entry)
    return lines(
        head,
        t("   {day}{where}", day=day_of(entry, t), where=f", {place}" if place else ""),
        t("   {own}", own=_own(line, t)) if _own(line, t) else "",
    )


def _own(line: Line, t: Texts) -> str:
    if line.is_cancelled:
        return t.label("Cancelled")
    if line.own is Status.YES:
        return t.label("✓ You are coming")
    if line.own is Status.NO:
        return t.label("You are not coming")
    if line.own in (Status.WAITING, Status.OFFERED):
        return t.label("You are on the waiting list")
    return t.label("Your answer is missing") if line.may_open else ""


def render_file(file: File, t: Texts) -> Screen:
    return Screen(
        t(FILES[file.name.rpartition(".")[2]]),
        (to_menu(t),),
        file=file,
    )


def render_news(news: News, t: Texts) -> Screen:
    """The whole year, or what is different for this person."""
    if news.changes or (news.decisions and news.number > 1):
        head = t("<b>Programme {year}: what has changed</b>", year=news.year)
        told = [change_in_words(change, t) for change in news.changes]
    else:
        head = t("<b>The programme {year} is out</b>", year=news.year)
        told = [
            t("{day}: {title}", day=day_of(one, t), title=shorten(one.title, NAMED)) for one in news.entries
        ]
    more = t("and {n} more", n=len(told) - SHOWN) if len(told) > SHOWN else ""
    return Screen(
        paragraphs(head, bullets(told[:SHOWN]), more, _decisions(news, t)),
        (
            (Button(t.label("To the programme"), OnYear(YearAct.SHOW, news.year), style="primary"),),
            (Button(t.label("Calendar"), OnYear(YearAct.CALENDAR, news.year)),),
        ),
    )


def _decisions(news: News, t: Texts) -> Markup | str:
    """Why, in the office's words."""
    found = [
        t(
            "<b>{title}</b>: {verdict}. {reason}",
            title=shorten(one.title, NAMED),
            verdict=t.label(VERDICTS[one.verdict]),
            reason=shorten(one.reason, 120),
        )
        for one in news.decisions[:MOST_DECISIONS]
    ]
    return lines(t("About what you offered or gave points to:"), bullets(found)) if found else ""


def render_host_question(asked: Asked, t: Texts) -> Screen:
    """To the partner who is asked, until somebody of them has answered."""
    request = asked.request
    words = paragraphs(
        t("<b>Would you host?</b>"),
        lines(
            t("{title}", title=asked.slot.row.title),
            t.moment(request.starts_at),
        ),
        t(
            "You have offered a place at {name}. The office prepares everything with you.",
            name=asked.organisation,
        ),
    )
    if request.answer:
        back = (Button(t.label("Not host after all …"), AskToWithdraw(request.id)),)
        return Screen(
            paragraphs(words, _answered(asked, t)), (*((back,) if asked.is_host else ()), to_menu(t))
        )
    return Screen(
        words,
        (
            (
                Button(t.label("Yes"), AnswerHost(request.id, HostAnswer.YES), style="success"),
                Button(t.label("No"), AnswerHost(request.id, HostAnswer.NO)),
            ),
            (Button(t.label("On another date"), StartForm("host_other", request.id)),),
        ),
    )


def render_ask_withdraw(asked: Asked, t: Texts) -> Screen:
    request = asked.request
    return Screen(
        paragraphs(
            t("Take back that you host <b>{title}</b>?", title=asked.slot.row.title),
            t("The office is told at once."),
        ),
        (
            (
                Button(
                    t.label("Yes, take it back"),
                    AnswerHost(request.id, HostAnswer.WITHDRAWN),
                    style="danger",
                ),
            ),
            (Button(t.label("No, we host it"), ShowHostQuestion(request.id)),),
        ),
    )


def _answered(asked: Asked, t: Texts) -> Markup:
    match asked.request.answer:
        case HostAnswer.YES if asked.is_host:
            return t("You host it. Thank you! The office gets in touch with you.")
        case HostAnswer.NO:
            return t("Your answer: no. Thank you for saying so; the next one is asked.")
        case HostAnswer.WITHDRAWN:
            return t("You no longer host it. Thank you for saying so; the office has been told.")
        case HostAnswer.OTHER if asked.request.other_at:
            return t(
                "Your proposal: {moment}. The office checks whether that works.",
                moment=t.moment(asked.request.other_at),
            )
    return t("The office has settled this otherwise. Thank you all the same!")


def render_host_answered(asked: Asked, t: Texts) -> Screen:
    """To staff."""
    request = asked.request
    answer = request.answer or HostAnswer.PASSED
    day = t.moment(request.starts_at)
    other = t.moment(request.other_at) if request.other_at else ""
    values = {"name": shorten(asked.organisation, NAMED), "title": shorten(asked.slot.row.title, NAMED)}
    return Screen(
        t(TOLD_HOST[answer], **values, day=day, other=other),
        ((Button(t.label("Hosts"), OnSlot(SlotAct.HOSTS, asked.slot.id)),),),
    )


def render_host_replaced(slot: Slot, t: Texts) -> Screen:
    why = t("Another partner hosts it now.") if slot.host else t("The office plans it differently now.")
    gone = t("It is no longer in the programme.")
    return Screen(
        paragraphs(
            t("<b>You no longer host “{title}”</b>", title=slot.row.title),
            date_of(slot, t),
            lines(gone if slot.row.dropped_at else why, t("Thank you for your offer!")),
        ),
        ((Button(t.label("Ask the office"), StartForm("ask", 0)),), to_menu(t)),
    )


def render_poll_changed(poll: Poll, t: Texts) -> Screen:
    return render_poll(poll, t).under(
        t("<b>Dates have changed.</b> What you have said stays; please answer what is new.")
    )


def render_poll_nudge(poll: Poll, t: Texts) -> Screen:
    return render_poll(poll, t).under(t("<b>Nobody of your organisation has answered yet.</b>"))


def render_poll_ended(poll: Poll, t: Texts) -> Screen:
    return render_poll(poll, t).under(t("<b>The deadline of this poll is over.</b> Please choose a date."))


def render_poll_settled(poll: Poll, t: Texts) -> Screen:
    """To all who were asked; the event itself invites later."""
    return Screen(
        paragraphs(
            t("<b>{title}</b>: {moment}", title=poll.slot.row.title, moment=date_of(poll.slot, t)),
            t("The office has fixed the date; the poll is over. Thank you for your answers!"),
        ),
        (to_menu(t),),
    )


def render_poll_taken(poll: Poll, t: Texts) -> Screen:
    """To those without an organisation, whom the event cannot invite."""
    chosen = poll.chosen
    assert chosen
    return Screen(
        paragraphs(
            t("<b>The date is fixed: {moment}</b>", moment=t.moment(chosen.option.starts_at)),
            lines(
                t("{title}", title=poll.slot.row.title),
                t("You: {can}", can=t.label(CANS[chosen.own])) if chosen.own else "",
            ),
            t(
                "Only partners can sign up here themselves. If you want to come, write to the office: "
                "it puts you on the list."
            ),
        ),
        ((Button(t.label("Ask the office"), StartForm("ask", 0), style="primary"),), to_menu(t)),
    )


def render_still_fits(screen: Screen, t: Texts) -> Screen:
    """Above the invitation, to whoever said in the poll that they can."""
    return screen.under(t("<b>The date you said you can make it was taken.</b> Does it still suit you?"))


def render_nothing_out(t: Texts) -> Screen:
    return Screen(
        t("The programme is not out yet. You will be told here when it is."),
        ((Button(t.label("Plan"), Go("programme-office")),), to_menu(t)),
    )
