"""What the log of access tells: deeds of the office, without contents."""

from enum import StrEnum

from domain.basics.words import N_


class Deed(StrEnum):
    OPENED_CASE = "opened_case"
    OPENED_CONTACT = "opened_contact"
    OPENED_QUESTION = "opened_question"
    OPENED_GUESTS = "opened_guests"
    EXPORTED_REGISTER = "exported_register"
    EXPORTED_GUESTS = "exported_guests"
    EXPORTED_IDEAS = "exported_ideas"
    EXPORTED_PERSON = "exported_person"
    EXPORTED_LINKS = "exported_links"
    EXPORTED_REPORT = "exported_report"
    EXPORTED_WORKSHOP = "exported_workshop"
    EXPORTED_CALENDAR = "exported_calendar"
    EXPORTED_MAILING = "exported_mailing"
    EXPORTED_LETTERS = "exported_letters"
    SEARCHED = "searched"
    SENT_MAILING = "sent_mailing"
    DECIDED = "decided"
    ERASED = "erased"
    CHANGED_ROLE = "changed_role"
    CHANGED_PERIOD = "changed_period"
    READ_LOG = "read_log"
    ENTERED_REQUEST = "entered_request"
    BLACKENED = "blackened"


WORDS = {
    Deed.OPENED_CASE: N_("opened a case"),
    Deed.OPENED_CONTACT: N_("opened a contact"),
    Deed.OPENED_QUESTION: N_("opened a question"),
    Deed.OPENED_GUESTS: N_("opened a list of guests"),
    Deed.EXPORTED_REGISTER: N_("exported the register"),
    Deed.EXPORTED_GUESTS: N_("exported a list of guests"),
    Deed.EXPORTED_IDEAS: N_("exported the ideas"),
    Deed.EXPORTED_PERSON: N_("exported a person's data"),
    Deed.EXPORTED_LINKS: N_("exported personal links"),
    Deed.EXPORTED_REPORT: N_("exported a report"),
    Deed.EXPORTED_WORKSHOP: N_("exported what people wrote in a workshop"),
    Deed.EXPORTED_CALENDAR: N_("exported the office's calendar"),
    Deed.EXPORTED_MAILING: N_("exported a mailing"),
    Deed.EXPORTED_LETTERS: N_("exported whom to call or write to"),
    Deed.SEARCHED: N_("searched for a person"),
    Deed.SENT_MAILING: N_("sent a mailing"),
    Deed.DECIDED: N_("decided a request"),
    Deed.ERASED: N_("erased a person"),
    Deed.CHANGED_ROLE: N_("changed a role"),
    Deed.CHANGED_PERIOD: N_("changed a period"),
    Deed.READ_LOG: N_("read this log"),
    Deed.ENTERED_REQUEST: N_("entered a request about personal data"),
    Deed.BLACKENED: N_("looked through a text about an erased person"),
}
