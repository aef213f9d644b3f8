"""Every way in which the rules of the programme say no."""

from datetime import datetime

from domain.basics.refusals import Refusal
from domain.basics.words import N_, Plural


class ProgrammeIsEmpty(Refusal):
    sentence = N_("Nothing is planned for {year} yet. Lay out the year first.")

    def __init__(self, year: int) -> None:
        super().__init__()
        self.year = year


class NothingIsReleased(Refusal):
    sentence = N_("The programme is not out yet. You will be told here when it is.")


class NothingHasChanged(Refusal):
    sentence = N_("Nothing has changed since the last version. There is nothing to release.")


class SlotIsGone(Refusal):
    sentence = N_("That entry is no longer in the programme. /programme shows what is.")


class SlotHasEvent(Refusal):
    """Its date is the event's from now on."""

    sentence = N_("People can see that event already. Change or cancel it on its own page.")


class PollEndsTooLate(Refusal):
    sentence = N_("Answers have to end before the first of the dates: {first}.")

    def __init__(self, first: datetime) -> None:
        super().__init__()
        self.first = first


class DateIsAsked(Refusal):
    sentence = N_("The poll asks for that date already.")


class NoHostLeft(Refusal):
    sentence = N_("Everybody who offered to host has been asked. Ask somebody by phone, or set a host.")


class SomebodyIsAsked(Refusal):
    sentence = N_("{name} has been asked and has not answered yet.")

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class DatesHaveChanged(Refusal):
    """Since they were proposed."""

    sentence = N_("The programme has changed in the meantime. Please look at the dates again.")


class NoDateYet(Refusal):
    sentence = N_("Set a date for this entry first.")


class HostQuestionIsOver(Refusal):
    sentence = N_("This question has been settled. Thank you all the same!")


class PollIsGone(Refusal):
    sentence = N_("There is no such poll for you.")


class PollIsOver(Refusal):
    sentence = N_("This poll is over. The date is told to all who were asked.")


class PollIsRunning(Refusal):
    sentence = N_("A poll for this entry is running. Choose its date, or end it first.")


class NobodyToAsk(Refusal):
    """No idea stands behind the entry, or nobody belongs to those who were chosen."""

    sentence = N_("Nobody would be asked. Choose other people, or put an idea into this entry first.")


class NotSoManyOptions(Refusal):
    sentence = N_("Dates of a poll: at least {fewest}, at most {most}.")

    def __init__(self, fewest: int, most: int) -> None:
        super().__init__()
        self.fewest, self.most = fewest, most


class EverybodyRefused(Refusal):
    """More than a warning: nobody would come."""

    sentence = Plural(
        "The one organisation that answered cannot come then. Choose another date, or move this one.",
        "All {n} organisations that answered cannot come then. Choose another date, or move this one.",
        by="organisations",
    )

    def __init__(self, organisations: int) -> None:
        super().__init__()
        self.organisations = organisations


class NoReasonForIt(Refusal):
    sentence = N_("Please say why in a sentence: supporters and the report read it.")
