"""What partners offer and need in the chat, and what they write to each other about it."""

from collections.abc import Callable
from typing import Any

from domain.basics.words import N_
from domain.measures.adverts import LONGEST
from domain.measures.measures import Kind
from handlers.chat import reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import Option, Question, Questionnaire, Submission, asks
from handlers.measures.buttons import OnAdvert
from handlers.measures.screens import adverts as screens
from handlers.measures.screens import words
from storage.engine.turn import Turn
from storage.measures import adverts, joint, measures, threads
from storage.measures.adverts import Look, Page, Side
from storage.measures.threads import Thread

LONGEST_LINE = 1500
THREADS = 4  # of one's own, on the list


async def asked_for_list(context: Context, tap: TurnList) -> None:
    side = Side(tap.subject_id) if tap.subject_id in list(Side) else Side.ALL
    page, mine = await context.transact(_listed, side, tap.page)
    await context.show(screens.render_adverts(page, mine, is_staff=context.person.is_staff, t=context.t))


def _listed(turn: Turn, side: Side, number: int) -> tuple[Page, list[Thread]]:
    page = adverts.page(turn, side, number)
    return page, threads.of_person(turn, THREADS)


async def asked_for_advert(context: Context, tap: OnAdvert) -> None:
    await context.answer(screens.render_advert, adverts.look, tap.subject_id)


async def asked_to_end(context: Context, tap: OnAdvert) -> None:
    await context.transact(adverts.get, tap.subject_id)
    await context.show(screens.render_ask_end(tap.subject_id, context.t))


async def ended(context: Context, tap: OnAdvert) -> None:
    await context.transact(adverts.end, tap.subject_id)
    await context.show(screens.render_ended(context.t))


async def asked_for_thread(context: Context, tap: OnAdvert) -> None:
    await context.answer(screens.render_thread, threads.see, tap.subject_id)


async def asked_to_end_thread(context: Context, tap: OnAdvert) -> None:
    await context.answer(screens.render_ask_end_thread, threads.see, tap.subject_id)


async def ended_thread(context: Context, tap: OnAdvert) -> None:
    await context.answer(screens.render_thread, threads.end, tap.subject_id)


def _written(turn: Turn, form: Submission) -> Look:
    is_need, kind = form.answers["side"] == "need", Kind(form.answers["kind"])
    advert = adverts.write(turn, is_need, kind, form.answers["text"])
    return adverts.look(turn, advert.id)


def _check_partner(turn: Turn, _subject_id: int) -> None:
    measures.partner_id(turn)


ADVERT: Questionnaire[Any] = Questionnaire(
    name="advert",
    title=N_("Offer something or ask for it"),
    questions=(
        Question(
            "side",
            N_("What it is"),
            N_("Do you offer something, or do you need something?"),
            options=(Option("offer", N_("We offer")), Option("need", N_("We need"))),
        ),
        Question(
            "kind",
            N_("Subject"),
            N_("What is it about?"),
            options=tuple(
                Option(kind, label) for kind, label in words.KINDS.items() if kind is not Kind.GREEN_TARIFF
            ),
        ),
        Question(
            "text",
            N_("In your words"),
            N_("What is it? For example: “We lend the ultrasonic device”, “Who has experience with …?”"),
            read=reading.text(LONGEST, 5),
        ),
    ),
    submit=_written,
    done=lambda look, asked: screens.render_written(look, asked.t),
    check=_check_partner,
    submit_label=N_("Show it to partners"),
    grows_at="text",
)


def _line_form(
    name: str,
    check: Callable[[Turn, int], Any],
    say: Callable[[Turn, int, str], Thread],
) -> Questionnaire[Any]:
    """What one writes goes out at once, with one's name and organisation."""
    return asks(
        name,
        N_("Write to a partner"),
        Question(
            "text",
            N_("Message"),
            N_("What would you like to write? They see your name and your organisation."),
            read=reading.text(LONGEST_LINE, 2),
        ),
        submit=lambda turn, form: say(turn, form.subject_id, form.answers["text"]),
        done=lambda found, asked: screens.render_thread(found, asked.t),
        check=check,
        submit_label=N_("Send"),
        grows_at="text",
        takes_replies=True,
    )


FORMS = (
    ADVERT,
    _line_form("advert_line", _check_partner, threads.ask),
    _line_form("match_line", joint.met, threads.ask_of_match),
    _line_form("partner_line", threads.own, threads.reply),
)
