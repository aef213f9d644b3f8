"""A word from the letter: for cautious offices, whoever opens a personal link says it first."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import col

from bot.imports import import_partners
from domain.basics.pact import Pact
from domain.basics.sheets import read
from domain.partners.contacts import MOST_WORDS
from handlers.chat.buttons import StartForm
from handlers.chat.texts import Texts
from handlers.fields import ROUTES
from handlers.partners import sheets
from handlers.partners.buttons import Deed, DoWithContact, TakeUpLink, TakeUpWithWord
from storage.engine.database import Database
from storage.engine.tables import Form, Person
from storage.partners import invites, register
from storage.partners.links import MadeLink
from storage.partners.tables import Invite, PartnerNotice
from tests.support.book import NOW, id_of
from tests.support.post import Chat, Post

CAUTIOUS = replace(Pact(), link_word=True)
FITS = "Connect you as contact"


@pytest.fixture
async def post(sqlite: Database) -> Post:
    post = Post(sqlite)
    post.house.pact = CAUTIOUS
    post.application.add_handlers(ROUTES.handlers())
    await post.application.bot.initialize()
    return post


@pytest.fixture
def link(post: Post) -> MadeLink:
    anna = post.book.contact("Anna Amsel", telegram_id=None)
    return post.book.acts(invites.invite_for, anna, has_word=True)


async def opens(post: Post, link: MadeLink, name: str) -> Chat:
    chat = Chat(post, post.book.person(name, language="en"))
    await chat.commands(f"/start {link.code}")
    assert "Which word came to you" in await chat.taps(TakeUpLink(link.code))
    return chat


def of_link(post: Post) -> Invite:
    (invite,) = post.book.all(Invite)
    return invite


def connected(post: Post) -> list[int | None]:
    return [row.telegram_id for row in post.book.all(Person) if row.organisation_id]


async def test_who_opens_a_link_says_its_word_and_is_then_connected(post: Post, link: MadeLink) -> None:
    chat = await opens(post, link, "Anna")
    assert "Attempts left: 4" in await chat.says("bana-nora")
    assert connected(post) == [None]
    assert FITS in await chat.says(f" {link.word.upper().replace('-', ' ')} ")
    assert connected(post) == [None]
    assert "Welcome, Anna Amsel!" in await chat.taps(TakeUpWithWord(of_link(post).id))
    assert connected(post) == [chat.telegram_id]
    assert of_link(post).word_hash is None
    assert "Welcome, Anna Amsel!" in await chat.taps(TakeUpWithWord(of_link(post).id))  # tapped twice


async def test_word_that_one_has_said_is_not_said_for_anybody_else(post: Post, link: MadeLink) -> None:
    anna, eve = await opens(post, link, "Anna"), await opens(post, link, "Eve")
    await anna.says(link.word)
    assert "used already" in await eve.taps(TakeUpWithWord(of_link(post).id))
    assert "Which word" in await eve.taps(TakeUpLink(link.code))
    assert connected(post) == [None]
    assert "Welcome" in await anna.taps(TakeUpLink(link.code))


async def test_wrong_words_of_all_people_together_end_a_link_and_the_office_hears_of_it(
    post: Post, link: MadeLink
) -> None:
    post.book.staff("Olga")
    eves = [await opens(post, link, f"Eve {n}") for n in range(MOST_WORDS + 1)]
    said = [await eve.says("bana-nora") for eve in eves[:MOST_WORDS]]
    assert [f"left: {MOST_WORDS - n}" in text for n, text in enumerate(said, 1)][:-1] == [True] * 4
    assert "wrong too often" in said[-1]
    assert post.book.told(PartnerNotice.LINK_LOCKED) == ["Olga"]
    assert "ask the office" in await eves[-1].says(link.word)
    assert "ask the office" in await eves[-1].taps(TakeUpLink(link.code))
    assert connected(post) == [None]


async def test_word_without_its_link_does_nothing_and_does_not_count(post: Post, link: MadeLink) -> None:
    eve = Chat(post, post.book.person("Eve", language="en"))
    await eve.commands("/start")
    await eve.taps(StartForm("link_word", of_link(post).id))
    for said in (link.word, "bana-nora"):
        await eve.says(said)
    assert (of_link(post).wrong_words, of_link(post).word_by_id) == (0, None)
    assert "used already" in await eve.taps(TakeUpWithWord(of_link(post).id))
    assert connected(post) == [None]


async def test_neither_word_nor_code_is_stored_nor_while_it_is_asked_for(post: Post, link: MadeLink) -> None:
    anna = await opens(post, link, "Anna")
    everything = str(post.book.everything())
    assert post.book.all(Form)[0].name == "link_word"
    assert not [
        secret for secret in (link.code, link.word, link.word.replace("-", "")) if secret in everything
    ]
    await anna.says(link.word)
    assert post.book.all(Form) == []


async def test_every_way_of_making_a_link_in_the_chat_makes_a_word(post: Post) -> None:
    anna = post.book.contact("Anna", is_main_contact=True, language="en")
    ben = post.book.contact("Ben", telegram_id=None)
    chat, office = Chat(post, anna), Chat(post, post.book.staff(language="en"))
    await chat.taps(StartForm("colleague", 0))
    made = [await chat.says("Cem Can"), await office.taps(DoWithContact(id_of(ben), Deed.RENEW, 1))]
    shown = [re.search(r"Word to the link: <b>[a-z]{4}-[a-z]{4}</b>", text) for text in made]
    assert None not in shown
    links = post.book.acts(register.open_links, post.book.staff(), has_word=True)
    assert all(re.fullmatch("[a-z]{4}-[a-z]{4}", one.word) for one in links)
    t = Texts("en", Pact().timezone)
    file = sheets.write_links(links, str, t, lambda _language: t)
    assert read(file.content).rows[0].cells[-1] == links[0].word
    assert all(row.word_hash for row in post.book.all(Invite, col(Invite.id)))


def test_words_stand_in_a_column_of_their_own_beside_the_links(sqlite: Database, tmp_path: Path) -> None:
    file = tmp_path / "partners.csv"
    file.write_text("name,kind,category,joined_on,contact_name\nA GmbH,partner,company,2023-05-04,Anna")
    import_partners(sqlite, file, CAUTIOUS, lambda code: f"https://t.me/bot?start={code}", NOW)
    header, row = (tmp_path / "invites.csv").read_text(encoding="utf-8-sig").splitlines()
    assert header == "organisation;contact_name;contact_email;salutation;link;word"
    assert re.search(r"start=\S{16};[a-z]{4}-[a-z]{4}$", row)
