"""The contacts of an organisation in words: who there is, links to hand on, handing over, who asks in."""

from dataclasses import replace

from markupsafe import Markup

from domain.basics.addresses import masked, phone_in_words
from domain.basics.words import N_
from domain.partners.contacts import COLLEAGUE_WAITS, ColleagueState
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    lines,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.partners.buttons import (
    AnswerColleague,
    Deed,
    DoWithContact,
    ShowContact,
    ShowOrganisation,
    TakeEndBack,
    WithdrawWish,
)
from storage.engine.following import Shows
from storage.engine.tables import Person
from storage.partners.colleagues import ColleagueCard
from storage.partners.contacts import Contact, Team
from storage.partners.links import MadeLink
from storage.partners.tables import Organisation

NAMED = 60
MOST_SHOWN = 30  # contacts on one screen; no organisation has more
COLLEAGUE_STATES = {
    ColleagueState.WAITING: N_("waits for an answer"),
    ColleagueState.PASSED_ON: N_("waits for the office"),
    ColleagueState.ACCEPTED: N_("let in"),
    ColleagueState.REFUSED: N_("refused"),
}


def render_team(team: Team, t: Texts) -> Screen:
    """For its contacts and for the office."""
    organisation, reader = team.organisation, team.reader
    is_own = reader.organisation_id == organisation.id
    rows: list[Row] = [
        (Button(_name(contact, t), ShowContact(contact.person.id)),)
        for contact in team.contacts[:MOST_SHOWN]
        if team.may_manage or contact.person.id == reader.id
    ]
    subject = 0 if is_own else organisation.id
    if team.may_manage:
        rows.append(
            (Button(t.label("Invite a colleague"), StartForm("colleague", subject), style="primary"),)
        )
    if is_own:
        rows.append(
            (
                Button(t.label("I hand over"), Go("successors")),
                Button(t.label("I leave"), Go("leaving")),
            )
        )
    if reader.is_staff and organisation.left_on:
        rows.append((Button(t.label("They did not leave"), TakeEndBack(organisation.id)),))
    elif reader.is_staff:
        rows.append((Button(t.label("End the partnership"), StartForm("ended", organisation.id)),))
    return Screen(
        paragraphs(
            t("<b>Contacts of {organisation}</b>", organisation=organisation.name),
            _dates(team, t),
            lines(*(_line(contact, t) for contact in team.contacts[:MOST_SHOWN]))
            or t("There is no contact."),
        ),
        (*rows, _back(team, t)),
    )


def _dates(team: Team, t: Texts) -> Markup | str:
    organisation = team.organisation
    return lines(
        t("Partner since {day}", day=t.date(organisation.joined_on)) if team.reader.is_staff else "",
        t("Former partner, until {day}", day=t.date(organisation.left_on)) if organisation.left_on else "",
        t("Phone: {phone}", phone=phone_in_words(organisation.phone))
        if organisation.phone and team.reader.is_staff
        else "",
    )


def _back(team: Team, t: Texts) -> Row:
    if team.reader.organisation_id == team.organisation.id:
        return (Button(t.label("My organisation"), Go("profile")),)
    if team.reader.is_staff:
        file = Button(t.label("The partner's file"), ShowOrganisation(team.organisation.id))
        return (file, Button(t.label("Office"), Go("office")))
    return (Button(t.label("Office"), Go("office")),)


def _name(contact: Contact, t: Texts) -> str:
    name = shorten(contact.person.name, 36)
    return t.label("{name} (main contact)", name=name) if contact.person.is_main_contact else name


def _line(contact: Contact, t: Texts) -> Markup:
    return t("• {name}: {state}", name=shorten(contact.person.name, NAMED), state=state_of(contact, t))


def state_of(contact: Contact, t: Texts) -> Markup:
    if contact.person.unreachable_since:
        return t("⚠️ cannot be reached here")
    if contact.person.telegram_id:
        return t("main contact") if contact.person.is_main_contact else t("connected")
    if contact.is_successor:
        return t("successor, link not opened yet")
    return t("link not opened yet") if contact.has_link else t("link has expired")


def render_made(team: Team, username: str, t: Texts) -> Screen:
    """The link that was made just now, to hand on."""
    assert team.made
    screen = render_contact(team, team.made.contact_id, t)
    return replace(screen, text=paragraphs(screen.text, _in_words(team.made, username, t)))


