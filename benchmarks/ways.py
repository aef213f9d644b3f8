"""What people and the process do, each as its transactions: measured in `growth`, explained in a test."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlmodel import Session

from benchmarks.filled import FIRST, FULL, MAILINGS
from domain.basics.pact import Pact
from domain.ideas.filters import Age, Backing, Filter
from domain.ideas.ideas import Topic
from domain.mailings.mailings import Delivery, State
from domain.programme.polls import Can
from domain.team_chats.chats import Purpose
from handlers.fields import NOTICES, ROUTES
from storage import agenda
from storage.engine import alarms, forms, inbox, loose_texts, outbox, people, wishes
from storage.engine.database import Database
from storage.engine.inbox import Taken
from storage.engine.people import Writer
from storage.engine.tables import Form, Notice, Outcome, Person, ShownAs
from storage.engine.turn import Turn
from storage.events import answers, shown, views
from storage.events.tables import EventNotice
from storage.home import profiles
from storage.ideas import board, support
from storage.ideas import views as ideas
from storage.ideas.board import NewIdea, Order
from storage.mailings import delivery, results
from storage.mailings.delivery import Claimed, Sent
from storage.mailings.tables import Mailing
from storage.measures import pact_sum, reports
from storage.measures import views as measures
from storage.measures.views import Order as Measures
from storage.office import digest, inquiries
from storage.programme import polls, releases
from storage.team_chats import chats, deeds, posts, showings
from storage.workshop import log, seats, taking_part
from storage.workshop.taking_part import Card

SPREAD = 50  # people who act in turn, from all over the table: at every size the same mix of work
WISHES = (1, 0)  # of each of them, round by round

Act = Callable[[Turn, int], Any]


@dataclass
class Ways:
    database: Database
    people: int
    now: datetime
    pact: Pact = field(default_factory=Pact)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def all(self) -> dict[str, Callable[[], None]]:
        """On the way of an answer, and what runs beside it on the same thread."""
        return {
            "tap on an event": lambda: self._update(self._tap),
            "tap without a seat": lambda: self._update(self._tap_on_full),
            "open an event": lambda: self._update(lambda turn, _: views.show(turn, 1)),
            "/termine": lambda: self._update(self._events),
            "a form's answer": lambda: self._update(self._form),
            "hand in an idea": lambda: self._update(self._idea),
            "read ideas": lambda: self._update(lambda turn, _: board.page(turn)),
            "most supported ideas": lambda: self._update(lambda turn, _: board.page(turn, Order.TOP)),
            "ideas without support": lambda: self._update(lambda turn, _: board.page(turn, Order.ALONE)),
            "ideas that we support": lambda: self._update(lambda turn, _: board.page(turn, Order.OURS)),
            "one's own ideas": lambda: self._update(lambda turn, _: board.page(turn, Order.MINE)),
            "an idea on the office's desk": lambda: self._run(self._idea_desk),
            "ideas by age and support": lambda: self._run(self._filtered),
            "open an idea": lambda: self._update(lambda turn, _: ideas.look(turn, 1)),
            "support an idea": lambda: self._update(self._support),
            "/programm": lambda: self._update(lambda turn, _: releases.seen(turn)),
            "others' measures": lambda: self._update(lambda turn, _: measures.page(turn, Measures.OTHERS)),
            "open a measure": lambda: self._update(lambda turn, _: measures.look(turn, 1)),
            "our reports": lambda: self._update(lambda turn, _: reports.of_partner(turn)),
            "answer a date poll": lambda: self._update(self._date),
            "write a note": lambda: self._update(self._note),
            "see a workshop": lambda: self._update(lambda turn, _: log.look(turn, 1)),
            "phones to put right": lambda: self._run(lambda s: seats.behind(s, self.now, 30)),
            "ask the office": lambda: self._update(self._question),
            "words that answer nothing": lambda: self._update(self._words),
            "first /start": lambda: self._update(lambda turn, _: profiles.profile(turn), is_new=True),
            "send a notice": self._notice,
            "notices gathered": lambda: self._run(self._gathered),
            "a message of a mailing": self._mailing,
            "a tap on a mailing": lambda: self._update(self._mailing_tap),
            "what is due next": lambda: self._run(self._next_due),
            "work off what is due": lambda: self._run(lambda s: agenda.work_off(s, self.pact, self.now)),
            "cards to put right": lambda: self._run(lambda s: shown.next_behind(s, self.now, 30, (), ())),
            "what is new for the groups": lambda: self._run(self._groups),
            "metrics": lambda: self._run(self._metrics),
            "note answers": lambda: self._run(lambda s: inbox.note_answered(s, [self._taken()])),
            "updates left at start": lambda: self._run(inbox.unfinished),
        }

    def _date(self, turn: Turn, _: int) -> None:
        polls.answer(turn, 1, 1, 0, Can.YES)

    def gather_digest(self) -> None:
        self._run(lambda s: digest.gather(s, people.staff(s)[0], self.now))

    def sum_up(self) -> None:
        """What all partners save, which is read beside the event loop."""
        pact_sum.summed_up(asyncio.run(self.database.look(pact_sum.read, self.pact)), self.pact, self.now)

    def _groups(self, session: Session) -> None:
        """Of the office and of the partners, which are there."""
        for number, purpose in enumerate(Purpose, 1):
            if chats.of(session, purpose) is None:
                chat = chats.set_up(self._of_staff(session), purpose, -number, "")
                chat.shows = list(showings.FOR_PARTNERS)
        deeds.to_do(session, self.now)
        posts.to_send(session, self.pact, self.now)

    def _of_staff(self, session: Session) -> Turn:
        return Turn(session, people.staff(session)[0], self.pact, self.now)

    def _run(self, function: Callable[[Session], Any]) -> None:
        self.database.run_now(function)

    def _update(self, act: Act, *, is_new: bool = False) -> None:
        """Taken in, then handled: two transactions, as in the process."""
        number = next(self.numbers)
        update_id = 10 * FIRST + number
        person = self.people + number if is_new else self._somebody(number)
        sender = {"id": FIRST + person, "is_bot": False, "first_name": "P"}
        update = {"update_id": update_id, "message": {"chat": {"id": FIRST + person}, "from": sender}}
        writer = Writer(FIRST + person, "P", "de")

        def handle(session: Session) -> None:
            person = people.seen(session, writer, self.now)
            act(Turn(session, person, self.pact, self.now), number)
            inbox.finish(session, update_id)

        self._run(lambda session: inbox.store(session, inbox.read([update], self.now)))
        self._run(handle)

    def _somebody(self, number: int) -> int:
        return 1 + number % SPREAD * (self.people // SPREAD)

    def _taken(self) -> Taken:
        return Taken(10 * FIRST + 1, 0, self.now, "")

    def _tap(self, turn: Turn, number: int, event_id: int = 1) -> None:
        wish = WISHES[number // SPREAD % len(WISHES)]
        answers.respond(turn, event_id, wish)

    def _tap_on_full(self, turn: Turn, number: int) -> None:
        self._tap(turn, number, FULL)

    def _events(self, turn: Turn, _number: int) -> None:
        views.coming(turn)

    def _form(self, turn: Turn, _number: int) -> None:
        form: Form = forms.find(turn) or forms.start(turn, "idea", "topic")
        form.answers = {"topic": Topic.PROJECT}
        forms.save(turn.session, form, self.now)

    def _idea(self, turn: Turn, _number: int) -> None:
        forms.drop(turn.session, turn.person)
        board.hand_in(turn, NewIdea(Topic.PROJECT, "Solar on every roof"))

    def _filtered(self, session: Session) -> None:
        chosen = Filter(age=Age.OLDER, backing=Backing.MUCH)
        board.page(
            self._of_staff(session),
            Order.STATE,
            0,
            chosen.number,
        )

    def _idea_desk(self, session: Session) -> None:
        ideas.for_office(self._of_staff(session), 1)

    def _support(self, turn: Turn, number: int) -> None:
        act = support.give if number // SPREAD % 2 else support.take_back
        act(turn, 1)

    def _note(self, turn: Turn, _number: int) -> None:
        taking_part.write(turn, 1, 1, Card("Solar on every roof"), self.now)

    def _question(self, turn: Turn, _number: int) -> None:
        inquiries.ask(turn, None, "May we come?")

    def _words(self, turn: Turn, _number: int) -> None:
        ROUTES.meanings.awaited(turn)
        loose_texts.drop(turn.session, turn.person)
        loose_texts.keep(turn, "May we come?", 1)

    def _notice(self) -> None:
        """Enqueued, found, read, and recorded as sent: three transactions."""
        number = next(self.numbers)
        writer = Writer(FIRST + self._somebody(number), "P", "de")

        def enqueue(session: Session) -> None:
            person = people.seen(session, writer, self.now)
            outbox.enqueue_for(
                session, person, EventNotice.EVENT_PUBLISHED, f"b:{number}", self.now, 1, self.now
            )

        def arrived(session: Session) -> None:
            outbox.finish(session, addressed.notice.id, Outcome.SENT, self.now, message_id=number)
            chat = addressed.person.telegram_id or 0
            shown.note(session, 1, addressed.person, chat, FIRST + number, ShownAs.CARD, self.now)

        self._run(enqueue)
        addressed = self.database.run_now(outbox.due, self.now, 1)[0]
        self._run(
            lambda session: NOTICES.load(
                Turn(session, addressed.person, self.pact, self.now), addressed.notice
            )
        )
        self._run(arrived)

    def _gathered(self, session: Session) -> None:
        """Whether others of the kind are to wait, and whether somebody wants it now."""
        person, kind = session.get_one(Person, self._somebody(1)), EventNotice.EVENT_PUBLISHED
        notice = Notice(
            person_id=person.id, kind=kind, key="", priority=1, created_at=self.now, due_at=self.now
        )
        outbox.bundled_until(session, notice, self.now)
        wishes.wants(session, person, "nudges", self.now)

    def _mailing(self) -> None:
        """Claimed, and recorded as delivered: two transactions."""

        def claim(session: Session) -> list[Claimed]:
            mailing = session.get_one(Mailing, MAILINGS)
            mailing.state, mailing.worked_at = State.SENDING, self.now
            session.flush()
            return delivery.claim(session, 1, (), self.now)

        claimed = self.database.run_now(claim)
        sent = [Sent(one, Delivery.DELIVERED, [1], at=self.now) for one in claimed]
        self._run(lambda session: delivery.record(session, sent, self.now))

    def _mailing_tap(self, turn: Turn, _number: int) -> None:
        results.note_tap(turn, 1)

    def _next_due(self, session: Session) -> None:
        agenda.next_due(session, self.now, self.pact)
        outbox.next_due(session, self.now)

    def _metrics(self, session: Session) -> None:
        inbox.count_waiting(session)
        outbox.depth(session, self.now)
        alarms.find(session, self.now)
