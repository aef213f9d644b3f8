"""What the file of an organisation says of how it joined and of its concept."""

from datetime import datetime

from markupsafe import Markup
from sqlmodel import Session

from domain.joining.concepts import STATES as CONCEPTS
from handlers.chat.context import Section
from handlers.chat.screens.screen import Button, Row, lines
from handlers.chat.texts import Texts
from handlers.joining.buttons import ShowConcept, ShowHistory
from storage.joining import requests
from storage.joining.tables import Concept, JoinRequest

Found = tuple[list[JoinRequest], Concept | None]


def _load(session: Session, organisation_id: int, _now: datetime) -> Found:
    return requests.of_organisation(session, organisation_id), session.get(Concept, organisation_id)


def _draw(found: Found, _now: datetime, t: Texts) -> tuple[Markup | str, tuple[Row, ...]]:
    joined, concept = found
    buttons = tuple(Button(t.label("How it joined"), ShowHistory(one.id), beside=True) for one in joined[:1])
    if concept:
        shown = Button(t.label("The concept"), ShowConcept(concept.organisation_id), beside=True)
        buttons = (*buttons, shown)
    filed = joined[0].filed_under if joined else ""
    return lines(
        t("Concept: {state}", state=t(CONCEPTS[concept.state])) if concept else "",
        t("Agreement filed under: {place}", place=filed) if filed else "",
    ), ((buttons,) if buttons else ())


SECTION = Section(_load, _draw)
