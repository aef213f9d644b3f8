"""The words of one language: English message ids in, texts of the catalogue out, values escaped.

`t("Hello <b>{name}</b>", name=name)` gives HTML for messages, `t.label(…)` plain text for buttons.
"""

import gettext
import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from domain.basics.words import N_

CATALOGUES = Path(__file__).parents[2] / "locales"
INSTANT = timedelta(microseconds=1)
LANGUAGES = {  # as each calls itself: one for each catalogue
    code: str(Locale.parse(code).display_name).capitalize()
    for code in sorted(file.stem for file in CATALOGUES.glob("*.po"))
}
LONG_DATE = N_("d MMMM y")  # patterns of Unicode's CLDR, translated like any text
SHORT_DATE = N_("d MMM yy")
DAY_AND_MONTH = N_("d MMM")


def language_for(telegram_code: str | None, default: str) -> str:
    """The catalogue for a Telegram client's language: its own, or English for one we do not have."""
    if not telegram_code:
        return default
    code = telegram_code.split("-")[0].lower()
    return code if code in LANGUAGES else "en"


Day = date  # the class has a method of that name


class Texts:
    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = catalogue(self.language)
        self._zone = zone

    def __call__(self, message: str, **values: object) -> Markup:
        return _filled(self._catalogue.gettext(message), values)

    def label(self, message: str, **values: object) -> str:
        """Without values also words of people, with whatever braces, as an option's label may be."""
        found = self._catalogue.gettext(message)
        return found.format(**values) if values else found

    def plural(self, one: str, many: str, n: int, **values: object) -> Markup:
        return _filled(self._catalogue.ngettext(one, many, n), {"n": n, **values})

    def day(self, moment: datetime) -> str:
        """Like `Do., 10. Dezember 2026`, in the pact's zone."""
        day = moment.astimezone(self._zone).date()
        return f"{_formatted(day, 'EEE', self.language)}, {self.date(day)}"

    def date(self, day: date) -> str:
        """Like `4. Mai 2023`."""
        return self._dated(day, LONG_DATE)

    def short_day(self, moment: datetime) -> str:
        """Like `10.12.`, for buttons."""
        return self._dated(self.local_day(moment), DAY_AND_MONTH)

    def month(self, first: Day) -> str:
        """Like `Dezember 2026`."""
        return _formatted(first, "LLLL y", self.language)

    def month_name(self, first: Day) -> str:
        return _formatted(first, "LLLL", self.language)

    def month_of(self, moment: datetime) -> str:
        return self.month(moment.astimezone(self._zone).date())

    def decimal(self, value: float) -> str:
        """Like `1.003,4`."""
        return str(format_decimal(value, "#,##0.0", locale=self.language))

    def number(self, value: int) -> str:
        """Like `12.000`."""
        return str(format_decimal(value, locale=self.language))

    def weekdays(self) -> list[str]:
        """Monday to Sunday in two letters or three."""
        names = get_day_names("short", "stand-alone", self.language)
        return [names[weekday].rstrip(".") for weekday in range(7)]

    def weekday(self, day: Day) -> str:
        return _formatted(day, "EEEE", self.language)

    def short_date(self, day: Day) -> str:
        """Like `24.12.26`."""
        return self._dated(day, SHORT_DATE)

    def short_dates(self, days: Iterable[Day]) -> str:
        """Days that follow each other as one span."""
        spans: list[tuple[Day, Day]] = []
        for day in sorted(days):
            if spans and day - spans[-1][1] == timedelta(days=1):
                spans[-1] = (spans[-1][0], day)
            else:
                spans.append((day, day))
        return ", ".join("–".join(map(self.short_date, sorted(set(span)))) for span in spans)

    def _dated(self, day: Day, pattern: str) -> str:
        return _formatted(day, self._catalogue.gettext(pattern), self.language)

    def local_day(self, moment: datetime) -> Day:
        return moment.astimezone(self._zone).date()

    def clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M}"

    def moment(self, moment: datetime) -> Markup:
        return self("{day}, {clock}", day=self.day(moment), clock=self.clock(moment))

    def until(self, moment: datetime) -> Markup:
        """A deadline: midnight is the end of the day before."""
        if self.clock(moment) == "00:00":
            return escape(self.last_day(moment))
        return self.moment(moment)

    def last_day(self, moment: datetime) -> str:
        return self.day(moment - INSTANT)

    def ahead(self, moment: datetime, now: datetime) -> Markup:
        """Like `Today in 2 hours`, to begin a reminder with."""
        days = (self.local_day(moment) - self.local_day(now)).days
        minutes = round((moment - now).total_seconds() / 60)
        if days > 1:
            return self.plural("In one day", "In {n} days", days)
        if days == 1:
            return self("Tomorrow at {clock}", clock=self.clock(moment))
        if minutes < 60:
            return self.plural("In one minute", "In {n} minutes", max(minutes, 1))
        return self.plural("Today in one hour", "Today in {n} hours", round(minutes / 60))

    @lru_cache(1024)  # noqa: B019 # of the few `texts_in`; events are shown again and again
    def span(self, starts_at: datetime, ends_at: datetime) -> Markup:
        if self.day(starts_at) == self.day(ends_at):
            return self(
                "{day}, {start}–{end}",
                day=self.day(starts_at),
                start=self.clock(starts_at),
                end=self.clock(ends_at),
            )
        return self("{start} to {end}", start=self.moment(starts_at), end=self.moment(ends_at))


@cache
def texts_in(language: str, zone: ZoneInfo) -> Texts:
    return Texts(language, zone)


def _filled(message: str, values: dict[str, object]) -> Markup:
    """As `Markup.format`, in half of its time."""
    return Markup(message.format(**{name: escape(value) for name, value in values.items()}))  # noqa: S704 # catalogues are ours, values are escaped


@lru_cache(4096)  # the days of events and talks, again and again
def _formatted(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Read once from the `.po` file; there is no compiled copy to fall behind it."""
    with (CATALOGUES / f"{language}.po").open("rb") as source:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
