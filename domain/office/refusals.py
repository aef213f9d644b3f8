"""Every way in which the rules of office say no."""

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class InquiryIsGone(Refusal):
    sentence = N_("This question no longer exists.")
