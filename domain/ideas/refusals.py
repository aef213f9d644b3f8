"""Every way in which the rules of ideas say no."""

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class IdeaIsGone(Refusal):
    sentence = N_("This idea no longer exists.")


class TooManyIdeas(Refusal):
    """More in one day than anybody reads."""

    sentence = N_("That is a lot of ideas for one day. Please go on tomorrow, or write to {email}.")
