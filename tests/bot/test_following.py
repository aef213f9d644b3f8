"""Words in a chat that are no longer true are put right, or say so, and their buttons go."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from bot.clock import Clock
from bot.delivery import Courier
from bot.redrawing import Redrawer
from domain.events.event import Status
from domain.ideas.ideas import State
from domain.joining.requests import RequestState
from domain.joining.talks import Way
from handlers.chat.buttons import Go, StartForm
from handlers.events.buttons import (
    AnswerEvent,
    AnswerOffer,
    DoWithEvent,
    EnterAnswer,
    EventDeed,
    Offered,
    ShowDoor,
    ShowGuests,
    ShowPlan,
)
from handlers.fields import ROUTES
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.joining.buttons import PickTime, SendCalendarFile, ShowRequest, TakeTime
from handlers.joining.screens.talks import minute_of
from storage.engine import following, outbox
from storage.engine.database import Database
from storage.engine.tables import Person, ShownAs, ShownCard
from storage.events import changing, door, planning, shown
from storage.events.planning import NewEvent
from storage.events.tables import Event
from storage.ideas import comments, merges, progress, support
from storage.ideas.tables import Idea, IdeaComment, IdeaNotice
from storage.joining import cases, talks
from storage.joining.tables import JoinRequest, Talk
from storage.office import inquiries, staff
from storage.partners import colleagues, taking_up
from tests.support.book import NOW, id_of, turn_of
from tests.support.post import Chat, Post, tap

MESSAGES = 4  # of a chat that are behind; each look puts one right
TUESDAY = NOW + timedelta(days=1, hours=1)  # 11:00 in Krefeld


class House:
    """The bot with a courier and a redrawer that go when told to."""

    def __init__(self, post: Post) -> None:
        self.post, self.book, self.telegram = post, post.book, post.telegram
        self.courier = Courier(post.application.bot, post.house, Clock())
        self.redrawer = Redrawer(post.application.bot, post.house, Clock())
        self.telegram.answers["editMessageCaption"] = lambda _given: (200, {"ok": True, "result": True})
        self.anna = self.book.person("Anna")
        self.olga, self.paul = self.book.staff("Olga"), self.book.staff("Paul")
        self.now = NOW

    async def goes_on(self) -> None:
        """What is due is sent, then all is put right that has changed."""
        with time_machine.travel(self.now, tick=False):
            await self.courier._send_what_is_due()
            await asyncio.gather(*self.courier._sending.values())
            for _ in range(MESSAGES):
                async with asyncio.TaskGroup() as tasks:
                    await self.redrawer.look(tasks)

    def changed(self, person: Person) -> list[str]:
        """What messages of a chat were changed to, with their buttons."""
        return [
            f"{given.get('text') or given.get('caption')} {given.get('reply_markup')}"
            for name, given in self.telegram.calls
            if name.startswith("editMessage") and given["chat_id"] == person.telegram_id
        ]

    def asks(self) -> JoinRequest:
        return self.book.asks_to_join(self.anna, "Blumen Esser")

    def arranges(self, request: JoinRequest) -> Talk:
        self.book.acts(talks.propose, self.anna, id_of(request), Way.PHONE, [TUESDAY])
        (talk,) = self.book.all(Talk)
        self.book.acts(talks.take, self.olga, id_of(talk), TUESDAY)
        return talk


@pytest.fixture
async def house(sqlite: Database) -> AsyncIterator[House]:
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    async with post.application:
        with time_machine.travel(NOW, tick=False):
            yield House(post)


async def test_what_an_applicant_reads_of_a_talk_follows_it(house: House) -> None:
    request = house.asks()
    await house.goes_on()
    chat = Chat(house.post, house.anna)
    _, free = house.book.acts(talks.free_times, house.anna, id_of(request))
    start = next(iter(free.values()))[0]
    picked = await chat.taps(PickTime(id_of(request), Way.PHONE, minute_of(start)))
    assert "noch nicht bestätigt" in picked
    (talk,) = house.book.all(Talk)
    house.book.acts(talks.take, house.olga, id_of(talk), start)
    await house.goes_on()
    assert "Orientierungsgespräch vereinbart" in house.changed(house.anna)[-1]


async def test_buttons_of_the_office_go_when_another_has_taken_the_time(house: House) -> None:
    request = house.asks()
    house.book.acts(talks.propose, house.anna, id_of(request), Way.PHONE, [TUESDAY])
    await house.goes_on()
    (talk,) = house.book.all(Talk)
    await Chat(house.post, house.paul).taps(TakeTime(id_of(talk), minute_of(TUESDAY)))
    await house.goes_on()
    after = house.changed(house.olga)
    assert len(after) == 2  # what told of the request, and of the time
    assert not any(TakeTime(id_of(talk), minute_of(TUESDAY)).pack() in one for one in after)


async def test_file_of_a_talk_is_out_of_date_when_it_is_moved_or_called_off(house: House) -> None:
    talk = house.arranges(house.asks())
    await house.goes_on()
    files = [row for row in house.book.all(ShownCard) if row.shown_as is ShownAs.FILE]
    assert {row.person_id for row in files} == {house.anna.id, house.olga.id}
    later = TUESDAY + timedelta(days=1)
    house.book.acts(talks.propose, house.anna, talk.request_id, Way.PHONE, [later])
    house.book.acts(talks.take, house.olga, id_of(talk), later)
    await house.goes_on()
    (moved,) = [one for one in house.changed(house.anna) if "Diese Datei ist" in one]
    assert "25. November" in moved
    house.book.acts(talks.cancel, house.olga, id_of(talk), "krank")
    await house.goes_on()
    assert (
        sum("Diese Datei ist" in one for one in house.changed(house.anna)) == 3
    )  # both of them, the first again
    assert "kein Gespräch vereinbart" in house.changed(house.anna)[-1]


async def test_file_whose_button_was_tapped_is_followed_on(house: House) -> None:
    talk = house.arranges(house.asks())
    await house.goes_on()
    (number,) = [row.message_id for row in house.book.all(ShownCard) if row.person_id == house.anna.id]
    tapped = tap(99, house.anna.telegram_id or 0, SendCalendarFile(id_of(talk)))
    tapped["callback_query"]["message"] |= {"message_id": number}
    del tapped["callback_query"]["message"]["text"]
    await house.post.takes_in(tapped)
    await house.post.all_done()
    house.book.acts(talks.cancel, house.olga, id_of(talk), "krank")
    await house.goes_on()
    assert sum("Diese Datei ist" in one for one in house.changed(house.anna)) == 2  # that one and the new one


async def test_file_that_takes_a_talk_out_stays_right_when_another_is_arranged(house: House) -> None:
    request = house.asks()
    talk = house.arranges(request)
    house.book.acts(talks.cancel, house.olga, id_of(talk), "krank")
    await house.goes_on()
    house.book.acts(talks.propose, house.olga, id_of(request), Way.PHONE, [TUESDAY])
    await house.goes_on()
    (removal,) = house.changed(house.anna)
    assert "aus Ihrem Kalender" in removal
    assert "Diese Datei ist" not in removal


@pytest.mark.parametrize("state", [RequestState.DECLINED, RequestState.ASLEEP])
async def test_case_that_one_decides_has_no_buttons_for_the_other(house: House, state: RequestState) -> None:
    request = house.asks()
    await house.goes_on()
    house.book.acts(cases.step, house.paul, id_of(request), state, "nein")
    await house.goes_on()
    (after,) = house.changed(house.olga)
    assert ("askback" in after) is (state is RequestState.ASLEEP)


async def test_question_that_one_has_answered_says_so_to_the_other(house: House) -> None:
    thread = house.book.acts(inquiries.ask, house.anna, None, "Wann?")
    await house.goes_on()
    house.book.acts(inquiries.answer, house.paul, id_of(thread.inquiry), "Morgen.")
    await house.goes_on()
    (after,) = house.changed(house.olga)
    assert "Morgen." in after


async def test_colleague_whom_one_has_let_in_is_settled_for_the_other(house: House) -> None:
    organisation = house.book.organisation("Esser")
    house.book.run(colleagues.ask_in, house.anna, id_of(organisation), "Anna", NOW)
    await house.goes_on()
    (asked,) = [row.subject_id for row in house.book.all(ShownCard) if row.person_id == house.olga.id]
    house.book.acts(colleagues.answer_colleague, house.paul, asked or 0, knows=True)
    await house.goes_on()
    assert "Von Paul" in house.changed(house.olga)[0]


async def test_message_about_what_is_no_longer_theirs_says_so(house: House) -> None:
    request = house.asks()
    await house.goes_on()
    house.book.run(lambda session: setattr(session.get_one(Person, house.paul.id), "is_staff", False))
    house.book.declines(house.olga, request)
    await house.goes_on()
    (after,) = house.changed(house.paul)
    assert "wo Sie nicht mehr arbeiten" in after
    assert ShowRequest(id_of(request)).pack() not in after


async def test_own_message_that_was_tapped_is_not_changed_twice(house: House) -> None:
    request = house.asks()
    await house.goes_on()
    chat = Chat(house.post, house.paul)
    await chat.taps(ShowRequest(id_of(request)))
    await house.goes_on()
    assert len(house.changed(house.paul)) == 1
    await chat.taps(Go("menu"))
    house.book.declines(house.olga, request)
    await house.goes_on()
    assert "State: <b>declined" not in house.telegram.shown(house.paul.telegram_id or 0)


async def test_all_cards_of_an_event_say_the_same_number(house: House) -> None:
    eve, event = house.book.contact("Eve"), house.book.event()
    for number in (1, 7):
        message = (eve.telegram_id or 0, number)
        house.book.run(shown.note, id_of(event), eve, *message, ShownAs.CARD, NOW)
    await Chat(house.post, eve).taps(AnswerEvent(id_of(event), 3))
    await house.goes_on()
    first, second = (one.partition(" {")[0] for one in house.changed(eve))
    assert "insgesamt 3 Personen" in first
    assert second.endswith(first)


async def test_offer_that_is_over_loses_its_buttons(house: House) -> None:
    ben, eve = house.book.contact("Ben"), house.book.contact("Eve")
    event = house.book.event(capacity=1)
    for person, wish in ((ben, 1), (eve, 1), (ben, 0)):
        house.book.answers(person, event, wish)
    house.now += timedelta(minutes=1)
    house.book.offers_end(house.now)
    await house.goes_on()
    until = house.book.sees(eve, event).offered_until
    assert until
    house.now = until + timedelta(minutes=1)
    house.book.offers_end(house.now)
    await house.goes_on()
    assert house.book.sees(eve, event).status is Status.LAPSED
    assert not any(AnswerOffer(id_of(event), Offered.TAKE).pack() in one for one in house.changed(eve))
    assert house.changed(eve)


async def test_file_of_a_yes_that_became_a_no_is_out_of_date_and_so_is_that_of_the_no(house: House) -> None:
    eve, event = house.book.contact("Eve"), house.book.event()
    house.book.answers(eve, event, 1)
    await house.goes_on()
    house.now += timedelta(minutes=1)
    house.book.answers(eve, event, 0, house.now)
    await house.goes_on()
    assert ["Überholt" in one for one in house.changed(eve)] == [True]
    house.now += timedelta(minutes=1)
    await house.goes_on()
    house.now += timedelta(minutes=1)
    house.book.answers(eve, event, 1, house.now)
    await house.goes_on()
    assert ["Überholt" in one for one in house.changed(eve)] == [True, True]
    house.book.answers(eve, event, 2, house.now)
    await house.goes_on()
    assert len(house.changed(eve)) == 2  # the newest file stays right


async def test_answer_that_the_office_entered_is_cancelled_with_its_event(house: House) -> None:
    tom, event = house.book.contact("Tom"), house.book.event()
    entered = await Chat(house.post, house.olga).taps(EnterAnswer(id_of(event), id_of(tom), 1, 0))
    assert "Tom kommt" in entered
    house.book.acts(changing.cancel, house.olga, id_of(event), "krank")
    await house.goes_on()
    after = house.changed(house.olga)[-1]
    assert "Tom" not in after
    assert "Rundgang" in after


@pytest.mark.parametrize("act", ["publish", "discard", "move"])
async def test_plan_of_an_event_is_no_draft_for_one_when_another_has_acted(house: House, act: str) -> None:
    new = NewEvent("Rundgang", TUESDAY, TUESDAY + timedelta(hours=2))
    event = house.book.acts(planning.draft, house.paul, new)
    seen = await Chat(house.post, house.olga).taps(ShowPlan(id_of(event)))
    assert "Entwurf" in seen
    if act == "publish":
        house.book.acts(planning.publish, house.paul, id_of(event))
    elif act == "discard":
        house.book.acts(planning.discard, house.paul, id_of(event))
    else:
        house.book.acts(changing.change, house.paul, id_of(event), {"title": "Neu"})
    await house.goes_on()
    after = house.changed(house.olga)[-1]
    words = {"publish": "Veröffentlicht", "discard": "erledigt", "move": "Neu"}[act]
    assert words in after
    assert ("Entwurf</b>" in after) is (act == "move")


async def test_what_was_shown_long_ago_is_followed_no_more(house: House) -> None:
    house.asks()
    await house.goes_on()
    assert house.book.all(ShownCard)
    house.book.run(shown.tidy, NOW + following.KEPT)
    assert house.book.all(ShownCard)
    house.book.run(shown.tidy, NOW + following.KEPT + timedelta(seconds=1))
    assert house.book.all(ShownCard) == []


def an_idea(house: House, **columns: Any) -> Idea:
    ben = house.book.contact("Ben")
    given: dict[str, Any] = {"topic": "exchange", "text": "Ein Lastenrad", **columns}
    dates: dict[str, Any] = dict.fromkeys(("created_at", "changed_at", "published_at"), NOW)
    return house.book.add(Idea(person_id=id_of(ben), **{**dates, **given}))


@pytest.mark.parametrize("what", ["support", "comment", "state", "hidden"])
async def test_page_of_an_idea_follows_what_comes_of_it(house: House, what: str) -> None:
    idea, book = an_idea(house), house.book
    cem = book.contact("Cem")
    await Chat(house.post, house.anna).taps(OnIdea(IdeaAct.SHOW, id_of(idea)))
    if what == "support":
        book.acts(support.give, cem, id_of(idea))
    elif what == "comment":
        book.acts(comments.write, cem, id_of(idea), "Wir auch")
    elif what == "state":
        book.acts(progress.change_state, house.paul, id_of(idea), State.NOT_NOW, "kein Geld")
    else:
        book.acts(progress.hide, house.paul, id_of(idea), "doppelt")
    await house.goes_on()
    words = {"support": "eine Organisation", "comment": "Kommentare (1)", "state": "kein Geld"}
    assert words.get(what, "erledigt") in house.changed(house.anna)[-1]


async def test_desk_of_an_idea_shows_what_another_of_the_office_has_said(house: House) -> None:
    idea, book = an_idea(house), house.book
    await Chat(house.post, house.olga).taps(OnIdea(IdeaAct.OFFICE, id_of(idea)))
    book.acts(progress.change_state, house.paul, id_of(idea), State.NOT_NOW, "kein Geld")
    await house.goes_on()
    after = house.changed(house.olga)[-1]
    assert "Für die Geschäftsstelle" in after
    assert "Stand: Neu" not in after


async def test_what_was_told_of_an_idea_is_put_right_when_it_is_no_longer_so(house: House) -> None:
    book, ben = house.book, an_idea(house, published_at=None).person_id
    (idea,) = book.all(Idea)
    book.acts(progress.publish, house.paul, id_of(idea))
    await house.goes_on()
    author = next(person for person in book.all(Person) if person.id == ben)
    book.acts(progress.hide, house.paul, id_of(idea), "doppelt")
    await house.goes_on()
    assert "Von der Geschäftsstelle ausgeblendet: doppelt" in house.changed(author)[0]


async def test_news_of_a_comment_is_out_of_date_when_that_is_removed(house: House) -> None:
    idea, book = an_idea(house), house.book
    author = next(person for person in book.all(Person) if person.id == idea.person_id)
    cem = book.contact("Cem")
    book.acts(comments.write, cem, id_of(idea), "Wir auch")
    await house.goes_on()
    book.acts(progress.change_state, house.paul, id_of(idea), State.NOT_NOW, "kein Geld")
    await house.goes_on()
    assert "Neuer Kommentar" in house.changed(author)[-1]
    book.acts(comments.remove, cem, id_of(book.all(IdeaComment)[0]))
    await house.goes_on()
    assert "erledigt" in house.changed(author)[-1]


async def test_number_of_ideas_that_wait_follows_them(house: House) -> None:
    idea, book = an_idea(house, published_at=None), house.book
    an_idea(house, published_at=None)
    waits = [id_of(house.olga)], IdeaNotice.WAITS, "waits", NOW
    book.run(outbox.enqueue, *waits)
    await house.goes_on()
    book.acts(progress.publish, house.paul, id_of(idea))
    await house.goes_on()
    assert "Eine Idee wartet" in house.changed(house.olga)[-1]


async def test_news_of_a_merge_says_that_they_are_two_again(house: House) -> None:
    one, book = an_idea(house), house.book
    other = an_idea(house, text="Ein Rad für Lasten")
    ben = next(person for person in book.all(Person) if person.id == one.person_id)
    made = book.acts(merges.merge, house.paul, id_of(one), id_of(other))
    await house.goes_on()
    book.acts(merges.object_to, ben, id_of(made))
    await house.goes_on()
    book.acts(merges.part, house.paul, id_of(made))
    await house.goes_on()
    for person in (ben, house.olga):
        after = house.changed(person)[-1]
        assert "wieder zwei Ideen" in after
        assert OnIdea(IdeaAct.OBJECT, id_of(other), id_of(made)).pack() not in after


@pytest.mark.parametrize("what", ["answer", "arrival", "undone", "title"])
@pytest.mark.parametrize("shown", ["guests", "door", "host"])
async def test_counts_and_lists_of_guests_follow_answers_and_arrivals(
    house: House, shown: str, what: str
) -> None:
    book, event = house.book, house.book.event(NOW + timedelta(hours=1))
    tom, host = book.contact("Tom"), book.contact("Hanna")
    event_id = id_of(event)
    book.run(
        lambda session: planning.put_hosts(
            session, session.get_one(Event, event_id), [host.organisation_id or 0], NOW
        )
    )
    if what in ("arrival", "undone"):
        book.answers(tom, event, 1)
    if what == "undone":
        book.acts(door.check_in, house.paul, event_id, id_of(tom), 0)
    reader = host if shown == "host" else house.olga
    seen = {
        "guests": ShowGuests(event_id),
        "door": ShowDoor(event_id, 0, 0),
        "host": DoWithEvent(event_id, EventDeed.HOST),
    }
    await Chat(house.post, reader).taps(seen[shown])
    if what == "answer":
        book.answers(tom, event, 2)
    elif what == "arrival":
        book.acts(door.check_in, house.paul, event_id, id_of(tom), 0)
    elif what == "undone":
        book.acts(door.undo, house.paul, event_id, id_of(tom), 0)
    else:
        book.acts(changing.change, house.paul, event_id, {"title": "Winterfest"})
    await house.goes_on()
    after = house.changed(reader)[-1]
    words = {
        ("answer", "guests"): "2 Personen",
        ("answer", "host"): "2 Personen",
        ("answer", "door"): "Tom +1",
        ("arrival", "guests"): "Da: 1",
        ("arrival", "host"): "Da: 1",
        ("arrival", "door"): "1 von 1",
        ("undone", "door"): "0 von 1",
        ("title", shown): "Winterfest",
    }
    assert words.get((what, shown), "eine Person") in after.replace("Eine", "eine")
    assert what != "undone" or "Da: 1" not in after


async def test_answer_that_the_office_looks_at_follows_what_its_person_says(house: House) -> None:
    tom, event = house.book.contact("Tom"), house.book.event()
    await Chat(house.post, house.olga).taps(EnterAnswer(id_of(event), id_of(tom), EnterAnswer.SHOW, 0))
    house.book.answers(house.book.contact("Eve"), event, 1)
    await house.goes_on()
    assert len(house.changed(house.olga)) == 1  # by the tap; this is somebody else's answer
    house.book.answers(tom, event, 3)
    await house.goes_on()
    assert "Tom kommt mit insgesamt 3 Personen" in house.changed(house.olga)[-1]


async def test_link_that_was_taken_up_is_shown_no_more(house: House) -> None:
    eve = house.book.person("Eve", organisation="A GmbH", is_main_contact=True)
    chat = Chat(house.post, eve)
    await chat.taps(StartForm("colleague", 0))
    made = await chat.says("Nora Neu")
    code = made.partition("start=")[2].split()[0]
    assert "Link noch nicht geöffnet" in made
    house.book.run(lambda session: taking_up.use_invite(turn_of(session, session.merge(house.anna)), code))
    await house.goes_on()
    after = house.changed(eve)[-1]
    assert code not in after
    assert "verbunden" in after


async def test_messages_of_somebody_who_leaves_the_office_lose_their_buttons_and_others_name_the_heir(
    house: House,
) -> None:
    request = house.asks()
    event = house.book.event()
    await house.goes_on()
    paul, olga = Chat(house.post, house.paul), Chat(house.post, house.olga)
    await paul.taps(ShowPlan(id_of(event)))
    house.book.acts(cases.set_owner, house.olga, id_of(request), id_of(house.paul))
    await olga.taps(ShowRequest(id_of(request)))
    await house.goes_on()
    house.book.acts(staff.remove, house.olga, id_of(house.paul), id_of(house.olga))
    await house.goes_on()
    for_paul = house.changed(house.paul)[-2:]
    assert all("wo Sie nicht mehr arbeiten" in one for one in for_paul)
    assert not any(ShowRequest(id_of(request)).pack() in one for one in for_paul)
    assert "Zuständig: Olga" in house.changed(house.olga)[-1]
