"""Every way in which the rules of partners say no."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class InviteIsUnknown(Refusal):
    sentence = N_(
        "This link has been used already, as each works once, or a part of it is missing. Please ask the"
        " office for a new one: {email}"
    )


@dataclass
class TooManyGuesses(Refusal):
    """Links that were wrong; until then none is looked at."""

    sentence = N_(
        "Those were too many links that do not work. Please come back after {until}, or ask the office: "
        "{email}"
    )

    until: datetime


class TooManyWords(Refusal):
    """The word of a link was wrong too often."""

    sentence = N_(
        "The word was wrong too often, so this link no longer works. Please ask the office for a new one:"
        " {email}"
    )


class InviteIsRevoked(Refusal):
    sentence = N_("This link was replaced by a newer one. Please ask the office for a new one: {email}")


class InviteHasExpired(Refusal):
    sentence = N_("This link has expired. Please ask the office for a new one: {email}")


@dataclass
class AlreadyInvolved(Refusal):
    """The person is the contact of a partner already, or waits for the office's answer."""

    organisation: str
    is_partner: bool

    def says(self) -> str:
        if self.is_partner:
            return N_("You are already a contact of {organisation}, a partner of the pact.")
        return N_(
            "Your request for {organisation} is with the office. You will be told as soon as it is decided."
        )


class ColleagueIsGone(Refusal):
    """Somebody who asked to act for an organisation has been answered already, or has left."""

    sentence = N_("This has been answered already.")


class OnlyForMainContact(Refusal):
    sentence = N_("Only the main contact of your organisation can do that.")


class MainContactCannotLeave(Refusal):
    """Others depend on them: they hand over, or name another main contact."""

    sentence = N_("You are the main contact and others depend on you. Please hand over first.")


class PersonIsGone(Refusal):
    """Not a contact of this organisation, or no longer."""

    sentence = N_("This person is no longer a contact of your organisation.")


class ChangeHasMoved(Refusal):
    """What is to be confirmed is another wish than the one that was looked at."""

    sentence = N_("The wish has been changed since. Please look at it, then tap again.")


class ChangeIsGone(Refusal):
    """The change of an organisation's name or seat is decided already."""

    sentence = N_("This change is decided already.")


@dataclass
class NameIsTaken(Refusal):
    """Another organisation in the register has this name."""

    sentence = N_("{name} is in the register already.")

    name: str


@dataclass
class LeftBeforeJoined(Refusal):
    sentence = N_("The partnership began on {joined_on}; it cannot end before that.")

    joined_on: date


class TooLateToUndoFile(Refusal):
    """What a file changed is kept for thirty days."""

    sentence = N_("This file was imported more than thirty days ago and cannot be undone any more.")


class OrganisationIsGone(Refusal):
    sentence = N_("This organisation is no longer in the register.")
