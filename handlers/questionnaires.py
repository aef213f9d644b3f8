"""Every form there is, by name."""

from typing import Any

from handlers.chat.questions import Questionnaire
from handlers.events import answers_by_office, door, feedback, planning_forms
from handlers.events.invitations import NAMES, PARTY
from handlers.ideas.board import IDEA
from handlers.joining.applying import JOIN, WITHDRAW
from handlers.joining.cases import ASK_BACK, DECLINE, DUE, NOTE, OUTCOME, SEARCH, SIGN, SLEEP
from handlers.joining.concepts import CONCEPT, IMPOSSIBLE
from handlers.joining.talks import CANCEL_TALK, PROPOSE, TURN_DOWN
from handlers.office.desk import HOURS
from handlers.office.inquiries import ANSWER, ASK, REPLY
from handlers.partners.contacts import COLLEAGUE, HAND_OVER
from handlers.partners.organisations import ENDED, ORGANISATION

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
        *answers_by_office.QUESTIONNAIRES,
        *door.QUESTIONNAIRES,
        *feedback.QUESTIONNAIRES,
    )
}
