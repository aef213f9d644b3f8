"""Settings from the environment or `.env`; every one stands in `.env.example` with a comment."""

import re
from datetime import date, time, timedelta
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pyrage import RecipientError
from pyrage.x25519 import Recipient
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from domain.basics.calendar import QuietHours, Rhythm, parse_leads
from domain.basics.pact import Pact
from domain.basics.typed import clean_line
from handlers.chat.texts import LANGUAGES

TELEGRAM = "https://api.telegram.org"
SANDBOX = "http://127.0.0.1:8999"
MOST_LETTERS = 32  # of a topic of ideas
LONGEST_NAME = 128
HIGHEST_PORT = 65535
HIGHEST_ID = 2**52  # of Telegram's
CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
SANDBOX_TOKEN = "1000000001:sandbox"  # noqa: S105 # opens nothing but a sandbox on this machine


def telegram_id(text: str) -> int:
    """Raises ValueError."""
    if not re.fullmatch(r"[1-9]\d{0,15}", text, re.ASCII) or int(text) >= HIGHEST_ID:
        raise ValueError(f"{text!r} is no Telegram user id; each person finds theirs under /daten")
    return int(text)


def _ids(text: object) -> object:
    """`5, 6,`"""
    if not isinstance(text, str):
        return text
    return tuple(telegram_id(part.strip()) for part in text.split(",") if part.strip())


def _own_language(text: object) -> object:
    """Desktops set LANGUAGE too, to a list like `fr_FR:en`: the first that the bot speaks counts."""
    if not isinstance(text, str) or not re.search("[_:]", text or ":"):
        return text
    wanted = (part.split("_")[0] for part in text.split(":"))
    return next((language for language in wanted if language in LANGUAGES), "de")


