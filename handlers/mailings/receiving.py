"""What whoever has a mailing does with it: answers, asks why it came, wants no more."""

from typing import Any

from sqlmodel import Session

from domain.basics.refusals import ButtonIsOutdated
from domain.basics.words import N_
from domain.mailings.mailings import Purpose
from handlers.chat import forms, reading
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk
from handlers.chat.form_views import View
from handlers.chat.meanings import Meaning
from handlers.chat.questions import Question, Questionnaire, Submission, asks
from handlers.chat.screens.screen import shorten
from handlers.mailings.buttons import MailingAct, OnMailing, WishMailings
from handlers.mailings.screens import receiving as screens
from storage.engine.turn import Turn
from storage.mailings import choices, results
from storage.mailings.tables import Mailing

LABEL = N_("Answer to the mailing")


async def asked_to_reply(context: Context, tap: OnMailing) -> None:
    """The question comes below: the mailing stays what it is."""
    view = await context.transact(_begin_reply, context, tap.mailing_id)
    await context.send(forms.draw(view, context))
    await context.flash()


def _begin_reply(turn: Turn, context: Context, mailing_id: int) -> View:
    results.note_tap(turn, mailing_id)
    return Desk(turn, context).take(lambda desk: desk.begin(REPLY.name, mailing_id))


async def asked_why(context: Context, tap: OnMailing) -> None:
    mailing = await context.transact(results.note_tap, tap.mailing_id)
    await context.send(screens.render_why(mailing, context.house.pact, context.t))
    await context.flash()


async def wanted_no_more(context: Context, tap: OnMailing) -> None:
    await context.answer(screens.render_no_more, _no_more, tap.mailing_id)


def _no_more(turn: Turn, mailing_id: int) -> Purpose:
    mailing, _ = results.received(turn, mailing_id)
    choices.choose(turn, mailing.purpose, wanted=False)
    return mailing.purpose


async def asked_for_wishes(context: Context) -> None:
    wished = await context.transact(choices.of)
    await context.show(screens.render_wishes(wished, context.house.pact, context.t))


async def wished(context: Context, tap: WishMailings) -> None:
    if tap.purpose not in range(len(Purpose)):
        raise ButtonIsOutdated
    purpose = list(Purpose)[tap.purpose]
    found = await context.transact(choices.choose, purpose, wanted=bool(tap.wanted))
    await context.show(screens.render_wishes(found, context.house.pact, context.t))


def about(tap: OnMailing) -> tuple[Meaning, ...]:
    """A reply to a mailing's message is an answer to it."""
    is_of_message = tap.act in (MailingAct.REPLY, MailingAct.WHY)
    return (Meaning("mailing_reply", LABEL, tap.mailing_id),) if is_of_message else ()


def _replied(turn: Turn, form: Submission) -> int:
    mailing_id = form.subject_id
    results.answer(turn, mailing_id, form.answers["text"])
    return mailing_id


def _words(session: Session, mailing_id: int) -> str:
    mailing = session.get(Mailing, mailing_id)
    return shorten(" ".join(part.get("text", "") for part in mailing.content), 120) if mailing else ""


REPLY: Questionnaire[Any] = asks(
    "mailing_reply",
    N_("Answer to the office"),
    Question("text", N_("Answer"), N_("What do you answer?"), read=reading.text(2000, 1)),
    submit=_replied,
    done=lambda mailing_id, asked: screens.render_answered(mailing_id, asked.t),
    check=results.received,
    about=_words,
    submit_label=N_("Send the answer"),
    grows_at="text",
)

FORMS = (REPLY,)
