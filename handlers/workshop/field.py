"""What `workshop` has to offer in the chat."""

from datetime import datetime

from sqlmodel import Session

from domain.basics.deeds import Deed as AccessDeed
from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.context import Context
from handlers.chat.field import Commanded, Field, TapAct, tap
from handlers.chat.screens.screen import InRoom
from handlers.workshop import desk, forms, notices, office_forms, room, showing
from handlers.workshop.access import ACCESS
from handlers.workshop.buttons import Deed, InWorkshop
from storage.engine.tables import Person
from storage.workshop import seats

DEEDS: dict[Deed, TapAct] = {
    Deed.SHOW: room.asked_for_room,
    Deed.WEIGH: room.weighed,
    Deed.POINTS: room.turned_points,
    Deed.NOTES: room.asked_for_notes,
    Deed.NOTE: room.asked_for_note,
    Deed.TAKE_BACK: room.took_back,
    Deed.FATES: room.asked_for_fates,
    Deed.DESK: desk.asked_for_desk,
    Deed.BEGIN: desk.began,
    Deed.ASK: desk.asked_to_close,
    Deed.GO: desk.went_on,
    Deed.CODE: desk.asked_for_code,
    Deed.SORT: desk.asked_to_sort,
    Deed.PLACE: desk.placed,
    Deed.UNSORT: desk.unsorted,
    Deed.ELSEWHERE: desk.asked_for_elsewhere,
    Deed.GROUPS: desk.asked_for_groups,
    Deed.GROUP: desk.asked_for_group,
    Deed.ASK_JOIN: desk.asked_to_join,
    Deed.JOIN: desk.joined,
    Deed.ASK_REMOVE: desk.asked_to_remove,
    Deed.REMOVE: desk.removed,
    Deed.HISTORY: desk.asked_for_history,
    Deed.UNDO: desk.undid,
    Deed.SETTINGS: desk.asked_for_settings,
    Deed.OUTSIDERS: desk.set_outsiders,
    Deed.NAMES: desk.set_names,
    Deed.PLACES: desk.set_places,
    Deed.PEOPLE: desk.asked_for_people,
    Deed.ASK_DETACH: desk.asked_to_detach,
    Deed.DETACH: desk.detached,
    Deed.ASK_IDEAS: desk.asked_for_ideas,
    Deed.IDEAS: desk.became_ideas,
    Deed.ASK_TELL: desk.asked_to_tell,
    Deed.TELL: desk.told,
    Deed.PAGE: showing.asked_for_page,
    Deed.PAPER: showing.asked_for_paper,
    Deed.BOOK: showing.asked_for_book,
}


async def _did(context: Context, tapped: InWorkshop) -> None:
    await DEEDS[tapped.deed](context, tapped)


def note_shown(
    session: Session, shown: InRoom, person: Person, chat_id: int, message_id: int, now: datetime
) -> None:
    """So that it can be put right when the session goes on."""
    seats.note(session, shown.id, person, chat_id, message_id, shown.words, now, shown.sequence)


FIELD = Field(
    access=ACCESS,
    links={"workshop": room.opened_link},
    deeds={Deed.BOOK: AccessDeed.EXPORTED_WORKSHOP, Deed.PEOPLE: AccessDeed.OPENED_CONTACT},
    taps=(tap(InWorkshop, _did),),
    places={"workshops": desk.asked_for_workshops},
    lists={"workshop-of": desk.asked_for_that_of_event},
    forms=(*forms.FORMS, *office_forms.FORMS),
    notices=notices.NOTICES,
    awaits=(forms.awaits_note,),
    commands=(
        Commanded(
            Command(N_("/workshop"), N_("Workshops: notes, groups, points"), 75, for_staff=True),
            desk.asked_for_workshops,
        ),
    ),
)
