"""The form engine: which question comes next, and what taps can and cannot do with a form."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import Session

from domain.basics import refusals
from domain.basics.pact import Pact
from domain.events.event import EventState
from domain.events.refusals import NotAtTheDoor
from domain.ideas.ideas import Topic
from domain.ideas.refusals import TooManyIdeas
from handlers.chat.buttons import (
    ChangeAnswer,
    ChooseOption,
    Payload,
    PickFormDay,
    ResumeForm,
    StartForm,
    StartFormAnew,
    Step,
    TakeStep,
    TurnFormMonth,
    TypeAnswer,
)
from handlers.chat.form_engine import Desk
from handlers.chat.form_views import ANSWERED, OUTDATED, View
from handlers.chat.house import House
from handlers.chat.questions import SUMMARY, Asked, Option, Question, Questionnaire, Submission, Wrong
from handlers.chat.screens import between_forms
from handlers.chat.screens import forms as screens
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from handlers.chat.words import open_with
from handlers.events.buttons import CheckIn, EnterGuestOf, EnterNames, ShowDoor, UndoCheckIn
from handlers.fields import FORMS
from storage.engine import forms
from storage.engine.database import Database
from storage.engine.tables import Form, Notice, Person
from storage.engine.turn import Turn
from storage.events import changing, feedback, planning
from storage.events.planning import NewEvent
from storage.events.tables import Event
from storage.ideas.tables import Idea
from tests.support.book import NOW, Book, id_of, turn_of
from tests.support.post import Chat, Post

GERMAN = Texts("de", Pact().timezone)

DAY = timedelta(days=1)


def only_digits(given: str, _asked: Asked) -> int:
    if not given.isdigit():
        raise Wrong("Please tap one of the buttons.")
    return int(given)


def submitted(_turn: Turn, form: Submission) -> dict[str, Any]:
    return form.answers


SURVEY: Questionnaire[Any] = Questionnaire(
    name="survey",
    title="Idea",
    questions=(
        Question("kind", "Kind", "Kind?", options=(Option("firm", "Company"), Option("club", "Association"))),
        Question("staff", "Seats", "How many?", read=only_digits, skip_if=lambda a: a.get("kind") == "club"),
        Question("note", "Reason", "Why?", read=lambda given, _: given, optional=True),
    ),
    submit=submitted,
    done=lambda _result, asked: Screen(asked.t("Back")),
)
LONG = replace(SURVEY, name="long")
SHORT = replace(SURVEY, name="short", questions=SURVEY.questions[2:], has_summary=False)


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({}, "kind"),
        ({"kind": "firm"}, "staff"),
        ({"kind": "club"}, "note"),
        ({"kind": "firm", "staff": 3}, "note"),
        ({"kind": "club", "note": None}, SUMMARY),  # skipped is answered
        ({"kind": "firm", "note": "x"}, "staff"),  # a changed answer opens what was skipped
        ({"staff": 3, "note": "x"}, "kind"),
    ],
)
def test_first_question_without_an_answer_comes_next(answers: dict[str, Any], key: str) -> None:
    assert SURVEY.next_key(answers) == key


@pytest.mark.parametrize(
    ("key", "answers", "before"),
    [
        ("kind", {}, "kind"),
        ("staff", {"kind": "firm"}, "kind"),
        ("note", {"kind": "firm"}, "staff"),
        ("note", {"kind": "club"}, "kind"),
        (SUMMARY, {"kind": "club", "note": None}, "note"),
        ("kind", {"kind": "club", "note": None}, SUMMARY),  # all is answered
        ("note", {"kind": "club", "note": None}, SUMMARY),
        ("staff", {"kind": "club"}, "note"),  # asked no longer
    ],
)
def test_back_leads_over_the_questions_that_apply(key: str, answers: dict[str, Any], before: str) -> None:
    assert SURVEY.key_before(key, answers) == before


@pytest.mark.parametrize("questionnaire", FORMS.values(), ids=FORMS)
def test_every_form_can_be_answered_and_stored(questionnaire: Questionnaire[Any]) -> None:
    keys = [question.key for question in questionnaire.questions]
    assert len(set(keys)) == len(keys)
    assert SUMMARY not in keys
    assert all(len(key) <= 32 for key in (*keys, questionnaire.name))
    assert all(q.options or q.options_of or q.read is not Question.read for q in questionnaire.questions)


class Clerk:
    """Works on one person's form as the handlers do: each step in a transaction of its own."""

    def __init__(self, database: Database, person: Person, *questionnaires: Questionnaire[Any]) -> None:
        house = House(database, Pact(), {form.name: form for form in questionnaires})
        self.database, self.person = database, person
        self.context: Any = SimpleNamespace(house=house, now=NOW, sent_at=NOW, check=lambda *_: None)

    def __call__(self, method: str, *arguments: Any, **named: Any) -> View:
        def work(session: Session) -> View:
            desk = Desk(turn_of(session, self.person, now=self.context.now), self.context)
            return desk.take(lambda desk: getattr(desk, method)(*arguments, **named))

        return self.database.run_now(work)

    def steps(self, key: str, step: Step, form: str = "survey") -> View:
        return self("take_step", TakeStep(form, key, step))


@pytest.fixture
def clerk(sqlite: Database) -> Clerk:
    return Clerk(sqlite, Book(sqlite).person("Anna"), SURVEY, LONG, SHORT)


