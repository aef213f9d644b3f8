"""After an event in the chat: three taps, a wish, the office's results and recap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.basics import refusals
from domain.basics.words import N_
from domain.events.event import may_read
from domain.events.refusals import NotAtTheDoor
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.meanings import Awaited, Meaning
from handlers.chat.questions import (
    Asked,
    Correction,
    Question,
    Questionnaire,
    Submission,
    Wrong,
    asks,
    only_staff,
)
from handlers.chat.screens.screen import Screen
from handlers.events import papers
from handlers.events.buttons import GiveChange, GiveKeep, GiveScore, RemovePicture, SureWithEvent
from handlers.events.screens import feedback as screens
from handlers.ideas import handing_in
from storage.engine.turn import Turn
from storage.events import changing, feedback, seating, views
from storage.events.tables import Event

JUST_ASKED = timedelta(hours=1)  # what is written so soon after the question for a wish is one


async def gave_score(context: Context, tap: GiveScore) -> None:
    await context.transact(feedback.give, tap.event_id, score=tap.score)
    await context.show(screens.render_keep(tap.event_id, context.t))


async def gave_keep(context: Context, tap: GiveKeep) -> None:
    await context.transact(feedback.give, tap.event_id, keep=tap.aspect)
    await context.show(screens.render_to_change(tap.event_id, context.t))


async def gave_change(context: Context, tap: GiveChange) -> None:
    await context.transact(feedback.give, tap.event_id, change=tap.aspect)
    await context.show(screens.render_given(tap.event_id, context.t))


async def asked_how_it_was(context: Context, event_id: int) -> None:
    card = await context.transact(views.show, event_id)
    if not card.was_there:
        raise NotAtTheDoor
    await context.show(screens.render_thanks(card, context.t))


async def asked_for_results(context: Context, event_id: int) -> None:
    event, found, missed, wishes = await context.transact(feedback.results, event_id)
    screen = screens.render_results(event, found, missed, len(wishes), context.t)
    image = papers.chart(event, found, context.t) if found.answered else None
    await context.show(Screen(screen.text, screen.rows, image=image))


async def asked_for_wishes(context: Context, tap: TurnList) -> None:
    event, _, _, wishes = await context.transact(feedback.results, tap.subject_id)
    await context.show(screens.render_wishes(event, wishes, tap.page, context.t))


async def asked_for_recap(context: Context, event_id: int) -> None:
    await context.answer(screens.render_recap_draft, feedback.recap_of, event_id)


async def asked_for_pictures(context: Context, event_id: int) -> None:
    card = await context.transact(views.show, event_id)
    is_for_them = may_read("recap_pictures", card.reader)
    if not (card.event.recap_pictures and is_for_them and (card.is_staff or card.event.recap_sent_at)):
        raise refusals.ButtonIsOutdated
    await context.show(screens.render_pictures(card, context.t))


async def removed_picture(context: Context, tap: RemovePicture) -> None:
    await context.answer(
        screens.render_recap_draft, feedback.remove_picture, tap.event_id, tap.number, tap.of
    )


async def asked_to_send_recap(context: Context, event_id: int) -> None:
    event, reach = await context.transact(_recap_and_reach, event_id)
    await context.show(screens.render_ask_recap(event, reach, context.t))


def _recap_and_reach(turn: Turn, event_id: int) -> tuple[Event, int]:
    event = feedback.recap_of(turn, event_id)
    return event, changing.reach(turn.session, event_id).invited


async def sent_recap(context: Context, tap: SureWithEvent) -> None:
    await context.answer(screens.render_recap_sent, feedback.send_recap, tap.event_id, tap.version)


def _wished(turn: Turn, form: Submission) -> int:
    event_id = form.subject_id
    feedback.give(turn, event_id, wish=form.answers["wish"])
    return event_id


def _corrected_wish(turn: Turn, of: Correction) -> bool:
    return feedback.correct_wish(turn, of.row_id, of.text)


def asked_for_a_wish(turn: Turn) -> Awaited | None:
    """Who has just given their opinion was asked for a wish."""
    given = feedback.just_given(turn, turn.now - JUST_ASKED)
    if given is None:
        return None
    return Awaited(Meaning("wish", N_("A wish after the event"), given.event_id), given.given_at)


def _wrote_recap(turn: Turn, form: Submission) -> Event:
    return feedback.write_recap(turn, form.subject_id, form.answers["recap"])


def _written(turn: Turn, event_id: int) -> dict[str, Any]:
    return {"written": seating.get_event(turn.session, event_id).recap}


def _text_so_far(asked: Asked) -> str:
    """All of it, to be copied and corrected."""
    written = asked.answers.get("written")
    return asked.t("So far: <i>{answer}</i>", answer=written) if written else ""


def _pictures_there(turn: Turn, event_id: int) -> dict[str, Any]:
    return {"there": len(seating.get_event(turn.session, event_id).recap_pictures)}


def _read_picture(given: str, asked: Asked) -> str:
    if asked.answers["there"] + len(asked.answers.get("pictures") or []) >= feedback.MOST_PICTURES:
        raise Wrong(N_("Ten pictures are in, more do not fit. This one was not taken."))
    return given


def _added_pictures(turn: Turn, form: Submission) -> Event:
    return feedback.add_pictures(turn, form.subject_id, form.answers["pictures"])


WISH: Questionnaire[Any] = asks(
    "wish",
    N_("A wish"),
    Question("wish", N_("Wish"), N_("What do you wish for?"), read=reading.text(1000, 5)),
    submit=_wished,
    done=lambda event_id, asked: screens.render_wish_noted(event_id, asked.t),
    check=feedback.check_was_there,
    about=seating.title_of,
    takes_replies=True,
    row_of=lambda event_id: event_id,
    correct={"wish": _corrected_wish},
)


def _check_wish(turn: Turn, event_id: int) -> None:
    if not feedback.own_wish(turn, event_id):
        raise refusals.ButtonIsOutdated


WISH_TO_IDEA: Questionnaire[Any] = replace(
    handing_in.IDEA,
    name="wish_idea",
    title=N_("Your wish as an idea"),
    check=_check_wish,
    begin=lambda turn, event_id: {
        **handing_in.known(turn, event_id),
        "text": feedback.own_wish(turn, event_id),
    },
)

RECAP: Questionnaire[Any] = asks(
    "recap",
    N_("Recap"),
    Question(
        "recap",
        N_("Recap"),
        N_("What did people take home? A few sentences; pictures come next."),
        read=reading.text(1500, 5),
    ),
    submit=_wrote_recap,
    done=lambda event, asked: screens.render_recap_draft(event, asked.t),
    begin=_written,
    understood=_text_so_far,
    check=only_staff,
    about=seating.title_of,
)

RECAP_PICTURES: Questionnaire[Any] = asks(
    "recap_pics",
    N_("Add pictures"),
    Question(
        "pictures",
        N_("Pictures"),
        N_("Please send pictures, then tap Done. Only with the consent of those who are on them."),
        read=_read_picture,
        show=lambda _picture, asked: asked.t.label("Picture"),
        many=True,
        takes="photo",
    ),
    submit=_added_pictures,
    done=lambda event, asked: screens.render_recap_draft(event, asked.t),
    begin=_pictures_there,
    check=only_staff,
    about=seating.title_of,
)

FORMS: Sequence[Questionnaire[Any]] = (WISH, WISH_TO_IDEA, RECAP, RECAP_PICTURES)
