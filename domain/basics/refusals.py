"""How the rules say no: a refusal means that nothing was changed. Each field has its own."""

from typing import ClassVar

from domain.basics.words import N_, Plural


class Refusal(Exception):
    """Something a person asked for that the rules do not allow.

    `sentence` says why not and what to do instead. It may name the refusal's own attributes, and the pact's.
    """

    sentence: ClassVar[str | Plural]

    def says(self) -> str | Plural:
        """Another one where it depends on the case."""
        return self.sentence


class OnlyForStaff(Refusal):
    sentence = N_("Only the office can do that.")


class OnlyForAdministrators(Refusal):
    sentence = N_("Only administrators of the office can do that. “Who works here” shows who they are.")


class OnlyLooking(Refusal):
    sentence = N_(
        "You can look at everything here, but not decide, send or hand out anything. "
        "An administrator of the office can change that."
    )


class OnlyForPartners(Refusal):
    sentence = N_("This is for partners of the pact. Becoming one begins with a non-binding talk: /join")


class ButtonIsOutdated(Refusal):
    sentence = N_("That button is no longer valid. /help shows what you can do now.")


class NotKnownHere(Refusal):
    sentence = N_("Nothing is stored about you here. With /start you can begin anew.")
