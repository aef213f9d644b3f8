"""What is due next, in words; shown by the sandbox's clock."""

from domain.basics.words import N_
from handlers.chat.texts import Texts
from storage.agenda import Due, DueKind, Timed

TIMED = {
    Timed.DRAFTS: N_("Drafts that are published later"),
    Timed.REMINDERS: N_("Reminders, second invitations and thanks of events"),
    Timed.OFFERS: N_("Offers of seats that end"),
    Timed.FORMS: N_("Reminders of unfinished forms"),
    Timed.OWED: N_("Answers that the office owes"),
    Timed.COLLEAGUES: N_("Colleagues who wait for their main contact"),
    Timed.TALKS: N_("Times for talks that nobody took"),
    Timed.POLLS: N_("Polls for dates: reminder and end"),
    Timed.WORKSHOPS: N_("Rounds of workshops that end"),
    Timed.MAILINGS: N_("Mailings that begin"),
    Timed.DIGESTS: N_("Digests of the office"),
    Timed.NOTICES: N_("Notices that go out later"),
    Timed.REPORTS: N_("Reports that partners owe"),
    Timed.TIDYING: N_("What nobody needs any more is forgotten"),
}


def in_words(due: Due, t: Texts) -> str:
    match due.kind:
        case DueKind.REMINDER:
            return t.label("Reminder: {title}", title=due.title)
        case DueKind.NUDGE:
            return t.label("Second invitation: {title}", title=due.title)
        case DueKind.CONFIRM:
            return t.label("Are they really coming: {title}", title=due.title)
        case DueKind.THANKS:
            return t.label("Thanks and feedback: {title}", title=due.title)
        case DueKind.LISTS:
            return t.label("Lists for porter and caterer: {title}", title=due.title)
        case DueKind.DIGEST:
            return t.label("Digest")
