"""What mailings keep of people."""

from datetime import timedelta

from sqlmodel import col, update

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Period, Sight, Source
from storage.engine.turn import Turn
from storage.mailings import results
from storage.mailings.tables import (
    KeptSelection,
    Mailing,
    MailingAnswer,
    MailingChoice,
    MailingRecipient,
)

MAILINGS = Period("mailings", N_("which mailing somebody has had"), 365, 90, 365)


def _let_go(turn: Turn) -> None:
    """In whose chat a message showed how a mailing goes."""
    if turn.person.telegram_id is not None:
        shown = update(Mailing).where(col(Mailing.progress_chat_id) == turn.person.telegram_id)
        turn.session.exec(shown.values(progress_chat_id=None, progress_message_id=None))


HOLDING = Holding(
    (
        Kept(
            Mailing,
            N_("Mailings of the office"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            actors=("author_id", "asked_by_id", "approved_by_id"),
            facts=(
                *("id", "worked_on_by", "purpose", "content", "selection", "state"),
                *("send_at", "begins_at", "copied", "asked", "asked_at", "approved"),
                *(
                    "note",
                    "was_interrupted",
                    "worked_at",
                    "progress_chat_id",
                    "progress_message_id",
                    "created_at",
                ),
                *("finished_at",),
            ),
            free=("content", "note"),
        ),
        Kept(
            MailingRecipient,
            N_("Mailings that you have had"),
            i.OFFICE,
            Source.BOT,
            (Sight.SELF, Sight.OFFICE),
            MAILINGS,
            whose="person_id",
            blanks={"message_ids": [], "error": "", "recall_error": ""},
            facts=(
                *("mailing_id", "organisation_id", "state", "reason"),
                *("attempts", "again_at", "sent_at", "tapped_at", "recalled_at"),
            ),
        ),
        Kept(
            MailingAnswer,
            N_("Mailings that you answered"),
            i.OFFICE,
            Source.SELF,
            (Sight.SELF, Sight.OFFICE),
            MAILINGS,
            whose="person_id",
            goes=True,
            facts=(*("mailing_id", "inquiry_id"),),
        ),
        Kept(
            MailingChoice,
            N_("Which mailings you want"),
            i.OFFICE,
            Source.SELF,
            (Sight.SELF, Sight.OFFICE),
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            facts=(*("id", "purpose", "is_wanted", "version", "chosen_at", "ended_at"),),
        ),
        Kept(
            KeptSelection,
            N_("Selections for mailings"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            actors=("kept_by_id",),
            facts=(*("id", "name", "selection", "kept_at"),),
            free=("name",),
        ),
    ),
    _let_go,
    lambda session, days, now: results.forget(session, now, timedelta(days=days[MAILINGS.name])),
    messages=results.messages_of,
)
