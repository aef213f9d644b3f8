"""After an event in the chat: three taps, a wish, the office's results and recap."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from handlers import forms, reading
from handlers.buttons import GiveChange, GiveKeep, GiveScore, WishToIdea
from handlers.context import Context
from handlers.forms import Question, Questionnaire, Submission
from handlers.screens import feedback as screens
from handlers.screens import papers
from handlers.screens.screen import Screen
from handlers.texts import N_
from storage import feedback, people, seating
from storage.tables import Event, Person


async def gave_score(context: Context, tap: GiveScore) -> None:
    await context.transact(feedback.give, tap.event_id, context.now, score=tap.score)
    await context.show(screens.render_keep(tap.event_id, context.t))


async def gave_keep(context: Context, tap: GiveKeep) -> None:
    await context.transact(feedback.give, tap.event_id, context.now, keep=tap.aspect)
    await context.show(screens.render_to_change(tap.event_id, context.t))


async def gave_change(context: Context, tap: GiveChange) -> None:
    await context.transact(feedback.give, tap.event_id, context.now, change=tap.aspect)
    await context.show(screens.render_given(tap.event_id, context.t))


async def agreed_to_idea(context: Context, tap: WishToIdea) -> None:
    """Their wish becomes the text of an idea; they choose its topic and see it before it is handed in."""
    await forms.start_with(context, "idea", lambda session, person: _wish(session, person, tap.event_id))


def _wish(session: Session, person: Person, event_id: int) -> dict[str, Any]:
    return {"text": feedback.own_wish(session, person, event_id)}


async def asked_for_results(context: Context, event_id: int) -> None:
    event, found, missed, wishes = await context.transact(feedback.results, event_id)
    screen = screens.render_results(event, found, missed, wishes, context.t)
    image = papers.chart(event, found, context.t) if found.answered else None
    await context.show(Screen(screen.text, screen.rows, image=image))


async def sent_recap(context: Context, event_id: int) -> None:
    event = await context.transact(feedback.send_recap, event_id, context.now)
    await context.show(screens.render_recap_sent(event, context.t))


def _only_staff(_session: Session, person: Person, _event_id: int | None) -> None:
    people.check_staff(person)


def _title(session: Session, event_id: int | None) -> str:
    return seating.get_event(session, event_id or 0).title


def _wished(form: Submission) -> int:
    event_id = form.subject_id or 0
    feedback.give(form.session, form.person, event_id, form.now, wish=form.answers["wish"])
    return event_id


def _wrote_recap(form: Submission) -> Event:
    return feedback.write_recap(
        form.session, form.person, form.subject_id or 0, form.answers["recap"], form.now
    )


def _added_picture(form: Submission) -> Event:
    return feedback.add_picture(
        form.session, form.person, form.subject_id or 0, form.answers["picture"], form.now
    )


WISH: Questionnaire[Any] = Questionnaire(
    name="wish",
    title=N_("A wish"),
    questions=(Question("wish", N_("Wish"), N_("What do you wish for?"), read=reading.text(1000, 5)),),
    submit=_wished,
    done=lambda event_id, asked: screens.render_wish_noted(event_id, asked.t),
    about=_title,
    has_summary=False,
)

RECAP: Questionnaire[Any] = Questionnaire(
    name="recap",
    title=N_("Recap"),
    questions=(
        Question(
            "recap",
            N_("Recap"),
            N_("What did people take home? A few sentences; pictures come next."),
            read=reading.text(1500, 5),
        ),
    ),
    submit=_wrote_recap,
    done=lambda event, asked: screens.render_recap_draft(event, asked.t),
    check=_only_staff,
    about=_title,
    has_summary=False,
)

RECAP_PICTURE: Questionnaire[Any] = Questionnaire(
    name="recap_pic",
    title=N_("Add a picture"),
    questions=(
        Question(
            "picture",
            N_("Picture"),
            N_("Please send a picture. Only with the consent of those who are on it."),
            read=lambda given, _asked: given,
            takes="photo",
        ),
    ),
    submit=_added_picture,
    done=lambda event, asked: screens.render_recap_draft(event, asked.t),
    check=_only_staff,
    about=_title,
    has_summary=False,
)

QUESTIONNAIRES: Sequence[Questionnaire[Any]] = (WISH, RECAP, RECAP_PICTURE)
