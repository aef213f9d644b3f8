"""What goes to all is asked first; and of two of the office the second sees what the first has done."""

from datetime import timedelta

import pytest

from domain.events.event import Ask, EventState
from domain.events.reaching import How, Occasion
from handlers.chat.buttons import StartForm, Step, TakeStep, TurnList
from handlers.chat.questions import SUMMARY
from handlers.events.buttons import (
    DoWithEvent,
    EnterAnswer,
    EventDeed,
    Listed,
    OnReach,
    ReachAct,
    SureWithEvent,
    ToggleQuestion,
)
from storage.engine.tables import Form, Person
from storage.events import answers_by_office, changing, feedback, planning, reaching
from storage.events.feedback import version_of_recap
from storage.events.planning import NewEvent
from storage.events.tables import CallAttempt, Event, EventNotice, Rsvp
from tests.support.book import NOW, Book, id_of
from tests.support.post import Chat, Post

FAR, BEFORE, HOUR = NOW + timedelta(days=3000), NOW - timedelta(days=9), timedelta(hours=1)


@pytest.fixture
def book(post: Post) -> Book:
    post.book.contact("Anna")
    return post.book


@pytest.fixture
def olga(post: Post, book: Book) -> Chat:
    return Chat(post, book.staff(language="en"))


def draft(book: Book) -> int:
    new = NewEvent("Rundgang", FAR, FAR + HOUR)
    return id_of(book.acts(planning.draft, book.staff("Otto"), new))


def event(book: Book) -> Event:
    return book.all(Event)[0]


async def test_publishing_tells_nobody_before_it_is_confirmed(book: Book, olga: Chat) -> None:
    event_id = draft(book)
    assert "cannot be called back" in await olga.taps(DoWithEvent(event_id, EventDeed.PUBLISH))
    assert book.told(EventNotice.EVENT_PUBLISHED) == []
    await olga.taps(SureWithEvent(event_id, EventDeed.PUBLISH, event(book).edition))
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Anna"]


async def test_draft_that_another_has_changed_since_is_not_published_unseen(book: Book, olga: Chat) -> None:
    event_id, otto = draft(book), book.staff("Otto II")
    seen = event(book).edition
    book.acts(changing.change, otto, event_id, {"place": "Rathaus"})
    shown = await olga.taps(SureWithEvent(event_id, EventDeed.PUBLISH, seen))
    assert "Draft" in shown
    assert "Last changed by Otto II" in shown
    assert event(book).state == EventState.DRAFT


async def test_who_publishes_second_sees_that_it_is_published(book: Book, olga: Chat) -> None:
    event_id, otto = draft(book), book.staff("Otto II")
    seen = event(book).edition
    book.acts(planning.publish, otto, event_id)
    shown = await olga.taps(SureWithEvent(event_id, EventDeed.PUBLISH, seen))
    assert "Published" in shown
    assert "Last changed by Otto II" in shown


async def test_recap_goes_out_as_it_was_looked_at_or_not_at_all(book: Book, olga: Chat) -> None:
    otto = book.staff("Otto II")
    new = NewEvent("Rundgang", BEFORE + HOUR, BEFORE + 2 * HOUR)
    event_id = id_of(book.run(planning.add, new, book.pact, BEFORE))
    book.acts(feedback.write_recap, otto, event_id, "Drei Ideen")
    assert "one contact" in await olga.taps(DoWithEvent(event_id, EventDeed.SEND_RECAP))
    assert book.told(EventNotice.EVENT_RECAP) == []
    seen = version_of_recap(event(book))
    book.at(NOW + HOUR).acts(feedback.write_recap, otto, event_id, "Vier Ideen")
    shown = await olga.taps(SureWithEvent(event_id, EventDeed.SEND_RECAP, seen))
    assert "Vier Ideen" in shown
    assert "Last changed by Otto II" in shown
    assert book.told(EventNotice.EVENT_RECAP) == []
    await olga.taps(SureWithEvent(event_id, EventDeed.SEND_RECAP, version_of_recap(event(book))))
    assert book.told(EventNotice.EVENT_RECAP) == ["Anna"]


