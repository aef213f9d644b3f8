"""Joining in the chat: the request form, the office's decision, personal links."""

from typing import Any

from sqlmodel import Session

from domain.joining import Category, NewRequest, Size
from domain.pact import Pact
from handlers import reading
from handlers.buttons import AcceptRequest, ShowRequest
from handlers.context import Context
from handlers.forms import Answers, Asked, Option, Question, Questionnaire, Submission
from handlers.screens import joining as screens
from handlers.screens.screen import Screen
from handlers.texts import N_, Texts
from storage import inquiries, joining, people, register
from storage.inquiries import Thread
from storage.joining import RequestCard
from storage.tables import JoinRequest, Person


def _asked(form: Submission) -> JoinRequest | Thread:
    """A new request; or, from somebody of a partner we know, a word to the office that they want in."""
    answers = form.answers
    if _is_of_partner(answers):
        t = Texts(form.pact.language, form.pact.timezone)
        text = t.label(
            "I am {name} of {organisation} and would like to act for it here.",
            name=answers["contact"],
            organisation=answers["known"],
        )
        return inquiries.ask(form.session, form.person, None, text, form.now)
    new = NewRequest(
        organisation=answers["organisation"],
        category=Category(answers["category"]),
        postcode=answers["postcode"],
        size=Size(answers["size"]),
        contact_name=answers["contact"],
        email=answers["email"],
        phone=answers["phone"],
    )
    return joining.ask(form.session, form.person, new, form.now)


def _is_of_partner(answers: Answers) -> bool:
    return bool(answers.get("known")) and answers.get("same") == "yes"


def _find_partner(session: Session, pact: Pact, answers: Answers) -> Answers:
    """Under `known`: the partner that the name typed most likely means; looked up for each name once."""
    name = answers.get("organisation", "")
    if answers.get("known_for") == name:
        return answers
    return {**answers, "known_for": name, "known": register.find_similar(session, pact, name)}


def _done(result: JoinRequest | Thread, asked: Asked) -> Screen:
    if isinstance(result, Thread):
        return screens.render_of_partner(asked.answers["known"], asked.t)
    return screens.render_received(asked.pact, asked.t)


def _check_may_ask(session: Session, person: Person, _subject_id: int | None) -> None:
    joining.check_may_ask(session, person)


JOIN: Questionnaire[Any] = Questionnaire(
    name="join",
    title=N_("Join the pact"),
    questions=(
        Question(
            "organisation",
            N_("Organisation"),
            N_("What is your organisation called?"),
            read=reading.line(160, 2),
        ),
        Question(
            "same",
            N_("Already a partner"),
            N_("{known} is a partner already. Are you from there?"),
            options=(Option("yes", N_("Yes")), Option("no", N_("No, another one"))),
            skip_if=lambda answers: not answers.get("known"),
        ),
        Question(
            "category",
            N_("Kind"),
            N_("What kind of organisation is it?"),
            options=tuple(Option(value, label) for value, label in screens.CATEGORIES.items()),
            skip_if=_is_of_partner,
        ),
        Question(
            "postcode",
            N_("Postcode"),
            N_("Which postcode does its seat in {city} have?"),
            read=reading.seat,
            skip_if=_is_of_partner,
        ),
        Question(
            "size",
            N_("Employees"),
            N_("How many people work there?"),
            options=tuple(Option(value, label) for value, label in screens.SIZES.items()),
            skip_if=_is_of_partner,
        ),
        Question(
            "contact",
            N_("Contact"),
            N_("Who is our contact? First and last name."),
            read=reading.line(128, 3),
        ),
        Question(
            "email",
            N_("E-mail"),
            N_("Which e-mail address reaches this person?"),
            read=reading.email,
            skip_if=_is_of_partner,
        ),
        Question(
            "phone",
            N_("Phone"),
            N_("And by phone? Share your number with the button, type one, or skip this."),
            read=reading.phone,
            show=reading.show_phone,
            optional=True,
            asks_phone=True,
            skip_if=_is_of_partner,
        ),
        Question(
            "consent",
            N_("Data protection"),
            N_(
                "May the office store these details and use them to handle your request? "
                "What is stored, what for and until when: /privacy"
            ),
            options=(Option("yes", N_("Yes, I agree")),),
        ),
    ),
    submit=_asked,
    done=_done,
    derive=_find_partner,
    submit_label=N_("Send the request"),
    check=_check_may_ask,
)


def _check_open(session: Session, person: Person, request_id: int | None) -> None:
    joining.check_undecided(session, joining.show(session, person, request_id or 0).request)


def _organisation(session: Session, request_id: int | None) -> str:
    return joining.get_request(session, request_id or 0).organisation


def _declined(form: Submission) -> RequestCard:
    return joining.decline(form.session, form.person, form.subject_id or 0, form.answers["reason"], form.now)


DECLINE: Questionnaire[Any] = Questionnaire(
    name="decline",
    title=N_("Decline a request"),
    questions=(
        Question(
            "reason",
            N_("Reason"),
            N_("Why is the request declined? The applicant will read this."),
            read=reading.text(500, 3),
        ),
    ),
    submit=_declined,
    done=lambda card, asked: screens.render_request(card, asked.t),
    submit_label=N_("Decline the request"),
    check=_check_open,
    about=_organisation,
)


async def asked_for_request(context: Context, tap: ShowRequest) -> None:
    card = await context.transact(joining.show, tap.request_id)
    await context.show(screens.render_request(card, context.t))


async def accepted_request(context: Context, tap: AcceptRequest) -> None:
    card = await context.transact(joining.accept, tap.request_id, context.house.pact, context.now)
    await context.show(screens.render_request(card, context.t))


async def asked_for_requests(context: Context) -> None:
    requests = await context.transact(joining.waiting)
    await context.show(screens.render_requests(requests, context.t))


async def opened_invite(context: Context, code: str) -> Screen:
    contact, organisation = await context.transact(people.use_invite, code, context.now)
    context.person = contact
    return screens.render_connected(organisation.name, contact.name, context.house.pact, context.t)
