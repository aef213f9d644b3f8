"""Unfinished forms: one for each person at most, each answer saved when it is given."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select, update

from storage.engine import outbox
from storage.engine.database import touch_agenda
from storage.engine.tables import EngineNotice, Form, Person

REMIND_AFTER = timedelta(hours=24)
KEPT = timedelta(days=30)


def find(session: Session, person: Person) -> Form | None:
    return session.exec(select(Form).where(Form.person_id == person.id).with_for_update()).one_or_none()


def start(
    session: Session, person: Person, name: str, question: str, now: datetime, subject_id: int | None = None
) -> Form:
    """A new form in place of whatever this person had unfinished."""
    drop(session, person)
    assert person.id is not None
    form = Form(
        person_id=person.id,
        name=name,
        subject_id=subject_id,
        question=question,
        started_at=now,
        touched_at=now,
    )
    return save(session, form, now)


def save(session: Session, form: Form, now: datetime) -> Form:
    form.touched_at = now
    session.add(form)
    session.flush()
    touch_agenda(session)
    return form


def drop(session: Session, person: Person) -> bool:
    """Whether there was one."""
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
    left = session.exec(
        select(Form).where(col(Form.touched_at) <= now - REMIND_AFTER, col(Form.reminded_at).is_(None))
    ).all()
    if not left:
        return
    for form in left:
        key = f"form:{form.name}:{form.started_at.isoformat()}"
        outbox.enqueue(session, [form.person_id], EngineNotice.FORM_REMINDER, key, now)
    session.exec(
        update(Form).where(col(Form.person_id).in_([form.person_id for form in left])).values(reminded_at=now)
    )