@pytest.mark.parametrize("step", [Step.MINE, Step.THEIRS])
async def test_event_is_not_cancelled_unseen_when_another_has_just_moved_it(
    book: Book, olga: Chat, step: Step
) -> None:
    event_id, otto = id_of(book.event(FAR)), book.staff("Otto II")
    await olga.taps(StartForm("cancel", event_id))
    await olga.says("Der Saal ist belegt")
    book.acts(changing.move, otto, event_id, FAR + HOUR, None)
    shown = await olga.taps(TakeStep("cancel", SUMMARY, Step.SUBMIT, event_id))
    assert "Somebody was quicker" in shown
    assert "Last changed by Otto II" in shown
    assert event(book).state is EventState.PUBLISHED
    await olga.taps(TakeStep("cancel", SUMMARY, step, event_id))
    assert (event(book).state is EventState.CANCELLED) is (step is Step.MINE)
    assert book.all(Form) == []


async def test_second_who_invites_more_sees_whom_the_first_has_invited(book: Book, olga: Chat) -> None:
    event_id, otto = id_of(book.event_for(book.contact("Bea"))), book.staff("Otto II")
    cem, dora = book.contact("Cem"), book.contact("Dora")
    await olga.taps(StartForm("more", event_id))
    await olga.says("Cem GmbH")
    book.acts(planning.invite_more, otto, event_id, [dora.organisation_id or 0])
    shown = await olga.taps(TakeStep("more", SUMMARY, Step.SUBMIT, event_id))
    assert "Invitations: 2 organisations" in shown
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Bea", "Dora"]
    await olga.taps(TakeStep("more", SUMMARY, Step.MINE, event_id))
    assert book.told(EventNotice.EVENT_PUBLISHED)[2:] == [cem.name]


@pytest.mark.parametrize("name", ["later", "choice"])
async def test_second_who_says_when_or_to_whom_a_draft_goes_sees_what_the_first_has_said(
    book: Book, olga: Chat, name: str
) -> None:
    event_id, otto = draft(book), book.staff("Otto II")
    await olga.taps(StartForm(name, event_id))
    book.acts(planning.publish_later, otto, event_id, FAR - 48 * HOUR)
    shown = await olga.says("Anna GmbH" if name == "choice" else "in 3 Tagen 9 Uhr")
    if name == "later":
        shown = await olga.taps(TakeStep(name, SUMMARY, Step.SUBMIT, event_id))
    assert "Goes out on" in shown
    assert (event(book).publish_at, event(book).audience) == (FAR - 48 * HOUR, None)


async def test_own_change_from_another_message_is_nothing_to_ask_about(book: Book, olga: Chat) -> None:
    event_id, otto = id_of(book.event(FAR)), book.staff("Otto II")
    book.acts(changing.change, otto, event_id, {"place": "Rathaus"})
    await olga.taps(StartForm("cancel", event_id))
    await olga.says("Der Saal ist belegt")
    await olga.taps(StartForm("event_title", event_id))
    await olga.says("Winterfest")
    await olga.taps(TakeStep("cancel", SUMMARY, Step.SUBMIT, event_id))
    assert (event(book).title, event(book).state) == ("Winterfest", EventState.CANCELLED)


async def test_draft_that_another_has_changed_since_is_not_discarded(book: Book, olga: Chat) -> None:
    event_id, otto = draft(book), book.staff("Otto II")
    seen = event(book).edition
    book.acts(changing.change, otto, event_id, {"place": "Rathaus"})
    assert "Last changed by Otto II" in await olga.taps(SureWithEvent(event_id, EventDeed.DISCARD_NOW, seen))
    await olga.taps(SureWithEvent(event_id, EventDeed.DISCARD_NOW, event(book).edition))
    assert book.all(Event) == []


