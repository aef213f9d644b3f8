"""How a session is run: its points and places, whose names are shown, and who is there."""

from domain.workshop.acts import Phase
from handlers.chat.buttons import StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    lines,
    page_of,
    paragraphs,
    shorten,
    turn_pages,
)
from handlers.chat.texts import Texts
from handlers.workshop.buttons import Deed, InWorkshop
from handlers.workshop.screens.words import NAME, deed, still, to_desk
from storage.workshop.log import Room
from storage.workshop.office import Present

CLAIMED = 8  # on one screen
PLACES = (0, 3, 4, 5, 6, 8, 10, 12)  # of the proportional choice; 0: by the number of clusters


def render_settings(room: Room, t: Texts) -> Screen:
    state = room.state
    weigh = t.label("also weigh, apart") if state.outsiders_weigh else t.label("do not weigh")
    shown = t.label("are shown") if state.shows_names else t.label("are not shown")
    return Screen(
        paragraphs(
            t("<b>Settings</b>"),
            lines(
                t("Points of each organisation: {n}", n=state.points),
                t("People without an organisation {weigh}.", weigh=weigh),
                t("Names on the big screen {shown}.", shown=shown),
                t("Places of the proportional choice: {n}", n=state.places or t.label("automatic")),
            ),
        ),
        _settings_buttons(room, t),
        room=still(room),
    )


def _settings_buttons(room: Room, t: Texts) -> tuple[Row, ...]:
    state = room.state
    who = t.label("Only organisations weigh") if state.outsiders_weigh else t.label("Let all weigh")
    names = t.label("Hide names") if state.shows_names else t.label("Show names")
    return (
        (Button(t.label("Other number of points"), StartForm("ws_points", room.id)),),
        (deed(who, Deed.OUTSIDERS, room, int(not state.outsiders_weigh)),),
        (deed(names, Deed.NAMES, room, int(not state.shows_names)),),
        tuple(_places(room, n, t) for n in PLACES),
        (to_desk(room, t),),
    )


def _places(room: Room, n: int, t: Texts) -> Button:
    label = str(n) if n else t.label("automatic")
    return deed(f"✓ {label}" if n == room.state.places else label, Deed.PLACES, room, n)


def render_people(room: Room, present: Present, page: int, t: Texts) -> Screen:
    """Who takes part, by organisation, table and what they have said; no more than the room can see."""
    shown, page, pages = page_of(present.lines, page, 20)
    is_open = room.state.phase is not Phase.CLOSED
    claimed = list(present.claimed.items())[:CLAIMED] if is_open else []
    return Screen(
        paragraphs(
            t("<b>Who is there</b>"),
            lines(*shown) if shown else t("Nobody yet."),
            t("(?): that is what they said; they are not a contact of it. If it is wrong, tap it.")
            if claimed
            else "",
        ),
        (
            *((deed(shorten(said, NAME), Deed.ASK_DETACH, room, one),) for one, said in claimed),
            *turn_pages(page, pages, lambda to: InWorkshop(Deed.PEOPLE, room.id, to), t),
            (to_desk(room, t),),
        ),
        room=still(room),
    )


def render_ask_detach(room: Room, participant: int, said: str, t: Texts) -> Screen:
    return are_you_sure(
        t(
            "<b>{said}</b>\nAre they not from this organisation? Their notes stay without it, points "
            "that they gave are free for it again.",
            said=said,
        ),
        deed(t.label("Yes, take them out"), Deed.DETACH, room, participant, style="danger"),
        deed(t.label("Who is there"), Deed.PEOPLE, room),
        room=still(room),
    )
