"""What the register of partners keeps of people."""

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Period, Sight, Source
from storage.engine.people import ERASED
from storage.engine.turn import Turn
from storage.partners import reach
from storage.partners.tables import (
    ColleagueRequest,
    Invite,
    Organisation,
    OrganisationChange,
    PartnerNote,
    RegisterDraft,
    RegisterImport,
    WrongGuess,
)

LINKS = Period("links", N_("personal links in letters and lists; those of the chat 14 days"), 60, 60, 60)
DRAFTS = Period("drafts", N_("files for the register that wait for a yes"), 7, 1, 7)
IMPORTS = Period("imports", N_("what files changed in the register, to be undone"), 30, 7, 90)
GUESSES = Period("guesses", N_("wrong personal links"), 1, 1, 1)
CHANGES = Period("changes", N_("changes of an organisation's data that are decided"), 730, 90, 1095)
TEAM = (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE)


def _let_go(turn: Turn) -> None:
    """An organisation that nobody can be reached for shows in the digest."""
    organisation_id, turn.person.organisation_id = turn.person.organisation_id, None
    turn.session.add(turn.person)
    turn.session.flush()
    reach.note_reach(turn.session, organisation_id, turn.now)


HOLDING = Holding(
    (
        Kept(
            Organisation,
            N_("Organisations"),
            i.MEMBERSHIP,
            Source.OFFICE,
            (Sight.PARTNERS, Sight.OFFICE),
            i.OF_THE_PACT,
            facts=(
                *("id", "name", "name_key", "kind", "category", "size", "employees", "street", "postcode"),
                *("city", "joined_on", "left_on", "sector", "phone", "is_listed", "silent_since"),
            ),
        ),
        Kept(
            Invite,
            N_("Your personal links"),
            i.MEMBERSHIP,
            Source.OFFICE,
            TEAM,
            LINKS,
            whose="person_id",
            goes=True,
            blanks={"used_by": "", "code_hash": None, "word_hash": None},
            actors=("replaces_id", "made_by_id", "word_by_id"),
            facts=("id", "created_at", "expires_at", "used_at", "revoked_at", "wrong_words"),
        ),
        Kept(
            WrongGuess,
            N_("Personal links that you opened and that do not exist"),
            i.SAFETY,
            Source.BOT,
            (Sight.SELF,),
            GUESSES,
            whose="person_id",
            goes=True,
            facts=("id", "guessed_at"),
        ),
        Kept(
            ColleagueRequest,
            N_("Your wish to act for an organisation"),
            i.JOINING,
            Source.SELF,
            TEAM,
            i.WHILE_CONTACT,
            whose="person_id",
            goes=True,
            blanks={"name": ERASED},
            actors=("decided_by_id",),
            facts=("id", "organisation_id", "state", "consent_version", "asked_at", "decided_at"),
        ),
        Kept(
            OrganisationChange,
            N_("Changes that you asked for"),
            i.MEMBERSHIP,
            Source.SELF,
            TEAM,
            CHANGES,
            whose="person_id",
            actors=("decided_by_id",),
            facts=(
                *("id", "organisation_id", "name", "street", "postcode", "city", "wanted"),
                *("state", "asked_at", "decided_at"),
            ),
            since="decided_at",
        ),
        Kept(
            PartnerNote,
            N_("Notes of the office on organisations"),
            i.MEMBERSHIP,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            actors=("by_id",),
            facts=("id", "organisation_id", "text", "written_at", "due_on", "done_at"),
            free=("text",),
        ),
        Kept(
            RegisterDraft,
            N_("Files for the register that wait for a yes"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.OFFICE,),
            DRAFTS,
            facts=("id", "partners", "sheet", "step", "import_id", "created_at"),
            free=("partners", "sheet"),
            since="created_at",
        ),
        Kept(
            RegisterImport,
            N_("Files that were brought into the register, to be undone"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.OFFICE,),
            IMPORTS,
            actors=("by_id",),
            facts=("id", "of_id", "rows", "changes", "brought_in_at", "undone_at"),
            free=("changes",),
            since="brought_in_at",
        ),
    ),
    _let_go,
)
