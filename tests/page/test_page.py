"""The sandbox's page in a real browser, against a tiny bot that is written here."""

import asyncio
import base64
import io
import json
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer

from sandbox.server import build

playwright = pytest.importorskip("playwright.async_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="module"),  # one browser for all of them
]

TOKEN = "1000000001:sandbox"
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
CARD = {
    "inline_keyboard": [
        [
            {"text": "Ja", "callback_data": "yes", "style": "success"},
            {"text": "Nein", "callback_data": "no", "style": "danger"},
        ],
        [{"text": "Hinweis", "callback_data": "alert"}],
    ]
}
CONTACT = {"keyboard": [[{"text": "Nummer teilen", "request_contact": True}]], "one_time_keyboard": True}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
KINDS = ("contact", "photo", "video", "voice", "poll", "new_chat_members")
REMINDER_AT = "2030-05-01T08:00:00+00:00"


@dataclass
class StubBot:
    """Answers what the tests do, over the Bot API, and reminds when the sandbox's clock says so."""

    root: str
    session: aiohttp.ClientSession
    heard: list[str] = field(default_factory=list)
    windows: list[Any] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    reminded: bool = False
    now: float = 0.0

    async def call(self, method: str, **values: Any) -> Any:
        form = {key: one if isinstance(one, str) else json.dumps(one) for key, one in values.items()}
        async with self.session.post(f"{self.root}/bot{TOKEN}/{method}", data=form) as answer:
            self.now = float(answer.headers["X-Sandbox-Now"])
            found = await answer.json()
            assert found["ok"], found
            return found["result"]

    async def send_calendar(self, chat: int) -> None:
        form = aiohttp.FormData({"chat_id": str(chat)})
        form.add_field("document", io.BytesIO(CALENDAR), filename="termin.ics")
        async with self.session.post(f"{self.root}/bot{TOKEN}/sendDocument", data=form) as answer:
            assert answer.status == 200

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=30):
                offset = update["update_id"] + 1
                await self.handle(update)
            if self.now > 1_900_000_000 and not self.reminded:
                self.reminded = True
                await self.call("sendMessage", chat_id=1001, text="Erinnerung: heute 14 Uhr")

    async def handle(self, update: dict[str, Any]) -> None:
        if "callback_query" in update:
            await self.answer(update["callback_query"])
        elif "message" in update:
            message = update["message"]
            chat, text = message["chat"]["id"], message.get("text", "")
            kinds = [kind for kind in KINDS if kind in message]
            self.heard.append(text or kinds[0])
            await self.reply(chat, text)

    async def reply(self, chat: int, text: str) -> None:
        link = "https://t.me/KlimapaktBot?start=abc"
        hello = f'<b>Guten Tag</b>, &lt;Sie&gt; <a href="{link}">öffnen</a>'
        if text == "/termine":
            await self.call("sendMessage", chat_id=chat, text="Kommen Sie?", reply_markup=CARD)
        elif text == "/datei":
            await self.send_calendar(chat)
        elif text == "/nummer":
            await self.call("sendMessage", chat_id=chat, text="Ihre Nummer?", reply_markup=CONTACT)
        else:
            await self.call("sendMessage", chat_id=chat, text=hello, parse_mode="HTML")

    async def answer(self, query: dict[str, Any]) -> None:
        message, data = query["message"], query["data"]
        if data == "alert":
            values = {"text": "Bitte beachten", "show_alert": True}
        else:
            values = {"text": "Danke"}
            here = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
            await self.call("editMessageText", text=f"Antwort: {data}", **here)
        await self.call("answerCallbackQuery", callback_query_id=query["id"], **values)


@pytest_asyncio.fixture(loop_scope="module")
async def bot() -> AsyncIterator[StubBot]:
    server = TestServer(build(strict=True))
    await server.start_server(shutdown_timeout=0.1)
    async with aiohttp.ClientSession() as session:
        found = StubBot(str(server.make_url("")).rstrip("/"), session)
        commands = [{"command": "termine", "description": "Kommende Termine"}]
        await found.call("setMyCommands", commands=commands)
        await found.call("setMyDescription", description="Ein Bot zum Probieren")
        for name in ("Anna", "Bernd"):
            body = {"first_name": name, "language_code": "de"}
            await session.post(f"{found.root}/sandbox/people", json=body)
        task = asyncio.create_task(found.run())
        yield found
        for window in found.windows:
            await window.close()
        task.cancel()
        (ended,) = await asyncio.gather(task, return_exceptions=True)
    await server.close()
    assert isinstance(ended, asyncio.CancelledError), ended
    assert found.errors == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Any]:
    async with playwright.async_playwright() as tools:
        launched = await tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        await launched.close()


