"""The page for the projector in a real browser: it follows, fits the screen, and everybody can use it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from domain.workshop.acts import Phase
from storage.engine.database import Database
from tests.support.hall import Client, Hall
from tests.support.post import Post

playwright = pytest.importorskip("playwright.async_api")
axe = pytest.importorskip("axe_playwright_python.async_playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

PROJECTOR, SMALL, PHONE = (1920, 1080), (1024, 768), (390, 844)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HEADINGS = ("Austauschformate", "Sichtbarkeit", "Projektideen", "Erwartungen")
LONG = "Mehr Betriebsbesichtigungen bei Partnern, gern mit Mittagessen und mit Zeit für Gespräche danach"


@pytest.fixture
def hall(sqlite: Database) -> Hall:
    return Hall(Post(sqlite), HEADINGS)


@pytest.fixture
async def client(hall: Hall) -> AsyncIterator[Client]:
    async with hall.open_page() as client:
        yield client


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    async with playwright.async_playwright() as tools:
        launched = await tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        await launched.close()


class Page:
    """A window; errors of the page fail the test."""

    def __init__(self, window: Any) -> None:
        self.window, self.errors = window, list[str]()
        window.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        window.on("pageerror", lambda error: self.errors.append(str(error)))

    async def shows(self, words: str) -> None:
        await self.window.get_by_text(words).first.wait_for(timeout=10_000)

    async def is_accessible(self) -> None:
        found = await axe.Axe().run(self.window, options={"runOnly": RULES})
        assert found.response["violations"] == []

    async def fits(self) -> None:
        """Nobody scrolls a projector."""
        high, wide = await self.window.evaluate(
            "[document.body.scrollHeight - innerHeight, document.body.scrollWidth - innerWidth]"
        )
        assert (high <= 0, wide <= 0) == (True, True)


async def opened(browser: Any, client: Client, hall: Hall, size: tuple[int, int], scheme: str) -> Page:
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="de-DE"
    )
    page = Page(await context.new_page())
    await page.window.goto(str(client.make_url(hall.path)))
    return page


def fill(hall: Hall) -> dict[str, int]:
    """More clusters than are shown."""
    anna = hall.book.contact("Anna")
    for number in range(len(HEADINGS)):
        hall.writes(anna, LONG, number)
    return {name: hall.clusters(name, f"Zettel zu {name}", by=anna) for name in map(str, range(100, 118))}


@pytest.mark.parametrize(("size", "scheme"), [(PROJECTOR, "light"), (SMALL, "dark"), (PHONE, "light")])
async def test_every_phase_can_be_read_by_all(
    browser: Any, client: Client, hall: Hall, size: tuple[int, int], scheme: str
) -> None:
    clusters = fill(hall)
    page = await opened(browser, client, hall, size, scheme)
    for phase, words in (
        (Phase.COLLECT, "22 Zettel"),
        (Phase.GROUP, "18 von 22 Zetteln geordnet"),
        (Phase.WEIGH, "0 von einer Organisation"),
        (Phase.CLOSED, "2 von 3 Organisationen"),
    ):
        if phase is Phase.CLOSED:
            for person, (_, cluster) in zip(("B", "C"), clusters.items(), strict=False):
                weighing = hall.book.contact(person)
                hall.comes(weighing)
                hall.weighs(weighing, cluster, 3)
        hall.goes_to(phase)
        await page.shows(words)
        await page.is_accessible()
        if size != PHONE:
            await page.fits()
    assert page.errors == []


async def test_letters_are_large_enough_for_the_last_row(browser: Any, client: Client, hall: Hall) -> None:
    """From eight metres, on a picture two metres wide: capitals of 25 mm are 24 pixels, so letters 34."""
    fill(hall)
    page = await opened(browser, client, hall, PROJECTOR, "light")
    await page.shows("22 Zettel")
    sizes = await page.window.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.textContent && e.offsetParent)"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 34


async def test_page_follows_waits_when_it_is_told_to_and_says_when_it_has_ended(
    browser: Any, client: Client, hall: Hall
) -> None:
    anna = hall.book.contact("Anna")
    page = await opened(browser, client, hall, PROJECTOR, "light")
    await page.shows("0 Zettel")
    hall.writes(anna, "Solar <b>auf</b> Hallen")
    await page.shows("Solar <b>auf</b> Hallen")
    await page.window.keyboard.press("Tab")
    await page.window.keyboard.press("Enter")
    hall.writes(anna, "Räder")
    async with asyncio.timeout(10):
        while await page.window.evaluate("latest.sentence") != "2 Zettel":
            await asyncio.sleep(0.02)
    await page.shows("ein Zettel")
    await page.window.keyboard.press("Enter")
    await page.shows("2 Zettel")
    hall.goes_to(Phase.CLOSED)
    await page.shows("Ergebnisse")
    hall.clock.stands_at += timedelta(hours=12)
    await page.shows("Diese Seite ist beendet.")
