"""What the office exports data of people for: a line in the file and under it, by what the log names.

Each serves one purpose of the record of processing, so nobody is asked: a choice would invite others.
"""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from handlers.chat.texts import Texts

PURPOSES = {
    Deed.EXPORTED_REGISTER: N_("keeping the register of the partners"),
    Deed.EXPORTED_LINKS: N_("inviting contacts by their personal links"),
    Deed.EXPORTED_GUESTS: N_("preparing and holding this event"),
    Deed.EXPORTED_IDEAS: N_("working on the ideas that were handed in"),
    Deed.EXPORTED_MAILING: N_("checking whom a mailing reaches"),
    Deed.EXPORTED_LETTERS: N_("calling and writing to those whom the bot does not reach"),
    Deed.EXPORTED_WORKSHOP: N_("evaluating the workshop"),
    Deed.EXPORTED_REPORT: N_("reporting on the pact"),
    Deed.EXPORTED_CALENDAR: N_("the office's own calendar"),
    Deed.EXPORTED_PERSON: N_("information by Art. 15 GDPR"),
}


def purpose_line(deed: Deed, t: Texts) -> str:
    return t.label("Purpose: {purpose}. Please delete this file afterwards.", purpose=t.label(PURPOSES[deed]))
