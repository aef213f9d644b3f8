"""Two people change the same thing: nobody's change is lost unseen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.ideas.ideas import Topic
from handlers.chat.buttons import ChangeAnswer, ResumeForm, StartForm, Step, TakeStep
from handlers.chat.meanwhile import MET, meet, settle
from handlers.chat.questions import SHOWN, SUMMARY
from handlers.fields import FORMS
from storage.engine.tables import Form
from storage.events.tables import Event
from storage.ideas import board
from storage.ideas.board import NewIdea
from storage.ideas.tables import Idea
from storage.measures import measures
from storage.office.tables import BlockedDay, Office
from storage.partners.tables import Organisation, OrganisationChange
from tests.storage.measures.test_measures import LIGHT
from tests.support.book import Book, id_of
from tests.support.post import Chat, Post

SAVE_HOURS = TakeStep("hours", SUMMARY, Step.SUBMIT)


@pytest.mark.parametrize(
    ("answers", "there", "kept", "both"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 2}, {"a": 1, "b": 2}, {}),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, {"a": 1, "b": 3}, {}),  # what one left alone follows
        ({"a": 9, "b": 2}, {"a": 1, "b": 3}, {"a": 9, "b": 3}, {}),
        ({"a": 9, "b": 2}, {"a": 5, "b": 2}, {"a": 9, "b": 2}, {"a": 5}),
        ({"a": 9, "b": 2}, {"a": 9, "b": 2}, {"a": 9, "b": 2}, {}),  # both the same
        ({"a": None, "b": 2}, {"a": 5, "b": 2}, {"a": None, "b": 2}, {"a": 5}),
        ({"a": 9, "b": 8}, {"a": 5, "b": 7}, {"a": 9, "b": 8}, {"a": 5, "b": 7}),
    ],
)
def test_only_what_was_changed_meets(
    answers: dict[str, Any], there: dict[str, Any], kept: dict[str, Any], both: dict[str, Any]
) -> None:
    found = meet({**answers, SHOWN: {"a": 1, "b": 2}}, there)
    assert ({key: found[key] for key in "ab"}, found[MET]) == (kept, both)
    assert meet(settle(found, takes_mine=True), there)[MET] == {}
    settled = settle(found, takes_mine=False)
    assert (settled["a"], meet(settled, there)[MET]) == ({**kept, **both}["a"], {})


def two_of_the_office(post: Post) -> tuple[Chat, Chat]:
    return Chat(post, post.book.staff("Olga")), Chat(post, post.book.staff("Paul"), first=500)


async def changes_hours(chat: Chat, key: str, to: str) -> None:
    await chat.taps(StartForm("hours", 0))
    await chat.taps(ChangeAnswer("hours", key))
    await chat.says(to)


async def test_blocked_days_of_a_colleague_stay_when_the_length_is_saved(post: Post) -> None:
    olga, paul = two_of_the_office(post)
    await changes_hours(olga, "length", "60")
    await changes_hours(paul, "blocked", "24.12.-2.1.")
    await paul.taps(SAVE_HOURS)
    assert len(post.book.all(BlockedDay)) == 10
    await olga.taps(SAVE_HOURS)
    assert len(post.book.all(BlockedDay)) == 10
    assert post.book.all(Office)[0].talk_minutes == 60


@pytest.mark.parametrize(("step", "minutes"), [(Step.MINE, 60), (Step.THEIRS, 30)])
async def test_second_of_two_who_change_the_length_is_asked(post: Post, step: Step, minutes: int) -> None:
    olga, paul = two_of_the_office(post)
    await changes_hours(olga, "length", "60")
    await changes_hours(paul, "length", "30")
    await paul.taps(SAVE_HOURS)
    seen = await olga.taps(SAVE_HOURS)
    assert "inzwischen geändert in <b>30 min</b>, Ihre Angabe ist <b>60 min</b>" in seen
    assert "früheren Schritt" in await olga.taps(SAVE_HOURS)  # an old button decides nothing
    await olga.taps(TakeStep("hours", SUMMARY, step))
    assert post.book.all(Office)[0].talk_minutes == minutes
    assert [form for form in post.book.all(Form) if form.rested_at is None] == []


async def test_form_that_is_gone_on_with_shows_what_is_there_now(post: Post) -> None:
    olga, paul = two_of_the_office(post)
    await changes_hours(olga, "length", "60")
    await changes_hours(paul, "blocked", "24.12.")
    await paul.taps(SAVE_HOURS)
    assert "24.12.26" in await olga.taps(ResumeForm("hours"))


async def test_street_that_waits_is_kept_when_the_name_is_changed_too(post: Post) -> None:
    book = post.book
    anna = Chat(post, book.person("Anna", organisation="A GmbH", is_main_contact=True))
    for key, given in (("street", "Ostwall 1"), ("name", "B GmbH")):
        await anna.taps(StartForm("organisation", 0))
        await anna.taps(ChangeAnswer("organisation", key))
        await anna.says(given)
        await anna.taps(TakeStep("organisation", SUMMARY, Step.SUBMIT))
    (waiting,) = book.all(OrganisationChange)
    assert (waiting.name, waiting.street) == ("B GmbH", "Ostwall 1")


async def test_phone_that_a_colleague_has_entered_stays_when_the_size_is_saved(post: Post) -> None:
    book = post.book
    anna, ben = (
        Chat(post, book.person(name, organisation="A GmbH", is_main_contact=True), first=first)
        for name, first in (("Anna", 1), ("Ben", 500))
    )
    for chat, key, given in ((anna, "size", "10 bis 49"), (ben, "phone", "02151 123456")):
        await chat.taps(StartForm("organisation", 0))
        await chat.taps(ChangeAnswer("organisation", key))
        await chat.says(given)
    for chat in (ben, anna):
        await chat.taps(TakeStep("organisation", SUMMARY, Step.SUBMIT))
    (organisation,) = book.all(Organisation)
    assert (organisation.phone, organisation.size) == ("+492151123456", "small")


def to_come(book: Book) -> int:
    return id_of(book.event(datetime.now(UTC) + timedelta(days=20)))


@pytest.mark.parametrize(("step", "title"), [(Step.MINE, "Winterfest"), (Step.THEIRS, "Sommerfest")])
async def test_two_new_titles_of_an_event_meet_in_words(post: Post, step: Step, title: str) -> None:
    olga, paul = two_of_the_office(post)
    event_id = to_come(post.book)
    for chat in (olga, paul):
        await chat.taps(StartForm("event_title", event_id))
    await paul.says("Sommerfest")
    assert "inzwischen geändert in <b>Sommerfest</b>" in await olga.says("Winterfest")
    await olga.taps(TakeStep("event_title", SUMMARY, step, event_id))
    assert post.book.all(Event)[0].title == title
    assert post.book.all(Form) == []


async def test_new_seats_do_not_meet_a_new_title(post: Post) -> None:
    olga, paul = two_of_the_office(post)
    event_id = to_come(post.book)
    await olga.taps(StartForm("event_seats", event_id))
    await paul.taps(StartForm("event_title", event_id))
    await paul.says("Sommerfest")
    await olga.says("30")
    (event,) = post.book.all(Event)
    assert (event.title, event.capacity) == ("Sommerfest", 30)


async def test_event_that_was_moved_meanwhile_is_not_moved_unseen(post: Post) -> None:
    olga, paul = two_of_the_office(post)
    event_id = to_come(post.book)
    day, other = (datetime.now(UTC) + timedelta(days=days) for days in (30, 40))
    for chat in (olga, paul):
        await chat.taps(StartForm("event_when", event_id))
    await olga.says(f"{day:%d.%m.%Y} 14-17 Uhr")
    await paul.says(f"{other:%d.%m.%Y} 14-17 Uhr")
    await paul.taps(TakeStep("event_when", SUMMARY, Step.SUBMIT, event_id))
    assert "inzwischen geändert" in await olga.taps(TakeStep("event_when", SUMMARY, Step.SUBMIT, event_id))
    assert post.book.all(Event)[0].starts_at.date() == other.date()


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.prefill])
async def test_form_that_is_saved_as_it_was_opened_changes_nothing(post: Post, name: str) -> None:
    book = post.book
    olga = book.person("Olga", organisation="A GmbH", is_staff=True, is_main_contact=True)
    chat = Chat(post, olga)
    idea = book.acts(board.hand_in, olga, NewIdea(Topic.OTHER, "Solar"))
    measure = book.acts(measures.add, olga, LIGHT)
    about = {"fix_idea": idea.id, "fix_measure": measure.id, "contact_data": olga.id}
    subject_id = (about | {"partner_data": olga.organisation_id}).get(name) or 0
    if name == "fix_request":
        applicant = book.person("Anna")
        subject_id, chat = book.asks_to_join(applicant, "B GmbH").id, Chat(post, applicant)
    await chat.taps(StartForm(name, subject_id))
    tables = (Organisation, OrganisationChange, Office, BlockedDay)
    before = {table: book.all(table) for table in tables}
    await chat.taps(TakeStep(name, SUMMARY, Step.SUBMIT, subject_id))
    assert [one.text for one in book.all(Idea)] == ["Solar"]
    assert {table: book.all(table) for table in before} == before
    assert book.all(Form) == []
