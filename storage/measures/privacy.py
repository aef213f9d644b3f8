"""What measures and reports keep of people. Figures are the organisation's and stay; who stated them goes."""

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Sight, Source
from storage.measures.tables import (
    EmissionFactor,
    FactorDraft,
    Measure,
    MeasureEvidence,
    MeasureFigure,
    MeasureMatch,
    MeasureShare,
    Report,
    ReportLine,
)

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
                *("id", "carrier", "family", "year", "grams", "counted"),
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
            goes=True,
            facts=(*("id", "measure_id", "asked_at", "agreed_at", "declined_at"),),
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
                *("state", "targets", "missed", "balance_grams", "balance_family", "balance_source"),
                *("figures", "handed_in_at", "accepted_at"),
            ),
            free=("targets", "missed", "granted_because"),
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
    )
)
