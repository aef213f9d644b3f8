"""What people are told of the programme: what is read for it, and how it looks."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.programme.polls import Can
from handlers.chat.notices import Kind, gathered, plain
from handlers.chat.screens.screen import Screen
from handlers.chat.screens.together import Line
from handlers.chat.texts import Texts
from handlers.programme.buttons import OnPoll, OnSlot, PollAct, SlotAct
from handlers.programme.screens import polls as poll_screens
from handlers.programme.screens import programme as screens
from storage.engine.tables import Notice
from storage.engine.turn import Turn
from storage.programme import dating, hosts, poll_deadlines, polls, releases
from storage.programme.hosts import Asked
from storage.programme.polls import Poll
from storage.programme.releases import News
from storage.programme.slots import Slot
from storage.programme.tables import ProgrammeNotice


def host_asked(turn: Turn, notice: Notice) -> Asked:
    return hosts.open_question(turn, notice.subject_id)


def host_answered(turn: Turn, notice: Notice) -> Asked:
    return hosts.question(turn, notice.subject_id)


def host_replaced(turn: Turn, notice: Notice) -> Slot | None:
    return hosts.replaced(turn, notice.subject_id)


def open_poll(turn: Turn, notice: Notice) -> Poll | None:
    """While there is something to answer."""
    poll = polls.show(turn, notice.subject_id)
    return None if poll.is_over or all(one.own for one in poll.choices) else poll


def silent_poll(turn: Turn, notice: Notice) -> Poll | None:
    poll = open_poll(turn, notice)
    return poll if poll and poll_deadlines.is_silent(turn, poll.row) else None


def ended_poll(turn: Turn, notice: Notice) -> Poll | None:
    poll = polls.show(turn, notice.subject_id)
    return poll if poll.is_over and not poll.row.closed_at else None


def taken(turn: Turn, notice: Notice) -> Poll | None:
    poll = polls.show(turn, notice.subject_id)
    return poll if poll.chosen else None


def _taken_date(poll: Poll, t: Texts) -> Line:
    assert poll.chosen
    words = f"{t.moment(poll.chosen.option.starts_at)}: {poll.slot.row.title}"
    return Line(words, OnPoll(PollAct.SHOW, poll.id), is_for_office=False)


def settled(turn: Turn, notice: Notice) -> Poll | None:
    return dating.settled(turn, notice.subject_id)


def news(turn: Turn, notice: Notice) -> News | None:
    return releases.news_for(turn, notice.subject_id)


def or_still_fits(invitation: Kind[Any]) -> Kind[Any]:
    """An invitation, and above it what its reader said in the poll for that date."""

    def load(turn: Turn, notice: Notice) -> tuple[Any, bool] | None:
        found = invitation.load(turn, notice)
        can = polls.said(turn, notice.subject_id)
        return found and (found, can in (Can.YES, Can.MAYBE))

    def render(found: tuple[Any, bool], pact: Pact, now: datetime, t: Texts) -> Screen:
        screen = invitation.render(found[0], pact, now, t)
        return screens.render_still_fits(screen, t) if found[1] else screen

    return replace(invitation, load=load, render=render)


NOTICES: dict[str, Kind[Any]] = {
    ProgrammeNotice.HOST_ASKED: plain(host_asked, screens.render_host_question),
    ProgrammeNotice.HOST_ANSWERED: gathered(
        plain(host_answered, screens.render_host_answered),
        N_("Hosts have answered"),
        lambda found, _t: Line(
            f"{found.organisation}: {found.slot.row.title}", OnSlot(SlotAct.HOSTS, found.slot.id)
        ),
    ),
    ProgrammeNotice.HOST_REPLACED: plain(host_replaced, screens.render_host_replaced),
    ProgrammeNotice.POLL_OPENED: plain(open_poll, poll_screens.render_poll),
    ProgrammeNotice.POLL_CHANGED: plain(open_poll, screens.render_poll_changed),
    ProgrammeNotice.POLL_NUDGE: plain(silent_poll, screens.render_poll_nudge),
    ProgrammeNotice.POLL_ENDED: gathered(
        plain(ended_poll, screens.render_poll_ended),
        N_("Date polls that are over"),
        lambda poll, _t: Line(poll.slot.row.title, OnSlot(SlotAct.SHOW, poll.slot.id)),
    ),
    ProgrammeNotice.POLL_SETTLED: plain(settled, screens.render_poll_settled),
    ProgrammeNotice.POLL_TAKEN: gathered(
        plain(taken, screens.render_poll_taken), N_("Dates that are fixed"), _taken_date
    ),
    ProgrammeNotice.PROGRAMME_RELEASED: plain(news, screens.render_news),
}
