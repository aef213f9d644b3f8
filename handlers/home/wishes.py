"""What somebody wants to be told of, in the chat."""

from datetime import timedelta

from domain.basics.refusals import ButtonIsOutdated
from handlers.chat.context import Context
from handlers.home.buttons import WishKind, WishNotices
from handlers.home.screens import wishes as screens
from storage.engine import wishes
from storage.engine.tables import NoticeWish
from storage.engine.turn import Turn


async def asked_for_wishes(context: Context) -> None:
    await _show(context, await context.transact(lambda turn: wishes.of(turn.session, turn.person)))


async def wished(context: Context, tap: WishNotices) -> None:
    await _show(context, await context.transact(_wish, tap))


async def _show(context: Context, wish: NoticeWish) -> None:
    await context.show(screens.render_wishes(wish, context.house.pact, context.now, context.t))


def _wish(turn: Turn, tap: WishNotices) -> NoticeWish:
    leads = [int(lead.total_seconds()) for lead in turn.pact.reminder_leads]
    topics = [*screens.TOPICS]
    match tap.what:
        case WishKind.LEAD if tap.value in leads:
            return wishes.toggle_lead(turn, tap.value, leads)
        case WishKind.TOPIC if 0 <= tap.value < len(topics):
            return wishes.toggle_topic(turn, topics[tap.value])
        case WishKind.CODE:
            return wishes.toggle_code(turn)
        case WishKind.MUTE if tap.value in (0, *screens.PAUSES):
            until = turn.now + timedelta(hours=tap.value) if tap.value else None
            return wishes.mute(turn, until)
    raise ButtonIsOutdated
