"""What the buttons of `partners` carry: built, parsed and never trusted."""

from enum import StrEnum

from domain.basics.sheets import SheetKind
from handlers.chat.buttons import Number, Payload


class ShowOrganisation(Payload, frozen=True, tag="os"):
    organisation_id: Number


class ShowContact(Payload, frozen=True, tag="cs"):
    person_id: Number


class Deed(StrEnum):
    """What can be done with a contact of an organisation."""

    RENEW = "renew"
    MAKE_MAIN = "main"
    REMOVE = "remove"
    HAND_OVER = "over"


class DoWithContact(Payload, frozen=True, tag="cd"):
    """What cannot be undone is asked back first; `is_sure` is 1 after that."""

    person_id: Number
    deed: Deed
    is_sure: Number


class NoteDone(Payload, frozen=True, tag="pn"):
    """A next step with an organisation is done."""

    note_id: Number


class ShowColleague(Payload, frozen=True, tag="cq"):
    request_id: Number


class TakeEndBack(Payload, frozen=True, tag="oe"):
    """A former partner is one again, as if it had not left."""

    organisation_id: Number


class TakeUpLink(Payload, frozen=True, tag="iu"):
    """Whoever opened a personal link says that it is theirs."""

    link: str


class TakeUpWithWord(Payload, frozen=True, tag="iw"):
    """Whoever has said the word of a personal link takes it up."""

    invite_id: Number


class TakeLinkBack(Payload, frozen=True, tag="cb"):
    """Whoever took up this personal link is not its contact."""

    invite_id: Number


class AnswerColleague(Payload, frozen=True, tag="ca"):
    request_id: Number
    knows: Number


class WithdrawWish(Payload, frozen=True, tag="cx"):
    """One's own wish to act for an organisation; `sure` 0 asks first."""

    request_id: Number
    sure: Number


class ShowChange(Payload, frozen=True, tag="cw"):
    change_id: Number


class DecideChange(Payload, frozen=True, tag="co"):
    change_id: Number
    confirm: Number
    seen: Number = 0  # stamp of the wish that was shown


class ExportRegister(Payload, frozen=True, tag="rx"):
    kind: SheetKind


class BringIn(Payload, frozen=True, tag="rb"):
    draft_id: Number


class AnswerUnknown(Payload, frozen=True, tag="rg"):
    """What a title or word of a file means: the number of one of what is offered, at this step."""

    draft_id: Number
    step: Number
    choice: Number


class NameColumn(Payload, frozen=True, tag="rk"):
    """Which field a column is that means nothing yet; both count from 1, 0 asks."""

    draft_id: Number
    step: Number
    place: Number
    field: Number


class UndoFile(Payload, frozen=True, tag="rz"):
    """Take back all that a file changed; it asks first. `sure` is 1 after that."""

    file_id: Number
    sure: Number


class AskToBringIn(Payload, frozen=True, tag="bk"):
    draft_id: Number


class LeaveFile(Payload, frozen=True, tag="rl"):
    draft_id: Number