def check_database_url(text: str) -> None:
    """Raises ValueError."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = None
    drivers = ("sqlite", "postgresql", "postgres", "postgresql+psycopg")
    if url is None or url.drivername not in drivers or url.database in (None, "", ":memory:"):
        raise ValueError("write it like sqlite:///data/pact.db or postgresql://user:password@host/name")


def _time_of_day(text: object) -> object:
    if isinstance(text, str) and not re.fullmatch(CLOCK, text, re.ASCII):
        raise ValueError(f"{text!r} is no time of the day; write it like 08:00")
    return text


def _is_root(text: str, *schemes: str) -> bool:
    """Whether it is an address with a host, and a port that there can be."""
    try:
        parts = urlsplit(text)
        has_port = parts.port != 0
    except ValueError:
        return False
    bare = not (parts.query or parts.fragment or re.search(r"\s", text))
    return parts.scheme in schemes and bool(parts.hostname) and has_port and bare


def _topics(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(part.split()) for part in text.split(",") if part.strip()))


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=False)

    telegram_token: str = ""
    telegram_api_url: str = ""
    database_url: str = "sqlite:///data/pact.db"
    backup_key: str = ""
    erasures_file: str = ""
    staff_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()
    link_word: bool = False
    pact_name: str = "Krefelder Klimapakt"
    pact_city: str = "Krefeld"
    pact_office: str = "Stabsstelle Klimaschutz und Nachhaltigkeit"
    pact_email: str = "klimapakt@krefeld.de"
    pact_homepage: str = "https://www.klimapakt-krefeld.de"
    privacy_officer: str = "datenschutz@krefeld.de"
    privacy_authority: str = "LDI NRW, Kavalleriestraße 2–4, 40213 Düsseldorf, poststelle@ldi.nrw.de"
    pact_postcodes: str = "47798-47839"
    timezone: str = "Europe/Berlin"
    holiday_region: str = "DE-NW"
    language: Annotated[str, BeforeValidator(_own_language)] = "de"
    digest_time: Annotated[time, BeforeValidator(_time_of_day)] = time(8)
    reminder_leads: str = "7d,1d,2h"
    nudge_leads: str = "10d,3d"
    offer_hours: Annotated[int, Field(gt=0, le=240)] = 24
    quiet_hours: str = "20:00-08:00"
    idea_topics: str = "exchange,visibility,project,other"
    all_ideas_wait: bool = False
    idea_group_size: str = "3"
    mailings_need_two: bool = True
    paid_broadcasts: bool = False
    factor_family: Literal["direct", "upstream"] = "direct"
    first_report_months: Annotated[int, Field(ge=1, le=60)] = 12
    monitoring_from: Annotated[int, Field(ge=2000, le=2100)] = 2026
    monitoring_every: Annotated[int, Field(ge=1, le=10)] = 2
    final_report_year: Annotated[int, Field(ge=2000, le=2100)] = 2035
    reports_due: str = "06-30"
    initial_partners_report: bool = False
    webhook_url: str = ""
    webhook_secret: str = ""
    web_listen: str = "127.0.0.1:8080"
    public_url: str = ""
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("telegram_token")
    @classmethod
    def _token_parses(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d+:[\w-]+", value, re.ASCII):
            raise ValueError("it is no token; @BotFather gives one like 123456789:AAE-x")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _api_url_parses(cls, value: str) -> str:
        if value and not _is_root(value, "http", "https"):
            raise ValueError(f"{value!r} is no address of a Bot API; write it like http://127.0.0.1:8081")
        return value

    @field_validator("pact_name", "pact_city", "pact_office")
    @classmethod
    def _name_is_one(cls, value: str) -> str:
        name = clean_line(value)
        if not 0 < len(name) <= LONGEST_NAME:
            raise ValueError(f"write a name of 1 to {LONGEST_NAME} letters")
        return name

    @field_validator("pact_email")
    @classmethod
    def _email_parses(cls, value: str) -> str:
        try:
            return validate_email(value, check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValueError(f"{value!r} is no e-mail address; write it like pact@example.org") from None

    @field_validator("pact_homepage")
    @classmethod
    def _homepage_parses(cls, value: str) -> str:
        if not _is_root(value, "http", "https"):
            raise ValueError(f"{value!r} is no address of a page; write it like https://pact.example.org")
        return value

    @field_validator("language")
    @classmethod
    def _catalogue_exists(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"{value!r} has no catalogue here; write one of {', '.join(LANGUAGES)}")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone; write it like Europe/Berlin") from None
        return value

    @field_validator("holiday_region")
    @classmethod
    def _region_exists(cls, value: str) -> str:
        country, _, state = value.partition("-")
        try:
            holidays.country_holidays(country, subdiv=state or None)
        except NotImplementedError:
            raise ValueError(f"{value!r} has no known holidays; write it like DE-NW") from None
        return value

    @field_validator("reminder_leads", "nudge_leads")
    @classmethod
    def _leads_parse(cls, value: str) -> str:
        parse_leads(value)
        return value

    @field_validator("quiet_hours")
    @classmethod
    def _hours_parse(cls, value: str) -> str:
        starts, _, ends = value.partition("-")
        if value and (starts == ends or not re.fullmatch(f"{CLOCK}-{CLOCK}", value, re.ASCII)):
            raise ValueError(f"{value!r} is no span of hours; write it like 20:00-08:00")
        return value

    @field_validator("idea_topics")
    @classmethod
    def _topics_fit(cls, value: str) -> str:
        topics = _topics(value)
        if not topics or any(len(topic) > MOST_LETTERS for topic in topics):
            raise ValueError(f"name at least one topic, each with at most {MOST_LETTERS} letters")
        return value

    @field_validator("idea_group_size")
    @classmethod
    def _group_size_parses(cls, value: str) -> str:
        if not re.fullmatch(r"[2-9]|[1-4]\d|50|[1-9]\d?%|100%", value):
            raise ValueError(f"{value!r} is neither 2 to 50 nor a share; write it like 3 or 10%")
        return value

    @field_validator("reports_due")
    @classmethod
    def _day_parses(cls, value: str) -> str:
        try:
            if not re.fullmatch(r"\d\d-\d\d", value):
                raise ValueError  # noqa: TRY301 # the same sentence for both
            date.fromisoformat(f"2001-{value}")  # a day that every year has
        except ValueError:
            raise ValueError(f"{value!r} is no day of every year; write month and day like 06-30") from None
        return value

    @field_validator("pact_postcodes")
    @classmethod
    def _postcodes_parse(cls, value: str) -> str:
        span = re.fullmatch(r"(\d{5})-(\d{5})", value)
        if not span or span[1] > span[2]:
            raise ValueError(f"{value!r} is no span; write the lowest postcode first, like 47798-47839")
        return value

    @field_validator("web_listen")
    @classmethod
    def _address_parses(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        is_port = re.fullmatch(r"\d{1,5}", port, re.ASCII) and 0 < int(port) <= HIGHEST_PORT
        if value and not (is_port and re.fullmatch(r"[\w.-]+|\[[\da-f:.]+\]", host, re.IGNORECASE)):
            raise ValueError(f"{value!r} is no address to listen on; write it like 127.0.0.1:8080")
        return value

    @field_validator("public_url")
    @classmethod
    def _public_url_parses(cls, value: str) -> str:
        if value and not _is_root(value, "http", "https"):
            raise ValueError(f"{value!r} is no address for a browser; write it like https://pact.example.org")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _url_parses(cls, value: str) -> str:
        check_database_url(value)
        return value

    @field_validator("backup_key")
    @classmethod
    def _key_parses(cls, value: str) -> str:
        try:
            if value:
                Recipient.from_str(value)
        except RecipientError:
            raise ValueError("it is no public key of age; write the one that begins with age1") from None
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_is_taken(cls, value: str) -> str:
        if not re.fullmatch(r"[\w-]{0,256}", value, re.ASCII):
            raise ValueError("Telegram takes up to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @model_validator(mode="after")
    def _sandbox_has_an_address(self) -> Self:
        """Without a token, TELEGRAM_API_URL is where the sandbox listens."""
        where = urlsplit(self.api_url)
        if self.in_sandbox and not (where.scheme == "http" and where.port and where.path in ("", "/")):
            raise ValueError(
                "TELEGRAM_API_URL is the sandbox's without a TELEGRAM_TOKEN; write it like http://127.0.0.1:8999"
            )
        return self

    @model_validator(mode="after")
    def _webhook_can_be_called(self) -> Self:
        schemes = ("https", "http") if self.telegram_api_url else ("https",)
        if self.webhook_url and not _is_root(self.webhook_url, *schemes):
            raise ValueError(
                f"WEBHOOK_URL: {self.webhook_url!r} is no address that Telegram calls; "
                "write it like https://pact.example.org/hook"
            )
        return self

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_URL needs a WEBHOOK_SECRET, or anybody could send updates")
        if self.webhook_url and not self.web_listen:
            raise ValueError("WEBHOOK_URL needs a WEB_LISTEN, or no update would arrive")
        return self

    @model_validator(mode="after")
    def _monitoring_ends(self) -> Self:
        if self.monitoring_from > self.final_report_year:
            raise ValueError("MONITORING_FROM lies after FINAL_REPORT_YEAR; write the earlier year first")
        return self

    @property
    def in_sandbox(self) -> bool:
        return not self.telegram_token

    @property
    def api_url(self) -> str:
        return (self.telegram_api_url or (SANDBOX if self.in_sandbox else TELEGRAM)).rstrip("/")

    @property
    def token(self) -> str:
        return self.telegram_token or SANDBOX_TOKEN

    @property
    def listen(self) -> tuple[str, int] | None:
        host, _, port = self.web_listen.rpartition(":")
        return (host.strip("[]"), int(port)) if port else None

    @property
    def pages_url(self) -> str:
        """Under which browsers reach the pages of WEB_LISTEN; empty: they do not."""
        if not self.listen:
            return ""
        if self.public_url or not self.webhook_url:
            return self.public_url or (f"http://{self.web_listen}" if self.in_sandbox else "")
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.webhook_url))

    def pact(self) -> Pact:
        first, last = (int(part) for part in self.pact_postcodes.split("-"))
        size = self.idea_group_size
        return Pact(
            name=self.pact_name,
            city=self.pact_city,
            office=self.pact_office,
            email=self.pact_email,
            homepage=self.pact_homepage,
            privacy_officer=self.privacy_officer,
            privacy_authority=self.privacy_authority,
            postcodes=(first, last),
            link_word=self.link_word,
            timezone=ZoneInfo(self.timezone),
            holiday_region=self.holiday_region,
            language=self.language,
            digest_time=self.digest_time,
            reminder_leads=parse_leads(self.reminder_leads),
            nudge_leads=parse_leads(self.nudge_leads),
            quiet_hours=QuietHours.parse(self.quiet_hours),
            offer_time=timedelta(hours=self.offer_hours),
            idea_topics=_topics(self.idea_topics),
            all_ideas_wait=self.all_ideas_wait,
            group_size=int(size) if size.isdigit() else Pact.group_size,
            group_share=0 if size.isdigit() else int(size.rstrip("%")),
            mailings_need_two=self.mailings_need_two,
            factor_family=self.factor_family,
            rhythm=self._rhythm(),
            initial_partners_report=self.initial_partners_report,
            pages_url=self.pages_url,
        )

    def _rhythm(self) -> Rhythm:
        month, day = (int(part) for part in self.reports_due.split("-"))
        return Rhythm(
            self.first_report_months,
            self.monitoring_from,
            self.monitoring_every,
            self.final_report_year,
            month,
            day,
        )
