"""Forms that say to whom an event goes and when, or cancel it.

Each is about the event as it was when the form was opened: what another of the office has made of it since
is shown before the form counts.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from domain.basics import refusals
from domain.basics.words import N_
from domain.events.event import EventState
from handlers.chat import reading
from handlers.chat.moments import moment, read_exact_moment, show_moment
from handlers.chat.questions import Answers, Question, Questionnaire, Submission, only_staff
from handlers.events.buttons import ShowPlan
from handlers.events.choosing import ORGANISATIONS, REST, find_organisations, show_invitations
from handlers.events.planning import Planned, plan
from handlers.events.planning_edits import told, with_reach
from handlers.events.screens import planning as screens
from handlers.events.screens.event_text import place
from storage.engine.turn import Turn
from storage.events import changing, planning, seating
from storage.events.tables import Event


def _is_draft(turn: Turn, event_id: int) -> None:
    if seating.get_event(turn.session, event_id).state is not EventState.DRAFT:
        raise refusals.ButtonIsOutdated


def _since(turn: Turn, event_id: int) -> Answers | None:
    """A questionnaire's `since`: what another of the office was the last to make of an event."""
    found = changing.changed_by_other(turn, event_id)
    if found is None:
        return None
    event, by = found
    times = {name: getattr(event, name) for name in ("starts_at", "ends_at", "publish_at")}
    return {
        "by": by,
        "at": (event.changed_at or event.created_at).isoformat(),
        "title": event.title,
        "place": place(event),
        "invited": len(event.audience or ()),
        **{name: value and value.isoformat() for name, value in times.items()},
    }


_on_event = partial(
    Questionnaire[Any],
    check=only_staff,
    about=seating.title_of,
    since=_since,
    overtaken=lambda token, asked: screens.render_since(token, asked.t),
    card=ShowPlan,
)


def _invited(turn: Turn, form: Submission) -> Planned:
    chosen = form.answers.get("ids") or []
    planning.invite_only(turn, form.subject_id, chosen)
    return plan(turn, form.subject_id)


def _invited_too(turn: Turn, form: Submission) -> Planned:
    event_id, more = form.subject_id, form.answers.get("ids") or []
    planning.invite_more(turn, event_id, more)
    return plan(turn, event_id)


def _planned_for_later(turn: Turn, form: Submission) -> Planned:
    at = moment(form.answers["at"])
    planning.publish_later(turn, form.subject_id, at)
    return plan(turn, form.subject_id)


def _cancelled(turn: Turn, form: Submission) -> Event:
    return changing.cancel(turn, form.subject_id, form.answers["reason"])


CHOICE: Questionnaire[Any] = _on_event(
    name="choice",
    title=N_("Certain organisations"),
    questions=(ORGANISATIONS, REST),
    submit=_invited,
    done=lambda planned, asked: screens.render_plan(planned[0], planned[1], asked.now, asked.t),
    stands=_is_draft,
    derive=find_organisations,
    has_summary=False,
)

MORE: Questionnaire[Any] = replace(
    CHOICE,
    name="more",
    title=N_("Invite others too"),
    submit=_invited_too,
    stands=changing.is_ahead,
    has_summary=True,
    preview=show_invitations,
    submit_label=N_("Send the invitations"),
)

LATER: Questionnaire[Any] = _on_event(
    name="later",
    title=N_("Publish later"),
    questions=(
        Question(
            "at",
            N_("Publish on"),
            N_("When should the invitations go out? Like “morgen 9 Uhr”."),
            read=read_exact_moment,
            show=show_moment,
        ),
    ),
    submit=_planned_for_later,
    done=lambda planned, asked: screens.render_plan(planned[0], planned[1], asked.now, asked.t),
    stands=_is_draft,
    submit_label=N_("Publish then"),
)

CANCEL_EVENT: Questionnaire[Any] = _on_event(
    name="cancel",
    title=N_("Cancel an event"),
    questions=(
        Question(
            "reason",
            N_("Reason"),
            N_("Why is it cancelled? Everybody who is invited and has not declined will read this."),
            read=reading.text(500, 3),
        ),
    ),
    submit=_cancelled,
    done=lambda event, asked: screens.render_cancelled_for_staff(event, asked.t),
    submit_label=N_("Cancel the event and tell everyone"),
    grows_at="reason",
    stands=changing.is_ahead,
    begin=told,
    preview=with_reach(lambda asked: asked.t("Reason: <b>{reason}</b>", reason=asked.answers["reason"])),
)

FORMS: Sequence[Questionnaire[Any]] = (CHOICE, MORE, LATER, CANCEL_EVENT)
