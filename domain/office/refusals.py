"""Every way in which the rules of office say no."""

from domain.basics.refusals import Refusal


class InquiryIsGone(Refusal):
    pass
