"""The contacts of an organisation in the chat: inviting, handing over, leaving, colleagues who ask in."""

from dataclasses import replace
from typing import Any

from domain.basics.words import N_
from domain.partners.refusals import ColleagueIsGone
from handlers.chat import reading
from handlers.chat.context import Context
from handlers.chat.questions import Asked, Question, Questionnaire, Submission, asks
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.screens.screen import Screen
from handlers.partners.buttons import (
    AnswerColleague,
    Deed,
    DoWithContact,
    ShowColleague,
    ShowContact,
    WithdrawWish,
)
from handlers.partners.screens import contacts as screens
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import colleagues, contacts
from storage.partners.colleagues import ColleagueCard
from storage.partners.contacts import Team
from storage.partners.tables import Organisation


def _check_managed(turn: Turn, organisation_id: int) -> None:
    contacts.get_managed(turn, organisation_id or turn.person.organisation_id)


def _check_partner(turn: Turn, _subject_id: int) -> None:
    contacts.get_organisation(turn, turn.person.organisation_id)


def _invited(turn: Turn, form: Submission) -> Team:
    organisation_id = form.subject_id or turn.person.organisation_id
    return contacts.invite_colleague(
        turn,
        organisation_id,
        form.answers["name"],
        has_word=turn.pact.link_word,
    )


def _handed_over(turn: Turn, form: Submission) -> Team:
    name, has_word = form.answers["name"], turn.pact.link_word
    return contacts.hand_over(turn, name, has_word=has_word)


def _show_link(team: Team, asked: Asked) -> Screen:
    return screens.render_made(team, asked.username, asked.t)


COLLEAGUE: Questionnaire[Any] = asks(
    "colleague",
    N_("Invite a colleague"),
    Question("name", N_("Name"), N_("Who is it? First and last name."), read=reading.name(128, 3)),
    submit=_invited,
    done=_show_link,
    check=_check_managed,
)

HAND_OVER: Questionnaire[Any] = asks(
    "handover",
    N_("Hand over"),
    Question(
        "name",
        N_("Successor"),
        N_(
            "Who follows you? First and last name. You get a personal link to hand on; as soon as it is "
            "opened, your open answers and tasks move over and your personal data here are erased."
        ),
        read=reading.name(128, 3),
    ),
    submit=_handed_over,
    done=_show_link,
    submit_label=N_("Create the link"),
    check=_check_partner,
)


async def asked_for_contacts(context: Context) -> None:
    await context.answer(screens.render_team, _own_team)


def _own_team(turn: Turn) -> Team:
    return contacts.team(turn, turn.person.organisation_id)


async def asked_for_contact(context: Context, tap: ShowContact) -> None:
    team = await context.transact(contacts.contact_of, tap.person_id)
    await context.show(screens.render_contact(team, tap.person_id, context.t))


def _team_of(turn: Turn, contact_id: int) -> Team:
    contact = turn.session.get(Person, contact_id)
    return contacts.team(turn, contact.organisation_id if contact else None)


async def asked_for_successors(context: Context) -> None:
    await context.answer(screens.render_successors, _own_team)


async def asked_to_leave(context: Context) -> None:
    team = await context.transact(_own_team)
    me = DoWithContact(context.person.id, Deed.REMOVE, 0)
    await context.show(screens.render_are_you_sure(team, me, context.t))


async def did_with_contact(context: Context, tap: DoWithContact) -> None:
    if tap.deed in (Deed.REMOVE, Deed.HAND_OVER) and not tap.is_sure:
        team = await context.transact(_team_of, tap.person_id)
        await context.show(screens.render_are_you_sure(team, tap, context.t))
        return
    result = await context.transact(_do, tap)
    if isinstance(result, Team) and result.made:
        await context.show(screens.render_made(result, context.bot.username, context.t))
    elif isinstance(result, Team):
        await context.show(screens.render_team(result, context.t))
    else:
        await context.show(screens.render_left(result.name, context.t))


def _do(turn: Turn, tap: DoWithContact) -> Team | Organisation:
    match tap.deed:
        case Deed.RENEW:
            has_word = turn.pact.link_word
            return contacts.renew_invite(turn, tap.person_id, has_word=has_word)
        case Deed.MAKE_MAIN:
            return contacts.make_main(turn, tap.person_id)
        case Deed.HAND_OVER:
            team = contacts.hand_over(turn, "", tap.person_id)
            return team.organisation
        case Deed.REMOVE:
            organisation = contacts.leave(turn, tap.person_id)
            return organisation if tap.person_id == turn.person.id else _team(turn, organisation)


def _team(turn: Turn, organisation: Organisation) -> Team:
    return contacts.team(turn, organisation.id)


async def asked_for_colleague(context: Context, tap: ShowColleague) -> None:
    card = await context.transact(colleagues.colleague_card, tap.request_id)
    await context.show(screens.render_colleague(card, context.person, context.t))


async def asked_for_own_wish(context: Context) -> None:
    card = await context.transact(_own_wish)
    await context.show(screens.render_own_wish(card, context.t, is_asked=False))


def _own_wish(turn: Turn) -> ColleagueCard:
    card = colleagues.own_wish(turn)
    if card is None:
        raise ColleagueIsGone
    return card


async def withdrew_wish(context: Context, tap: WithdrawWish) -> None:
    if tap.sure:
        organisation = await context.transact(colleagues.withdraw, tap.request_id)
        await context.show(screens.render_wish_withdrawn(organisation, context.t))
    else:
        card = await context.transact(_own_wish)
        await context.show(screens.render_own_wish(card, context.t, is_asked=True))


async def answered_colleague(context: Context, tap: AnswerColleague) -> None:
    """Who comes second sees what the first has said, instead of live buttons."""
    try:
        card = await context.transact(_answer, tap)
    except ColleagueIsGone as refusal:
        card = await context.read(colleagues.colleague_card, tap.request_id)
        why = render_refusal(refusal, context.t, context.house.pact)
        above = context.t("⚠️ {problem}", problem=why)
        screen = screens.render_colleague(card, context.person, context.t).under(above)
        await context.show(replace(screen, toast=str(why.striptags())), alert=True)
    else:
        await context.show(screens.render_colleague(card, context.person, context.t))


def _answer(turn: Turn, tap: AnswerColleague) -> ColleagueCard:
    knows = bool(tap.knows)
    return colleagues.answer_colleague(turn, tap.request_id, knows=knows)


FORMS = (COLLEAGUE, HAND_OVER)
