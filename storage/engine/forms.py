"""Unfinished forms: one that is open for each person, others at rest; each answer saved when it is given."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select, update

from storage.engine import outbox
from storage.engine.database import touch_agenda
from storage.engine.tables import EngineNotice, Form, Person

REMIND_AFTER = timedelta(hours=24)
KEPT = timedelta(days=30)


def find(session: Session, person: Person) -> Form | None:
    """The one that is open."""
    is_open = (Form.person_id == person.id, col(Form.rested_at).is_(None))
    return session.exec(select(Form).where(*is_open).with_for_update()).one_or_none()


def find_named(session: Session, person: Person, name: str) -> Form | None:
    """Whether it is open or rests."""
    which = (Form.person_id == person.id, Form.name == name)
    return session.exec(select(Form).where(*which).with_for_update()).one_or_none()


def resting(session: Session, person: Person) -> Sequence[Form]:
    """What was put aside last comes first."""
    rests = (Form.person_id == person.id, col(Form.rested_at).is_not(None))
    return session.exec(select(Form).where(*rests).order_by(col(Form.rested_at).desc())).all()


def last_touched(session: Session, person: Person) -> Form | None:
    own = select(Form).where(Form.person_id == person.id)
    return session.exec(own.order_by(col(Form.touched_at).desc()).limit(1)).one_or_none()


def start(
    session: Session, person: Person, name: str, question: str, now: datetime, subject_id: int = 0
) -> Form:
    """A new form; the one that is open rests from now on, one of the same name is gone."""
    same = find_named(session, person, name)
    if same:
        put_away(session, same)
    _rest(session, person, now)
    form = Form(
        person_id=person.id,
        name=name,
        subject_id=subject_id,
        question=question,
        started_at=now,
        touched_at=now,
    )
    return save(session, form, now)


def wake(session: Session, person: Person, form: Form, now: datetime) -> Form:
    """Open it again; the one that is open rests instead."""
    _rest(session, person, now)
    form.rested_at = None
    return save(session, form, now)


def _rest(session: Session, person: Person, now: datetime) -> None:
    opened = find(session, person)
    if opened:
        opened.rested_at = now
        session.add(opened)
        session.flush()


def save(session: Session, form: Form, now: datetime) -> Form:
    form.touched_at = now
    session.add(form)
    session.flush()
    touch_agenda(session)
    return form


def put_away(session: Session, form: Form) -> None:
    session.delete(form)
    session.flush()


def drop(session: Session, person: Person) -> bool:
    """All of them; whether there was one."""
    return bool(session.exec(delete(Form).where(col(Form.person_id) == person.id)).rowcount)


def next_due(session: Session, now: datetime) -> datetime | None:
    first = session.exec(
        select(func.min(Form.touched_at)).where(
            col(Form.reminded_at).is_(None), col(Form.touched_at) > now - REMIND_AFTER
        )
    ).one()
    return first and first + REMIND_AFTER


def work_off(session: Session, now: datetime) -> None:
    """Remind once of what was left a day ago; forget what was left for thirty days."""
    session.exec(delete(Form).where(col(Form.touched_at) <= now - KEPT))
    is_left = (col(Form.touched_at) <= now - REMIND_AFTER, col(Form.reminded_at).is_(None))
    left = session.exec(select(Form).where(*is_left).order_by(col(Form.touched_at))).all()
    if not left:
        return
    for form in {form.person_id: form for form in left}.values():  # the last of each person
        key = f"form:{form.name}:{form.started_at.isoformat()}"
        outbox.enqueue(session, [form.person_id], EngineNotice.FORM_REMINDER, key, now)
    session.exec(update(Form).where(*is_left).values(reminded_at=now))
