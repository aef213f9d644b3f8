"""The form of a new event, and the questions that forms of planning share."""

from datetime import date, datetime, timedelta
from typing import Any

from markupsafe import Markup

from domain.basics.calendar import days_later
from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.events.event import EventKind, Reader
from handlers.chat import reading
from handlers.chat.days import days_off
from handlers.chat.moments import (
    SPANS,
    has_end,
    has_start,
    moment,
    read_ends,
    read_moment,
    read_starts,
    read_when,
    show_moment,
    show_when,
    span,
)
from handlers.chat.questions import (
    Answers,
    Asked,
    Option,
    Question,
    Questionnaire,
    Submission,
    Wrong,
    only_staff,
)
from handlers.chat.screens.screen import lines, paragraphs
from handlers.events.planning import Planned
from handlers.events.screens import planning as screens
from handlers.events.screens.event_text import KINDS, facts
from storage.engine.turn import Turn
from storage.events import changing, planning, seating
from storage.events.planning import NewEvent
from storage.events.tables import Event

AHEAD = {"7d": N_("A week before"), "3d": N_("Three days before"), "start": N_("Until the start")}


def parts_of_place(text: str) -> dict[str, str]:
    """The house is what stands before the first comma, the rest is the address."""
    house, _, address = (part.strip() for part in text.partition(","))
    return {"place": house[:160], "address": address[:160]}


def read_deadline(said: Any, starts_at: datetime, pact: Pact) -> datetime | None:
    if said in (None, "start"):
        return None
    if said in AHEAD:
        return days_later(starts_at, -int(said.removesuffix("d")), pact.timezone)
    return moment(said)


def times_so_far(asked: Asked) -> list[datetime | None]:
    """Start, end and deadline so far."""
    return [value and moment(value) for value in asked.answers.get("times", (None,) * 3)]


def start_of(asked: Asked) -> datetime:
    """Of the event that is changed, or is being entered."""
    return times_so_far(asked)[0] or span(asked.answers, asked.pact)[0]


def check_deadline(said: Any, asked: Asked) -> None:
    starts_at = start_of(asked)
    answer_by = read_deadline(said, starts_at, asked.pact)
    if answer_by and answer_by <= asked.now:
        raise Wrong(
            N_("{moment} is over already. Please choose a later time."), moment=asked.t.moment(answer_by)
        )
    if answer_by and answer_by > starts_at:
        raise Wrong(
            N_("The event begins on {moment}; answers must be in before that."),
            moment=asked.t.moment(starts_at),
        )


def _new_event(answers: Answers, pact: Pact) -> NewEvent:
    starts_at, ends_at = span(answers, pact)
    return NewEvent(
        title=answers["title"],
        kind=EventKind(answers["kind"]),
        starts_at=starts_at,
        ends_at=ends_at,
        place=parts_of_place(answers["place"])["place"],
        address=parts_of_place(answers["place"])["address"],
        description=answers.get("about_text") or "",
        capacity=answers.get("seats"),
        answer_by=read_deadline(answers.get("answer_by"), starts_at, pact),
    )


def _preview(asked: Asked) -> Markup:
    """The card as a partner will see it."""
    event = Event(**vars(_new_event(asked.answers, asked.pact)), created_at=asked.now)
    return paragraphs(facts(event, seating.free(event), asked.t, Reader.PARTNERS), hints(asked))


def _drafted(turn: Turn, form: Submission) -> Planned:
    event = planning.draft(turn, _new_event(form.answers, turn.pact))
    return event, changing.reach(turn.session, event.id)


def note_others(turn: Turn, answers: Answers) -> Answers:
    """Under `others`, what else takes place then."""
    if not (answers.get("when") and (has_start(answers) or answers.get("starts"))):
        return {**answers, "others": []}
    return {
        **answers,
        "others": planning.at_the_same_time(turn.session, *span(answers, turn.pact), answers.get("event")),
    }


def hints(asked: Asked) -> Markup:
    """What speaks against a time, without forbidding it: days off and other events."""
    when = asked.answers.get("when")
    if not when:
        return Markup()
    first = date.fromisoformat(when["day"])
    last = span(asked.answers, asked.pact)[1].astimezone(asked.pact.timezone).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    others = Markup(", ").join(
        asked.t("“{words}”", words=title) for title in asked.answers.get("others") or ()
    )
    return lines(
        *days_off(days, asked),
        asked.t("💡 At the same time: {events}", events=others) if others else "",
    )


def _when(asked: Asked) -> str:
    return lines(show_when(asked.answers["when"], asked), hints(asked)) if asked.answers.get("when") else ""


TITLE = Question("title", N_("Title"), N_("What is the event called?"), read=reading.line(120, 3))
KIND = Question(
    "kind",
    N_("Kind"),
    N_("What kind of event is it?"),
    options=tuple(Option(value, label) for value, label in KINDS.items()),
)
WHEN = Question(
    "when",
    N_("Time"),
    N_("When? Like “Do 10.12. 14-17 Uhr” or “next Tuesday 9:30”. Or tap a day."),
    read=read_when,
    show=show_when,
    has_month=True,
)
STARTS = Question(
    "starts",
    N_("Start"),
    N_("From when? Like 14:00, or 14-17 Uhr."),
    read=read_starts,
    show=lambda value, _asked: value["starts"],
    skip_if=has_start,
    follows_up=True,
)
ENDS = Question(
    "ends",
    N_("End"),
    N_("Until when? Like 17:00, or tap how long it takes."),
    read=read_ends,
    options=tuple(Option(value, label) for value, label in SPANS.items()),
    skip_if=has_end,
    follows_up=True,
)
PLACE = Question(
    "place",
    N_("Place"),
    N_("Where? The house first, then the address, like: Rathaus, Von-der-Leyen-Platz 1, 47798 Krefeld."),
    read=reading.line(320),
)
SEATS = Question(
    "seats",
    N_("Seats"),
    N_("How many people have room?"),
    read=reading.number,
    optional=True,
    skip=N_("No limit"),
)
UNTIL = Question(
    "answer_by",
    N_("Answer by"),
    N_("Until when should partners answer? Tap, or write a day like 1.12."),
    read=read_moment,
    show=show_moment,
    options=tuple(Option(value, label) for value, label in AHEAD.items()),
    check=check_deadline,
)
ABOUT = Question(
    "about_text",
    N_("Description"),
    N_("What is it about? A few sentences."),
    read=reading.text(1200),
    optional=True,
)

NEW_EVENT: Questionnaire[Any] = Questionnaire(
    name="event",
    title=N_("New event"),
    questions=(TITLE, KIND, WHEN, STARTS, ENDS, PLACE, ABOUT, SEATS, UNTIL),
    submit=_drafted,
    done=lambda planned, asked: screens.render_plan(planned[0], planned[1], asked.now, asked.t),
    submit_label=N_("Keep as a draft"),
    check=only_staff,
    understood=_when,
    preview=_preview,
    derive=note_others,
)
