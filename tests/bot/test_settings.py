"""Settings: each documented, each checked, each mistake named."""

import re
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.settings import SANDBOX, Settings
from domain.basics.calendar import QuietHours, Rhythm
from domain.basics.pact import Pact

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_every_setting_is_in_the_example_with_its_default_and_a_comment() -> None:
    lines = EXAMPLE.read_text().splitlines()
    named = [line.partition("=")[0] for line in lines if re.match(r"[A-Z]", line)]
    assert named == [name.upper() for name in Settings.model_fields]
    assert Settings(_env_file=EXAMPLE) == Settings()
    blocks = "\n".join(lines).split("\n#")
    assert sum(line.startswith("#") for line in lines) >= 10
    assert all("=" in block for block in blocks[1:])  # no comment without its setting


def test_defaults_are_krefelds() -> None:
    assert Settings().pact() == Pact(pages_url="http://127.0.0.1:8080")
    assert Settings().in_sandbox
    assert Settings().api_url == SANDBOX


def test_another_city_is_settings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "PACT_NAME": "Klimapakt Moers",
        "PACT_POSTCODES": "47441-47447",
        "DIGEST_TIME": "07:30",
        "REMINDER_LEADS": "90m,20s",
        "NUDGE_LEADS": "",
        "QUIET_HOURS": "",
        "STAFF_IDS": "5, 6,",
        "TELEGRAM_TOKEN": "1:a",
        "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
        "WEB_LISTEN": "0.0.0.0:80",
        "IDEA_GROUP_SIZE": "10%",
        "FACTOR_FAMILY": "upstream",
        "FIRST_REPORT_MONTHS": "18",
        "MONITORING_FROM": "2027",
        "MONITORING_EVERY": "3",
        "FINAL_REPORT_YEAR": "2040",
        "REPORTS_DUE": "12-31",
        "INITIAL_PARTNERS_REPORT": "true",
        "LINK_WORD": "true",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    pact = settings.pact()
    assert (pact.name, pact.postcodes, pact.digest_time) == ("Klimapakt Moers", (47441, 47447), time(7, 30))
    assert pact.link_word
    assert pact.reminder_leads == (timedelta(minutes=90), timedelta(seconds=20))
    assert (pact.nudge_leads, pact.quiet_hours, settings.staff_ids) == ((), None, (5, 6))
    assert (pact.group_share, Settings(idea_group_size="12").pact().group_size) == (10, 12)
    assert (settings.api_url, settings.listen) == ("http://127.0.0.1:8081", ("0.0.0.0", 80))
    assert (pact.factor_family, pact.rhythm) == ("upstream", Rhythm(18, 2027, 3, 2040, 12, 31))
    assert pact.initial_partners_report
    assert not settings.in_sandbox


def test_monitoring_does_not_begin_after_the_final_report() -> None:
    with pytest.raises(ValidationError, match="MONITORING_FROM lies after FINAL_REPORT_YEAR"):
        Settings(monitoring_from=2036)


