"""What measures and reports keep of people. Figures are the organisation's and stay; who stated them goes."""

from typing import Any

from sqlmodel import col, or_

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Period, Sight, Source
from storage.measures import adverts
from storage.measures.tables import (
    Advert,
    EmissionFactor,
    FactorDraft,
    Measure,
    MeasureEvidence,
    MeasureFigure,
    MeasureMatch,
    MeasureShare,
    PartnerLine,
    PartnerThread,
    Report,
    ReportLine,
)


def _of_thread(person_id: int) -> Any:
    return or_(col(PartnerThread.asking_id) == person_id, col(PartnerThread.asked_id) == person_id)


EXCHANGES = Period("exchanges", N_("what partners wrote to each other"), 730, 90, 1095)

HOLDING = Holding(
    (
        Kept(
            FactorDraft,
            N_("Files of factors that wait for a yes"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            facts=("id", "factors", "created_at"),
        ),
        Kept(
            EmissionFactor,
            N_("Emission factors"),
            i.OFFICE,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            actors=("brought_in_by_id",),
            facts=(
                *("id", "carrier", "family", "year", "grams", "counted", "heating_value"),
                *("edition", "status", "source", "brought_in_at"),
            ),
        ),
        Kept(
            Measure,
            N_("Measures that you answer for"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE),
            i.WHILE_CONTACT,
            whose="person_id",
            facts=(
                *("id", "organisation_id", "title", "site", "kind", "carrier"),
                *("state", "since", "cost", "is_open", "idea_id", "taken_over_from_id"),
                *("created_at", "changed_at"),
            ),
        ),
        Kept(
            MeasureFigure,
            N_("Figures that you stated"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE),
            i.WHILE_CONTACT,
            whose="person_id",
            facts=(
                *("id", "measure_id", "unit", "value", "known", "consumption"),
                *("price", "kwh", "added", "factor", "added_factor", "grams"),
                *("stated_at", "replaced_at"),
            ),
        ),
        Kept(
            MeasureShare,
            N_("Shares of joint measures"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE),
            i.OF_THE_PACT,
            actors=("agreed_by_id",),
            facts=(*("measure_id", "organisation_id", "percent", "asked_at", "agreed_at", "ended_at"),),
        ),
        Kept(
            MeasureEvidence,
            N_("Evidence that you sent"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE),
            i.WHILE_CONTACT,
            whose="person_id",
            blanks={"picture": "", "document": "", "name": ""},
            facts=(*("id", "figure_id", "added_at", "removed_at"),),
        ),
        Kept(
            MeasureMatch,
            N_("Whom you wanted to talk to about a measure"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.SELF, Sight.OFFICE),
            i.WHILE_CONTACT,
            whose="asking_id",
            facts=(*("id", "measure_id", "asked_at", "agreed_at", "declined_at"),),
        ),
        Kept(
            Advert,
            N_("What you offered or needed"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.PARTNERS, Sight.OFFICE),
            i.WHILE_CONTACT,
            whose="person_id",
            blanks={"text": ""},
            facts=("id", "organisation_id", "is_need", "kind", "written_at", "ended_at"),
        ),
        Kept(
            PartnerThread,
            N_("With whom of other partners you wrote"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.SELF,),
            i.WHILE_CONTACT,
            mine=_of_thread,
            actors=("asking_id", "asked_id"),
            facts=("id", "advert_id", "match_id", "opened_at", "ended_at"),
        ),
        Kept(
            PartnerLine,
            N_("Messages to other partners"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.SELF, Sight.PARTNERS),
            EXCHANGES,
            whose="author_id",
            goes=True,
            facts=("id", "thread_id", "text", "written_at"),
            free=("text",),
            since="written_at",
        ),
        Kept(
            Report,
            N_("Reports of partners"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE),
            i.OF_THE_PACT,
            actors=("handed_in_by_id",),
            facts=(
                *("id", "organisation_id", "kind", "due_on", "granted_until", "granted_because"),
                *("asked_until", "asked_because", "declined_because"),
                *("state", "targets", "missed", "balance_grams", "balance_family", "balance_source"),
                *("has_no_fuel", "figures", "earlier", "handed_in_at", "accepted_at"),
            ),
            free=("targets", "missed", "granted_because", "asked_because", "declined_because"),
        ),
        Kept(
            ReportLine,
            N_("Consumption that you stated"),
            i.MEMBERSHIP,
            Source.SELF,
            (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE),
            i.WHILE_CONTACT,
            whose="person_id",
            facts=(*("id", "report_id", "site", "carrier", "kwh", "year"), *("stated_at",)),
        ),
    ),
    let_go=adverts.end_all,
    periods=(EXCHANGES,),
)
