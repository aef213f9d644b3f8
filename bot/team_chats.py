"""Does in the groups what is decided: lets people in and takes them out, and writes cards there."""

import asyncio
from datetime import datetime, timedelta

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot import pacing
from bot.clock import Clock
from domain.team_chats.chats import Purpose, lacking, tag_of
from handlers.chat.context import TOPIC_IS_GONE
from handlers.chat.house import House
from handlers.chat.sending import send_screen
from handlers.chat.texts import Texts
from handlers.team_chats.cards import draw_post
from handlers.team_chats.screens.cards import TOPIC_NAMES, case_title
from storage.engine.outbox import Priority
from storage.team_chats import case_topics, chats, deeds, posts
from storage.team_chats.case_topics import CaseTopic
from storage.team_chats.deeds import Deed, DeedKind
from storage.team_chats.posts import ToSend

log = structlog.get_logger()

EVERY = 2.0  # seconds
REST = timedelta(minutes=1)  # of a deed after a failure
LOOKS_AT_TOPICS = timedelta(hours=1)  # Telegram tells nobody that one was deleted
IS_INSIDE = "already_participant"
TOPIC_IS_LOST = ("thread not found", "topic_deleted", "topic_id_invalid")
NOT_MODIFIED = "not_modified"
NO_RIGHT = ("not enough rights", "chat_admin_required")


