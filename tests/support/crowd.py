"""A crowd that taps and writes while the bot is killed, and what must have come of it in the end."""

import asyncio
import random
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.basics.sheets import write_xlsx
from tests.support.town import OFFICE, Actor, Town

WITHIN = 120.0
RUNNING = "] running"
EARLY, START, WORK = 0.15, 1.0, 0.2  # how many are killed while they start; seconds
FILE_ROWS = 50
MORE = re.compile(r"und (\d+) weitere")  # questions of a minute than one message has lines for
OF_FILE = '%"document"%'  # the body of an update
WHOLE = 3600.0  # seconds of killing, in which a file may not get through
LATE, FILE = 0.3, 2.5  # how many are killed later, when a file may be read or brought in
SEATS = 20
HELD = timedelta(minutes=2)  # a no, and questions that are told together, are held for less
Step = tuple[str, str]  # what is done, and with what


@dataclass
class Member:
    actor: Actor
    plan: list[Step]
    message_id: int = 0

    @property
    def texts(self) -> list[str]:
        return [what for deed, what in self.plan if deed == "ideas"]

    @property
    def wish(self) -> int:
        return [int(what) for deed, what in self.plan if deed == "tap"][-1]


@dataclass
class Clerk:
    """Staff who bring in the register by files in the chat, and by an import that is killed too."""

    office: Actor
    message_id: int  # of an old message, on which the yes is tapped
    files: int
    rows: int
    killed: int = 0  # imports
    again: int = 0  # files that were put aside after so many deaths, and are sent again

    async def brings_in(self) -> None:
        for number in range(self.files):
            await self._sends(number)

    async def _sends(self, number: int) -> None:
        """Until it is held, which it is once; then the yes, until nothing is held any more."""
        town, content = self.office.town, _workbook(f"Datei {number}", self.rows)
        before = self._parked()
        await self.office.sends_file(f"{number}.xlsx", content)
        async with asyncio.timeout(WHOLE):
            while not (drafts := town.rows("SELECT id FROM register_draft")):
                if self._parked() > before:
                    before, self.again = self._parked(), self.again + 1
                    await self.office.sends_file(f"{number}.xlsx", content)
                await asyncio.sleep(0.05)
        ((draft_id,),) = drafts
        tap = {"message_id": self.message_id, "data": f"rb:{draft_id}", "wait": 0}
        await town.post(f"/sandbox/people/{OFFICE}/taps", tap)
        await town.until("SELECT count(*) FROM register_draft", (0,), within=WHOLE)

    def _parked(self) -> int:
        query = "SELECT count(*) FROM inbox WHERE state = 'parked' AND body LIKE ?"
        return int(self.office.town.rows(query, OF_FILE)[0][0])

    async def imports(self, dice: random.Random) -> None:
        """By the command line, which is killed at a moment that is drawn; then once more, to the end."""
        town = self.office.town
        file = town.folder / "import.xlsx"
        file.write_bytes(_workbook("Import", self.rows))
        for _ in range(self.files):
            code, _ = await town.command("import", "partners", str(file), killed_after=dice.uniform(0.1, 2))
            self.killed += code < 0
        assert (await town.command("import", "partners", str(file)))[0] == 0

    def all_is_there(self) -> None:
        """Each organisation of each file once, with one contact; an import leaves no half of a file."""
        for name in (*(f"Datei {number}" for number in range(self.files)), "Import"):
            query = (
                "SELECT count(DISTINCT organisation.id), count(*) FROM organisation"
                " JOIN person ON organisation_id = organisation.id WHERE organisation.name LIKE ?"
            )
            assert self.office.town.rows(query, f"{name} Nr. %") == [(self.rows, self.rows)], name


def _workbook(name: str, rows: int) -> bytes:
    titles = ("name", "kind", "category", "joined_on", "contact_name")
    return write_xlsx(
        "Partner",
        titles,
        ((f"{name} Nr. {n}", "partner", "company", "2024-01-01", f"Kontakt {n}") for n in range(rows)),
    )


