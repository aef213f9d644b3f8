"""What anybody can do in a group: every button and command by each role, and a flood of talk."""

from enum import StrEnum
from functools import partial
from typing import Any

import msgspec
import pytest

from bot.admission import Door
from domain.basics.access import OfficeRole
from domain.team_chats.chats import Purpose
from handlers.chat.buttons import Payload
from handlers.events.buttons import AnswerPublicly
from handlers.fields import COMMANDS, ROUTES
from handlers.ideas.buttons import BecomeIdea
from handlers.team_chats.buttons import SetUpChat
from handlers.team_chats.screens.joining import render_wish
from storage.engine.database import Database
from storage.engine.tables import Form, Inbox, InboxState, Person
from storage.office import inquiries
from storage.team_chats import chats, joins, posts
from storage.team_chats.tables import JoinWish, PostKind, TeamChat, TeamMember, TeamPost, TeamReply
from tests.support.book import NOW
from tests.support.post import Chat, Post, message, tap
from tests.support.telegram import ME

GROUP: dict[str, Any] = {"id": -5, "type": "supergroup", "title": "Büro"}
PARTNERS: dict[str, Any] = {"id": -6, "type": "supergroup", "title": "Pakt"}
ROLES = ("staff", "contact", "stranger")
CARD = 77  # the message that is a card
LEFT_OUT = {"inbox", "person"}  # an update, and who acts, are noted


class Group:
    """The office's group with a card in it, or the partners' one beside it, and one of each role."""

    def __init__(self, sqlite: Database, here: dict[str, Any] = GROUP) -> None:
        self.here = here
        self.post = Post(sqlite)
        self.post.application.add_handlers(ROUTES.handlers())
        self.post.telegram.answers |= {
            "getChat": lambda _: (200, {"ok": True, "result": {**here, "accent_color_id": 0} | FULL}),
            "getChatMember": lambda _: (200, {"ok": True, "result": {"status": "member", "user": ME}}),
        }
        book = self.book = self.post.book
        self.people = {
            "staff": book.staff(),
            "contact": book.contact("Anna"),
            "stranger": book.person("Eve"),
        }
        for purpose, chat in ((Purpose.OFFICE, GROUP), (Purpose.PARTNERS, PARTNERS)):
            if chat in (GROUP, here):
                book.acts(chats.set_up, self.people["staff"], purpose, chat["id"], chat["title"])
        book.at(NOW.replace(hour=10)).acts(inquiries.ask, self.people["stranger"], None, "Wann?")
        (card,) = (
            one for one in book.run(posts.to_send, book.pact, NOW) if one.post.kind is PostKind.INQUIRY
        )
        book.run(posts.note_sent, card, CARD, NOW)

    def telegram_id(self, role: str) -> int:
        return self.people[role].telegram_id or 0

    async def tapped(self, role: str, payload: Payload, said: dict[str, Any] | None = None) -> str:
        """The answer to the tap, on a message that answers what somebody said."""
        update = tap(next(self.post.numbers), self.telegram_id(role), payload)
        update["callback_query"]["message"] |= {
            "chat": self.here,
            **({"date": 1, "reply_to_message": said} if said else {}),
        }
        self.post.receiver._door = Door()  # nobody taps so fast
        await self.post.takes_in(update)
        await self.post.all_done()
        answers = [given for name, given in self.post.telegram.calls if name == "answerCallbackQuery"]
        return str(answers[-1].get("text", ""))

    async def said(self, role: str, *texts: str, **parts: Any) -> None:
        numbers = [next(self.post.numbers) for _ in texts]
        writer = self.telegram_id(role)
        await self.post.takes_in(
            *(
                message(n, writer, text, chat=self.here, **parts)
                for n, text in zip(numbers, texts, strict=True)
            )
        )
        await self.post.all_done()

    def rows(self) -> dict[str, list[Any]]:
        return {name: rows for name, rows in self.book.everything().items() if name not in LEFT_OUT}

    def parked(self) -> list[str]:
        return [row.error for row in self.book.all(Inbox) if row.state is InboxState.PARKED]


FULL = {
    "max_reaction_count": 1,
    "accepted_gift_types": dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    ),
}


