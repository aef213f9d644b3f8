"""`python -m benchmarks.workshop FOLDER`: the seed's workshop from the first note to the report.

Played in about six minutes instead of an afternoon: ten minutes of collecting are 45 seconds, so there are
13 times as many notes a second as in the room; five minutes of weighing are 96. Telegram's limits,
the phones' 20 seconds and the page's second are not compressed. The office sorts a note a second; where the
bot has not proposed the right cluster it would tap once more. What people did is kept as `workshop.db`; where
that is there already, report and pictures are drawn from it anew and compared byte for byte.
"""

import asyncio
import hashlib
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from aiohttp.test_utils import unused_port

from benchmarks.workshop_drawing import draw_all
from benchmarks.workshop_replay import ORGANISATIONS, Afternoon, Sent
from domain.workshop.state import State, Voice
from storage.engine.database import Database
from storage.workshop import log
from tests.support.town import Town

TIMES_IDLE = 2.0  # as long as a tap may take in the crowd
MOST_BEHIND = 2.0  # seconds of the page
CATCHES_UP = 3.0  # seconds after a kill in which what has waited is handled
TAPS = 480


async def replay(folder: Path) -> list[str]:
    """Play it, print the figures, keep the data; gives what was wrong."""
    with tempfile.TemporaryDirectory() as place:
        listen = f"127.0.0.1:{unused_port()}"
        settings = {"WEB_LISTEN": listen, "PUBLIC_URL": f"http://{listen}", "LOG_FORMAT": "console"}
        async with Town(Path(place), **settings) as town:
            afternoon = Afternoon(town)
            await afternoon.play(f"http://{listen}")
            with (
                closing(sqlite3.connect(town.file)) as source,
                closing(sqlite3.connect(folder / "workshop.db")) as target,
            ):
                source.backup(target)
            wrong = await check(afternoon)
            files = await _files(afternoon)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    return wrong


async def _files(afternoon: Afternoon) -> dict[str, bytes]:
    """As the office got them in the chat when it closed."""
    sent = [message.get("document", {}) for message in await afternoon.office.messages()]
    return {
        f"report.{ending}": await afternoon.town.download(document["file_id"])
        for ending in ("pdf", "xlsx")
        for document in sent
        if document.get("file_name", "").endswith(ending)
    }


async def check(afternoon: Afternoon) -> list[str]:
    calls = await afternoon.town.get("/sandbox/calls")
    refused = [call for call in calls if "Too Many Requests" in (call["error"] or "")]
    print("phase        seconds")
    for name, seconds in afternoon.seconds.items():
        print(f"{name:12}{seconds:8.1f}")
    wrong = [*_counts(afternoon), *_points(afternoon), *_told(afternoon), *_answers(afternoon, calls)]
    wrong += _page(afternoon)
    print(f"kills: {len(afternoon.down)}; down for {', '.join(f'{b - a:.1f} s' for a, b in afternoon.down)}")
    print(
        f"most messages and edits in a second: {_densest(calls)}; refused for being too many: {len(refused)}"
    )
    return wrong + ([f"{len(refused)} calls refused as too many"] if refused else [])


def _counts(afternoon: Afternoon) -> list[str]:
    """Nothing lost, nothing twice."""
    rows = afternoon.town.rows(
        "SELECT json_extract(payload, '$.text'), count(*) FROM workshop_act WHERE kind = 'note' GROUP BY 1"
    )
    written = [text for guest in afternoon.guests for text in guest.texts]
    lost = set(written) - {text for text, _ in rows}
    twice = [text for text, count in rows if count != written.count(text)]
    joined = afternoon.town.rows("SELECT count(DISTINCT person_id) FROM workshop_act WHERE kind = 'join'")[0][
        0
    ]
    parked = afternoon.town.rows("SELECT count(*) FROM inbox WHERE state = 'parked'")[0][0]
    print(f"people {joined}, notes {sum(count for _, count in rows)}, lost {len(lost)}, twice {len(twice)}")
    placed = len(afternoon.sent["sorting"])
    print(f"notes put into a cluster {placed}, into one of the two proposed {afternoon.best}")
    found = [f"{len(lost)} notes lost"] if lost else []
    found += [f"{len(twice)} notes twice"] if twice else []
    found += [f"{parked} updates parked"] if parked else []
    return found + ([f"{joined} people came in"] if joined != len(afternoon.guests) else [])


