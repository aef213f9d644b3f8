"""What proves a measure, and what others can learn of it."""

import json
from typing import Any

from domain.basics.words import N_
from domain.ideas.ideas import LONGEST as LONGEST_IDEA
from handlers.chat import reading
from handlers.chat.questions import Asked, Option, Question, Questionnaire, Submission, Wrong, asks
from handlers.measures.screens import measure as screens
from handlers.measures.stating import about
from storage.engine.turn import Turn
from storage.measures import from_ideas, measures, views
from storage.measures.measures import Proof
from storage.measures.views import Look


def _read_proof(given: str, _asked: Asked) -> dict[str, str]:
    part = json.loads(given)
    kinds = {"photo": "picture", "document": "document"}
    if part["kind"] not in kinds:
        raise Wrong(N_("Please send a picture or a document, like a photo of the bill or its PDF."))
    return {kinds[part["kind"]]: part["file_id"], "name": part.get("name") or part.get("text", "")[:160]}


def _proved(turn: Turn, form: Submission) -> Look:
    proof = Proof(**form.answers["proof"])
    measures.add_evidence(turn, form.subject_id, proof)
    return views.look(turn, form.subject_id)


PROVE: Questionnaire[Any] = asks(
    "prove_measure",
    N_("Add what proves it"),
    Question(
        "proof",
        N_("Evidence"),
        N_("Please send a picture or a PDF: the bill, the meter, the new machine."),
        read=_read_proof,
        takes="content",
    ),
    submit=_proved,
    done=lambda look, asked: screens.render_measure(look, asked.t),
    check=measures.own,
    about=about,
)


def _shared_as_idea(turn: Turn, form: Submission) -> Look:
    from_ideas.make_idea(turn, form.subject_id, form.answers["text"], is_tour=form.answers["what"] == "tour")
    return views.look(turn, form.subject_id)


TO_IDEA: Questionnaire[Any] = Questionnaire(
    name="measure_idea",
    title=N_("An idea or a tour of a measure"),
    questions=(
        Question(
            "what",
            N_("What"),
            N_("What should become of it?"),
            options=(
                Option("tour", N_("A tour at our site")),
                Option("idea", N_("An idea for others")),
            ),
        ),
        Question(
            "text",
            N_("Text"),
            N_("What would others see or learn? One or two sentences; all partners read it among the ideas."),
            read=reading.text(LONGEST_IDEA, 10),
        ),
    ),
    submit=_shared_as_idea,
    done=lambda look, asked: screens.render_measure(look, asked.t).under(
        asked.t("✅ It is among the ideas now; a tour is considered for the programme.")
    ),
    check=measures.own,
    about=about,
    submit_label=N_("Put it among the ideas"),
)


FORMS = (PROVE, TO_IDEA)