class TeamChats:
    def __init__(self, bot: ExtBot[None], house: House, clock: Clock) -> None:
        self._bot = bot
        self._house = house
        self._clock = clock
        self._rests: dict[object, float] = {}
        self._topics_seen_at: datetime | None = None

    async def run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 # the database is away; the next round sees the same
                if self._house.db.is_new(error):
                    log.warning("groups left for later", error=type(error).__name__)
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        pacing.priority.set(Priority.PERSONAL)
        run = self._house.db.run
        for deed in await run(deeds.to_do, self._clock.now()):
            if self._may(deed):
                await self._do(deed)
        pacing.priority.set(Priority.BROADCAST)
        now = self._clock.now()
        if self._topics_seen_at is None or now - self._topics_seen_at >= LOOKS_AT_TOPICS:
            self._topics_seen_at = now
            await run(case_topics.look_again)
            await self._look_at_topics()
        for case in await run(case_topics.behind):
            if self._may(case):
                await self._retitle(case)
        for card in await run(posts.to_send, self._house.pact, self._clock.now()):
            if self._may((card.post.id, card.chat.chat_id)):
                await self._write(card)

    def _may(self, what: object) -> bool:
        now = asyncio.get_running_loop().time()
        self._rests = {key: until for key, until in self._rests.items() if until > now}
        return what not in self._rests

    def _rest(self, what: object, error: Exception) -> None:
        log.info("not done in a group", error=str(error))
        self._rests[what] = asyncio.get_running_loop().time() + REST.total_seconds()

    async def _do(self, deed: Deed) -> None:
        """What Telegram refuses for good (the request was taken back) is settled; rights may come back."""
        run, now = self._house.db.run, self._clock.now()
        try:
            await self._tell(deed)
        except ChatMigrated as error:
            await run(chats.move, deed.chat_id, error.new_chat_id)
        except (BadRequest, Forbidden) as error:
            said = str(error).lower()
            if isinstance(error, Forbidden) or any(words in said for words in NO_RIGHT):
                self._rest(deed, error)
                return
            is_inside = deed.kind is DeedKind.LET_IN and IS_INSIDE in said
            await run(deeds.done, deed, now, is_inside=is_inside)
        except TelegramError as error:
            self._rest(deed, error)
        else:
            await run(deeds.done, deed, now, is_inside=deed.kind is DeedKind.LET_IN)

    async def _tell(self, deed: Deed) -> None:
        where = (deed.chat_id, deed.telegram_id)
        if deed.kind is DeedKind.LET_IN:
            await self._bot.approve_chat_join_request(*where)
        elif deed.kind is DeedKind.REFUSE:
            await self._bot.decline_chat_join_request(*where)
        elif deed.kind is DeedKind.TAG:
            await self._bot.set_chat_member_tag(*where, tag_of(deed.organisation))
        else:  # out, and not kept from asking again
            await self._bot.ban_chat_member(*where)
            await self._bot.unban_chat_member(*where, only_if_banned=True)

    async def _retitle(self, case: CaseTopic) -> None:
        """How the case stands is in its topic's title; over, it is closed; deleted, it is made anew."""
        run, where = self._house.db.run, (case.chat_id, case.topic)
        t = self._house.texts(self._house.pact.language)
        try:
            await self._bot.edit_forum_topic(*where, name=case_title(case.organisation, case.state, t))
            if case.is_over:
                await self._bot.close_forum_topic(*where)
        except BadRequest as error:
            said = str(error).lower()
            if any(words in said for words in TOPIC_IS_LOST):
                await run(case_topics.lose, case)
            elif NOT_MODIFIED in said:
                await run(case_topics.note, case)
            else:
                self._rest(case, error)
        except TelegramError as error:
            self._rest(case, error)
        else:
            await run(case_topics.note, case)

    async def _look_at_topics(self) -> None:
        """Of the office's group: whether they are on, and whether each is still there."""
        run, bot = self._house.db.run, self._bot
        office = await run(chats.of, Purpose.OFFICE)
        if office is None:
            return
        try:
            has_topics = bool((await bot.get_chat(office.chat_id)).is_forum)
            me = (await bot.get_chat_member(office.chat_id, bot.id)).to_dict()
        except TelegramError as error:
            log.info("group not looked at", error=str(error))
            return
        lacks = lacking(Purpose.OFFICE, me, has_topics=has_topics)
        await run(chats.note_standing, office.chat_id, lacks, self._clock.now(), has_topics=has_topics)
        for name, topic in office.topics.items() if has_topics else ():
            await self._miss(office.chat_id, name, topic)

    async def _miss(self, chat_id: int, name: str, topic: int) -> None:
        """Changing nothing of it tells whether somebody has deleted it."""
        try:
            await self._bot.edit_forum_topic(chat_id, topic)
        except TelegramError as error:
            if any(words in str(error).lower() for words in TOPIC_IS_LOST):
                await self._house.db.run(posts.lose_topic, chat_id, name)

    async def _write(self, card: ToSend) -> None:
        run, now = self._house.db.run, self._clock.now()
        try:
            sent = await self._send(card)
        except ChatMigrated as error:
            await run(chats.move, card.chat.chat_id, error.new_chat_id)
        except Forbidden:
            await run(chats.leave, card.chat.chat_id, now)
        except BadRequest as error:
            log.info("card not written", error=str(error))
            await run(posts.drop, card, now)
        except TelegramError as error:
            self._rest((card.post.id, card.chat.chat_id), error)
        else:
            await run(posts.note_sent, card, sent, now)

    async def _send(self, card: ToSend) -> int | None:
        """Into its topic; one that is closed is opened, one that somebody has deleted is made anew."""
        t = self._house.texts(self._house.pact.language)
        screen = draw_post(card, self._bot.username, self._clock.now(), t)
        if screen is None:
            return None
        card = await self._with_topic(card, t)
        try:
            return await send_screen(self._bot, card.chat.chat_id, screen, topic=card.topic or None)
        except BadRequest as error:
            if not card.topic or not any(words in str(error).lower() for words in TOPIC_IS_GONE):
                raise
        card = await self._opened_again(card, t)
        return await send_screen(self._bot, card.chat.chat_id, screen, topic=card.topic or None)

    async def _with_topic(self, card: ToSend, t: Texts) -> ToSend:
        if card.topic or not card.topic_name:
            return card
        name = t.label(TOPIC_NAMES[card.topic_name])
        if card.has_own_topic and card.request:
            name = case_title(card.request.organisation, card.request.state, t)
        try:
            topic = await self._bot.create_forum_topic(card.chat.chat_id, name)
        except BadRequest as error:  # without the right, or topics, all goes where all write
            log.info("no topic made", error=str(error))
            return card
        return await self._house.db.run(posts.note_topic, card, topic.message_thread_id)

    async def _opened_again(self, card: ToSend, t: Texts) -> ToSend:
        try:
            await self._bot.reopen_forum_topic(card.chat.chat_id, card.topic)
        except BadRequest as error:
            card = await self._house.db.run(posts.note_topic, card, 0)
            is_lost = any(words in str(error).lower() for words in TOPIC_IS_LOST)
            if is_lost and not card.has_own_topic:
                await self._house.db.run(posts.lose_topic, card.chat.chat_id, card.topic_name)
            return await self._with_topic(card, t)
        return card
