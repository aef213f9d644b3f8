"""Every way in which the rules of ideas say no."""

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class TooManyIdeas(Refusal):
    """More in one day than anybody reads."""

    sentence = N_("That is a lot of ideas for one day. Please go on tomorrow, or write to {email}.")


class IdeaIsGone(Refusal):
    """Withdrawn, hidden by the office, or never there; strangers are not told which."""

    sentence = N_("This idea is no longer on the board. All others are under /ideas.")


class IdeaIsOpen(Refusal):
    """What happens to an idea that waits for the office's look, or is hidden, helps nobody."""

    sentence = N_("Nobody but you and the office sees this idea at the moment.")


class OneIdeaAlready(Refusal):
    """A merge of an idea with itself, through however many others."""

    sentence = N_("These two are one idea already.")


class CommentIsGone(Refusal):
    sentence = N_("This comment has been removed already.")


class GroupIsOver(Refusal):
    sentence = N_("This project group has ended. The idea says what came of it.")


class NotInTheGroup(Refusal):
    sentence = N_("Only members of the project group can do this. Join it on the idea's page.")


class NoReasonGiven(Refusal):
    """Of a state that people must be told why."""

    sentence = N_("Please say why: those who support the idea are told.")


class OnlyItsAuthor(Refusal):
    sentence = N_("Only whoever wrote this can make an idea of it.")
