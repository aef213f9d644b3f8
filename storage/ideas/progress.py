"""What the office makes of ideas: states with a reason, answers, owner and date; who is told, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, or_, select

from domain.basics.pact import Pact
from domain.ideas import ideas as rules
from domain.ideas.ideas import State
from domain.ideas.refusals import IdeaIsGone
from storage.engine import following, outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import audience, merges
from storage.ideas.tables import Idea, IdeaNotice, IdeaReport, IdeaStep

SHOWN = 3  # steps on an idea's screen, the newest


@dataclass(frozen=True)
class Told:
    """A step of an idea, as somebody whom it concerns is told."""

    idea: Idea
    step: IdeaStep
    is_own: bool

    @property
    def state_since(self) -> State | None:
        """What it is now, where that is something else."""
        return self.idea.state if self.step.state not in (None, self.idea.state) else None


def for_office(turn: Turn, idea_id: int) -> Idea:
    people.check_staff(turn.person)
    return merges.get(turn.session, idea_id)


def publish(turn: Turn, idea_id: int) -> Idea:
    """The office has looked: from now on everybody sees it. Its author is told."""
    idea = for_office(turn, idea_id)
    if idea.published_at is None:
        _open(turn.session, idea, turn.pact, turn.now)
        _tell_author(turn.session, idea, IdeaNotice.PUBLISHED, turn.now)
    return idea


def _open(session: Session, idea: Idea, pact: Pact, now: datetime) -> None:
    idea.published_at = idea.changed_at = now
    idea.answer_due_at = rules.answer_due_at(now, pact)
    session.add(idea)
    session.flush()


def said_by_others(turn: Turn, idea_id: int) -> tuple[IdeaStep, str] | None:
    """The last that others of the office have said of an idea, and who."""
    steps = select(IdeaStep, Person.name).join(Person, col(Person.id) == col(IdeaStep.author_id))
    of_others = steps.where(IdeaStep.idea_id == idea_id, IdeaStep.author_id != turn.person.id)
    return turn.session.exec(of_others.order_by(col(IdeaStep.id).desc()).limit(1)).first()


def hide(turn: Turn, idea_id: int, reason: str) -> Idea:
    """Only its author and the office see it any more; the author is told why."""
    idea = for_office(turn, idea_id)
    if idea.hidden_at is None:
        idea.hidden_at, idea.hidden_because, idea.changed_at = turn.now, reason, turn.now
        turn.session.add(idea)
        _settle(turn.session, idea_id, turn.now)
        retell(turn.session, idea_id)
        _tell_author(turn.session, idea, IdeaNotice.HIDDEN, turn.now)
    return idea


def restore(turn: Turn, idea_id: int) -> Idea:
    idea = for_office(turn, idea_id)
    if idea.hidden_at:
        idea.hidden_at, idea.hidden_because = None, ""
        retell(turn.session, idea_id)
        _open(turn.session, idea, turn.pact, turn.now)
        _tell_author(turn.session, idea, IdeaNotice.PUBLISHED, turn.now)
    return idea


def settle_reports(turn: Turn, idea_id: int) -> None:
    """The office has seen what was reported."""
    people.check_staff(turn.person)
    _settle(turn.session, idea_id, turn.now)


def _settle(session: Session, idea_id: int, now: datetime) -> None:
    for report in session.exec(
        select(IdeaReport).where(IdeaReport.idea_id == idea_id, col(IdeaReport.settled_at).is_(None))
    ).all():
        report.settled_at = now
        session.add(report)
    session.flush()


def _tell_author(session: Session, idea: Idea, kind: IdeaNotice, now: datetime) -> None:
    key = f"{kind}:{idea.id}:{now.timestamp():.0f}"
    outbox.enqueue(session, [idea.person_id], kind, key, now, subject_id=idea.id)


def change_state(turn: Turn, idea_id: int, state: State, reason: str) -> Idea:
    """Of what is shown as this idea; all whom it concerns are told at the end of the day."""
    idea = for_office(turn, idea_id)
    return write(turn, turn.session.get_one(Idea, merges.top_of(idea)), state, reason)


def answer(turn: Turn, idea_id: int, text: str, *, is_public: bool) -> Idea:
    """To all, told like a state; or to the author alone, at once."""
    idea = for_office(turn, idea_id)
    if is_public:
        return write(turn, turn.session.get_one(Idea, merges.top_of(idea)), None, text)
    step = _add(
        turn.session,
        IdeaStep(idea_id=idea_id, author_id=turn.person.id, text=text, is_public=False, taken_at=turn.now),
    )
    _answered(turn.session, idea, turn.now)
    key = f"idea_step:{step.id}"
    outbox.tell(turn, [idea.person_id], IdeaNotice.ANSWER, key, step.id)
    return idea


def write(turn: Turn, idea: Idea, state: State | None, text: str) -> Idea:
    due = rules.told_at(turn.now, turn.pact)
    day = due.astimezone(turn.pact.timezone).date()
    _add(
        turn.session,
        IdeaStep(
            idea_id=idea.id, author_id=turn.person.id, state=state, text=text, taken_at=turn.now, told_on=day
        ),
    )
    idea.state = state or idea.state
    retell(turn.session, idea.id)
    _answered(turn.session, idea, turn.now)
    concerned = audience.of(turn.session, merges.ids(turn.session, idea.id))
    told = [person_id for person_id in concerned if person_id != turn.person.id]
    outbox.tell(turn, told, IdeaNotice.PROGRESS, f"ideas:{day}", day.toordinal(), due_at=due)
    return idea


def _add(session: Session, step: IdeaStep) -> IdeaStep:
    session.add(step)
    session.flush()
    return step


def _answered(session: Session, idea: Idea, now: datetime) -> None:
    idea.answer_due_at, idea.changed_at = None, now
    session.add(idea)
    session.flush()


def retell(session: Session, idea_id: int) -> None:
    """What was told of it on some day follows."""
    days = select(col(IdeaStep.told_on)).where(
        IdeaStep.idea_id == idea_id, col(IdeaStep.told_on).is_not(None)
    )
    for day in session.exec(days.distinct()).all():
        if day:
            following.count_change(session, "ideas_told", day.toordinal())


def told(turn: Turn, day: date) -> list[Told]:
    """What this person hears at the end of that day: answers, and of each idea's states the newest."""
    rows = turn.session.exec(
        select(IdeaStep, Idea)
        .join(Idea, col(Idea.id) == col(IdeaStep.idea_id))
        .where(
            IdeaStep.told_on == day,
            IdeaStep.author_id != turn.person.id,
            col(Idea.withdrawn_at).is_(None),
            or_(col(Idea.hidden_at).is_(None), Idea.person_id == turn.person.id),
        )
        .order_by(col(IdeaStep.id))
    ).all()
    newest = {idea.id: step.id for step, idea in rows if step.state}
    found = []
    for step, idea in rows:
        members = merges.ids(turn.session, idea.id)
        is_newest = step.state is None or newest[idea.id] == step.id
        if is_newest and turn.person.id in audience.of(turn.session, members):
            found.append(Told(idea, step, turn.person.id in audience.authors(turn.session, members)))
    return found