async def opened(browser: Any, bot: StubBot, address: str = "", **options: Any) -> Any:
    """A window on the page, whose errors fail the test."""
    context = await browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", **options)
    bot.windows.append(context)
    page = await context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: bot.errors.append(str(error)))
    await page.goto(f"{bot.root}/{address}")
    await page.wait_for_selector("body.ready")
    return page


def sees(page: Any, text: str) -> Any:
    return playwright.expect(page.locator("#messages")).to_contain_text(text, timeout=10_000)


async def types(page: Any, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")


async def test_choose_type_tap_and_see_the_edit(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot)
    await page.click("#row-1001")
    await playwright.expect(page.locator("#intro")).to_contain_text("Ein Bot zum Probieren")
    await page.click("#start")
    await sees(page, "Guten Tag, <Sie>")
    assert await page.locator("#messages b").inner_text() == "Guten Tag"
    await types(page, "/termine")
    await page.get_by_role("button", name="Ja", exact=True).click()
    await sees(page, "Antwort: yes")
    await playwright.expect(page.locator("#toasts")).to_contain_text("Danke")
    assert await page.get_by_role("button", name="Ja", exact=True).count() == 0


async def test_alert_is_a_dialog(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    await types(page, "/termine")
    await page.get_by_role("button", name="Hinweis").click()
    await playwright.expect(page.get_by_role("dialog")).to_contain_text("Bitte beachten")
    await page.get_by_role("button", name="OK").click()
    await playwright.expect(page.locator("#dialog")).to_be_hidden()


async def test_what_people_type_is_no_markup(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    attack = "<img src=x onerror=\"document.title='broken'\"> <b>x</b>"
    await types(page, attack)
    await sees(page, attack)
    assert await page.locator("#messages img").count() == 0
    assert await page.title() != "broken"


async def test_a_poll_is_voted_on_and_asked(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    await sees(page, "/start")
    options = [{"text": "Montag"}, {"text": "Dienstag"}]
    await bot.call("sendPoll", chat_id=1001, question="Wann?", options=options, is_anonymous=False)
    monday = page.get_by_role("button", name="Montag")
    await monday.click()
    await playwright.expect(monday).to_have_attribute("aria-pressed", "true")
    await sees(page, "1 Stimme")
    await monday.click()
    await sees(page, "0 Stimmen")
    await page.click("#chat-menu")
    await page.get_by_role("menuitem", name="Umfrage senden").click()
    await page.fill("#poll-question", "Wer kommt?")
    await page.fill("#poll-options", "Ich\nIch nicht")
    await page.click("#dialog [data-value=send]")
    await sees(page, "Wer kommt?")
    await playwright.expect(page.get_by_role("button", name="Ich nicht")).to_be_visible()


async def test_a_film_is_sent_and_can_be_played(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    await sees(page, "/start")
    film = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"\0\0\0\x18ftypmp42"}
    await page.set_input_files("#file", film)
    await playwright.expect(page.locator("#messages video")).to_be_visible()
    sound = {"name": "a.ogg", "mimeType": "audio/ogg", "buffer": b"OggS"}
    await page.set_input_files("#file", sound)
    await playwright.expect(page.locator("#messages audio")).to_be_visible()


async def test_download_of_a_calendar_file(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    await types(page, "/datei")
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="termin.ics").click()
    download = await waiting.value
    content = await asyncio.to_thread(Path(await download.path()).read_bytes)
    assert (download.suggested_filename, content) == ("termin.ics", CALENDAR)


async def test_contact_is_shared_from_the_reply_keyboard(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    await types(page, "/nummer")
    await page.get_by_role("button", name="Nummer teilen").click()
    await page.get_by_role("button", name="Teilen", exact=True).click()
    await playwright.expect(page.locator("#messages .file-name")).to_contain_text("Anna")
    await playwright.expect(page.locator("#reply-keyboard")).to_be_hidden()
    assert "contact" in bot.heard


async def test_links_to_the_bot_stay_inside(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    await page.get_by_role("link", name="öffnen", exact=True).click()
    await sees(page, "/start abc")
    assert "/start abc" in bot.heard


async def test_the_clock_jumps_to_what_is_due(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    await sees(page, "Guten Tag")
    body = {"items": [{"at": REMINDER_AT, "what": "Erinnerung"}]}
    await bot.session.put(f"{bot.root}/sandbox/due", json=body)
    await playwright.expect(page.locator("#next-due")).to_contain_text("Erinnerung")
    await page.click("#clock")
    await page.locator("#due .jump").click()
    await sees(page, "Erinnerung: heute 14 Uhr")
    await playwright.expect(page.locator("#now")).to_contain_text("01.05.2030")


async def test_two_windows_as_two_people(bot: StubBot, browser: Any) -> None:
    anna = await opened(browser, bot, "#1001")
    bernd = await opened(browser, bot, "#1002")
    await anna.click("#start")
    await sees(anna, "Guten Tag")
    await playwright.expect(bernd.locator("#row-1001 .badge")).to_have_count(0)
    await bernd.click("#start")
    await sees(bernd, "Guten Tag")
    await bot.call("sendMessage", chat_id=1002, text="Nur für Bernd")
    await sees(bernd, "Nur für Bernd")
    assert "Nur für Bernd" not in await anna.locator("#messages").inner_text()


async def test_a_new_person_and_blocking(bot: StubBot, browser: Any) -> None:
    for number in range(60):
        body = {"first_name": "Weitere", "last_name": str(number), "id": 5000 + number}
        await bot.session.post(f"{bot.root}/sandbox/people", json=body)
    page = await opened(browser, bot)
    await page.click("#new-person")
    await page.fill("#first-name", "Clara")
    await page.fill("#last-name", "Esser")
    await page.fill("#start-code", "https://t.me/KlimapaktBot?start=code1")
    await page.get_by_role("button", name="Anlegen").click()
    await sees(page, "/start code1")
    await sees(page, "Guten Tag")
    await page.click("#chat-menu")
    await page.get_by_role("menuitem", name="Bot blockieren").click()
    await playwright.expect(page.locator("#start")).to_have_text("BOT ENTSPERREN")
    await playwright.expect(page.locator("#row-1003")).to_contain_text("blockiert")
    await page.click("#start")
    await playwright.expect(page.locator("#write")).to_be_visible()


async def test_a_group_and_who_acts_in_it(bot: StubBot, browser: Any) -> None:
    body = {"title": "Klimagruppe", "kind": "supergroup", "members": [1001, 1002]}
    async with bot.session.post(f"{bot.root}/sandbox/groups", json=body) as answer:
        group = (await answer.json())["id"]
    page = await opened(browser, bot, f"#1001/{group}")
    await types(page, "/termine")
    await page.get_by_role("button", name="Nein").click()
    await sees(page, "Antwort: no")
    await page.select_option("#actor", label="Bernd")
    await playwright.expect(page.locator("#messages .sender", has_text="Anna")).to_have_count(1)
    await types(page, "Ich bin Bernd")
    await playwright.expect(page.locator(".message.mine")).to_contain_text("Ich bin Bernd")


async def test_a_photo_is_sent_and_shown(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": PIXEL}
    await page.set_input_files("#file", files=[picture])
    await playwright.expect(page.locator("#messages .photo img")).to_be_visible()
    assert "photo" in bot.heard


async def test_the_page_in_english(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#more")
    await page.get_by_role("menuitem", name="English").click()
    await playwright.expect(page.locator("#start")).to_have_text("START")
    await playwright.expect(page.locator("#new-person")).to_have_text("New person")


async def test_violations_are_shown(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot)
    await bot.session.post(f"{bot.root}/bot{TOKEN}/sendNothing")
    await page.click("#violations")
    await playwright.expect(page.get_by_role("dialog")).to_contain_text("method not found")


async def test_correcting_by_keyboard(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    await types(page, "Krefelt")
    await sees(page, "Krefelt")
    await page.press("#text", "ArrowUp")
    await types(page, "Krefeld")
    await playwright.expect(page.locator(".message.mine").last).to_contain_text(
        re.compile("Krefeld.*bearbeitet")
    )


async def test_commands_by_keyboard(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, "#1001")
    await page.click("#start")
    await page.fill("#text", "/t")
    await page.press("#text", "ArrowDown")
    await page.keyboard.press("Enter")
    await sees(page, "Kommen Sie?")


async def test_on_a_phone_list_or_chat(bot: StubBot, browser: Any) -> None:
    page = await opened(browser, bot, viewport={"width": 390, "height": 800})
    await playwright.expect(page.locator("#chat")).to_be_hidden()
    await page.click("#row-1001")
    await playwright.expect(page.locator("#side")).to_be_hidden()
    await page.click("#start")
    await sees(page, "Guten Tag")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    await page.click("#back")
    await playwright.expect(page.locator("#side")).to_be_visible()


async def test_page_stays_in_its_window_when_a_row_far_down_is_chosen(bot: StubBot, browser: Any) -> None:
    for number in range(40):
        body = {"first_name": "Person", "last_name": str(number), "id": 7000 + number}
        await bot.session.post(f"{bot.root}/sandbox/people", json=body)
    page = await opened(browser, bot, viewport={"width": 1000, "height": 600})
    await page.click("#row-7039")
    await page.click("#row-7000")
    tall = "document.documentElement.scrollHeight + window.scrollY"
    assert await page.evaluate(tall) == 600
