"""The seed's workshop, played against the real process and the sandbox with Telegram's limits.

60 people, 30 organisations, ten who have never written to the bot; 180 notes in bursts of 12 a second,
sorting, 480 taps of weighing, the close; in the middle of each phase the process is killed.
"""

import asyncio
import contextlib
import csv
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp

from domain.basics.pact import Pact
from tests.support.town import Actor, Message, Town

NOTES = Path(__file__).parent / "workshop.tsv"
ORGANISATIONS = (
    *("Altbier-Brauerei Inrath", "Bäckerei am Ostwall", "Baugenossenschaft Nord", "Bergschule"),
    *("Chemiewerk Rheinufer", "Dachdecker Hüls", "Druckerei Samtweber", "Elektro Bockum"),
    *("Fahrradhaus Uerdingen", "Färberei Königstraße", "Gartenbau Traar", "Gasthof Stadtwald"),
    *("Gießerei Linn", "Hafenlogistik", "Hotel am Sprödental", "Kita Wiesenweg", "Krankenhaus Süd"),
    *("Lackfabrik", "Maschinenbau Gath", "Metallbau Fischeln", "Möbelhaus Diessem", "Museumsverein"),
    *("Pflegedienst Mitte", "Sanitär Oppum", "Seidenweberei", "Softwarehaus Krey", "Sparverein"),
    *("Stahlhandel Benrad", "Steuerbüro Westwall", "Wohnstift Rott"),
)
PEOPLE, NEW, OF_NONE = 60, 10, 4
BURST, EVERY = 12, 3.0  # notes that come within a second; seconds between bursts
SPLIT = (4, 3, 2, 1)  # how an organisation spends its ten points
TAPS_OF_EACH, TAP_EVERY, DOUBLE_EVERY = 16, 6.0, 8
IDLE_TAPS = 20  # one at a time, to know how long a tap takes when nobody else does anything
AT_ONCE = 50  # updates of the office that come in without waiting
GIVES_UP_AFTER = 12.0  # seconds without an answer
RUNNING = "] running"


@dataclass
class Guest:
    actor: Actor
    organisation: int  # number of the list, from 0 on; -1 is none
    is_new: bool
    heading: str
    texts: list[str]


@dataclass
class Sent:
    """What somebody sent; a tap is known by its query, a message by its chat."""

    person: int
    at: float
    query: str = ""


class Watcher:
    """A browser on the page, which asks again when the stream breaks off."""

    def __init__(self) -> None:
        self.events: list[tuple[float, int]] = []

    async def run(self, url: str) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    await self._follow(session, url)
                await asyncio.sleep(0.5)

    async def _follow(self, session: aiohttp.ClientSession, url: str) -> None:
        async with session.get(f"{url}/events") as answer:
            async for line in answer.content:
                if line.startswith(b"id: "):
                    self.events.append((time.time(), int(line[4:])))