def test_form_is_filled_in_step_by_step_and_gone_when_it_is_sent(clerk: Clerk) -> None:
    assert clerk("begin", "survey", None).key == "kind"
    assert clerk("choose", ChooseOption("survey", "kind", 0)).key == "staff"
    wrong = clerk("type", "viele")
    assert (wrong.key, wrong.problem is not None) == ("staff", True)
    assert clerk("type", " 12 ").key == "note"
    assert clerk.steps("note", Step.SKIP).key == SUMMARY
    sent = clerk.steps(SUMMARY, Step.SUBMIT)
    assert sent.result == {"kind": "firm", "staff": 12, "note": None}
    assert clerk("type", "noch etwas").questionnaire is None


def test_option_can_be_typed_in_the_persons_language(clerk: Clerk) -> None:
    clerk("begin", "survey", None)
    assert clerk("type", "verein/VERBAND".casefold()).problem is not None
    assert clerk("type", GERMAN.label("Association").upper()).answers == {"kind": "club"}


PLACES = replace(
    SURVEY,
    questions=tuple(
        Question(key, key, key, options=options, read=lambda given, _: given)
        for key, options in (("name", ()), ("role", ()), ("size", (Option("big", "Big"),)), ("city", ()))
    ),
)
HOPES = replace(
    SURVEY, questions=(Question("hopes", "Hope", "Which?", read=lambda given, _: given, many=True),)
)


def in_places(clerk: Clerk) -> Clerk:
    clerk = Clerk(clerk.database, clerk.person, PLACES)
    clerk("begin", "survey", None)
    return clerk


def test_what_was_just_typed_and_comes_again_is_no_answer_to_the_next_question(clerk: Clerk) -> None:
    clerk = in_places(clerk)
    clerk("type", "Anna Berg")
    for again in ("Anna Berg", " anna berg "):
        view = clerk("type", again)
        assert (view.key, view.repeats and view.repeats.key) == ("role", "name")
        assert view.answers == {"name": "Anna Berg"}
    assert clerk("type", "Chefin").answers == {"name": "Anna Berg", "role": "Chefin"}


def test_the_same_answer_twice_is_taken_after_a_yes(clerk: Clerk) -> None:
    clerk = in_places(clerk)
    clerk("type", "Anna")
    assert clerk("type", "Anna").repeats
    view = clerk.steps("role", Step.SAME)
    assert (view.key, view.answers) == ("size", {"name": "Anna", "role": "Anna"})
    assert clerk.steps("role", Step.SAME).problem == ANSWERED


def test_after_a_no_the_question_is_asked_and_takes_whatever_is_typed(clerk: Clerk) -> None:
    clerk = in_places(clerk)
    clerk("type", "Anna")
    assert clerk("type", "Anna").repeats
    assert clerk("resume").repeats is None
    assert clerk.steps("role", Step.SAME).problem == OUTDATED
    assert clerk("type", "Anna").answers == {"name": "Anna", "role": "Anna"}


def test_text_that_opened_the_form_was_just_typed_too(clerk: Clerk) -> None:
    clerk = Clerk(clerk.database, clerk.person, PLACES)

    def opened(session: Session) -> View:
        return open_with(Desk(turn_of(session, clerk.person), clerk.context), "survey", 0, "Anna", 1)

    assert clerk.database.run_now(opened).key == "role"
    view = clerk("type", "Anna")
    assert (view.key, view.repeats and view.repeats.key) == ("role", "name")


def test_words_of_an_option_are_taken_without_a_question_back(clerk: Clerk) -> None:
    clerk = in_places(clerk)
    clerk("type", "Anna")
    clerk("type", "Big")
    assert clerk("type", "big").answers["size"] == "big"
    assert clerk("type", "big").repeats


def test_what_the_next_question_does_not_take_is_simply_not_taken(clerk: Clerk) -> None:
    clerk = Clerk(clerk.database, clerk.person, replace(PLACES, questions=SURVEY.questions[::-1]))
    clerk("begin", "survey", None)
    clerk("type", "Anna")
    view = clerk("type", "Anna")
    assert (view.repeats, view.problem is not None) == (None, True)


def test_whoever_tapped_in_between_has_seen_the_question(clerk: Clerk) -> None:
    clerk = in_places(clerk)
    clerk("type", "Anna")
    clerk("type", "Krefeld")
    clerk("choose", ChooseOption("survey", "size", 0))
    assert clerk("type", "Krefeld").answers["city"] == "Krefeld"


def test_what_is_typed_again_stays_in_a_list_of_answers(clerk: Clerk) -> None:
    clerk = Clerk(clerk.database, clerk.person, HOPES)
    clerk("begin", "survey", None)
    for _ in range(2):
        assert clerk("type", "Solar").answers == {"hopes": ["Solar"]}


async def test_person_is_asked_whether_the_same_is_meant_twice(post: Post) -> None:
    book = Book(post.house.db)
    anna = book.person("Anna", telegram_id=100)
    book.acts(forms.start, anna, "join", "contact")
    chat = Chat(post, anna)
    assert "Ist es auch hier" not in await chat.says("Anna Berg")
    assert "bei „Kontakt“ angegeben. Ist es auch hier Ihre Antwort?" in await chat.says("Anna Berg")
    assert "Ist es auch hier" not in await chat.taps(ResumeForm())


