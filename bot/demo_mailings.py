"""The demo's mailings: one that has been sent, with what became of it, and one that is being written."""

from datetime import datetime, timedelta

from sqlmodel import Session

from domain.basics.pact import Pact
from domain.mailings.mailings import STOPPABLE, Delivery, Purpose, Reason
from domain.mailings.selections import By
from storage.engine import people
from storage.engine.tables import Person
from storage.mailings import choices, delivery, drafts, results, running
from storage.mailings.delivery import Claimed, Sent
from storage.mailings.drafts import Content

TITLE = "Der Jahresbericht ist da"
REPORT: Content = [
    {
        "kind": "text",
        "text": (
            f"{TITLE}\n\nWas die Partner gemeinsam erreicht haben, steht jetzt auf unserer Seite:\n"
            "• 25 Betriebe haben eine Startbilanz\n• drei Rundgänge mit zusammen 61 Gästen\n\n"
            "Fehlt etwas, oder stimmt eine Zahl nicht? Antworten Sie einfach hier."
        ),
        "entities": [{"type": "bold", "offset": 0, "length": len(TITLE)}],
    }
]
WORKSHOP: Content = [
    {"kind": "text", "text": "Sprechstunde für kleine Betriebe: Wärmepumpe im Altbau, was geht?"}
]
TAPPED, AGREED = 9, 8  # so many of the people
SMALL = 1  # the place of the size among its options
COMMENT = "Unser Speicher fehlt noch: 120 kWh seit Mai."


def fill(session: Session, contacts: list[Person], pact: Pact, now: datetime) -> None:
    for person in contacts[:AGREED]:
        choices.choose(session, person, Purpose.NEWS, now, wanted=True)
    office, second = people.staff(session)[:2]
    sent_at = now - timedelta(days=3)
    mailing = drafts.begin(session, office, REPORT, None, sent_at)
    mailing_id = mailing.id
    drafts.choose_all(session, office, mailing_id)
    drafts.had_copy(session, office, mailing_id)
    shown = results.look(session, office, mailing_id, pact, now).stamp
    running.let_out(session, office, mailing_id, shown, None, pact, sent_at)
    running.approve(session, second, mailing_id, shown, sent_at)
    _send(session, sent_at + STOPPABLE)
    for person in contacts[2:TAPPED]:
        results.note_tap(session, person, mailing_id, sent_at + timedelta(hours=1))
    results.answer(session, contacts[5], mailing_id, COMMENT, pact, now - timedelta(days=1))
    draft = drafts.begin(session, office, WORKSHOP, None, now)
    drafts.switch(session, office, draft.id, By.SIZE, SMALL, pact)


def _send(session: Session, now: datetime) -> None:
    """Everybody has it but one who has blocked the bot, and one of whom nobody knows."""
    running.work_off(session, now)
    claimed = delivery.claim(session, 1_000, (), now)
    outcomes = [_arrived(one, now) for one in claimed[2:]]
    blocked = Sent(claimed[0], Delivery.FAILED, reason=Reason.BLOCKED, error="Forbidden")
    delivery.record(session, [blocked, Sent(claimed[1], Delivery.UNCERTAIN), *outcomes], now)
    delivery.claim(session, 1, (), now)


def _arrived(one: Claimed, now: datetime) -> Sent:
    return Sent(one, Delivery.DELIVERED, at=now)
