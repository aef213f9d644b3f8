"""What the file of an organisation says of events."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.basics.words import N_
from domain.events.event import Status
from handlers.chat.house import Section
from handlers.chat.screens.screen import Button, Row, bullets, lines, shorten
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowGuests
from storage.events.of_organisation import Answered, answers

SHOWN, TAPPED = 5, 2
SAID = {
    Status.YES: N_("comes"),
    Status.NO: N_("does not come"),
    Status.WAITING: N_("waits"),
    Status.OFFERED: N_("has an offer"),
    Status.LAPSED: N_("let an offer go"),
}


def _draw(found: Sequence[Answered], now: datetime, t: Texts) -> tuple[Markup | str, tuple[Row, ...]]:
    if not found:
        return t("No answer to an event yet."), ()
    rows = tuple(
        (Button(f"{t.short_day(one.starts_at)} {one.title}", ShowGuests(one.event_id), beside=True),)
        for one in found[:TAPPED]
        if one.starts_at > now
    )
    return lines(t("<b>Events</b>"), bullets(_line(one, now, t) for one in found)), rows


def _line(one: Answered, now: datetime, t: Texts) -> Markup:
    said = t.label(SAID[one.status])
    if one.starts_at <= now and one.status is Status.YES:
        said = t.label("was there") if one.arrived else t.label("had said yes")
    many = f" ({one.party})" if one.party > 1 else ""
    title = shorten(one.title, 40)
    return t(
        "{day} {title}: {said}", day=t.short_date(t.local_day(one.starts_at)), title=title, said=said + many
    )


SECTION = Section(lambda turn, organisation_id: answers(turn.session, organisation_id, SHOWN), _draw)
