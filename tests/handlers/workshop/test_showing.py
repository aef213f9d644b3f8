"""The page for the projector and the report, as the office and those who took part get them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from domain.workshop.acts import Phase
from handlers.chat.screens.screen import CAPTION_LIMIT, File, length_shown
from handlers.fields import NOTICES, ROUTES
from handlers.workshop.buttons import Deed, InWorkshop
from handlers.workshop.screens.showing import render_report
from storage.engine.database import Database
from storage.engine.tables import Notice, Person
from storage.events.tables import Event
from storage.workshop import log, reports, taking_part
from storage.workshop.tables import Workshop
from storage.workshop.tables import WorkshopNotice as Told
from tests.support.book import NOW, id_of, turn_of
from tests.support.hall import Hall
from tests.support.post import Chat, Post


@pytest.fixture
async def hall(sqlite: Database) -> AsyncIterator[Hall]:
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    async with post.application:
        yield Hall(post)


async def chat_of(hall: Hall, person: Person) -> Chat:
    chat = Chat(hall.post, person)
    await chat.commands("/start")
    return chat


def files(hall: Hall) -> list[dict[str, Any]]:
    return [given for name, given in hall.post.telegram.calls if name == "sendDocument"]


def labels(given: dict[str, Any]) -> list[str]:
    return [button["text"] for row in given["reply_markup"]["inline_keyboard"] for button in row]


def toast(hall: Hall) -> str:
    calls = hall.post.telegram.calls
    return next(str(given.get("text")) for name, given in calls[::-1] if name == "answerCallbackQuery")


async def test_office_gets_the_report_at_any_time_and_as_of_the_end_of_each_phase(hall: Hall) -> None:
    anna, olga = hall.book.contact("Anna"), await chat_of(hall, hall.olga)
    solar = hall.clusters("Solar", "PV auf Hallen", by=anna)
    hall.goes_to(Phase.WEIGH)
    hall.weighs(anna, solar, 3)
    hall.goes_to(Phase.CLOSED)
    await olga.taps(InWorkshop(Deed.PAPER, hall.id))
    (paper,) = files(hall)
    assert "Erstes Treffen" in paper["caption"]
    assert "eine Organisation war dabei" in paper["caption"]
    assert "Solar: 3 (gewählt)" in paper["caption"]
    earlier = [label for label in labels(paper) if label.startswith("Stand")]
    assert [label.rpartition(": ")[2] for label in earlier] == ["Geschlossen", "Gewichten"]
    await olga.taps(InWorkshop(Deed.BOOK, hall.id))
    assert len(files(hall)) == 2


async def test_as_of_an_act_later_ones_have_not_happened(hall: Hall) -> None:
    anna = hall.book.contact("Anna")
    hall.writes(anna, "Solar")
    before = hall.book.acts(log.look, hall.olga, hall.id).state.sequence
    hall.writes(anna, "Räder")
    report, _ = hall.book.acts(reports.read, hall.olga, hall.id, before)
    assert [entry.text for entry in report.entries] == ["Solar"]
    assert report.sequence == before


async def test_who_took_part_gets_the_report_once_it_is_closed_and_nobody_else(hall: Hall) -> None:
    anna, eve = hall.book.contact("Anna"), hall.book.person("Eve")
    hall.writes(anna, "Solar")
    await (await chat_of(hall, anna)).taps(InWorkshop(Deed.PAPER, hall.id))
    assert files(hall) == []
    hall.goes_to(Phase.CLOSED)
    await (await chat_of(hall, eve)).taps(InWorkshop(Deed.PAPER, hall.id))
    assert toast(hall) == "Das kann nur die Geschäftsstelle."
    assert files(hall) == []
    await (await chat_of(hall, anna)).taps(InWorkshop(Deed.PAPER, hall.id, 1))
    (paper,) = files(hall)
    assert "ein Zettel" in paper["caption"]
    assert labels(paper) == ["Zum Workshop"]


async def test_what_is_the_offices_is_refused_to_all_others(hall: Hall) -> None:
    hall.writes(hall.book.contact("Anna"), "Solar")
    eve, event_id = await chat_of(hall, hall.book.person("Eve")), id_of(hall.book.event())
    note, before = next(iter(hall.state.notes)), hall.state.sequence
    every, values = list(Deed), {Deed.BEGIN: event_id, Deed.GO: 1}
    for deed in every[every.index(Deed.DESK) :]:
        await eve.taps(InWorkshop(deed, hall.id, values.get(deed, note)))
        assert toast(hall) == "Das kann nur die Geschäftsstelle.", deed
    assert hall.state.sequence == before
    assert len(hall.book.all(Workshop)) == 1


async def test_office_takes_somebody_out_of_an_organisation_that_they_only_named(hall: Hall) -> None:
    olga, eve = await chat_of(hall, hall.olga), hall.book.person("Eve")
    hall.writes(hall.book.contact("Anna"), "Solar")
    hall.writes(eve, "Kohle")
    hall.book.acts(taking_part.come_from, eve, hall.id, "Anna GmbH")
    assert "Anna GmbH (?)" in await olga.taps(InWorkshop(Deed.PEOPLE, hall.id))
    (claimed,) = (one.id for one in hall.state.participants.values() if one.is_claimed)
    assert "Gehört diese Person nicht zu" in await olga.taps(InWorkshop(Deed.ASK_DETACH, hall.id, claimed))
    assert "(?)" not in await olga.taps(InWorkshop(Deed.DETACH, hall.id, claimed))
    await olga.taps(InWorkshop(Deed.ASK_DETACH, hall.id, claimed))
    assert toast(hall).startswith("Diese Taste gilt nicht mehr")
    assert "Aus einer Organisation genommen" in await olga.taps(InWorkshop(Deed.HISTORY, hall.id))


async def test_office_sets_the_places_of_the_choice_with_one_tap(hall: Hall) -> None:
    olga = await chat_of(hall, hall.olga)
    assert "Verhältniswahl: automatisch" in await olga.taps(InWorkshop(Deed.SETTINGS, hall.id))
    assert "Verhältniswahl: 5" in await olga.taps(InWorkshop(Deed.PLACES, hall.id, 5))


async def test_who_closes_gets_the_report_as_a_page_and_as_a_table(hall: Hall) -> None:
    hall.writes(hall.book.contact("Anna"), "Solar")
    hall.goes_to(Phase.CLOSED)
    t = hall.post.house.texts("de")
    found = hall.book.acts(reports.read, hall.olga, hall.id, 0)
    drawn = [NOTICES.render(kind, found, hall.book.pact, NOW, t) for kind in (Told.PAPER, Told.BOOK)]
    assert [one.file.name.rpartition(".")[2] for one in drawn if one.file] == ["pdf", "xlsx"]
    assert "ein Zettel" in drawn[0].text
    loaded = [hall.book.run(_loaded, notice) for notice in hall.book.all(Notice) if notice.kind == Told.PAPER]
    assert loaded == [True]
    hall.goes_to(Phase.WEIGH)
    assert not hall.book.run(_loaded, next(one for one in hall.book.all(Notice) if one.kind == Told.PAPER))


def _loaded(session: Session, notice: Notice) -> bool:
    person = session.get_one(Person, notice.person_id)
    return NOTICES.load(turn_of(session, person), notice) is not None


async def test_caption_of_the_longest_names_is_one_that_telegram_takes(hall: Hall) -> None:
    anna = hall.book.contact("Anna")
    made = [hall.clusters(f"{number}" + "🌱" * 79, f"Zettel {number}", by=anna) for number in range(6)]
    hall.goes_to(Phase.WEIGH)
    for cluster in made:
        hall.weighs(anna, cluster, 1)
    report, room = hall.book.acts(reports.read, hall.olga, hall.id, 0)
    long = replace(report.occasion, title="Ä" * 120)

    screen = render_report(
        replace(report, occasion=long), room, File("x.pdf", b""), hall.post.house.texts("de")
    )
    assert length_shown(screen.text.striptags()) <= CAPTION_LIMIT


async def test_report_of_an_event_says_where_and_with_whom_it_was(hall: Hall) -> None:
    event = hall.book.event(place="Halle 3")
    hall.book.run(_hosted, id_of(event))
    journal = hall.book.acts(log.begin_at, hall.olga, id_of(event), ["Projekte"])
    report, _ = hall.book.acts(reports.read, hall.olga, id_of(journal.workshop), 0)
    occasion = report.occasion
    assert (occasion.title, occasion.place, occasion.host) == ("Rundgang", "Halle 3", "C. C. Umwelt GmbH")
    assert (occasion.starts_at, occasion.ends_at) == (event.starts_at, event.ends_at)


def _hosted(session: Any, event_id: int) -> None:
    session.get_one(Event, event_id).host = "C. C. Umwelt GmbH"


async def test_office_gets_the_address_of_the_page_and_others_do_not(hall: Hall) -> None:
    olga, anna = Chat(hall.post, hall.olga), hall.book.contact("Anna")
    assert hall.path in await olga.taps(InWorkshop(Deed.PAGE, hall.id))
    hall.writes(anna, "Solar")
    assert hall.path not in await (await chat_of(hall, anna)).taps(InWorkshop(Deed.PAGE, hall.id))
    assert toast(hall) == "Das kann nur die Geschäftsstelle."


async def test_where_no_browser_comes_the_desk_is_the_picture(hall: Hall) -> None:
    hall.post.house.pages = replace(hall.post.house.pages, root="")
    olga = Chat(hall.post, hall.olga)
    assert "erreicht kein Browser den Bot" in await olga.taps(InWorkshop(Deed.PAGE, hall.id))
    hall.writes(hall.book.contact("Anna"), "Solar <auf> Hallen")
    shown = await olga.taps(InWorkshop(Deed.DESK, hall.id))
    assert "<b>Projekte</b>: 1" in shown
    assert "<i>Solar &lt;auf&gt; Hallen</i>" in shown


async def test_a_workshop_begins_at_its_event_with_one_tap_and_once(hall: Hall) -> None:
    olga, event_id = await chat_of(hall, hall.olga), id_of(hall.book.event())
    assert "<b>Rundgang</b>" in await olga.taps(InWorkshop(Deed.BEGIN, 0, event_id))
    await olga.taps(InWorkshop(Deed.BEGIN, 0, event_id))
    assert [one.event_id for one in hall.book.all(Workshop)] == [None, event_id]
