"""What leads where: the first route that fits an update gets it, from top to bottom."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from domain.refusals import ButtonIsOutdated
from handlers import (
    cases,
    commands,
    concepts,
    contacts,
    door,
    entry,
    events,
    feedback,
    forms,
    ideas,
    inquiries,
    joining,
    office,
    organisations,
    pages,
    people,
    planning,
    register,
    sharing,
    talks,
)
from handlers.buttons import (
    AnswerColleague,
    AnswerEvent,
    AnswerOffer,
    AnswerPublicly,
    BringColleague,
    BringIn,
    ChangeAnswer,
    ChangeConcept,
    ChangeParty,
    CheckIn,
    CheckInParty,
    ChooseAudience,
    ChooseDeputy,
    ChooseLanguage,
    ChooseOption,
    ChooseOwner,
    ChooseWay,
    CloseInquiry,
    ComeIn,
    DecideChange,
    DoWithContact,
    DoWithEvent,
    EnterAnswer,
    EnterGuestOf,
    EnterNames,
    ExportRegister,
    GiveChange,
    GiveKeep,
    GiveScore,
    Go,
    LeaveFile,
    Nothing,
    Payload,
    PickDay,
    PickFormDay,
    PickTime,
    Place,
    RemovePicture,
    Reply,
    ResumeForm,
    SendCalendarFile,
    ShowCalendar,
    ShowChange,
    ShowCode,
    ShowColleague,
    ShowColleagues,
    ShowConcept,
    ShowContact,
    ShowDoor,
    ShowEvent,
    ShowGuests,
    ShowHistory,
    ShowInquiry,
    ShowMore,
    ShowOrganisation,
    ShowPage,
    ShowPlan,
    ShowReplies,
    ShowRequest,
    StartForm,
    StartFormAnew,
    StepTo,
    TakeEndBack,
    TakeStep,
    TakeTime,
    ToggleQuestion,
    TurnCases,
    TurnEvents,
    TurnFormMonth,
    TurnIdeas,
    TurnMonth,
    TurnPastEvents,
    TurnSilent,
    TurnWishes,
    UndoCheckIn,
    WakeRequest,
    WalkIn,
    parse,
)
from handlers.commands import Command
from handlers.context import Context

L = TypeVar("L", bound=Payload)
Act = Callable[[Context], Awaitable[None]]

PLACES: dict[Place, Act] = {
    Place.MENU: people.asked_for_menu,
    Place.EVENTS: events.asked_for_events,
    Place.IDEAS: ideas.asked_for_ideas,
    Place.PRIVACY: people.asked_for_privacy,
    Place.LANGUAGE: people.asked_for_language,
    Place.OFFICE: office.asked_for_office,
    Place.REQUESTS: cases.asked_for_cases,
    Place.MY_REQUEST: joining.asked_for_own_request,
    Place.HOURS: office.asked_for_hours,
    Place.CHANGES: organisations.asked_for_changes,
    Place.CONTACTS: contacts.asked_for_contacts,
    Place.SUCCESSORS: contacts.asked_for_successors,
    Place.LEAVING: contacts.asked_to_leave,
    Place.DIGEST: office.asked_for_digest,
    Place.DISCARD: people.discarded_form,
    Place.ABOUT: pages.asked_about_the_pact,
    Place.MEMBERS: people.asked_for_members,
    Place.CONCEPTS: concepts.asked_for_concepts,
    Place.INQUIRIES: inquiries.asked_for_waiting,
    Place.PROFILE: people.asked_for_profile,
    Place.LISTING: people.changed_listing,
    Place.REGISTER: register.asked_for_register,
    Place.LINKS: register.asked_for_links,
    Place.MY_ANSWERS: events.asked_for_my_answers,
    Place.DRAFTS: planning.asked_for_drafts,
}


ON_A_CARD = frozenset(
    (
        *(AnswerEvent, ChangeParty, AnswerOffer, Reply, ShowReplies),
        *(ShowColleagues, BringColleague, ShowCalendar, ShowCode),
    )
)


class Tap(BaseHandler[Update, Context, None]):
    """A tap on a button with a payload of one kind."""

    def __init__(self, kind: type[L], act: Callable[[Context, L], Awaitable[None]]) -> None:
        async def callback(_update: Update, _context: Context) -> None:
            raise AssertionError("taps are handled with their payload")

        super().__init__(callback)
        self.kind = kind
        self.act = act

    def check_update(self, update: object) -> Payload | None:
        query = update.callback_query if isinstance(update, Update) else None
        payload = parse(query.data) if query and query.data else None
        return payload if isinstance(payload, self.kind) else None

    async def handle_update(
        self, _update: Update, _application: Any, check_result: object, context: Context
    ) -> None:
        context.leaves_card = self.kind not in ON_A_CARD
        await self.act(context, check_result)  # type: ignore[arg-type] # checked above


class UnknownTap(BaseHandler[Update, Context, None]):
    """A button of a former version, or a payload that somebody made up."""

    def __init__(self) -> None:
        super().__init__(_tapped_outdated)

    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and update.callback_query is not None


async def _tapped_outdated(_update: Update, context: Context) -> None:
    await context.settle()
    await context.refuse(ButtonIsOutdated())


async def _tapped_label(context: Context, _tap: Nothing) -> None:
    await context.settle()
    await context.flash()


async def _went(context: Context, tap: Go) -> None:
    await PLACES[tap.place](context)


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


def routes() -> list[BaseHandler[Update, Context, None]]:
    return [
        Tap(AnswerEvent, events.answered_invitation),
        Tap(ChangeParty, events.changed_party),
        Tap(ChooseOption, forms.chose_option),
        Tap(TakeStep, forms.took_step),
        Tap(ShowEvent, events.asked_for_event),
        Tap(TurnEvents, events.turned_to_page),
        Tap(AnswerOffer, events.answered_offer),
        Tap(AnswerPublicly, sharing.answered_publicly),
        Tap(Reply, events.replied),
        Tap(ShowReplies, events.asked_for_replies),
        Tap(ShowColleagues, events.asked_for_colleagues),
        Tap(BringColleague, events.brought_colleague),
        Tap(ShowCalendar, events.asked_for_calendar),
        Tap(ShowCode, events.asked_for_code),
        Tap(TurnPastEvents, events.turned_to_past),
        Tap(ShowPlan, planning.asked_for_plan),
        Tap(DoWithEvent, planning.did_with_event),
        Tap(ChooseAudience, planning.chose_audience),
        Tap(ToggleQuestion, planning.toggled_question),
        Tap(ShowGuests, door.asked_for_guests),
        Tap(TurnSilent, door.turned_to_silent),
        Tap(EnterAnswer, entry.entered_answer),
        Tap(EnterNames, entry.asked_for_names),
        Tap(EnterGuestOf, entry.asked_for_guest_of),
        Tap(ShowDoor, door.asked_for_door),
        Tap(CheckIn, door.checked_in),
        Tap(CheckInParty, door.checked_in_party),
        Tap(WalkIn, door.walked_in),
        Tap(ComeIn, door.came_in),
        Tap(UndoCheckIn, door.undid_check_in),
        Tap(GiveScore, feedback.gave_score),
        Tap(GiveKeep, feedback.gave_keep),
        Tap(GiveChange, feedback.gave_change),
        Tap(TurnWishes, feedback.turned_to_wishes),
        Tap(RemovePicture, feedback.removed_picture),
        Tap(PickFormDay, forms.picked_day),
        Tap(TurnFormMonth, forms.turned_month),
        Tap(TurnIdeas, ideas.turned_to_page),
        Tap(Go, _went),
        Tap(Nothing, _tapped_label),
        Tap(StartForm, forms.asked_to_start),
        Tap(StartFormAnew, forms.dropped_the_first),
        Tap(ResumeForm, forms.went_on),
        Tap(ChangeAnswer, forms.asked_to_change),
        Tap(ShowRequest, cases.asked_for_request),
        Tap(TurnCases, cases.turned_to_page),
        Tap(ShowMore, cases.asked_for_more),
        Tap(ShowHistory, cases.asked_for_history),
        Tap(StepTo, cases.stepped),
        Tap(ChooseOwner, cases.chose_owner),
        Tap(WakeRequest, joining.woke_request),
        Tap(ChooseWay, talks.asked_for_a_talk),
        Tap(TurnMonth, talks.turned_to_month),
        Tap(PickDay, talks.picked_day),
        Tap(PickTime, talks.picked_time),
        Tap(TakeTime, talks.took_time),
        Tap(SendCalendarFile, talks.asked_for_calendar_file),
        Tap(ChooseDeputy, office.chose_deputy),
        Tap(ShowOrganisation, contacts.asked_for_organisation),
        Tap(ShowContact, contacts.asked_for_contact),
        Tap(ShowColleague, contacts.asked_for_colleague),
        Tap(CloseInquiry, inquiries.closed_inquiry),
        Tap(TakeEndBack, organisations.took_end_back),
        Tap(DoWithContact, contacts.did_with_contact),
        Tap(AnswerColleague, contacts.answered_colleague),
        Tap(ShowChange, organisations.asked_for_change),
        Tap(DecideChange, organisations.decided_change),
        Tap(ShowConcept, concepts.asked_for_concept),
        Tap(ChangeConcept, concepts.changed_concept),
        Tap(ShowInquiry, inquiries.asked_for_inquiry),
        Tap(ShowPage, pages.asked_for_page),
        Tap(ExportRegister, register.asked_for_file),
        Tap(BringIn, register.brought_in),
        Tap(LeaveFile, register.left_file),
        Tap(ChooseLanguage, people.chose_language),
        UnknownTap(),
        sharing.InlineAsked(),
        sharing.InlineChosen(),
        _command(commands.START, people.started),
        _command(commands.HELP, people.asked_for_menu),
        _command(commands.JOIN, joining.asked_to_join),
        _command(commands.EVENTS, events.asked_for_events, in_group=sharing.asked_in_group),
        _command(commands.IDEA, _form("idea")),
        _command(commands.IDEAS, ideas.asked_for_ideas),
        _command(commands.QUESTION, _form("ask")),
        _command(commands.CONCEPT, _form("concept")),
        _command(commands.PROFILE, people.asked_for_profile),
        _command(commands.PRIVACY, people.asked_for_privacy),
        _command(commands.LANGUAGE, people.asked_for_language),
        _command(commands.CANCEL, forms.gave_up),
        _command(commands.OFFICE, office.asked_for_office),
        _command(commands.NEW_EVENT, _form("event")),
        _command(commands.DIGEST, office.asked_for_digest),
        register.SentFile(),
        forms.FormAnswers(),
        people.BlockedOrBack(),
    ]
