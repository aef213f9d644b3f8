"""The demo's mailings: one that has been sent, with what became of it, and one that is being written."""

from datetime import datetime, timedelta

from sqlmodel import Session

from domain.basics.pact import Pact
from domain.mailings.mailings import STOPPABLE, Delivery, Purpose, Reason
from domain.mailings.selections import By
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
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
        choices.choose(Turn(session, person, pact, now), Purpose.NEWS, wanted=True)
    office, second = people.staff(session)[:2]
    sent_at = now - timedelta(days=3)
    mailing = drafts.begin(Turn(session, office, pact, sent_at), REPORT, None)
    mailing_id = mailing.id
    drafts.choose_all(Turn(session, office, pact, now), mailing_id)
    drafts.had_copy(Turn(session, office, pact, now), mailing_id)
    shown = results.look(Turn(session, office, pact, now), mailing_id).stamp
    running.let_out(Turn(session, office, pact, sent_at), mailing_id, shown, None)
    running.approve(Turn(session, second, pact, sent_at), mailing_id, shown)
    _send(session, sent_at + STOPPABLE)
    for person in contacts[2:TAPPED]:
        results.note_tap(Turn(session, person, pact, sent_at + timedelta(hours=1)), mailing_id)
    results.answer(Turn(session, contacts[5], pact, now - timedelta(days=1)), mailing_id, COMMENT)
    draft = drafts.begin(Turn(session, office, pact, now), WORKSHOP, None)
    drafts.switch(Turn(session, office, pact, now), draft.id, By.SIZE, SMALL)


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
