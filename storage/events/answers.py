"""Answers to events: seats are taken, given back, waited for. How they are shown: `views.py`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, SQLModel, col, delete, select, update

from domain.basics import refusals
from domain.basics.consent import Topic
from domain.basics.pact import Pact
from domain.events import event as rules
from domain.events.event import OUT, Standing, Status
from domain.events.refusals import EventIsGone, NobodyElseToBring, OfferIsOver, TooManyNames
from storage.engine import consents, outbox, wishes
from storage.engine.database import touch_agenda
from storage.engine.prepared import Prepared
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import seating, second_thoughts, views
from storage.events.seating import get_event
from storage.events.second_thoughts import Change
from storage.events.tables import Event, EventNotice, Rsvp, Seat
from storage.events.views import Card, Colleagues, Own
from storage.partners import membership

AGREED = tuple(Topic)  # what is told of these needs one's own consent
UNTOLD = ("no", "none")
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
    own, colleagues = found = views.find_all(turn.session, event, turn.person, turn.now)
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
    key = {"event_id": event.id, "person_id": person.id}
    own, colleagues = found or views.find_all(session, event, person, now)
    if wish and person.organisation_id and not colleagues.is_partner and entered_by is None:
        raise refusals.OnlyForPartners
    others = event.taken + event.held - own.seats
    seats = own.offered if own.status is Status.OFFERED else own.party
    standing = Standing(others, colleagues.seats, own.status, seats, own.given_back)
    status = Status.YES if beyond_capacity and wish else rules.decide_answer(event, standing, wish)

    asked_at = now if own.status in OUT and not beyond_capacity else own.asked_at
    one_is_enough = own.one_is_enough and status is own.status is Status.WAITING
    change = Change(own, status, wish)
    kept = second_thoughts.keep(session, event, person, change, now) if pact else second_thoughts.NOTHING
    is_turned = (status is Status.YES) is not (own.status is Status.YES)
    values = {
        "sequence": own.sequence + (is_turned and own.status is not None),
        "organisation_id": person.organisation_id,
        "status": status,
        "party": wish,
        "one_is_enough": one_is_enough,
        "entered_by_id": entered_by.id if entered_by else None,
        "asked_at": asked_at,
        "changed_at": own.changed_at if change.is_again else now,
        "confirmed_at": now if status is Status.YES and _is_sure(event, entered_by, now) else None,
        **kept,
    }
    _record(session, key, values, is_new=own.status is None)
    if own.party > wish:
        _forget_names(session, key, wish)
    elif own.before and wish > own.party:
        second_thoughts.put_back_names(session, event.id, person.id, own.before, wish)
    _count(session, event, own, status, wish, kept["offered"])
    if pact and own.seats > (wish if status is Status.YES else 0) + kept["offered"]:
        seating.go_on(session, event, pact, now)
    seating.redraw_cards(session, event.id, person.id, files=is_turned)
    if is_turned:
        pause = ENTERED_PAUSE if entered_by and entered_by.is_staff else timedelta()
        if kept["before"]:
            pause = max(pause, rules.SECOND_THOUGHT)
        _send_file(session, event.id, person, status, now, now + pause)
    waits = status is Status.WAITING
    return Card(
        event,
        status,
        wish,
        views.position(session, event.id, person.id, asked_at) if waits else None,
        is_partner=colleagues.is_partner and views.is_invited(person, event),
        is_staff=person.is_staff,
        now=now,
        one_is_enough=one_is_enough,
        replies=own.replies,
        names=views.names(session, event.id, person.id, wish),
        colleagues=colleagues.answered,
        room=rules.free_seats(event.seats_per_company, colleagues.seats),
        undone_until=now + rules.SECOND_THOUGHT if kept["before"] else None,
        is_sure=values["confirmed_at"] is not None,
        sequence=values["sequence"],
    )


def _is_sure(event: Event, entered_by: Person | None, now: datetime) -> bool:
    """Whoever says so themselves when others are asked whether they really come need not be asked."""
    return entered_by is None and now >= event.starts_at - rules.CONFIRM_BEFORE


def _send_file(
    session: Session, event_id: int, person: Person, status: Status, now: datetime, due_at: datetime
) -> None:
    """For the calendar of who is in now, or was until now."""
    kind = EventNotice.CALENDAR_ENTRY if status is Status.YES else EventNotice.CALENDAR_REMOVAL
    key = f"event:{event_id}:file:{now.isoformat()}"
    outbox.enqueue_for(session, person, kind, key, now, event_id, due_at)
    if status is Status.YES and wishes.of(session, person).with_code:
        outbox.enqueue_for(session, person, EventNotice.ENTRY_CODE, f"{key}:code", now, event_id, due_at)


def _record(session: Session, key: dict[str, int], values: dict[str, Any], *, is_new: bool) -> None:
    if is_new:
        _ADD.write(session, **key, **values, replies={})
    else:
        _CHANGE.write(session, of_event=key["event_id"], of_person=key["person_id"], **values)


def _count(session: Session, event: Event, own: Own, status: Status, wish: int, held: int) -> None:
    was_in, was_held, waited = (
        own.party if own.status is Status.YES else 0,
        own.offered,
        own.party if own.status is Status.WAITING else 0,
    )
    in_now, waits_now = (wish if status is kind else 0 for kind in (Status.YES, Status.WAITING))
    seating.count(
        session,
        event,
        taken=in_now - was_in,
        held=held - was_held,
        waiting=waits_now - waited,
        in_line=(status is Status.WAITING) - (own.status is Status.WAITING),
    )


def _forget_names(session: Session, key: dict[str, int], party: int) -> None:
    """Of seats that are given back."""
    surplus = (
        col(Seat.event_id) == key["event_id"],
        col(Seat.person_id) == key["person_id"],
        col(Seat.number) >= max(party, 1),
    )
    session.exec(delete(Seat).where(*surplus))


def name_colleagues(turn: Turn, event_id: int, given: Sequence[str]) -> Card:
    """Who comes along, also after the deadline."""
    card = views.show(turn, event_id)
    rules.check_ahead(card.event, turn.now)
    put_names(turn.session, event_id, turn.person.id, card.party, given)
    return views.show(turn, event_id)


def put_names(session: Session, event_id: int, person_id: int, party: int, given: Sequence[str]) -> None:
    if len(given) >= party:
        raise TooManyNames(max(party - 1, 0))
    for number in range(1, party):
        name = given[number - 1] if number <= len(given) else ""
        key = (event_id, person_id, number)
        seat = session.get(Seat, key) or Seat(event_id=event_id, person_id=person_id, number=number)
        seat.name = name[:128]
        session.add(seat)
    _let_night_come_again(session, get_event(session, event_id))


def reply(turn: Turn, event_id: int, ask: str, value: str) -> Card:
    """Answer one of the event's questions, also after the deadline: somebody may take an offer then."""
    rules.check_ahead(get_event(turn.session, event_id), turn.now)
    note_reply(turn.session, event_id, turn.person.id, ask, value)
    if ask in AGREED:
        change = consents.end if value in UNTOLD else consents.give
        change(turn.session, turn.person, Topic(ask), event_id, turn.now)
    return views.show(turn, event_id)


