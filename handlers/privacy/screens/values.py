"""The values of the register in words, by what they are: one word of the code says different things."""

from collections.abc import Mapping
from typing import Any

from domain.basics.access import ROLES
from domain.basics.consent import WORDINGS
from domain.basics.words import N_
from domain.joining import sme
from domain.joining.requests import STATES
from domain.joining.talks import Side, TalkState
from domain.measures.quantities import Unit
from domain.privacy.requests import WISHES
from domain.team_chats.chats import MemberState, WishState
from domain.workshop.acts import Kind as Act
from handlers.events.papers import ANSWERS
from handlers.events.screens.feedback import ASPECTS
from handlers.ideas.screens import words as of_ideas
from handlers.joining.screens.case_history import ENTRIES, RESULTS
from handlers.joining.screens.concepts import RULES
from handlers.joining.screens.talks import WAYS
from handlers.mailings.screens import words as of_mailings
from handlers.measures.screens import words as of_measures
from handlers.partners.screens.contacts import COLLEAGUE_STATES
from handlers.partners.screens.organisations import CHANGE_STATES
from handlers.partners.screens.words import CATEGORIES, SECTORS, SIZES
from handlers.programme.screens.words import CANS
from storage.engine.tables import EngineNotice, InboxState, Outcome, ShownAs
from storage.events.tables import EventNotice
from storage.home.returning import HomeNotice
from storage.ideas.tables import IdeaNotice
from storage.joining.tables import JoiningNotice
from storage.mailings.tables import MailingNotice
from storage.measures.tables import MeasureNotice
from storage.office.tables import OfficeNotice
from storage.partners.tables import PartnerNotice
from storage.privacy.tables import PrivacyNotice
from storage.programme.tables import ProgrammeNotice
from storage.team_chats.tables import TeamChatNotice
from storage.workshop.tables import WorkshopNotice

TABLES: tuple[Mapping[Any, str], ...] = (
    *(ROLES, STATES, CATEGORIES, SIZES, SECTORS, ANSWERS, ASPECTS, ENTRIES, RESULTS, RULES, WAYS, WISHES),
    *(COLLEAGUE_STATES, CHANGE_STATES, CANS, of_ideas.TOPICS, of_ideas.STATES, of_ideas.PLEDGES),
    *(of_measures.CARRIERS, of_measures.KINDS, of_measures.STATES, of_measures.KNOWN),
    *(of_mailings.PURPOSES, of_mailings.DELIVERIES, of_mailings.REASONS),
    {topic: wording.title for topic, wording in WORDINGS.items()},
    {
        InboxState.WAITING: N_("waits"),
        InboxState.UNANSWERED: N_("Not answered yet"),
        InboxState.DONE: N_("Done"),
        InboxState.PARKED: N_("Could not be dealt with"),
    },
    {
        Outcome.SENT: N_("Sent"),
        Outcome.DROPPED: N_("No longer needed"),
        Outcome.UNREACHABLE: N_("Could not be reached"),
        Outcome.FAILED: N_("failed"),
    },
    {
        ShownAs.CARD: N_("With buttons"),
        ShownAs.PUBLIC: N_("For everybody"),
        ShownAs.FILE: N_("Calendar file"),
        ShownAs.REMOVAL: N_("File that takes it out of a calendar"),
    },
    {
        sme.Outcome.SME: N_("Small or medium-sized enterprise"),
        sme.Outcome.MID_CAP: N_("Small mid-cap"),
        sme.Outcome.NOT_SME: N_("Larger than that"),
        sme.Outcome.UNCLEAR: N_("Cannot be said"),
    },
    {TalkState.OPEN: N_("open"), TalkState.HELD: N_("Took place"), TalkState.CANCELLED: N_("Called off")},
    {Side.OFFICE: N_("The office"), Side.APPLICANT: N_("The applicant")},
    {Unit.KWH: "kWh", Unit.EURO: "€", Unit.PERCENT: "%"},
    {
        WishState.ASKED: N_("waits for the office"),
        WishState.ADMITTED: N_("let in"),
        WishState.REFUSED: N_("refused"),
    },
    {
        MemberState.INSIDE: N_("Is in the group"),
        MemberState.LEFT_PACT: N_("Acts for no partner any more"),
        MemberState.TO_REMOVE: N_("Is taken out of the group"),
        MemberState.MAY_STAY: N_("May stay in the group"),
    },
    {
        Act.JOIN: N_("Came in"),
        Act.PHASE: N_("Next part"),
        Act.RULES: N_("Points set"),
        Act.NAMES: N_("Names on the screen"),
        Act.NOTE: N_("Note"),
        Act.EDIT: N_("Note changed"),
        Act.TAKE_BACK: N_("Note taken back"),
        Act.NEW_GROUP: N_("New group"),
        Act.RENAME: N_("Group renamed"),
        Act.PLACE: N_("Note sorted"),
        Act.MERGE: N_("Groups joined"),
        Act.SPLIT: N_("Group split"),
        Act.REMOVE: N_("Removed"),
        Act.WEIGH: N_("A point given or taken back"),
        Act.DETACH: N_("Taken out of an organisation"),
        Act.IDEA: N_("Became an idea"),
        Act.UNDO: N_("Undone"),
    },
)
VALUES = {type(key): words for words in TABLES for key in words}
NOTICES = {
    EngineNotice: N_("The bot"),
    HomeNotice: N_("The bot"),
    EventNotice: N_("Events"),
    IdeaNotice: N_("Ideas"),
    JoiningNotice: N_("Joining"),
    MailingNotice: N_("Mailings"),
    MeasureNotice: N_("Measures"),
    OfficeNotice: N_("The office"),
    PartnerNotice: N_("Partners"),
    PrivacyNotice: N_("Data protection"),
    ProgrammeNotice: N_("Programme"),
    TeamChatNotice: N_("Groups"),
    WorkshopNotice: N_("Workshop"),
}
ABOUT = {str(kind): words for notices, words in NOTICES.items() for kind in notices}
