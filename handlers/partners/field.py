"""What `partners` has to offer in the chat."""

from domain.basics.deeds import Deed
from handlers.chat.field import Field, tap
from handlers.partners import contacts, file, links, notices, organisations, register
from handlers.partners.buttons import (
    AnswerColleague,
    AskToBringIn,
    BringIn,
    DecideChange,
    DoWithContact,
    ExportRegister,
    LeaveFile,
    NoteDone,
    ShowChange,
    ShowColleague,
    ShowContact,
    ShowOrganisation,
    TakeEndBack,
    TakeLinkBack,
    TakeUpLink,
    TakeUpWithWord,
    WithdrawWish,
)

FIELD = Field(
    deeds={
        ShowContact: Deed.OPENED_CONTACT,
        ShowOrganisation: Deed.OPENED_CONTACT,
        ExportRegister: Deed.EXPORTED_REGISTER,
    },
    taps=(
        tap(ShowOrganisation, file.asked_for_organisation),
        tap(NoteDone, file.did_step),
        tap(ShowContact, contacts.asked_for_contact),
        tap(ShowColleague, contacts.asked_for_colleague),
        tap(TakeEndBack, organisations.took_end_back),
        tap(TakeUpLink, links.took_up),
        tap(TakeUpWithWord, links.took_up_with_word),
        tap(TakeLinkBack, contacts.took_link_back),
        tap(DoWithContact, contacts.did_with_contact),
        tap(WithdrawWish, contacts.withdrew_wish),
        tap(AnswerColleague, contacts.answered_colleague),
        tap(ShowChange, organisations.asked_for_change),
        tap(DecideChange, organisations.decided_change),
        tap(ExportRegister, register.asked_for_file),
        tap(AskToBringIn, register.asked_to_bring_in),
        tap(BringIn, register.brought_in),
        tap(LeaveFile, register.left_file),
    ),
    places={
        "changes": organisations.asked_for_changes,
        "contacts": contacts.asked_for_contacts,
        "my_wish": contacts.asked_for_own_wish,
        "successors": contacts.asked_for_successors,
        "leaving": contacts.asked_to_leave,
        "register": register.asked_for_register,
        "links": register.asked_for_links,
    },
    lists={"taken_up": links.asked_for_taken_up, "partners": file.asked_for_partners},
    forms=(
        *contacts.FORMS,
        *organisations.FORMS,
        *file.FORMS,
        *links.FORMS,
    ),
    notices=notices.NOTICES,
    views=notices.VIEWS,
    others=(register.SentFile,),
)
