"""The groups as rows: one of each, where Telegram moves them, and what the office hears when one is lost."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, update

from domain.basics.refusals import OnlyForStaff
from domain.joining.requests import RequestState
from domain.team_chats.chats import Lack, MemberState, Purpose, WishState
from domain.team_chats.refusals import DecidedAlready, GroupIsTaken, PurposeIsTaken
from domain.workshop.acts import Phase
from storage.engine import outbox
from storage.engine.database import Database
from storage.engine.tables import Notice, Outcome, Person, ShownCard
from storage.ideas import board, support
from storage.ideas.board import NewIdea
from storage.ideas.tables import Idea
from storage.joining import cases
from storage.office import digest, inquiries
from storage.partners.tables import Organisation
from storage.programme.tables import ProgrammeRelease, ProgrammeYear
from storage.team_chats import case_topics, chats, deeds, joins, members, posts
from storage.team_chats.deeds import DeedKind
from storage.team_chats.posts import ToSend
from storage.team_chats.tables import JoinWish, PostKind, TeamChat, TeamChatNotice, TeamMember, TeamPost
from storage.workshop import office as workshops
from tests.support.book import NOW, Book

DAY = timedelta(days=1)


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def set_up(book: Book, office: Person, purpose: Purpose, chat_id: int, *, instead: bool = False) -> TeamChat:
    return book.acts(chats.set_up, office, purpose, chat_id, f"Gruppe {chat_id}", instead=instead)


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
        found = book.run(digest.gather, office, NOW + DAY, since=since)
        assert len(found.groups) == told
    book.run(chats.note_standing, -1, [], NOW)
    assert book.run(chats.of, Purpose.OFFICE)


def test_contact_is_let_in_and_whoever_becomes_one_later(book: Book) -> None:
    office, anna, eve = book.staff(), book.contact("Anna"), book.person("Eve")
    set_up(book, office, Purpose.PARTNERS, -2)
    for person in (anna, eve):
        assert person.telegram_id
        book.acts(joins.ask, person, -2, person.telegram_id)
    told = [notice.kind for notice in book.all(Notice)]
    assert told == [TeamChatNotice.JOIN_ASKED]  # about Eve alone
    (deed,) = book.run(deeds.to_do, NOW)
    assert (deed.kind, deed.telegram_id) == (DeedKind.LET_IN, anna.telegram_id)
    book.run(deeds.done, deed, NOW, is_inside=True)
    assert tags(book) == ["Anna GmbH"]
    book.add(eve.sqlmodel_update({"organisation_id": anna.organisation_id}))
    (deed,) = book.run(deeds.to_do, NOW)
    assert deed.telegram_id == eve.telegram_id
    with pytest.raises(DecidedAlready):
        book.acts(joins.decide, office, deed.row_id, yes=False)
    assert {wish.state for wish in book.all(JoinWish)} == {WishState.ADMITTED}


def test_who_is_refused_is_told_while_the_bot_may_else_the_office_hears_that_it_must(
    book: Book,
) -> None:
    office, eve, tom = book.staff(), book.person("Eve"), book.person("Tom")
    set_up(book, office, Purpose.PARTNERS, -2)
    for person in (eve, tom):
        wish = book.acts(joins.ask, person, -2, person.telegram_id or 0)
        assert wish
        book.acts(joins.decide, office, wish.id, yes=False)
    assert book.run(deeds.to_do, NOW) == []  # told first: once Telegram knows, the bot may not write
    of_eve, of_tom = (one for one in book.all(Notice) if one.kind == TeamChatNotice.JOIN_DECIDED)
    book.run(outbox.finish, of_eve.id, Outcome.SENT, NOW)
    book.run(outbox.finish, of_tom.id, Outcome.UNREACHABLE, NOW)
    book.add(tom.sqlmodel_update({"unreachable_since": NOW}))
    for deed in book.run(deeds.to_do, NOW):
        book.run(deeds.done, deed, NOW)
    assert {one.person_id: one.cannot_be_asked for one in book.all(JoinWish)} == {eve.id: False, tom.id: True}


def test_refusal_does_not_wait_for_ever_to_be_told(book: Book) -> None:
    office, eve = book.staff(), book.person("Eve")
    set_up(book, office, Purpose.PARTNERS, -2)
    wish = book.acts(joins.ask, eve, -2, eve.telegram_id or 0)
    assert wish
    book.acts(joins.decide, office, wish.id, yes=False)
    assert [deed.kind for deed in book.run(deeds.to_do, NOW + timedelta(minutes=6))] == [DeedKind.REFUSE]


def tags(book: Book) -> list[str]:
    """What is put beside names now."""
    found = [deed for deed in book.run(deeds.to_do, NOW) if deed.kind is DeedKind.TAG]
    for deed in found:
        book.run(deeds.done, deed, NOW)
    return [deed.organisation for deed in found]


def test_name_beside_a_member_follows_the_organisation_and_waits_for_the_right_to_it(book: Book) -> None:
    office, anna, ben = book.staff(), book.contact("Anna"), book.contact("Ben")
    set_up(book, office, Purpose.PARTNERS, -2)
    book.acts(members.note, anna, -2, anna.telegram_id or 0, is_inside=True)
    assert [tags(book), tags(book)] == [["Anna GmbH"], []]
    (organisation,) = (one for one in book.all(Organisation) if one.id == anna.organisation_id)
    book.add(organisation.sqlmodel_update({"name": "Anna AG"}))
    book.run(chats.note_standing, -2, [Lack.TAG], NOW)
    assert tags(book) == []
    book.run(chats.note_standing, -2, [], NOW)
    assert tags(book) == ["Anna AG"]
    book.add(anna.sqlmodel_update({"organisation_id": ben.organisation_id}))
    assert tags(book) == ["Ben GmbH"]
    book.add(anna.sqlmodel_update({"organisation_id": None}))
    assert [tags(book), tags(book)] == [[""], []]


def test_who_hands_over_is_asked_about_once_and_taken_out_after_the_yes(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    set_up(book, office, Purpose.PARTNERS, -2)
    assert anna.telegram_id
    book.acts(joins.ask, anna, -2, anna.telegram_id)
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
    thread = book.at(later).acts(inquiries.ask, eve, None, "Wann?")
    for _ in range(2):
        found = [
            one for one in book.run(posts.to_send, book.pact, later) if one.post.kind is PostKind.INQUIRY
        ]
        assert len(found) == 1
    book.run(posts.note_sent, found[0], 7, later)
    book.at(later).acts(inquiries.answer, office, thread.inquiry.id, "Bald.")
    book.at(later + DAY).acts(inquiries.ask, eve, thread.inquiry.id, "Wie bald?")
    book.run(posts.to_send, book.pact, later + DAY)
    rows = [post for post in book.all(TeamPost, col(TeamPost.id)) if post.kind is PostKind.INQUIRY]
    assert [(post.message_id, post.sent_at) for post in rows] == [(None, None)]


def test_open_cards_of_a_topic_that_was_deleted_are_written_anew(book: Book) -> None:
    office, eve, ben = book.staff(), book.person("Eve"), book.person("Ben")
    chat = set_up(book, office, Purpose.OFFICE, -1)
    book.add(chat.sqlmodel_update({"has_topics": True, "topics": {"questions": 5, "ideas": 6}}))
    later = NOW + timedelta(minutes=1)
    threads = [book.at(later).acts(inquiries.ask, person, None, "Wann?") for person in (eve, ben)]
    assert len(sent(book, later)) == 2
    book.at(later).acts(inquiries.answer, office, threads[1].inquiry.id, "Bald.")
    for name in ("ideas", "questions"):
        book.run(posts.lose_topic, -1, name)
    (again,) = book.run(posts.to_send, book.pact, later)
    assert (again.post.subject_id, again.topic, again.topic_name) == (threads[0].inquiry.id, 0, "questions")


def sent(book: Book, now: datetime) -> list[ToSend]:
    """What is written in this round, each as a message of its own."""
    found = book.run(posts.to_send, book.pact, now)
    for one in found:
        book.run(posts.note_sent, one, one.post.id, now)
    return found


def shows(book: Book, *kinds: PostKind) -> None:
    def switch(session: Session) -> None:
        chat = chats.of(session, Purpose.PARTNERS)
        assert chat
        for kind in kinds:
            posts.switch(session, chat, kind, NOW, shows=True)

    book.run(switch)


def behind(book: Book) -> list[str]:
    return sorted(card.view or "" for card in book.all(ShownCard) if card.version < (card.changes or 0))


def supported(book: Book, idea: Idea, *names: str) -> None:
    for name in names:
        book.acts(support.give, book.contact(name), idea.id)


def idea_of(book: Book, words: str) -> Idea:
    new = NewIdea(book.pact.idea_topics[0], words)
    return book.acts(board.hand_in, book.contact(f"Author of {words}"), new)


def test_idea_appears_when_it_has_gathered_support_and_follows_it(book: Book) -> None:
    office = book.staff()
    set_up(book, office, Purpose.PARTNERS, -2)
    old, new = idea_of(book, "Solardach für alle"), idea_of(book, "Lastenräder zum Ausleihen")
    supported(book, old, "A", "B", "C")
    shows(book, PostKind.SHARED_IDEA)
    supported(book, new, "D", "E")
    assert sent(book, NOW) == []  # one was there before, the other has two
    supported(book, new, "F")
    (card,) = sent(book, NOW)
    assert card.showing
    assert card.showing.idea
    assert (card.showing.idea.idea.id, card.showing.idea.voices.organisations) == (new.id, 3)
    book.run(put_all_right)
    supported(book, new, "G")
    assert behind(book) == ["idea"]


def put_all_right(session: Session) -> None:
    session.exec(update(ShownCard).values(version=ShownCard.changes))


def test_programme_and_results_of_a_workshop_appear_once(book: Book) -> None:
    office = book.staff()
    set_up(book, office, Purpose.PARTNERS, -2)
    shows(book, PostKind.PROGRAMME, PostKind.WORKSHOP)
    book.add(ProgrammeYear(year=2027, calendar_key="key"))
    for number in (1, 2):
        release = ProgrammeRelease(
            year=2027, number=number, entries=[], released_by_id=office.id, released_at=NOW
        )
        book.add(release)
        kinds = [one.post.kind for one in sent(book, NOW)]
        assert kinds == ([PostKind.PROGRAMME] if number == 1 else [])
    room = book.acts(workshops.begin_round, office, "Was fehlt?", ["Wünsche"])
    assert sent(book, NOW) == []
    book.acts(workshops.go_to, office, room.workshop.id, Phase.CLOSED)
    (card,) = sent(book, NOW)
    assert card.showing
    assert card.showing.room
    assert sent(book, NOW) == []


def test_calls_to_make_are_cards_until_they_are_made(book: Book) -> None:
    office, anna, ben = book.staff(), book.contact("Anna"), book.contact("Ben")
    set_up(book, office, Purpose.OFFICE, -1)
    full = book.event(NOW + 30 * DAY, capacity=1)
    for person in (anna, ben):
        book.answers(person, full, 1, NOW)
    book.add(ben.sqlmodel_update({"unreachable_since": NOW}))
    book.gives_back(anna, full, 0, NOW)
    later = NOW + timedelta(minutes=2)
    book.offers_end(later)
    calls = [one for one in sent(book, later) if one.post.kind is PostKind.CALL]
    assert [(one.card.who, one.card.matter) for one in calls if one.card] == [("Ben", full.title)]
    book.answers(ben, full, 1, later)
    sent(book, later + timedelta(minutes=1))
    (post,) = (post for post in book.all(TeamPost) if post.kind is PostKind.CALL)
    assert post.settled_at
    assert "call" in behind(book)


def test_who_comes_in_by_another_way_is_known_and_who_goes_is_forgotten(book: Book) -> None:
    office, anna, eve = book.staff(), book.contact("Anna"), book.person("Eve")
    set_up(book, office, Purpose.PARTNERS, -2)
    for person in (anna, eve):
        book.acts(members.note, office, -2, person.telegram_id or 0, is_inside=True)
    assert [member.telegram_id for member in book.all(TeamMember)] == [anna.telegram_id]
    book.acts(members.note, anna, -2, anna.telegram_id or 0, is_inside=False)
    assert book.all(TeamMember) == []


def test_topic_of_a_case_says_how_it_stands_and_is_made_again_when_it_is_lost(book: Book) -> None:
    office = book.staff()
    chat = set_up(book, office, Purpose.OFFICE, -1)
    book.add(chat.sqlmodel_update({"has_topics": True, "case_topics": True}))
    later = NOW + timedelta(minutes=1)
    request = book.asks_to_join(book.person("Eve"), "Fahrrad Eve")
    book.add(request.sqlmodel_update({"received_at": later}))
    (card,) = (one for one in book.run(posts.to_send, book.pact, later) if one.request)
    card = book.run(posts.note_topic, card, 9)
    book.run(posts.note_sent, card, 1, later)
    assert book.run(case_topics.behind) == []
    book.run(case_topics.look_again)
    assert [topic.topic for topic in book.run(case_topics.behind)] == [9]
    book.declines(office, request)
    (topic,) = book.run(case_topics.behind)
    assert (topic.topic, topic.is_over) == (9, True)
    book.run(case_topics.note, topic)
    book.run(case_topics.look_again)
    assert book.run(case_topics.behind) == []
    book.at(later).acts(cases.step, office, request.id, RequestState.RECEIVED)
    (topic,) = book.run(case_topics.behind)
    book.run(case_topics.lose, topic)
    (again,) = (one for one in book.run(posts.to_send, book.pact, later) if one.request)
    assert (again.topic, again.has_own_topic) == (0, True)
