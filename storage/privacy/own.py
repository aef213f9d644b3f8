"""What is stored of a person, drawn from the register; correcting it; taking consents back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlmodel import Session, select

from domain.basics import refusals
from domain.basics.addresses import masked
from domain.basics.consent import Topic
from domain.joining.requests import UNDECIDED
from storage.engine import consents
from storage.engine.inventory import Kept
from storage.engine.tables import Consent, Person
from storage.engine.turn import Turn
from storage.events.tables import Event, Rsvp
from storage.ideas.tables import Idea
from storage.joining import requests
from storage.joining.tables import JoinRequest
from storage.partners import contacts
from storage.partners.tables import Organisation
from storage.privacy.register import KEPT

NAMED: dict[str, tuple[type[Any], str]] = {
    "organisation_id": (Organisation, "name"),
    "event_id": (Event, "title"),
    "idea_id": (Idea, "text"),
}
OTHERS = {"seat": ("name",)}  # of other people
INNER = {
    *("id", "version", "sequence", "code_hash", "word_hash", "key", "priority"),
    *("attempts", "again_at", "failures", "view"),
}
OF_MACHINERY = frozenset(("inbox", "notice", "sent_text", "shown_card"))  # many rows that tell little
CORRECTED = ("name", "role", "email", "phone")


@dataclass(frozen=True)
class Part:
    """The rows of one table, each as the names of its columns and what stands there."""

    kept: Kept
    rows: tuple[dict[str, Any], ...]


def parts(turn: Turn) -> list[Part]:
    """What there is; who else had to do with it is left out.

    A personal link may have been forwarded: what is known of its contact shows to its taker in part only.
    """
    found = all_parts(turn)
    unproven = contacts.unproven(turn)
    for part in found:
        if part.kept.table is Person:
            for row in part.rows:
                row |= {name: masked(row[name], unproven) for name in ("email", "phone") if name in row}
    return found


def all_parts(turn: Turn) -> list[Part]:
    found: list[Part] = []
    for kept in KEPT:
        if kept.is_of_people:
            rows = tuple(_row(turn.session, kept, row) for row in _rows(turn.session, kept, turn.person))
            found += [Part(kept, rows)] if rows else []
    return sorted(found, key=lambda part: part.kept.name in OF_MACHINERY)


def _rows(session: Session, kept: Kept, person: Person) -> Sequence[Any]:
    table = next(iter(kept.columns)).table
    rows = sqlalchemy.select(table).where(kept.of(person.id)).order_by(*table.primary_key)
    return session.execute(rows).mappings().all()


def _row(session: Session, kept: Kept, row: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name in shown_of(kept):
        value = row[name]
        if value in (None, "", [], {}):
            continue
        if name in NAMED:
            table, column = NAMED[name]
            about = session.get(table, value)
            shown[name.removesuffix("_id")] = getattr(about, column) if about else value
        else:
            shown[name] = value
    return shown


def shown_of(kept: Kept) -> list[str]:
    """The columns that tell something to whom they are about."""
    left_out = {*INNER, *kept.actors, *OTHERS.get(kept.name, ())}
    told = (*NAMED, "telegram_id", "message_id", "chat_id")
    names = (name for name in (*kept.facts, *kept.blanks) if name not in left_out)
    return [name for name in names if name in told or not name.endswith("_id")]


def as_it_is(turn: Turn) -> dict[str, str]:
    """What they may read of it."""
    unproven = contacts.unproven(turn)
    known = {name: getattr(turn.person, name) for name in CORRECTED}
    return {name: "" if value in unproven else value for name, value in known.items()}


def correct(turn: Turn, given: dict[str, str]) -> Person:
    """One's own name, role, e-mail and phone."""
    unproven = contacts.unproven(turn)
    for name in CORRECTED:
        if given[name] or getattr(turn.person, name) not in unproven:
            setattr(turn.person, name, given[name])
    turn.person.has_typed = not unproven & {turn.person.email, turn.person.phone} - {""}
    turn.session.add(turn.person)
    turn.session.flush()
    return turn.person


def withdraw(turn: Turn, consent_id: int) -> list[Consent]:
    """Take a consent back, with what follows from it."""
    consent = turn.session.get(Consent, consent_id)
    if consent is None or consent.person_id != turn.person.id or consent.withdrawn_at:
        raise refusals.ButtonIsOutdated
    consents.end(turn.session, turn.person, consent.topic, consent.subject_id, turn.now)
    match consent.topic:
        case Topic.JOINING:
            _withdraw_request(turn, consent.subject_id)
        case Topic.COLLEAGUE:
            contacts.forget_wishes(turn)
        case _:
            _forget_reply(turn, consent)
    return consents.of(turn)


def _withdraw_request(turn: Turn, request_id: int) -> None:
    request = turn.session.get(JoinRequest, request_id)
    if request and request.state in UNDECIDED:
        requests.withdraw(turn, request_id, "")
        requests.forget_words(turn.session, request)


def _forget_reply(turn: Turn, consent: Consent) -> None:
    answer = turn.session.exec(
        select(Rsvp).where(Rsvp.event_id == consent.subject_id, Rsvp.person_id == turn.person.id)
    ).one_or_none()
    if answer:
        answer.replies = {ask: value for ask, value in answer.replies.items() if ask != consent.topic}
        turn.session.add(answer)
        turn.session.flush()