def _points(afternoon: Afternoon) -> list[str]:
    """Every organisation's points are where it put them, and its double taps did nothing."""
    database = Database(f"sqlite:///{afternoon.town.file}")
    try:
        state = database.run_now(log.state_of, 1)
    finally:
        database.close()
    wrong = [
        ORGANISATIONS[number]
        for number, given in afternoon.given.items()
        if state.weights.get(Voice(afternoon.id_of(number))) != given
    ]
    print(
        f"taps for points {len(afternoon.sent['weighing']) + len(afternoon.sent['idle'])}, of organisations"
    )
    print(f"whose points are not where they put them: {len(wrong)}; notes not sorted: {_unsorted(state)}")
    return [f"points of {name} are wrong" for name in wrong]


def _unsorted(state: State) -> int:
    return sum(not note.is_sorted for note in state.notes.values())


def _told(afternoon: Afternoon) -> list[str]:
    rows = afternoon.town.rows(
        "SELECT outcome, count(*) FROM notice WHERE kind = 'workshop_closed' GROUP BY outcome"
    )
    print(f"told of the results: {dict(rows)}")
    return [] if dict(rows) == {"sent": len(afternoon.guests)} else ["not all were told of the results"]


def _answers(afternoon: Afternoon, calls: Sequence[dict[str, Any]]) -> list[str]:
    print("answers        count   median      p95   (without those of a kill)")
    taken = {}
    for what in ("notes", "sorting", "idle", "weighing"):
        times = _times(afternoon, afternoon.sent[what], calls)
        taken[what] = quantiles(times, n=20)[-1]
        print(f"{what:12}{len(times):8}{1000 * median(times):8.0f}ms{1000 * taken[what]:8.0f}ms")
    slow = taken["weighing"] > TIMES_IDLE * taken["idle"]
    return ["answers to taps take more than twice their idle time"] if slow else []


def _times(afternoon: Afternoon, sent: Sequence[Sent], calls: Sequence[dict[str, Any]]) -> list[float]:
    """From sending to the answer; a tap's is its query's, a message's the next message to its chat."""
    queries = {
        call["params"].get("callback_query_id"): call["at"]
        for call in calls
        if call["method"] == "answerCallbackQuery"
    }
    messages: dict[str, list[float]] = {}
    for call in calls:
        if call["method"] == "sendMessage":
            messages.setdefault(str(call["params"]["chat_id"]), []).append(call["at"])
    found = []
    for one in sent:
        later = (at for at in messages.get(str(one.person), []) if at >= one.at)
        answered = queries.get(one.query) if one.query else next(later, None)
        if answered and not _is_down(afternoon, one.at, answered):
            found.append(answered - one.at)
    return found


def _is_down(afternoon: Afternoon, since: float, until: float) -> bool:
    return any(since <= back + CATCHES_UP and until >= gone for gone, back in afternoon.down)


def _page(afternoon: Afternoon) -> list[str]:
    """How long after it was taken in an act is on the page, where the process was there all the while."""
    acts = afternoon.town.rows("SELECT sequence, at FROM workshop_act ORDER BY sequence")
    rows = [
        (int(sequence), datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()) for sequence, at in acts
    ]
    behind = []
    for sequence, at in rows:
        shown = next((moment for moment, seen in afternoon.watcher.events if seen >= sequence), None)
        if shown and at > afternoon.watcher.events[0][0] and not _is_down(afternoon, at, shown):
            behind.append(shown - at)
    most = max(behind)
    print(
        f"page: {len(afternoon.watcher.events)} events, behind {median(behind):.2f} s, at most {most:.2f} s"
    )
    return ["the page is too late"] if most > MOST_BEHIND else []


def _densest(calls: Sequence[dict[str, Any]]) -> int:
    counted = [float(call["at"]) for call in calls if call["method"].startswith(("send", "edit"))]
    return max(sum(start <= at < start + 1 for at in counted) for start in counted)


def compare(folder: Path) -> list[str]:
    """Drawn once more, in a process of its own: what is not the same?"""
    before = {file: _digest(file) for file in draw_all(folder / "workshop.db", folder)}
    again = "from benchmarks.workshop_drawing import draw_all; from pathlib import Path; import sys; "
    again += "draw_all(Path(sys.argv[1]) / 'workshop.db', Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", again, str(folder)], check=True)
    for file, digest in before.items():
        print(f"{file.name:28}{file.stat().st_size:9} bytes  {digest[:12]}")
    return [
        f"{file.name} is not the same again" for file, digest in before.items() if _digest(file) != digest
    ]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wrong = []
    reports = [folder / name for name in ("report.pdf", "report.xlsx")]
    if not (folder / "workshop.db").exists():
        wrong += asyncio.run(replay(folder))
    sent = {file: _digest(file) for file in reports if file.exists()}
    wrong += compare(folder)
    wrong += [f"{file.name} differs from before" for file, digest in sent.items() if _digest(file) != digest]
    print("wrong: " + ("; ".join(wrong) or "nothing"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
