"""Every refusal in words: why not, and what to do instead."""

from markupsafe import Markup

from domain.basics import refusals
from domain.basics.pact import Pact
from domain.basics.refusals import Fault, Refusal
from domain.basics.sheets import MOST_BYTES, MOST_ROWS
from domain.events.refusals import (
    AnswersAreClosed,
    CodeIsForTheDoor,
    DoorCodeIsUnknown,
    DoorIsClosed,
    EventDoesNotFit,
    EventHasNotEnded,
    EventHasStarted,
    EventIsCancelled,
    EventIsGone,
    EventIsNotPublished,
    EventIsOver,
    HouseIsFull,
    InvitationsTooLate,
    NobodyElseToBring,
    NoSeatInYourName,
    NotAtTheDoor,
    NoteIsSent,
    NotEnoughSeats,
    OfferIsOver,
    RecapIsSent,
    RoomIsTooSmall,
    SeatIsGone,
    TooLateToCorrect,
    TooManyForOrganisation,
    TooManyNames,
    TooManyPictures,
)
from domain.ideas.refusals import TooManyIdeas
from domain.joining.refusals import (
    ApplicantIsContact,
    ConceptIsGone,
    ConceptIsRegistered,
    NotYourTurn,
    RequestIsDecided,
    RequestIsGone,
    StepIsImpossible,
    TalkIsGone,
    TimeIsTaken,
    TimesOverlap,
    TooLateToChange,
)
from domain.office.refusals import InquiryIsGone
from domain.partners.refusals import (
    AlreadyInvolved,
    ChangeIsGone,
    ColleagueIsGone,
    InviteHasExpired,
    InviteIsRevoked,
    InviteIsUnknown,
    InviteIsUsed,
    LeftBeforeJoined,
    MainContactCannotLeave,
    NameIsTaken,
    OnlyForMainContact,
    OrganisationIsGone,
    PersonIsGone,
)
from handlers.chat.screens.screen import shorten
from handlers.chat.texts import N_, Texts
from handlers.joining.screens.applying import STATES as REQUEST_STATES
from handlers.joining.screens.concepts import STATES

COLUMNS_NAMED = 100  # characters of their titles
FAULTS = {
    Fault.TOO_LARGE: N_("This file is too large: {megabytes} MB at most, and little more when unpacked."),
    Fault.TOO_MANY_ROWS: N_("This file has too many lines: {rows} filled ones at most."),
    Fault.OLD_OR_LOCKED: N_(
        "This is an old Excel file or one with a password. Please save it as .xlsx without one."
    ),
    Fault.OTHER_KIND: N_("Please send the list as an Excel file (.xlsx) or as .csv."),
    Fault.EMPTY: N_("This file is empty."),
    Fault.LACKS_COLUMNS: N_("These columns are missing: {columns}"),
    Fault.COLUMN_TWICE: N_("This column is there twice: {columns}"),
    Fault.TAKES_TOO_MUCH: N_(
        "This file takes too much time or memory to read. Please save it anew as .csv and send that."
    ),
    Fault.NO_TABLE: N_("This file cannot be read as a table. Please save it again as .xlsx or .csv."),
}


