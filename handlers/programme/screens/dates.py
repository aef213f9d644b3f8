"""Dates that are proposed for slots, and the best day for each."""

from collections.abc import Sequence

from domain.basics.words import N_
from domain.programme.dates import Proposal
from handlers.chat.buttons import StartForm
from handlers.chat.screens.screen import Button, Row, Screen, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.programme.buttons import OnSlot, OnYear, SlotAct, YearAct
from handlers.programme.screens import office
from handlers.programme.screens.words import against_in_words, habit_in_words
from storage.programme.slots import Slot

ON_WEEKDAY = N_("organisations that came on this weekday, on average: {average} (events: {events})")
AT_HOUR = N_("organisations that came at this hour, on average: {average} (events: {events})")


def render_dates(slot: Slot, proposals: Sequence[Proposal], t: Texts) -> Screen:
    """Three days, each with what speaks for and against it."""
    return Screen(
        paragraphs(
            t("<b>Dates for {title}</b>, {month}", title=slot.row.title, month=t.month(slot.row.month)),
            *(_proposal(number, one, t) for number, one in enumerate(proposals, 1)),
            "" if proposals else t("There is no working day left in that month."),
        ),
        _dates_buttons(slot, proposals, t),
    )


def _dates_buttons(slot: Slot, proposals: Sequence[Proposal], t: Texts) -> tuple[Row, ...]:
    return (
        *(
            (
                Button(
                    t.label("{n}: {day}", n=number, day=t.short_date(one.day)),
                    OnSlot(SlotAct.TAKE, slot.id, one.day.toordinal()),
                ),
            )
            for number, one in enumerate(proposals, 1)
        ),
        (
            Button(t.label("Another date"), StartForm("slot_date", slot.id)),
            Button(t.label("Ask in a poll"), StartForm("slot_poll", slot.id)),
        ),
        office.to_slot(slot.id, t),
    )


def render_all_dates(year: int, found: Sequence[tuple[Slot, Proposal]], stamp: int, t: Texts) -> Screen:
    """The best day for each entry that has none, to be taken together; with what speaks against it."""
    return Screen(
        paragraphs(
            t("<b>Dates for {year}</b>", year=year),
            *(_best_day(slot, one, t) for slot, one in found),
            t("Each can be changed afterwards, or asked about in a poll.")
            if found
            else t("Every entry has its date."),
        ),
        _all_dates_buttons(year, found, stamp, t),
    )


def _all_dates_buttons(
    year: int, found: Sequence[tuple[Slot, Proposal]], stamp: int, t: Texts
) -> tuple[Row, ...]:
    return (
        *(
            (
                (
                    Button(
                        t.label("Take all {n}", n=len(found)),
                        OnYear(YearAct.TAKE_DATES, year, stamp),
                        style="primary",
                    ),
                ),
            )
            if found
            else ()
        ),
        office.to_desk(year, t),
    )


def _best_day(slot: Slot, one: Proposal, t: Texts) -> str:
    against = against_in_words(one.against, t)
    return lines(
        t(
            "<b>{weekday}, {day}</b>, {clock}: {title}",
            weekday=t.weekday(one.day),
            day=t.date(one.day),
            clock=f"{one.clock:%H:%M}",
            title=shorten(slot.row.title, 36),
        ),
        t("⚠️ {against}", against=shorten("; ".join(against), 60)) if against else "",
    )


def _proposal(number: int, one: Proposal, t: Texts) -> str:
    against = against_in_words(one.against, t)
    clear = t("no holidays, no bridge day, nothing of the pact within ten days")
    return lines(
        t(
            "<b>{n}. {weekday}, {day}</b>, {clock}",
            n=number,
            weekday=t.weekday(one.day),
            day=t.date(one.day),
            clock=f"{one.clock:%H:%M}",
        ),
        t("⚠️ {against}", against="; ".join(against)) if against else t("✓ {clear}", clear=clear),
        habit_in_words(one.on_weekday, ON_WEEKDAY, t),
        habit_in_words(one.at_hour, AT_HOUR, t),
    )