@pytest.fixture
async def group(sqlite: Database) -> Group:
    found = Group(sqlite)
    await found.post.application.bot.initialize()
    return found


@pytest.fixture(params=(GROUP, PARTNERS), ids=("office", "partners"))
async def any_group(sqlite: Database, request: pytest.FixtureRequest) -> Group:
    found = Group(sqlite, request.param)
    await found.post.application.bot.initialize()
    return found


def made_up(kind: type[Payload]) -> Payload:
    """A button of this kind as a changed client would send it."""
    values: list[Any] = []
    for field in msgspec.structs.fields(kind):
        is_enum = isinstance(field.type, type) and issubclass(field.type, StrEnum)
        values.append(next(iter(field.type)) if is_enum else "office" if field.type is str else 1)
    return kind(*values)


@pytest.mark.parametrize("role", ROLES)
async def test_no_button_does_anything_in_a_group_but_those_for_all(any_group: Group, role: str) -> None:
    for_all = {kind for kind in ROUTES.acts if kind in ROUTES._for_all}
    before = any_group.rows()
    for kind in ROUTES.acts.keys() - for_all:
        assert "gilt nicht mehr" in await any_group.tapped(role, made_up(kind)), kind
    assert any_group.rows() == before
    assert any_group.parked() == []


@pytest.mark.parametrize("role", ROLES[1:])
async def test_buttons_for_all_do_nothing_for_who_is_not_of_the_office(any_group: Group, role: str) -> None:
    before = any_group.rows()
    for kind in ROUTES._for_all - {AnswerPublicly, BecomeIdea}:
        assert "Das kann nur die Geschäftsstelle" in await any_group.tapped(role, made_up(kind)), kind
    assert any_group.rows() == before
    assert any_group.parked() == []


@pytest.mark.parametrize("role", ROLES)
async def test_every_command_is_answered_in_a_group_and_changes_nothing_but_for_staff(
    any_group: Group, role: str
) -> None:
    before = any_group.rows()
    for command in COMMANDS:
        for name in command.names:
            entity = {"type": "bot_command", "offset": 0, "length": len(name) + 1}
            await any_group.said(role, f"/{name}", entities=[entity])
    assert any_group.parked() == []
    assert len(any_group.post.telegram.sent(any_group.here["id"])) >= len(COMMANDS)
    if role != "staff":
        assert any_group.rows() == before


@pytest.mark.parametrize(("role", "are_set_up"), [("staff", 1), ("reader", 0), ("contact", 0)])
@pytest.mark.parametrize("words", ["/start partners", "/partnersgroup"])
async def test_who_adds_the_bot_by_the_guides_button_has_set_the_group_up(
    group: Group, words: str, role: str, are_set_up: int
) -> None:
    """Telegram writes `/start partners` there in their name."""
    group.people["reader"] = group.book.person("Lena", office_role=OfficeRole.READER)
    group.here = {"id": -9, "type": "supergroup", "title": "Neu"}
    entity = {"type": "bot_command", "offset": 0, "length": len(words.partition(" ")[0])}
    await group.said(role, words, entities=[entity])
    assert [one.chat_id for one in group.book.all(TeamChat)].count(-9) == are_set_up
    assert group.parked() == []


async def test_of_a_flood_of_talk_nothing_is_stored(group: Group) -> None:
    secret = "Geheimsache"
    of_bot = {"message_id": 3, "date": 1, "chat": GROUP, "from": ME, "text": "x"}
    for role in ROLES:
        await group.said(role, *(f"{secret} {number}" for number in range(1000)))
        await group.said(role, secret, reply_to_message=of_bot)
    for role in ROLES[1:]:
        await group.said(role, secret, reply_to_message={**of_bot, "message_id": CARD})
    await group.said("staff", secret, reply_to_message={**of_bot, "message_id": CARD}, sender_chat=GROUP)
    assert secret not in str(group.book.everything())
    assert group.post.telegram.sent(GROUP["id"]) == []
    await group.said("staff", secret, reply_to_message={**of_bot, "message_id": CARD})
    assert [reply.text for reply in group.book.all(TeamReply)] == [secret]  # until it is sent or dropped
    assert len(group.book.all(Person)) == len(ROLES)


