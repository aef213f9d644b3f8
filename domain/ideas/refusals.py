"""Every way in which the rules of ideas say no."""

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class IdeaIsGone(Refusal):
    sentence = N_("This idea no longer exists.")


class IdeaIsRead(Refusal):
    sentence = N_(
        "Others may have read your idea by now, so it stays as it was. Please hand in what is different as a "
        "new one: /idea"
    )


class TooManyIdeas(Refusal):
    """More in one day than anybody reads."""

    sentence = N_("That is a lot of ideas for one day. Please go on tomorrow, or write to {email}.")
