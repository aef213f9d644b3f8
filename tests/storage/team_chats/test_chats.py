"""The groups as rows: one of each, where Telegram moves them, and what the office hears when one is lost."""

from datetime import timedelta

import pytest
from sqlmodel import col

from domain.basics.refusals import OnlyForStaff
from domain.team_chats.chats import Lack, MemberState, Purpose, WishState
from domain.team_chats.refusals import DecidedAlready, GroupIsTaken, PurposeIsTaken
from storage.engine.database import Database
from storage.engine.tables import Notice, Person
from storage.office import digest, inquiries
from storage.team_chats import chats, deeds, joins, members, posts
from storage.team_chats.deeds import DeedKind
from storage.team_chats.tables import JoinWish, PostKind, TeamChat, TeamChatNotice, TeamMember, TeamPost
from tests.support.book import NOW, Book

DAY = timedelta(days=1)


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def set_up(book: Book, office: Person, purpose: Purpose, chat_id: int, *, instead: bool = False) -> TeamChat:
    return book.acts(chats.set_up, office, purpose, chat_id, f"Gruppe {chat_id}", NOW, instead=instead)


def test_there_is_one_group_of_each_and_only_the_office_says_which(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    with pytest.raises(OnlyForStaff):
        set_up(book, anna, Purpose.OFFICE, -1)
    set_up(book, office, Purpose.OFFICE, -1)
    with pytest.raises(GroupIsTaken):
        set_up(book, office, Purpose.PARTNERS, -1)
    with pytest.raises(PurposeIsTaken):
        set_up(book, office, Purpose.OFFICE, -2)
    set_up(book, office, Purpose.OFFICE, -2, instead=True)
    book.run(chats.leave, -2, NOW)
    set_up(book, office, Purpose.OFFICE, -3)  # the other one is lost anyway
    assert [chat.chat_id for chat in book.all(TeamChat)] == [-3]


@pytest.mark.parametrize("times", [1, 2])
def test_group_that_becomes_a_supergroup_stays_what_it_was(book: Book, times: int) -> None:
    set_up(book, book.staff(), Purpose.PARTNERS, -1)
    for _ in range(times):  # both groups tell of it
        book.run(chats.move, -1, -100)
    assert [chat.chat_id for chat in book.all(TeamChat)] == [-100]


def test_digest_says_once_that_the_bot_was_taken_out_or_lost_a_right(book: Book) -> None:
    office = book.staff()
    for purpose, chat_id in ((Purpose.OFFICE, -1), (Purpose.PARTNERS, -2)):
        set_up(book, office, purpose, chat_id)
    book.run(chats.leave, -1, NOW)
    book.run(chats.note_standing, -2, [Lack.INVITE], NOW)
    for since, told in ((NOW - DAY, 2), (NOW, 0)):
        found = book.acts(digest.gather, office, NOW + DAY, since=since)
        assert len(found.groups) == told
    book.run(chats.note_standing, -1, [], NOW)
    assert book.run(chats.of, Purpose.OFFICE)


def test_contact_is_let_in_and_whoever_becomes_one_later(book: Book) -> None:
    office, anna, eve = book.staff(), book.contact("Anna"), book.person("Eve")
    set_up(book, office, Purpose.PARTNERS, -2)
    for person in (anna, eve):
        assert person.telegram_id
        book.acts(joins.ask, person, -2, person.telegram_id, NOW)
    told = [notice.kind for notice in book.all(Notice)]
    assert told == [TeamChatNotice.JOIN_ASKED]  # about Eve alone
    (deed,) = book.run(deeds.to_do, NOW)
    assert (deed.kind, deed.telegram_id, deed.tag) == (DeedKind.LET_IN, anna.telegram_id, "Anna GmbH")
    book.run(deeds.done, deed, NOW, is_inside=True)
    book.add(eve.sqlmodel_update({"organisation_id": anna.organisation_id}))
    (deed,) = book.run(deeds.to_do, NOW)
    assert deed.telegram_id == eve.telegram_id
    with pytest.raises(DecidedAlready):
        book.acts(joins.decide, office, deed.row_id, NOW, yes=False)
    assert {wish.state for wish in book.all(JoinWish)} == {WishState.ADMITTED}


def test_who_hands_over_is_asked_about_once_and_taken_out_after_the_yes(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    set_up(book, office, Purpose.PARTNERS, -2)
    assert anna.telegram_id
    book.acts(joins.ask, anna, -2, anna.telegram_id, NOW)
    for deed in book.run(deeds.to_do, NOW):
        book.run(deeds.done, deed, NOW, is_inside=True)
    gone = {"organisation_id": None, "telegram_id": None}
    book.add(anna.sqlmodel_update(gone))
    for _ in range(2):
        assert book.run(deeds.to_do, NOW) == []
    assert [notice.kind for notice in book.all(Notice)] == [TeamChatNotice.LEFT_PACT]
    (member,) = book.all(TeamMember)
    assert member.state is MemberState.LEFT_PACT
    book.acts(members.decide, office, member.id, remove=True)
    (deed,) = book.run(deeds.to_do, NOW)
    assert deed.kind is DeedKind.REMOVE
    book.run(deeds.done, deed, NOW)
    assert book.all(TeamMember) == []


def test_question_is_a_card_once_and_again_when_it_is_asked_anew(book: Book) -> None:
    office, eve = book.staff(), book.person("Eve")
    set_up(book, office, Purpose.OFFICE, -1)
    later = NOW + timedelta(minutes=1)
    thread = book.run(inquiries.ask, eve, None, "Wann?", book.pact, later)
    for _ in range(2):
        found = [
            one for one in book.run(posts.to_send, book.pact, later) if one.post.kind is PostKind.INQUIRY
        ]
        assert len(found) == 1
    book.run(posts.note_sent, found[0], 7, later)
    book.run(inquiries.answer, office, thread.inquiry.id, "Bald.", book.pact, later)
    book.run(inquiries.ask, eve, thread.inquiry.id, "Wie bald?", book.pact, later + DAY)
    book.run(posts.to_send, book.pact, later + DAY)
    rows = [post for post in book.all(TeamPost, col(TeamPost.id)) if post.kind is PostKind.INQUIRY]
    assert [(post.message_id, post.sent_at) for post in rows] == [(None, None)]
