"""A project group in words."""

from markupsafe import Markup

from handlers.chat.buttons import StartForm
from handlers.chat.screens.screen import Button, Row, Screen, bullets, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.ideas.buttons import GroupAct, IdeaAct, OnGroup, OnIdea
from storage.engine.following import Shows
from storage.ideas.groups import Gathering, Said

MEMBERS, AGREED = 8, 4
LINE = 150  # characters of a message in the group's thread


def render_group(found: Gathering, t: Texts) -> Screen:
    group = found.group
    members = [shorten(name, 60) for name in found.members[:MEMBERS]]
    rest = len(found.members) - len(members)
    return Screen(
        paragraphs(
            t("👥 <b>Project group</b>\n<i>{text}</i>", text=shorten(found.idea.text, LINE)),
            t("It has ended: {result}", result=shorten(group.result, 600))
            if group.ended_at
            else t("First date: <b>{moment}</b>", moment=t.moment(group.first_at)),
            t(
                "Enough organisations offer to help with this idea. "
                "Who is in meets, and writes through the bot."
            )
            if not (found.is_in or found.is_staff or group.ended_at)
            else "",
            lines(
                t.plural("One member", "{n} members", len(found.members)),
                bullets([*members, *([t.plural("and one more", "and {n} more", rest)] if rest else [])]),
            )
            if members
            else t("Nobody has joined yet."),
            lines(t("<b>Agreed</b>"), bullets(shorten(one.text, LINE) for one in found.agreed[-AGREED:]))
            if found.agreed
            else "",
            *(_said(line, t) for line in found.lines if not line.is_agreed),
        ),
        _ways(found, t),
        shows=Shows("idea_group", group.id),
    )


def _said(line: Said, t: Texts) -> Markup:
    return t(
        "<i>{who}, {moment}</i>\n{text}",
        who=shorten(line.by, 60),
        moment=t.moment(line.written_at),
        text=shorten(line.text, LINE),
    )


def _ways(found: Gathering, t: Texts) -> tuple[Row, ...]:
    group_id = found.group.id
    idea = (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, found.group.idea_id)),)
    if found.group.ended_at:
        return (idea,)
    membership = (
        Button(t.label("Leave the group"), OnGroup(GroupAct.LEAVE, group_id))
        if found.is_in
        else Button(t.label("I am in"), OnGroup(GroupAct.JOIN, group_id), style="success")
    )
    speaks = found.is_in or found.is_staff
    return (
        *(
            (
                (
                    Button(t.label("Write to the group"), StartForm("group_say", group_id), style="primary"),
                    Button(t.label("Note as agreed"), StartForm("group_agree", group_id)),
                ),
            )
            if speaks
            else ()
        ),
        (membership,),
        *(((Button(t.label("Another date"), StartForm("group_date", group_id)),),) if found.is_staff else ()),
        *(((Button(t.label("End with a result"), StartForm("group_end", group_id)),),) if speaks else ()),
        idea,
    )


def render_line(found: Gathering, line: Said, t: Texts) -> Screen:
    """A member is told what another one wrote."""
    head = (
        t("👥 <b>Agreed in the project group</b>") if line.is_agreed else t("👥 <b>To the project group</b>")
    )
    return Screen(
        paragraphs(
            head,
            t("<i>{text}</i>", text=shorten(found.idea.text, 90)),
            t("{who}: {text}", who=shorten(line.by, 60), text=shorten(line.text, 1500)),
        ),
        (
            (Button(t.label("Reply"), StartForm("group_say", found.group.id)),),
            (Button(t.label("To the group"), OnGroup(GroupAct.SHOW, found.group.id)),),
        ),
    )