async def test_reply_of_staff_to_a_card_that_nobody_outside_waits_behind_is_talk(group: Group) -> None:
    card = group.book.all(TeamPost)[0]
    card.kind = PostKind.EVENT
    group.book.add(card)
    await group.said(
        "staff", "Wer geht hin?", reply_to_message={**what(1, "x"), "from": ME, "message_id": CARD}
    )
    assert group.post.telegram.sent(GROUP["id"]) == []
    assert group.book.all(TeamReply) == []


def what(author: int, text: str, **parts: Any) -> dict[str, Any]:
    """A message of the group, as it stands in an answer to it."""
    by = {"id": author, "is_bot": False, "first_name": "Anna"}
    return {"message_id": 3, "date": 1, "chat": GROUP, "from": by, "text": text, **parts}


async def test_author_alone_makes_an_idea_of_what_they_said_in_a_group(group: Group) -> None:
    anna, words = group.telegram_id("contact"), "Solardächer gemeinsam einkaufen"
    command = [{"type": "bot_command", "offset": 0, "length": 5}]
    await group.said("staff", "/idee", entities=command, reply_to_message=what(anna, words))
    (offer,) = (given for name, given in group.post.telegram.calls if name == "sendMessage")
    assert offer["reply_parameters"]["message_id"] == 3
    assert group.book.all(Form) == []
    said = what(anna, words)
    assert "Nur wer das geschrieben hat" in await group.tapped("stranger", BecomeIdea(), said)
    channel = what(anna, words, sender_chat={"id": -9, "type": "channel", "title": "Kanal"})
    assert "gilt nicht mehr" in await group.tapped("contact", BecomeIdea(), channel)
    assert group.book.all(Form) == []
    await group.tapped("contact", BecomeIdea(), said)
    (form,) = group.book.all(Form)
    assert (form.name, form.answers["text"]) == ("idea", words)
    assert group.post.telegram.sent(anna)
    assert words not in str(group.post.telegram.sent(GROUP["id"]))


@pytest.mark.parametrize(
    ("line", "goes"), [({"new_chat_members": [ME]}, True), ({"left_chat_member": ME}, True), ({}, False)]
)
async def test_lines_about_who_came_and_went_are_cleared_away(
    group: Group, line: dict[str, Any], *, goes: bool
) -> None:
    group.post.telegram.answers["deleteMessage"] = lambda _: (200, {"ok": True, "result": True})
    await group.said("stranger", "", **line)
    deleted = [given["message_id"] for name, given in group.post.telegram.calls if name == "deleteMessage"]
    assert bool(deleted) is goes
    assert group.parked() == []


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
AS_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}  # forwards what a linked channel writes
CHANNEL = {"id": -9, "type": "channel", "title": "Kanal"}


@pytest.mark.parametrize("any_group", [PARTNERS], ids=["partners"], indirect=True)
@pytest.mark.parametrize(
    ("writer", "parts"),
    [
        (ANONYMOUS, {"sender_chat": GROUP}),
        (AS_CHANNEL, {"sender_chat": CHANNEL}),
        (TELEGRAM, {"sender_chat": CHANNEL, "is_automatic_forward": True}),
    ],
)
async def test_who_writes_as_a_group_or_channel_becomes_no_person_and_sets_up_nothing(
    any_group: Group, writer: dict[str, Any], parts: dict[str, Any]
) -> None:
    before = any_group.rows()
    people = len(any_group.book.all(Person))
    for command in COMMANDS:
        name = f"/{command.names[0]}"
        entity = {"type": "bot_command", "offset": 0, "length": len(name)}
        replied = what(any_group.telegram_id("contact"), "Solardächer", **parts, **{"from": writer})
        for said in ({}, {"reply_to_message": replied}):
            await any_group.said("stranger", name, entities=[entity], **parts, **{"from": writer}, **said)
    assert len(any_group.book.all(Person)) == people
    assert any_group.rows() == before
    assert any_group.parked() == []


