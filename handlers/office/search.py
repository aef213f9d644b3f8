"""The office's search in the chat."""

from typing import Any

from domain.basics.words import N_
from handlers.chat import reading
from handlers.chat.questions import SEARCH_STAYS, Question, Questionnaire, Submission, asks, only_staff
from handlers.office.screens import search as screens
from storage.engine.turn import Turn
from storage.office import search
from storage.office.search import Found


def _found(turn: Turn, form: Submission) -> Found:
    return search.search(turn, form.answers["words"])


SEARCH: Questionnaire[Any] = asks(
    "search",
    N_("Search"),
    Question(
        "words",
        N_("Search"),
        N_("Which organisation, contact, e-mail address, phone number or event?"),
        read=reading.words(80, 2),
    ),
    submit=_found,
    done=lambda found, asked: screens.render_found(found, asked.answers["words"], asked.t),
    stays=SEARCH_STAYS,
    is_search=True,
    check=only_staff,
)
