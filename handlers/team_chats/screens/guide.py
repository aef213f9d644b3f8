"""How a group becomes the office's or the partners', step by step."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.words import N_
from domain.office.digest import GroupTrouble
from domain.team_chats.chats import Lack, Purpose
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, Row, Screen, bullets, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.team_chats.buttons import CheckChat, SetUpChat, SwitchCaseTopics, SwitchShown
from storage.team_chats.tables import PostKind, TeamChat

NAMED = 36  # characters of a title
NAMES = {Purpose.OFFICE: N_("The office's group"), Purpose.PARTNERS: N_("The partners' group")}
COMMANDS = {Purpose.OFFICE: N_("/office"), Purpose.PARTNERS: N_("/partnersgroup")}
LACKS = {
    Lack.ADMIN: N_("Make me an administrator: group name, Edit, Administrators, Add."),
    Lack.INVITE: N_("Allow me “Invite users via link”: so I can let people in."),
    Lack.REMOVE: N_("Allow me “Ban users”: so I can take out who leaves the pact."),
    Lack.TAG: N_("Allow me “Manage tags”: so members show their organisation."),
    Lack.TOPICS: N_("Allow me “Manage topics”: so each kind of card gets a topic of its own."),
}

SHOWS = {
    PostKind.EVENT: (N_("Show new events here"), N_("✓ New events appear here")),
    PostKind.PROGRAMME: (N_("Show the programme here"), N_("✓ The programme appears here")),
    PostKind.WORKSHOP: (N_("Show results of workshops here"), N_("✓ Results of workshops appear here")),
    PostKind.SHARED_IDEA: (N_("Show ideas with support here"), N_("✓ Ideas with support appear here")),
}


def render_how(chats: Sequence[TeamChat], links: dict[Purpose, str], t: Texts) -> Screen:
    """To staff in private: what there is, and how to set up the rest."""
    there = {chat.purpose: chat for chat in chats}
    return Screen(
        paragraphs(
            t("<b>Groups</b>"),
            *(
                _state(there[purpose], t)
                if purpose in there
                else t(
                    "⬜ <b>{name}</b>: none yet. Make a group in Telegram, add me to it with the button, and "
                    "write {command} there.",
                    name=t.label(NAMES[purpose]),
                    command=t.label(COMMANDS[purpose]),
                )
                for purpose in Purpose
            ),
        ),
        (
            *(
                (Button(t.label("Add me: {name}", name=t.label(NAMES[purpose])), url=links[purpose]),)
                for purpose in Purpose
                if purpose not in there or there[purpose].gone_at
            ),
            (Button(t.label("Office"), Go("office")),),
        ),
    )


def _state(chat: TeamChat, t: Texts) -> Markup:
    trouble = GroupTrouble(
        chat.purpose, chat.title, tuple(map(Lack, chat.lacks)), is_gone=chat.gone_at is not None
    )
    if trouble.is_gone:
        return trouble_in_words(trouble, t)
    if trouble.lacks:
        return lines(trouble_in_words(trouble, t), bullets(t(LACKS[lack]) for lack in trouble.lacks))
    named = {"name": t.label(NAMES[chat.purpose]), "title": shorten(chat.title, NAMED)}
    return t("✅ <b>{name}</b>: “{title}”", **named)


def trouble_in_words(trouble: GroupTrouble, t: Texts) -> Markup:
    """With the way back."""
    words = (
        N_("⚠️ <b>{name}</b>: I was taken out of “{title}”. Add me again and write {command} there.")
        if trouble.is_gone
        else N_("⚠️ <b>{name}</b>: I lack rights in “{title}”. {command} there shows which.")
    )
    return t(
        words,
        name=t.label(NAMES[trouble.purpose]),
        title=shorten(trouble.title, NAMED),
        command=t.label(COMMANDS[trouble.purpose]),
    )


def render_guide(chat: TeamChat, t: Texts) -> Screen:
    """In the group itself, where all read it: what is done and what is missing."""
    is_partners = chat.purpose is Purpose.PARTNERS
    head = (
        t("✅ <b>This is the partners' group of the pact.</b>")
        if is_partners
        else t("✅ <b>This is the office's group.</b>")
    )
    missing = bullets(t(LACKS[Lack(lack)]) for lack in chat.lacks)
    return Screen(
        paragraphs(
            head,
            lines(t("<b>Still missing</b>"), missing) if chat.lacks else t("I have all rights that I need."),
            _of_partners(chat, t) if is_partners else _of_office(chat, t),
            t("What you write to one another here I neither keep nor read, unless it is a reply to me."),
        ),
        _guide_buttons(chat, t),
    )


def _guide_buttons(chat: TeamChat, t: Texts) -> tuple[Row, ...]:
    return (
        *_switches(chat, t),
        (
            Button(
                t.label("Check again"),
                CheckChat(chat.purpose),
                style="primary" if chat.lacks else None,
            ),
        ),
    )


def _of_partners(chat: TeamChat, t: Texts) -> str:
    if not chat.link:
        return ""
    return t(
        "Link to ask in: {link}\nContacts of partners are let in at once; of others the office decides. "
        "Who asked while I was away for more than a day is not on my list: they please ask again.",
        link=chat.link,
    )


def _of_office(chat: TeamChat, t: Texts) -> str:
    where = (
        t("Each kind of card has a topic of its own.")
        if chat.has_topics
        else t("With topics on, each kind of card gets one of its own.")
    )
    return lines(
        t("New requests, questions, ideas, calls to make and alarms come here, and the digest."), where
    )


def _switches(chat: TeamChat, t: Texts) -> tuple[Row, ...]:
    """What appears there by itself."""
    if chat.purpose is Purpose.OFFICE:
        if not chat.has_topics:
            return ()
        label = N_("✓ A topic for each case") if chat.case_topics else N_("A topic for each case")
        return ((Button(t.label(label), SwitchCaseTopics(int(not chat.case_topics))),),)
    return tuple(
        (Button(t.label(on if kind in chat.shows else off), SwitchShown(kind, int(kind not in chat.shows))),)
        for kind, (off, on) in SHOWS.items()
    )


def render_who(purpose: Purpose, t: Texts) -> Screen:
    """To somebody who writes as the group: a tap says who they are."""
    return Screen(
        t("You write as the group, so I cannot see who you are. Please tap the button, which I can."),
        ((Button(t.label("Set up this group"), SetUpChat(purpose, 0), style="primary"),),),
    )


def render_taken(purpose: Purpose, title: str, t: Texts) -> Screen:
    return Screen(
        t(
            "“{title}” is {name} already, and there can be only one. Should this group take its place? "
            "Cards there are then not kept up to date any more.",
            title=title,
            name=t.label(NAMES[purpose]),
        ),
        ((Button(t.label("Yes, this one instead"), SetUpChat(purpose, 1), style="danger"),),),
    )
