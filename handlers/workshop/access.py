"""Who may use what of `workshop`."""

from domain.basics.access import EVERYBODY, LOOKING, OFFICE
from handlers.chat.access import declared
from handlers.workshop.buttons import Deed

ACCESS = declared(
    {
        EVERYBODY: (
            *("start:workshop", "form:ws_note", "form:ws_from", "form:ws_table", "form:ws_edit"),
            *(Deed.SHOW, Deed.WEIGH, Deed.POINTS, Deed.NOTES, Deed.NOTE, Deed.TAKE_BACK, Deed.FATES),
            Deed.PAPER,
        ),
        LOOKING: (
            *("workshops", "/workshop", Deed.DESK, Deed.GROUPS, Deed.GROUP),
            *(Deed.HISTORY, Deed.PEOPLE, Deed.PAGE, Deed.CODE),
        ),
        OFFICE: (
            *(
                "workshop-of",
                Deed.PLACES,
                Deed.ASK_DETACH,
                Deed.DETACH,
                Deed.BEGIN,
                Deed.ASK,
                Deed.GO,
                Deed.SORT,
                Deed.PLACE,
                Deed.UNSORT,
            ),
            *(Deed.ELSEWHERE, Deed.ASK_JOIN, Deed.JOIN, Deed.ASK_REMOVE, Deed.REMOVE, Deed.UNDO),
            *(Deed.SETTINGS, Deed.OUTSIDERS, Deed.NAMES, Deed.ASK_IDEAS, Deed.IDEAS, Deed.ASK_TELL),
            *(Deed.TELL, Deed.BOOK, "form:workshop", "form:ws_round", "form:ws_heading"),
            *("form:ws_cluster", "form:ws_name", "form:ws_split", "form:ws_points"),
        ),
    }
)
