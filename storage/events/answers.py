"""Answers to events: seats are taken, given back, waited for. How they are shown: `views.py`."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, SQLModel, col, delete

from domain.basics import refusals
from domain.basics.pact import Pact
from domain.events import event as rules
from domain.events.event import OUT, Standing, Status
from domain.events.refusals import EventIsGone, NobodyElseToBring, OfferIsOver
from storage.engine import outbox, wishes
from storage.engine.database import touch_agenda
from storage.engine.prepared import Prepared
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import own_answers, replies, seating, second_thoughts, views
from storage.events.own_answers import Colleagues, Own
from storage.events.seating import get_event
from storage.events.second_thoughts import Change
from storage.events.tables import Event, EventNotice, Rsvp, Seat
from storage.events.views import Card
from storage.partners import membership

ENTERED_PAUSE = timedelta(minutes=2)  # after the office's last tap; a call takes several

_TABLE = SQLModel.metadata.tables["rsvp"]
_RSVP = _TABLE.columns
_CHANGING = (
    *("organisation_id", "status", "party", "one_is_enough", "offered", "offered_until", "before"),
    *("entered_by_id", "asked_at", "changed_at", "confirmed_at", "sequence"),
)
_ADD = Prepared(sqlalchemy.insert(_TABLE), "event_id", "person_id", "replies", *_CHANGING)
_CHANGE = Prepared(
    sqlalchemy.update(_TABLE).where(
        _RSVP.event_id == bindparam("of_event"), _RSVP.person_id == bindparam("of_person")
    ),
    *_CHANGING,
)


def come(turn: Turn, event_id: int) -> Card:
    """A yes that names no number: a party that is in or waits stays as it is, an offer is taken."""
    event = get_event(turn.session, event_id, lock=True)
    own, colleagues = found = own_answers.find_all(turn.session, event, turn.person, turn.now)
    if own.status in (Status.YES, Status.WAITING):
        return views.card(turn.session, turn.person, event, turn.now)
    if own.status is Status.OFFERED:
        return _take_offer(turn, event)
    until = own.undone_until()
    if own.status is Status.NO and until and turn.now <= until:
        return undo(turn, event_id)
    room = None
    if event.seats_per_company is not None:
        room = event.seats_per_company - colleagues.seats
    wish = second_thoughts.former_party(own, seating.free(event), room)
    return _respond(turn, event, wish, found)


def undo(turn: Turn, event_id: int) -> Card:
    """What somebody has taken back a moment ago stands again, seats, names and place in line."""
    event = get_event(turn.session, event_id, lock=True)
    second_thoughts.undo(turn.session, event, turn.person, turn.now)
    return views.card(turn.session, turn.person, event, turn.now)


def respond(turn: Turn, event_id: int, wish: int) -> Card:
    """Record that `person` wants `wish` seats (0: does not come), and offer on what becomes free.

    Contacts of a former partner may only give seats back.
    """
    return _respond(turn, get_event(turn.session, event_id, lock=True), wish)


def _respond(turn: Turn, event: Event, wish: int, found: tuple[Own, Colleagues] | None = None) -> Card:
    if turn.person.organisation_id is None:
        raise refusals.OnlyForPartners
    if not views.is_invited(turn.person, event):
        raise EventIsGone
    rules.check_answerable(event, turn.now)
    return answer(turn.session, event, turn.person, wish, turn.pact, turn.now, found=found)


def answer(
    session: Session,
    event: Event,
    person: Person,
    wish: int,
    pact: Pact | None,
    now: datetime,
    *,
    entered_by: Person | None = None,
    beyond_capacity: bool = False,
    found: tuple[Own, Colleagues] | None = None,
) -> Card:
    """The same without asking who may: `event` is locked. With `beyond_capacity` the party is in anyway.

    `found` is the answers so far where they have been read already. Without `pact`, what becomes free is
    offered by the timetable's next round.
    """
    own, colleagues = found or own_answers.find_all(session, event, person, now)
    if wish and person.organisation_id and not colleagues.is_partner and entered_by is None:
        raise refusals.OnlyForPartners
    standing = _standing(event, own, colleagues)
    status = Status.YES if beyond_capacity and wish else rules.decide_answer(event, standing, wish)
    change = Change(own, status, wish)
    kept = second_thoughts.keep(session, event, person, change, now) if pact else second_thoughts.NOTHING
    values = {
        "organisation_id": person.organisation_id,
        "entered_by_id": entered_by.id if entered_by else None,
        "asked_at": now if own.status in OUT and not beyond_capacity else own.asked_at,
        "confirmed_at": now if status is Status.YES and _is_sure(event, entered_by, now) else None,
        **change.values(now),
        **kept,
    }
    _record(session, event, person, values, is_new=own.status is None)
    _put_names_right(session, event, person, change)
    _count(session, event, change, kept["offered"])
    if pact and own.seats > (wish if status is Status.YES else 0) + kept["offered"]:
        seating.go_on(session, event, pact, now)
    seating.redraw_cards(session, event.id, person.id, files=change.is_turned)
    if change.is_turned:
        send_file(session, event.id, person, status, now, now + _pause(entered_by, kept))
    return _card(session, event, person, change, values, colleagues, now)


def _standing(event: Event, own: Own, colleagues: Colleagues) -> Standing:
    others = event.taken + event.held - own.seats
    seats = own.offered if own.status is Status.OFFERED else own.party
    return Standing(others, colleagues.seats, own.status, seats, own.given_back)


def _pause(entered_by: Person | None, kept: dict[str, Any]) -> timedelta:
    """Before a file for the calendar goes out: what follows within it makes that one."""
    pause = ENTERED_PAUSE if entered_by and entered_by.is_staff else timedelta()
    return max(pause, rules.SECOND_THOUGHT) if kept["before"] else pause


def _card(
    session: Session,
    event: Event,
    person: Person,
    change: Change,
    values: dict[str, Any],
    colleagues: Colleagues,
    now: datetime,
) -> Card:
    """As the answer has just made it."""
    waits, wish = change.status is Status.WAITING, change.wish
    return Card(
        event,
        change.status,
        wish,
        own_answers.position(session, event.id, person.id, values["asked_at"]) if waits else None,
        is_partner=colleagues.is_partner and views.is_invited(person, event),
        is_staff=person.is_staff,
        now=now,
        one_is_enough=values["one_is_enough"],
        replies=change.own.replies,
        names=views.names(session, event.id, person.id, wish),
        colleagues=colleagues.answered,
        room=rules.free_seats(event.seats_per_company, colleagues.seats),
        undone_until=now + rules.SECOND_THOUGHT if values["before"] else None,
        is_sure=values["confirmed_at"] is not None,
        sequence=values["sequence"],
    )


def _is_sure(event: Event, entered_by: Person | None, now: datetime) -> bool:
    """Whoever says so themselves when others are asked whether they really come need not be asked."""
    return entered_by is None and now >= event.starts_at - rules.CONFIRM_BEFORE


def send_file(
    session: Session, event_id: int, person: Person, status: Status, now: datetime, due_at: datetime
) -> None:
    """For the calendar of who is in now, or was until now."""
    kind = EventNotice.CALENDAR_ENTRY if status is Status.YES else EventNotice.CALENDAR_REMOVAL
    key = f"event:{event_id}:file:{now.isoformat()}"
    outbox.enqueue_for(session, person, kind, key, now, event_id, due_at)
    if status is Status.YES and wishes.of(session, person).with_code:
        outbox.enqueue_for(session, person, EventNotice.ENTRY_CODE, f"{key}:code", now, event_id, due_at)


def _record(session: Session, event: Event, person: Person, values: dict[str, Any], *, is_new: bool) -> None:
    if is_new:
        _ADD.write(session, event_id=event.id, person_id=person.id, **values, replies={})
    else:
        _CHANGE.write(session, of_event=event.id, of_person=person.id, **values)


def _count(session: Session, event: Event, change: Change, held: int) -> None:
    own, status, wish = change.own, change.status, change.wish
    was_in, waited = (own.party if own.status is kind else 0 for kind in (Status.YES, Status.WAITING))
    in_now, waits_now = (wish if status is kind else 0 for kind in (Status.YES, Status.WAITING))
    seating.count(
        session,
        event,
        taken=in_now - was_in,
        held=held - own.offered,
        waiting=waits_now - waited,
        in_line=(status is Status.WAITING) - (own.status is Status.WAITING),
    )


def _put_names_right(session: Session, event: Event, person: Person, change: Change) -> None:
    """Those of seats that are given back go; those of seats that are taken again are there again."""
    own, wish = change.own, change.wish
    if own.party > wish:
        surplus = (
            col(Seat.event_id) == event.id,
            col(Seat.person_id) == person.id,
            col(Seat.number) >= max(wish, 1),
        )
        session.exec(delete(Seat).where(*surplus))
    elif own.before and wish > own.party:
        second_thoughts.put_back_names(session, event.id, person.id, own.before, wish)


def settle_for_one(turn: Turn, event_id: int) -> Card:
    """Somebody who waits with colleagues takes fewer seats, down to one, if only those are free."""
    event, own = _waiting(turn, event_id)
    free = seating.free(event)
    if free:
        return answer(turn.session, event, turn.person, min(free, own.party), turn.pact, turn.now)
    return _note_enough(turn, event, own, one_is_enough=True)


def want_all(turn: Turn, event_id: int) -> Card:
    """Take that back: they come together or not at all."""
    event, own = _waiting(turn, event_id)
    return _note_enough(turn, event, own, one_is_enough=False)


def _waiting(turn: Turn, event_id: int) -> tuple[Event, Rsvp]:
    """Until the start, for a seat can become free on the last day."""
    event = get_event(turn.session, event_id, lock=True)
    rules.check_ahead(event, turn.now)
    own = turn.session.get(Rsvp, (event_id, turn.person.id))
    if own is None or own.status is not Status.WAITING:
        raise OfferIsOver
    return event, own


def _note_enough(turn: Turn, event: Event, own: Rsvp, *, one_is_enough: bool) -> Card:
    own.one_is_enough = one_is_enough
    turn.session.add(own)
    turn.session.flush()
    return views.card(turn.session, turn.person, event, turn.now)


def take_offer(turn: Turn, event_id: int) -> Card:
    """The seats that are held become the person's own, also after the deadline for answers."""
    return _take_offer(turn, get_event(turn.session, event_id, lock=True))


