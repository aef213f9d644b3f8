"""A town for tests: a sandbox, a real bot process, and people who send, tap and see."""

import asyncio
import contextlib
import io
import json
import os
import re
import signal
import sqlite3
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
import psycopg

from tests.support.processes import Started

PATIENCE = 40.0  # seconds until a test gives up waiting for something to be seen; CI machines are slow
TOKEN = "1000000001:sandbox"
OFFICE = 501
CLOCK = re.compile(r"\d\d:\d\d")
JSON = {"Content-Type": "application/json"}
Message = dict[str, Any]


class Town:
    """Starts both processes; `settings` are the bot's environment. Use it as a context manager."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.file = folder / "pact.db"
        self.settings = {
            "STAFF_IDS": str(OFFICE),
            "DATABASE_URL": f"sqlite:///{self.file}",
            "WEB_LISTEN": "",
            **settings,
        }
        self.http: aiohttp.ClientSession
        self._sandbox: Started
        self._bot: Started | None = None
        self._log = folder / "bot.log"

    async def __aenter__(self) -> Self:
        said = self.folder / "sandbox.log"
        options = ("--port", "0", "--token", TOKEN, "--strict", "--parent", str(os.getpid()))
        self._sandbox = Started("sandbox", *options, output=said, environment=os.environ)
        async with asyncio.timeout(PATIENCE):
            while not (said.exists() and said.read_text().endswith("\n")):
                await asyncio.sleep(0.01)
        self.address = said.read_text().removeprefix("Sandbox: ").strip()
        self.http = aiohttp.ClientSession(self.address)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        violations = await self.get("/sandbox/violations")
        with contextlib.suppress(ProcessLookupError):
            await self.stop_bot()
        await self.http.close()
        self._sandbox.kill()
        await self._sandbox.wait()
        if kind is None:
            assert violations == [], violations
            assert "Traceback" not in self.log(), self.log()

    async def start_bot(self, *arguments: str) -> None:
        self._bot = self.start_process(*arguments)

    def start_process(self, *arguments: str, **settings: str) -> Started:
        """One more bot, with settings of its own; whoever starts it ends it."""
        return Started("bot", "run", *arguments, output=self._log, environment=self._environment(**settings))

    def _environment(self, **settings: str) -> dict[str, str]:
        telegram = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": self.address}
        return {**os.environ, **telegram, **self.settings, **settings}

    async def stop_bot(self) -> int | None:
        """SIGTERM; gives the exit code."""
        return await self._end_bot(signal.SIGTERM)

    async def kill_bot(self) -> None:
        await self._end_bot(signal.SIGKILL)

    async def _end_bot(self, sign: signal.Signals) -> int | None:
        bot, self._bot = self._bot, None
        if bot is None:
            return None
        bot.send_signal(sign)
        return await bot.wait()

    async def command(self, *arguments: str, killed_after: float | None = None) -> tuple[int, str]:
        """Run `python -m bot …` and give exit code and output; a negative code where it was killed."""
        said = self.folder / "command.log"
        said.unlink(missing_ok=True)
        process = Started("bot", *arguments, output=said, environment=self._environment())
        try:
            code = await asyncio.wait_for(process.wait(), killed_after)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            code = await process.wait()
        return code, said.read_text() if said.exists() else ""

    @property
    def pid(self) -> int:
        assert self._bot
        return self._bot.pid

    async def logs(self, words: str, times: int = 1, within: float = PATIENCE) -> None:
        """Wait until the bot has logged this so many times."""
        async with asyncio.timeout(within):
            while self.log().count(words) < times:
                await asyncio.sleep(0.05)

    async def _imports(self, what: str, file: Path) -> None:
        code, said = await self.command("import", what, str(file))
        assert code == 0, said

    def log(self) -> str:
        return self._log.read_text() if self._log.exists() else ""

    async def person(self, name: str, language: str = "de", telegram_id: int | None = None) -> "Actor":
        first_name, _, last_name = name.partition(" ")
        body: dict[str, Any] = {"first_name": first_name, "last_name": last_name, "language_code": language}
        if telegram_id:
            body["id"] = telegram_id
        user = await self.post("/sandbox/people", body)
        return Actor(self, user["id"])

    async def office(self) -> "Actor":
        office = await self.person("Olga Office", telegram_id=OFFICE)
        await office.sends("/start")
        await office.sees("Geschäftsstelle")
        return office

    async def partner(self, organisation: str, contact: str) -> "Actor":
        """A contact who has opened the personal link; the partner is brought in by a file."""
        return (await self.partners((organisation, contact)))[0]

    async def partners(self, *rows: tuple[str, str]) -> "list[Actor]":
        links = await self.import_partners(
            *(f"{name},partner,company,,47798,Krefeld,{contact},,,2024-01-01" for name, contact in rows)
        )
        actors = []
        for (organisation, contact), link in zip(rows, links, strict=True):
            actor = await self.person(contact)
            await actor.takes_up(link)
            await actor.sees(f"Kontakt von {organisation} verbunden")
            actors.append(actor)
        return actors

    async def import_partners(self, *lines: str) -> list[str]:
        file = self.folder / "partners.csv"
        header = "name,kind,category,street,postcode,city,contact_name,contact_email,contact_phone,joined_on"
        file.write_text("\n".join([header, *lines]))
        await self._imports("partners", file)
        invites = (self.folder / "invites.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
        return [row.rpartition(";")[2] for row in invites]

    async def event(self, title: str, starts_at: str, **columns: str) -> None:
        """An event on the books, nobody told: `starts_at` in the pact's zone, two hours long."""
        ends_at = datetime.fromisoformat(starts_at) + timedelta(hours=2)
        row = {"title": title, "starts_at": starts_at, "ends_at": f"{ends_at:%Y-%m-%d %H:%M}", **columns}
        file = self.folder / "events.csv"
        file.write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
        await self._imports("events", file)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        url = self.settings["DATABASE_URL"]
        if url.startswith("postgresql"):
            with psycopg.connect(url) as shared:
                cursor = shared.execute(query.replace("?", "%s").encode(), values)
                return cursor.fetchall() if cursor.description else []
        with contextlib.closing(sqlite3.connect(self.file)) as connection, connection:
            return connection.execute(query, values).fetchall()

    async def until(self, query: str, *rows: tuple[Any, ...], within: float = PATIENCE) -> None:
        """Wait until the database answers `query` with these rows."""
        async with asyncio.timeout(within):
            while self.rows(query) != list(rows):
                await asyncio.sleep(0.02)

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.get("/sandbox/clock"))["now"])

    async def jump_to(self, moment: datetime) -> None:
        await self.request("PUT", "/sandbox/clock", {"now": moment.isoformat()})

    async def forward(self, span: timedelta) -> None:
        await self.request("PUT", "/sandbox/clock", {"forward": span.total_seconds()})

    async def get(self, path: str, **query: object) -> Any:
        async with self.http.get(path, params={key: str(value) for key, value in query.items()}) as answer:
            return await answer.json()

    async def download(self, file_id: str) -> bytes:
        found = await self.get(f"/bot{TOKEN}/getFile", file_id=file_id)
        async with self.http.get(f"/file/bot{TOKEN}/{found['result']['file_path']}") as answer:
            assert answer.status == 200
            return await answer.read()

    async def post(self, path: str, body: object) -> Any:
        return await self.request("POST", path, body)

    async def request(self, method: str, path: str, body: object) -> Any:
        data = io.BytesIO(json.dumps(body).encode())  # large files too
        async with self.http.request(method, path, data=data, headers=JSON) as answer:
            result = await answer.json()
            assert answer.status < 400, f"{method} {path}: {result}"
            return result


