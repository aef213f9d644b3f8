"""Everything about mailings, drawn from texts that try to break it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.mailings.mailings import Answered, Delivery, Purpose, Reason, State
from domain.mailings.selections import OPTIONS, By, Selection
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowEvent
from handlers.mailings import files
from handlers.mailings.screens import choosing, mailing, receiving, words
from storage.engine.database import Database
from storage.ideas.board import Line
from storage.ideas.support import Voices
from storage.ideas.tables import Idea
from storage.mailings import selections
from storage.mailings.results import Chosen, Look, Row
from storage.mailings.tables import KeptSelection, Mailing, MailingRecipient
from tests.support.book import Book
from tests.support.screens import Draw, Sweep, german
from tests.support.world import LARGEST, LATE, NOW, World

FILE = File("mailing.xlsx", b"x")


def a_mailing(w: World, **columns: Any) -> Mailing:
    parts = [
        {"kind": "text", "text": w.fill(4096)},
        {"kind": "photo", "text": w.fill(1024), "file_id": "a"},
        {"kind": "document", "name": w.fill(200), "file_id": "b"},
        {"kind": "voice", "file_id": "c"},
    ]
    given = {
        "id": LARGEST,
        "author_id": 1,
        "content": parts * 2,
        "created_at": NOW,
        "begins_at": LATE,
        **columns,
    }
    return Mailing(**given)


def chosen(w: World) -> Chosen:
    options: dict[str, Any] = {by.value: list(options) for by, options in OPTIONS.items()}
    selection = Selection(topics=[w.fill(32)] * 4, event_id=1, ideas=[1, 2], **options)
    return Chosen(selection, w.fill(120), (w.fill(2000),) * 9)


def look(w: World, **given: Any) -> Look:
    full = Look(
        a_mailing(w),
        w.person(is_staff=True),
        w.fill(128),
        chosen(w),
        gets=99_999,
        without=9_999,
        stamp=2**28 - 1,
        approved_by=w.fill(128),
        states=dict.fromkeys(Delivery, 9_999),
        reasons=dict.fromkeys(Reason, 9_999),
        uncertain=(w.fill(128),) * 12,
        tapped=9_999,
        answers=9_999,
        recalled=9_999,
        not_recalled=9_999,
    )
    return replace(full, **given)


def looks(w: World) -> list[Look]:
    every = [look(w, mailing=a_mailing(w, state=state)) for state in State]
    interrupted = a_mailing(w, state=State.PAUSED, was_interrupted=True)
    return [
        *every,
        look(w, has_copy=True),
        look(w, has_copy=True, needs_second=True),
        look(w, mailing=a_mailing(w, note=w.fill(500), send_at=LATE, purpose=Purpose.NEWS)),
        look(w, gets=0, without=0, chosen=Chosen(Selection())),
        look(w, mailing=a_mailing(w, state=State.ASKED), may_approve=True),
        look(w, mailing=a_mailing(w, state=State.DONE), recallable_until=LATE),
        look(w, mailing=a_mailing(w, state=State.DONE), recallable_until=NOW, is_too_late=True),
        look(w, mailing=interrupted),
        look(w, chosen=Chosen(Selection(everybody=True))),
    ]


def rows(w: World) -> list[Row]:
    recipients = [
        MailingRecipient(mailing_id=1, person_id=1, state=Delivery.DELIVERED, tapped_at=NOW),
        MailingRecipient(mailing_id=1, person_id=1, state=Delivery.SKIPPED, reason=Reason.OBJECTED),
        MailingRecipient(
            mailing_id=1, person_id=1, sent_at=NOW, recalled_at=NOW + timedelta(hours=47, minutes=59)
        ),
        MailingRecipient(mailing_id=1, person_id=1, sent_at=NOW, recall_error="x"),
    ]
    return [Row(w.fill(128), w.fill(160), one) for one in recipients * 10]


def ideas(w: World) -> list[Line]:
    idea = Idea(id=LARGEST, person_id=1, topic="other", text=w.fill(2000), created_at=NOW, changed_at=NOW)
    return [Line(idea, w.fill(160), Voices(1, 1), 1)] * 5


def kept(w: World) -> list[KeptSelection]:
    return [KeptSelection(id=LARGEST, name=w.fill(80), selection={}, kept_by_id=1, kept_at=NOW)] * 20


SCREENS: dict[str, Draw] = {
    "render_mailings": lambda w: [
        mailing.render_mailings([a_mailing(w, state=state) for state in State], 0, w.t),
        mailing.render_mailings([], 0, w.t),
    ],
    "render_mailing": lambda w: [mailing.render_mailing(one, w.t) for one in looks(w)],
    "render_ask_drop": lambda w: [mailing.render_ask_drop(look(w), w.t)],
    "render_ask_resend": lambda w: [mailing.render_ask_resend(one, w.t) for one in looks(w)],
    "render_ask_recall": lambda w: [mailing.render_ask_recall(look(w), w.t)],
    "render_file": lambda w: [mailing.render_file(a_mailing(w), FILE, w.t)],
    "render_people": lambda w: [
        mailing.render_people(a_mailing(w), *files.entries((), rows(w), w.t), 1, w.t),
        mailing.render_people(a_mailing(w), [], 0, 0, w.t),
    ],
    "render_whom": lambda w: [choosing.render_whom(one, w.t) for one in looks(w)],
    "render_options": lambda w: [choosing.render_options(look(w), by, w.pact.idea_topics, w.t) for by in By],
    "render_events": lambda w: [
        choosing.render_events(a_mailing(w), [w.event()] * 20, 1, w.t),
        choosing.render_events(a_mailing(w), [], 0, w.t),
    ],
    "render_ideas": lambda w: [
        choosing.render_ideas(a_mailing(w), Selection(ideas=[LARGEST]), ideas(w), 1, 3, w.t),
        choosing.render_ideas(a_mailing(w), Selection(), [], 0, 1, w.t),
    ],
    "render_kept": lambda w: [
        choosing.render_kept(a_mailing(w), kept(w), 1, w.t),
        choosing.render_kept(a_mailing(w), [], 0, w.t),
    ],
    "render_why": lambda w: [
        receiving.render_why(a_mailing(w, purpose=purpose), w.pact, w.t) for purpose in Purpose
    ],
    "render_no_more": lambda w: [receiving.render_no_more(purpose, w.t) for purpose in Purpose],
    "render_wishes": lambda w: [
        receiving.render_wishes(dict.fromkeys(Purpose, wanted), w.pact, w.t) for wanted in (True, False)
    ],
    "render_answered": lambda w: [receiving.render_answered(LARGEST, w.t)],
    "render_answers": lambda w: [
        receiving.render_answers(
            a_mailing(w), [w.thread(is_office=False), w.thread(is_office=True)] * 9, 0, w.t
        )
    ],
    "render_asked": lambda w: [receiving.render_asked(a_mailing(w), w.fill(128), w.t)],
    "render_copied": lambda w: [receiving.render_copied(a_mailing(w), w.t)],
    "render_recap": lambda w: [receiving.render_recap(w.fill(120), ShowEvent(LARGEST), FILE, w.t)],
}


class TestMailingScreens(Sweep):
    package = "handlers.mailings.screens"
    screens = SCREENS


def test_every_option_has_words() -> None:
    """What the office can choose people by, and each way in which a message can end."""
    for by, options in OPTIONS.items():
        assert all(words._LABELS[by][option] for option in options)
    assert set(words.STATES) == set(State)
    assert set(words.REASONS) == set(Reason)
    assert set(words.DELIVERIES) == set(Delivery)
    assert set(words.ANSWERED) == set(Answered)


def test_who_is_out_of_reach_comes_first_with_phone_and_address(sqlite: Database) -> None:
    book = Book(sqlite)
    t = Texts("de", book.pact.timezone)
    book.contact("Anna")
    ben = book.person("Ben", organisation="B GmbH", telegram_id=None, phone="+492151123456", email="b@b.de")
    found = book.run(selections.people, selections.EVERYBODY, Purpose.BUSINESS)
    entries, gets = files.entries(found, (), t)
    said = "nicht mit Telegram verbunden, +49 2151 123456, b@b.de"
    assert (entries[0], gets) == ((f"{ben.name} (B GmbH)", said), 1)


def test_mailing_is_called_by_its_first_line() -> None:
    w = german()
    text = {"kind": "text", "text": "Der Bericht ist da\n\nWas die Partner erreicht haben"}
    assert words.named(a_mailing(w, content=[text]), w.t) == "Der Bericht ist da"
    assert words.named(a_mailing(w, content=[{"kind": "photo", "file_id": "a"}]), w.t) == "📷 Bild"
