"""What Prometheus may ask: counted where it happens, and read from the database when asked."""

import asyncio
from datetime import datetime
from itertools import product
from typing import Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlmodel import Session

from storage.engine import inbox, outbox
from storage.engine.database import Database
from storage.engine.tables import Outcome

REGISTRY = CollectorRegistry()
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

updates = Counter("pact_updates", "Updates by what became of them", ["outcome"], registry=REGISTRY)
latency = Histogram("pact_update_seconds", "From taken in to answered", buckets=SECONDS, registry=REGISTRY)
calls = Counter(
    "pact_calls", "Calls of the Bot API by method and HTTP status", ["method", "result"], registry=REGISTRY
)
sent = Counter("pact_notices", "Notices by what became of them", ["outcome"], registry=REGISTRY)
leads = Gauge("pact_leads", "1 in the process that sends notices and keeps the timetable", registry=REGISTRY)
processes = Gauge("pact_processes", "Bot processes on this database", registry=REGISTRY)
writable = Gauge("pact_database_writable", "0 while nothing can be stored", registry=REGISTRY)
_tasks = Gauge("pact_tasks", "Tasks of the event loop", registry=REGISTRY)
_waiting = Gauge("pact_updates_waiting", "Updates taken in and not done", registry=REGISTRY)
_parked = Gauge("pact_updates_parked", "Updates that failed for good", registry=REGISTRY)
_due = Gauge("pact_outbox_depth", "Notices that are due and not sent", registry=REGISTRY)
_age = Gauge("pact_outbox_age_seconds", "How long the oldest of them has been due", registry=REGISTRY)
_late = Gauge("pact_outbox_late", "Notices that should long be sent", registry=REGISTRY)

processes.set(1)
writable.set(1)

Handled = Literal[
    "done", "refused", "ignored", "answer_failed", "overtaken", "parked", "chatter", "turned_away"
]
Undelivered = Literal["put_off", "refused"]
METHODS = ("getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery")
RESULTS = ("200", "400", "403", "429", "500", "502", "timeout", "network")

for _outcome in get_args(Handled):  # or the first of its kind would be no increase, but a new series
    updates.labels(_outcome)
for _outcome in (*Outcome, *get_args(Undelivered)):
    sent.labels(str(_outcome))
for _labels in product(METHODS, RESULTS):
    calls.labels(*_labels)


def count_update(outcome: Handled) -> None:
    updates.labels(outcome).inc()


def count_notice(outcome: Outcome | Undelivered) -> None:
    sent.labels(str(outcome)).inc()


async def render(database: Database, now: datetime) -> bytes:
    await database.run(_read, now)
    _tasks.set(len(asyncio.all_tasks()))
    return generate_latest(REGISTRY)


def _read(session: Session, now: datetime) -> None:
    _waiting.set(inbox.count_waiting(session))
    _parked.set(inbox.count_parked(session))
    depth, oldest = outbox.depth(session, now)
    _due.set(depth)
    _age.set(max(0.0, (now - oldest).total_seconds()) if depth and oldest else 0)
    _late.set(outbox.count_late(session, now))
