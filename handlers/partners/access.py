"""Who may use what of `partners`."""

from domain.basics.access import EVERYBODY, LOOKING, OFFICE, PARTNERS
from handlers.chat.access import declared
from handlers.partners.buttons import (
    AnswerColleague,
    AnswerUnknown,
    AskToBringIn,
    BringIn,
    DecideChange,
    DoWithContact,
    ExportRegister,
    LeaveFile,
    NameColumn,
    NoteDone,
    ShowChange,
    ShowColleague,
    ShowContact,
    ShowOrganisation,
    TakeEndBack,
    TakeLinkBack,
    TakeUpLink,
    TakeUpWithWord,
    UndoFile,
    WithdrawWish,
)
from handlers.partners.register import SentFile

ACCESS = declared(
    {
        EVERYBODY: ("my_wish", "form:link_word", TakeUpLink, TakeUpWithWord, WithdrawWish, SentFile),
        PARTNERS: ("contacts", "successors", "leaving", "form:handover"),
        PARTNERS | LOOKING: (ShowContact, ShowColleague),
        PARTNERS | OFFICE: (
            *(TakeLinkBack, DoWithContact, AnswerColleague, "form:colleague", "form:organisation"),
        ),
        LOOKING: ("changes", "register", "taken_up", "partners", ShowOrganisation, ShowChange),
        OFFICE: (
            *(
                "links",
                "files",
                AnswerUnknown,
                NameColumn,
                UndoFile,
                NoteDone,
                TakeEndBack,
                DecideChange,
                ExportRegister,
                AskToBringIn,
                BringIn,
                LeaveFile,
            ),
            *("form:ended", "form:partner_data", "form:partner_new", "form:contact_new"),
            *("form:contact_data", "form:partner_note", "form:partner_step"),
        ),
    }
)