def test_changed_answer_leads_back_to_the_summary_and_drops_what_no_longer_applies(clerk: Clerk) -> None:
    clerk("begin", "survey", None)
    clerk("choose", ChooseOption("survey", "kind", 0))
    clerk("type", "12")
    clerk.steps("note", Step.SKIP)
    assert clerk("change", ChangeAnswer("survey", "kind")).key == "kind"
    assert clerk("choose", ChooseOption("survey", "kind", 1)).key == SUMMARY
    assert clerk.steps(SUMMARY, Step.SUBMIT).result == {"kind": "club", "note": None}


@pytest.mark.parametrize(
    ("method", "tap"),
    [
        ("choose", ChooseOption("survey", "kind", 2)),
        ("choose", ChooseOption("survey", "kind", -1)),
        ("choose", ChooseOption("survey", "note", 0)),
        ("take_step", TakeStep("survey", SUMMARY, Step.SUBMIT)),
        ("take_step", TakeStep("survey", "kind", Step.SUBMIT)),
        ("take_step", TakeStep("survey", "kind", Step.SKIP)),  # it must be answered
        ("take_step", TakeStep("survey", "note", Step.CANCEL)),
        ("change", ChangeAnswer("survey", "kind")),
        ("change", ChangeAnswer("survey", "made up")),
    ],
)
def test_made_up_tap_changes_nothing_and_shows_where_one_is(clerk: Clerk, method: str, tap: object) -> None:
    clerk("begin", "survey", None)
    view = clerk(method, tap)
    assert (view.key, view.answers, view.problem, view.is_done) == ("kind", {}, OUTDATED, False)


@pytest.mark.parametrize(
    ("method", "tap"),
    [
        ("choose", ChooseOption("short", "note", 0)),
        ("take_step", TakeStep("short", "note", Step.CANCEL)),
        ("change", ChangeAnswer("short", "note")),
        ("begin", "no form"),
    ],
)
def test_tap_of_a_form_that_is_not_open_is_refused(clerk: Clerk, method: str, tap: object) -> None:
    clerk("begin", "survey", None)
    with pytest.raises(refusals.ButtonIsOutdated):
        clerk(method, tap, *([None] if method == "begin" else []))
    assert clerk("resume").key == "kind"


def fill_in(clerk: Clerk, questionnaire: str = "survey") -> None:
    """All of the survey but the last question."""
    clerk("begin", questionnaire, None)
    clerk("choose", ChooseOption(questionnaire, "kind", 0))
    clerk("type", "12")


def test_form_rests_while_another_one_is_filled_in_and_is_offered_after_it(clerk: Clerk) -> None:
    fill_in(clerk)
    second = clerk("begin", "short", 7)
    assert (second.key, second.put_aside and second.put_aside.questionnaire) == ("note", SURVEY)
    sent = clerk("type", "darum")
    assert sent.result == {"note": "darum"}  # no summary: the last answer sends it
    (left,) = sent.resting
    assert (left.questionnaire, left.key) == (SURVEY, "note")
    back = clerk("resume", "survey")
    assert (back.key, back.answers) == ("note", {"kind": "firm", "staff": 12})


@pytest.mark.parametrize("ends_with", [Step.CANCEL, Step.DISCARD])
def test_form_that_rests_is_offered_when_the_other_one_is_dropped(clerk: Clerk, ends_with: Step) -> None:
    fill_in(clerk)
    clerk("begin", "short", None)
    dropped = clerk.steps("note", ends_with, "short")
    assert dropped.is_done
    assert [left.questionnaire for left in dropped.resting] == [SURVEY]


def test_form_in_which_nothing_is_filled_in_does_not_rest(clerk: Clerk) -> None:
    clerk("begin", "survey", None)
    assert clerk("begin", "short", None).put_aside is None
    assert clerk("type", "darum").resting == ()


def test_tap_on_a_form_that_rests_opens_it_and_the_other_one_rests(clerk: Clerk) -> None:
    fill_in(clerk)
    clerk("begin", "long", None)
    clerk("choose", ChooseOption("long", "kind", 1))
    assert clerk.steps("note", Step.SKIP).key == SUMMARY
    assert [left.questionnaire.name for left in clerk.steps(SUMMARY, Step.SUBMIT).resting] == ["long"]


def test_same_form_about_something_else_waits_for_a_choice(clerk: Clerk) -> None:
    clerk("begin", "survey", 6)
    clerk("choose", ChooseOption("survey", "kind", 1, 6))
    clerk("begin", "short", None)
    offered = clerk("begin", "survey", 7)
    assert (offered.questionnaire, offered.wanted, offered.subject_id) == (SURVEY, SURVEY, 7)
    assert clerk("begin", "survey", 6).key == "note"  # the same form again goes on


def test_sticker_or_text_at_the_summary_is_no_answer(clerk: Clerk) -> None:
    clerk("begin", "survey", None)
    assert clerk("type", None).problem is not None
    clerk("choose", ChooseOption("survey", "kind", 1))
    clerk.steps("note", Step.SKIP)
    assert clerk("type", "Ja").problem is not None
    assert clerk.steps(SUMMARY, Step.BACK).key == "note"
    assert clerk.steps("note", Step.CANCEL).is_done
    assert clerk("cancel").questionnaire is None


