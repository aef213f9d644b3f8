"""What the file of an organisation says of how it joined, of its agreement and of its concept."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from domain.joining.concepts import STATES as CONCEPTS
from domain.joining.requests import PaperKind
from handlers.chat.house import Section
from handlers.chat.screens.screen import Button, Row, lines
from handlers.chat.texts import Texts
from handlers.joining.buttons import OnPaper, PaperAct, ShowConcept, ShowHistory
from storage.engine.turn import Turn
from storage.joining import papers, requests
from storage.joining.tables import Concept, FiledPaper, JoinRequest


class Found(NamedTuple):
    organisation_id: int
    joined: list[JoinRequest]
    concept: Concept | None
    papers: Sequence[FiledPaper]


def _load(turn: Turn, organisation_id: int) -> Found:
    return Found(
        organisation_id,
        requests.of_organisation(turn.session, organisation_id),
        turn.session.get(Concept, organisation_id),
        papers.of(turn.session, organisation_id),
    )


def _draw(found: Found, _now: datetime, t: Texts) -> tuple[Markup | str, tuple[Row, ...]]:
    buttons = tuple(
        Button(t.label("How it joined"), ShowHistory(one.id), beside=True) for one in found.joined[:1]
    )
    if found.concept:
        shown = Button(t.label("The concept"), ShowConcept(found.concept.organisation_id), beside=True)
        buttons = (*buttons, shown)
    places = [one.name for one in found.papers if one.kind is PaperKind.PLACE]
    copies = len(found.papers) - len(places)
    folder = Button(
        t.label("Agreement and certificate"), OnPaper(PaperAct.FOLDER, found.organisation_id), beside=True
    )
    return lines(
        t("Concept: {state}", state=t(CONCEPTS[found.concept.state])) if found.concept else "",
        t("Agreement filed under: {place}", place=places[-1]) if places else "",
        t.plural("One copy of the agreement is filed.", "{n} copies of the agreement are filed.", copies)
        if copies
        else "",
    ), (*((buttons,) if buttons else ()), (folder,))


SECTION = Section(_load, _draw)
