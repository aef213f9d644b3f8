"""The tables of measures. Figures are rows that are replaced, never changed: a report leads back to them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, Text, text
from sqlmodel import Field, SQLModel

from domain.measures.factors import Carrier, Family, Status
from domain.measures.measures import Kind, Known, State
from domain.measures.quantities import Unit
from storage.engine.tables import values_of


class EmissionFactor(SQLModel, table=True):
    """One that the office has brought in; those of `factors.csv` are read from there. As `domain…Factor`."""

    __tablename__ = "emission_factor"
    __table_args__ = (Index("uq_emission_factor", "carrier", "family", "year", "edition", unique=True),)

    id: int = Field(default=None, primary_key=True)
    carrier: Carrier = Field(sa_type=values_of(Carrier))
    family: Family = Field(sa_type=values_of(Family))
    year: int
    grams: int
    counted: int = 100
    heating_value: str = Field(default="", sa_type=String(8))
    edition: str = Field(sa_type=String(10))
    status: Status = Field(sa_type=values_of(Status))
    source: str = Field(sa_type=String(160))
    brought_in_at: datetime
    brought_in_by_id: int | None = Field(default=None, foreign_key="person.id")  # None: by a command


class FactorDraft(SQLModel, table=True):
    """Rows of a file of factors that staff sent and have not said yes to."""

    __tablename__ = "factor_draft"

    id: int = Field(default=None, primary_key=True)
    factors: list[dict[str, Any]] = Field(sa_type=JSON)
    created_at: datetime = Field(index=True)


class Measure(SQLModel, table=True):
    """What a partner does; `person_id` answers for it. `taken_over_from_id`: "we do this too".

    `is_open`: other partners may see it and who does it. `since` is the day from which it saves.
    """

    __table_args__ = (
        Index("ix_measure_kind", "carrier", "kind"),
        Index("ix_measure_changed_at", "changed_at"),
    )

    id: int = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    title: str = Field(sa_type=String(160))
    site: str = Field(default="", sa_type=String(80))
    kind: Kind = Field(sa_type=values_of(Kind))
    carrier: Carrier = Field(sa_type=values_of(Carrier))
    state: State = Field(sa_type=values_of(State))
    since: date | None = None
    cost: int | None = Field(default=None, sa_type=BigInteger)  # cents
    is_open: bool = False
    idea_id: int | None = Field(default=None, foreign_key="idea.id", index=True)
    taken_over_from_id: int | None = Field(default=None, foreign_key="measure.id", index=True)
    created_at: datetime
    changed_at: datetime


class MeasureFigure(SQLModel, table=True):
    """What a measure saves in a year, as it was stated. The one that is not replaced counts.

    `factor` and `added_factor` are the factors it was reckoned with, whole (`domain…Factor`), so that an
    edition that comes later does not change it; `grams` is what came of that. `consumption` (kWh a year) and
    `price` (hundredths of a cent for a kWh) are of its carrier.
    """

    __tablename__ = "measure_figure"
    __table_args__ = (
        Index(
            "uq_measure_figure",
            "measure_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit: Unit = Field(sa_type=values_of(Unit))
    value: int = Field(sa_type=BigInteger)
    known: Known = Field(sa_type=values_of(Known))
    consumption: int | None = Field(default=None, sa_type=BigInteger)
    price: int | None = None
    kwh: int = Field(sa_type=BigInteger)
    added: int = Field(default=0, sa_type=BigInteger)
    factor: dict[str, Any] = Field(sa_type=JSON)
    added_factor: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    grams: int = Field(sa_type=BigInteger)
    stated_at: datetime
    replaced_at: datetime | None = None


class MeasureShare(SQLModel, table=True):
    """Another organisation's percent of a joint measure, once it has agreed."""

    __tablename__ = "measure_share"

    measure_id: int = Field(primary_key=True, foreign_key="measure.id")
    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id", index=True)
    percent: int
    asked_at: datetime
    agreed_at: datetime | None = None
    agreed_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None


class MeasureEvidence(SQLModel, table=True):
    """A picture or document of Telegram's that proves a figure, kept with it when that is replaced."""

    __tablename__ = "measure_evidence"

    id: int = Field(default=None, primary_key=True)
    figure_id: int = Field(foreign_key="measure_figure.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    picture: str = Field(default="", sa_type=String(160))
    document: str = Field(default="", sa_type=String(160))
    name: str = Field(default="", sa_type=String(160))
    added_at: datetime
    removed_at: datetime | None = None


class MeasureMatch(SQLModel, table=True):
    """Somebody would like to talk to who answers for a measure; they hear of each other if both agree."""

    __tablename__ = "measure_match"

    id: int = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)
    asking_id: int = Field(foreign_key="person.id", index=True)
    asked_at: datetime
    agreed_at: datetime | None = None
    declined_at: datetime | None = None


