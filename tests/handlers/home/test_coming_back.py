"""Coming back: what was missed, what waits, what was sent; and a last word to who was replaced."""

from datetime import timedelta

import pytest

from domain.joining.requests import RequestState
from domain.partners.refusals import ColleagueIsGone
from handlers.chat.buttons import ChangeAnswer, Go, StartForm, Step, TakeStep
from handlers.fields import NOTICES
from handlers.partners.buttons import AnswerColleague, WithdrawWish
from storage.engine import following, people
from storage.engine.following import Shows
from storage.engine.people import Writer
from storage.engine.tables import Form, Notice, Person, ShownAs, ShownCard
from storage.events import changing, shown
from storage.home.returning import HomeNotice, came_back
from storage.joining.tables import JoiningNotice, JoinRequest
from storage.partners import colleagues, contacts
from storage.partners.tables import ColleagueRequest, PartnerNotice
from tests.support.book import NOW, Book, id_of
from tests.support.post import Chat, Post

DAY = timedelta(days=1)


@pytest.fixture
def book(post: Post) -> Book:
    return post.book


def reads(book: Book, kind: str) -> str:
    """What the one notice of a kind says when it is sent."""
    (notice,) = (row for row in book.all(Notice) if row.kind == kind)
    person = next(row for row in book.all(Person) if row.id == notice.person_id)
    data = book.at(NOW + 2 * DAY).acts(NOTICES.load, person, notice)
    texts = Post(book.database).house.texts("en")
    return NOTICES.render(kind, data, book.pact, NOW + 2 * DAY, texts).text.striptags()


