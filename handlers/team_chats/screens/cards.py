"""Cards in the office's group: who or what, who sees to it, what has become of it. Details are in private."""

from dataclasses import replace

from domain.basics.words import N_
from domain.joining.requests import STATES, RequestState
from handlers.chat.screens.screen import Button, Row, Screen, italic, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.ideas.screens.idea import render_shared
from handlers.programme.screens.programme import render_programme
from handlers.team_chats.buttons import SendReply, SettlePost, TakePost
from handlers.workshop.screens.room import results
from storage.team_chats.cards import Draft, PostCard
from storage.team_chats.showings import Showing
from storage.team_chats.tables import PostKind

NAMED, MATTER, SENT = 80, 200, 2000
TOPIC_NAMES = {
    "cases": N_("Cases"),
    "questions": N_("Questions"),
    "ideas": N_("Ideas"),
    "events": N_("Events"),
    "alarms": N_("Alarms"),
}
HEADS = {
    PostKind.REQUEST: N_("📨 <b>{who} asks to join the pact</b>"),
    PostKind.INQUIRY: N_("💬 <b>Question from {who}</b>"),
    PostKind.IDEA: N_("💡 <b>An idea waits to be looked at</b>"),
    PostKind.JOIN_WISH: N_("🙋 <b>{who} wants to join the partners' group</b>"),
    PostKind.CALL: N_("📞 <b>Please ring {who}: a seat is held</b>"),
    PostKind.CALLS: N_("📞 <b>Please ring people about “{who}”</b>"),
}
SETTLED = {
    PostKind.REQUEST: N_("✅ Decided by {name}."),
    PostKind.INQUIRY: N_("✅ Settled by {name}."),
    PostKind.IDEA: N_("✅ Looked at by {name}."),
    PostKind.JOIN_WISH: N_("✅ Decided by {name}."),
    PostKind.CALL: N_("✅ Settled by {name}."),
    PostKind.CALLS: N_("✅ Settled by {name}."),
}
DONE = N_("✅ Settled.")
REPLIED_TO = (PostKind.REQUEST, PostKind.INQUIRY)


def render_post(card: PostCard, link: str, t: Texts) -> Screen:
    post = card.post
    head = t(HEADS[post.kind], who=shorten(card.who, NAMED))
    words = shorten(" ".join(card.matter.split()), MATTER)
    matter = t("“{text}”", text=words) if words else ""
    opened = (Button(t.label("Open in the bot"), url=link),)
    if not card.is_open:
        done = t(SETTLED[post.kind], name=card.settled_by) if card.settled_by else t(DONE)
        return Screen(paragraphs(lines(head, matter), done), (opened,))
    taken = t("👋 {name} sees to it.", name=card.taken_by) if card.taken_by else ""
    hint = italic(t("Reply to this message to write back.")) if post.kind in REPLIED_TO else ""
    take = Button(t.label("I see to it"), TakePost(post.id), style=None if card.taken_by else "primary")
    silent = t("⚠️ The bot may not write to them, so they are not asked.") if card.is_silent else ""
    return Screen(paragraphs(lines(head, matter), silent, taken, hint), ((take,), *_acts(card, t), opened))


def _acts(card: PostCard, t: Texts) -> tuple[Row, ...]:
    post = card.post
    if post.kind is PostKind.INQUIRY:
        return ((Button(t.label("Needs no answer"), SettlePost(post.id, 1)),),)
    if post.kind is PostKind.CALLS:
        return ((Button(t.label("All are told"), SettlePost(post.id, 1), style="success"),),)
    if post.kind is PostKind.IDEA:
        return ((Button(t.label("Show to everybody"), SettlePost(post.id, 1), style="success"),),)
    if post.kind is PostKind.JOIN_WISH:
        return (
            (
                Button(t.label("Let in"), SettlePost(post.id, 1), style="success"),
                Button(t.label("No"), SettlePost(post.id, 0)),
            ),
        )
    return ()


def render_draft(draft: Draft, t: Texts) -> Screen:
    reply = draft.reply
    return Screen(
        paragraphs(t("<b>Send this to {who}?</b>", who=shorten(draft.who, NAMED)), shorten(reply.text, SENT)),
        (
            (
                Button(t.label("Send"), SendReply(reply.id, 1), style="success"),
                Button(t.label("No"), SendReply(reply.id, 0)),
            ),
        ),
    )


def render_sent(draft: Draft, by: str, t: Texts) -> Screen:
    who = shorten(draft.who, NAMED)
    if not draft.is_sent:
        return Screen(t("Nothing was sent to {who}.", who=who))
    return Screen(t("✅ Sent to {who} by {name}.", who=who, name=by))


def render_showing(showing: Showing, link: str, t: Texts) -> Screen:
    """In the partners' group: counts and titles, nobody's own."""
    opened = ((Button(t.label("Open in the bot"), url=link),),)
    if showing.idea:
        return render_shared(showing.idea, link, t)
    if showing.programme:
        return replace(render_programme(showing.programme, "", t), rows=opened)
    room = showing.room
    assert room
    head = t("🧩 <b>{title}</b>", title=shorten(room.workshop.title, NAMED))
    return Screen(paragraphs(head, results(room, t)), opened)


def case_title(organisation: str, state: RequestState, t: Texts) -> str:
    """Of a case's own topic."""
    return f"{shorten(organisation, NAMED)}: {t.label(STATES[state])}"
