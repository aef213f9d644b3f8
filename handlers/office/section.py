"""What the file of an organisation says of questions to the office."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from handlers.chat.house import Section
from handlers.chat.screens.screen import Button, Row, bullets, lines, shorten
from handlers.chat.texts import Texts
from handlers.office.buttons import ShowInquiry
from storage.office import inquiries
from storage.office.inquiries import Thread

SHOWN, TAPPED, SAID = 3, 2, 60


def _draw(found: Sequence[Thread], _now: datetime, t: Texts) -> tuple[Markup | str, tuple[Row, ...]]:
    if not found:
        return "", ()
    rows = tuple(
        (Button(shorten(f"❓ {_said(one)}", SAID), ShowInquiry(one.inquiry.id), beside=True),)
        for one in found[:TAPPED]
    )
    return lines(t("<b>Questions</b>"), bullets(_line(one, t) for one in found)), rows


def _line(one: Thread, t: Texts) -> Markup:
    waits = t(" (waits for the office)") if one.inquiry.waits_since else Markup()
    said = t("{day}: {text}", day=t.short_day(one.inquiry.opened_at), text=shorten(_said(one), SAID))
    return said + waits


def _said(thread: Thread) -> str:
    return " ".join(thread.lines[0].text.split())


SECTION = Section(
    lambda turn, organisation_id: inquiries.of_organisation(turn.session, organisation_id, SHOWN), _draw
)
