"""The office's desk for a year: slots, dates, candidates, hosts, the release."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from domain.basics.words import N_
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    italic,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowPlan
from handlers.events.screens.event_text import KINDS
from handlers.events.screens.reaching import in_words
from handlers.programme.buttons import OnPoll, OnSlot, OnYear, PollAct, SlotAct, TakeOtherDate, YearAct
from handlers.programme.screens.words import NAMED, against_in_words, change_in_words, date_of, title_of
from storage.programme.candidates import Considered
from storage.programme.hosts import Asked, Hosts
from storage.programme.releases import Draft
from storage.programme.slots import Slot
from storage.programme.tables import DatePoll, HostAnswer

ROW = 5
SHOWN_CHANGES = 10
HOST_ANSWERS = {
    HostAnswer.YES: N_("says yes"),
    HostAnswer.OTHER: N_("names another date"),
    HostAnswer.NO: N_("cannot"),
    HostAnswer.PASSED: N_("did not answer"),
    HostAnswer.WITHDRAWN: N_("took the yes back"),
}


def numbers(buttons: Sequence[Button]) -> tuple[Row, ...]:
    return tuple(tuple(buttons[at : at + ROW]) for at in range(0, len(buttons), ROW))


def to_desk(year: int, t: Texts) -> Row:
    return (Button(t.label("To the year"), OnYear(YearAct.DESK, year)),)


def to_slot(slot_id: int, t: Texts) -> Row:
    return (Button(t.label("To the entry"), OnSlot(SlotAct.SHOW, slot_id)),)


def render_desk(draft: Draft, school_from: date | None, t: Texts) -> Screen:
    year = draft.year
    buttons = [
        Button(str(number), OnSlot(SlotAct.SHOW, slot.id)) for number, slot in enumerate(draft.slots, 1)
    ]
    return Screen(
        _desk_words(draft, school_from, t),
        (
            *numbers(buttons),
            (
                Button(t.label("Lay out the year"), StartForm("year_rhythm", year)),
                Button(t.label("Add an entry"), StartForm("year_slot", year)),
            ),
            (
                Button(t.label("Candidates"), TurnList("programme-candidates", 0, year)),
                Button(t.label("Movable holidays"), StartForm("year_movable", year)),
            ),
            *(
                ((Button(t.label("Dates for all"), OnYear(YearAct.DATES, year)),),)
                if any(slot.starts_at is None for slot in draft.slots)
                else ()
            ),
            _release_button(draft, t),
            *_calls(draft, t),
            (
                Button(t.label("Files and report"), OnYear(YearAct.FILES, year)),
                Button(t.label("Next year"), OnYear(YearAct.DESK, year + 1)),
                Button(t.label("Year before"), OnYear(YearAct.DESK, year - 1)),
            ),
            (Button(t.label("Office"), Go("office")),),
        ),
    )


def _desk_words(draft: Draft, school_from: date | None, t: Texts) -> Markup:
    year = draft.year
    return paragraphs(
        lines(t("<b>Programme {year}</b>", year=year), italic(_state(draft, t))),
        t(
            "⚠️ From {day} on, school holidays are not known here. Please look them up.",
            day=t.date(school_from),
        )
        if school_from
        else "",
        lines(*(_line(number, slot, t) for number, slot in enumerate(draft.slots, 1)))
        or t("Nothing is planned yet. Lay out the year: how many meetings, tours and workshops?"),
        _movable(draft, t),
    )


def _movable(draft: Draft, t: Texts) -> str:
    found = [t.short_date(date.fromisoformat(day)) for day in draft.row.movable]
    if not found:
        return t("No movable holidays of the schools are noted for {year} yet.", year=draft.year)
    return t("Extra days off at schools: {days}", days=shorten(", ".join(found), 300))


def _release_button(draft: Draft, t: Texts) -> Row:
    is_due = bool(draft.slots and (draft.changes or draft.untold))
    return (
        Button(
            t.label("Release …"), OnYear(YearAct.ASK_RELEASE, draft.year), style="primary" if is_due else None
        ),
    )


def _calls(draft: Draft, t: Texts) -> tuple[Row, ...]:
    """To those who do not read in the chat what is out."""
    if draft.release is None or not draft.to_call:
        return ()
    label = t.label("Not reached here: call or write ({n})", n=draft.to_call)
    return ((Button(label, TurnList("release_to_reach", 0, draft.release.id)),),)


def _state(draft: Draft, t: Texts) -> str:
    if draft.release is None:
        return t("A draft that only the office sees")
    number, day = draft.release.number, t.day(draft.release.released_at)
    if draft.changes:
        return t(
            "Version {n} of {day}; changed since: {changes}", n=number, day=day, changes=len(draft.changes)
        )
    return t("Version {n} of {day}; nothing changed since", n=number, day=day)


def _line(number: int, slot: Slot, t: Texts) -> str:
    return t(
        "<b>{n}</b>  {day}, {title}{host}",
        n=number,
        day=date_of(slot, t),
        title=shorten(slot.row.title, NAMED),
        host=f", 🏠 {shorten(slot.host, 24)}" if slot.host else "",
    )


def render_slot(slot: Slot, candidate: Considered | None, poll: DatePoll | None, t: Texts) -> Screen:
    against = against_in_words(slot.against, t)
    if slot.starts_at and t.local_day(slot.starts_at).year != slot.row.year:
        against.append(t.label("it is not in {year}", year=slot.row.year))
    return Screen(
        paragraphs(
            lines(
                t("<b>{title}</b>", title=slot.row.title),
                t("{kind}, {day}", kind=t.label(KINDS[slot.row.kind]), day=date_of(slot, t)),
                t("Host: {host}", host=slot.host) if slot.host else t("No host yet"),
            ),
            t(
                "⚠️ {host} said yes to another date: {moment}. Ask again under “Hosts”.",
                host=slot.host,
                moment=t.moment(slot.agreed_to),
            )
            if slot.agreed_to
            else "",
            t("From: {title}", title=shorten(title_of(candidate.candidate, t), 200)) if candidate else "",
            lines(t("⚠️ Against this day:"), bullets(against)) if against else "",
            _event_state(slot, t),
            t("A date poll is running.") if poll else "",
        ),
        _slot_buttons(slot, poll, t),
    )


def _event_state(slot: Slot, t: Texts) -> str:
    if slot.is_public:
        return t("People can see this event. Time, place and guests are on its own page.")
    return t("Its event is drafted.") if slot.event else ""


def _slot_buttons(slot: Slot, poll: DatePoll | None, t: Texts) -> tuple[Row, ...]:
    plan = Button(t.label("The event"), ShowPlan(slot.event.id)) if slot.event else None
    if slot.is_public and plan:
        return ((plan,), to_desk(slot.row.year, t))
    a_poll = (
        Button(t.label("The date poll"), OnPoll(PollAct.SHOW, poll.id), style="primary")
        if poll
        else Button(t.label("Date poll"), StartForm("slot_poll", slot.id))
    )
    return (
        (Button(t.label("Propose dates"), OnSlot(SlotAct.DATES, slot.id)), a_poll),
        (
            Button(t.label("Set a date"), StartForm("slot_date", slot.id)),
            Button(t.label("Hosts"), OnSlot(SlotAct.HOSTS, slot.id)),
        ),
        (
            Button(t.label("Rename"), StartForm("slot_title", slot.id)),
            plan or Button(t.label("Draft the event"), OnSlot(SlotAct.EVENT, slot.id)),
        ),
        (Button(t.label("Remove …"), OnSlot(SlotAct.ASK_DROP, slot.id)),),
        to_desk(slot.row.year, t),
    )


def render_hosts(hosts: Hosts, t: Texts) -> Screen:
    slot = hosts.slot
    waits = any(one.request.answer is None and one.is_for_this_date for one in hosts.asked)
    ask = Button(
        t.label("Ask {name}", name=shorten(hosts.next, 30)),
        OnSlot(SlotAct.ASK_HOST, slot.id),
        style="primary",
    )
    onward = Button(t.label("Wait no longer, ask the next"), OnSlot(SlotAct.NEXT_HOST, slot.id))
    return Screen(
        paragraphs(
            lines(
                t("<b>Host of {title}</b>", title=slot.row.title),
                t("Host: {host}", host=slot.host) if slot.host else t("No host yet"),
            ),
            bullets(_asked(one, t) for one in hosts.asked[-8:]),
            t("Next in turn: {name}", name=hosts.next)
            if hosts.next
            else t("Nobody else has offered a place."),
            t(
                "By phone, as the bot cannot reach them: {names}",
                names=shorten(", ".join(hosts.by_phone), 300),
            )
            if hosts.by_phone
            else "",
        ),
        (
            *(((onward,),) if waits else ((ask,),) if hosts.next else ()),
            *_other_dates(hosts, t),
            (Button(t.label("Set the host by hand"), StartForm("slot_host", slot.id)),),
            to_slot(slot.id, t),
        ),
    )


def _asked(one: Asked, t: Texts) -> str:
    request, name = one.request, shorten(one.organisation, NAMED)
    other = f", {t.moment(request.other_at)}" if request.other_at else ""
    said = (
        t("{name}: {answer}", name=name, answer=f"{t.label(HOST_ANSWERS[request.answer])}{other}")
        if request.answer
        else t("{name}: asked on {day}", name=name, day=t.day(request.asked_at))
    )
    former = t("for the former date, {moment}", moment=t.moment(request.starts_at))
    return said if one.is_for_this_date else t("{said} ({former})", said=said, former=former)


def _other_dates(hosts: Hosts, t: Texts) -> tuple[Row, ...]:
    return tuple(
        (
            Button(
                t.label(
                    "Take {day}, {name}",
                    day=t.short_day(one.request.other_at),
                    name=shorten(one.organisation, 20),
                ),
                TakeOtherDate(one.request.id),
            ),
        )
        for one in hosts.asked[-4:]
        if one.request.answer is HostAnswer.OTHER and one.request.other_at
    )


def render_ask_drop(slot: Slot, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("Take <b>{title}</b> out of the programme?", title=slot.row.title),
            t("The draft of its event goes with it.") if slot.event else "",
            t("Those whom it concerns are told with the next release."),
        ),
        (
            (Button(t.label("Yes, remove"), OnSlot(SlotAct.DROP, slot.id), style="danger"),),
            to_slot(slot.id, t),
        ),
    )


def render_ask_release(draft: Draft, page: int, t: Texts) -> Screen:
    """What a release would say, and to whom; whom nothing reaches by name, in pages."""
    not_there, page, pages = page_of(draft.not_there, page)
    number = draft.release.number + 1 if draft.release else 1
    told = (
        t("All contacts of partners are told.")
        if number == 1
        else t("Partners are told what is different and concerns them.")
    )
    dated = [slot for slot in draft.slots if slot.starts_at and not slot.event]
    return Screen(
        paragraphs(
            t("<b>Release the programme {year}, version {n}?</b>", year=draft.year, n=number),
            bullets(change_in_words(change, t) for change in draft.changes[:SHOWN_CHANGES]),
            t("and {n} more", n=len(draft.changes) - SHOWN_CHANGES)
            if len(draft.changes) > SHOWN_CHANGES
            else "",
            lines(
                told,
                t("Decisions that supporters read at the end of the day: {n}", n=draft.untold)
                if draft.untold
                else "",
                t("Events that are drafted with it: {n}", n=len(dated)) if dated else "",
            ),
            lines(
                t("Not there in the chat: {n}", n=len(draft.not_there)),
                *(in_words(one, t) for one in not_there),
            )
            if draft.not_there
            else "",
        ),
        (
            *list_pages(page, pages, "programme-release", t, draft.year),
            (Button(t.label("Release now"), OnYear(YearAct.RELEASE, draft.year, number), style="primary"),),
            to_desk(draft.year, t),
        ),
    )


def render_files(year: int, address: str, t: Texts, *, is_released: bool) -> Screen:
    return Screen(
        _files_words(year, address, t, is_released=is_released),
        (
            *(
                (
                    (
                        Button(t.label("To hang up"), OnYear(YearAct.PDF, year)),
                        Button(t.label("Calendar"), OnYear(YearAct.CALENDAR, year)),
                    ),
                    (
                        Button(t.label("Homepage"), OnYear(YearAct.MARKDOWN, year)),
                        Button(t.label("Press"), OnYear(YearAct.DOCX, year)),
                    ),
                )
                if is_released
                else ()
            ),
            (
                Button(t.label("Report (PDF)"), OnYear(YearAct.REPORT, year)),
                Button(t.label("Report (XLSX)"), OnYear(YearAct.SHEETS, year)),
            ),
            (Button(t.label("Numbers and their rows"), TurnList("programme-numbers", 0, year)),),
            to_desk(year, t),
        ),
    )


def _files_words(year: int, address: str, t: Texts, *, is_released: bool) -> Markup:
    return paragraphs(
        t("<b>Files of {year}</b>", year=year),
        t("Calendar to subscribe to: {address}", address=address) if address and is_released else "",
        "" if is_released else t("The programme is not out yet: files of it come with its first release."),
    )
