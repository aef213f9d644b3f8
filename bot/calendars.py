"""Calendars of people's own events, for whoever knows their address, and not too often."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web
from sqlmodel import Session

from bot.addresses import Reach, serve
from bot.clock import Clock
from handlers.chat.house import House
from handlers.chat.pages import subject_of
from handlers.events import papers, subscribing
from handlers.joining.screens.talks import calendar_entry
from storage.events import subscriptions
from storage.events.subscriptions import OwnEvents
from storage.joining import talk_cards
from storage.joining.talk_cards import TalkCard

MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 10  # that one calendar is asked for; they come twice a day
MOST_IN_ALL = 600  # of all, at right addresses and wrong ones
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@dataclass
class Asked:
    """How often addresses were asked for within the minute: each of them, and all."""

    since: datetime
    times: Counter[str] = field(default_factory=Counter)

    def is_too_often(self, name: str, now: datetime) -> bool:
        if not timedelta() <= now - self.since < MINUTE:
            self.since, self.times = now, Counter()
        self.times[name] += 1
        return self.times[name] > MOST_A_MINUTE or self.times.total() > MOST_IN_ALL


def _read(
    session: Session, person_id: int, is_right: Callable[[str], bool], now: datetime
) -> tuple[OwnEvents | None, Sequence[TalkCard]]:
    own = subscriptions.read(session, person_id, is_right, now)
    return own, talk_cards.arranged_with(session, person_id, now - subscriptions.KEPT) if own else ()


def add_own_calendars(application: web.Application, house: House, clock: Clock) -> None:
    asked = Asked(clock.now())

    async def own_calendar(request: web.Request) -> web.Response:
        name, now = request.match_info["name"], clock.now()
        if asked.is_too_often(name, now):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "60"})

        def is_right(code: str) -> bool:
            return house.pages.is_name(name, subscribing.FOLDER, subject_of(name), code)

        own, arranged = await house.db.run(_read, subject_of(name), is_right, now)
        if own is None:
            raise web.HTTPNotFound
        t = house.texts(own.language)
        further = [entry for talk in arranged if (entry := calendar_entry(talk, house.pact, t))]
        content = papers.own_events(own.cards, further, house.pact, now, t)
        return web.Response(body=content, content_type="text/calendar", charset="utf-8", headers=HEADERS)

    serve(application, Reach.KEY, r"/calendar/{name:\d{1,9}-[\w-]{22}}.ics", own_calendar)
