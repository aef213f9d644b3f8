"""Ideas in the chat: handing one in, reading what is there."""

from typing import Any

from sqlmodel import Session

from domain.ideas import Topic
from handlers import reading
from handlers.buttons import TurnIdeas
from handlers.context import Context
from handlers.questions import Option, Question, Questionnaire, Submission
from handlers.screens import ideas as screens
from handlers.texts import N_
from storage import ideas
from storage.tables import Idea, Person


def _handed_in(form: Submission) -> Idea:
    return ideas.hand_in(
        form.session, form.person, Topic(form.answers["topic"]), form.answers["text"], form.now
    )


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
)


async def asked_for_ideas(context: Context) -> None:
    await turned_to_page(context, TurnIdeas(0))


async def turned_to_page(context: Context, tap: TurnIdeas) -> None:
    page = await context.transact(_page, tap.page)
    await context.show(screens.render_ideas(page, context.t))


def _page(session: Session, _person: Person, number: int) -> ideas.Page:
    return ideas.page(session, number)
