"""Report and pictures of a workshop from its data alone: the same data are the same bytes."""

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright
from sqlmodel import Session, select

from bot import web
from bot.clock import Clock
from bot.projector import Projector
from domain.basics.pact import Pact
from domain.workshop.acts import Act, Kind
from domain.workshop.board import draw
from domain.workshop.report import Report
from domain.workshop.state import fold
from handlers.chat.pages import Pages
from handlers.fields import house
from handlers.workshop.report import as_book, as_paper
from storage.engine import people
from storage.engine.database import Database
from storage.engine.turn import Turn
from storage.workshop import log, reports
from storage.workshop.boards import Stage
from storage.workshop.tables import Workshop

PICTURES = {
    "projector": ((1920, 1080), "light"),
    "dark": ((1920, 1080), "dark"),
    "phone": ((390, 844), "light"),
}


class Then(Projector):
    """The page as it was after some act."""

    stage: Stage

    async def read(self, name: str) -> Stage | None:
        return self.stage if name == "then" else None


def draw_all(database_file: Path, folder: Path) -> list[Path]:
    """Everything is drawn anew; gives the files."""
    database = Database(f"sqlite:///{database_file}")
    try:
        report, acts, workshop, names = database.run_now(_read)
        written = [_keep(folder / "report.pdf", as_paper(report, Pact(), _texts(database)).content)]
        written += [_keep(folder / "report.xlsx", as_book(report, Pact(), _texts(database)).content)]
        stages = _stages(acts, workshop, names)
        return written + asyncio.run(_pictures(database, stages, folder))
    finally:
        database.close()


def _texts(database: Database) -> Any:
    return house(database, Pact()).texts("de")


def _keep(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


def _read(session: Session) -> tuple[Report, Sequence[Act], Workshop, dict[int, str]]:
    workshop = session.exec(select(Workshop)).one()
    staff, workshop_id = people.staff(session)[0], workshop.id
    report, room = reports.read(Turn(session, staff, Pact(), workshop.made_at), workshop_id, 0)
    return report, log.read(session, workshop_id).acts, workshop, reports.names_of(session, room.state)


def _stages(acts: Sequence[Act], workshop: Workshop, names: dict[int, str]) -> dict[str, Stage]:
    """As of the end of each phase, and of the last act; weighing half-way."""
    found = {}
    switches = [act for act in acts if act.kind is Kind.PHASE]
    weighings = [act for act in acts if act.kind is Kind.WEIGH]
    moments = {
        "collect": switches[0].sequence - 1,
        "group": switches[1].sequence - 1,
        "weigh": weighings[len(weighings) // 4].sequence,
        "closed": acts[-1].sequence,
    }
    for name, moment in moments.items():
        state = fold(act for act in acts if act.sequence <= moment)
        board = draw(state, workshop.title, len(state.organisations()), names)
        found[name] = Stage(board, workshop.code)
    return found


async def _pictures(database: Database, stages: dict[str, Stage], folder: Path) -> list[Path]:
    rooms = house(database, Pact())
    rooms.pages = Pages("", "benchmark")
    projector = Then(rooms, Clock(), "KlimapaktBot")
    server = TestServer(web.build(rooms, Clock(), projector=projector))
    await server.start_server()
    found = []
    async with async_playwright() as tools:
        browser = await tools.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for phase, stage in stages.items():
            projector.stage = stage
            for name in PICTURES:
                file = folder / f"page-{phase}-{name}.png"
                await _picture(browser, str(server.make_url("/workshop/then")), name, file)
                found.append(file)
        await browser.close()
    await server.close()
    return found


async def _picture(browser: Browser, url: str, name: str, file: Path) -> None:
    (width, height), scheme = PICTURES[name]
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="de-DE",
    )
    page = await context.new_page()
    await page.goto(url)
    await page.locator("body[data-phase]").wait_for()
    await page.wait_for_load_state("load")
    await page.evaluate("document.getElementById('code').src && document.getElementById('code').decode()")
    await page.screenshot(path=file)
    await context.close()