@pytest.mark.parametrize("shared", ["4921511234567", "4915112345678", "31612345678"])
async def test_number_shared_by_button_is_international_also_without_its_plus(
    post: Post, shared: str
) -> None:
    """Phones hand it over without."""
    book = post.book
    anna = book.person("Anna", telegram_id=100)
    book.acts(forms.start, anna, "join", "phone")
    contact = {"phone_number": shared, "first_name": "Anna", "user_id": 100}
    await Chat(post, anna).says("", contact=contact)
    assert book.all(Form)[0].answers["phone"] == f"+{shared}"


def test_refusal_at_sending_keeps_the_form(sqlite: Database) -> None:
    def write_and_refuse(turn: Turn, form: Submission) -> None:
        turn.session.add(Person(name="Half done", language="de", created_at=NOW))
        turn.session.flush()
        raise TooManyIdeas

    book = Book(sqlite)
    clerk = Clerk(sqlite, book.person("Anna"), replace(SHORT, submit=write_and_refuse))
    clerk("begin", "short", None)
    with pytest.raises(TooManyIdeas):
        clerk("type", "darum")
    assert clerk("resume").key == "note"
    assert [person.name for person in book.all(Person)] == ["Anna"]


def test_who_may_not_fill_it_in_is_refused_at_the_start_and_later_loses_the_form(sqlite: Database) -> None:
    def check(_turn: Turn, _subject_id: int | None) -> None:
        if not allowed:
            raise refusals.OnlyForStaff

    clerk = Clerk(sqlite, Book(sqlite).person("Anna"), replace(SHORT, check=check))
    allowed = False
    with pytest.raises(refusals.OnlyForStaff):
        clerk("begin", "short", None)
    allowed = True
    clerk("begin", "short", None)
    allowed = False
    over = clerk("type", "darum").put_aside
    assert over
    assert isinstance(over.why, refusals.OnlyForStaff)


@pytest.mark.parametrize(
    "questionnaire", [found for found in FORMS.values() if found.about], ids=lambda found: found.name
)
def test_stranger_reads_nothing_about_a_draft_above_a_question(
    sqlite: Database, questionnaire: Questionnaire[Any]
) -> None:
    book = Book(sqlite)
    starts_at = NOW + timedelta(days=30)
    draft = book.acts(planning.draft, book.staff(), NewEvent("Rundgang", starts_at, starts_at + DAY))
    with pytest.raises(refusals.Refusal):
        book.acts(questionnaire.check, book.person("Eve"), draft.id)


def test_wish_is_asked_only_of_who_was_there(sqlite: Database) -> None:
    book = Book(sqlite)
    event = book.event()
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 1)
    book.answers(ben, event, 0)
    check = FORMS["wish"].check
    book.acts(check, anna, event.id)
    with pytest.raises(NotAtTheDoor):
        book.acts(check, ben, event.id)


def test_whole_recap_is_shown_to_whoever_changes_it(sqlite: Database) -> None:
    book = Book(sqlite)
    office, event = book.staff(), book.event()
    recap, t = "Drei Ideen, ein Plan. " * 65, Texts("de", Pact().timezone)
    book.at(event.ends_at).acts(feedback.write_recap, office, id_of(event), recap.strip())
    clerk = Clerk(sqlite, office, FORMS["recap"])
    view = clerk("begin", "recap", event.id)
    asked = Asked(Pact(), NOW, t, view.answers)
    assert recap.strip() in screens.render_step(FORMS["recap"], view.key, None, asked).text


def test_form_that_stays_takes_the_next_text_too_until_it_is_left_and_nobody_is_reminded(
    sqlite: Database,
) -> None:
    search = replace(SHORT, name="search", stays=timedelta(hours=6))
    book = Book(sqlite)
    clerk = Clerk(sqlite, book.person("Anna"), SURVEY, search)
    clerk("begin_beside", "search", 7)
    for given in ("Bo", "Cy"):
        assert clerk("type", given).result == {"note": given}
    book.run(forms.work_off, NOW + timedelta(days=2))
    assert book.all(Notice) == []
    clerk.context.now = NOW + timedelta(hours=7)
    assert clerk("type", "Di").questionnaire is None
    clerk("begin", "survey", None)
    clerk("choose", ChooseOption("survey", "kind", 1))
    clerk("begin_beside", "search", 7)
    assert clerk("resume").questionnaire == SURVEY  # what is being filled in goes on


def event_to_come(book: Book) -> Event:
    return book.event(datetime.now(UTC) + timedelta(days=9))


async def test_name_typed_at_the_door_is_searched_for_and_changes_nothing_else(post: Post) -> None:
    """Also where a form was opened before, in which nothing is filled in yet."""
    olga, event_id = Chat(post, post.book.staff()), id_of(event_to_come(post.book))
    await olga.taps(StartForm("event_title", event_id))
    assert "oder schreiben Sie einen Namen" in await olga.taps(ShowDoor(event_id, 0, 0))
    assert "So heißt niemand auf der Liste" in await olga.says("Anna")
    assert post.book.all(Event)[0].title == "Rundgang"


async def test_door_asks_for_no_name_while_something_is_being_filled_in(post: Post) -> None:
    anna, event = post.book.contact("Anna"), event_to_come(post.book)
    post.book.answers(anna, event, 1)
    olga, event_id, anna_id = Chat(post, post.book.staff()), id_of(event), id_of(anna)
    await olga.taps(StartForm("cancel", event_id))
    await olga.says("Saal gesperrt")
    door, check_in = ShowDoor(event_id, 0, 0), CheckIn(event_id, anna_id, 0, 0, 1)
    for payload in (door, check_in, UndoCheckIn(event_id, anna_id, 0), door):
        seen = await olga.taps(payload)
        assert " von 1 " in seen
        assert "oder schreiben Sie einen Namen" not in seen
    assert post.book.all(Form)[0].answers["reason"] == "Saal gesperrt"


