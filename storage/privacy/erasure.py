"""Erasing somebody from all that the register names, and doing it again after a back-up was restored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy
from sqlalchemy import or_
from sqlmodel import Session, SQLModel, col, select

from domain.basics.pact import Pact
from domain.joining.requests import EntryKind
from domain.privacy.refusals import HandOverFirst, StaffLeavesFirst
from storage.engine import inbox, outbox, people
from storage.engine.inventory import Kept
from storage.engine.people import ERASED
from storage.engine.tables import Inbox, Notice, Person, ShownCard
from storage.engine.turn import Turn
from storage.joining.tables import CaseEntry, JoinRequest
from storage.partners import reach
from storage.partners.tables import Organisation, RegisterDraft, RegisterImport
from storage.privacy import places
from storage.privacy.register import BY_NAME, HOLDINGS
from storage.privacy.tables import Erasure, PrivacyNotice, Review

DELETABLE = timedelta(hours=48)  # Telegram lets a bot take back its messages for so long
REVIEWED_WITHIN = timedelta(days=7)
OF_FILES = (RegisterDraft, RegisterImport)
TELLING = 4  # letters of a surname by which somebody is looked for


@dataclass(frozen=True)
class Erased:
    """Whose chat still shows what the bot has written, and which messages it can take back there."""

    chat_id: int | None
    language: str
    message_ids: tuple[int, ...]
    texts_to_review: int


def check_may_go(turn: Turn) -> None:
    """What runs is handed over first."""
    if turn.person.office_role:
        raise StaffLeavesFirst
    if turn.person.organisation_id and turn.person.is_main_contact:
        colleagues = reach.reachable_contacts(turn.session, turn.person.organisation_id)
        if any(one.id != turn.person.id for one in colleagues):
            raise HandOverFirst


def is_last_contact(turn: Turn) -> bool:
    """Whether nobody else of their organisation can be reached here."""
    if turn.person.organisation_id is None:
        return False
    organisation = turn.session.get_one(Organisation, turn.person.organisation_id)
    others = reach.reachable_contacts(turn.session, turn.person.organisation_id)
    return organisation.left_on is None and all(one.id == turn.person.id for one in others)


def erase(turn: Turn, update_id: int = 0) -> Erased:
    """Everything of a person, at once. `update_id` is the update by which they ask for it themselves."""
    check_may_go(turn)
    if is_last_contact(turn):
        staff = people.staff_ids()
        key = f"last_contact:{turn.person.organisation_id}:{turn.now.isoformat()}"
        subject_id = turn.person.organisation_id or 0
        outbox.tell(turn, staff, PrivacyNotice.LAST_CONTACT, key, subject_id)
    return _erase(turn, update_id)


def _erase(turn: Turn, update_id: int = 0) -> Erased:
    session, person, now = turn.session, turn.person, turn.now
    names, chat_id, language = _told_by(person), person.telegram_id, person.language
    messages = _messages(turn)
    notes = _notes_on(session, person)
    for holding in HOLDINGS:
        holding.let_go(turn)
    if chat_id is not None:
        inbox.drop_waiting(session, chat_id, but=update_id)
    mark = mark_of(person)
    _empty(session, person.id)
    reviewed = _ask_to_review(session, [*notes, *_mentions(session, names)], now)
    _drop_drafts(session, names)
    if session.exec(select(Erasure.id).where(Erasure.mark == mark)).first() is None:
        session.add(Erasure(mark=mark, erased_at=now))
    session.flush()
    session.expire_all()
    session.refresh(person)
    return Erased(chat_id, language, messages, reviewed)


def mark_of(person: Person) -> str:
    """By which a restored row is known again; it tells nothing of anybody."""
    return sha256(f"{person.id}:{person.created_at.isoformat()}".encode()).hexdigest()


def _empty(session: Session, person_id: int) -> None:
    """Whoever is pointed at goes after what points there; the person last, by whom all is found."""
    tables = [table.name for table in reversed(SQLModel.metadata.sorted_tables) if table.name != "person"]
    for kept in (BY_NAME[name] for name in (*tables, "person")):
        if kept.is_of_people:
            _empty_rows(session, kept, person_id)
        for actor in kept.actors:
            column = kept.columns[actor]
            if column.nullable:
                acted = sqlalchemy.update(column.table).where(column == person_id)
                session.execute(acted.values({column: None}))


def _empty_rows(session: Session, kept: Kept, person_id: int) -> None:
    table = next(iter(kept.columns)).table
    if kept.goes:
        session.execute(sqlalchemy.delete(table).where(kept.of(person_id)))
    elif kept.blanks:
        values = {kept.columns[name]: value for name, value in kept.blanks.items()}
        session.execute(sqlalchemy.update(table).where(kept.of(person_id)).values(values))


def _messages(turn: Turn) -> tuple[int, ...]:
    """Of the bot in the person's chat, as far as they are young enough."""
    session, person, since = turn.session, turn.person, turn.now - DELETABLE
    answered = select(Inbox.answers).where(
        Inbox.chat_id == person.telegram_id, col(Inbox.received_at) > since, Inbox.answers != ""
    )
    told = select(Notice.message_id).where(Notice.person_id == person.id, col(Notice.finished_at) > since)
    shown = select(ShownCard.message_id).where(
        ShownCard.chat_id == person.telegram_id, col(ShownCard.shown_at) > since
    )
    found = {int(number) for answers in session.exec(answered) for number in answers.split()}
    found |= {number for numbers in (told, shown) for number in session.exec(numbers) if number}
    found |= {number for one in HOLDINGS for number in one.messages(turn, since)}
    return tuple(sorted(found))


