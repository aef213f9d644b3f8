"""The orientation talk between an applicant and the office, until both agree, and when it falls through."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import vobject

from tests.end_to_end.test_joining import fills_in
from tests.support.town import Actor, Town

BERLIN = ZoneInfo("Europe/Berlin")


async def working_day(town: Town, days: int) -> datetime:
    """Noon on a day that many weeks' days ahead, on a Wednesday, which has no window."""
    now = (await town.now()).astimezone(BERLIN)
    day = now + timedelta(days=days + (2 - (now + timedelta(days=days)).weekday()) % 7)
    return day.replace(hour=12, minute=0, second=0, microsecond=0)


def written(*moments: datetime) -> str:
    return "\n".join(f"{moment:%d.%m.%Y %H:%M}" for moment in moments)


async def entry(person: Actor) -> Any:
    return vobject.readOne((await person.receives_file("Gespraech")).decode())


async def test_both_sides_propose_until_they_agree_then_move_and_cancel(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await fills_in(petra, "Café Nord")
    await petra.taps("Zeit für das Gespräch wählen")
    await petra.taps("Video")
    first, second, third = [await working_day(town, days) for days in (7, 14, 21)]
    await petra.goes_through(
        ("[Andere Zeiten vorschlagen]", "Welche Zeiten passen Ihnen?"),
        ("morgen", "Um welche Uhrzeit am"),
        (written(first, second), "bitte prüfen"),
        ("[Zeiten absenden]", "noch nicht bestätigt"),
    )
    await office.sees("Welche Zeit passt?")
    await office.goes_through(
        ("[Andere Zeiten vorschlagen]", "Welche Zeiten passen Ihnen?"),
        (written(second + timedelta(hours=2), third), "bitte prüfen"),
        ("[Zeiten absenden]", "Vorgeschlagen, noch nicht beantwortet"),
    )
    await petra.sees("Die Geschäftsstelle schlägt Zeiten für das Gespräch vor")
    await petra.goes_through(
        ("[Keine davon]", "Was möchten Sie dazu schreiben?"),
        ("Nur <vormittags>, bitte.", "bitte prüfen"),
        ("[Absenden]", "kein Gespräch vereinbart"),
    )
    await office.sees("„Nur <vormittags>, bitte.“")
    await office.goes_through(
        ("[Andere Zeiten vorschlagen]", "Welche Zeiten"),
        (written(third.replace(hour=9)), "bitte prüfen"),
        ("[Zeiten absenden]", "noch nicht beantwortet"),
    )
    await petra.sees("schlägt Zeiten für das Gespräch vor")
    await petra.taps("✓")
    await petra.sees("Orientierungsgespräch vereinbart")
    made = await entry(petra)
    captions = [message.get("caption", "") for message in await petra.messages()]
    assert not any("Orientierungsgespräch vereinbart" in caption for caption in captions)  # but once
    assert (made.method.value, made.vevent.sequence.value) == ("PUBLISH", "0")
    assert made.vevent.dtstart.value.astimezone(BERLIN) == third.replace(hour=9)
    assert made.vevent.uid.value == (await entry(office)).vevent.uid.value

    await petra.taps("Verlegen")
    await petra.taps("Video")
    fourth = third + timedelta(days=1)
    await petra.goes_through(
        ("[Andere Zeiten vorschlagen]", "Welche Zeiten passen Ihnen?"),
        (written(fourth), "bitte prüfen"),
        ("[Zeiten absenden]", "noch nicht bestätigt"),
    )
    await office.sees("Welche Zeit passt?")
    await office.taps("✓")
    await petra.sees("Gespräch verlegt, jetzt")
    moved = await entry(petra)
    assert (moved.vevent.uid.value, moved.vevent.sequence.value) == (made.vevent.uid.value, "1")
    assert moved.vevent.dtstart.value.astimezone(BERLIN) == fourth

    await petra.goes_through(
        ("[Gespräch absagen]", "Möchten Sie einen Grund nennen?"),
        ("Krank.", "bitte prüfen"),
        ("[Gespräch absagen]", "kein Gespräch vereinbart"),
    )
    await office.sees("Das Orientierungsgespräch ist abgesagt.")
    await petra.sees("Das Orientierungsgespräch ist abgesagt.")
    gone = await entry(petra)
    assert (gone.method.value, gone.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert (gone.vevent.uid.value, gone.vevent.sequence.value) == (made.vevent.uid.value, "2")
    assert town.rows("SELECT count(*) FROM talk_time") == [(0,)]


async def test_picked_time_is_reminded_of_and_survives_a_restart(town: Town) -> None:
    office, petra = await town.office(), await town.person("Petra Wollny")
    await fills_in(petra, "Café Nord")
    await petra.taps("Zeit für das Gespräch wählen")
    await petra.taps("Vor Ort")
    await petra.taps_first_day()
    await petra.sees("Um wie viel Uhr")
    await town.kill_bot()
    await town.start_bot()
    await petra.taps(":")
    await petra.sees("noch nicht bestätigt")
    await office.sees("Welche Zeit passt?")
    await office.taps("✓")
    await office.sees("Orientierungsgespräch vereinbart")
    ((start,),) = town.rows("SELECT starts_at FROM talk")
    await petra.receives_file("Gespraech")
    await town.jump_to(datetime.fromisoformat(f"{start}+00:00") - timedelta(hours=1, minutes=59))
    await petra.sees(": Orientierungsgespräch")
    await office.sees(": Gespräch mit")


async def test_two_who_tap_the_same_time_get_one_talk(town: Town) -> None:
    await town.office()
    petra, max_ = await town.person("Petra Wollny"), await town.person("Max Müller")
    for person, name in ((petra, "Café Nord"), (max_, "Mühle Süd")):
        await fills_in(person, name)
        await person.taps("Zeit für das Gespräch wählen")
        await person.taps("Telefon")
        await person.taps_first_day()
        await person.sees("Um wie viel Uhr")
    await petra.taps(":")
    await petra.sees("noch nicht bestätigt")
    await max_.taps(":")
    assert "nicht mehr zu haben" in max_.alert
    await max_.goes_through(("/beitreten", "Wählen Sie eine Zeit"))


async def test_office_sets_its_hours_and_deputy(town: Town) -> None:
    office = await town.office()
    await office.goes_through(
        ("/buero", "Es wartet nichts"),
        ("[Weiteres]", "hin und wieder"),
        ("[Sprechzeiten]", "Zeiten: Di 09:00–12:00, Do 13:00–16:00"),
        ("[Sprechzeiten ändern]", "bitte prüfen"),
        ("[Etwas ändern]", "Was möchten Sie ändern?"),
        ("[Sprechzeiten]", "Wann bieten Sie"),
        ("samstags", "Sprechzeiten wie Di 9-12"),
        ("Mo 8-9:30", "Sprechzeiten: Mo 08:00–09:30"),
        ("[Etwas ändern]", "Was möchten Sie ändern?"),
        ("[Sperrtage]", "An welchen Tagen"),
        ("24.12.-31.12.", "Sperrtage: 24.12."),
        ("[Speichern]", "Zeiten: Mo 08:00–09:30"),
        ("[Olga Office]", "Vertretung: Olga Office"),
    )