SHARED = {"phone_number": "4915112345678", "first_name": "Anna"}


async def at_the_phone_question(post: Post) -> Chat:
    anna = post.book.person("Anna")
    form = post.book.acts(forms.start, anna, "join", "phone")
    form.answers = {"organisation": "Café", "email": "anna@example.org"}
    post.book.run(forms.save, form, NOW)
    return Chat(post, anna)


async def test_keyboard_that_shares_the_number_goes_with_the_form_that_asked_for_it(post: Post) -> None:
    anna = await at_the_phone_question(post)
    assert "Worum geht es" in await anna.commands("/idee")
    assert post.telegram.sent(anna.telegram_id)[-2] == "Notiert."
    assert "remove_keyboard" in str(post.telegram.calls)


@pytest.mark.parametrize("whose", [{"user_id": 200}, {}])
async def test_shared_card_of_somebody_else_is_not_ones_own_number(post: Post, whose: dict[str, int]) -> None:
    book = post.book
    anna = book.person("Anna", telegram_id=100)
    book.acts(forms.start, anna, "join", "phone")
    answer = await Chat(post, anna).says("", contact={**SHARED, **whose})
    assert "gehört jemand anderem" in answer
    assert "phone" not in book.all(Form)[0].answers


async def test_shared_number_is_no_answer_to_another_question(post: Post) -> None:
    anna = Chat(post, post.book.person("Anna"))
    await anna.commands("/idee")
    await anna.taps(ChooseOption("idea", "topic", 0))
    assert "Bitte antworten Sie mit Text" in await anna.says("", contact=SHARED)
    assert post.book.all(Idea) == []
    assert post.book.all(Form)[0].question == "text"


async def test_button_about_another_event_is_outdated(post: Post) -> None:
    book = post.book
    alpha, beta = (id_of(event_to_come(book)) for _ in range(2))
    olga = Chat(post, book.staff())
    for event_id in (alpha, beta):
        await olga.taps(StartForm("cancel", event_id))
        await olga.taps(StartFormAnew("cancel", event_id))
        await olga.says("Saal gesperrt")
    for outdated in (
        TakeStep("cancel", SUMMARY, Step.SUBMIT, alpha),
        TakeStep("cancel", SUMMARY, Step.CANCEL, alpha),
        ChangeAnswer("cancel", SUMMARY, alpha),
        ChangeAnswer("cancel", "reason", alpha),
    ):
        assert "gehört zu einem früheren Schritt" in await olga.taps(outdated)
    assert {event.state for event in book.all(Event)} == {EventState.PUBLISHED}
    await olga.taps(TakeStep("cancel", SUMMARY, Step.SUBMIT, beta))
    assert {event.id: event.state for event in book.all(Event)} == {
        alpha: EventState.PUBLISHED,
        beta: EventState.CANCELLED,
    }


def test_option_and_day_about_something_else_are_outdated(sqlite: Database) -> None:
    dated = replace(SURVEY, questions=(replace(SURVEY.questions[0], has_month=True),))
    clerk = Clerk(sqlite, Book(sqlite).person("Anna"), dated)
    clerk("begin", "survey", 7)
    for method, tap in (
        ("choose", ChooseOption("survey", "kind", 0, 6)),
        ("pick", PickFormDay("survey", "kind", NOW.toordinal(), 6)),
        ("turn_month", TurnFormMonth("survey", "kind", NOW.toordinal(), 6)),
        ("take_offer", TypeAnswer("survey", "kind", "10.12.2026", 6)),
    ):
        assert clerk(method, tap).problem == OUTDATED
    assert "month" in clerk("turn_month", TurnFormMonth("survey", "kind", NOW.toordinal(), 7)).answers
    assert clerk("choose", ChooseOption("survey", "kind", 0, 7)).key == SUMMARY


def test_buttons_name_what_the_form_is_about() -> None:
    asked = Asked(Pact(), NOW, GERMAN, {}, subject_id=7)
    answered = replace(asked, answers={"kind": "firm", "staff": 1, "note": None})
    dated = replace(SURVEY, questions=(replace(SURVEY.questions[0], has_month=True), *SURVEY.questions[1:]))
    for screen in (
        screens.render_step(dated, "kind", None, asked),
        screens.render_step(dated, "note", None, asked),
        screens.render_step(dated, SUMMARY, None, answered),
        screens.render_changes(dated, answered),
    ):
        payloads = [button.payload for row in screen.rows for button in row]
        subjects = {getattr(payload, "subject_id", 7) for payload in payloads}
        assert subjects == {7}


async def test_command_that_does_not_exist_is_no_answer(post: Post) -> None:
    anna = Chat(post, post.book.person("Anna"))
    await anna.commands("/idee")
    await anna.taps(ChooseOption("idea", "topic", 0))
    seen = await anna.commands("/termin morgen")
    assert "Diesen Befehl gibt es nicht" in seen
    assert "Idee" in seen.partition("Diesen Befehl gibt es nicht")[2]  # the question again
    assert post.book.all(Idea) == []
    await anna.says("und/oder /termin mitten im Satz")
    await anna.taps(TakeStep("idea", SUMMARY, Step.SUBMIT))
    assert len(post.book.all(Idea)) == 1


