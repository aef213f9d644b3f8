"""Ideas in the chat: handing one in, reading what is there."""

from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from domain.ideas.topics import Topic
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import Correction, Option, Question, Questionnaire, Submission
from handlers.ideas.screens import board as screens
from storage.engine.tables import Person
from storage.ideas import board
from storage.ideas.tables import Idea

IDEAS = TurnList("ideas", 0)


def _handed_in(form: Submission) -> Idea:
    return board.hand_in(
        form.session, form.person, Topic(form.answers["topic"]), form.answers["text"], form.now
    )


def _corrected(of: Correction) -> bool:
    return board.correct(of.session, of.person, of.row_id, of.text, of.now)


IDEA: Questionnaire[Any] = Questionnaire(
    name="idea",
    title=N_("Hand in an idea"),
    questions=(
        Question(
            "topic",
            N_("Topic"),
            N_("What is your idea about?"),
            options=tuple(Option(value, label) for value, label in screens.TOPICS.items()),
        ),
        Question(
            "text",
            N_("Idea"),
            N_("Please describe it in a few sentences."),
            read=reading.text(2000, 5),
            help=N_("Everybody can read it under /ideas, with the name of your organisation."),
        ),
    ),
    submit=_handed_in,
    done=lambda _idea, asked: screens.render_handed_in(asked.t),
    has_summary=False,
    row_of=lambda idea: idea.id,
    correct={"text": _corrected},
)


async def asked_for_ideas(context: Context, tap: TurnList = IDEAS) -> None:
    page = await context.transact(_page, tap.page)
    await context.show(screens.render_ideas(page, context.t))


def _page(session: Session, _person: Person, number: int) -> board.Page:
    return board.page(session, number)
