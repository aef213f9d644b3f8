"""Orientation talks in the chat: picking a time, proposing others, moving, calling off, the calendar file."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from markupsafe import Markup

from domain.basics.refusals import Refusal
from domain.basics.words import N_
from domain.joining.refusals import TimeIsTaken
from domain.joining.talks import MOST_PROPOSALS, OfficeHours, Way
from handlers.chat import forms, reading
from handlers.chat.buttons import Go
from handlers.chat.context import Context
from handlers.chat.days import days_off
from handlers.chat.meanings import Awaited, Meaning
from handlers.chat.moments import read_moments, show_moments
from handlers.chat.questions import Answers, Asked, Option, Question, Questionnaire, Submission, asks
from handlers.chat.screens.screen import lines
from handlers.joining import case_forms, cases
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
from handlers.joining.screens import talks as screens
from storage.engine import following
from storage.engine.turn import Turn
from storage.joining import case_progress, talk_cards, talks
from storage.joining.tables import Talk
from storage.joining.talk_cards import TalkCard

JUST_ASKED = timedelta(days=1)  # what is typed so soon after the free times were shown is one


@dataclass(frozen=True)
class Offer:
    """The free times of the office, by day."""

    hours: OfficeHours
    free: dict[date, list[datetime]]


def _moment(minute: int) -> datetime:
    if minute < 0:
        raise TimeIsTaken
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)


def _offer(turn: Turn, request_id: int) -> Offer:
    return Offer(*talks.free_times(turn, request_id))


async def asked_for_a_talk(context: Context, tap: ChooseWay) -> None:
    """On site, by phone or by video; where there is only one way, the month at once."""
    offer = await context.transact(_offer, tap.request_id)
    if len(offer.hours.ways) == 1:
        turn = TurnMonth(tap.request_id, offer.hours.ways[0], 0)
        await context.show(screens.render_month(offer.free, turn, context.now, context.t))
    else:
        await context.show(screens.render_ways(tap.request_id, offer.hours, context.t))


async def turned_to_month(context: Context, tap: TurnMonth) -> None:
    offer = await context.transact(_offer, tap.request_id)
    await context.show(screens.render_month(offer.free, tap, context.now, context.t))


async def picked_day(context: Context, tap: PickDay) -> None:
    offer = await context.transact(_offer, tap.request_id)
    await context.show(screens.render_times(offer.free, tap, context.now, context.t))


async def picked_time(context: Context, tap: PickTime) -> None:
    pact, start = context.house.pact, _moment(tap.minute)
    card = await context.transact(talks.pick, tap.request_id, tap.way, start)
    await context.show(screens.render_talk(card, pact, context.t))


async def took_time(context: Context, tap: TakeTime) -> None:
    pact, start = context.house.pact, _moment(tap.minute)
    try:
        card = await context.transact(talks.take, tap.talk_id, start)
    except Refusal as refusal:
        request_id = await context.read(_of_office, tap.talk_id)
        if not request_id:
            raise
        await cases.show_instead(context, request_id, 0, refusal)
    else:
        await context.show(screens.render_talk(card, pact, context.t))


def _of_office(turn: Turn, talk_id: int) -> int | None:
    """The case of a talk, for whom it is one."""
    talk = turn.session.get(Talk, talk_id)
    return talk.request_id if talk and turn.person.is_staff else None


async def asked_for_calendar_file(context: Context, tap: SendCalendarFile) -> None:
    card = await context.transact(talk_cards.get, tap.talk_id)
    await context.show(screens.render_calendar_file(card, context.house.pact, context.now, context.t))


def _check_request(turn: Turn, request_id: int) -> None:
    """Raises OnlyForStaff or RequestIsDecided."""
    request = case_progress.get_request(turn.session, request_id)
    talk_cards.side_of(turn.person, request)
    talks.check_arrangeable(turn.session, request)


def looked_at(turn: Turn) -> Awaited | None:
    """Who sees the free times and types one names it."""
    shown = following.shown_last(turn, "talk_days")
    if shown is None or not shown.subject_id or shown.shown_at < turn.now - JUST_ASKED:
        return None
    return Awaited(Meaning("propose", N_("Times for the talk"), shown.subject_id), shown.shown_at)


def _said_before(turn: Turn, request_id: int) -> Answers:
    """The way and the day that were chosen on the way here, or the way that is on the table."""
    shown = following.shown_last(turn, "talk_days")
    is_this = shown is not None and shown.subject_id == request_id
    way, day = screens.chosen(shown.edition) if shown and is_this else (None, None)
    return _known(way or talk_cards.way_named(turn, request_id), day)


def _known(way: Way | None, day: date | None) -> Answers:
    return {**({"way": way} if way else {}), **({"day": day.isoformat()} if day else {})}


async def named_other_times(context: Context, tap: NameTimes) -> None:
    await forms.start_with(context, PROPOSE.name, _known(tap.way, None), tap.request_id)


def _proposed(turn: Turn, form: Submission) -> TalkCard:
    starts = [datetime.fromisoformat(one) for one in form.answers["times"]]
    way = Way(form.answers["way"])
    return talks.propose(turn, form.subject_id, way, starts)


def hints(asked: Asked) -> Markup:
    """Holidays and eves among the times that were named, and events of the office at them."""
    times = (datetime.fromisoformat(one) for one in asked.answers.get("times") or ())
    busy = (datetime.fromisoformat(one) for one in asked.answers.get("busy") or ())
    return lines(
        *days_off(sorted({asked.t.local_day(one) for one in times}), asked),
        *(asked.t("💡 {moment}: the office has an event then.", moment=asked.t.moment(one)) for one in busy),
    )


def _with_events(turn: Turn, answers: Answers) -> Answers:
    times = [datetime.fromisoformat(one) for one in answers.get("times") or ()]
    busy = talk_cards.meeting_events(turn.session, times)
    return {**answers, "busy": [one.isoformat() for one in busy]}


PROPOSE: Questionnaire[Any] = Questionnaire(
    name="propose",
    title=N_("Propose times for the talk"),
    questions=(
        Question(
            "times",
            N_("Times"),
            N_(
                "Which times suit you? Up to three, each on a line of its own, like 10.12. 14:00. "
                "One of them is then confirmed."
            ),
            read=read_moments(MOST_PROPOSALS),
            show=show_moments,
        ),
        Question(
            "way",
            N_("How"),
            N_("How should the talk be held?"),
            follows_up=True,
            options=tuple(Option(value, label) for value, label in screens.WAYS.items()),
        ),
    ),
    submit=_proposed,
    done=lambda card, asked: screens.render_talk(card, asked.pact, asked.t),
    submit_label=N_("Send the times"),
    card=ShowRequest,
    own_card=Go("my_request"),
    check=_check_request,
    begin=_said_before,
    about=case_progress.name_of,
    understood=hints,
    derive=_with_events,
    since=case_forms.since,
    overtaken=case_forms.overtaken,
)


def _since(turn: Turn, talk_id: int) -> Answers | None:
    return case_forms.since(turn, talk_cards.get(turn, talk_id).request.id)


def _check_talk(turn: Turn, talk_id: int) -> None:
    case_progress.check_undecided(turn.session, talk_cards.get(turn, talk_id).request)


def _words(answers: Answers) -> str:
    return answers["words"] or ""


TURN_DOWN: Questionnaire[Any] = asks(
    "turndown",
    N_("None of these times"),
    Question(
        "words",
        N_("Words"),
        N_("What would you like to write about it? For example, when it would suit better."),
        read=reading.text(500, 2),
    ),
    submit=lambda turn, form: talks.turn_down(turn, form.subject_id, _words(form.answers)),
    done=lambda card, asked: screens.render_talk(card, asked.pact, asked.t),
    submit_label=N_("Send"),
    check=_check_talk,
    own_card=Go("my_request"),
    grows_at="words",
    since=_since,
    overtaken=case_forms.overtaken,
)

CANCEL_TALK: Questionnaire[Any] = asks(
    "canceltalk",
    N_("Cancel the talk"),
    Question(
        "words",
        N_("Reason"),
        N_("Would you like to give a reason? It is sent along. You can skip this."),
        read=reading.text(500, 2),
        optional=True,
    ),
    submit=lambda turn, form: talks.cancel(turn, form.subject_id, _words(form.answers)),
    done=lambda card, asked: screens.render_talk(card, asked.pact, asked.t),
    submit_label=N_("Cancel the talk"),
    check=_check_talk,
    own_card=Go("my_request"),
    grows_at="words",
    since=_since,
    overtaken=case_forms.overtaken,
)


FORMS = (PROPOSE, TURN_DOWN, CANCEL_TALK)