async def test_begun_form_is_kept_when_names_are_to_be_entered_for_somebody(post: Post) -> None:
    anna, event = post.book.contact("Anna"), event_to_come(post.book)
    post.book.answers(anna, event, 2)
    olga, event_id = Chat(post, post.book.staff()), id_of(event)
    await olga.commands("/neuertermin")
    await olga.says("Winterfest")
    for payload in (EnterGuestOf(event_id, 1), EnterNames(event_id, id_of(anna))):
        assert "„Neuer Termin“ ruht" in await olga.taps(payload)
        (begun,) = (form for form in post.book.all(Form) if form.name == "event")
        assert begun.answers["title"] == "Winterfest"
        await olga.taps(ResumeForm("event"))
    await olga.taps(payload)
    assert "Eva Beispiel" in await olga.says("Eva Beispiel")
    assert "Was für ein Termin" in await olga.taps(ResumeForm())


async def test_names_begun_for_one_are_not_lost_to_those_for_another(post: Post) -> None:
    """The same form again, for somebody else: what is thrown away and what begins is named."""
    olga, event = Chat(post, post.book.staff()), event_to_come(post.book)
    await olga.taps(EnterGuestOf(id_of(event), 1))
    await olga.says("Eva Beispiel")
    seen = await olga.taps(EnterGuestOf(id_of(event), 2))
    assert "nicht abgeschlossen" in seen
    assert "beginnt „Gast eintragen“" in seen
    assert "Wer ist der Gast?" in await olga.taps(StartFormAnew("guest", 0))
    assert [form.answers["organisation_id"] for form in post.book.all(Form)] == [2]


def test_form_is_dropped_for_another_one_only_while_that_is_asked(clerk: Clerk) -> None:
    clerk("begin", "survey", None)
    clerk("choose", ChooseOption("survey", "kind", 1))
    for subject_id in (7, 8):  # nothing was asked yet, or about another subject
        assert clerk("begin_anew", "survey", subject_id).wanted == SURVEY
    assert clerk("resume").key == "note"
    assert clerk("begin_anew", "survey", 8).wanted == SURVEY  # what was asked is answered
    assert clerk("begin_anew", "survey", 8).key == "kind"


async def test_reminder_discards_the_form_that_it_is_about_and_no_other(post: Post) -> None:
    anna = post.book.person("Anna")
    chat = Chat(post, anna)
    await chat.commands("/frage")
    form = post.book.all(Form)[0]
    reminder = between_forms.render_unfinished(FORMS["ask"], form, GERMAN)
    (discard,) = (button.payload for row in reminder.rows for button in row if button.label == "Verwerfen")
    assert discard
    await chat.says("Eine lange Frage")
    assert "schon beantwortet" in await chat.taps(discard)
    await chat.commands("/abbrechen")
    await chat.commands("/idee")
    await chat.taps(discard)
    assert [form.name for form in post.book.all(Form)] == ["idea"]
    await chat.taps(ChooseOption("idea", "topic", 0))
    await chat.commands("/frage")
    assert "Abgebrochen" in await chat.taps(discard)
    assert [form.name for form in post.book.all(Form)] == ["idea"]


def test_changed_answer_is_left_again_without_losing_the_form(clerk: Clerk) -> None:
    """Also the first one, from which there is nothing to go back to otherwise."""
    clerk("begin", "survey", None)
    clerk("choose", ChooseOption("survey", "kind", 1))
    clerk.steps("note", Step.SKIP)
    for key in ("kind", "note"):
        shown = clerk("change", ChangeAnswer("survey", key))
        screen = screens.render_step(SURVEY, key, None, Asked(Pact(), NOW, GERMAN, shown.answers))
        labels = [button.label for row in screen.rows for button in row]
        (leave, step) = ("So lassen", Step.KEEP) if key == "kind" else ("Zurück", Step.BACK)
        assert leave in labels
        assert clerk.steps(key, step).key == SUMMARY


@pytest.mark.parametrize(
    "payload",
    [
        ResumeForm(),
        ChooseOption("idea", "topic", 0),
        TurnFormMonth("event", "when", 739_951),
        PickFormDay("event", "when", 739_951),
        TypeAnswer("event", "when", "10.12.2026"),
        ChangeAnswer("ask", SUMMARY),
        TakeStep("ask", SUMMARY, Step.SUBMIT),
    ],
    ids=lambda payload: type(payload).__name__,
)
async def test_buttons_without_any_form_are_outdated_and_leave_their_message(
    post: Post, payload: Payload
) -> None:
    anna = Chat(post, post.book.person("Anna"))
    menu = await anna.commands("/hilfe")
    assert await anna.taps(payload) == menu
    assert "gilt nicht mehr" in str(post.telegram.calls[-1])


AT_TWO = {"starts": "14:00", "ends": None}
LONG_WORDS = "Wir haben ein Dach, das sich eignet. " * 8


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        (("12",), False),
        (("12", "weil"), True),
        (("12", LONG_WORDS), True),
    ],
)
def test_cancelling_asks_before_much_is_thrown_away(clerk: Clerk, said: tuple[str, ...], asks: bool) -> None:
    clerk("begin", "survey", None)
    clerk("choose", ChooseOption("survey", "kind", 0))
    for words in said:
        view = clerk("type", words)
    view = clerk.steps(view.key, Step.CANCEL)
    assert (view.asks_to_discard, view.is_done) == (asks, not asks)
    if asks:
        assert clerk("resume", "survey").answers["staff"] == 12
        assert clerk("cancel").asks_to_discard
        assert clerk.steps(SUMMARY, Step.DISCARD).is_done
        assert clerk("cancel").questionnaire is None