def _in_words(made: MadeLink, username: str, t: Texts) -> Markup:
    return paragraphs(
        t(
            "Personal link to hand on; it works once, for 14 days:\nhttps://t.me/{bot}?start={code}",
            bot=username,
            code=made.code,
        ),
        t(
            "Word to the link: <b>{word}</b>. Whoever opens the link is asked for it. Hand it on by another "
            "way, best in a letter.",
            word=made.word,
        )
        if made.word
        else "",
        t("Please hand it on now: it is kept nowhere and cannot be shown again."),
    )


def render_contact(team: Team, contact_id: int, t: Texts) -> Screen:
    """One contact. A link is shown when it is made, and not again."""
    contact = next((one for one in team.contacts if one.person.id == contact_id), None)
    if contact is None:
        return render_team(team, t)
    person = contact.person
    unproven = team.unproven if person.id == team.reader.id else frozenset()
    back = Button(t.label("Back"), ShowOrganisation(team.organisation.id))
    return Screen(
        paragraphs(
            lines(
                t("<b>{name}</b>", name=person.name),
                person.role,
                state_of(contact, t),
                t("E-mail: {email}", email=masked(person.email, unproven)) if person.email else "",
                t("Phone: {phone}", phone=masked(person.phone, unproven)) if person.phone else "",
            ),
            t("The link was shown when it was made. If it is lost, make a new one.")
            if contact.has_link and team.may_manage and not team.made
            else "",
        ),
        (*_deeds(team, contact, t), (back,)),
        shows=Shows("contact", person.id),
    )


def _deeds(team: Team, contact: Contact, t: Texts) -> tuple[Row, ...]:
    person = contact.person
    person_id = person.id
    rows: list[Row] = []
    if team.reader.is_staff:
        change = Button(t.label("Change"), StartForm("contact_data", person_id))
        rows.append((change, Button(t.label("Question"), StartForm("ask_for", person_id))))
    if not team.may_manage or person_id == team.reader.id:
        return tuple(rows)
    if person.telegram_id is None:
        label = t.label("New link, the old one ends") if contact.has_link else t.label("New link")
        rows.append((Button(label, DoWithContact(person_id, Deed.RENEW, 1)),))
    elif not person.is_main_contact:
        rows.append((Button(t.label("Make main contact"), DoWithContact(person_id, Deed.MAKE_MAIN, 1)),))
    rows.append((Button(t.label("Remove"), DoWithContact(person_id, Deed.REMOVE, 0), style="danger"),))
    return tuple(rows)


def render_successors(team: Team, t: Texts) -> Screen:
    """To whom one hands over: a colleague who is here, or somebody new."""
    colleagues = tuple(
        (Button(contact.person.name, DoWithContact(contact.person.id, Deed.HAND_OVER, 0)),)
        for contact in team.contacts[:MOST_SHOWN]
        if contact.person.telegram_id and contact.person.id != team.reader.id
    )
    new = Button(t.label("Somebody new"), StartForm("handover", 0), style="primary")
    return Screen(
        t(
            "To whom do you hand over? Your answers to coming events, your questions and your tasks "
            "move over; your personal data here are erased."
        ),
        (*colleagues, (new,), (Button(t.label("Back"), Go("contacts")),)),
    )


def render_are_you_sure(team: Team, tap: DoWithContact, t: Texts) -> Screen:
    contact = next((one.person for one in team.contacts if one.person.id == tap.person_id), None)
    name = contact.name if contact else ""
    is_me = contact is not None and contact.id == team.reader.id
    if tap.deed is Deed.HAND_OVER:
        text = t("Hand over to <b>{name}</b>? Your personal data here are erased at once.", name=name)
    elif is_me:
        text = t(
            "Leave as contact of <b>{organisation}</b>? Your seats at coming events become free and your "
            "personal data here are erased.",
            organisation=team.organisation.name,
        )
    else:
        text = t("Remove <b>{name}</b> as a contact? Their personal data here are erased.", name=name)
    yes = Button(t.label("Yes"), DoWithContact(tap.person_id, tap.deed, 1), style="danger")
    no = Button(t.label("No, back"), ShowOrganisation(team.organisation.id))
    return are_you_sure(text, yes, no)


def render_left(organisation: str, t: Texts) -> Screen:
    return Screen(
        t(
            "Done. You are no longer a contact of {organisation}, and your personal data here are erased. "
            "Thank you!",
            organisation=organisation,
        ),
        (to_menu(t),),
    )


