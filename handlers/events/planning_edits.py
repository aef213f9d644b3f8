"""Forms that change one thing about an event."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from domain.basics.words import N_
from domain.events.event import EventKind, EventState, deadline_moved
from handlers.chat import reading
from handlers.chat.moments import moment, show_when, span
from handlers.chat.questions import SHOWN, Answers, Asked, Question, Questionnaire, Submission, only_staff
from handlers.chat.screens.screen import lines, paragraphs
from handlers.events.choosing import ORGANISATIONS, REST, find_organisations
from handlers.events.planning import Planned, plan
from handlers.events.planning_forms import (
    ABOUT,
    ENDS,
    KIND,
    PLACE,
    SEATS,
    STARTS,
    TITLE,
    UNTIL,
    WHEN,
    hints,
    note_others,
    parts_of_place,
    read_deadline,
    start_of,
    times_so_far,
)
from handlers.events.screens import event_notices
from handlers.events.screens import phone_calls as call_screens
from handlers.events.screens import planning as screens
from handlers.events.screens.event_text import place
from storage.engine.turn import Turn
from storage.events import changing, planning, seating
from storage.events.phone_calls import Call


def told(turn: Turn, event_id: int) -> Answers:
    """How many will be told and who must be rung, for the last look before it happens."""
    reach = changing.reach(turn.session, event_id)
    is_out = seating.get_event(turn.session, event_id).state is EventState.PUBLISHED
    numbers = [reach.coming, reach.waiting, reach.silent]
    return {"reach": numbers, "calls": [list(call) for call in reach.calls]} if is_out else {}


def _before(turn: Turn, event_id: int) -> Answers:
    """The same, with the event as it is."""
    event = seating.get_event(turn.session, event_id, lock=True)
    times = (event.starts_at, event.ends_at, event.answer_by)
    stored = {
        "title": event.title,
        "kind": event.kind.value,
        "when": [event.starts_at.isoformat(), event.ends_at.isoformat()],
        "place": place(event),
        "map": f"{event.latitude} {event.longitude}" if event.latitude is not None else None,
        "organisations": event.host,
        "about_text": event.description,
        "picture": event.picture,
        "seats": event.capacity,
        "each": event.seats_per_company,
        "answer_by": event.answer_by and event.answer_by.isoformat(),
        "since": event.improvements,
    }
    return {
        **told(turn, event_id),
        SHOWN: {key: value for key, value in stored.items() if value},
        "event": event_id,
        "times": [moment_ and moment_.isoformat() for moment_ in times],
    }


def _can_move(turn: Turn, event_id: int) -> None:
    """A draft may lie in the past."""
    if seating.get_event(turn.session, event_id).state is not EventState.DRAFT:
        changing.is_ahead(turn, event_id)


def with_reach(words: Callable[[Asked], Markup]) -> Callable[[Asked], Markup]:
    def preview(asked: Asked) -> Markup:
        told = asked.answers.get("reach")
        if not told:
            return words(asked)
        to_ring = call_screens.to_ring([Call(*call) for call in asked.answers.get("calls") or []], asked.t)
        return paragraphs(words(asked), screens.render_reach(told[0], told[1], told[2], asked.t), to_ring)

    return preview


def _edit(
    name: str,
    title: str,
    questions: tuple[Question, ...],
    values: Callable[[Turn, Submission], dict[str, Any]],
    **more: Any,
) -> Questionnaire[Any]:
    """A form that changes one thing about an event."""

    def submit(turn: Turn, form: Submission) -> Planned:
        event_id = form.subject_id
        changing.change(turn, event_id, values(turn, form))
        return plan(turn, event_id)

    given = {
        "submit": submit,
        "has_summary": False,
        "check": only_staff,
        "stands": changing.stands,
        "about": seating.title_of,
        "begin": _before,
        **more,
    }
    return Questionnaire(
        name=f"event_{name}",
        title=title,
        questions=questions,
        done=lambda planned, asked: screens.render_plan(planned[0], planned[1], asked.now, asked.t),
        **given,
    )


def _moved(turn: Turn, form: Submission) -> Planned:
    starts_at, ends_at = span(form.answers, turn.pact)
    event_id = form.subject_id
    changing.move(turn, event_id, starts_at, ends_at)
    return plan(turn, event_id)


def _show_when(value: Any, asked: Asked) -> str:
    """As it was typed, or as it is stored."""
    is_stored = isinstance(value, list)
    return str(asked.t.span(moment(value[0]), moment(value[1]))) if is_stored else show_when(value, asked)


def _time_so_far(asked: Asked) -> Markup:
    starts_at, ends_at, _ = times_so_far(asked)
    if not (starts_at and ends_at):
        return Markup()
    return asked.t("Time so far: {when}", when=asked.t.span(starts_at, ends_at))


def _new_time(asked: Asked) -> Markup:
    """Also what becomes of the deadline, which moves along."""
    starts_at, _, answer_by = times_so_far(asked)
    new_start, new_end = span(asked.answers, asked.pact)
    deadline = Markup()
    if starts_at and answer_by:
        moved = deadline_moved(answer_by, starts_at, new_start, asked.now, asked.pact.timezone)
        deadline = event_notices.deadline_in_words(moved, asked.t)
    when = asked.t("New time: <b>{when}</b>", when=asked.t.span(new_start, new_end))
    return lines(_time_so_far(asked), when, deadline, hints(asked))


def _new_deadline(asked: Asked) -> Markup:
    answer_by = times_so_far(asked)[2]
    new = read_deadline(asked.answers["answer_by"], start_of(asked), asked.pact)
    return lines(
        asked.t("(so far: {what})", what=asked.t.until(answer_by)) if answer_by else "",
        event_notices.deadline_in_words(new, asked.t),
    )


def _new_place(asked: Asked) -> Markup:
    has_map = "map" in asked.answers.get(SHOWN, {})
    return lines(
        asked.t("New place: <b>{place}</b>", place=asked.answers["place"]),
        asked.t("The map point goes, as it is the old place's. Please send a new one.") if has_map else "",
    )


def _where(_turn: Turn, form: Submission) -> dict[str, Any]:
    latitude, longitude = (form.answers["map"] or " ").split(" ")
    return {
        "latitude": float(latitude) if latitude else None,
        "longitude": float(longitude) if latitude else None,
    }


def _deadline(turn: Turn, form: Submission) -> dict[str, Any]:
    starts_at = seating.get_event(turn.session, form.subject_id).starts_at
    return {"answer_by": read_deadline(form.answers["answer_by"], starts_at, turn.pact)}


def _hosted(turn: Turn, form: Submission) -> Planned:
    event = seating.get_event(turn.session, form.subject_id, lock=True)
    planning.put_hosts(turn.session, event, form.answers.get("ids") or [], turn.now, turn.person)
    return plan(turn, form.subject_id)


EDITS = (
    _edit("title", N_("Title"), (TITLE,), lambda _turn, form: {"title": form.answers["title"]}),
    _edit("kind", N_("Kind"), (KIND,), lambda _turn, form: {"kind": EventKind(form.answers["kind"])}),
    _edit(
        "when",
        N_("Move an event"),
        (replace(WHEN, show=_show_when), STARTS, ENDS),
        lambda _turn, _form: {},
        submit=_moved,
        stands=_can_move,
        has_summary=True,
        understood=hints,
        preview=with_reach(_new_time),
        derive=note_others,
        submit_label=N_("Move it"),
    ),
    _edit(
        "place",
        N_("Place"),
        (PLACE,),
        lambda _turn, form: {**parts_of_place(form.answers["place"]), "latitude": None, "longitude": None},
        stands=_can_move,
        has_summary=True,
        preview=with_reach(_new_place),
        submit_label=N_("Change the place"),
    ),
    _edit(
        "map",
        N_("Map point"),
        (
            Question(
                "map",
                N_("Map point"),
                N_("Please send the location with the paperclip."),
                read=lambda given, _asked: given,
                show=lambda value, _asked: value.replace(" ", ", "),
                takes="location",
                optional=True,
            ),
        ),
        _where,
    ),
    _edit(
        "hosts",
        N_("Hosts"),
        (replace(ORGANISATIONS, optional=True), REST),
        lambda _turn, _form: {},
        submit=_hosted,
        derive=find_organisations,
    ),
    _edit(
        "about",
        N_("Description"),
        (ABOUT,),
        lambda _turn, form: {"description": form.answers["about_text"] or ""},
    ),
    _edit(
        "picture",
        N_("Picture"),
        (
            Question(
                "picture",
                N_("Picture"),
                N_("Please send a picture."),
                read=lambda given, _asked: given,
                show=lambda _value, asked: asked.t.label("one picture"),
                takes="photo",
                optional=True,
            ),
        ),
        lambda _turn, form: {"picture": form.answers["picture"] or ""},
    ),
    _edit(
        "seats",
        N_("Seats"),
        (SEATS,),
        lambda _turn, form: {"capacity": form.answers["seats"]},
        stands=_can_move,
    ),
    _edit(
        "each",
        N_("Seats per organisation"),
        (
            Question(
                "each",
                N_("Seats per organisation"),
                N_("How many people may one organisation send?"),
                read=reading.number,
                optional=True,
                skip=N_("No limit"),
            ),
        ),
        lambda _turn, form: {"seats_per_company": form.answers["each"]},
    ),
    _edit(
        "until",
        N_("Answer by"),
        (UNTIL,),
        _deadline,
        stands=_can_move,
        has_summary=True,
        preview=with_reach(_new_deadline),
        submit_label=N_("Change the deadline"),
    ),
    _edit(
        "since",
        N_("Changed since last time"),
        (
            Question(
                "since",
                N_("Changed since last time"),
                N_("What is different because of what people said last time? It stands on the card."),
                read=reading.text(500),
                optional=True,
            ),
        ),
        lambda _turn, form: {"improvements": form.answers["since"] or ""},
    ),
)

FORMS: Sequence[Questionnaire[Any]] = EDITS