def steps(session: Session, idea_ids: Sequence[int], *, with_private: bool) -> list[IdeaStep]:
    """The newest few, oldest first."""
    taken = select(IdeaStep).where(col(IdeaStep.idea_id).in_(idea_ids))
    if not with_private:
        taken = taken.where(IdeaStep.is_public)
    return list(session.exec(taken.order_by(col(IdeaStep.id).desc()).limit(SHOWN)).all())[::-1]


def newest(session: Session) -> dict[int, IdeaStep]:
    """What was said last about each idea, for all to read."""
    last = select(func.max(IdeaStep.id)).where(IdeaStep.is_public).group_by(col(IdeaStep.idea_id))
    return {step.idea_id: step for step in session.exec(select(IdeaStep).where(col(IdeaStep.id).in_(last)))}


def step_for(turn: Turn, step_id: int) -> Told:
    step = turn.session.get(IdeaStep, step_id)
    idea = turn.session.get(Idea, step.idea_id) if step else None
    if step is None or idea is None or idea.person_id != turn.person.id:
        raise IdeaIsGone
    return Told(idea, step, is_own=True)


def take_charge(turn: Turn, idea_id: int) -> Idea:
    """Whoever taps is the one who cares for it; tapping again gives it up."""
    idea = for_office(turn, idea_id)
    idea.owner_id = None if idea.owner_id == turn.person.id else turn.person.id
    idea.changed_at = turn.now
    turn.session.add(idea)
    turn.session.flush()
    return idea


def set_due(turn: Turn, idea_id: int, day: date | None) -> Idea:
    idea = for_office(turn, idea_id)
    idea.due_on, idea.changed_at = day, turn.now
    turn.session.add(idea)
    turn.session.flush()
    return idea