def _told_by(person: Person) -> list[str]:
    """What gives somebody away in a text of others."""
    surname = person.name.split()[-1] if person.name.split() else ""
    known = (person.name, surname if len(surname) >= TELLING else "", person.email, person.phone)
    return sorted({one for one in known if one and one != ERASED})


def _notes_on(session: Session, person: Person) -> list[tuple[str, int]]:
    """What the office has noted about their requests, and ideas of theirs that others have made their own."""
    requests = select(JoinRequest.id).where(JoinRequest.person_id == person.id)
    notes = select(CaseEntry.id).where(
        col(CaseEntry.request_id).in_(requests), CaseEntry.kind == EntryKind.NOTE
    )
    return [("case_entry.text", row_id) for row_id in session.exec(notes)]


def _mentions(session: Session, names: Iterable[str]) -> list[tuple[str, int]]:
    """Where texts of others name them."""
    found: list[tuple[str, int]] = []
    if not names:
        return found
    for kept in BY_NAME.values():
        for name in kept.free if "id" in kept.columns and kept.table not in OF_FILES else ():
            found += places.named_in(session, kept, name, names)
    return found


def _ask_to_review(session: Session, places: Iterable[tuple[str, int]], now: datetime) -> int:
    wanted = set(places)
    for place, row_id in sorted(wanted):
        known = select(Review).where(Review.place == place, Review.row_id == row_id)
        review = session.exec(known).one_or_none() or Review(place=place, row_id=row_id, due_at=now)
        review.due_at, review.done_at = now + REVIEWED_WITHIN, None
        session.add(review)
    session.flush()
    if wanted:
        staff = people.staff_ids()
        key, due_at = f"review:{now:%Y-%m-%dT%H:%M}", now + timedelta(minutes=1)  # one for those of a minute
        outbox.enqueue(session, staff, PrivacyNotice.REVIEW, key, now, due_at=due_at)
    return len(wanted)


def _drop_drafts(session: Session, names: Iterable[str]) -> None:
    """A file that names them is sent again by whoever still wants it; what one changed is not undone."""
    for draft in session.exec(select(RegisterDraft)).all():
        if any(name in f"{draft.partners}{draft.sheet}" for name in names):
            session.delete(draft)
    for piece in session.exec(select(RegisterImport)).all():
        piece.changes = [one for one in piece.changes if not any(name in str(one) for name in names)]
        session.add(piece)
    session.flush()


def again(session: Session, marks: Iterable[str], pact: Pact, now: datetime) -> int:
    """Who was erased and is back with a restored back-up; how many there are."""
    wanted = set(marks)
    if not wanted:
        return 0
    is_known = or_(col(Person.telegram_id).is_not(None), col(Person.name) != ERASED, col(Person.email) != "")
    back = [person for person in session.exec(select(Person).where(is_known)) if mark_of(person) in wanted]
    for person in back:
        people.give_role(session, person, None)
        _erase(Turn(session, person, pact, now))
    return len(back)


def all_marks(session: Session) -> list[str]:
    return list(session.exec(select(Erasure.mark).order_by(col(Erasure.id))))


def open_ones(session: Session) -> list[Erasure]:
    """Whose traces are still in the database's files."""
    return list(session.exec(select(Erasure).where(col(Erasure.cleaned_at).is_(None))))


def note_cleaned(session: Session, ids: Iterable[int], now: datetime) -> None:
    cleaned = sqlalchemy.update(Erasure).where(col(Erasure.id).in_(list(ids)))
    session.execute(cleaned.values(cleaned_at=now))
