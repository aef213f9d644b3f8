"""Who may use what of `events`."""

from domain.basics.access import EVERYBODY, HOSTS, LOOKING, OFFICE, PARTNERS, SEEN_BY_ALL
from handlers.chat.access import declared
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
    EnterAnswer,
    EnterGuestOf,
    EnterNames,
    EventDeed,
    GiveChange,
    GiveKeep,
    GiveScore,
    KeepCalendar,
    RemovePicture,
    Reply,
    ShowCalendar,
    ShowCode,
    ShowDoor,
    ShowEvent,
    ShowGuests,
    ShowPlan,
    ShowReplies,
    ToggleQuestion,
    UndoCheckIn,
    WalkIn,
)
from handlers.events.sharing import InlineChosen

ACCESS = declared(
    {
        EVERYBODY: (
            *("my_answers", "colleagues", "start:door", InlineChosen, "form:names", "form:party"),
            *(AnswerOffer, Reply, ShowReplies, BringColleague, ShowCode, GiveScore, GiveKeep, GiveChange),
            *("form:wish", "form:wish_idea", "subscription", KeepCalendar, EventDeed.FEEDBACK),
        ),
        SEEN_BY_ALL: ("events", "past_events", "/events", "start:event", ShowEvent, ShowCalendar),
        PARTNERS | OFFICE: (AnswerEvent, ChangeParty, AnswerPublicly, ComeIn, CheckInParty),
        LOOKING | HOSTS: (EventDeed.HOST,),
        HOSTS | OFFICE: ("form:arrival",),
        LOOKING: (
            *(
                "drafts",
                "silent",
                "reach",
                "names",
                "wishes",
                ShowPlan,
                ShowDoor,
                ShowGuests,
            ),
            *(EventDeed.RESULTS, EventDeed.RECAP, "form:door"),
        ),
        SEEN_BY_ALL | HOSTS: (EventDeed.PICTURES,),
        OFFICE: (
            *(EventDeed.PUBLISH, EventDeed.CHOOSE, EventDeed.COPY, EventDeed.DISCARD, EventDeed.DISCARD_NOW),
            *(
                EventDeed.SEND_RECAP,
                EventDeed.XLSX,
                EventDeed.CSV,
                EventDeed.BADGES,
                EventDeed.PAPER,
                EventDeed.DOOR_CODE,
            ),
            *(ChooseAudience, ToggleQuestion, EnterAnswer, EnterNames, EnterGuestOf, RemovePicture),
            *(CheckIn, WalkIn, UndoCheckIn, "/newevent"),
            *("form:event", "form:event_title", "form:event_kind", "form:event_when", "form:event_place"),
            *("form:event_map", "form:event_hosts", "form:event_about", "form:event_picture"),
            *("form:event_seats", "form:event_each", "form:event_until", "form:event_since", "form:choice"),
            *("form:more", "form:later", "form:cancel", "form:enter", "form:guest", "form:names_for"),
            *("form:walk_in", "form:recap", "form:recap_pics"),
        ),
    }
)
