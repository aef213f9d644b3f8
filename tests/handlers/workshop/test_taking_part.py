"""In a workshop with a phone: words, pictures and voice notes are notes, whoever sends them and however."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import col

from domain.ideas.ideas import Topic
from domain.workshop.acts import Kind, Phase
from domain.workshop.state import State, Voice
from handlers.chat.buttons import SendAs, StartForm
from handlers.fields import ROUTES
from handlers.workshop.buttons import Deed, InWorkshop
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.ideas.tables import Idea
from storage.workshop import log, office
from storage.workshop.tables import WorkshopAct
from tests.support.book import Book, id_of
from tests.support.post import Chat, Post

PHOTO = [{"file_id": "photo-1", "file_unique_id": "u", "width": 9, "height": 9}]
VOICE = {"file_id": "voice-1", "file_unique_id": "u", "duration": 3}


class Hall:
    def __init__(self, post: Post) -> None:
        self.post, self.book = post, post.book
        self.olga = self.book.staff()
        journal = self.book.acts(log.begin, self.olga, "Kick-off", ("Exchange", "Projects"))
        self.id, self.code = id_of(journal.workshop), journal.workshop.code
        self.exchange, self.projects = (heading.id for heading in journal.state.headings())
        self.rows = journal.rows

    def chat(self, person: Person) -> Chat:
        return Chat(self.post, person)

    async def comes(self, person: Person) -> Chat:
        chat = self.chat(person)
        await chat.commands(f"/start w-{self.code}")
        return chat

    @property
    def note(self) -> StartForm:
        return StartForm("ws_note", self.rows[self.projects])

    @property
    def state(self) -> State:
        return self.book.run(log.state_of, self.id)

    @property
    def texts(self) -> list[str]:
        return [note.text for note in self.state.notes.values()]

    def goes_to(self, phase: Phase) -> None:
        now = self.book.all(WorkshopAct, col(WorkshopAct.id))[-1].at
        self.book.at(now).acts(office.go_to, self.olga, self.id, phase)


@pytest.fixture
async def hall(sqlite: Database) -> AsyncIterator[Hall]:
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    async with post.application:
        yield Hall(post)


def anna(book: Book) -> Person:
    return book.contact("Anna", language="en")


async def test_each_message_has_one_answer_and_each_line_is_a_note(hall: Hall) -> None:
    chat = await hall.comes(anna(hall.book))
    await chat.taps(hall.note)
    assert "2 notes have arrived" in await chat.says("Solar\nBikes")
    sent = [name for name, _ in hall.post.telegram.calls if name == "sendMessage"]
    assert len(sent) == 2, "the room, and one answer"
    assert "up to 60 notes" in await chat.says("\n".join("x" * 61))
    assert hall.texts == ["Solar", "Bikes"]


async def test_an_edited_message_changes_its_notes(hall: Hall) -> None:
    chat = await hall.comes(anna(hall.book))
    await chat.taps(hall.note)
    await chat.says("Solar\nBikes")
    number = next(hall.post.numbers) - 1
    await chat.edits(number, "Sun\nBikes\nHeat")
    assert hall.texts == ["Sun", "Bikes", "Heat"]
    await chat.edits(number, "Sun")
    assert hall.texts == ["Sun"]


async def test_a_picture_has_its_caption_and_a_voice_note_a_sentence(hall: Hall) -> None:
    chat = await hall.comes(anna(hall.book))
    await chat.taps(hall.note)
    assert "One note has arrived" in await chat.says("", photo=PHOTO, caption="A roof")
    assert "in one sentence" in await chat.says("", voice=VOICE)
    assert "One note has arrived" in await chat.says("Share cars")
    notes = [(note.text, note.picture, note.voice) for note in hall.state.notes.values()]
    assert notes == [("A roof", "photo-1", ""), ("Share cars", "", "voice-1")]


async def test_who_types_at_once_is_asked_whether_it_is_a_note(hall: Hall) -> None:
    person = anna(hall.book)
    chat = await hall.comes(person)
    await chat.says("Solar on every roof")
    assert hall.texts == []
    await chat.taps(SendAs("ws_note", hall.rows[hall.exchange]))
    assert hall.texts == ["Solar on every roof"]


async def test_a_stranger_says_once_where_they_come_from(hall: Hall) -> None:
    hall.book.organisation("Solarbau Linn GmbH")
    eve = hall.book.person("Eve", language="en")
    chat = hall.chat(eve)
    assert "Which organisation are you here for" in await chat.commands(f"/start w-{hall.code}")
    assert "as you say" in await chat.says("Solarbau Linn")
    assert "Under which heading" in await chat.commands(f"/start w-{hall.code}")
    joined = [act for act in hall.book.all(WorkshopAct) if act.kind is Kind.JOIN]
    assert len(joined) == 2


async def test_what_was_on_its_way_at_the_switch_counts_and_is_late(hall: Hall) -> None:
    chat = await hall.comes(anna(hall.book))
    await chat.taps(hall.note)
    hall.goes_to(Phase.GROUP)
    assert "came late and still counts" in await chat.says("Solar")
    assert [note.is_late for note in hall.state.notes.values()] == [True]


async def test_staff_who_open_the_link_lead_and_type_cards(hall: Hall) -> None:
    chat = Chat(hall.post, hall.olga)
    assert "Sammeln" in await chat.commands(f"/start w-{hall.code}")
    await chat.taps(hall.note)
    await chat.says("Vom Papier")
    (note,) = hall.state.notes.values()
    assert (note.is_typed, note.organisation_id, hall.state.participants) == (True, None, {})


async def test_a_second_tap_on_the_same_point_says_that_nothing_changed(hall: Hall) -> None:
    person = anna(hall.book)
    chat = await hall.comes(person)
    await chat.taps(hall.note)
    await chat.says("Solar")
    hall.goes_to(Phase.WEIGH)
    point = InWorkshop(Deed.WEIGH, hall.id, hall.projects, 0, 1)
    assert "9 of 10 points left" in await chat.taps(point)
    assert "9 of 10 points left" in await chat.taps(point)
    assert hall.state.weights == {Voice(person.organisation_id): {hall.projects: 1}}


async def test_nobody_writes_in_a_workshop_that_they_have_not_come_into(hall: Hall) -> None:
    eve = hall.chat(hall.book.person("Eve", language="en"))
    assert "no such workshop" in await eve.commands("/start w-AAAAAAAAAAAA")
    await eve.taps(hall.note)
    await eve.says("Coal")
    for deed in (Deed.SHOW, Deed.POINTS, Deed.NOTES, Deed.FATES, Deed.WEIGH):
        await eve.taps(InWorkshop(deed, hall.id, hall.projects, 0, 1))
    assert hall.texts == []
    assert hall.state.participants == {}


async def test_each_note_is_sorted_with_one_tap_and_a_new_cluster_leads_to_the_next(hall: Hall) -> None:
    anna = await hall.comes(hall.book.contact("Anna"))
    await anna.taps(hall.note)
    await anna.says("Solar\nRäder\nWind")
    hall.goes_to(Phase.GROUP)
    office_chat = hall.chat(hall.olga)
    solar, bikes, _wind = hall.state.notes
    await office_chat.taps(InWorkshop(Deed.SORT, hall.id))
    row = hall.book.run(log.read, hall.id).rows[solar]
    await office_chat.taps(StartForm("ws_cluster", row))
    assert "Räder" in await office_chat.says("Energie")
    shown = next(given for _, given in reversed(hall.post.telegram.calls) if "reply_markup" in given)
    labels = [button["text"] for row in shown["reply_markup"]["inline_keyboard"] for button in row]
    assert {"Exchange", "Projects", "▸ Energie"} <= set(labels)
    assert "Wind" in await office_chat.taps(InWorkshop(Deed.PLACE, hall.id, bikes, hall.exchange))


async def test_idea_from_a_cluster_has_the_topic_that_its_heading_names(hall: Hall) -> None:
    anna = await hall.comes(hall.book.contact("Anna"))
    await anna.taps(hall.note)
    await anna.says("Zeitung\nWind")
    paper, _wind = hall.state.notes
    hall.book.acts(office.new_group, hall.olga, hall.id, "Sichtbarkeit", 0)
    hall.book.acts(office.new_group, hall.olga, hall.id, "Presse", max(hall.state.groups), paper)
    hall.goes_to(Phase.WEIGH)
    for group in (max(hall.state.groups), hall.projects):
        await anna.taps(InWorkshop(Deed.WEIGH, hall.id, group, 0, 1))
    hall.goes_to(Phase.CLOSED)
    await hall.chat(hall.olga).taps(InWorkshop(Deed.IDEAS, hall.id, 1))
    topics = {idea.text.splitlines()[0]: idea.topic for idea in hall.book.all(Idea)}
    assert topics == {"Presse": Topic.VISIBILITY, "Projects": Topic.PROJECT}