def _take_offer(turn: Turn, event: Event) -> Card:
    rules.check_state(event)
    own = turn.session.get(Rsvp, (event.id, turn.person.id))
    if (
        own is None
        or own.status is not Status.OFFERED
        or not own.offered_until
        or turn.now > own.offered_until
    ):
        raise OfferIsOver
    return answer(turn.session, event, turn.person, own.offered, turn.pact, turn.now)


def decline(turn: Turn, event_id: int, *, keep: int = 0) -> Card:
    """A no that helps others, to all seats or to those beyond `keep`. Only the start ends it.

    To an offer, to whether they really come, or from the waiting list.
    """
    event = get_event(turn.session, event_id, lock=True)
    rules.check_ahead(event, turn.now)
    own = turn.session.get(Rsvp, (event_id, turn.person.id))
    if own is None or not _is_asked(own, event, turn.now) or (keep and own.status is not Status.YES):
        raise OfferIsOver
    return answer(turn.session, event, turn.person, keep, turn.pact, turn.now)


def _is_asked(own: Rsvp, event: Event, now: datetime) -> bool:
    if own.status is Status.YES:
        return now >= event.starts_at - rules.CONFIRM_BEFORE
    return own.status in (Status.OFFERED, Status.WAITING)


def confirm(turn: Turn, event_id: int) -> Card:
    """They really come."""
    own = turn.session.get(Rsvp, (event_id, turn.person.id))
    if own is None or own.status is not Status.YES:
        raise OfferIsOver
    own.confirmed_at = turn.now
    turn.session.add(own)
    turn.session.flush()
    return views.show(turn, event_id)


