"""Who wants into the partners' group, and who is to leave it, in words."""

from markupsafe import Markup

from domain.basics.words import N_
from domain.team_chats.chats import MemberState, WishState
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Row, Screen, lines, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.team_chats.buttons import DecideMember, DecideWish
from storage.engine.following import Shows
from storage.partners.colleagues import ColleagueCard
from storage.team_chats.joins import WishCard
from storage.team_chats.members import MemberCard
from storage.team_chats.tables import JoinWish

NAMED = 60
DECIDED = {
    WishState.ADMITTED: N_("✅ Let in by {name}."),
    WishState.REFUSED: N_("❌ Not let in, says {name}."),
}


def render_asked_which(link: str, email: str, t: Texts) -> Screen:
    """In private to somebody who asked to join and whom nobody knows."""
    return Screen(
        paragraphs(
            t("👋 <b>You would like to join the partners' group.</b>"),
            t("It is for contacts of the pact's partners. Which organisation are you from?"),
            t(
                "The office has been told and decides. Only after a tap on the button may I tell you here "
                "what it says; it also answers by e-mail: {email}. After a day please ask to join again.",
                email=email,
            ),
        ),
        ((Button(t.label("Say my organisation"), url=link, style="primary"),),),
    )


def render_said(result: JoinWish | ColleagueCard, t: Texts) -> Screen:
    if isinstance(result, JoinWish):
        said = t("✅ The office sees that you are from {organisation} and decides.", organisation=result.says)
    else:
        name = result.organisation.name
        said = t(
            "✅ {organisation} is asked. As soon as it knows you, you are in the group.", organisation=name
        )
    return Screen(said, (to_menu(t),))


def render_wish(card: WishCard, t: Texts) -> Screen:
    """To the office."""
    wish = card.wish
    says = (
        t("Says: of {organisation}", organisation=shorten(wish.says, NAMED))
        if wish.says
        else t("Has not said which organisation they are from.")
    )
    head = t("🙋 <b>{name} wants to join the partners' group.</b>", name=shorten(card.name, NAMED))
    what = Shows("join_wish", wish.id)
    if wish.state is not WishState.ASKED:
        decided = t(DECIDED[wish.state], name=card.decided_by or t.label("the register"))
        untold = (
            t("⚠️ The bot may not tell them. Please write to {who}.", who=_account(wish.telegram_id, t))
            if wish.cannot_be_asked and wish.state is WishState.REFUSED
            else ""
        )
        return Screen(paragraphs(head, lines(says, decided), untold), (_desk(t),), shows=what)
    silent = (
        t(
            "⚠️ The bot may not write to them, so they are not asked. Please write to {who}; if you let them "
            "in, Telegram tells them.",
            who=_account(wish.telegram_id, t),
        )
        if wish.cannot_be_asked
        else ""
    )
    return Screen(
        paragraphs(head, lines(says, t("Not in the register as a contact.")), silent),
        (
            (
                Button(t.label("Let in"), DecideWish(wish.id, 1), style="success"),
                Button(t.label("No"), DecideWish(wish.id, 0)),
            ),
            _desk(t),
        ),
        shows=what,
    )


def _account(telegram_id: int, t: Texts) -> Markup:
    return Markup('<a href="tg://user?id={}">{}</a>').format(telegram_id, t("this person"))


def _desk(t: Texts) -> tuple[Button, ...]:
    return (Button(t.label("Office"), Go("office")),)


def render_decided(wish: JoinWish, t: Texts) -> Screen:
    """To who asked."""
    if wish.state is WishState.ADMITTED:
        return Screen(t("✅ You are in the partners' group."), (to_menu(t),))
    return Screen(
        t(
            "The office has not let you into the partners' group. If you act for a partner, please ask your "
            "colleagues for a personal link, or ask the office."
        ),
        ((Button(t.label("Ask the office"), StartForm("ask", 0)),), to_menu(t)),
    )


def render_member(card: MemberCard, t: Texts) -> Screen:
    """To the office, about somebody who acts for no partner any more."""
    member = card.member
    head = t(
        "🚪 <b>Somebody from {organisation} acts for no partner any more</b> and is in the partners' group:",
        organisation=shorten(card.organisation, NAMED),
    )
    who = _account(member.telegram_id, t)
    what = Shows("team_member", member.id)
    if member.state is not MemberState.LEFT_PACT:
        said = t("✅ May stay.") if member.state is MemberState.MAY_STAY else t("✅ Is taken out.")
        return Screen(paragraphs(lines(head, who), said), (_desk(t),), shows=what)
    return Screen(
        paragraphs(lines(head, who), t("Should they be taken out?")),
        _member_buttons(card, t),
        shows=what,
    )


def _member_buttons(card: MemberCard, t: Texts) -> tuple[Row, ...]:
    member = card.member
    return (
        (
            Button(t.label("Take out"), DecideMember(member.id, 1), style="danger"),
            Button(t.label("May stay"), DecideMember(member.id, 0)),
        ),
        _desk(t),
    )
