"""Every way in which the rules of mailings say no."""

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class MailingIsGone(Refusal):
    sentence = N_("There is no such mailing any more. All others are under /broadcast.")


class MailingHasMovedOn(Refusal):
    """A button of an earlier state."""

    sentence = N_("This mailing has moved on in the meantime. Please look at it again.")


class MailingIsOut(Refusal):
    """What goes out, or has gone out, is not changed any more."""

    sentence = N_("This mailing is not a draft any more and stays as it is.")


class NobodyGetsIt(Refusal):
    sentence = N_("Nobody would get this mailing. Please choose to whom it goes.")


class CopyComesFirst(Refusal):
    """What is approved is what is sent: the author has to have seen that."""

    sentence = N_("Please have a copy sent to yourself first: it shows exactly what goes out.")


class MailingHasChanged(Refusal):
    """Content or recipients differ from what was shown."""

    sentence = N_("Content or recipients have changed in the meantime. Please look at them again.")


class NotOnesOwn(Refusal):
    sentence = N_("Somebody else from the office has to approve this: you have worked on it yourself.")


class NobodyElseToApprove(Refusal):
    sentence = N_(
        "A mailing to all needs a second member of staff, and there is nobody else. The setting"
        " MAILINGS_NEED_TWO can change that."
    )


class TooLateToRecall(Refusal):
    sentence = N_("Telegram lets messages be deleted for 48 hours only, and those are over.")


class ScheduledTooEarly(Refusal):
    sentence = N_("That moment has passed. Please choose one that is still to come.")


class TextsAreTooLong(Refusal):
    sentence = N_("A mailing can hold ten messages at most.")
