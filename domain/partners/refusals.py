"""Every way in which the rules of partners say no."""

from dataclasses import dataclass
from datetime import date

from domain.basics.refusals import Refusal


class InviteIsUnknown(Refusal):
    pass


class InviteIsUsed(Refusal):
    pass


class InviteIsRevoked(Refusal):
    pass


class InviteHasExpired(Refusal):
    pass


@dataclass
class AlreadyInvolved(Refusal):
    """The person is the contact of a partner already, or waits for the office's answer."""

    organisation: str
    is_partner: bool


class ColleagueIsGone(Refusal):
    """Somebody who asked to act for an organisation has been answered already, or has left."""


class OnlyForMainContact(Refusal):
    pass


class MainContactCannotLeave(Refusal):
    """Others depend on them: they hand over, or name another main contact."""


class PersonIsGone(Refusal):
    """Not a contact of this organisation, or no longer."""


class ChangeIsGone(Refusal):
    """The change of an organisation's name or seat is decided already."""


@dataclass
class NameIsTaken(Refusal):
    """Another organisation in the register has this name."""

    name: str


@dataclass
class LeftBeforeJoined(Refusal):
    joined_on: date


class OrganisationIsGone(Refusal):
    pass