def note_reply(session: Session, event_id: int, person_id: int, ask: str, value: str) -> None:
    own, event = session.get(Rsvp, (event_id, person_id), with_for_update=True), get_event(session, event_id)
    if own is None or ask not in event.questions or value not in rules.REPLIES[rules.Ask(ask)]:
        raise refusals.ButtonIsOutdated
    own.replies = {**own.replies, ask: value}
    session.add(own)
    _let_night_come_again(session, event)


def _let_night_come_again(session: Session, event: Event) -> None:
    """What is told of an event that was tidied, by the office or because it was put off, is forgotten too."""
    event.is_tidied = False
    session.add(event)
    session.flush()


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
        put_names(session, own.event_id, own.person_id, back.party, before["names"])
    _send_file(session, own.event_id, person, back.status, now, now)


def keep_one(turn: Turn, contact: Person) -> None:
    """Where both rows of one human have answered, the contact's stands, unless only the other is in."""
    of_contact = select(Rsvp.event_id).where(Rsvp.person_id == contact.id)
    both = select(Rsvp.event_id).where(Rsvp.person_id == turn.person.id, col(Rsvp.event_id).in_(of_contact))
    for event_id in sorted(turn.session.exec(both)):
        event = get_event(turn.session, event_id, lock=True)
        own, entered = (turn.session.get_one(Rsvp, (event_id, one.id)) for one in (turn.person, contact))
        take_off(turn.session, event, entered if entered.status in OUT and own.status not in OUT else own)


def hand_over(session: Session, leaver: Person, successor: Person, now: datetime) -> None:
    """Answers to coming events pass on; where the successor comes already, the leaver's becomes a no."""
    coming = select(Event.id).where(col(Event.starts_at) > now)
    answered = select(Rsvp.event_id).where(Rsvp.person_id == leaver.id, col(Rsvp.event_id).in_(coming))
    for event_id in sorted(session.exec(answered)):
        _pass_on(session, get_event(session, event_id, lock=True), leaver, successor, now)


def _pass_on(session: Session, event: Event, leaver: Person, successor: Person, now: datetime) -> None:
    own, other = (
        session.get(Rsvp, (event.id, one.id), populate_existing=True) for one in (leaver, successor)
    )
    if own is None:
        return
    if other and other.status in OUT and own.status not in OUT:
        take_off(session, event, other)
        other = None
    if other is None:
        _tell_successor(session, own, successor, now)
        for table in (Rsvp, Seat):
            session.exec(
                update(table)
                .where(col(table.event_id) == event.id, col(table.person_id) == leaver.id)
                .values(person_id=successor.id)
            )
        theirs = (col(Rsvp.event_id) == event.id, col(Rsvp.person_id) == successor.id)
        session.exec(update(Rsvp).where(*theirs).values(confirmed_at=None))
    elif own.status not in OUT:
        give_back(session, leaver, event.id, now)


def _tell_successor(session: Session, own: Rsvp, successor: Person, now: datetime) -> None:
    """Of a seat that is theirs, or that they have to take in time."""
    event_id = own.event_id
    if own.status is Status.YES:
        _send_file(session, event_id, successor, own.status, now, now)
    elif own.status is Status.OFFERED:
        seating.tell_offer(session, event_id, [successor.id], own.offered_until or now, now)
