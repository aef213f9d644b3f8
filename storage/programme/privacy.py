"""What the programme keeps of people."""

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Sight, Source
from storage.programme.tables import (
    DatePoll,
    HostRequest,
    PollAnswer,
    PollOption,
    ProgrammeCandidate,
    ProgrammeChoice,
    ProgrammeRelease,
    ProgrammeSlot,
    ProgrammeYear,
)

HOLDING = Holding(
    (
        Kept(
            ProgrammeYear,
            N_("Years of the programme"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            facts=(*("year", "movable", "calendar_key"),),
        ),
        Kept(
            ProgrammeCandidate,
            N_("What may become an event"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.OFFICE,),
            i.OF_THE_PACT,
            facts=(*("id", "year", "source", "ref_id", "text", "organisation_id"), *("found_at",)),
            free=("text",),
        ),
        Kept(
            ProgrammeSlot,
            N_("Events of a year that are planned"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.PARTNERS, Sight.OFFICE),
            i.OF_THE_PACT,
            facts=(
                *("id", "year", "kind", "title", "month", "starts_at"),
                *("host_id", "candidate_id", "event_id", "dropped_at"),
            ),
        ),
        Kept(
            ProgrammeChoice,
            N_("What was decided for a programme, and why"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.PARTNERS, Sight.OFFICE),
            i.OF_THE_PACT,
            actors=("decided_by_id",),
            facts=(
                *("id", "candidate_id", "title", "points", "verdict", "reason"),
                *("decided_at", "told_at"),
            ),
            free=("reason",),
        ),
        Kept(
            HostRequest,
            N_("Who was asked to host"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE),
            i.OF_THE_PACT,
            actors=("answered_by_id",),
            facts=(
                *("id", "slot_id", "organisation_id", "starts_at", "asked_at", "answer"),
                *("other_at", "answered_at"),
            ),
        ),
        Kept(
            DatePoll,
            N_("Polls for dates"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.PARTNERS, Sight.OFFICE),
            i.OF_THE_PACT,
            actors=("made_by_id",),
            facts=(
                *("id", "slot_id", "audience", "people", "asked", "is_hidden"),
                *("deadline", "nudge_at", "ended_at", "closed_at", "chosen_id", "made_at"),
            ),
        ),
        Kept(
            PollOption,
            N_("Dates of polls"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.PARTNERS, Sight.OFFICE),
            i.OF_THE_PACT,
            facts=(*("id", "poll_id", "starts_at", "edition", "was_at"),),
        ),
        Kept(
            PollAnswer,
            N_("Your answers to polls for dates"),
            i.EVENTS,
            Source.SELF,
            (Sight.SELF, Sight.COLLEAGUES, Sight.OFFICE),
            i.WHILE_CONTACT,
            whose="person_id",
            facts=(*("option_id", "organisation_id", "can", "edition", "given_at"),),
        ),
        Kept(
            ProgrammeRelease,
            N_("Released programmes"),
            i.EVENTS,
            Source.OFFICE,
            (Sight.PARTNERS, Sight.OFFICE),
            i.OF_THE_PACT,
            actors=("released_by_id",),
            facts=(*("id", "year", "number", "entries", "released_at"),),
        ),
    )
)
