"""Joining as the applicant meets it: the form, where the request stands, personal links."""

from dataclasses import replace
from typing import Any

from domain.basics.consent import STORING
from domain.basics.words import N_
from domain.joining import sme
from domain.joining.requests import NewRequest
from domain.joining.sme import Key, Staff
from domain.partners.organisations import Category, Sector, Size
from domain.partners.refusals import AlreadyInvolved
from handlers.chat import forms, reading
from handlers.chat.buttons import Go
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk
from handlers.chat.form_views import View
from handlers.chat.questions import Answers, Asked, Option, Question, Questionnaire, Submission, asks
from handlers.chat.screens.screen import Screen
from handlers.joining.buttons import WakeRequest
from handlers.joining.concepts import sme_question
from handlers.joining.screens import applying as screens
from handlers.partners.organisations import SIZE
from handlers.partners.screens.contacts import render_own_wish
from handlers.partners.screens.words import CATEGORIES, SECTORS
from storage.engine.turn import Turn
from storage.joining import case_progress, requests
from storage.joining.cases import Case
from storage.joining.tables import JoinRequest
from storage.partners import colleagues, register
from storage.partners.colleagues import ColleagueCard


def _asked(turn: Turn, form: Submission) -> JoinRequest | ColleagueCard:
    """A new request; or, from somebody of an organisation we know, the wish to act for it."""
    answers = form.answers
    if _is_of_partner(answers):
        return colleagues.ask_in(turn.session, turn.person, answers["known_id"], answers["contact"], turn.now)
    wants_concept = answers.get("concept") == "yes"
    new = NewRequest(
        organisation=answers["organisation"],
        category=Category(answers["category"]),
        postcode=answers["postcode"],
        size=Size(answers["size"]),
        sector=Sector(answers["sector"]),
        hopes=tuple(answers["hopes"] or ()),
        measures=answers["measures"] or "",
        contact_name=answers["contact"],
        contact_role=answers["role"] or "",
        email=answers["email"],
        phone=answers["phone"],
        wants_concept=wants_concept,
    )
    if wants_concept:
        said = {key: value for key, value in answers.items() if value is not None}
        verdict = sme.judge({**said, **_staff_known(answers)})
        new = replace(new, sme_outcome=verdict.outcome, sme_rule=verdict.rule, sme_checked_at=turn.now)
    return requests.ask(turn, new)


def _last_time(turn: Turn, _subject_id: int) -> Answers:
    """Whoever asks again after a no begins with what they wrote then."""
    old = requests.last_failed(turn)
    if old is None:
        return {}
    return {
        "again": True,
        "organisation": old.organisation,
        "category": old.category,
        "postcode": old.postcode,
        "sector": old.sector,
        "size": old.size,
        "hopes": old.hopes,
        "measures": old.measures or None,
        "contact": old.contact_name,
        "role": old.contact_role or None,
        "email": old.email,
        "phone": old.phone,
    }


def _from_last_time(asked: Asked) -> str:
    if not asked.answers.get("again"):
        return ""
    return asked.t("What you wrote in your last request is filled in. You can change it before it is sent.")


def _is_of_partner(answers: Answers) -> bool:
    return bool(answers.get("known")) and answers.get("same") == "yes"


def _wants_no_concept(answers: Answers) -> bool:
    return _is_of_partner(answers) or answers.get("concept") != "yes"


STAFF_OF = {Size.MICRO: Staff.UNDER_10, Size.SMALL: Staff.FROM_10, Size.MEDIUM: Staff.FROM_50}


def _staff_known(answers: Answers) -> Answers:
    """Work units are at most the heads that were asked for already; from 250 on it is asked how many."""
    staff = STAFF_OF.get(answers.get("size", ""))
    return {Key.STAFF: staff} if staff else {}


def _derive(turn: Turn, answers: Answers) -> Answers:
    """The partner that the name typed most likely means, looked up for each name once; where the seat is."""
    name = answers.get("organisation", "")
    if answers.get("known_for") != name:
        known = register.find_similar(turn.session, turn.pact, name)
        answers = {
            **{key: value for key, value in answers.items() if key != "same"},
            "known_for": name,
            "known": known.name if known else None,
            "known_id": known.id if known else None,
        }
    if "postcode" in answers and answers.get("placed") != answers["postcode"]:
        answers = {key: value for key, value in answers.items() if key != "outside"}
        answers |= {
            "placed": answers["postcode"],
            "is_inside": turn.pact.has_seat(answers["postcode"]),
        }
    return answers


def _done(result: JoinRequest | ColleagueCard, asked: Asked) -> Screen:
    if isinstance(result, ColleagueCard):
        return screens.render_of_partner(result, asked.t)
    return screens.render_received(result, asked.pact, asked.t)


def _check_may_ask(turn: Turn, _subject_id: int) -> None:
    """Who waits to be let in as a colleague takes that back first."""
    requests.check_may_ask(turn)
    wish = colleagues.own_wish(turn)
    if wish:
        raise AlreadyInvolved(wish.organisation.name, is_partner=False)


