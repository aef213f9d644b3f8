"""Every form there is, by name."""

from typing import Any

from handlers import door, entry, feedback, planning_forms
from handlers.cases import ASK_BACK, DECLINE, DUE, NOTE, OUTCOME, SEARCH, SIGN, SLEEP
from handlers.concepts import CONCEPT, IMPOSSIBLE
from handlers.contacts import COLLEAGUE, HAND_OVER
from handlers.events import NAMES, PARTY
from handlers.ideas import IDEA
from handlers.inquiries import ANSWER, ASK, REPLY
from handlers.joining import JOIN, WITHDRAW
from handlers.office import HOURS
from handlers.organisations import ENDED, ORGANISATION
from handlers.questions import Questionnaire
from handlers.talks import CANCEL_TALK, PROPOSE, TURN_DOWN

QUESTIONNAIRES: dict[str, Questionnaire[Any]] = {
    questionnaire.name: questionnaire
    for questionnaire in (
        JOIN,
        WITHDRAW,
        DECLINE,
        SLEEP,
        NOTE,
        ASK_BACK,
        DUE,
        OUTCOME,
        SIGN,
        SEARCH,
        HOURS,
        PROPOSE,
        TURN_DOWN,
        CANCEL_TALK,
        COLLEAGUE,
        HAND_OVER,
        ORGANISATION,
        ENDED,
        IDEA,
        ASK,
        REPLY,
        ANSWER,
        CONCEPT,
        IMPOSSIBLE,
        NAMES,
        PARTY,
        *planning_forms.QUESTIONNAIRES,
        *entry.QUESTIONNAIRES,
        *door.QUESTIONNAIRES,
        *feedback.QUESTIONNAIRES,
    )
}
