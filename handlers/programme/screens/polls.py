"""Date polls as those who are asked see them, and as the office does."""

from markupsafe import Markup

from domain.basics.words import N_
from domain.programme.polls import BEST_FIRST, MOST, Can
from handlers.chat.buttons import StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    lines,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.programme.buttons import OnPoll, OnSlot, PollAct, SayCan, SlotAct
from handlers.programme.screens.words import CANS, against_in_words
from storage.programme.polls import Choice, Poll

LABELS = {Can.YES: N_("{n} can"), Can.MAYBE: N_("{n} maybe"), Can.NO: N_("{n} no")}
STYLES = {Can.YES: "success", Can.MAYBE: "primary", Can.NO: "danger"}


def render_poll(poll: Poll, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            lines(
                t("<b>When does it suit you?</b>"),
                t("{title}", title=poll.slot.row.title),
                t("Host: {host}", host=poll.slot.host) if poll.slot.host else "",
            ),
            *(_choice(number, one, poll, t) for number, one in enumerate(poll.choices, 1)),
            _how_far(poll, t),
        ),
        (*_answers(poll, t), *_office(poll, t), to_menu(t)),
    )


def _choice(number: int, one: Choice, poll: Poll, t: Texts) -> Markup:
    return lines(
        t("<b>{n}. {moment}</b>", n=number, moment=t.moment(one.option.starts_at)),
        t("↪️ moved, was {moment}", moment=t.moment(one.option.was_at)) if one.option.was_at else "",
        t("You: {can}", can=t.label(CANS[one.own])) if one.own else "",
        t("You said “{can}” to the former date. Please answer again.", can=t.label(CANS[one.before]))
        if one.before
        else "",
        _counts(one, t) if poll.sees_others else "",
        _warning(one, t),
    )


def _warning(one: Choice, t: Texts) -> Markup:
    against = "; ".join(against_in_words(one.against, t))
    return t("⚠️ {against}", against=shorten(against, 160)) if against else Markup()


def _counts(one: Choice, t: Texts) -> Markup:
    tally = one.tally
    return lines(
        t(
            "Organisations: {yes} can, {maybe} if need be, {no} cannot",
            yes=tally.yes,
            maybe=tally.maybe,
            no=tally.no,
        ),
        t.plural(
            "In one of them people differ; it counts if somebody can.",
            "In {n} of them people differ; they count if somebody can.",
            tally.split,
        )
        if tally.split
        else "",
        t.plural("One person from outside can, too.", "{n} people from outside can, too.", tally.outside)
        if tally.outside
        else "",
        t("⛔ Nobody who has answered can come.") if tally.is_refused else "",
    )


def _how_far(poll: Poll, t: Texts) -> Markup:
    until = t("Until {moment}", moment=t.until(poll.row.deadline))
    return lines(
        t("This poll is over.") if poll.is_over else until,
        t("Answered: {n} of {asked}", n=poll.answered, asked=poll.asked),
        "" if poll.sees_others else t("What others say is shown when you have answered every date."),
        _proposal(poll, t) if poll.is_staff else "",
    )


def _proposal(poll: Poll, t: Texts) -> Markup:
    days = [t.moment(one.starts_at) for one in poll.best]
    if not days:
        return t("No date suits anybody so far.") if poll.answered else Markup()
    if len(days) == 1:
        return t("Best so far: <b>{moment}</b>", moment=days[0])
    return t("A tie: <b>{moments}</b>", moments=Markup(" / ").join(days))


def _answers(poll: Poll, t: Texts) -> tuple[Row, ...]:
    if poll.is_over or not poll.is_asked:
        return ()
    return tuple(
        tuple(
            Button(
                t.label(LABELS[can], n=number),
                SayCan(poll.id, one.id, one.option.edition, can),
                style=STYLES[can] if one.own is can else None,
            )
            for can in BEST_FIRST
        )
        for number, one in enumerate(poll.choices, 1)
    )


def _office(poll: Poll, t: Texts) -> tuple[Row, ...]:
    if not poll.is_staff:
        return ()
    slot = (Button(t.label("To the entry"), OnSlot(SlotAct.SHOW, poll.slot.id)),)
    if poll.row.closed_at:
        return (slot,)
    numbered = list(enumerate(poll.choices, 1))
    choose = tuple(
        Button(
            t.label("Take {n}", n=number),
            OnPoll(PollAct.ASK_CHOOSE, poll.id, one.id, one.option.edition),
            style="success" if one.tally in poll.best else None,
        )
        for number, one in numbered
        if not one.tally.is_refused
    )
    move = tuple(
        Button(t.label("Move {n}", n=number), StartForm("poll_move", one.id)) for number, one in numbered
    )
    add = (Button(t.label("Add a date"), StartForm("poll_add", poll.id)),) if len(numbered) < MOST else ()
    end = Button(t.label("Other deadline"), StartForm("poll_deadline", poll.id))
    changes = () if poll.is_over else (move, add)
    give_up = Button(t.label("End it …"), OnPoll(PollAct.ASK_GIVE_UP, poll.id))
    rows = (choose, *changes, (end, give_up), slot)
    return tuple(row for row in rows if row)


def render_ask_choose(poll: Poll, chosen: Choice, t: Texts) -> Screen:
    number = next(n for n, one in enumerate(poll.choices, 1) if one.id == chosen.id)
    more_elsewhere = bool(poll.best) and chosen.tally not in poll.best
    return are_you_sure(
        paragraphs(
            t(
                "Take <b>{moment}</b> for {title}?",
                moment=t.moment(chosen.option.starts_at),
                title=poll.slot.row.title,
            ),
            lines(_counts(chosen, t), _warning(chosen, t)),
            t("⚠️ More can come on another date.") if more_elsewhere else "",
            ""
            if poll.is_over
            else t("The poll ends with it. Answered: {n} of {asked}", n=poll.answered, asked=poll.asked),
            t(
                "The event is drafted. When you publish it, those who can are asked whether it still "
                "suits them."
            ),
            *_invited(poll, t),
        ),
        Button(
            t.label("Yes, take {n}", n=number),
            OnPoll(PollAct.CHOOSE, poll.id, chosen.id, chosen.option.edition),
            style="primary",
        ),
        Button(t.label("To the poll"), OnPoll(PollAct.SHOW, poll.id)),
    )


def _invited(poll: Poll, t: Texts) -> tuple[Markup | str, ...]:
    """What whoever chooses has to know where not everybody was asked."""
    return (
        t("It invites only who was asked, and only they see it in the programme.")
        if poll.is_for_some
        else "",
        t.plural(
            "One person without an organisation was asked, too, and now hears the date. "
            "Only the office can put them on the guest list.",
            "{n} people without an organisation were asked, too, and now hear the date. "
            "Only the office can put them on the guest list.",
            poll.outside,
        )
        if poll.outside
        else "",
        t("⚠️ No organisation was asked: say on the event's page whom it invites.")
        if poll.outside == poll.asked
        else "",
    )


def render_ask_give_up(poll: Poll, t: Texts) -> Screen:
    return are_you_sure(
        t("End this poll without a date? Its answers are kept."),
        Button(t.label("Yes, end it"), OnPoll(PollAct.GIVE_UP, poll.id), style="danger"),
        Button(t.label("To the poll"), OnPoll(PollAct.SHOW, poll.id)),
    )