JOIN: Questionnaire[Any] = Questionnaire(
    name="join",
    title=N_("Join the pact"),
    questions=(
        Question(
            "organisation",
            N_("Organisation"),
            N_("What is your organisation called?"),
            read=reading.name(160),
        ),
        Question(
            "same",
            N_("Already a partner"),
            N_("{known} is a partner already. Are you from there?"),
            options=(Option("yes", N_("Yes")), Option("no", N_("No, another one"))),
            skip_if=lambda answers: not answers.get("known"),
            follows_up=True,
        ),
        Question(
            "category",
            N_("Kind"),
            N_("What kind of organisation is it?"),
            options=tuple(Option(value, label) for value, label in CATEGORIES.items()),
            skip_if=_is_of_partner,
        ),
        Question(
            "postcode",
            N_("Postcode"),
            N_("Which postcode does its seat in {city} have?"),
            read=reading.postcode,
            skip_if=_is_of_partner,
        ),
        Question(
            "outside",
            N_("Seat outside"),
            N_(
                "This postcode is not in {city}. The pact is open to organisations with a seat in {city}; a "
                "branch is enough. Go back to enter its postcode, or ask anyway: the office will tell you."
            ),
            options=(Option("ask", N_("Ask anyway")),),
            skip_if=lambda answers: _is_of_partner(answers) or answers.get("is_inside", True),
            follows_up=True,
        ),
        Question(
            "sector",
            N_("Sector"),
            N_("In which sector?"),
            options=tuple(Option(value, label) for value, label in SECTORS.items()),
            skip_if=_is_of_partner,
        ),
        replace(SIZE, skip_if=_is_of_partner),
        Question(
            "hopes",
            N_("Hopes"),
            N_("What do you hope for? Tap all that apply, or write it in your own words."),
            read=reading.fact(200, 2),
            options=tuple(Option(value, label) for value, label in screens.HOPES.items()),
            many=True,
            optional=True,
            skip_if=_is_of_partner,
        ),
        Question(
            "measures",
            N_("Measures so far"),
            N_("What do you do for the climate already? One line is enough."),
            read=reading.fact(300, 2),
            optional=True,
            skip_if=_is_of_partner,
        ),
        Question(
            "concept",
            N_("Free concept"),
            N_(
                "Small and medium-sized partners get a climate-protection concept free of charge. "
                "Are you interested? A short check follows."
            ),
            options=(Option("yes", N_("Yes, check it")), Option("no", N_("No"))),
            skip_if=_is_of_partner,
        ),
        *(replace(sme_question(key, _wants_no_concept, _staff_known), follows_up=True) for key in Key),
        Question(
            "contact",
            N_("Contact"),
            N_("Who is our contact? First and last name."),
            read=reading.name(128, 3),
        ),
        Question(
            "role",
            N_("Role"),
            N_("What is this person's role, such as managing director?"),
            read=reading.fact(80, 2),
            optional=True,
            skip_if=_is_of_partner,
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
            STORING,
            options=(Option("yes", N_("Yes, I agree")),),
        ),
    ),
    submit=_asked,
    done=_done,
    begin=_last_time,
    understood=_from_last_time,
    derive=_derive,
    submit_label=N_("Send the request"),
    check=_check_may_ask,
)


def _check_own(turn: Turn, request_id: int) -> None:
    case_progress.check_undecided(turn.session, requests.own(turn, request_id).request)


def _withdrawn(turn: Turn, form: Submission) -> JoinRequest:
    reason = form.answers["reason"] or ""
    return requests.withdraw(turn, form.subject_id, reason)


WITHDRAW: Questionnaire[Any] = asks(
    "withdraw",
    N_("Withdraw the request"),
    Question(
        "reason",
        N_("Reason"),
        N_("May we know why? It helps the office. You can skip this."),
        read=reading.text(500, 2),
        optional=True,
    ),
    submit=_withdrawn,
    done=lambda request, asked: screens.render_step(request, asked.pact, asked.t),
    submit_label=N_("Withdraw it"),
    grows_at="reason",
    check=_check_own,
    about=case_progress.name_of,
    own_card=Go("my_request"),
)


COLUMNS = {
    "organisation": "organisation",
    "contact": "contact_name",
    "role": "contact_role",
    "email": "email",
    "phone": "phone",
    "measures": "measures",
}


def _sent(turn: Turn, request_id: int) -> Answers:
    request = requests.own(turn, request_id).request
    return {key: getattr(request, column) or None for key, column in COLUMNS.items()}


def _corrected(turn: Turn, form: Submission) -> Case:
    values = {column: form.answers.get(key) for key, column in COLUMNS.items()}
    given = {column: value if column == "phone" else value or "" for column, value in values.items()}
    return requests.correct(turn, form.subject_id, given)


FIX: Questionnaire[Any] = Questionnaire(
    name="fix_request",
    title=N_("Correct your request"),
    questions=tuple(
        replace(question, skip_if=lambda _answers: False)
        for question in JOIN.questions
        if question.key in COLUMNS
    ),
    submit=_corrected,
    prefill=_sent,
    done=lambda case, asked: screens.render_own(case, asked.pact, asked.t),
    submit_label=N_("Save"),
    check=_check_own,
    about=case_progress.name_of,
    own_card=Go("my_request"),
)


async def asked_to_join(context: Context) -> None:
    """The form; or, for somebody whose request is on its way, where it stands."""
    request = await context.transact(_open_request, context)
    if isinstance(request, ColleagueCard):
        await context.show(render_own_wish(request, context.t, is_asked=False))
    elif isinstance(request, Case):
        await context.show(screens.render_own(request, context.house.pact, context.t))
    else:
        await context.show(forms.draw(request, context))


def _open_request(turn: Turn, context: Context) -> Case | View | ColleagueCard:
    wish = colleagues.own_wish(turn)
    if wish:
        return wish
    if requests.open_request(turn):
        return requests.own(turn)
    return Desk(turn, context).take(lambda desk: desk.begin(JOIN.name, 0))


async def asked_for_own_request(context: Context) -> None:
    case = await context.transact(requests.own)
    await context.show(screens.render_own(case, context.house.pact, context.t))


async def woke_request(context: Context, tap: WakeRequest) -> None:
    case = await context.transact(requests.wake, tap.request_id)
    await context.show(screens.render_own(case, context.house.pact, context.t))


FORMS = (JOIN, WITHDRAW, FIX)
