"""Date polls: made, answered, changed without losing answers, closed with a date that becomes the event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.basics.refusals import ButtonIsOutdated
from domain.programme import dates
from domain.programme import polls as rules
from domain.programme.dates import Against
from domain.programme.polls import Can, Tally, Voice
from domain.programme.refusals import NobodyToAsk, PollIsGone, PollIsRunning
from storage.engine import outbox, people
from storage.engine.database import touch_agenda
from storage.engine.outbox import Priority
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import planning, reminders
from storage.events.tables import Event
from storage.partners import membership
from storage.partners.tables import Organisation
from storage.programme import asking, slots
from storage.programme.asking import Whom
from storage.programme.slots import Slot
from storage.programme.tables import (
    DatePoll,
    PollAnswer,
    PollOption,
    ProgrammeNotice,
    ProgrammeSlot,
)


@dataclass(frozen=True)
class Choice:
    """An option as somebody sees it. `before`: what they said before it was moved.

    `against` is what speaks against its day; staff see that while a date is to be chosen.
    """

    option: PollOption
    own: Can | None
    before: Can | None
    tally: Tally
    against: tuple[Against, ...] = ()

    @property
    def id(self) -> int:
        return self.option.id


@dataclass(frozen=True)
class Poll:
    """A poll as somebody sees it; where they may not see others yet, the tallies are not for drawing.

    `best` are the options with most organisations; several are a tie.
    """

    row: DatePoll
    slot: Slot
    choices: tuple[Choice, ...]
    sees_others: bool
    answered: int
    asked: int
    best: tuple[Tally, ...]
    is_over: bool
    is_staff: bool
    is_asked: bool
    outside: int = 0  # people without an organisation who are asked; for staff

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def is_for_some(self) -> bool:
        return self.row.people is not None or self.row.audience is not None

    @property
    def chosen(self) -> Choice | None:
        return next((one for one in self.choices if one.id == self.row.chosen_id), None)


def create(
    turn: Turn,
    slot_id: int,
    moments: Sequence[datetime],
    whom: Whom | int,
    deadline: datetime,
    *,
    is_hidden: bool = True,
) -> Poll:
    slot = slots.get(turn, slot_id, lock=True)
    rules.check_options(len({*moments}))
    rules.check_open(deadline, False, turn.now)
    rules.check_end(deadline, moments)
    if of_slot(turn.session, slot_id):
        raise PollIsRunning
    organisations, people_asked = asking.audience_of(turn.session, slot, whom)
    poll = DatePoll(
        slot_id=slot_id,
        audience=organisations,
        people=people_asked,
        is_hidden=is_hidden,
        deadline=deadline,
        nudge_at=rules.nudge_at(turn.now, deadline),
        made_by_id=turn.person.id,
        made_at=turn.now,
    )
    poll.asked = _count_asked(turn.session, poll)
    if not poll.asked:
        raise NobodyToAsk
    turn.session.add(poll)
    turn.session.flush()
    turn.session.add_all(PollOption(poll_id=poll.id, starts_at=moment) for moment in sorted({*moments}))
    turn.session.flush()
    tell(turn.session, poll, invited(poll), ProgrammeNotice.POLL_OPENED, "opened", turn.now)
    return show(turn, poll.id)


def invited(poll: DatePoll) -> Any:
    """The people who are asked."""
    if poll.people is not None:
        is_there = col(Person.name) != people.ERASED
        return select(col(Person.id)).where(col(Person.id).in_(poll.people), is_there)
    return reminders.invited(poll.audience)


def _outside(poll: DatePoll) -> Any:
    """Those of them whom no event can invite."""
    return invited(poll).where(col(Person.organisation_id).is_(None))


def tell(
    session: Session, poll: DatePoll, whom: Any, kind: ProgrammeNotice, what: str, now: datetime
) -> None:
    key = f"poll:{poll.id}:{what}"
    outbox.enqueue(session, whom, kind, key, now, subject_id=poll.id, priority=Priority.BROADCAST)
    touch_agenda(session)


def of_slot(session: Session, slot_id: int) -> DatePoll | None:
    """The one that is open."""
    return session.exec(
        select(DatePoll).where(DatePoll.slot_id == slot_id, col(DatePoll.closed_at).is_(None))
    ).first()


def get(session: Session, poll_id: int, *, lock: bool = False) -> DatePoll:
    row = session.get(DatePoll, poll_id, with_for_update=lock or None)
    if row is None:
        raise PollIsGone
    return row


def is_asked(turn: Turn, poll: DatePoll) -> bool:
    return turn.session.exec(invited(poll).where(Person.id == turn.person.id)).first() is not None


def show(turn: Turn, poll_id: int) -> Poll:
    """For those who are asked, and staff."""
    row = get(turn.session, poll_id)
    asked = is_asked(turn, row)
    if not (turn.person.is_staff or asked):
        raise PollIsGone
    options, given = options_of(turn.session, poll_id), _answers(turn.session, row)
    valid = [(answer, option) for answer, option in given if answer.edition == option.edition]
    voices = [Voice(one.person_id, one.organisation_id, one.option_id, one.can) for one, _ in valid]
    own = {one.option_id: one.can for one, _ in valid if one.person_id == turn.person.id}
    before = {
        one.option_id: one.can
        for one, option in given
        if one.person_id == turn.person.id and one.edition < option.edition
    }
    slot = turn.session.get_one(ProgrammeSlot, row.slot_id)
    against = _against(turn, slot, options) if turn.person.is_staff and not row.closed_at else {}
    choices = tuple(
        Choice(
            one,
            own.get(one.id),
            before.get(one.id),
            rules.tally(one.id, one.starts_at, voices),
            against.get(one.id, ()),
        )
        for one in options
    )
    ids = [one.id for one in options]
    sees = turn.person.is_staff or rules.may_see_others(own, ids, is_hidden=row.is_hidden)
    return Poll(
        row=row,
        slot=slots.describe(turn.session, slot),
        choices=choices,
        sees_others=sees,
        answered=len({one.organisation_id or -one.person_id for one, _ in given}),
        asked=row.asked,
        best=tuple(rules.best([choice.tally for choice in choices])),
        is_over=row.closed_at is not None or turn.now >= row.deadline,
        is_staff=turn.person.is_staff,
        is_asked=asked,
        outside=len(turn.session.exec(_outside(row)).all()) if turn.person.is_staff else 0,
    )


def _against(
    turn: Turn, slot: ProgrammeSlot, options: Sequence[PollOption]
) -> dict[int, tuple[Against, ...]]:
    known = slots.known(turn.session, slot.year, turn.pact, turn.now, but=slot)
    return {one.id: dates.against(one.starts_at.astimezone(known.zone).date(), known) for one in options}


def options_of(session: Session, poll_id: int) -> list[PollOption]:
    rows = select(PollOption).where(PollOption.poll_id == poll_id)
    return list(session.exec(rows.order_by(col(PollOption.starts_at), col(PollOption.id))))


def _answers(session: Session, poll: DatePoll) -> list[tuple[PollAnswer, PollOption]]:
    """Until a date is chosen, without those who have left: they cannot come."""
    rows = (
        select(PollAnswer, PollOption)
        .join(PollOption, col(PollOption.id) == col(PollAnswer.option_id))
        .where(PollOption.poll_id == poll.id)
        .order_by(col(PollAnswer.given_at))
    )
    if poll.closed_at is None:
        theirs = col(Person.organisation_id).is_not_distinct_from(PollAnswer.organisation_id)
        rows = (
            rows.join(Person, col(Person.id) == col(PollAnswer.person_id))
            .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
            .where(theirs, col(Organisation.left_on).is_(None))
        )
    return [(answer, option) for answer, option in session.exec(rows).all()]


def _count_asked(session: Session, poll: DatePoll) -> int:
    """Organisations, and people without one."""
    asked = session.exec(select(Person).where(col(Person.id).in_(invited(poll)))).all()
    return len({one.organisation_id or -(one.id) for one in asked})


def answer(turn: Turn, poll_id: int, option_id: int, edition: int, can: Can) -> Poll:
    """One tap; another one changes it. What was said to a date that has moved since does not count."""
    poll = get(turn.session, poll_id)
    rules.check_open(poll.deadline, poll.closed_at is not None, turn.now)
    option = turn.session.get(PollOption, option_id, with_for_update=True)
    if not is_asked(turn, poll):
        raise PollIsGone
    if option is None or option.poll_id != poll_id or option.edition != edition:
        raise ButtonIsOutdated
    key = (option_id, turn.person.id)
    row = turn.session.get(PollAnswer, key) or PollAnswer(
        option_id=option_id, person_id=turn.person.id, can=can, given_at=turn.now
    )
    row.can, row.edition, row.given_at = can, edition, turn.now
    row.organisation_id = membership.partner_id_of(turn)
    turn.session.add(row)
    turn.session.flush()
    return show(turn, poll_id)


def add_option(turn: Turn, poll_id: int, starts_at: datetime) -> Poll:
    """Whoever has answered is asked for this one too; what they said stays."""
    poll, options = _open_for_staff(turn, poll_id)
    rules.check_options(len(options) + 1)
    rules.check_option(starts_at, [one.starts_at for one in options], poll.deadline)
    turn.session.add(PollOption(poll_id=poll_id, starts_at=starts_at))
    turn.session.flush()
    _tell_changed(turn.session, poll, turn.now)
    return show(turn, poll_id)


def move_option(turn: Turn, option_id: int, starts_at: datetime) -> Poll:
    """Answers to it are kept and do not count until they are given again."""
    option = turn.session.get(PollOption, option_id, with_for_update=True)
    if option is None:
        raise PollIsGone
    poll, options = _open_for_staff(turn, option.poll_id)
    others = [one.starts_at for one in options if one.id != option_id]
    rules.check_option(starts_at, others, poll.deadline)
    if option.starts_at != starts_at:
        option.was_at, option.starts_at = option.starts_at, starts_at
        option.edition += 1
        turn.session.add(option)
        turn.session.flush()
        _tell_changed(turn.session, poll, turn.now)
    return show(turn, option.poll_id)


def _open_for_staff(turn: Turn, poll_id: int) -> tuple[DatePoll, list[PollOption]]:
    people.check_staff(turn.person)
    poll = get(turn.session, poll_id, lock=True)
    rules.check_open(poll.deadline, poll.closed_at is not None, turn.now)
    return poll, options_of(turn.session, poll_id)


def _tell_changed(session: Session, poll: DatePoll, now: datetime) -> None:
    """Those who have answered; the others find what there is now."""
    options = options_of(session, poll.id)
    answered = select(PollAnswer.person_id).where(col(PollAnswer.option_id).in_([one.id for one in options]))
    state = f"{len(options)}.{sum(one.edition for one in options)}"
    whom = invited(poll).where(col(Person.id).in_(answered))
    tell(session, poll, whom, ProgrammeNotice.POLL_CHANGED, f"changed:{state}", now)


def extend(turn: Turn, poll_id: int, deadline: datetime) -> Poll:
    """A later or earlier end, also of a poll whose deadline is over and that has no date yet."""
    people.check_staff(turn.person)
    poll = get(turn.session, poll_id, lock=True)
    rules.check_open(deadline, poll.closed_at is not None, turn.now)
    moments = [one.starts_at for one in options_of(turn.session, poll_id)]
    rules.check_end(deadline, [moment for moment in moments if moment > turn.now])
    poll.deadline, poll.ended_at = deadline, None
    poll.nudge_at = rules.nudge_at(turn.now, deadline) if poll.nudge_at else None
    turn.session.add(poll)
    turn.session.flush()
    touch_agenda(turn.session)
    return show(turn, poll_id)


def check_choice(turn: Turn, option_id: int, edition: int) -> tuple[Poll, Choice]:
    """What would be chosen, for a look before it is."""
    people.check_staff(turn.person)
    option = turn.session.get(PollOption, option_id)
    poll = show(turn, option.poll_id) if option else None
    chosen = next((one for one in poll.choices if one.id == option_id), None) if poll else None
    if poll is None or chosen is None or chosen.option.edition != edition or poll.row.closed_at:
        raise ButtonIsOutdated
    rules.check_choice(chosen.tally)
    return poll, chosen


def choose(turn: Turn, option_id: int, edition: int) -> Event:
    """The date is the event's, whose draft invites whom the poll has asked; others hear which it is."""
    option = turn.session.get(PollOption, option_id)
    poll = get(turn.session, option.poll_id if option else 0, lock=True)
    found, chosen = check_choice(turn, option_id, edition)
    poll.closed_at, poll.chosen_id = turn.now, option_id
    turn.session.add(poll)
    slots.set_date(turn, poll.slot_id, chosen.option.starts_at)
    event = slots.make_event(turn, poll.slot_id)
    if found.is_for_some:
        whom = poll.audience or _organisations_of(turn.session, poll)
        planning.invite_only(turn, event.id, whom)
    tell(turn.session, poll, _outside(poll), ProgrammeNotice.POLL_TAKEN, "taken", turn.now)
    return event


