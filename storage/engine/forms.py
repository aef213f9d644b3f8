"""Unfinished forms: one that is open for each person, others at rest; each answer saved when it is given."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select, update

from storage.engine import outbox
from storage.engine.database import touch_agenda
from storage.engine.tables import EngineNotice, Form, Person
from storage.engine.turn import Turn

REMIND_AFTER = timedelta(hours=24)
KEPT = timedelta(days=30)


def find(turn: Turn) -> Form | None:
    """The one that is open."""
    is_open = (Form.person_id == turn.person.id, col(Form.rested_at).is_(None))
    return turn.session.exec(select(Form).where(*is_open).with_for_update()).one_or_none()


def find_named(turn: Turn, name: str) -> Form | None:
    """Whether it is open or rests."""
    which = (Form.person_id == turn.person.id, Form.name == name)
    return turn.session.exec(select(Form).where(*which).with_for_update()).one_or_none()


def resting(turn: Turn) -> Sequence[Form]:
    """What was put aside last comes first."""
    rests = (Form.person_id == turn.person.id, col(Form.rested_at).is_not(None))
    return turn.session.exec(select(Form).where(*rests).order_by(col(Form.rested_at).desc())).all()


def last_touched(turn: Turn) -> Form | None:
    own = select(Form).where(Form.person_id == turn.person.id)
    return turn.session.exec(own.order_by(col(Form.touched_at).desc()).limit(1)).one_or_none()


def start(turn: Turn, name: str, question: str, subject_id: int = 0) -> Form:
    """A new form; the one that is open rests from now on, one of the same name is gone."""
    same = find_named(turn, name)
    if same:
        put_away(turn.session, same)
    _rest(turn)
    form = Form(
        person_id=turn.person.id,
        name=name,
        subject_id=subject_id,
        question=question,
        started_at=turn.now,
        touched_at=turn.now,
    )
    return save(turn.session, form, turn.now)


def wake(turn: Turn, form: Form) -> Form:
    """Open it again; the one that is open rests instead."""
    _rest(turn)
    form.rested_at = None
    return save(turn.session, form, turn.now)


def _rest(turn: Turn) -> None:
    opened = find(turn)
    if opened:
        opened.rested_at = turn.now
        turn.session.add(opened)
        turn.session.flush()


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
