"""Every way in which the rules of ideas say no."""

from domain.basics.refusals import Refusal


class TooManyIdeas(Refusal):
    """More in one day than anybody reads."""
