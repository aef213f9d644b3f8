"""The pact whose bot this is: what another city would set differently. Read from the settings in `bot`."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from domain.basics.calendar import QuietHours, Rhythm


@dataclass(frozen=True)
class Pact:
    name: str = "Krefelder Klimapakt"
    city: str = "Krefeld"
    office: str = "Stabsstelle Klimaschutz und Nachhaltigkeit"
    email: str = "klimapakt@krefeld.de"
    homepage: str = "https://www.klimapakt-krefeld.de"
    privacy_officer: str = "datenschutz@krefeld.de"
    privacy_authority: str = "LDI NRW, Kavalleriestraße 2–4, 40213 Düsseldorf, poststelle@ldi.nrw.de"
    postcodes: tuple[int, int] = (47798, 47839)
    link_word: bool = False  # whoever opens a personal link is asked for a word that comes by letter
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))
    holiday_region: str = "DE-NW"
    language: str = "de"
    digest_time: time = time(8)
    reminder_leads: tuple[timedelta, ...] = (timedelta(days=7), timedelta(days=1), timedelta(hours=2))
    nudge_leads: tuple[timedelta, ...] = (timedelta(days=10), timedelta(days=3))
    quiet_hours: QuietHours | None = field(default_factory=lambda: QuietHours(time(20), time(8)))
    offer_time: timedelta = timedelta(hours=24)  # of working time
    idea_topics: tuple[str, ...] = ("exchange", "visibility", "project", "other")
    all_ideas_wait: bool = False  # for the office's look; those of people without an organisation always do
    mark: str = ""  # tells this bot from any other of the same pact
    bot: str = ""  # its name at Telegram, once it runs
    pages_url: str = ""  # where browsers reach pages of the bot; empty: nowhere
    group_size: int = 3  # organisations that offer to work on an idea, and become a project group
    group_share: int = 0  # or so many percent of those in the pact when the idea came
    mailings_need_two: bool = True  # one that goes to all takes a second member of staff

    factor_family: str = "direct"  # of emission factors: what the pact's sums take in
    rhythm: Rhythm = field(default_factory=Rhythm)  # of the reports that partners owe
    initial_partners_report: bool = False

    @property
    def country(self) -> str:
        """In two letters, as of a phone number without its country code."""
        return self.holiday_region.partition("-")[0]

    @property
    def night(self) -> QuietHours:
        """When nobody is expected to answer, also where notices may sound at any time."""
        return self.quiet_hours or QuietHours(time(20), time(8))

    def has_seat(self, postcode: str) -> bool:
        """Whether a German postcode of five digits lies in the city."""
        first, last = self.postcodes
        return postcode.isascii() and postcode.isdigit() and first <= int(postcode) <= last
