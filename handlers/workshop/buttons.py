"""What the buttons of workshops carry."""

from enum import StrEnum

from handlers.chat.buttons import Number, Payload


class Deed(StrEnum):
    """What is done in a session; `value`, `was` and `to` say what else is meant, if anything."""

    SHOW = "show"
    WEIGH = "weigh"  # value: the group, from `was` points to `to`
    POINTS = "points"  # value: page
    NOTES = "notes"  # one's own; value: page
    NOTE = "note"  # value: the note
    TAKE_BACK = "back"  # value: the note
    FATES = "fates"
    DESK = "desk"  # the rest is for staff
    BEGIN = "begin"  # value: the event
    ASK = "ask"  # value: the phase, if that is asked about first
    GO = "go"  # value: the phase
    CODE = "code"
    SORT = "sort"  # value: the note after which the next one is shown
    PLACE = "place"  # value: the note, was: the group
    UNSORT = "unsort"  # value: the act
    ELSEWHERE = "else"  # value: the note
    GROUPS = "groups"  # value: page
    GROUP = "group"  # value: the group, was: page
    ASK_JOIN = "join"  # value: the group
    JOIN = "joined"  # value: the group, was: the one that it goes into
    ASK_REMOVE = "drop"  # value: the group
    REMOVE = "dropped"  # value: the group
    HISTORY = "acts"  # value: page
    UNDO = "undo"  # value: the act
    SETTINGS = "set"
    OUTSIDERS = "out"  # value: whether they weigh
    NAMES = "names"  # value: whether they are shown
    PLACES = "places"  # value: how many the proportional choice has; 0: by the number of clusters
    PEOPLE = "who"  # value: page
    ASK_DETACH = "whose"  # value: the participant
    DETACH = "off"  # value: the participant
    ASK_IDEAS = "ideas"
    IDEAS = "idea"  # value: from how many points on
    ASK_TELL = "tell"
    TELL = "told"
    PAGE = "page"  # for the projector
    PAPER = "paper"  # the report; value: as of which act, 0 is the last; for all who took part
    BOOK = "book"  # the same as a sheet


class InWorkshop(Payload, frozen=True, tag="wo"):
    deed: Deed
    workshop_id: Number
    value: Number = 0
    was: Number = 0
    to: Number = 0
