"""What workshops keep of people. Notes and points count for the organisation; whose they were goes."""

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Sight, Source
from storage.engine.turn import Turn
from storage.workshop import log
from storage.workshop.tables import Workshop, WorkshopAct, WorkshopSeat


def _let_go(turn: Turn) -> None:
    """Their acts stay, without them and without what they have said of themselves."""
    log.erase(turn.session, turn.person)


HOLDING = Holding(
    (
        Kept(
            Workshop,
            N_("Workshops"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.PARTNERS, Sight.OFFICE),
            i.OF_THE_PACT,
            actors=("made_by_id",),
            facts=(
                *("id", "event_id", "title", "code", "made_at", "ends_at"),
                *("remind_at", "sequence", "phase", "phase_sequence", "rewritten"),
            ),
            free=("title",),
        ),
        Kept(
            WorkshopAct,
            N_("What was done in workshops"),
            i.EVENTS,
            Source.SELF,
            (Sight.SELF, Sight.OFFICE),
            i.WHILE_CONTACT,
            whose="person_id",
            facts=(*("id", "workshop_id", "sequence", "at", "organisation_id", "kind"), *("payload",)),
            free=("payload",),
            rewritten=log.note_rewritten,
        ),
        Kept(
            WorkshopSeat,
            N_("Where a workshop is shown to you"),
            i.EVENTS,
            Source.BOT,
            (Sight.SELF,),
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            blanks={"chat_id": 0, "message_id": 0},
            facts=(*("workshop_id", "shown_sequence", "shown_at", "shown_text"),),
        ),
    ),
    _let_go,
)