def render_colleague(card: ColleagueCard, reader: Person, t: Texts) -> Screen:
    """To a contact of the organisation, or to the office: does somebody belong to it?"""
    request = card.request
    request_id = request.id
    is_open = request.state is ColleagueState.WAITING or (
        reader.is_staff and request.state is ColleagueState.PASSED_ON
    )
    yes = Button(t.label("Yes, let in"), AnswerColleague(request_id, 1), style="success")
    no = Button(
        t.label("Refuse") if reader.is_staff else t.label("I do not know them"),
        AnswerColleague(request_id, 0),
    )
    state = t(COLLEAGUE_STATES[request.state])
    return Screen(
        lines(
            t(
                "<b>{name}</b> says they work at {organisation} and asks to be added as a contact.",
                name=request.name,
                organisation=card.organisation.name,
            ),
            "" if is_open else t("State: <b>{state}</b>", state=state),
            t("By {name}", name=card.decided_by) if card.decided_by else "",
        ),
        (*(((yes, no),) if is_open else ()), to_menu(t)),
        shows=Shows("colleague", request_id),
    )


def render_let_in(card: ColleagueCard, t: Texts) -> Screen:
    """To whoever asked."""
    if card.request.state is ColleagueState.ACCEPTED:
        return Screen(
            t(
                "✅ <b>You are now a contact of {organisation}.</b> Invitations and reminders "
                "will come here.",
                organisation=card.organisation.name,
            ),
            ((Button(t.label("Events"), Go("events"), style="primary"),), to_menu(t)),
        )
    return Screen(
        t(
            "{organisation} does not know you as a colleague. If that is a mistake, ask the office.",
            organisation=card.organisation.name,
        ),
        ((Button(t.label("Ask the office"), StartForm("ask", 0)),), to_menu(t)),
    )


def render_own_wish(card: ColleagueCard, t: Texts, *, is_asked: bool) -> Screen:
    """To whoever waits to be let in; `is_asked`: whether they take it back."""
    request = card.request
    by_office = t("The office looks at it and answers you here.")
    by_contact = t(
        "Its contact is asked. Without an answer by {moment} the office decides.",
        moment=t.until(request.asked_at + COLLEAGUE_WAITS),
    )
    text = paragraphs(
        lines(
            t("<b>Your wish to act for {organisation}</b>", organisation=card.organisation.name),
            t("Sent: {moment}", moment=t.moment(request.asked_at)),
        ),
        by_contact if request.state is ColleagueState.WAITING else by_office,
        t("Withdraw it?") if is_asked else "",
    )
    payload, style = WithdrawWish(request.id, int(is_asked)), "danger" if is_asked else None
    withdraw = (Button(t.label("Withdraw"), payload, style=style),)
    keep = ((Button(t.label("Keep it"), Go("my_wish")),),) if is_asked else ()
    return Screen(text, (withdraw, *keep, to_menu(t)))


def render_wish_withdrawn(organisation: Organisation, t: Texts) -> Screen:
    return Screen(
        t("Your wish to act for {organisation} is withdrawn.", organisation=organisation.name), (to_menu(t),)
    )


def render_farewell(organisation: Organisation, t: Texts) -> Screen:
    """To somebody who has been replaced, or is no contact any more by the word of others."""
    return Screen(
        paragraphs(
            t("<b>You are no longer a contact of {organisation}.</b>", organisation=organisation.name),
            t(
                "Thank you for what you have done. Your answers and questions are with your colleagues now, "
                "your personal data are deleted. If that is a mistake, ask the office."
            ),
        ),
        ((Button(t.label("Ask the office"), StartForm("ask", 0)),), to_menu(t)),
    )


def render_taken_over(organisation: Organisation, t: Texts) -> Screen:
    """To the successor."""
    return Screen(
        t(
            "<b>You have taken over as contact of {organisation}.</b> The answers to coming events and the "
            "questions of the former contact are now yours.",
            organisation=organisation.name,
        ),
        ((Button(t.label("My answers"), Go("my_answers"), style="primary"),), to_menu(t)),
    )


def render_handed_over(organisation: Organisation, successor: Person, t: Texts) -> Screen:
    """To the office."""
    return Screen(
        t(
            "<b>{organisation}</b> has a new contact: {name}. The former one has handed over.",
            organisation=organisation.name,
            name=successor.name,
        ),
        ((Button(t.label("The partner"), ShowOrganisation(organisation.id)),),),
    )
