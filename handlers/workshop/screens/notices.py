"""What people are told of workshops."""

from domain.basics.pact import Pact
from domain.workshop.acts import Phase
from domain.workshop.report import Report
from handlers.chat.screens.screen import Button, Screen, paragraphs
from handlers.chat.texts import Texts
from handlers.workshop.buttons import Deed, InWorkshop
from handlers.workshop.report import as_book, as_paper
from handlers.workshop.screens.room import Fates, fates_in_words, results
from handlers.workshop.screens.showing import render_report
from handlers.workshop.screens.words import deed, to_desk
from storage.workshop.log import Room


def render_closed(room: Room, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>{title}</b>: thank you for taking part.", title=room.workshop.title), results(room, t)
        ),
        (
            (deed(t.label("Report (PDF)"), Deed.PAPER, room),),
            (deed(t.label("To the workshop"), Deed.SHOW, room),),
        ),
    )


def render_paper(found: tuple[Report, Room], pact: Pact, t: Texts) -> Screen:
    """With the most important in the chat; the table comes behind it."""
    report, room = found
    return render_report(report, room, as_paper(report, pact, t), t)


def render_book(found: tuple[Report, Room], pact: Pact, t: Texts) -> Screen:
    report, room = found
    text = t("The same as a table: <b>{title}</b>", title=report.occasion.title)
    return Screen(text, ((to_desk(room, t),),), file=as_book(report, pact, t))


def render_fates_told(told: tuple[Room, Fates], t: Texts) -> Screen:
    room, fates = told
    return Screen(
        paragraphs(t("<b>{title}</b>", title=room.workshop.title), fates_in_words(room, fates, t)),
        ((deed(t.label("To the workshop"), Deed.SHOW, room),),),
    )


def render_round(room: Room, t: Texts) -> Screen:
    what = (
        t.plural(
            "Which proposal matters most to you? Your organisation has one point.",
            "Which proposals matter most to you? Your organisation has {n} points.",
            room.state.points,
        )
        if room.state.phase is Phase.WEIGH
        else t("What do you wish for? A few words are enough, one note in each line.")
    )
    until = t("Until {day}.", day=t.last_day(room.workshop.ends_at)) if room.workshop.ends_at else ""
    take_part = Button(t.label("Take part"), InWorkshop(Deed.SHOW, room.id), style="primary")
    return Screen(
        paragraphs(t("The office asks all partners: <b>{title}</b>", title=room.workshop.title), what, until),
        ((take_part,),),
    )


def render_round_over(room: Room, t: Texts) -> Screen:
    return Screen(
        t("The time for <b>{title}</b> is over. Please take it on.", title=room.workshop.title),
        ((deed(t.label("To the workshop"), Deed.DESK, room),),),
    )