class Afternoon:
    def __init__(self, town: Town) -> None:
        self.town, self.watcher = town, Watcher()
        self.guests: list[Guest] = []
        self.sent: dict[str, list[Sent]] = {"notes": [], "sorting": [], "idle": [], "weighing": []}
        self.down: list[tuple[float, float]] = []
        self.given: dict[int, dict[int, int]] = {}  # organisation: cluster: points
        self.seconds: dict[str, float] = {}
        self.best = 0  # notes whose cluster was one of the two that the bot proposed
        self._next_turn = 0.0
        self.office: Actor

    async def play(self, pages: str) -> None:
        await self._prepare()
        phases = {
            "come in": self._come_in,
            "collect": self._collect,
            "group": self._group,
            "weigh": self._weigh,
            "close": self._close,
        }
        await self.office.forges("wo:page:1:0:0:0")
        link = next(word for word in (await self.office.sees(pages))["text"].split() if pages in word)
        watching = asyncio.create_task(self.watcher.run(link))
        for name, phase in phases.items():
            began = time.monotonic()
            await phase()
            await self._rest()
            self.seconds[name] = time.monotonic() - began
        await asyncio.sleep(2)
        watching.cancel()

    async def _prepare(self) -> None:
        town = self.town
        await town.start_bot()
        self.office = await town.office()
        starts = (await town.now() + timedelta(minutes=15)).astimezone(Pact().timezone)
        columns = {"host": "C. C. Umwelt GmbH", "place": "Betriebsgelände"}
        title = "Erstes Treffen der Klimapakt-Partner"
        await town.event(title, f"{starts:%Y-%m-%d %H:%M}", **columns)
        await town.import_partners(
            *(f"{name},partner,company,,47798,Krefeld,Kontakt,,,2023-05-04" for name in ORGANISATIONS)
        )
        with NOTES.open(encoding="utf-8") as file:
            notes = [(row[0], row[2]) for row in csv.reader(file, delimiter="\t")]
        each = len(notes) // PEOPLE
        for number in range(PEOPLE):
            await self._invite(number, notes[number * each : (number + 1) * each])
        await self.office.forges("wo:begin:0:1:0:0")
        await self.office.sees("Sammeln")

    async def _invite(self, number: int, notes: Sequence[tuple[str, str]]) -> None:
        """Contacts have opened the chat before; ten come for the first time, four of them for no partner."""
        guest = Guest(
            await self.town.person(f"Gast {number}"),
            organisation=-1 if number >= PEOPLE - OF_NONE else number % len(ORGANISATIONS),
            is_new=number >= PEOPLE - NEW,
            heading=notes[0][0],
            texts=[text for _, text in notes],
        )
        self.guests.append(guest)
        if not guest.is_new:
            await guest.actor.sends("/start")
            await guest.actor.sees("freiwillig")
            contact = "UPDATE person SET organisation_id = ? WHERE telegram_id = ?"
            self.town.rows(contact, self.id_of(guest.organisation), guest.actor.telegram_id)

    def id_of(self, organisation: int) -> int:
        wanted = "SELECT id FROM organisation WHERE name = ?"
        return int(self.town.rows(wanted, ORGANISATIONS[organisation])[0][0])

    async def _come_in(self) -> None:
        code = self.town.rows("SELECT code FROM workshop")[0][0]
        await asyncio.gather(*(self._enter(guest, code) for guest in self.guests))

    async def _enter(self, guest: Guest, code: str) -> None:
        await guest.actor.sends(f"/start w-{code}")
        if guest.is_new:
            await guest.actor.sees("Für welche Organisation")
            if guest.organisation < 0:
                await guest.actor.taps("Für keine")
            else:
                await guest.actor.sends(ORGANISATIONS[guest.organisation])
        await guest.actor.sees("Unter welche Überschrift")
        await guest.actor.taps(f"✏️ {guest.heading[:8]}")
        await guest.actor.sees("Was möchten Sie sagen?")

    async def _collect(self) -> None:
        waiting = [(guest, guest.texts[turn]) for turn in range(3) for guest in self.guests]
        for first in range(0, len(waiting), BURST):
            began = time.monotonic()
            for place, (guest, text) in enumerate(waiting[first : first + BURST]):
                if first == len(waiting) // BURST // 2 * BURST and place == BURST // 2:
                    self._kill()
                await self._writes(guest, text)
                await asyncio.sleep(1 / BURST)
            await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))

    async def _writes(self, guest: Guest, text: str) -> None:
        self.sent["notes"].append(Sent(guest.actor.telegram_id, time.time()))
        await self.town.post(f"/sandbox/people/{guest.actor.telegram_id}/messages", {"text": text})

    def _kill(self) -> None:
        """SIGKILL; whoever supervises it starts it again, while people go on."""
        self._killing = asyncio.create_task(self._kill_and_start())

    async def _kill_and_start(self) -> None:
        began, runs = time.time(), self.town.log().count(RUNNING)
        await self.town.kill_bot()
        await self.town.start_bot()
        await self.town.logs(RUNNING, times=runs + 1)
        self.down.append((began, time.time()))

    async def _rest(self) -> None:
        """Until everything is done and everybody has heard of it."""
        if hasattr(self, "_killing"):
            await self._killing
        await self.town.until("SELECT count(*) FROM inbox WHERE state != 'done'", (0,))
        told = "SELECT count(*) FROM notice WHERE kind = 'workshop_closed' AND outcome IS NULL"
        await self.town.until(told, (0,))

    async def _group(self) -> None:
        with NOTES.open(encoding="utf-8") as file:
            self.cluster_of = {row[2]: row[1] for row in csv.reader(file, delimiter="\t")}
        await self.office.forges("wo:go:1:1:0:0")
        await self.office.forges("wo:sort:1:0:0:0")
        last = 0
        for number in range(len(self.cluster_of)):
            if number == len(self.cluster_of) // 2:
                self._kill()
            message, last = await self._note_after(last)
            await self._sort(message, last)
        await self.office.sees("Alle Zettel sind geordnet")

    async def _note_after(self, last: int) -> tuple[Message, int]:
        """The message that shows a note to sort, other than the one that was sorted last.

        A kill may cost the answer to a tap; whoever waits for it opens the next note again.
        """
        again_at = time.monotonic() + GIVES_UP_AFTER
        while True:
            for message in reversed((await self.office.messages())[-3:]):
                for data in payloads(message):
                    deed, _, note = data[1:4]
                    if deed == "else" and int(note) != last:
                        return message, int(note)
            if time.monotonic() > again_at:
                again_at = time.monotonic() + GIVES_UP_AFTER
                await self.office.forges("wo:sort:1:0:0:0", wait=20)
            await asyncio.sleep(0.05)

    async def _sort(self, message: Message, note: int) -> None:
        cluster = self.cluster_of[self._payload(note, "text")]
        group = self._groups().get(cluster)
        if group is None:
            await self._in_turn()
            await self.office.taps("Neues Bündel")
            await self._in_turn()
            await self.office.sends(cluster)
            await self._in_turn()
            await self.office.taps("Nächster Zettel")
            return
        self.best += any(data[1] == "place" and int(data[4]) == group for data in payloads(message))
        await self._in_turn()
        await self._taps(self.office, message, f"wo:place:1:{note}:{group}:0", "sorting")

    async def _in_turn(self) -> None:
        """One update a second is let in from a person, after sixty at once."""
        await asyncio.sleep(max(0.0, self._next_turn - time.monotonic()))
        self._next_turn = max(self._next_turn, time.monotonic() - AT_ONCE) + 1.02

    def _groups(self) -> dict[str, int]:
        wanted = "SELECT json_extract(payload, '$.name'), sequence FROM workshop_act WHERE kind = 'new_group'"
        return {name: int(sequence) for name, sequence in self.town.rows(wanted)}

    def _payload(self, sequence: int, key: str) -> str:
        wanted = "SELECT json_extract(payload, ?) FROM workshop_act WHERE sequence = ?"
        return str(self.town.rows(wanted, f"$.{key}", sequence)[0][0])

    async def _taps(self, actor: Actor, message: Message, data: str, what: str, wait: float = 20) -> None:
        body = {"message_id": message["message_id"], "data": data, "wait": wait}
        at = time.time()
        result = await self.town.post(f"/sandbox/people/{actor.telegram_id}/taps", body)
        self.sent[what].append(Sent(actor.telegram_id, at, result["callback_query_id"]))

    async def _weigh(self) -> None:
        await self.office.forges("wo:go:1:2:0:0")
        voters = [self.guests[number] for number in range(len(ORGANISATIONS))]
        await voters[-1].actor.sees("von 10 Punkten")
        groups = sorted(self._groups().values())[-24:]
        plans = [self._plan(voter.organisation, groups) for voter in voters]
        for voter, plan in list(zip(voters, plans, strict=True))[:IDLE_TAPS]:
            await self._weighs(voter, plan[0], "idle", wait=60)
            await asyncio.sleep(0.2)
        rest = [plan[1 if place < IDLE_TAPS else 0 :] for place, plan in enumerate(plans)]
        going = [self._gives(voter, plan) for voter, plan in zip(voters, rest, strict=True)]
        await asyncio.gather(self._kill_later(TAPS_OF_EACH * TAP_EVERY / 2), *going)

    async def _kill_later(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._kill()

    def _plan(self, organisation: int, groups: Sequence[int]) -> list[tuple[int, int, int]]:
        """Sixteen taps: ten points, three of which are taken back and given again. A third is of one mind."""
        dice = random.Random(organisation)
        is_minority = organisation >= len(ORGANISATIONS) * 2 // 3
        wanted = dice.sample(list(groups[14:19] if is_minority else groups[:14]), len(SPLIT))
        self.given[organisation] = dict(zip(wanted, SPLIT, strict=True))
        ups = [(group, was, was + 1) for group, n in self.given[organisation].items() for was in range(n)]
        back = [(wanted[0], 4, 3), (wanted[0], 3, 4)] * 3
        return ups + back

    async def _gives(self, voter: Guest, plan: Sequence[tuple[int, int, int]]) -> None:
        await asyncio.sleep(voter.organisation / len(ORGANISATIONS) * TAP_EVERY)
        for place, tap in enumerate(plan):
            began = time.monotonic()
            await self._weighs(voter, tap, "weighing")
            if place % DOUBLE_EVERY == 0:
                await self._weighs(voter, tap, "weighing")
            await asyncio.sleep(max(0.0, TAP_EVERY - (time.monotonic() - began)))

    async def _weighs(self, voter: Guest, tap: tuple[int, int, int], what: str, wait: float = 0) -> None:
        message = next(m for m in reversed(await voter.actor.messages()) if m["from"]["is_bot"])
        group, was, to = tap
        await self._taps(voter.actor, message, f"wo:weigh:1:{group}:{was}:{to}", what, wait)

    async def _close(self) -> None:
        await self.office.forges("wo:go:1:3:0:0")
        await asyncio.sleep(0.7)
        self._kill()
        await self._killing


def payloads(message: Message) -> list[list[str]]:
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    found = [button.get("callback_data", "").split(":") for row in keyboard for button in row]
    return [data for data in found if data[0] == "wo"]