def bring(turn: Turn, event_id: int, colleague_id: int) -> Card:
    """Answer yes for a colleague, who is told and can change it."""
    event = get_event(turn.session, event_id, lock=True)
    rules.check_answerable(event, turn.now)
    colleague = turn.session.get(Person, colleague_id)
    own = turn.session.get(Rsvp, (event_id, colleague_id))
    if (
        colleague is None
        or colleague.organisation_id is None
        or colleague.organisation_id != turn.person.organisation_id
        or not views.is_invited(turn.person, event)
        or membership.partner_of(turn.session, turn.person) is None
        or (own and own.status not in OUT)
    ):
        raise NobodyElseToBring
    answer(turn.session, event, colleague, 1, turn.pact, turn.now, entered_by=turn.person)
    tell_entered(turn.session, event_id, colleague_id, turn.now)
    return views.show(turn, event_id)


def tell_entered(
    session: Session, event_id: int, person_id: int, now: datetime, pause: timedelta = timedelta()
) -> None:
    """Tell somebody that others have answered for them; what is changed within the pause is told once."""
    kind, key = EventNotice.BROUGHT_ALONG, f"event:{event_id}:entered:{now.isoformat()}"
    outbox.withdraw(session, event_id, kind, person_id=person_id)
    outbox.enqueue(session, [person_id], kind, key, now, subject_id=event_id, due_at=now + pause)


