"""What the buttons of `ideas` carry: built, parsed and never trusted."""

from handlers.chat.buttons import Number, Payload


class TurnIdeas(Payload, frozen=True, tag="ip"):
    page: Number
