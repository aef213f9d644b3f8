"""The office's desk in the chat, its hours for talks and who stands in."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.basics.words import N_
from domain.joining.talks import OfficeHours, Way, Window
from domain.office.digest import Digest, Wish, next_time
from handlers.chat import days, reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import Answers, Asked, Option, Question, Questionnaire, Submission, only_staff
from handlers.joining.screens.talks import WAYS
from handlers.office.buttons import ChooseDeputy, WishDigest
from handlers.office.screens import desk as screens
from handlers.office.screens import digest as digest_screens
from handlers.office.screens import digest_wish, news
from handlers.office.screens import staff as staff_screens
from storage import agenda
from storage.engine import people
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.joining import cases
from storage.office import calendar, digest, inquiries, staff, talk_hours
from storage.office.talk_hours import OfficeCard
from storage.partners import colleagues, notes, organisations
from storage.privacy import requests as privacy_requests

NEXT_EVENTS = 2


@dataclass(frozen=True)
class Desk:
    """How much waits for the office."""

    cases: int
    overdue: int
    questions: int
    changes: int
    own_cases: int = 0
    next_steps: int = 0
    data_requests: int = 0
    events: tuple[Event, ...] = ()  # the next ones


async def asked_for_office(context: Context) -> None:
    await context.answer(screens.render_office, _desk)


async def asked_for_more(context: Context) -> None:
    await context.transact(_only_for_staff)
    await context.show(screens.render_more(context.t))


def _only_for_staff(turn: Turn) -> None:
    people.check_staff(turn.person)


def _desk(turn: Turn) -> Desk:
    people.check_staff(turn.person)
    return Desk(
        cases.waiting(turn.session),
        len(cases.overdue(turn.session, turn.now)),
        inquiries.count_waiting(turn.session),
        organisations.count_waiting_changes(turn.session) + len(colleagues.passed_on(turn.session)),
        cases.count_own(turn),
        len(notes.steps(turn.session, turn.now.date())),
        privacy_requests.count_waiting(turn.session),
        tuple(calendar.next_events(turn.session, turn.now, NEXT_EVENTS)),
    )


async def asked_for_digest(context: Context) -> None:
    """It stays where it is, as the one of the morning does."""
    await context.answer(digest_screens.render_digest, _digest)


async def asked_for_news(context: Context, tap: TurnList) -> None:
    items, number, pages = await context.transact(digest.news_page, tap.subject_id, tap.page)
    await context.show(news.render_news(items, number, pages, tap.subject_id, context.t))


async def asked_for_digest_wish(context: Context) -> None:
    await _show_wish(context, await context.transact(_wish))


def _wish(turn: Turn) -> Wish:
    people.check_staff(turn.person)
    return staff.wish_of(turn.session, turn.person)


async def wished_digest(context: Context, tap: WishDigest) -> None:
    await _show_wish(context, await context.transact(_set_wish, tap))


def _set_wish(turn: Turn, tap: WishDigest) -> Wish:
    wish = digest_wish.toggled(_wish(turn), tap.what, tap.value)
    return staff.set_wish(turn, wish)


async def _show_wish(context: Context, wish: Wish) -> None:
    pact = context.house.pact
    next_at = next_time(context.now, pact, wish)
    await context.show(digest_wish.render_digest_wish(wish, next_at, pact, context.t))


async def asked_for_timetable(context: Context) -> None:
    times = await context.transact(_timetable)
    await context.show(staff_screens.render_timetable(times, context.now, context.t))


def _timetable(turn: Turn) -> list[tuple[agenda.Timed, datetime | None]]:
    people.check_staff(turn.person)
    return agenda.timetable(turn.session, turn.pact, turn.now)


def _digest(turn: Turn) -> Digest:
    people.check_staff(turn.person)
    return digest.gather(turn.session, turn.person, turn.now)


async def asked_for_hours(context: Context) -> None:
    await context.answer(screens.render_hours, talk_hours.show)


async def chose_deputy(context: Context, tap: ChooseDeputy) -> None:
    await context.answer(screens.render_hours, talk_hours.set_deputy, tap.person_id)


def _as_it_is(turn: Turn, _subject_id: int) -> Answers:
    hours = talk_hours.show(turn, locks=True).hours
    return {
        "windows": [[w.weekday, f"{w.starts:%H:%M}", f"{w.ends:%H:%M}"] for w in hours.windows],
        "length": int(hours.length.total_seconds() // 60),
        "ways": list(hours.ways),
        "place": hours.place or None,
        "video": hours.video_link or None,
        "notice": int(hours.notice.total_seconds() // 3600),
        "blocked": sorted(day.isoformat() for day in hours.blocked),
    }


def _set(turn: Turn, form: Submission) -> OfficeCard:
    answers = form.answers
    hours = OfficeHours(
        windows=tuple(
            Window(weekday, time.fromisoformat(starts), time.fromisoformat(ends))
            for weekday, starts, ends in answers["windows"]
        ),
        length=timedelta(minutes=answers["length"]),
        ways=tuple(way for way in Way if way in answers["ways"]),
        notice=timedelta(hours=answers["notice"]),
        blocked=frozenset(date.fromisoformat(day) for day in answers["blocked"] or ()),
        place=answers["place"] or "",
        video_link=answers["video"] or "",
    )
    return talk_hours.set_hours(turn, hours)


def _minutes(value: int, asked: Asked) -> str:
    return asked.t.label("{n} minutes", n=value)


def _hours(value: int, asked: Asked) -> str:
    return asked.t.plural("one hour", "{n} hours", value)


HOURS: Questionnaire[Any] = Questionnaire(
    name="hours",
    title=N_("Hours for talks"),
    questions=(
        Question(
            "windows",
            N_("Windows"),
            N_("When do you offer orientation talks each week? For example: Tue 9-12, Thu 13:30-16"),
            help=N_("On 24.12. and 31.12. only if you name them, like 24.12. 9-11."),
            read=reading.windows,
            show=reading.show_windows,
        ),
        Question(
            "length",
            N_("Length"),
            N_("How long does a talk take, in minutes?"),
            read=reading.count(10, 240),
            show=_minutes,
            options=tuple(Option(minutes, f"{minutes} min") for minutes in (30, 45, 60, 90)),
        ),
        Question(
            "ways",
            N_("How"),
            N_("How can a talk be held? Tap all that apply."),
            options=tuple(Option(value, label) for value, label in WAYS.items()),
            many=True,
        ),
        Question(
            "place",
            N_("Place"),
            N_("Where do talks on site take place? Street, number, room."),
            read=reading.line(160, 3),
            optional=True,
        ),
        Question(
            "video",
            N_("Video link"),
            N_("What is the link for talks by video?"),
            read=reading.link,
            optional=True,
        ),
        Question(
            "notice",
            N_("Notice"),
            N_("How many hours before a talk can it still be booked, moved or cancelled?"),
            read=reading.count(0, 336),
            show=_hours,
            options=tuple(Option(hours, f"{hours} h") for hours in (4, 24, 48, 72)),
        ),
        Question(
            "blocked",
            N_("Blocked days"),
            N_("On which days are there no talks? For example 24.12.-2.1., 15.5. Public holidays are known."),
            read=days.days,
            show=days.show_days,
            optional=True,
        ),
    ),
    submit=_set,
    done=lambda card, asked: screens.render_hours(card, asked.t),
    submit_label=N_("Save"),
    check=only_staff,
    prefill=_as_it_is,
)
