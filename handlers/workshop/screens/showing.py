"""The page for the projector and the report, as the chat offers them."""

from markupsafe import Markup

from domain.workshop.acts import Act, Kind, Phase
from domain.workshop.report import Report
from handlers.chat.screens.screen import Button, File, Row, Screen, bullets, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.workshop.buttons import Deed
from handlers.workshop.screens.evaluation import called, summary
from handlers.workshop.screens.words import PHASES, deed, still, to_desk, to_room
from storage.workshop.log import Room

FIRST = 5  # clusters under the file
EARLIER = 3  # phases as of whose end the report is offered


def render_page_link(room: Room, link: str, t: Texts) -> Screen:
    if not link:
        words = t(
            "<b>For the projector</b>\nNo browser reaches the bot here. Show this chat instead: "
            "open it on the computer at the projector; the screen of the workshop follows by itself."
        )
        return Screen(words, ((to_desk(room, t),),), room=still(room))
    words = t(
        "<b>For the projector</b>\nOpen this on the computer there:\n{link}\nIt follows by itself, without "
        "names unless you show them. Whoever has the address can look, until twelve hours after the close.",
        link=link,
    )
    return Screen(words, ((Button(t.label("Open"), url=link),), (to_desk(room, t),)), room=still(room))


def render_report(report: Report, room: Room, file: File, t: Texts) -> Screen:
    """The caption says the most important; the office can have it as of the end of each phase."""
    text = paragraphs(
        Markup("<b>{}</b>").format(report.occasion.title),
        lines(*summary(report, t)),
        _first(report, t),
        t("As of no. {n}", n=report.sequence),
    )
    rows = (*_earlier(room, t), (to_desk(room, t),)) if room.is_staff else ((to_room(room, t),),)
    return Screen(text, rows, file=file)


def _first(report: Report, t: Texts) -> Markup:
    found = report.by_sum[:FIRST]
    return bullets(
        f"{shorten(called(one, t), 60)}: {one.points}" + (f" ({t.label('chosen')})" if one.is_chosen else "")
        for one in found
    )


def _earlier(room: Room, t: Texts) -> tuple[Row, ...]:
    ends = [act for act in room.state.live if act.kind is Kind.PHASE and act.sequence > 1]
    return tuple((_as_of(act, room, t),) for act in ends[-EARLIER:][::-1])


def _as_of(act: Act, room: Room, t: Texts) -> Button:
    words = t.label(
        "As of {clock}, before: {phase}",
        clock=t.clock(act.at),
        phase=t.label(PHASES[Phase(act.payload["phase"])]),
    )
    return deed(words, Deed.PAPER, room, act.sequence - 1)