def who_entered(session: Session, event_id: int, person_id: int) -> Person | None:
    """Who has answered for this person; None where they have done so themselves."""
    own = session.get(Rsvp, (event_id, person_id))
    return session.get(Person, own.entered_by_id) if own and own.entered_by_id else None


def give_back(session: Session, person: Person, event_id: int, now: datetime) -> None:
    """A no of somebody who leaves, whatever the deadline says."""
    event = get_event(session, event_id, lock=True)
    answer(session, event, person, 0, None, now)
    touch_agenda(session)


def take_off(session: Session, event: Event, own: Rsvp) -> None:
    """As if they had never answered; `event` is locked."""
    taken, waiting = (own.party if own.status is kind else 0 for kind in (Status.YES, Status.WAITING))
    in_line = int(own.status is Status.WAITING)
    seating.count(session, event, taken=-taken, held=-own.offered, waiting=-waiting, in_line=-in_line)
    seating.redraw_cards(session, own.event_id, own.person_id, files=True)
    session.exec(delete(Seat).where(col(Seat.event_id) == event.id, col(Seat.person_id) == own.person_id))
    session.delete(own)
    session.flush()
    touch_agenda(session)


def as_it_stands(session: Session, event_id: int, person_id: int) -> dict[str, Any]:
    """An answer and the names with it, to be put back."""
    own = session.get(Rsvp, (event_id, person_id), populate_existing=True)
    party = own.party if own else 0
    return {
        "answer": own.model_dump(mode="json") if own else None,
        "names": list(views.names(session, event_id, person_id, party)),
    }


def put_back(session: Session, event: Event, own: Rsvp, before: dict[str, Any], now: datetime) -> None:
    """An answer stands again as it did, with its place in line and its offer; `event` is locked.

    Where the seats of the offer have gone to others meanwhile, it is the place in line.
    """
    person = session.get_one(Person, own.person_id)
    take_off(session, event, own)
    if before["answer"] is None:
        return
    back = Rsvp.model_validate(before["answer"])
    back.sequence = own.sequence + 1
    free = seating.free(event)
    if back.status is Status.OFFERED and free is not None and free < back.offered:
        back.status, back.offered, back.offered_until = Status.WAITING, 0, None
    session.add(back)
    session.flush()
    waits = back.status is Status.WAITING
    seating.count(session, event, held=back.offered, waiting=back.party if waits else 0, in_line=int(waits))
    if any(before["names"]):
        replies.put_names(session, own.event_id, own.person_id, back.party, before["names"])
    send_file(session, own.event_id, person, back.status, now, now)
