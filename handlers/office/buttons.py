"""What the buttons of `office` carry: built, parsed and never trusted."""

from enum import StrEnum

from handlers.chat.buttons import Number, Payload


class ShowInquiry(Payload, frozen=True, tag="is"):
    inquiry_id: Number


class ChooseDeputy(Payload, frozen=True, tag="od"):
    person_id: Number


class CloseInquiry(Payload, frozen=True, tag="ic"):
    inquiry_id: Number


class DigestWish(StrEnum):
    """What somebody changes about their digest: its time, a weekday, a part of it."""

    AT = "at"
    DAY = "day"
    PART = "part"


class WishDigest(Payload, frozen=True, tag="ow"):
    """`value` is minutes after midnight, the weekday, or the number of the part."""

    what: DigestWish
    value: Number


class StaffAct(StrEnum):
    SHOW = "show"
    LINK = "link"  # value: the number of the role, here and below
    ADD = "add"
    ASK_ADD = "as"
    ROLE = "role"
    ASK_REMOVE = "ask"
    REMOVE = "remove"  # value: who gets what they had to do


class OnStaff(Payload, frozen=True, tag="sf"):
    """What is done with somebody of the office."""

    act: StaffAct
    person_id: Number
    value: Number = 0
