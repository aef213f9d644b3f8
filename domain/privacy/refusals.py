"""Why something about one's data is not possible now, with what to do instead."""

from dataclasses import dataclass

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class StaffLeavesFirst(Refusal):
    sentence = N_(
        "You work in the office here. Please have a colleague take you out of it first: "
        "what you have to do is handed over with that."
    )


class HandOverFirst(Refusal):
    sentence = N_(
        "You are the main contact of your organisation and have colleagues here. Please hand over to "
        "one of them first; then you can erase everything."
    )


@dataclass
class PeriodIsOutOfBounds(Refusal):
    sentence = N_("Between {least} and {most} days are possible.")

    least: int
    most: int


class RequestIsDone(Refusal):
    sentence = N_("This request is done already.")
