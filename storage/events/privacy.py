"""What events keep of people."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from domain.basics.words import N_
from domain.events.event import Status
from storage.engine import inventory as i
from storage.engine.inventory import Days, Holding, Kept, Period, Sight, Source
from storage.engine.turn import Turn
from storage.events import answers, guest_list
from storage.events.tables import CallAttempt, Event, EventHost, Feedback, Reminder, Rsvp, Seat

GUESTS = Period("guests", N_("names of guests of an event, from its end on"), 90, 7, 90)
REPLIES = Period(
    "replies", N_("what guests told of access, food and photos, from the end of the event on"), 1, 1, 14
)
TEAM = (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE, Sight.HOST)


def _let_go(turn: Turn) -> None:
    """Seats at what is to come are free again; who waits is offered them."""
    coming = (
        select(Rsvp.event_id)
        .join(Event, col(Event.id) == col(Rsvp.event_id))
        .where(Rsvp.person_id == turn.person.id, Rsvp.status != Status.NO, col(Event.starts_at) > turn.now)
    )
    for event_id in turn.session.exec(coming).all():
        answers.give_back(turn.session, turn.person, event_id, turn.now)


def _forget(session: Session, days: Days, now: datetime) -> bool:
    guest_list.forget_replies(session, now, timedelta(days=days[REPLIES.name]))
    return guest_list.tidy(session, now, timedelta(days=days[GUESTS.name]))


HOLDING = Holding(
    (
        Kept(
            Event,
            N_("Events"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.PARTNERS, Sight.OFFICE),
            i.OF_THE_PACT,
            actors=("created_by_id", "changed_by_id"),
            facts=(
                *("id", "title", "kind", "starts_at", "ends_at", "place", "address", "latitude", "longitude"),
                *("host", "description", "picture", "questions", "capacity", "seats_per_company"),
                *("answer_by", "audience", "taken", "held", "waiting", "in_line", "state", "publish_at"),
                *("reason", "sequence", "version", "edition", "replaced", "door_code", "arrival_note"),
                *("improvements", "recap", "recap_pictures", "recap_changed_at", "recap_sent_at"),
                *("is_tidied", "has_ideas", "created_at", "changed_at"),
            ),
            free=("description", "recap", "reason"),
        ),
        Kept(
            EventHost,
            N_("Hosts of events"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.PARTNERS, Sight.OFFICE),
            i.OF_THE_PACT,
            facts=("event_id", "organisation_id"),
        ),
        Kept(
            Reminder,
            N_("Times at which people are reminded"),
            i.EVENTS,
            Source.BOT,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            facts=("event_id", "kind", "lead_seconds", "due_at"),
        ),
        Kept(
            Rsvp,
            N_("Your answers to events"),
            i.EVENTS,
            Source.SELF,
            TEAM,
            i.WHILE_CONTACT,
            whose="person_id",
            blanks={"replies": {}, "confirmed_at": None, "before": None},
            actors=("entered_by_id",),
            facts=(
                *("event_id", "organisation_id", "status", "party", "one_is_enough", "offered"),
                *("offered_until", "asked_at", "changed_at", "sequence"),
            ),
        ),
        Kept(
            Seat,
            N_("Your seats and whom you brought along"),
            i.EVENTS,
            Source.SELF,
            TEAM,
            GUESTS,
            whose="person_id",
            blanks={"name": "", "replaced": None},
            actors=("arrived_by_id",),
            facts=("event_id", "number", "arrived_at"),
        ),
        Kept(
            Feedback,
            N_("What you said after events"),
            i.EVENTS,
            Source.SELF,
            (Sight.SELF, Sight.OFFICE),
            i.WHILE_CONTACT,
            whose="person_id",
            blanks={"wishes": []},
            facts=("event_id", "score", "keep", "change", "given_at"),
        ),
        Kept(
            CallAttempt,
            N_("How the office reached organisations otherwise than here"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            actors=("by_id",),
            facts=("id", "occasion", "subject_id", "organisation_id", "how", "callback_on", "tried_at"),
        ),
    ),
    _let_go,
    _forget,
    (GUESTS, REPLIES),
)