async def test_question_that_two_add_is_asked(book: Book, olga: Chat) -> None:
    event_id = id_of(book.event(FAR))
    book.acts(changing.toggle_question, book.staff("Otto"), event_id, Ask.FOOD)
    await olga.taps(ToggleQuestion(event_id, Ask.FOOD, 1))
    assert event(book).questions == [Ask.FOOD]
    await olga.taps(ToggleQuestion(event_id, Ask.FOOD, 0))
    assert event(book).questions == []


async def test_what_another_has_heard_on_the_phone_is_not_entered_over(book: Book, olga: Chat) -> None:
    event_id, anna, otto = id_of(book.event(FAR)), book.all(Person)[0], book.staff("Otto II")
    assert "has not answered" in await olga.taps(EnterAnswer(event_id, id_of(anna), EnterAnswer.SHOW, 0))
    book.acts(answers_by_office.enter, otto, event_id, id_of(anna), 3)
    shown = await olga.taps(EnterAnswer(event_id, id_of(anna), 0, 0))
    assert "changed meanwhile" in shown
    assert "Entered by Otto II" in shown
    assert book.all(Rsvp)[0].party == 3
    await olga.taps(EnterAnswer(event_id, id_of(anna), 0, 0, answers_by_office.seen(NOW)))
    assert book.all(Rsvp)[0].party == 0


async def test_call_that_another_has_made_meanwhile_is_seen_before_one_more_is_noted(
    book: Book, olga: Chat
) -> None:
    event_id, otto = id_of(book.event(FAR)), book.staff("Otto II")
    organisation_id = book.all(Person)[0].organisation_id or 0
    book.acts(reaching.note, otto, (Occasion.EVENT, event_id), organisation_id, How.CALLED)
    shown = await olga.taps(OnReach(ReachAct.MISSED, event_id, organisation_id, 0, Listed.EVENT))
    assert "changed meanwhile" in shown
    assert [one.how for one in book.all(CallAttempt)] == [How.CALLED]
    seen = id_of(book.all(CallAttempt)[0])
    await olga.taps(OnReach(ReachAct.MISSED, event_id, organisation_id, 0, Listed.EVENT, seen))
    assert [one.how for one in book.all(CallAttempt)] == [How.CALLED, How.MISSED]


async def test_file_for_letters_leads_back_to_its_list(book: Book, olga: Chat, post: Post) -> None:
    event_id = id_of(book.event(FAR))
    await olga.taps(OnReach(ReachAct.FILE, event_id, 0, 0, Listed.EVENT))
    given = next(given for name, given in reversed(post.telegram.calls) if name == "sendDocument")
    assert TurnList("to_reach", 0, event_id).pack() in str(given["reply_markup"])


async def test_who_was_not_reached_is_called_again_on_any_day(book: Book, olga: Chat) -> None:
    event_id, otto = id_of(book.event(FAR)), book.staff("Otto II")
    organisation_id = book.all(Person)[0].organisation_id or 0
    for which, listed in ((Listed.SILENT, "has not answered"), (Listed.EVENT, "Everybody was reached")):
        assert "On which day" in await olga.taps(
            OnReach(ReachAct.OTHER_DAY, event_id, organisation_id, 0, which)
        )
        assert "is over" in await olga.says("1.1.2020")
        assert listed in await olga.says("in 10 days")
    await olga.taps(OnReach(ReachAct.OTHER_DAY, event_id, organisation_id, 0, Listed.SILENT))
    book.acts(reaching.note, otto, (Occasion.EVENT, event_id), organisation_id, How.CALLED)
    assert "changed meanwhile" in await olga.says("in 12 days")
    noted = [(one.how, one.callback_on is not None) for one in book.all(CallAttempt)]
    assert noted == [(How.MISSED, True), (How.CALLED, False)]
