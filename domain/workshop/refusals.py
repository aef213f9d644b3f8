"""Every way in which the rules of workshops say no."""

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class WorkshopIsGone(Refusal):
    """Never there, or its link was mistyped."""

    sentence = N_("There is no such workshop. Please scan the code on the screen again.")


class WorkshopIsClosed(Refusal):
    sentence = N_("The workshop is closed, and its results stay as they are.")


class NotesAreOver(Refusal):
    """Also for what was sent before and came more than two minutes late."""

    sentence = N_("Notes are not collected any more. What you have written is in the workshop.")


class TooManyNotes(Refusal):
    """More lines in one message than anybody writes on cards."""

    sentence = N_("One message can hold up to {most} notes, one in each line. Please send the rest after it.")

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


class NoteIsGone(Refusal):
    sentence = N_("This note has been taken back.")


class GroupIsGone(Refusal):
    """A heading or a cluster."""

    sentence = N_("This group is not there any more. The notes are where they belong now.")


class HeadingIsNotEmpty(Refusal):
    sentence = N_("There are notes under this heading. Please move them first, or merge it with another one.")


class WeighingIsOver(Refusal):
    """Or has not begun."""

    sentence = N_("Points cannot be given at the moment.")


class NoPointsLeft(Refusal):
    sentence = N_("All points are spent. Take one back elsewhere to give it here.")


class OnlyOrganisationsWeigh(Refusal):
    sentence = N_("In this workshop points are given by organisations.")


class PointsAreSpent(Refusal):
    """Fewer points than somebody has given already."""

    sentence = N_("Fewer than {spent} are not possible: so many have been given already.")

    def __init__(self, spent: int) -> None:
        super().__init__()
        self.spent = spent


class NothingToUndo(Refusal):
    sentence = N_("There is nothing to undo.")
