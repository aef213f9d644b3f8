"""A date that is set by hand: it ends the poll about it, and those who were asked hear of it."""

from datetime import datetime

from storage.engine.turn import Turn
from storage.programme import polls, slots
from storage.programme.polls import Poll
from storage.programme.tables import ProgrammeNotice, ProgrammeSlot


def set_date(turn: Turn, slot_id: int, starts_at: datetime) -> ProgrammeSlot:
    row = slots.set_date(turn, slot_id, starts_at)
    poll = polls.of_slot(turn.session, slot_id)
    if poll:
        polls.give_up(turn, poll.id)
        polls.tell(turn.session, poll, polls.invited(poll), ProgrammeNotice.POLL_SETTLED, "settled", turn.now)
    return row


def settled(turn: Turn, poll_id: int) -> Poll | None:
    """While the entry has that date."""
    poll = polls.show(turn, poll_id)
    return poll if poll.slot.starts_at and not (poll.chosen or poll.slot.row.dropped_at) else None
