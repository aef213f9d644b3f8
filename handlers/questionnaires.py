"""Every form there is, by name."""

from typing import Any

from handlers.concepts import CONCEPT, IMPOSSIBLE
from handlers.events import CANCEL_EVENT, MOVE_EVENT, NEW_EVENT
from handlers.forms import Questionnaire
from handlers.ideas import IDEA
from handlers.inquiries import ANSWER, ASK
from handlers.joining import DECLINE, JOIN

QUESTIONNAIRES: dict[str, Questionnaire[Any]] = {
    questionnaire.name: questionnaire
    for questionnaire in (
        JOIN,
        DECLINE,
        IDEA,
        ASK,
        ANSWER,
        CONCEPT,
        IMPOSSIBLE,
        NEW_EVENT,
        MOVE_EVENT,
        CANCEL_EVENT,
    )
}
