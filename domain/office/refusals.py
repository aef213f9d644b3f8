"""Every way in which the rules of office say no."""

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class InquiryIsGone(Refusal):
    sentence = N_("This question no longer exists.")


class AnsweredSince(Refusal):
    """What was written stays as it was when it was answered."""

    sentence = N_(
        "Your message has been answered in the meantime, so it stays as it was. "
        "Please write what is different as a reply to the answer."
    )


class LastAdministrator(Refusal):
    sentence = N_("Somebody has to administer the office. Please make somebody else an administrator first.")


class LinkIsOver(Refusal):
    sentence = N_("This link does not work any more. Please ask whoever sent it for a new one.")