def test_quiet_hours_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIET_HOURS", "21:30-07:00")
    assert Settings().pact().quiet_hours == QuietHours(time(21, 30), time(7))


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("timezone", "Mars/Base", "write it like Europe/Berlin"),
        ("timezone", "", "write it like Europe/Berlin"),
        pytest.param("timezone", "Europe", "write it like"),
        ("holiday_region", "DE-XX", "write it like DE-NW"),
        ("holiday_region", "XX", "write it like DE-NW"),
        ("reminder_leads", "7 days", "write them like 7d,1d,2h"),
        ("nudge_leads", "x", "write them like 7d,1d,2h"),
        ("quiet_hours", "20-8", "write it like 20:00-08:00"),
        ("database_url", "mysql://x", "write it like sqlite:"),
        ("database_url", "pact.db", "write it like sqlite:"),
        ("backup_key", "AGE-SECRET-KEY-1", "begins with age1"),
        ("pact_postcodes", "2-1", "lowest postcode first"),
        pytest.param("pact_postcodes", "47798", "like 47798-47839"),
        pytest.param("pact_postcodes", "Krefeld", "like 47798-47839"),
        pytest.param("web_listen", "localhost", "8080"),
        pytest.param("web_listen", "8080", "8080"),
        ("webhook_url", "https://bot.example/hook", "WEBHOOK_SECRET"),
        ("webhook_secret", "a b", "A-Z, a-z, 0-9, _ and -"),
        ("staff_ids", "Olga", "no Telegram user id"),
        ("staff_ids", "5,-6", "'-6' is no Telegram user id"),
        ("staff_ids", "99999999999999999", "no Telegram user id"),
        ("digest_time", "25:00", "write it like 08:00"),
        ("digest_time", "8:00", "write it like 08:00"),
        ("digest_time", "3600", "write it like 08:00"),
        ("quiet_hours", "20:00-20:00", "write it like 20:00-08:00"),
        ("telegram_token", "abc", "@BotFather gives one"),
        ("telegram_api_url", "127.0.0.1:8081", "write it like http://127.0.0.1:8081"),
        ("telegram_api_url", "http://127.0.0.1:99999", "write it like http://127.0.0.1:8081"),
        ("pact_name", "", "a name of 1 to 128 letters"),
        ("pact_city", "  ", "a name of 1 to 128 letters"),
        ("pact_office", "x" * 129, "a name of 1 to 128 letters"),
        ("pact_email", "x", "write it like pact@example.org"),
        ("pact_email", "", "write it like pact@example.org"),
        ("pact_homepage", "x", "write it like https://pact.example.org"),
        ("database_url", "sqlite://", "write it like sqlite:"),
        ("web_listen", "127.0.0.1:99999", "8080"),
        ("web_listen", "http://127.0.0.1:80", "8080"),
        ("public_url", "http://x:99999", "address for a browser"),
        ("language", "fr", "write one of de, en"),
        ("log_level", "loud", "'DEBUG'"),
        ("idea_group_size", "1", "write it like 3 or 10%"),
        ("idea_group_size", "101%", "write it like 3 or 10%"),
        ("log_format", "xml", "'console' or 'json'"),
        ("factor_family", "funding", "'direct' or 'upstream'"),
        ("first_report_months", "0", "greater than or equal to 1"),
        ("monitoring_every", "two", "valid integer"),
        ("reports_due", "02-29", "write month and day like 06-30"),
        ("reports_due", "6-30", "write month and day like 06-30"),
    ],
)
def test_bad_setting_says_what_would_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    monkeypatch.setenv(name.upper(), value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    (problem,) = caught.value.errors()
    given: dict[str, Any] = dict(problem)
    assert hint in given["msg"]
    assert given["loc"][:1] == ((name,) if name != "webhook_url" else ())


@pytest.mark.parametrize(
    ("given", "language"), [("de_DE:de", "de"), ("fr_FR:en", "en"), ("fr_FR", "de"), ("en", "en"), ("", "de")]
)
def test_language_of_a_desktop_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, given: str, language: str
) -> None:
    monkeypatch.setenv("LANGUAGE", given)
    assert Settings().language == language


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"telegram_token": "1:a", "webhook_url": "x"}, "WEBHOOK_URL: 'x' is no address that Telegram calls"),
        ({"telegram_token": "1:a", "webhook_url": "http://bot.example"}, "write it like https"),
        ({"telegram_api_url": "https://api.telegram.org"}, "is the sandbox's without a TELEGRAM_TOKEN"),
        ({"telegram_api_url": "http://127.0.0.1"}, "is the sandbox's without a TELEGRAM_TOKEN"),
    ],
)
def test_addresses_suit_each_other(given: dict[str, str], hint: str) -> None:
    with pytest.raises(ValidationError, match=hint):
        Settings(webhook_secret="s", **given)  # type: ignore[arg-type] # they are read from text


def test_address_of_the_new_protocol_loses_its_brackets() -> None:
    assert Settings(web_listen="[::1]:8080").listen == ("::1", 8080)


def test_webhook_needs_an_address_to_listen_on_and_polling_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_LISTEN", "")
    assert Settings().listen is None
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example/hook")
    monkeypatch.setenv("WEBHOOK_SECRET", "s3cret")
    with pytest.raises(ValidationError, match="WEB_LISTEN"):
        Settings()


@pytest.mark.parametrize(
    ("given", "pages"),
    [
        ({}, "http://127.0.0.1:8080"),
        ({"web_listen": ""}, ""),
        ({"telegram_token": "1:a"}, ""),
        ({"telegram_token": "1:a", "public_url": "https://pact.example/"}, "https://pact.example"),
        ({"public_url": "https://pact.example", "web_listen": ""}, ""),
        (
            {"telegram_token": "1:a", "webhook_url": "https://bot.example:8443/hook", "webhook_secret": "s"},
            "https://bot.example:8443",
        ),
    ],
)
def test_pages_are_where_a_browser_reaches_them(given: dict[str, str], pages: str) -> None:
    assert Settings(**given).pages_url == pages  # type: ignore[arg-type] # they are read from text


@pytest.mark.parametrize("wrong", ["pact.example", "ftp://pact.example", "https://", "https://x?y=1"])
def test_an_address_that_no_browser_opens_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError, match="address for a browser"):
        Settings(public_url=wrong)
