"""What is due next, in words; shown by the sandbox's clock."""

from handlers.chat.texts import Texts
from storage.agenda import Due, DueKind


def in_words(due: Due, t: Texts) -> str:
    match due.kind:
        case DueKind.REMINDER:
            return t.label("Reminder: {title}", title=due.title)
        case DueKind.NUDGE:
            return t.label("Second invitation: {title}", title=due.title)
        case DueKind.CONFIRM:
            return t.label("Do they really come: {title}", title=due.title)
        case DueKind.THANKS:
            return t.label("Thanks and feedback: {title}", title=due.title)
        case DueKind.DIGEST:
            return t.label("Digest")
