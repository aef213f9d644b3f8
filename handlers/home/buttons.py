"""What the buttons of `home` carry: built, parsed and never trusted."""

from handlers.chat.buttons import Number, Payload


class ShowPage(Payload, frozen=True, tag="pa"):
    number: Number


class ChooseLanguage(Payload, frozen=True, tag="la"):
    language: str


class ListUs(Payload, frozen=True, tag="ol"):
    """Whether one's organisation is to be named among the partners: 1 or 0."""

    wanted: Number