def test_who_unblocks_the_bot_reads_what_they_missed_and_what_is_theirs(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna", unreachable_since=NOW)
    moved, _ = book.event(), book.event()
    book.answers(anna, moved, 2)
    later = moved.starts_at + 5 * DAY
    book.at(NOW + DAY).acts(changing.move, office, id_of(moved), later, None)
    book.run(people.seen, Writer(anna.telegram_id or 0, "Anna", "en"), NOW + 2 * DAY, came_back)
    text = reads(book, HomeNotice.WELCOME_BACK)
    assert "Changed: “Rundgang”" in text
    assert "One event is open for your answer" in text
    assert "answered one coming event" in text


def test_who_missed_nothing_is_not_disturbed(book: Book) -> None:
    eve = book.person("Eve", unreachable_since=NOW)
    book.run(people.seen, Writer(eve.telegram_id or 0, "Eve", "en"), NOW + DAY, came_back)
    (notice,) = (row for row in book.all(Notice) if row.kind == HomeNotice.WELCOME_BACK)
    assert book.at(NOW + DAY).acts(NOTICES.load, eve, notice) is None


def test_who_was_replaced_by_others_gets_a_farewell_and_no_name_is_kept(book: Book) -> None:
    anna, ben = book.contact("Anna"), book.person("Ben", organisation="Anna GmbH")
    number = anna.telegram_id
    book.acts(contacts.take_over, ben, anna)
    assert "You are no longer a contact of Anna GmbH" in reads(book, PartnerNotice.FAREWELL)
    (stranger,) = (row for row in book.all(Person) if row.telegram_id == number)
    assert (stranger.name, stranger.organisation_id, stranger.email) == (str(number), None, "")


def test_messages_of_who_was_replaced_say_that_they_are_out_of_date(book: Book) -> None:
    """A link that they were to hand on, and an event that they came to, stay in their chat."""
    anna, ben = book.contact("Anna"), book.person("Ben", organisation="Anna GmbH")
    number, event = anna.telegram_id or 0, book.event()
    book.run(following.note, Shows("contact", id_of(ben)), anna, (number, 7), ShownAs.CARD, NOW)
    book.run(shown.note, event.id, anna, number, 8, ShownAs.CARD, NOW)
    book.acts(contacts.take_over, ben, anna)
    (stranger,) = (row for row in book.all(Person) if row.telegram_id == number)
    for card in book.all(ShownCard):
        assert (card.person_id, card.version) == (stranger.id, 0)
        assert book.run(shown.read, card.id, NOW)
        house = Post(book.database).house
        screen = book.acts(house.views.draw, stranger, card, house.texts("en"))
        assert "out of date" in screen.text
    assert len(book.all(ShownCard)) == 2


def test_who_is_removed_by_the_office_gets_it_too_and_who_leaves_does_not(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    ben, cem = (book.person(name, organisation="Anna GmbH") for name in ("Ben", "Cem"))
    book.acts(contacts.leave, office, id_of(ben))
    book.acts(contacts.leave, cem, id_of(cem))
    told = [row for row in book.all(Notice) if row.kind == PartnerNotice.FAREWELL]
    assert len(told) == 1
    assert anna.organisation_id


async def test_wish_to_be_let_in_shows_in_the_menu_and_can_be_withdrawn(post: Post, book: Book) -> None:
    book.contact("Anna")
    eve = book.person("Eve", language="en")
    book.run(colleagues.ask_in, eve, book.organisation("Anna GmbH").id, "Eve Ernst", NOW)
    chat = Chat(post, eve)
    assert "Your wish to act for" in await chat.taps(Go("menu"))
    assert "Its contact is asked" in await chat.commands("/join")
    assert not book.all(Form)
    request_id = id_of(book.all(ColleagueRequest)[0])
    assert "Withdraw it?" in await chat.taps(WithdrawWish(request_id, 0))
    assert "is withdrawn" in await chat.taps(WithdrawWish(request_id, 1))
    assert book.all(ColleagueRequest) == []
    assert PartnerNotice.COLLEAGUE_ASKS not in [row.kind for row in book.all(Notice)]
    assert "called" in await chat.commands("/join")


async def test_who_answers_a_wish_second_sees_what_the_first_has_said(post: Post, book: Book) -> None:
    book.contact("Anna", telegram_id=None)
    eve, otto = book.person("Eve"), book.staff("Otto")
    card = book.run(colleagues.ask_in, eve, book.organisation("Anna GmbH").id, "Eve Ernst", NOW)
    request_id = id_of(card.request)
    book.acts(colleagues.answer_colleague, otto, request_id, knows=True)
    shown = await Chat(post, book.staff(language="en")).taps(AnswerColleague(request_id, 0))
    assert "answered already" in shown
    assert "By Otto" in shown
    assert book.all(ColleagueRequest)[0].state == "accepted"


def test_wish_of_somebody_else_is_not_withdrawn(book: Book) -> None:
    book.contact("Anna")
    eve, mallory = book.person("Eve"), book.person("Mallory", language="en")
    book.run(colleagues.ask_in, eve, book.organisation("Anna GmbH").id, "Eve Ernst", NOW)
    with pytest.raises(ColleagueIsGone):
        book.acts(colleagues.withdraw, mallory, id_of(book.all(ColleagueRequest)[0]))


async def test_who_asks_again_after_a_decline_begins_with_the_old_answers(post: Post, book: Book) -> None:
    eve, office = book.person("Eve", language="en"), book.staff()
    book.declines(office, book.asks_to_join(eve, "Ernst GmbH"))
    assert "last request is filled in" in await Chat(post, eve).commands("/join")
    answers = book.all(Form)[0].answers
    assert (answers["organisation"], answers["email"]) == ("Ernst GmbH", "a@firma.de")
    assert "consent" not in answers


async def test_own_request_says_what_was_sent_and_is_corrected_there(post: Post, book: Book) -> None:
    book.staff()
    eve = book.person("Eve", language="en")
    request_id = id_of(book.asks_to_join(eve, "Ernst GmbH"))
    chat = Chat(post, eve)
    shown = await chat.taps(Go("my_request"))
    assert "Sent:" in shown
    assert "The office answers by" in shown
    assert "a@firma.de" in shown
    await chat.taps(StartForm("fix_request", request_id))
    await chat.taps(ChangeAnswer("fix_request", "email", request_id))
    await chat.says("neu@firma.de")
    assert "neu@firma.de" in await chat.taps(TakeStep("fix_request", "summary", Step.SUBMIT, request_id))
    request = book.all(JoinRequest)[0]
    assert (request.email, request.state) == ("neu@firma.de", RequestState.RECEIVED)
    assert len(book.told(JoiningNotice.REQUEST_RECEIVED)) == 2
