"""A marked value in each field of the forms about measures, the programme and the groups: none gets out."""

import logging
import re
from collections.abc import Iterator
from itertools import count

import pytest
import structlog
from markupsafe import Markup

from bot import logs, metrics
from domain.team_chats.chats import Purpose
from handlers.chat.buttons import ChangeAnswer, ChooseOption, StartForm, Step, TakeStep
from handlers.chat.questions import SUMMARY, Question
from handlers.chat.texts import Texts
from handlers.fields import FORMS, NOTICES, ROUTES
from storage.engine.database import Database
from storage.engine.tables import Form, Notice, Person
from storage.measures import owed
from storage.measures.tables import Report
from storage.team_chats import chats, joins
from tests.support.book import NOW, Book
from tests.support.post import Chat, Post

TYPED = {  # what is no word
    **dict.fromkeys(("amount", "own_use", "consumption", "added", "kwh"), "77.{}.123 kWh"),
    **dict.fromkeys(("price", "own_price"), "2,{} ct"),
    "cost": "77.{}.123 €",
    "grams": "77.{}.123 t",
    "percent": "40",
    "until": "15.04.2027",
    "at": "Do 15.4.2027 14 Uhr",
    "dates": "Do 15.4.2027 14 Uhr\nFr 16.4.2027 14 Uhr",
    "organisations": "B GmbH",
    "deadline": "15.03.2027",
}
OF_PARTNER = ("share_measure", "organisation")
LOCKED = 100  # characters that a locked screen shows, at most
STEPS = 30


class Writer:
    """Somebody who answers whatever a form asks, with words that are found again."""

    def __init__(self, post: Post, person: Person, numbers: Iterator[int]) -> None:
        self.post, self.person, self.chat, self.numbers = post, person, Chat(post, person), numbers
        self.marks: list[str] = []

    def form(self, name: str) -> Form | None:
        forms = self.post.book.all(Form)
        return next((one for one in forms if (one.person_id, one.name) == (self.person.id, name)), None)

    async def goes_through(self, name: str, subject_id: int) -> bool:
        """Whether the form began and was sent."""
        await self.chat.taps(StartForm(name, subject_id))
        begun, changed = self.form(name) is not None, set[str]()
        for _ in range(STEPS):
            form = self.form(name)
            if form is None:
                return begun
            question = FORMS[name].question(form.question)
            if question is None:
                await self.sends(form, changed)
            else:
                changed.add(question.key)
                await self.answers(form, question)
        raise AssertionError((name, self.post.telegram.calls[-2:]))

    async def sends(self, form: Form, changed: set[str]) -> None:
        """After every question has been asked, those that nobody has to answer included."""
        left = [one.key for one in FORMS[form.name].applicable(form.answers) if one.key not in changed]
        if left:
            await self.chat.taps(ChangeAnswer(form.name, left[0], form.subject_id))
        else:
            await self.chat.taps(TakeStep(form.name, SUMMARY, Step.SUBMIT, form.subject_id))

    async def answers(self, form: Form, question: Question) -> None:
        """With a tap, where there is something to tap, else in words."""
        if question.has_options and question.key not in ("site", "organisations"):
            await self.chat.taps(ChooseOption(form.name, question.key, 0, form.subject_id))
            if question.many:
                await self.chat.taps(TakeStep(form.name, question.key, Step.DONE, form.subject_id))
            return
        number = next(self.numbers)
        word = "B GmbH" if (form.name, question.key) == OF_PARTNER else "Mk{}wort für euch alle"
        text = TYPED.get(question.key, word).format(number)
        await self.chat.says(text)
        if str(number) in text:
            self.marks.append(text.partition(" ")[0].replace(".", ""))


FLOWS = (  # by a contact of one or the other partner, by the office, by a stranger; about what
    *(("measure", "A", 0), ("fix_measure", "A", 1), ("share_measure", "A", 1), ("measure_idea", "A", 1)),
    *(("idea_measure", "A", 1), ("advert", "A", 0), ("advert_line", "B", 1)),
    *(("report_line", "A", 1), ("report_kwh", "A", 1), ("report_total", "A", 1), ("report_goals", "A", 1)),
    *(("report_missed", "A", 1), ("report_more", "A", 1), ("report_grant", "office", 1)),
    *(("report_no", "office", 1), ("chat_join", "stranger", 1), ("year_slot", "office", 2027)),
    *(("slot_title", "office", 1), ("slot_date", "office", 1), ("slot_host", "office", 1)),
    *(("year_offer", "office", 2027), ("slot_poll", "office", 1)),
)


def somebody(book: Book, role: str, number: int) -> Person:
    """Anew for each form: nobody may send as much as all of them take."""
    if role == "office":
        return book.staff(f"Olga {number}")
    if role == "stranger":
        return next(one for one in book.all(Person) if one.name == "Eve")
    return book.person(f"{role} {number}", organisation=f"{role} GmbH")


def shown_locked(book: Book, notice: Notice) -> str:
    person = next(one for one in book.all(Person) if one.id == notice.person_id)
    data = book.acts(NOTICES.load, person, notice)
    if data is None:
        return ""
    screen = NOTICES.render(notice.kind, data, book.pact, NOW, Texts("de", book.pact.timezone))
    return Markup(re.sub(r"(?s)<tg-spoiler>.*?</tg-spoiler>", "", screen.text)).striptags()[:LOCKED]


@pytest.fixture
def _loudly() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.set_up("json", "DEBUG")
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@pytest.mark.usefixtures("_loudly")
async def test_no_field_gets_into_logs_metrics_or_a_locked_screen(
    sqlite: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    post, numbers = Post(sqlite), count(100)
    post.application.add_handlers(ROUTES.handlers())
    book, marks, titles = post.book, list[str](), list[str]()
    anna, eve = book.person("Anna", organisation="A GmbH"), book.person("Eve")
    book.organisation("B GmbH")
    book.run(owed.remind, book.pact, NOW)
    assert book.all(Report)[0].organisation_id == anna.organisation_id
    book.acts(chats.set_up, book.staff("Olga"), Purpose.PARTNERS, -2, "Pakt")
    book.acts(joins.ask, eve, -2, eve.telegram_id or 0)
    async with post.application:
        for name, role, subject_id in FLOWS:
            writer = Writer(post, somebody(book, role, next(numbers)), numbers)
            assert await writer.goes_through(name, subject_id), name
            marks += writer.marks
            titles += writer.marks if name == "slot_title" else []
    stored, said = str(book.everything()), capfd.readouterr()
    assert len([mark for mark in marks if mark in stored]) > 20
    public = said.err + said.out + (await metrics.render(post.house.db, NOW)).decode()
    assert [mark for mark in marks if mark in public] == []
    told = {notice.kind: shown_locked(book, notice) for notice in book.all(Notice)}
    assert len(told) > 4
    assert [
        (kind, mark) for kind, text in told.items() for mark in marks if mark in text and mark not in titles
    ] == []
