"""What the buttons of `office` carry: built, parsed and never trusted."""

from handlers.chat.buttons import Number, Payload


class ShowInquiry(Payload, frozen=True, tag="is"):
    inquiry_id: Number


class ChooseDeputy(Payload, frozen=True, tag="od"):
    person_id: Number


class CloseInquiry(Payload, frozen=True, tag="ic"):
    inquiry_id: Number
