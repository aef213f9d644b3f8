"""Every way in which the rules of the groups say no."""

from dataclasses import dataclass

from domain.basics.refusals import Refusal
from domain.basics.words import N_


@dataclass
class PurposeIsTaken(Refusal):
    """Another group is that already."""

    sentence = N_("The group “{title}” is that already. There can be only one.")

    title: str


class GroupIsTaken(Refusal):
    sentence = N_("This group is already used for something else.")


class DecidedAlready(Refusal):
    sentence = N_("This is decided already.")
