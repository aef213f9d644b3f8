"""What the buttons of `home` carry: built, parsed and never trusted."""

from enum import StrEnum

from handlers.chat.buttons import Number, Payload


class ShowPage(Payload, frozen=True, tag="pa"):
    number: Number


class ChooseLanguage(Payload, frozen=True, tag="la"):
    language: str


class ListUs(Payload, frozen=True, tag="ol"):
    """Whether one's organisation is to be named among the partners: 1 or 0."""

    wanted: Number


class WishKind(StrEnum):
    """What somebody changes of what they are told."""

    LEAD = "lead"
    TOPIC = "topic"
    MUTE = "mute"
    CODE = "code"


class WishNotices(Payload, frozen=True, tag="nw"):
    """`value` is seconds before an event, the number of the topic, or hours of a pause, 0 to end it."""

    what: WishKind
    value: Number