class Advert(SQLModel, table=True):
    """What a partner offers to others or needs of them: a tool to lend, somebody who knows how."""

    id: int = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    is_need: bool
    kind: Kind = Field(sa_type=values_of(Kind))
    text: str = Field(sa_type=Text)
    written_at: datetime = Field(index=True)
    ended_at: datetime | None = None


class PartnerThread(SQLModel, table=True):
    """Two people of partners who write to each other through the bot, about an advert or a measure."""

    __tablename__ = "partner_thread"
    __table_args__ = (
        Index("uq_partner_thread_advert", "advert_id", "asking_id", unique=True),
        Index("uq_partner_thread_match", "match_id", unique=True),
    )

    id: int = Field(default=None, primary_key=True)
    advert_id: int | None = Field(default=None, foreign_key="advert.id")
    match_id: int | None = Field(default=None, foreign_key="measure_match.id")
    asking_id: int = Field(foreign_key="person.id", index=True)
    asked_id: int = Field(foreign_key="person.id", index=True)
    opened_at: datetime
    ended_at: datetime | None = None


class PartnerLine(SQLModel, table=True):
    __tablename__ = "partner_line"

    id: int = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="partner_thread.id", index=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    text: str = Field(sa_type=Text)
    written_at: datetime


class ReportState(StrEnum):
    OPEN = "open"
    HANDED_IN = "handed_in"
    ACCEPTED = "accepted"


class Report(SQLModel, table=True):
    """What a partner owes by a day. `granted_until`: the office has given more time, with a word why.

    `asked_until`, `asked_because`: its partner asks for that; `declined_because` is the office's no to it.
    `figures` is what was handed in, whole, so that later corrections do not rewrite it; `earlier` what it
    said before it was given back.
    """

    __table_args__ = (
        Index("uq_report", "organisation_id", "due_on", unique=True),
        Index("ix_report_due_on", "due_on"),
    )

    id: int = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: str = Field(sa_type=String(16))
    due_on: date
    granted_until: date | None = None
    granted_because: str = Field(default="", sa_type=Text)
    asked_until: date | None = None
    asked_because: str = Field(default="", sa_type=Text)
    declined_because: str = Field(default="", sa_type=Text)
    state: ReportState = Field(default=ReportState.OPEN, sa_type=values_of(ReportState))
    targets: str = Field(default="", sa_type=Text)
    has_no_fuel: bool = False  # burns nothing, so its Scope 1 is zero
    missed: str = Field(default="", sa_type=Text)  # why targets of the last report were not reached
    balance_grams: int | None = Field(default=None, sa_type=BigInteger)  # one number of a balance elsewhere
    balance_family: str = Field(default="", sa_type=String(16))
    balance_source: str = Field(default="", sa_type=String(160))
    figures: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    earlier: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    handed_in_at: datetime | None = None
    handed_in_by_id: int | None = Field(default=None, foreign_key="person.id")
    accepted_at: datetime | None = None


class ReportLine(SQLModel, table=True):
    """Consumption of a carrier at a site in a year, on the bill's kWh."""

    __tablename__ = "report_line"
    __table_args__ = (Index("uq_report_line", "report_id", "site", "carrier", unique=True),)

    id: int = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="report.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    site: str = Field(default="", sa_type=String(80))
    carrier: Carrier = Field(sa_type=values_of(Carrier))
    kwh: int = Field(sa_type=BigInteger)
    year: int
    stated_at: datetime


class MeasureNotice(StrEnum):
    """What people are told of measures and reports."""

    SHARE = "measure_share"
    SHARE_AGREED = "measure_share_agreed"
    SHARE_ENDED = "measure_share_ended"
    MATCH = "measure_match"
    MATCH_AGREED = "measure_match_agreed"
    ADVERT_FITS = "advert_fits"
    PARTNER_LINE = "partner_line"
    FROM_IDEA = "measure_from_idea"
    REPORT_DUE = "report_due"
    REPORT_HANDED_IN = "report_handed_in"
    REPORT_ACCEPTED = "report_accepted"
    REPORT_GRANTED = "report_granted"
    REPORT_DECLINED = "report_declined"
    REPORT_TIME_ASKED = "report_time_asked"
