"""What goes to one person: the stored content with why it came and the way out, in their language.

The copy to its author comes from here as well, so that what is approved is what is sent.
"""

from collections.abc import Sequence
from typing import Any

from domain.basics.pact import Pact
from domain.mailings.mailings import Purpose
from handlers.chat.contents import Outgoing, Part, compose
from handlers.chat.texts import Texts
from handlers.mailings.screens.receiving import footer, keyboard


def outgoing(
    mailing_id: int, purpose: Purpose, content: Sequence[Part], pact: Pact, t: Texts
) -> list[Outgoing]:
    return compose(content, footer(purpose, pact, t), keyboard(mailing_id, t))


async def send(bot: Any, chat_id: int, one: Outgoing, **options: Any) -> list[int]:
    """Gives the ids of what arrived."""
    sent = await getattr(bot, one.method)(chat_id, **one.arguments, **options)
    return [message.message_id for message in (sent if isinstance(sent, Sequence) else (sent,))]
