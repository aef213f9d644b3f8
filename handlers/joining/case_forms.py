"""The office's forms about a case: what each asks, and the step that it takes."""

from typing import Any

import msgspec
from markupsafe import Markup

from domain.basics.words import N_
from domain.joining.requests import NewRequest, RequestState
from domain.joining.talks import Result
from domain.partners.organisations import Category, Size
from handlers.chat import days, reading
from handlers.chat.questions import Answers, Asked, Option, Question, Questionnaire, Submission, only_staff
from handlers.chat.texts import Texts
from handlers.joining.buttons import ShowRequest
from handlers.joining.screens import case_history
from handlers.joining.screens import cases as screens
from handlers.partners.file import CATEGORY, EMAIL, PHONE
from handlers.partners.organisations import SIZE
from storage.engine.turn import Turn
from storage.joining import case_progress, cases, requests
from storage.joining.cases import Case, Entry

TODAY, TOMORROW, WEEK, MONTH, QUARTER = (0, 1, 7, 30, 91)


def _check_undecided(turn: Turn, request_id: int) -> None:
    case_progress.check_undecided(turn.session, cases.show(turn, request_id).request)


def _show(case: Case, asked: Asked) -> Any:
    return screens.render_case(case, asked.pact, asked.now, asked.t)


def since(turn: Turn, request_id: int) -> Answers | None:
    """A questionnaire's `since`: for the office, what others have done with a case."""
    entry = cases.done_by_others(turn, request_id) if turn.person.is_staff else None
    return msgspec.to_builtins(entry) if entry else None


def overtaken(token: Answers, asked: Asked) -> Markup:
    return case_history.render_entry(msgspec.convert(token, Entry), asked.t)


def _of_case(name: str, title: str, *questions: Question, **more: Any) -> Questionnaire[Any]:
    """It shows the case again, and asks if another of the office has done something with it meanwhile."""
    given = {
        "done": _show,
        "check": _check_undecided,
        "about": case_progress.name_of,
        "since": since,
        "overtaken": overtaken,
        "card": ShowRequest,
        **more,
    }
    return Questionnaire(name, title, questions, **given)


DECLINE = _of_case(
    "decline",
    N_("Decline a request"),
    Question(
        "reason",
        N_("Reason"),
        N_("Why is the request declined? The applicant will read this."),
        read=reading.text(500, 3),
    ),
    submit=lambda turn, form: cases.step(
        turn, form.subject_id, RequestState.DECLINED, form.answers["reason"]
    ),
    submit_label=N_("Decline the request"),
    grows_at="reason",
)
SLEEP = _of_case(
    "sleep",
    N_("Lay to rest"),
    days.question(
        "until",
        N_("Until"),
        N_("Until when should it rest? Tap, or write a day."),
        Option(MONTH, N_("A month")),
        Option(QUARTER, N_("Three months")),
        Option(2 * QUARTER, N_("Half a year")),
    ),
    submit=lambda turn, form: cases.step(
        turn, form.subject_id, RequestState.ASLEEP, due_on=days.chosen_day(turn, form, "until")
    ),
    submit_label=N_("Lay to rest"),
)
NOTE = _of_case(
    "note",
    N_("Internal note"),
    Question(
        "text",
        N_("Note"),
        N_("What should be noted? Only the office reads it."),
        read=reading.text(1000, 2),
    ),
    submit=lambda turn, form: cases.note(turn, form.subject_id, form.answers["text"]),
    has_summary=False,
    check=cases.show,
)
ASK_BACK = _of_case(
    "askback",
    N_("Ask the applicant"),
    Question("text", N_("Question"), N_("What would you like to know?"), read=reading.text(1000, 3)),
    submit=lambda turn, form: cases.ask_back(turn, form.subject_id, form.answers["text"]),
    submit_label=N_("Send the question"),
    grows_at="text",
)
DUE = _of_case(
    "due",
    N_("Due date"),
    days.question(
        "due",
        N_("Due"),
        N_("By when is something to be done? Tap, or write a day."),
        Option(TODAY, N_("Today")),
        Option(TOMORROW, N_("Tomorrow")),
        Option(WEEK, N_("In a week")),
        Option(MONTH, N_("In a month")),
        optional=True,
    ),
    submit=lambda turn, form: cases.set_due(turn, form.subject_id, days.chosen_day(turn, form, "due")),
    has_summary=False,
)