def render_refusal(  # noqa: PLR0911, PLR0912, C901 # one line for each refusal
    refusal: Refusal, t: Texts, pact: Pact
) -> Markup:
    match refusal:
        case refusals.OnlyForStaff():
            return t("Only the office can do that.")
        case refusals.OnlyForPartners():
            return t("Answers are open to partners of the pact. /join leads there.")
        case refusals.ButtonIsOutdated():
            return t("That button is no longer valid. /help shows what you can do now.")
        case EventIsGone():
            return t(
                "This event no longer exists, or is only for organisations that are invited. "
                "/events shows the coming ones."
            )
        case EventIsCancelled():
            return t("This event is cancelled. /events shows the coming ones.")
        case EventHasStarted():
            return t("This event has begun already; answers can no longer be changed.")
        case AnswersAreClosed(answer_by):
            return t(
                "Answers closed on {moment}. Please write to {email}.",
                moment=t.moment(answer_by),
                email=pact.email,
            )
        case TooManyForOrganisation(seats, allowed):
            return t(
                "Seats for your organisation at this event: {seats}. Left for you: {allowed}.",
                seats=seats,
                allowed=allowed,
            )
        case NotEnoughSeats(0, _):
            return t(
                "No further seat is free; you keep yours. Colleagues can go onto the waiting list themselves."
            )
        case NotEnoughSeats(free, kept):
            return t.plural(
                "Only one more seat is free. You keep your seats: {kept}.",
                "Only {n} more seats are free. You keep your seats: {kept}.",
                free,
                kept=kept,
            )
        case RoomIsTooSmall(taken):
            return t.plural(
                "One person has a seat or an offer; there cannot be fewer seats.",
                "{n} people have a seat or an offer; there cannot be fewer seats.",
                taken,
            )
        case OfferIsOver():
            return t("This offer is over. The event shows where you are now.")
        case NobodyElseToBring():
            return t("This colleague has answered already, or is not of your organisation.")
        case EventIsNotPublished():
            return t("Partners do not know of this event yet.")
        case EventHasNotEnded():
            return t("That is possible after the event.")
        case RecapIsSent():
            return t("Everybody has this recap already. Once you change it you can send the correction.")
        case TooManyPictures(most):
            return t("A recap has at most {most} pictures. Please remove some first.", most=most)
        case NoteIsSent():
            return t("Your note on how to arrive has been sent; there is one for each event.")
        case NotAtTheDoor():
            return t("Only those who were at the event can say how it was.")
        case EventDoesNotFit():
            return t(
                "These times do not fit: the start must lie ahead, the end after it, the deadline before it."
            )
        case InvitationsTooLate(closes_at):
            return t(
                "Partners can answer until {moment}; invitations must go out before that. "
                "Please change one of the two.",
                moment=t.moment(closes_at),
            )
        case AlreadyInvolved(organisation, True):
            return t(
                "You are already a contact of {organisation}, a partner of the pact.",
                organisation=organisation,
            )
        case AlreadyInvolved(organisation, False):
            return t(
                "Your request for {organisation} is with the office. "
                "You will be told as soon as it is decided.",
                organisation=organisation,
            )
        case ApplicantIsContact(organisation):
            return t("The applicant has become a contact of {organisation} since.", organisation=organisation)
        case RequestIsGone():
            return t("This request no longer exists.")
        case RequestIsDecided(state, by):
            return t("{name} has decided this already: {state}.", name=by, state=t(REQUEST_STATES[state]))
        case StepIsImpossible():
            return t("From where this request is, that step does not follow.")
        case TimeIsTaken():
            return t("This time can no longer be had. Please choose another one.")
        case TimesOverlap(length):
            minutes = int(length.total_seconds() // 60)
            return t("These times overlap; a talk takes {n} minutes. Please start again.", n=minutes)
        case LeftBeforeJoined(joined_on):
            return t("The partnership began on {day}; it cannot end before that.", day=t.date(joined_on))
        case TalkIsGone():
            return t("This talk is over, cancelled or replaced. /join shows where things are.")
        case NotYourTurn():
            return t("The other side has to answer first.")
        case TooManyNames(most):
            return t.plural(
                "Only one name, please: one person comes along.",
                "At most {n} names, please: so many people come along.",
                most,
            )
        case TooLateToChange(notice):
            return t.plural(
                "A talk can be changed here until one hour before it. Please write to {email}.",
                "A talk can be changed here until {n} hours before it. Please write to {email}.",
                int(notice.total_seconds() // 3600),
                email=pact.email,
            )
        case ColleagueIsGone():
            return t("This has been answered already.")
        case OnlyForMainContact():
            return t("Only the main contact of your organisation can do that.")
        case MainContactCannotLeave():
            return t("You are the main contact and others depend on you. Please hand over first.")
        case PersonIsGone():
            return t("This person is no longer a contact of your organisation.")
        case ChangeIsGone():
            return t("This change is decided already.")
        case NameIsTaken(name):
            return t("{name} is in the register already.", name=name)
        case OrganisationIsGone():
            return t("This organisation is no longer in the register.")
        case ConceptIsRegistered(state):
            return t("Your organisation has a concept already: {state}.", state=t(STATES[state]))
        case ConceptIsGone():
            return t("This organisation is not registered for a concept.")
        case InquiryIsGone():
            return t("This question no longer exists.")
        case TooManyIdeas():
            return t(
                "That is a lot of ideas for one day. Please go on tomorrow, or write to {email}.",
                email=pact.email,
            )
        case refusals.FileIsUnusable(fault, about):
            columns = shorten(about, COLUMNS_NAMED)
            return t(FAULTS[fault], megabytes=MOST_BYTES >> 20, rows=MOST_ROWS, columns=columns)
        case _:
            return _at_the_door(refusal, t) or _invite(refusal, t, pact)


def _at_the_door(refusal: Refusal, t: Texts) -> Markup | None:
    if isinstance(refusal, DoorIsClosed):
        opens_at = t.moment(refusal.opens_at)
        return t("Too early: the door opens on {moment}. Please scan again then.", moment=opens_at)
    if isinstance(refusal, TooLateToCorrect):
        return t("This event could be corrected until {moment}.", moment=t.moment(refusal.until))
    reasons = {
        DoorCodeIsUnknown: t("This code is not valid any more. Please scan the one that is up at the door."),
        EventIsOver: t("This event is over."),
        NoSeatInYourName: t("There is no seat in your name. Please speak to the office at the door."),
        HouseIsFull: t("All seats are taken. Please speak to the office at the door."),
        SeatIsGone: t("There is no seat for this code any more; the answer has been changed since."),
        CodeIsForTheDoor: t("This is your own code. Please show it at the door; the office scans it."),
    }
    return reasons.get(type(refusal))


def _invite(refusal: Refusal, t: Texts, pact: Pact) -> Markup:
    reasons = {
        InviteIsUnknown: t("This link is not known; perhaps a part of it is missing."),
        InviteIsUsed: t("This link has been used already; each works once."),
        InviteIsRevoked: t("This link was replaced by a newer one."),
        InviteHasExpired: t("This link has expired."),
    }
    return t(
        "{reason} Please ask the office for a new one: {email}",
        reason=reasons[type(refusal)],
        email=pact.email,
    )