async def test_office_reads_who_the_bot_may_not_ask_of_which_organisation_they_are(group: Group) -> None:
    book, eve = group.book, group.people["stranger"]
    olga = group.people["staff"]
    book.acts(chats.set_up, olga, Purpose.PARTNERS, PARTNERS["id"], "Pakt")
    refusal = {"ok": False, "error_code": 403, "description": "Forbidden: bot can't initiate conversation"}
    for answer in ((403, refusal), (200, {"ok": True, "result": SENT})):
        group.post.telegram.answers["sendMessage"] = partial(answered, answer)
        user = {"id": eve.telegram_id, "is_bot": False, "first_name": "Eve"}
        asked = {"chat": PARTNERS, "from": user, "user_chat_id": eve.telegram_id, "date": 1}
        await group.post.takes_in({"update_id": next(group.post.numbers), "chat_join_request": asked})
        await group.post.all_done()
        (wish,) = book.all(JoinWish)
        text = render_wish(book.acts(joins.show, olga, wish.id), group.post.house.texts("de")).text
        assert ("darf ihnen nicht schreiben" in text) is (answer[0] == 403)
    assert group.parked() == []


async def test_link_in_the_private_question_works_when_the_five_minutes_are_over(group: Group) -> None:
    book, eve, olga = group.book, group.people["stranger"], group.people["staff"]
    book.acts(chats.set_up, olga, Purpose.PARTNERS, PARTNERS["id"], "Pakt")
    wish = book.acts(joins.ask, eve, PARTNERS["id"], eve.telegram_id or 0)
    assert wish
    assert "Wie heißt Ihre Organisation?" in await Chat(group.post, eve).commands(f"/start j-{wish.id}")
    book.acts(joins.decide, olga, wish.id, yes=False)
    assert "nicht in die Gruppe" in await Chat(group.post, eve).commands(f"/start j-{wish.id}")


def answered(answer: tuple[int, dict[str, Any]], _given: object) -> tuple[int, dict[str, Any]]:
    return answer


SENT = {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}


async def test_whoever_goes_from_the_partners_group_is_forgotten(group: Group) -> None:
    book, anna = group.book, group.people["contact"]
    book.acts(chats.set_up, group.people["staff"], Purpose.PARTNERS, PARTNERS["id"], "Pakt")
    user = {"id": anna.telegram_id, "is_bot": False, "first_name": "Anna"}
    for before, after, known in (("left", "member", 1), ("member", "left", 0)):
        change = {
            "chat": PARTNERS,
            "from": user,
            "date": 1,
            "old_chat_member": {"status": before, "user": user},
            "new_chat_member": {"status": after, "user": user},
        }
        await group.post.takes_in({"update_id": next(group.post.numbers), "chat_member": change})
        await group.post.all_done()
        assert len(book.all(TeamMember)) == known


@pytest.mark.parametrize("kind", PostKind)
@pytest.mark.parametrize("role", ROLES[1:])
async def test_link_of_a_card_opens_nothing_for_who_is_not_of_the_office(
    group: Group, role: str, kind: PostKind
) -> None:
    (post,) = group.book.all(TeamPost)
    post.kind = kind
    group.book.add(post)
    said = await Chat(group.post, group.people[role]).commands(f"/start g-{post.id}")
    assert "Das kann nur die Geschäftsstelle" in said


async def test_chat_of_one_person_is_made_no_group(group: Group) -> None:
    await Chat(group.post, group.people["staff"]).taps(SetUpChat(Purpose.OFFICE, 1))
    assert [chat.chat_id for chat in group.book.all(TeamChat)] == [GROUP["id"]]


@pytest.mark.parametrize("lacks", ["chat", "user"])
async def test_change_that_does_not_say_where_or_of_whom_is_put_aside(group: Group, lacks: str) -> None:
    who = {"id": 7, "is_bot": False, "first_name": "Eve"}
    change = {"chat": GROUP, "from": who, "date": 1, "old_chat_member": {"status": "left", "user": who}}
    change |= {
        "new_chat_member": {"status": "member"} if lacks == "user" else {"status": "left", "user": who}
    }
    change.pop(lacks, None)
    number = next(group.post.numbers)
    await group.post.takes_in({"update_id": number, "chat_member": change})
    await group.post.all_done()
    assert [row.error for row in group.book.all(Inbox) if row.update_id == number] == [""]