class Actor:
    """Somebody with a phone. What counts as seen is what is new or changed since their last action."""

    def __init__(self, town: Town, telegram_id: int) -> None:
        self.town = town
        self.telegram_id = telegram_id
        self._known: set[tuple[int, str]] = set()
        self.alert = ""

    async def sends(self, text: str) -> None:
        await self.acts({"text": text})

    async def replies(self, to: str, text: str) -> None:
        """To the bot's newest message with these words, as people do by swiping it."""
        found = await self._newest(to, of_bot=True)
        await self.acts({"text": text, "reply_to": found["message_id"]})

    async def edits(self, before: str, text: str) -> None:
        """Their own newest message with these words."""
        found = await self._newest(before, of_bot=False)
        await self._remember()
        path = f"/sandbox/people/{self.telegram_id}/messages/{found['message_id']}"
        await self.town.request("PATCH", path, {"text": text})

    async def _newest(self, words: str, *, of_bot: bool) -> Message:
        async for messages in self._changes(PATIENCE):
            for message in reversed(messages):
                if words in _words(message) and message["from"]["is_bot"] == of_bot:
                    return message
        raise AssertionError(f"no message {words!r} in:\n{await self.screen()}")

    async def takes_up(self, link: str) -> None:
        """Open a personal link and say that it is one's own."""
        await self.sends(f"/start {link.rpartition('=')[2]}")
        await self.taps("Ja, das bin ich")

    async def sends_sticker(self) -> None:
        await self.acts({"sticker": True})

    async def sends_photo(self) -> None:
        await self.acts({"photo": True})

    async def sends_location(self, latitude: float, longitude: float) -> None:
        await self.acts({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_file(self, name: str, content: bytes) -> None:
        await self.acts({"document": {"name": name, "content": b64encode(content).decode()}})

    async def receives_file(self, name: str) -> bytes:
        """The newest document whose name begins with `name`, waiting for it; it must be new."""
        async for messages in self._changes(PATIENCE):
            for message in reversed(messages):
                document = message.get("document", {})
                if document.get("file_name", "").startswith(name) and _identity(message) not in self._known:
                    return await self.town.download(document["file_id"])
        raise AssertionError(f"no file {name!r} in:\n{await self.screen()}\n{self.town.log()}")

    async def shares_phone(self, number: str) -> None:
        await self.acts({"contact": {"phone_number": number}})

    async def acts(self, body: dict[str, Any]) -> None:
        await self._remember()
        await self.town.post(f"/sandbox/people/{self.telegram_id}/messages", body)

    async def taps(self, label: str, within: float = PATIENCE) -> None:
        """Tap the newest button with this label (or one that begins with it), waiting for it to appear.

        ":" stands for a time of day, whichever comes first; after "…" the label may begin anyhow.
        """
        message, exact = await self._button(label, within)
        await self._remember()
        await self._tap({"message_id": message["message_id"], "label": exact})

    async def taps_first_day(self) -> None:
        """In a month of buttons, the first day that can be picked."""
        async for messages in self._changes(PATIENCE):
            days = [label for label in _labels(messages[-1]) if re.fullmatch(r"[A-Z][a-z] \d+", label)]
            if days:
                await self.taps(days[0])
                return
        raise AssertionError(f"no day to tap in:\n{await self.screen()}")

    async def forges(self, data: str, wait: float = PATIENCE) -> None:
        """Tap with a payload of the person's own making on the bot's last message."""
        message = next(m for m in reversed(await self.messages()) if m["from"]["is_bot"])
        await self._remember()
        await self._tap({"message_id": message["message_id"], "data": data}, wait)

    async def _tap(self, body: dict[str, Any], wait: float = PATIENCE) -> None:
        path = f"/sandbox/people/{self.telegram_id}/taps"
        result = await self.town.post(path, {**body, "wait": wait})
        self.alert = (result["answer"] or {}).get("text") or ""

    async def _button(self, label: str, within: float) -> tuple[Message, str]:
        async for messages in self._changes(within):
            for message in reversed(messages):
                for text in _labels(message):
                    if text.startswith(label) or (label == ":" and CLOCK.fullmatch(text)):
                        return message, text
                    if label.startswith("…") and label[1:] in text:
                        return message, text
        raise AssertionError(f"no button {label!r} in:\n{await self.screen()}")

    async def sees(self, text: str, within: float = PATIENCE) -> Message:
        async for messages in self._changes(within):
            for message in reversed(messages):
                if text in _words(message) and _identity(message) not in self._known:
                    return message
        raise AssertionError(f"{text!r} is not seen; instead:\n{await self.screen()}\n{self.town.log()}")

    async def has_buttons(self, *labels: str) -> None:
        for label in labels:
            await self._button(label, PATIENCE)

    async def does_not_see(self, text: str) -> None:
        """Now; wait for something else that must have come later first."""
        seen = [
            message.get("text", "")
            for message in await self.messages()
            if _identity(message) not in self._known
        ]
        assert not [message for message in seen if text in message], seen

    async def goes_through(self, *steps: tuple[str, str]) -> None:
        """(says, sees) pairs; what stands in square brackets is tapped, the rest is sent."""
        for says, sees in steps:
            tapped = re.fullmatch(r"\[(.*)\]", says)
            await (self.taps(tapped[1]) if tapped else self.sends(says))
            await self.sees(sees)

    async def has_command(self, command: str) -> None:
        path = f"/sandbox/people/{self.telegram_id}/commands"
        async with asyncio.timeout(PATIENCE):
            while command not in {known["command"] for known in await self.town.get(path)}:
                await asyncio.sleep(0.02)

    async def blocks_bot(self, *, blocked: bool = True) -> None:
        await self.town.request("PUT", f"/sandbox/people/{self.telegram_id}/blocked", {"blocked": blocked})

    async def messages(self) -> list[Message]:
        chat = await self.town.get(f"/sandbox/people/{self.telegram_id}/chat")
        messages: list[Message] = chat["messages"]
        return messages

    async def screen(self) -> str:
        """The last messages with their buttons, as a person reads them."""
        shown = []
        for message in (await self.messages())[-4:]:
            who = "Bot" if message["from"]["is_bot"] else "I"
            buttons = "".join(f" [{label}]" for label in _labels(message))
            shown.append(f"{who}: {message.get('text', '')}{buttons}")
        return "\n---\n".join(shown)

    async def _remember(self) -> None:
        self._known = {_identity(message) for message in await self.messages()}

    async def _changes(self, within: float) -> AsyncIterator[list[Message]]:
        """The chat now, and again each time it has changed."""
        path, change = f"/sandbox/people/{self.telegram_id}/chat", -1
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while True:
                    chat = await self.town.get(path, after=change, wait=2)
                    change = chat["change"]
                    yield chat["messages"]


def _identity(message: Message) -> tuple[int, str]:
    return message[
        "message_id"
    ], f"{message['html']}{message.get('reply_markup')}" if "html" in message else ""


def _words(message: Message) -> str:
    """A message's text, or what stands under its file."""
    return str(message.get("text") or message.get("caption") or "")


def _labels(message: Message) -> list[str]:
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in keyboard for button in row]
