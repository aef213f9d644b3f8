"""What the machinery keeps of people."""

from typing import Any

from sqlmodel import col, select

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Period, Sight, Source
from storage.engine.people import ERASED, OF_NOBODY
from storage.engine.tables import (
    AccessEntry,
    Consent,
    Form,
    Inbox,
    InboxState,
    Installation,
    LooseText,
    Notice,
    NoticeWish,
    Person,
    SentText,
    ShownCard,
)

CONSENTS = Period("consents", N_("consents that were withdrawn"), 1095, 365, 1095)
LOG = Period("log", N_("the log of access"), 365, 90, 730)
OWN = (Sight.SELF,)
SEEN = (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE)


def _of_chat(person_id: int) -> Any:
    """A private chat has the number of its person."""
    own = select(Person.telegram_id).where(Person.id == person_id, col(Person.telegram_id).is_not(None))
    return col(Inbox.chat_id).in_(own)


HOLDING = Holding(
    (
        Kept(
            Person,
            N_("Who you are"),
            i.MEMBERSHIP,
            Source.SELF,
            SEEN,
            i.WHILE_KNOWN,
            whose="id",
            blanks={
                "telegram_id": None,
                "name": ERASED,
                "language": OF_NOBODY,
                "role": "",
                "email": "",
                "phone": "",
                "unreachable_since": None,
                "organisation_id": None,
                "is_main_contact": False,
                "is_staff": False,
                "office_role": None,
                "has_typed": False,
                "seen_at": None,
                "asked_to_stay_at": None,
            },
            facts=("created_at",),
        ),
        Kept(
            Form,
            N_("Forms you have begun"),
            i.CHAT,
            Source.SELF,
            OWN,
            i.FORMS,
            whose="person_id",
            goes=True,
            blanks={"answers": {}},
            facts=(
                *("name", "subject_id", "question", "wanted", "wanted_subject_id"),
                *("started_at", "touched_at", "reminded_at", "rested_at"),
            ),
            since="touched_at",
        ),
        Kept(
            LooseText,
            N_("What you wrote and did not send"),
            i.CHAT,
            Source.SELF,
            OWN,
            i.WORDS,
            whose="person_id",
            goes=True,
            blanks={"text": "", "media": "", "message_id": None},
            facts=("id", "said_at"),
            since="said_at",
        ),
        Kept(
            SentText,
            N_("Which of your messages answered what, so that you can correct them"),
            i.CHAT,
            Source.BOT,
            OWN,
            i.UPDATES,
            whose="person_id",
            goes=True,
            blanks={"message_id": 0},
            facts=("id", "form", "question", "subject_id", "row_id", "sent_at"),
            since="sent_at",
        ),
        Kept(
            Inbox,
            N_("Messages being handled"),
            i.CHAT,
            Source.SELF,
            OWN,
            i.UPDATES,
            mine=_of_chat,
            blanks={"chat_id": 0, "body": "", "error": "", "answers": ""},
            facts=("update_id", "received_at", "state", "attempts"),
            since="received_at",
            which=lambda: col(Inbox.state) == InboxState.DONE,
        ),
        Kept(
            Notice,
            N_("What you were told"),
            i.CHAT,
            Source.BOT,
            OWN,
            i.NOTICES,
            whose="person_id",
            goes=True,
            blanks={"message_id": None, "error": "", "key": ""},
            facts=(
                *("id", "kind", "subject_id", "priority", "created_at", "due_at"),
                *("attempts", "outcome", "finished_at"),
            ),
            since="finished_at",
        ),
        Kept(
            Consent,
            N_("What you agreed to"),
            i.PROOF,
            Source.SELF,
            (Sight.SELF, Sight.ADMINISTRATORS),
            CONSENTS,
            whose="person_id",
            goes=True,
            facts=("id", "topic", "subject_id", "text", "version", "given_at", "withdrawn_at"),
            since="withdrawn_at",
        ),
        Kept(
            AccessEntry,
            N_("Who of the office did what"),
            i.PROOF,
            Source.BOT,
            (Sight.ADMINISTRATORS,),
            LOG,
            actors=("by_id",),
            facts=("id", "deed", "subject_id", "purpose", "done_at"),
            since="done_at",
        ),
        Kept(
            ShownCard,
            N_("Messages that are kept up to date"),
            i.CHAT,
            Source.BOT,
            (Sight.SELF,),
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            actors=("brought_by_id",),
            blanks={"chat_id": None, "message_id": None, "inline_id": None},
            facts=(
                *("id", "event_id", "view", "subject_id", "edition", "changes", "shown_as"),
                *("version", "shown_at", "again_at", "failures"),
            ),
        ),
        Kept(
            NoticeWish,
            N_("What you want to be told"),
            i.CHAT,
            Source.SELF,
            (Sight.SELF,),
            i.WHILE_KNOWN,
            whose="person_id",
            goes=True,
            facts=("leads", "without", "muted_until", "with_code", "calendar_code"),
        ),
        Kept(
            Installation,
            N_("What tells this bot from others"),
            i.CHAT,
            Source.BOT,
            (Sight.ADMINISTRATORS,),
            i.OF_THE_PACT,
            facts=("id", "mark"),
        ),
    ),
)