BEGUN = replace(SURVEY, name="begun", begin=lambda _turn, _subject_id: {"kind": "firm", "note": "wie damals"})
ADDING = replace(SURVEY, name="adding", derive=lambda _turn, answers: {"staff": 1, "note": "–", **answers})


@pytest.mark.parametrize(("form", "said"), [("begun", {"staff": 12}), ("adding", {"kind": "firm"})])
def test_only_what_was_said_counts_as_given(sqlite: Database, form: str, said: dict[str, Any]) -> None:
    clerk = Clerk(sqlite, Book(sqlite).person("Anna"), BEGUN, ADDING)
    view = clerk("begin", form, None)
    view = clerk("type", "12") if view.key == "staff" else clerk("choose", ChooseOption(form, "kind", 0))
    assert view.key == SUMMARY
    assert SURVEY.given(view.answers) == said
    assert not clerk.steps(SUMMARY, Step.CANCEL, form).asks_to_discard


def test_what_the_form_added_counts_once_it_is_changed(sqlite: Database) -> None:
    clerk = Clerk(sqlite, Book(sqlite).person("Anna"), ADDING)
    clerk("begin", "adding", None)
    clerk("choose", ChooseOption("adding", "kind", 0))
    clerk("change", ChangeAnswer("adding", "note"))
    assert SURVEY.given(clerk("type", "darum").answers) == {"kind": "firm", "note": "darum"}


def test_what_was_left_out_is_no_answer_that_would_be_gone() -> None:
    answers = {"kind": "firm", "staff": 12, "note": None}
    screen = between_forms.render_discard(SURVEY, SUMMARY, Asked(Pact(), NOW, GERMAN, answers))
    assert "2 Ihrer Angaben" in screen.text


async def test_long_text_is_not_cancelled_at_once(post: Post) -> None:
    anna = Chat(post, post.book.person("Anna"))
    await anna.commands("/frage")
    await anna.says(LONG_WORDS)
    assert "„Frage an die Geschäftsstelle“ verwerfen?" in await anna.commands("/abbrechen")
    assert "bitte prüfen" in await anna.taps(ResumeForm("ask"))
    await anna.taps(TakeStep("ask", SUMMARY, Step.CANCEL))
    assert "Abgebrochen" in await anna.taps(TakeStep("ask", SUMMARY, Step.DISCARD))


def labels_of(view: View, questionnaire: Questionnaire[Any] = SURVEY) -> list[str]:
    screen = screens.render_step(questionnaire, view.key, None, Asked(Pact(), NOW, GERMAN, view.answers))
    return [button.label for row in screen.rows for button in row]


def test_answer_is_kept_on_the_way_back_and_forth(clerk: Clerk) -> None:
    fill_in(clerk)
    back = clerk.steps("note", Step.BACK)
    assert labels_of(back) == ["So lassen", "Zurück", "Abbrechen"]
    shown = screens.render_step(SURVEY, back.key, None, Asked(Pact(), NOW, GERMAN, back.answers))
    assert "Bisher: <i>12</i>" in shown.text
    assert clerk.steps("staff", Step.KEEP).key == "note"
    clerk.steps("note", Step.BACK)
    clerk.steps("staff", Step.BACK)
    kept = clerk.steps("kind", Step.KEEP)
    assert (kept.key, kept.answers) == ("note", {"kind": "firm", "staff": 12})


def test_skipping_never_deletes_what_was_given(clerk: Clerk) -> None:
    fill_in(clerk)
    clerk("type", "darum")
    asked = clerk("change", ChangeAnswer("survey", "note"))
    assert labels_of(asked) == ["So lassen", "Leer lassen", "Abbrechen"]
    skipped = clerk.steps("note", Step.SKIP)  # a button of an older message
    assert (skipped.key, skipped.answers["note"]) == (SUMMARY, "darum")
    clerk("change", ChangeAnswer("survey", "note"))
    assert clerk.steps("note", Step.EMPTY).answers["note"] is None
    asked = clerk("change", ChangeAnswer("survey", "note"))
    assert labels_of(asked) == ["Zurück", "Überspringen", "Abbrechen"]


@pytest.mark.parametrize(("key", "step"), [("kind", Step.EMPTY), ("kind", Step.KEEP), ("kind", Step.MINE)])
def test_what_is_not_there_is_neither_kept_nor_emptied(clerk: Clerk, key: str, step: Step) -> None:
    clerk("begin", "survey", None)
    view = clerk.steps(key, step)
    assert (view.key, view.answers, view.problem) == (key, {}, OUTDATED)


async def test_phone_number_that_was_given_is_kept_by_a_typed_button(post: Post) -> None:
    anna = await at_the_phone_question(post)
    form = post.book.all(Form)[0]
    form.answers = {**form.answers, "phone": "+492151123456"}
    post.book.run(forms.save, form, NOW)
    await anna.says("So lassen")
    assert post.book.all(Form)[0].answers["phone"] == "+492151123456"
    assert post.book.all(Form)[0].question != "phone"


