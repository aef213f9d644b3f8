"""Project groups in the chat."""

from functools import partial
from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from handlers.chat import reading
from handlers.chat.context import Context
from handlers.chat.moments import moment, read_moment, show_moment
from handlers.chat.questions import Asked, Question, Questionnaire, Submission, only_staff
from handlers.chat.screens.screen import Screen, shorten
from handlers.ideas.buttons import GroupAct, OnGroup
from handlers.ideas.screens import groups as screens
from storage.engine.turn import Turn
from storage.ideas import groups
from storage.ideas.groups import Gathering
from storage.ideas.tables import Idea


async def acted(context: Context, tap: OnGroup) -> None:
    match tap.act:
        case GroupAct.SHOW:
            found = await context.transact(groups.show, tap.group_id)
        case GroupAct.JOIN:
            found = await context.transact(groups.join, tap.group_id)
        case GroupAct.LEAVE:
            found = await context.transact(groups.leave, tap.group_id)
    await context.show(screens.render_group(found, context.t))


def _said(turn: Turn, form: Submission) -> Gathering:
    return groups.say(turn, form.subject_id, form.answers["text"])


def _agreed(turn: Turn, form: Submission) -> Gathering:
    text = form.answers["text"]
    return groups.say(turn, form.subject_id, text, is_agreed=True)


def _ended(turn: Turn, form: Submission) -> Gathering:
    text = form.answers["text"]
    return groups.end(turn, form.subject_id, text)


def _moved(turn: Turn, form: Submission) -> Gathering:
    at = moment(form.answers["at"])
    return groups.move(turn, form.subject_id, at)


def _about(session: Session, group_id: int) -> str:
    return shorten(session.get_one(Idea, groups.get(session, group_id).idea_id).text, 160)


def _group(found: Gathering, asked: Asked) -> Screen:
    return screens.render_group(found, asked.t)


_on_group = partial(Questionnaire[Any], done=_group, about=_about)


SAY: Questionnaire[Any] = _on_group(
    name="group_say",
    title=N_("Write to the group"),
    questions=(
        Question("text", N_("Message"), N_("What should the group read?"), read=reading.text(1500, 1)),
    ),
    submit=_said,
    check=groups.check_speaks,
    has_summary=False,
)
AGREE: Questionnaire[Any] = _on_group(
    name="group_agree",
    title=N_("Note as agreed"),
    questions=(Question("text", N_("Agreement"), N_("What have you agreed on?"), read=reading.text(500, 3)),),
    submit=_agreed,
    check=groups.check_speaks,
    has_summary=False,
)
END: Questionnaire[Any] = _on_group(
    name="group_end",
    title=N_("End the project group"),
    questions=(
        Question(
            "text",
            N_("Result"),
            N_("What came of it? Everybody who supports the idea reads this."),
            read=reading.text(500, 5),
        ),
    ),
    submit=_ended,
    check=groups.check_speaks,
    submit_label=N_("End the group"),
    grows_at="text",
)
DATE: Questionnaire[Any] = _on_group(
    name="group_date",
    title=N_("Another date for the group"),
    questions=(
        Question(
            "at",
            N_("Time"),
            N_("When does the group meet? Like “Do 10.12. 16 Uhr”."),
            read=read_moment,
            show=show_moment,
            has_month=True,
        ),
    ),
    submit=_moved,
    check=only_staff,
    submit_label=N_("Tell the group"),
)

FORMS = (SAY, AGREE, END, DATE)
