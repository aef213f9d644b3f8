"""Orientation talks in words: picking a time, what is on the table, what is arranged, calendar files."""

from dataclasses import replace
from datetime import date, datetime

from markupsafe import Markup

from domain.basics import calendar_files
from domain.basics.addresses import phone_in_words
from domain.basics.calendar_files import Entry
from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.joining.requests import UNDECIDED
from domain.joining.talks import HORIZON, OfficeHours, Side, TalkState, Way, is_changeable
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.month import month_rows
from handlers.chat.screens.screen import Button, File, Row, Screen, lines, paragraphs
from handlers.chat.texts import Texts
from handlers.joining.buttons import (
    ChooseWay,
    NameTimes,
    PickDay,
    PickTime,
    SendCalendarFile,
    ShowRequest,
    TakeTime,
    TurnMonth,
)
from storage.engine.following import Shows
from storage.joining.talk_cards import TalkCard

EDITIONS = 1000  # of a talk
WAYS = {Way.ON_SITE: N_("On site"), Way.PHONE: N_("By phone"), Way.VIDEO: N_("By video")}

_CHOSEN = (None, *WAYS)

Free = dict[date, list[datetime]]


def render_ways(request_id: int, hours: OfficeHours, t: Texts) -> Screen:
    ways = tuple(Button(t.label(WAYS[way]), TurnMonth(request_id, way, 0)) for way in hours.ways)
    return Screen(
        t("How should the talk be held? It takes {n} minutes.", n=int(hours.length.total_seconds() // 60)),
        (ways, _to_request(t)),
        shows=choosing(request_id),
    )


def choosing(request_id: int, way: Way | None = None, day: int = 0) -> Shows:
    """Where somebody is on the way to a time: one that is typed goes on from there."""
    return Shows("talk_days", request_id, day * len(_CHOSEN) + _CHOSEN.index(way))


def chosen(edition: int) -> tuple[Way | None, date | None]:
    """The same read back."""
    day, way = divmod(edition, len(_CHOSEN))
    return _CHOSEN[way], date(day // 10_000, day // 100 % 100, day % 100) if day else None


def _to_request(t: Texts) -> Row:
    return (Button(t.label("Back"), Go("my_request")),)


def render_month(free: Free, tap: TurnMonth, now: datetime, t: Texts) -> Screen:
    other = Button(t.label("Propose other times"), NameTimes(tap.request_id, tap.way))
    if not free:
        text = t("No time is free in the coming weeks. Please propose times yourself.")
        return Screen(text, ((other,), _to_request(t)), shows=choosing(tap.request_id, tap.way))
    first = next(iter(free))
    month = _month(tap.month) or first
    rows = month_rows(
        month,
        free,
        lambda day: PickDay(tap.request_id, tap.way, day.year * 10_000 + day.month * 100 + day.day),
        lambda day: TurnMonth(tap.request_id, tap.way, day.year * 100 + day.month),
        t,
        first=first,
        last=(now + HORIZON).date(),
    )
    return Screen(
        t("On which day? Please tap a free one, or write a time."),
        (*rows, (other,), _to_request(t)),
        shows=choosing(tap.request_id, tap.way),
    )


def _month(number: int) -> date | None:
    """202612 as its first day; None for what is no month."""
    year, month = divmod(number, 100)
    return date(year, month, 1) if 2000 <= year < 3000 and 1 <= month <= 12 else None


def render_times(free: Free, tap: PickDay, now: datetime, t: Texts) -> Screen:
    day = next((day for day in free if day.year * 10_000 + day.month * 100 + day.day == tap.day), None)
    if day is None:
        return render_month(free, TurnMonth(tap.request_id, tap.way, tap.day // 100), now, t)
    buttons = [
        Button(t.clock(start), PickTime(tap.request_id, tap.way, minute_of(start))) for start in free[day]
    ]
    rows = tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))
    back = Button(t.label("Another day"), TurnMonth(tap.request_id, tap.way, tap.day // 100))
    return Screen(
        t("At what time on <b>{day}</b>?", day=t.day(free[day][0])),
        (*rows, (back,)),
        shows=choosing(tap.request_id, tap.way, tap.day),
    )


def minute_of(moment: datetime) -> int:
    return int(moment.timestamp() // 60)


def render_talk(card: TalkCard, pact: Pact, t: Texts) -> Screen:
    """Where a talk stands, for the side that looks at it, with what that side can do."""
    if card.request.state not in UNDECIDED or card.talk.state is TalkState.HELD:
        text = t("The talk with {name} is settled.", name=card.request.organisation)
    elif card.talk.state is TalkState.CANCELLED:
        text = paragraphs(t("<b>There is no talk arranged.</b>"), _words(card, t))
    else:
        text = paragraphs(_arranged(card, pact, t), _on_the_table(card, t))
    return Screen(text, _rows(card, t), shows=shows(card))


def shows(card: TalkCard) -> Shows:
    """Of a file also which talk it is of, and which of its times."""
    edition = (card.talk.id) * EDITIONS + (card.talk.sequence or 0)
    return Shows("talk", card.request.id, edition)


def _arranged(card: TalkCard, pact: Pact, t: Texts) -> Markup | str:
    talk = card.talk
    if not (talk.starts_at and talk.ends_at):
        return ""
    return lines(
        t("✅ <b>Orientation talk arranged</b>"),
        t.span(talk.starts_at, talk.ends_at),
        where(card, pact, t),
        t(
            "With: {organisation}, {name}",
            organisation=card.request.organisation,
            name=card.request.contact_name,
        )
        if card.side is Side.OFFICE
        else t.plural(
            "To be moved or cancelled until one hour before.",
            "To be moved or cancelled until {n} hours before.",
            _hours(card.hours),
        ),
    )


def _hours(hours: OfficeHours) -> int:
    return int(hours.notice.total_seconds() // 3600)


def where(card: TalkCard, pact: Pact, t: Texts) -> Markup:
    request, is_office = card.request, card.side is Side.OFFICE
    match card.talk.way:
        case Way.ON_SITE:
            return t("On site: {place}", place=card.hours.place or pact.office)
        case Way.VIDEO if card.hours.video_link:
            return t("By video: {link}", link=card.hours.video_link)
        case Way.VIDEO:
            words = N_("By video; the link follows by e-mail to {email}.")
            return t(
                N_("By video; please send the link to {email}.") if is_office else words, email=request.email
            )
        case Way.PHONE if request.phone:
            return t("By phone: the office calls {phone}.", phone=phone_in_words(request.phone))
    words = N_("By phone; the office asks for the number at {email}.")
    return t(
        N_("By phone; please ask for the number at {email}.") if is_office else words, email=request.email
    )


def _time(card: TalkCard, start: datetime, t: Texts) -> Markup:
    if start in card.busy:
        return t("• {moment} ⚠️ the office has an event then", moment=t.moment(start))
    return t("• {moment}", moment=t.moment(start))


def _on_the_table(card: TalkCard, t: Texts) -> Markup | str:
    if not card.talk.turn:
        return ""
    times = lines(*(_time(card, start, t) for start in card.times))
    how = t(WAYS[card.named_way])
    if card.talk.turn is card.side:
        return lines(t("<b>Which time suits?</b> ({how})", how=how), times)
    if card.side is Side.APPLICANT:
        return paragraphs(
            lines(t("🕓 <b>Reserved for you, not confirmed yet</b> ({how})", how=how), times),
            t("The office answers within two working days. You will be told here."),
        )
    return lines(t("🕓 <b>Proposed, not answered yet</b> ({how})", how=how), times)


def _words(card: TalkCard, t: Texts) -> Markup | str:
    return t("“{words}”", words=card.talk.words) if card.talk.words else ""


def _rows(card: TalkCard, t: Texts) -> tuple[Row, ...]:
    back = (
        (Button(t.label("To the case"), ShowRequest(card.request.id)),)
        if card.side is Side.OFFICE
        else (Button(t.label("My request"), Go("my_request")),)
    )
    return (*talk_rows(card, t), back)


def talk_rows(card: TalkCard, t: Texts) -> tuple[Row, ...]:
    """What the reader can do about the talk."""
    if card.request.state not in UNDECIDED:
        return ()
    talk_id, request_id = card.talk.id, card.request.id
    propose = Button(t.label("Propose other times"), StartForm("propose", request_id))
    if card.talk.state is not TalkState.OPEN:
        choose = Button(t.label("Choose a time"), ChooseWay(request_id), style="primary")
        return ((choose,),) if card.side is Side.APPLICANT else ((propose,),)
    if card.talk.turn is card.side:
        times = tuple(
            (Button(f"✓ {t.moment(start)}", TakeTime(talk_id, minute_of(start)), style="success"),)
            for start in card.times
        )
        return (*times, (propose,), (Button(t.label("None of them"), StartForm("turndown", talk_id)),))
    call_off = Button(t.label("Cancel the talk"), StartForm("canceltalk", talk_id))
    move = Button(t.label("Move it"), ChooseWay(request_id)) if card.side is Side.APPLICANT else propose
    if card.talk.starts_at is None:
        return ((move, call_off),)
    return ((Button(t.label("Calendar file"), SendCalendarFile(talk_id)),), (move, call_off))


def calendar_file(card: TalkCard, pact: Pact, now: datetime, t: Texts) -> File | None:
    """The talk for the reader's calendar; None before anything was arranged."""
    entry = calendar_entry(card, pact, t)
    return File(t.label("talk.ics"), calendar_files.write(entry, pact, now)) if entry else None


def calendar_entry(card: TalkCard, pact: Pact, t: Texts) -> Entry | None:
    talk = card.talk
    if talk.sequence is None or not (talk.starts_at and talk.ends_at):
        return None
    is_off = talk.state is TalkState.CANCELLED
    about = {"pact": pact.name, "organisation": card.request.organisation}
    title = t.label("Orientation talk {pact}: {organisation}", **about)
    return Entry(
        uid=calendar_files.uid("talk", talk.id, pact),
        sequence=talk.sequence,
        title=t.label("Cancelled: {title}", title=title) if is_off else title,
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        place=str(where(card, pact, t).unescape()),
        description=f"{pact.office}, {pact.email}",
        is_cancelled=is_off,
    )


def render_calendar_file(card: TalkCard, pact: Pact, now: datetime, t: Texts) -> Screen:
    file = calendar_file(card, pact, now, t)
    if file is None:
        return render_talk(card, pact, t)
    return Screen(
        t("Open the file to take the talk into your calendar. A newer file replaces it."),
        file=file,
        shows=shows(card),
        takes_out=card.talk.state is TalkState.CANCELLED,
    )


def render_named(card: TalkCard, pact: Pact, t: Texts) -> Screen:
    """To the side that is to choose."""
    head = (
        t("<b>{organisation} asks for a time for the talk</b>", organisation=card.request.organisation)
        if card.side is Side.OFFICE
        else t("<b>The office proposes times for the talk</b>")
    )
    return render_talk(card, pact, t).under(head)


def render_confirmed(found: tuple[TalkCard, bool], pact: Pact, now: datetime, t: Texts) -> Screen:
    """Who has taken the time (`is_own`) sees already what is arranged: for them it is the file alone."""
    card, is_own = found
    screen = render_calendar_file(card, pact, now, t) if is_own else render_talk(card, pact, t)
    if card.talk.sequence:
        moved = t("📅 <b>Talk moved, now {moment}</b>", moment=t.moment(card.talk.starts_at or now))
        screen = screen.under(
            lines(
                moved,
                t("This file replaces the earlier entry."),
                t("If your calendar keeps the former time, please delete that entry first."),
            )
        )
    others = screen.with_buttons(lambda button: not isinstance(button.payload, SendCalendarFile))
    return replace(others, file=calendar_file(card, pact, now, t))


def render_turned_down(card: TalkCard, pact: Pact, t: Texts) -> Screen:
    head = (
        t("<b>{organisation} could not take any of the times.</b>", organisation=card.request.organisation)
        if card.side is Side.OFFICE
        else t("<b>The office could not take any of the times.</b>")
    )
    text = paragraphs(head, _words(card, t), _stays(card, pact, t))
    return Screen(text, _rows(card, t), shows=shows(card))


def _stays(card: TalkCard, pact: Pact, t: Texts) -> Markup | str:
    """What is arranged already, where a new time came to nothing."""
    if card.talk.state is not TalkState.OPEN or not card.talk.starts_at:
        return ""
    return lines(t("It stays as arranged:"), t.moment(card.talk.starts_at), where(card, pact, t))


def render_talk_lapsed(card: TalkCard, pact: Pact, t: Texts) -> Screen:
    head = (
        t(
            "<b>The times for the talk with {organisation} have passed.</b>",
            organisation=card.request.organisation,
        )
        if card.side is Side.OFFICE
        else t(
            "<b>The time for the talk has passed without an answer.</b> We are sorry. Please choose another."
        )
    )
    return Screen(paragraphs(head, _stays(card, pact, t)), _rows(card, t), shows=shows(card))


def render_called_off(card: TalkCard, pact: Pact, now: datetime, t: Texts) -> Screen:
    """With a file that takes the talk out of the calendar again."""
    talk = card.talk
    when = t.moment(talk.starts_at) if talk.starts_at else ""
    return Screen(
        paragraphs(
            lines(t("❌ <b>The orientation talk is cancelled.</b>"), when, card.request.organisation),
            _words(card, t),
            lines(
                t("Open the file to take it out of your calendar."),
                t("If the entry stays there, please delete it by hand."),
            )
            if talk.sequence is not None
            else "",
        ),
        _rows(card, t),
        file=calendar_file(card, pact, now, t),
        shows=shows(card),
        takes_out=True,
    )


def render_talk_reminder(card: TalkCard, pact: Pact, now: datetime, t: Texts) -> Screen:
    """It offers nothing that would be refused by then."""
    screen, starts_at = render_talk(card, pact, t), card.talk.starts_at
    if card.side is Side.APPLICANT and starts_at and not is_changeable(starts_at, card.hours, now):
        file = Button(t.label("Calendar file"), SendCalendarFile(card.talk.id))
        ask = Button(t.label("Ask the office"), StartForm("ask", 0))
        screen = replace(screen, rows=((file, ask), (Button(t.label("My request"), Go("my_request")),)))
    soon = t.ahead(starts_at or now, now)
    who = (
        t("⏰ <b>{soon}: talk with {name}</b>", soon=soon, name=card.request.organisation)
        if card.side is Side.OFFICE
        else t("⏰ <b>{soon}: orientation talk</b>", soon=soon)
    )
    return screen.under(who)


def render_talk_over(card: TalkCard, t: Texts) -> Screen:
    """To the office, when the talk has ended."""
    request_id = card.request.id
    return Screen(
        t(
            "<b>The talk with {organisation} is over.</b> What came of it?",
            organisation=card.request.organisation,
        ),
        (
            (Button(t.label("Record the outcome"), StartForm("outcome", request_id), style="primary"),),
            (Button(t.label("To the case"), ShowRequest(request_id)),),
        ),
        shows=Shows("case", request_id),
    )
