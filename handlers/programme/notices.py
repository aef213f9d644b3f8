"""What people are told of the programme: what is read for it, and how it looks."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.basics.pact import Pact
from domain.programme.polls import Can
from handlers.chat.notices import Kind, plain
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from handlers.programme.screens import polls as poll_screens
from handlers.programme.screens import programme as screens
from storage.engine.outbox import Addressed
from storage.programme import hosts, polls, releases
from storage.programme.hosts import Asked
from storage.programme.polls import Poll
from storage.programme.releases import News
from storage.programme.tables import ProgrammeNotice


def host_asked(session: Session, addressed: Addressed, _now: datetime) -> Asked:
    return hosts.open_question(session, addressed.person, addressed.notice.subject_id)


def host_answered(session: Session, addressed: Addressed, _now: datetime) -> Asked:
    return hosts.question(session, addressed.person, addressed.notice.subject_id)


def open_poll(session: Session, addressed: Addressed, now: datetime) -> Poll | None:
    """While there is something to answer."""
    poll = polls.show(session, addressed.person, addressed.notice.subject_id, now)
    return None if poll.is_over or all(one.own for one in poll.choices) else poll


def silent_poll(session: Session, addressed: Addressed, now: datetime) -> Poll | None:
    poll = open_poll(session, addressed, now)
    return poll if poll and polls.is_silent(session, addressed.person, poll.row) else None


def ended_poll(session: Session, addressed: Addressed, now: datetime) -> Poll | None:
    poll = polls.show(session, addressed.person, addressed.notice.subject_id, now)
    return poll if poll.is_over and not poll.row.closed_at else None


def news(session: Session, addressed: Addressed, _now: datetime) -> News | None:
    return releases.news_for(session, addressed.person, addressed.notice.subject_id)


def or_still_fits(invitation: Kind[Any]) -> Kind[Any]:
    """An invitation, and above it what its reader said in the poll for that date."""

    def load(session: Session, addressed: Addressed, now: datetime) -> tuple[Any, bool] | None:
        found = invitation.load(session, addressed, now)
        can = polls.said(session, addressed.person, addressed.notice.subject_id)
        return found and (found, can in (Can.YES, Can.MAYBE))

    def render(found: tuple[Any, bool], pact: Pact, now: datetime, t: Texts) -> Screen:
        screen = invitation.render(found[0], pact, now, t)
        return screens.render_still_fits(screen, t) if found[1] else screen

    return replace(invitation, load=load, render=render)


NOTICES: dict[str, Kind[Any]] = {
    ProgrammeNotice.HOST_ASKED: plain(host_asked, screens.render_host_question),
    ProgrammeNotice.HOST_ANSWERED: plain(host_answered, screens.render_host_answered),
    ProgrammeNotice.POLL_OPENED: plain(open_poll, poll_screens.render_poll),
    ProgrammeNotice.POLL_CHANGED: plain(open_poll, screens.render_poll_changed),
    ProgrammeNotice.POLL_NUDGE: plain(silent_poll, screens.render_poll_nudge),
    ProgrammeNotice.POLL_ENDED: plain(ended_poll, screens.render_poll_ended),
    ProgrammeNotice.PROGRAMME_RELEASED: plain(news, screens.render_news),
}
