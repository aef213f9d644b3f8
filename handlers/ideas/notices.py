"""What people are told of ideas: what is read for it, and how it looks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.basics.words import N_
from handlers.chat.notices import Kind, Topic, gathered, plain
from handlers.chat.screens.screen import Screen
from handlers.chat.screens.together import Line
from handlers.chat.texts import Texts
from handlers.chat.views import View
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.ideas.screens import groups as group_screens
from handlers.ideas.screens import notices as screens
from handlers.ideas.screens.idea import render_idea
from handlers.ideas.screens.office import FOR_OFFICE, render_desk
from storage.engine.following import Shows
from storage.engine.tables import Notice
from storage.engine.turn import Turn
from storage.ideas import board, groups, merges, progress, views
from storage.ideas.board import Order
from storage.ideas.groups import Gathering, Said
from storage.ideas.merges import Merged
from storage.ideas.progress import Told
from storage.ideas.tables import Idea, IdeaNotice
from storage.ideas.views import Desk, Look


def waiting(turn: Turn, _notice: Notice) -> int | None:
    """How many still wait."""
    return board.total(turn.session, turn.person, Order.WAITING) or None


def seen(turn: Turn, notice: Notice) -> Idea:
    return board.visible(turn, notice.subject_id)


def told(turn: Turn, notice: Notice) -> Sequence[Told] | None:
    return progress.told(turn, date.fromordinal(notice.subject_id or 1)) or None


def answer(turn: Turn, notice: Notice) -> Told:
    return progress.step_for(turn, notice.subject_id)


def merged(turn: Turn, notice: Notice) -> Merged | None:
    found = merges.find(turn.session, notice.subject_id)
    return None if found.merge.ended_at else found


def group(turn: Turn, notice: Notice) -> Gathering | None:
    found = groups.show(turn, notice.subject_id)
    return None if found.group.ended_at else found


def line(turn: Turn, notice: Notice) -> tuple[Gathering, Said]:
    return groups.line_for(turn, notice.subject_id)


def _line(found: tuple[Gathering, Said], t: Texts) -> Screen:
    return group_screens.render_line(*found, t)


NOTICES: dict[str, Kind[Any]] = {
    IdeaNotice.WAITS: plain(waiting, screens.render_waits),
    IdeaNotice.REPORTED: replace(
        plain(seen, screens.render_reported_to_staff),
        opens=lambda idea, _t: Line(idea.text, OnIdea(IdeaAct.OFFICE, idea.id)),
        together=N_("Reported ideas"),
    ),
    IdeaNotice.PUBLISHED: plain(seen, screens.render_published),
    IdeaNotice.HIDDEN: plain(seen, screens.render_hidden),
    IdeaNotice.PROGRESS: replace(plain(told, screens.render_progress), topic=Topic.IDEAS),
    IdeaNotice.ANSWER: plain(answer, screens.render_answer),
    IdeaNotice.COMMENT: replace(plain(seen, screens.render_commented), topic=Topic.IDEAS),
    IdeaNotice.MERGED: plain(merged, screens.render_merged),
    IdeaNotice.OBJECTED: gathered(
        plain(merged, screens.render_objection),
        N_("Objections to merging ideas"),
        lambda found, _t: Line(found.idea.text, OnIdea(IdeaAct.OFFICE, found.idea.id)),
    ),
    IdeaNotice.GROUP: gathered(
        plain(group, group_screens.render_group),
        N_("Project groups"),
        lambda found, _t: Line(found.idea.text, OnIdea(IdeaAct.OFFICE, found.idea.id)),
        for_staff=True,
    ),
    IdeaNotice.GROUP_LINE: replace(
        gathered(
            plain(line, _line),
            N_("Agreed in project groups"),
            lambda found, _t: Line(found[1].text, OnIdea(IdeaAct.OFFICE, found[0].idea.id)),
            for_staff=True,
        ),
        veiled=N_("👥 A line in your project group"),
    ),
}


def _idea(turn: Turn, shows: Shows) -> Look | Desk:
    if shows.edition == FOR_OFFICE:
        return views.for_office(turn, shows.subject_id)
    return views.look(turn, shows.subject_id)


def _reported(turn: Turn, shows: Shows) -> Idea | None:
    desk = views.for_office(turn, shows.subject_id)
    return desk.look.idea if desk.reports else None


def _merge(turn: Turn, shows: Shows) -> tuple[Merged, int] | None:
    found = merges.find(turn.session, shows.subject_id)
    is_there = found.idea.withdrawn_at is None and found.into.withdrawn_at is None
    return (found, shows.edition) if is_there else None


def _waiting(turn: Turn, _shows: Shows) -> int | None:
    return board.total(turn.session, turn.person, Order.WAITING) or None


def _commented(turn: Turn, shows: Shows) -> Idea | None:
    look = views.look(turn, shows.subject_id)
    return look.idea if look.remarks and look.idea.hidden_at is None else None


def _answered(turn: Turn, shows: Shows) -> Told | None:
    found = progress.step_for(turn, shows.edition)
    return None if found.idea.withdrawn_at else found


def _draw_idea(found: Look | Desk, t: Texts) -> Screen:
    return render_desk(found, (), t) if isinstance(found, Desk) else render_idea(found, t)


def _draw_merge(found: tuple[Merged, int], t: Texts) -> Screen:
    merged, edition = found
    draw = screens.render_objection if edition == screens.OBJECTION else screens.render_merged
    return draw(merged, t)


VIEWS: dict[str, View[Any]] = {
    "idea": View(_idea, lambda found, _pact, _now, t: _draw_idea(found, t)),
    "idea_news": View(
        lambda turn, shows: views.look(turn, shows.subject_id),
        lambda look, _pact, _now, t: render_idea(look, t),
    ),
    "idea_answer": View(
        _answered,
        lambda found, _pact, _now, t: screens.render_answer(found, t),
    ),
    "ideas_told": View(
        lambda turn, shows: progress.told(turn, date.fromordinal(shows.subject_id or 1)) or None,
        lambda found, _pact, _now, t: screens.render_progress(found, t),
    ),
    "ideas_wait": View(_waiting, lambda count, _pact, _now, t: screens.render_waits(count, t)),
    "idea_comment": View(_commented, lambda idea, _pact, _now, t: screens.render_commented(idea, t)),
    "idea_report": View(_reported, lambda idea, _pact, _now, t: screens.render_reported_to_staff(idea, t)),
    "idea_merge": View(
        _merge,
        lambda found, _pact, _now, t: _draw_merge(found, t),
    ),
    "idea_group": View(
        lambda turn, shows: groups.show(turn, shows.subject_id),
        lambda found, _pact, _now, t: group_screens.render_group(found, t),
    ),
}