@pytest.mark.parametrize(
    ("name", "says"), [("cancel", LONG_WORDS), ("event_title", None), ("event_place", "Rathaus, Markt 1")]
)
async def test_form_about_an_event_that_is_cancelled_meanwhile_is_put_away(
    post: Post, name: str, says: str | None
) -> None:
    book, event = post.book, event_to_come(post.book)
    olga, event_id = Chat(post, book.staff()), id_of(event)
    await olga.taps(StartForm(name, event_id))
    if says:
        await olga.says(says)
    book.at(datetime.now(UTC)).acts(changing.cancel, book.staff("Paul"), event_id, "Saal gesperrt")
    seen = await olga.says("Noch etwas")
    assert "nicht mehr möglich: Dieser Termin ist abgesagt" in seen
    assert ("zum Kopieren" in seen, LONG_WORDS.strip() in seen) == (says == LONG_WORDS,) * 2
    assert book.all(Form) == []


async def test_form_that_can_no_longer_succeed_does_not_stand_in_the_way_of_another(post: Post) -> None:
    book, event = post.book, event_to_come(post.book)
    olga = Chat(post, book.staff())
    await olga.taps(StartForm("cancel", id_of(event)))
    await olga.says("Saal gesperrt")
    book.at(datetime.now(UTC)).acts(changing.cancel, book.staff("Paul"), id_of(event), "Sturm")
    seen = await olga.commands("/idee")
    assert "nicht mehr möglich" in seen
    assert "Worum geht es" in seen
    other = event_to_come(book)
    assert "Warum" in await olga.taps(StartForm("cancel", id_of(other)))
    assert {form.name for form in book.all(Form)} == {"cancel"}


async def test_case_that_is_decided_meanwhile_ends_the_form_about_it(post: Post) -> None:
    book, office = post.book, post.book.staff()
    request = book.asks_to_join(book.person("Petra"), "Café")
    olga = Chat(post, office)
    await olga.taps(StartForm("askback", id_of(request)))
    await olga.says("Wo ist Ihr Sitz?")
    book.declines(book.staff("Paul"), request)
    assert "nicht mehr möglich" in await olga.taps(TakeStep("askback", SUMMARY, Step.SUBMIT, id_of(request)))
    assert book.all(Form) == []


def test_form_that_is_over_can_still_be_cancelled_at_once(sqlite: Database) -> None:
    def check(_turn: Turn, _subject_id: int | None) -> None:
        if not allowed:
            raise refusals.OnlyForStaff

    clerk = Clerk(sqlite, Book(sqlite).person("Anna"), replace(SURVEY, check=check))
    allowed = True
    fill_in(clerk)
    clerk("type", "darum")
    allowed = False
    assert clerk.steps(SUMMARY, Step.CANCEL).is_done


async def test_earlier_question_says_that_it_is_answered_and_shows_the_present_one(post: Post) -> None:
    anna = Chat(post, post.book.person("Anna"))
    await anna.commands("/idee")
    await anna.taps(ChooseOption("idea", "topic", 0))
    for old in (ChooseOption("idea", "topic", 1), TakeStep("idea", "topic", Step.CANCEL)):
        seen = await anna.taps(old)
        assert "Das haben Sie schon beantwortet" in seen
        assert "Frage 2 von 2" in seen
    assert post.book.all(Form)[0].answers["topic"] == Topic.EXCHANGE


def walk(form: str, **answers: Any) -> list[tuple[int, int]]:
    """The places that are shown on the way through a form that is answered like this."""
    questionnaire, given, places = FORMS[form], dict[str, Any](), []
    while (key := questionnaire.next_key(given)) != SUMMARY:
        places.append(questionnaire.place(key, given))
        given[key] = answers.get(key, "x")
    return places


@pytest.mark.parametrize(
    ("form", "answers", "count"),
    [
        ("join", {"concept": "no"}, 13),
        ("join", {"concept": "yes", "size": "large", "staff": "750_plus", "years": "not_sure"}, 13),
        ("join", {"concept": "yes", "size": "micro", "public": "no", "turnover": "up_to_2"}, 13),
        ("event", {"when": {"day": "2026-12-10", "starts": None, "ends": None}, "starts": AT_TWO}, 7),
        ("event", {"when": {"day": "2026-12-10", "starts": "14:00", "ends": "15:00"}}, 7),
    ],
)
def test_number_of_steps_stays_the_same_and_each_counts_once(
    form: str, answers: dict[str, Any], count: int
) -> None:
    places = walk(form, **answers)
    assert {of for _, of in places} == {count}
    assert [number for number, _ in places] == sorted(number for number, _ in places)
    assert {number for number, _ in places} == {*range(1, count + 1)}


@pytest.mark.parametrize(
    ("size", "is_asked"), [("micro", False), ("small", False), ("medium", False), ("large", True)]
)
def test_how_many_work_there_is_asked_once(size: str, is_asked: bool) -> None:
    staff = FORMS["join"].question("staff")
    assert staff
    assert staff.skip_if({"size": size, "concept": "yes"}) is not is_asked


def test_answer_about_the_former_size_does_not_break_the_next_question() -> None:
    """Its key is `before`."""
    asked = Asked(Pact(), NOW, GERMAN, {"before": "was_sme", "organisation": "Café"})
    assert "Wer ist unser Kontakt" in screens.render_step(FORMS["join"], "contact", None, asked).text