@dataclass
class Crowd:
    """Each has a plan, drawn with `seed`: answers to an event, ideas, questions to the office."""

    town: Town
    people: int
    rounds: int
    files: int
    seed: int = 1
    clerk: Clerk = field(init=False)
    members: list[Member] = field(default_factory=list)
    questions: int = 0
    updates: int = 0
    updates_before: int = 0
    may_do: float = 0.0  # what part of the plans

    async def gather(self) -> None:
        """With the bot running: everybody is a partner's contact and has opened the chat."""
        await self.town.request("PUT", "/sandbox/limits", {"enforced": False})
        office = await self.town.office()
        menu = await office.sees("Geschäftsstelle")
        self.clerk = Clerk(office, menu["message_id"], self.files, FILE_ROWS)
        start = f"{datetime.now(UTC) + timedelta(days=40):%Y-%m-%d} 14:00"
        await self.town.event("Großes Treffen", start, capacity=str(SEATS))
        await self.town.import_partners(
            *(
                f"Firma {n},partner,company,,47798,Krefeld,Kontakt {n},,,2024-01-01"
                for n in range(self.people)
            )
        )
        contacts = self.town.rows("SELECT id FROM person WHERE organisation_id IS NOT NULL ORDER BY id")
        dice = random.Random(self.seed)
        for number, (contact,) in enumerate(contacts):
            actor = await self.town.person(f"Kontakt {number}")
            self.town.rows("UPDATE person SET telegram_id = ? WHERE id = ?", actor.telegram_id, contact)
            self.members.append(Member(actor, self._plan(dice, number)))
        for member in self.members:
            await member.actor.sends("/start")
        for member in self.members:
            shown = await member.actor.sees("Für Firma", within=30)
            member.message_id = shown["message_id"]
        await self.town.until("SELECT count(*) FROM inbox WHERE state = 'waiting'", (0,), within=WITHIN)
        self.updates_before = self.town.rows("SELECT count(*) FROM inbox")[0][0]

    def _plan(self, dice: random.Random, number: int) -> list[Step]:
        plan: list[Step] = []
        for turn in range(self.rounds):
            deed = dice.choice(["tap", "tap", "tap", "ideas", "ask" if turn < 2 else "tap"])
            plan.append(
                (deed, str(dice.choice([0, 1, 1, 2])) if deed == "tap" else f"{deed} {number}.{turn}")
            )
        self.questions += sum(deed == "ask" for deed, _ in plan)
        return [*plan, ("tap", str(dice.choice([0, 1])))]

    async def act(self) -> None:
        dice = random.Random(self.seed)
        await asyncio.gather(
            *(self._go_through(member) for member in self.members),
            self.clerk.brings_in(),
            self.clerk.imports(dice),
        )

    async def _go_through(self, member: Member) -> None:
        """Everybody a little later than the one before, as far as `may_do` lets them."""
        offset = random.Random(member.actor.telegram_id).random()
        for place, (deed, what) in enumerate(member.plan):
            while self.may_do < min(1.0, (place + offset) / len(member.plan)):
                await asyncio.sleep(0.01)
            if deed == "tap":
                await self._tap(member, f"ez:1:{what}")
            elif deed == "ideas":
                await self._send(member, "/idee")
                await self._tap(member, "fo:idea:topic:0")
                await self._send(member, what)
                await self._tap(member, "ft:idea:summary:submit")
            else:
                await self._send(member, "/frage")
                await self._send(member, what)
                await self._tap(member, "ft:ask:summary:submit")

    async def _tap(self, member: Member, data: str) -> None:
        self.updates += 1
        body = {"message_id": member.message_id, "data": data, "wait": 0}
        await self.town.post(f"/sandbox/people/{member.actor.telegram_id}/taps", body)

    async def _send(self, member: Member, text: str) -> None:
        self.updates += 1
        await self.town.post(f"/sandbox/people/{member.actor.telegram_id}/messages", {"text": text})

    async def all_is_well(self) -> None:
        """No accepted update lost, none applied twice, every obligatory notice sent."""
        town = self.town
        await self._rest()
        no_file = "SELECT count(*) FROM inbox WHERE state = 'parked' AND body NOT LIKE ?"
        assert town.rows(no_file, OF_FILE) == [(0,)]
        for member in self.members:
            telegram_id = member.actor.telegram_id
            ideas = town.rows(
                "SELECT text FROM idea JOIN person ON person.id = person_id WHERE telegram_id = ?"
                " ORDER BY idea.id",
                telegram_id,
            )
            assert [text for (text,) in ideas] == member.texts
            answered = "SELECT party FROM rsvp JOIN person ON person.id = person_id WHERE telegram_id = ?"
            assert town.rows(answered, telegram_id) == [(member.wish,)], telegram_id
        self._seats_add_up()
        self.clerk.all_is_there()
        await self._notices_arrived()

    async def _rest(self) -> None:
        files = 2 * self.files + self.clerk.again  # each is sent and taken in
        all_of_them = ("SELECT count(*) FROM inbox", (self.updates_before + self.updates + files,))
        await self.town.until(*all_of_them, within=WITHIN)
        await self.town.until("SELECT count(*) FROM inbox WHERE state = 'waiting'", (0,), within=WITHIN)
        await self.town.forward(HELD)
        owed = "SELECT count(*) FROM notice WHERE outcome IS NULL AND kind <> 'offer_ends'"  # due in days
        await self.town.until(owed, (0,), within=WITHIN)

    def _seats_add_up(self) -> None:
        ((taken, held, waiting),) = self.town.rows("SELECT taken, held, waiting FROM event")
        for status, column, total in (
            ("yes", "party", taken),
            ("offered", "offered", held),
            ("waiting", "party", waiting),
        ):
            summed = f"SELECT coalesce(sum({column}), 0) FROM rsvp WHERE status = ?"
            assert self.town.rows(summed, status) == [(total,)]
        assert taken + held <= SEATS
        assert waiting == 0 or SEATS - taken - held < 2  # a party of two does not fit on one seat

    async def _notices_arrived(self) -> None:
        town = self.town
        assert town.rows("SELECT count(*) FROM inquiry_line") == [(self.questions,)]
        assert town.rows("SELECT outcome, count(*) FROM notice WHERE kind = 'inquiry' GROUP BY outcome") == [
            ("sent", self.questions)
        ]
        chat = await town.get(f"/sandbox/people/{OFFICE}/chat")
        seen = "\n".join(message.get("text", "") for message in chat["messages"])
        asked = [what for member in self.members for deed, what in member.plan if deed == "ask"]
        more = sum(int(number) for number in MORE.findall(seen)) + seen.count("und eine weitere")
        assert len([what for what in asked if what not in seen]) <= more
        assert town.rows("SELECT count(*) FROM notice WHERE outcome NOT IN ('sent', 'dropped')") == [(0,)]


async def kill_again_and_again(crowd: Crowd, kills: int, seed: int) -> int:
    """At moments that are drawn, most when a part of the crowd has just acted; gives how many met work."""
    dice, met, town = random.Random(seed), 0, crowd.town
    for number in range(1, kills + 1):
        runs_before = town.log().count(RUNNING)
        await town.start_bot()
        if dice.random() < EARLY:
            await asyncio.sleep(dice.uniform(0.0, START))
        else:
            await town.logs(RUNNING, times=runs_before + 1, within=WITHIN)
        crowd.may_do = number / kills
        await asyncio.sleep(dice.uniform(0.0, FILE if dice.random() < LATE else WORK))
        await town.kill_bot()
        met += town.rows("SELECT count(*) > 0 FROM inbox WHERE state = 'waiting'")[0][0]
    await town.start_bot()
    return met
