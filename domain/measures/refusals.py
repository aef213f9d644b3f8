"""Why something about measures cannot be done."""

from domain.basics.refusals import Refusal
from domain.basics.words import N_


class OnlyPartnersReport(Refusal):
    sentence = N_("Measures are reported by partners of the pact. /join begins the way to become one.")


class MeasureIsGone(Refusal):
    sentence = N_("This measure is no longer there, or not yours to see. Your own are under /measure.")


class NoFactor(Refusal):
    """The pact reports in a family that has no figure for this carrier."""

    sentence = N_("There is no emission factor for this energy carrier yet. The office can add one.")


class SharesAreTooMuch(Refusal):
    sentence = N_("Together the partners of a measure cannot have more than 100 percent.")


class NoSuchPartner(Refusal):
    sentence = N_("No partner of the pact has this name. Please write it as in the list of partners.")


class ShareIsSettled(Refusal):
    sentence = N_("This share has been settled already.")


class ReportIsHandedIn(Refusal):
    sentence = N_("This report is handed in. The office can give it back to be corrected.")


class ReportLacks(Refusal):
    sentence = N_("The report is not complete yet. It says itself what is still missing.")


class AdvertIsGone(Refusal):
    sentence = N_("This offer or need is no longer there. /measure shows those of today.")


class ThreadIsGone(Refusal):
    sentence = N_("You cannot write there any more: it was ended, or somebody is no longer with a partner.")