def _recorded(turn: Turn, form: Submission) -> Case:
    due_on = days.chosen_day(turn, form, "agreement") or days.chosen_day(turn, form, "again")
    result = Result(form.answers["result"])
    reason = form.answers.get("why")
    if reason:
        words = Texts(turn.pact.language, turn.pact.timezone)
        reason = words.label(reason) if reason in screens.REASONS else reason
        cases.note(turn, form.subject_id, reason)
    return cases.record_outcome(turn, form.subject_id, result, due_on)


OUTCOME = _of_case(
    "outcome",
    N_("After the talk"),
    Question(
        "result",
        N_("Outcome"),
        N_("What came of the talk?"),
        options=tuple(Option(value, label) for value, label in case_history.RESULTS.items()),
    ),
    days.question(
        "agreement",
        N_("Agreement"),
        N_("By when does the agreement go out?"),
        Option(TODAY, N_("Today")),
        Option(TOMORROW, N_("Tomorrow")),
        Option(WEEK, N_("In a week")),
        skip_if=lambda answers: answers.get("result") != Result.JOINS,
    ),
    days.question(
        "again",
        N_("Ask again"),
        N_("When should the office ask again?"),
        Option(WEEK, N_("In a week")),
        Option(MONTH, N_("In a month")),
        Option(QUARTER, N_("In three months")),
        skip_if=lambda answers: answers.get("result") != Result.THINKS,
    ),
    Question(
        "why",
        N_("Reason"),
        N_("Why not? Only the office reads it. Tap, or write it."),
        read=reading.text(300, 2),
        options=tuple(Option(label, label) for label in screens.REASONS),
        skip_if=lambda answers: answers.get("result") != Result.DECLINES,
    ),
    submit=_recorded,
    submit_label=N_("Save"),
    is_adaptive=True,
)


def _signed(turn: Turn, form: Submission) -> Case:
    signed_on = days.chosen_day(turn, form, "day")
    assert signed_on
    return requests.sign(turn, form.subject_id, signed_on)


SIGN = _of_case(
    "sign",
    N_("Agreement signed"),
    days.question(
        "day",
        N_("Signed on"),
        N_("On which day was the agreement signed? Tap, or write the day."),
        Option(TODAY, N_("Today")),
        Option(-1, N_("Yesterday")),
        read=days.day_until_today,
    ),
    submit=_signed,
    submit_label=N_("Make it a partner"),
)


def _entered(turn: Turn, form: Submission) -> Case:
    answers = form.answers
    new = NewRequest(
        answers["organisation"],
        Category(answers["category"]),
        answers["postcode"],
        Size(answers["size"]),
        answers["contact"],
        answers["email"] or "",
        answers["phone"],
    )
    request = requests.enter(turn, new)
    return cases.case(turn.session, request)


ENTER: Questionnaire[Any] = Questionnaire(
    name="join_for",
    title=N_("Enter a request"),
    questions=(
        Question(
            "organisation",
            N_("Organisation"),
            N_("Which organisation wants to join?"),
            read=reading.name(160),
        ),
        CATEGORY,
        Question("postcode", N_("Postcode"), N_("Its postcode?"), read=reading.postcode),
        SIZE,
        Question("contact", N_("Contact"), N_("Who has called or written?"), read=reading.name(128, 3)),
        PHONE,
        EMAIL,
    ),
    submit=_entered,
    done=_show,
    submit_label=N_("Save"),
    check=only_staff,
)

FORMS = (DECLINE, SLEEP, NOTE, ASK_BACK, DUE, OUTCOME, SIGN, ENTER)
