"""What leads where: the first route that fits an update gets it, a tap goes by its payload."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from domain.basics.refusals import ButtonIsOutdated
from handlers.chat import commands, forms
from handlers.chat.buttons import (
    ChangeAnswer,
    ChooseOption,
    Go,
    Nothing,
    Payload,
    PickFormDay,
    Place,
    ResumeForm,
    StartForm,
    StartFormAnew,
    TakeStep,
    TurnFormMonth,
    TurnList,
    parse,
)
from handlers.chat.commands import Command
from handlers.chat.context import Context
from handlers.events import answers_by_office, door, feedback, invitations, planning, sharing
from handlers.events.buttons import (
    AnswerEvent,
    AnswerOffer,
    AnswerPublicly,
    BringColleague,
    ChangeParty,
    CheckIn,
    CheckInParty,
    ChooseAudience,
    ComeIn,
    DoWithEvent,
    EnterAnswer,
    EnterGuestOf,
    EnterNames,
    GiveChange,
    GiveKeep,
    GiveScore,
    RemovePicture,
    Reply,
    ShowCalendar,
    ShowCode,
    ShowColleagues,
    ShowDoor,
    ShowEvent,
    ShowGuests,
    ShowPlan,
    ShowReplies,
    ToggleQuestion,
    TurnColleagues,
    TurnEvents,
    TurnPastEvents,
    TurnSilent,
    TurnWishes,
    UndoCheckIn,
    WalkIn,
)
from handlers.home import pages, start
from handlers.home.buttons import ChooseLanguage, ShowPage
from handlers.ideas import board
from handlers.ideas.buttons import TurnIdeas
from handlers.joining import applying, cases, concepts, talks
from handlers.joining.buttons import (
    ChangeConcept,
    ChooseOwner,
    ChooseWay,
    PickDay,
    PickTime,
    SendCalendarFile,
    ShowConcept,
    ShowHistory,
    ShowMore,
    ShowRequest,
    StepTo,
    TakeTime,
    TakeUpLink,
    TurnCases,
    TurnMonth,
    WakeRequest,
)
from handlers.office import desk, inquiries
from handlers.office.buttons import ChooseDeputy, CloseInquiry, ShowInquiry
from handlers.partners import contacts, organisations, register
from handlers.partners.buttons import (
    AnswerColleague,
    BringIn,
    DecideChange,
    DoWithContact,
    ExportRegister,
    LeaveFile,
    ListUs,
    ShowChange,
    ShowColleague,
    ShowContact,
    ShowOrganisation,
    TakeEndBack,
    TakeLinkBack,
)

L = TypeVar("L", bound=Payload)
Act = Callable[[Context], Awaitable[None]]
TapAct = Callable[[Context, Any], Awaitable[None]]

PLACES: dict[Place, Act] = {
    Place.MENU: start.asked_for_menu,
    Place.EVENTS: invitations.asked_for_events,
    Place.IDEAS: board.asked_for_ideas,
    Place.PRIVACY: start.asked_for_privacy,
    Place.LANGUAGE: start.asked_for_language,
    Place.OFFICE: desk.asked_for_office,
    Place.REQUESTS: cases.asked_for_cases,
    Place.MY_REQUEST: applying.asked_for_own_request,
    Place.HOURS: desk.asked_for_hours,
    Place.CHANGES: organisations.asked_for_changes,
    Place.CONTACTS: contacts.asked_for_contacts,
    Place.SUCCESSORS: contacts.asked_for_successors,
    Place.LEAVING: contacts.asked_to_leave,
    Place.DIGEST: desk.asked_for_digest,
    Place.ABOUT: pages.asked_about_the_pact,
    Place.MEMBERS: start.asked_for_members,
    Place.CONCEPTS: concepts.asked_for_concepts,
    Place.INQUIRIES: inquiries.asked_for_waiting,
    Place.PROFILE: start.asked_for_profile,
    Place.REGISTER: register.asked_for_register,
    Place.LINKS: register.asked_for_links,
    Place.MY_ANSWERS: invitations.asked_for_my_answers,
    Place.DRAFTS: planning.asked_for_drafts,
}


LISTS: dict[Place, Callable[[Context, int], Awaitable[None]]] = {
    Place.MY_ANSWERS: invitations.asked_for_my_answers,
    Place.DRAFTS: planning.asked_for_drafts,
    Place.CONCEPTS: concepts.asked_for_concepts,
    Place.INQUIRIES: inquiries.asked_for_waiting,
}


ON_A_CARD = frozenset(
    (
        *(AnswerEvent, ChangeParty, AnswerOffer, Reply, ShowReplies),
        *(ShowColleagues, TurnColleagues, BringColleague, ShowCalendar, ShowCode),
    )
)


async def _tapped(update: Update, context: Context) -> None:
    query = update.callback_query
    payload = parse(query.data) if query and query.data else None
    is_for_all = context.tapped_message is None  # in a group, or shared into a chat
    if payload is None or (is_for_all and type(payload) is not AnswerPublicly):
        raise ButtonIsOutdated  # a button of a former version, or made up
    context.leaves_card = type(payload) not in ON_A_CARD
    await ACTS[type(payload)](context, payload)


async def _tapped_label(context: Context, _tap: Nothing) -> None:
    await context.settle()
    await context.flash()


async def _went(context: Context, tap: Go) -> None:
    await PLACES[tap.place](context)


async def _turned(context: Context, tap: TurnList) -> None:
    if tap.place not in LISTS:
        raise ButtonIsOutdated
    await LISTS[tap.place](context, tap.page)


def _command(command: Command, act: Act, in_group: Act | None = None) -> CommandHandler[Context, None]:
    async def callback(update: Update, context: Context) -> None:
        is_private = update.effective_chat is not None and update.effective_chat.type == "private"
        await (act if is_private or in_group is None else in_group)(context)

    where = filters.ChatType.PRIVATE | filters.ChatType.GROUPS if in_group else filters.ChatType.PRIVATE
    return CommandHandler(command.names, callback, filters=filters.UpdateType.MESSAGE & where)


def _form(name: str) -> Act:
    async def start(context: Context) -> None:
        await forms.start(context, name)

    return start


def _tap(kind: type[L], act: Callable[[Context, L], Awaitable[None]]) -> tuple[type[Payload], TapAct]:
    return kind, act


TAPS = (
    _tap(AnswerEvent, invitations.answered_invitation),
    _tap(ChangeParty, invitations.changed_party),
    _tap(ChooseOption, forms.chose_option),
    _tap(TakeStep, forms.took_step),
    _tap(ShowEvent, invitations.asked_for_event),
    _tap(TurnEvents, invitations.turned_to_page),
    _tap(AnswerOffer, invitations.answered_offer),
    _tap(AnswerPublicly, sharing.answered_publicly),
    _tap(Reply, invitations.replied),
    _tap(ShowReplies, invitations.asked_for_replies),
    _tap(ShowColleagues, invitations.asked_for_colleagues),
    _tap(TurnColleagues, invitations.turned_colleagues),
    _tap(BringColleague, invitations.brought_colleague),
    _tap(ShowCalendar, invitations.asked_for_calendar),
    _tap(ShowCode, invitations.asked_for_code),
    _tap(TurnPastEvents, invitations.turned_to_past),
    _tap(ShowPlan, planning.asked_for_plan),
    _tap(DoWithEvent, planning.did_with_event),
    _tap(ChooseAudience, planning.chose_audience),
    _tap(ToggleQuestion, planning.toggled_question),
    _tap(ShowGuests, door.asked_for_guests),
    _tap(TurnSilent, door.turned_to_silent),
    _tap(EnterAnswer, answers_by_office.entered_answer),
    _tap(EnterNames, answers_by_office.asked_for_names),
    _tap(EnterGuestOf, answers_by_office.asked_for_guest_of),
    _tap(ShowDoor, door.asked_for_door),
    _tap(CheckIn, door.checked_in),
    _tap(CheckInParty, door.checked_in_party),
    _tap(WalkIn, door.walked_in),
    _tap(ComeIn, door.came_in),
    _tap(UndoCheckIn, door.undid_check_in),
    _tap(GiveScore, feedback.gave_score),
    _tap(GiveKeep, feedback.gave_keep),
    _tap(GiveChange, feedback.gave_change),
    _tap(TurnWishes, feedback.turned_to_wishes),
    _tap(RemovePicture, feedback.removed_picture),
    _tap(PickFormDay, forms.picked_day),
    _tap(TurnFormMonth, forms.turned_month),
    _tap(TurnIdeas, board.turned_to_page),
    _tap(Go, _went),
    _tap(TurnList, _turned),
    _tap(Nothing, _tapped_label),
    _tap(StartForm, forms.asked_to_start),
    _tap(StartFormAnew, forms.dropped_the_first),
    _tap(ResumeForm, forms.went_on),
    _tap(ChangeAnswer, forms.asked_to_change),
    _tap(ShowRequest, cases.asked_for_request),
    _tap(TurnCases, cases.turned_to_page),
    _tap(ShowMore, cases.asked_for_more),
    _tap(ShowHistory, cases.asked_for_history),
    _tap(StepTo, cases.stepped),
    _tap(ChooseOwner, cases.chose_owner),
    _tap(WakeRequest, applying.woke_request),
    _tap(TakeUpLink, applying.took_up_link),
    _tap(ChooseWay, talks.asked_for_a_talk),
    _tap(TurnMonth, talks.turned_to_month),
    _tap(PickDay, talks.picked_day),
    _tap(PickTime, talks.picked_time),
    _tap(TakeTime, talks.took_time),
    _tap(SendCalendarFile, talks.asked_for_calendar_file),
    _tap(ChooseDeputy, desk.chose_deputy),
    _tap(ShowOrganisation, contacts.asked_for_organisation),
    _tap(ShowContact, contacts.asked_for_contact),
    _tap(ShowColleague, contacts.asked_for_colleague),
    _tap(CloseInquiry, inquiries.closed_inquiry),
    _tap(ListUs, organisations.changed_listing),
    _tap(TakeEndBack, organisations.took_end_back),
    _tap(TakeLinkBack, contacts.took_link_back),
    _tap(DoWithContact, contacts.did_with_contact),
    _tap(AnswerColleague, contacts.answered_colleague),
    _tap(ShowChange, organisations.asked_for_change),
    _tap(DecideChange, organisations.decided_change),
    _tap(ShowConcept, concepts.asked_for_concept),
    _tap(ChangeConcept, concepts.changed_concept),
    _tap(ShowInquiry, inquiries.asked_for_inquiry),
    _tap(ShowPage, pages.asked_for_page),
    _tap(ExportRegister, register.asked_for_file),
    _tap(BringIn, register.brought_in),
    _tap(LeaveFile, register.left_file),
    _tap(ChooseLanguage, start.chose_language),
)


ACTS = dict(TAPS)


def routes() -> list[BaseHandler[Update, Context, None]]:
    return [
        CallbackQueryHandler(_tapped),
        sharing.InlineAsked(),
        sharing.InlineChosen(),
        _command(commands.START, start.started),
        _command(commands.HELP, start.asked_for_menu),
        _command(commands.JOIN, applying.asked_to_join),
        _command(commands.EVENTS, invitations.asked_for_events, in_group=sharing.asked_in_group),
        _command(commands.IDEA, _form("idea")),
        _command(commands.IDEAS, board.asked_for_ideas),
        _command(commands.QUESTION, _form("ask")),
        _command(commands.CONCEPT, _form("concept")),
        _command(commands.PROFILE, start.asked_for_profile),
        _command(commands.PRIVACY, start.asked_for_privacy),
        _command(commands.LANGUAGE, start.asked_for_language),
        _command(commands.CANCEL, forms.gave_up),
        _command(commands.OFFICE, desk.asked_for_office),
        _command(commands.NEW_EVENT, _form("event")),
        _command(commands.DIGEST, desk.asked_for_digest),
        register.SentFile(),
        forms.FormAnswers(),
        start.BlockedOrBack(),
    ]