def _organisations_of(session: Session, poll: DatePoll) -> list[int]:
    """An event invites organisations: those of the people who were asked."""
    of_asked = select(Person.organisation_id).where(col(Person.id).in_(invited(poll))).distinct()
    return [one for one in session.exec(of_asked).all() if one is not None]


def give_up(turn: Turn, poll_id: int) -> Poll:
    people.check_staff(turn.person)
    poll = get(turn.session, poll_id, lock=True)
    poll.closed_at = poll.closed_at or turn.now
    turn.session.add(poll)
    turn.session.flush()
    return show(turn, poll_id)


def said(turn: Turn, event_id: int) -> Can | None:
    """What this person said to the date that became this event, if it still is that date."""
    found = turn.session.exec(
        select(PollAnswer, PollOption, Event)
        .join(PollOption, col(PollOption.id) == col(PollAnswer.option_id))
        .join(DatePoll, col(DatePoll.chosen_id) == col(PollOption.id))
        .join(ProgrammeSlot, col(ProgrammeSlot.id) == col(DatePoll.slot_id))
        .join(Event, col(Event.id) == col(ProgrammeSlot.event_id))
        .where(Event.id == event_id, PollAnswer.person_id == turn.person.id)
    ).first()
    if found is None:
        return None
    answer, option, event = found
    return answer.can if option.starts_at == event.starts_at and answer.edition == option.edition else None


def waiting_for(turn: Turn) -> list[Poll]:
    """Open polls in which this person has something to answer."""
    rows = turn.session.exec(
        select(DatePoll)
        .where(col(DatePoll.closed_at).is_(None), col(DatePoll.deadline) > turn.now)
        .order_by(col(DatePoll.id))
    ).all()
    mine = [show(turn, row.id) for row in rows if is_asked(turn, row)]
    return [poll for poll in mine if any(choice.own is None for choice in poll.choices)]
