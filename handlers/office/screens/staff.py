"""Who works in the office, in words."""

from collections.abc import Sequence
from datetime import datetime

from domain.basics.access import ROLES, OfficeRole
from domain.basics.words import N_
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    bullets,
    lines,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.office.buttons import OnStaff, StaffAct
from handlers.office.screens.agenda import TIMED
from storage.agenda import Timed
from storage.engine.tables import Person
from storage.office.staff import Change, Colleague

NAMED = 60
MOST = 30
LINK = N_(
    "Please hand this link to the new one. Whoever opens it first becomes part of the office ({role}); "
    "it works once, for three days:\nhttps://t.me/{bot}?start={code}"
)


def render_staff(found: Sequence[Colleague], t: Texts) -> Screen:
    rows = tuple((Button(one.person.name, OnStaff(StaffAct.SHOW, one.person.id)),) for one in found[:MOST])
    return Screen(
        paragraphs(t("<b>Who works in the office</b>"), bullets(_line(one, t) for one in found[:MOST])),
        (
            *rows,
            *_links(t),
            (Button(t.label("Add somebody known"), StartForm("add_staff", 0)),),
            (Button(t.label("Office"), Go("office")),),
        ),
    )


def _links(t: Texts) -> tuple[Row, ...]:
    return tuple(
        (
            Button(
                t.label("Add by a link: {role}", role=t.label(ROLES[role])),
                OnStaff(StaffAct.LINK, 0, number),
                style="primary" if role is OfficeRole.STAFF else None,
            ),
        )
        for number, role in enumerate(OfficeRole)
    )


def _line(one: Colleague, t: Texts) -> str:
    cases = t.label("no cases") if not one.cases else t.plural("one case", "{n} cases", one.cases)
    deputy = t.label("deputy") if one.is_deputy else ""
    role = t.label(ROLES[one.person.office_role]) if one.person.office_role else ""
    has_cases = str(cases) if one.person.is_staff else ""
    return ", ".join(filter(None, (shorten(one.person.name, NAMED), role, has_cases, deputy)))


def render_staff_link(username: str, code: str, role: OfficeRole, t: Texts) -> Screen:
    return Screen(
        t(LINK, bot=username, code=code, role=t.label(ROLES[role])),
        ((Button(t.label("Who works here"), Go("staff")),), to_menu(t)),
    )


def render_colleague_of_office(one: Colleague, others: Sequence[Colleague], t: Texts) -> Screen:
    """With what removing them means: who gets what they have to do."""
    person_id = one.person.id
    heirs = tuple(
        (
            Button(
                t.label("Remove, {name} takes over", name=shorten(other.person.name, 24)),
                OnStaff(StaffAct.ASK_REMOVE, person_id, other.person.id),
                style="danger",
            ),
        )
        for other in [other for other in others if other.person.is_staff][:MOST]
    )
    return Screen(
        lines(
            t("<b>{name}</b>", name=_line(one, t)),
            ""
            if heirs
            else t(
                "Nobody else works here, so somebody has to be added before {name} can be removed.",
                name=shorten(one.person.name, NAMED),
            ),
            t("A reader looks at everything, and changes, sends and hands out nothing."),
        ),
        (
            *(
                (
                    Button(
                        t.label("Make: {role}", role=t.label(ROLES[role])),
                        _as(StaffAct.ROLE, person_id, role),
                    ),
                )
                for role in OfficeRole
                if role is not one.person.office_role
            ),
            *heirs,
            (Button(t.label("Who works here"), Go("staff")),),
        ),
    )


def _as(act: StaffAct, person_id: int, role: OfficeRole) -> OnStaff:
    return OnStaff(act, person_id, [*OfficeRole].index(role))


def render_as_what(person_id: int, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("As what?"),
            bullets(
                (
                    t("Administrators also add and remove others and read the log of access."),
                    t("Staff see all cases and contacts, and decide and send."),
                    t("A reader looks at everything, and changes, sends and hands out nothing."),
                )
            ),
        ),
        (
            *((Button(t.label(ROLES[role]), _as(StaffAct.ADD, person_id, role)),) for role in OfficeRole),
            (Button(t.label("Who works here"), Go("staff")),),
        ),
    )


def render_remove(one: Colleague, heir: Colleague, t: Texts) -> Screen:
    act = OnStaff(StaffAct.REMOVE, one.person.id, heir.person.id)
    return are_you_sure(
        t(
            "Remove <b>{name}</b> from the office? All that they have to do goes to {heir} at once, and "
            "their menu becomes that of everybody. All others are told.",
            name=one.person.name,
            heir=heir.person.name,
        ),
        Button(t.label("Yes, remove from the office"), act, style="danger"),
        Button(t.label("No, back"), OnStaff(StaffAct.SHOW, one.person.id)),
    )


def render_found_staff(found: Sequence[Person], t: Texts) -> Screen:
    back = (Button(t.label("Who works here"), Go("staff")),)
    if not found:
        text = t("Nobody of this name has written to the bot. With a link anybody can be added.")
        return Screen(text, (*_links(t), back))
    rows = tuple((Button(one.name, OnStaff(StaffAct.ASK_ADD, one.id)),) for one in found)
    return Screen(t("Who becomes part of the office? They see all cases and contacts."), (*rows, back))


def render_staff_changed(change: Change, t: Texts, *, is_own: bool) -> Screen:
    """To all of the office, and to whom it is about."""
    name, desk = change.person.name, (Button(t.label("Office"), Go("office"), beside=True),)
    if is_own and change.has_left:
        return Screen(t("You no longer work in the office here. Thank you!"), (to_menu(t),))
    role = t.label(ROLES[change.person.office_role]) if change.person.office_role else ""
    if is_own:
        text = t("You are now part of the office ({role}). The desk shows what waits.", role=role)
        return Screen(text, (desk,))
    if not change.has_left:
        text = t("<b>{name}</b> is now part of the office: {role}.", name=name, role=role)
        return Screen(lines(text, t("By {name}", name=change.by) if change.by else ""), (desk,))
    return Screen(
        lines(
            t("<b>{name}</b> has left the office.", name=name),
            t("By {name}", name=change.by) if change.by else "",
            t("What they had to do goes to {heir}.", heir=change.heir or t.label("everybody"))
            if not change.cases
            else t.plural(
                "One open case and what else they had to do goes to {heir}.",
                "{n} open cases and what else they had to do go to {heir}.",
                change.cases,
                heir=change.heir or t.label("everybody"),
            ),
        ),
        (desk,),
    )


def render_timetable(times: Sequence[tuple[Timed, datetime | None]], now: datetime, t: Texts) -> Screen:
    """All that happens by the clock, and when next."""
    return Screen(
        paragraphs(
            t("<b>Timetable</b>, on {moment}", moment=t.moment(now)),
            bullets(
                t(
                    "{what}: {moment}",
                    what=t(TIMED[what]),
                    moment=t.moment(at) if at else t("nothing planned"),
                )
                for what, at in times
            ),
            t("What is due is also looked for every minute."),
        ),
        ((Button(t.label("Office"), Go("office")),),),
    )
