"""Takes the pictures of the README and the handbook from the sandbox's page (`make screenshots`)."""

import asyncio
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright, expect

HERE = Path(__file__).parent
ADDRESS = os.environ.get("TELEGRAM_API_URL", "http://127.0.0.1:8999")
CLARA, HEIKE, OFFICE = 571, 511, 501
HANDBOOK = {  # what the office types, and the taps from there
    "schreibtisch": ("/buero",),
    "anfragen": ("/buero", "Vorgänge", "Café Stadtgarten"),
    "termine": ("/buero", "7.12."),
    "fragen": ("/buero", "Fragen", "Thomas"),
    "ideen": ("/buero", "Ideen"),
    "workshops": ("/buero", "Workshops", "Auftaktworkshop"),
    "programm": ("/buero", "Nächstes Jahr"),
    "rundmails": ("/buero", "Rundmails", "Entwurf"),
    "partner": ("/buero", "Partner", "Elektro Peters"),
    "massnahmen": ("/massnahme", "Alle Maßnahmen"),
    "tagesbericht": ("/tagesbericht",),
    "team": ("/buero", "Weiteres", "Mitarbeitende"),
    "datenschutz": ("/buero", "Weiteres", "Datenschutz"),
}


async def main() -> None:
    command = (sys.executable, "-m", "bot", "run")
    bot = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        await _until_it_runs(bot)
        async with async_playwright() as tools:
            browser = await tools.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
            await _take_for_handbook(browser)
            await _take(browser)
            await browser.close()
    finally:
        bot.terminate()
        await bot.wait()


async def _until_it_runs(bot: asyncio.subprocess.Process) -> None:
    assert bot.stdout
    while line := await bot.stdout.readline():
        if b"Try it" in line:
            return
    raise RuntimeError("the bot did not start")


def _chromium() -> str | None:
    """Debian's, where Playwright's own was not downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


async def _take(browser: Any) -> None:
    context = await browser.new_context(
        locale="de-DE", timezone_id="Europe/Berlin", viewport={"width": 1080, "height": 720}
    )
    page = await context.new_page()
    await page.goto(ADDRESS)
    await page.wait_for_selector("body.ready")
    await _joins(page)
    await _confirms(page)
    await _takes_in_group(page)
    await _answers(page)
    await _is_reminded(page)
    await _reads_digest(page)


async def _take_for_handbook(browser: Any) -> None:
    """Before anything has happened, as a phone shows it."""
    phone = {"width": 390, "height": 900}
    context = await browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", viewport=phone)
    page = await context.new_page()
    await page.goto(ADDRESS)
    await page.wait_for_selector("body.ready")
    await _become(page, OFFICE)
    await _sees(page, "Neue Anfragen")
    shown = page.locator("#messages .message").last
    for name, (command, *labels) in HANDBOOK.items():
        await page.fill("#text", command)
        await page.press("#text", "Enter")
        await expect(shown).not_to_contain_text(command, timeout=15_000)
        for label in labels:
            before = await shown.inner_text()
            await shown.get_by_role("button", name=re.compile(label)).first.click()
            await expect(shown).not_to_have_text(before, timeout=15_000, use_inner_text=True)
        await shown.evaluate("message => message.scrollIntoView({block: 'start'})")
        await _picture(page, f"handbuch/{name}")


async def _joins(page: Page) -> None:
    await _become(page, CLARA)
    await _tap(page, "Dem Pakt beitreten")
    await _type(page, "Neuhoff Fahrradmanufaktur", "Art von Organisation")
    await _tap(page, "Unternehmen")
    await _type(page, "47803", "In welcher Branche?")
    await _tap(page, "Industrie")
    await _tap(page, "10 bis 49")
    await _tap(page, "Austausch mit anderen")
    await _tap(page, "Fördermittel finden")
    await _picture(page, "joining")
    await _tap(page, "Fertig")
    await _type(page, "Solardach seit 2021", "kostenlos ein Klimaschutzkonzept")
    await _tap(page, "Nein")
    await _type(page, "Clara Neuhoff", "Welche Funktion")
    await _type(page, "Inhaberin", "E-Mail-Adresse")
    await _type(page, "clara@example.org", "telefonisch")
    await _type(page, "02151 555900", "Darf die Geschäftsstelle")
    await _tap(page, "Ja, ich stimme zu")
    await _tap(page, "Anfrage absenden")
    await _sees(page, "ist angekommen")
    await _tap(page, "Zeit für das Gespräch wählen")
    await _tap(page, "Vor Ort")
    await page.get_by_role("button", name=re.compile("^›")).last.click()
    await page.wait_for_timeout(700)
    await _picture(page, "talk")
    await page.get_by_role("button", name=re.compile(r"^[A-Z][a-z] \d+$")).last.click()
    await page.get_by_role("button", name=re.compile(r"^\d\d:\d\d$")).first.click()
    await _sees(page, "noch nicht bestätigt")


async def _confirms(page: Page) -> None:
    await _become(page, OFFICE)
    await _sees(page, "Welche Zeit passt?")
    await page.get_by_role("button", name=re.compile("^✓")).last.click()
    await _sees(page, "Mit: Neuhoff Fahrradmanufaktur")
    await _type(page, "/buero", "offen")
    await _tap(page, "Vorgänge (3)")
    await page.get_by_role("button", name=re.compile("Neuhoff")).last.click()
    await _sees(page, "Stand: Gespräch vereinbart")
    await _picture(page, "office")


async def _takes_in_group(page: Page) -> None:
    await page.locator("#groups .row", has_text="Geschäftsstelle Klimapakt").click()
    await _sees(page, "Neuhoff Fahrradmanufaktur")
    await _tap(page, "Ich kümmere mich")
    await _sees(page, "kümmert sich")
    await _picture(page, "group")


async def _answers(page: Page) -> None:
    await _become(page, HEIKE)
    await _type(page, "/termine", "Netzwerktreffen mit Ideenwerkstatt")
    await page.get_by_role("button", name="Netzwerktreffen mit").last.click()
    await _tap(page, "Ich komme")
    await _tap(page, "+1")
    await expect(
        page.locator("#messages .message", has_text="mit insgesamt 2 Personen dabei").last
    ).to_be_visible()
    await _picture(page, "answer")


async def _is_reminded(page: Page) -> None:
    await page.click("#clock")
    await _picture(page, "clock")
    await page.locator("#due li", has_text="Erinnerung: Netzwerktreffen").last.locator(".jump").click()
    await _sees(page, "Zur Erinnerung")
    await _picture(page, "reminder")


async def _reads_digest(page: Page) -> None:
    await _become(page, OFFICE)
    await page.click("#clock")
    await page.locator("#due li", has_text="Tagesbericht").locator(".jump").click()
    digest = page.locator("#messages .message", has_text="Tagesbericht, ").last
    await digest.evaluate("message => message.scrollIntoView({block: 'start'})", timeout=15_000)
    await _picture(page, "digest")


async def _picture(page: Page, name: str) -> None:
    await expect(page.locator(".toast")).to_have_count(0, timeout=15_000)
    await page.screenshot(path=HERE / f"{name}.png")


async def _become(page: Page, telegram_id: int) -> None:
    await page.click(f"#row-{telegram_id}")


async def _tap(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).last.click()


async def _type(page: Page, text: str, then: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")
    await _sees(page, then)


async def _sees(page: Page, text: str) -> None:
    await expect(page.locator("#messages .message").last).to_contain_text(text, timeout=15_000)


if __name__ == "__main__":
    asyncio.run(main())
