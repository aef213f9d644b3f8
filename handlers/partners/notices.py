"""What people are told of organisations and their contacts: what is read for it, and how it looks."""

from dataclasses import replace
from typing import Any

from domain.basics.words import N_
from domain.partners.contacts import ColleagueState
from handlers.chat.notices import Kind, gathered, plain
from handlers.chat.screens.screen import Screen
from handlers.chat.screens.together import Line
from handlers.chat.texts import Texts
from handlers.chat.views import View
from handlers.partners.buttons import ShowChange, ShowColleague, ShowOrganisation
from handlers.partners.screens import contacts as contact_screens
from handlers.partners.screens import links as link_screens
from handlers.partners.screens import organisations as organisation_screens
from storage.engine.tables import Notice, Person
from storage.engine.turn import Turn
from storage.partners import colleagues, contacts, organisations, taking_up
from storage.partners.colleagues import ColleagueCard
from storage.partners.organisations import ChangeCard
from storage.partners.tables import Organisation, PartnerNotice
from storage.partners.taking_up import Opened


def colleague(turn: Turn, notice: Notice) -> tuple[ColleagueCard, Person] | None:
    card = colleagues.colleague_card(turn, notice.subject_id)
    is_open = card.request.state in (ColleagueState.WAITING, ColleagueState.PASSED_ON)
    return (card, turn.person) if is_open else None


def own_colleague(turn: Turn, notice: Notice) -> ColleagueCard | None:
    return colleagues.own_colleague_card(turn, notice.subject_id)


def handed_over(turn: Turn, notice: Notice) -> tuple[Organisation, Person, bool] | None:
    """Also whether it goes to the successor, and not to the office."""
    successor, reader = turn.session.get(Person, notice.subject_id), turn.person
    if successor is None or successor.organisation_id is None:
        return None
    is_own = reader.id == successor.id
    organisation = turn.session.get_one(Organisation, successor.organisation_id)
    return (organisation, successor, is_own) if is_own or reader.is_staff else None


def farewell(turn: Turn, notice: Notice) -> Organisation | None:
    is_back = turn.person.organisation_id == notice.subject_id
    return None if is_back else turn.session.get(Organisation, notice.subject_id)


def link_taken_up(turn: Turn, notice: Notice) -> Opened | None:
    return taking_up.taken_up(turn, notice.subject_id)


def link_taken_back(turn: Turn, notice: Notice) -> tuple[Opened, bool] | None:
    """Also whether it goes to whoever was cut off."""
    opened = taking_up.taken_back(turn, notice.subject_id)
    is_of_them = turn.person.is_staff or (opened and turn.person.organisation_id == opened.organisation.id)
    return (opened, not is_of_them) if opened else None


def links_taken_up(turn: Turn, notice: Notice) -> tuple[int, list[Opened]] | None:
    hour = notice.subject_id
    found = taking_up.taken_up_in(turn, hour)
    return (hour, found) if found else None


def link_locked(turn: Turn, notice: Notice) -> tuple[Person, Organisation] | None:
    contact = turn.session.get(Person, notice.subject_id)
    if contact is None or contact.organisation_id is None or not turn.person.is_staff:
        return None
    return contact, turn.session.get_one(Organisation, contact.organisation_id)


def change(turn: Turn, notice: Notice) -> ChangeCard:
    return organisations.show_change(turn, notice.subject_id)


def own_change(turn: Turn, notice: Notice) -> ChangeCard | None:
    card = organisations.change_card(turn.session, notice.subject_id)
    return card if card.change.person_id == turn.person.id else None


def _handed_over(found: tuple[Organisation, Person, bool], t: Texts) -> Screen:
    organisation, successor, is_own = found
    if is_own:
        return contact_screens.render_taken_over(organisation, t)
    return contact_screens.render_handed_over(organisation, successor, t)


def _link_taken_back(found: tuple[Opened, bool], t: Texts) -> Screen:
    opened, is_cut_off = found
    if is_cut_off:
        return link_screens.render_cut_off(opened.organisation, t)
    return link_screens.render_taken_back(opened, 0, t)


NOTICES: dict[str, Kind[Any]] = {
    PartnerNotice.COLLEAGUE_ASKS: replace(
        plain(colleague, lambda found, t: contact_screens.render_colleague(found[0], found[1], t)),
        opens=lambda found, _t: Line(
            f"{found[0].request.name}: {found[0].organisation.name}",
            ShowColleague(found[0].request.id),
            is_for_office=found[1].is_staff,
        ),
        together=N_("They want to be contacts"),
        veiled=N_("Somebody wants to be a contact"),
    ),
    PartnerNotice.COLLEAGUE_ANSWERED: plain(own_colleague, contact_screens.render_let_in),
    PartnerNotice.HANDED_OVER: gathered(
        plain(handed_over, _handed_over),
        N_("Contacts have changed"),
        lambda found, _t: Line(f"{found[1].name}: {found[0].name}", ShowOrganisation(found[0].id)),
        for_staff=True,
    ),
    PartnerNotice.FAREWELL: plain(farewell, contact_screens.render_farewell),
    PartnerNotice.LINK_TAKEN_UP: replace(
        plain(link_taken_up, link_screens.render_taken_up), veiled=N_("A personal link was taken up")
    ),
    PartnerNotice.LINKS_TAKEN_UP: replace(
        plain(links_taken_up, lambda found, t: link_screens.render_taken_up_in(found[0], found[1], 0, t)),
        veiled=N_("Personal links were taken up"),
    ),
    PartnerNotice.LINK_TAKEN_BACK: replace(
        gathered(
            plain(link_taken_back, _link_taken_back),
            N_("Personal links were taken back"),
            lambda found, _t: Line(
                f"{found[0].contact.name}: {found[0].organisation.name}",
                ShowOrganisation(found[0].organisation.id),
            ),
            for_staff=True,
        ),
        veiled=N_("A personal link was taken back"),
    ),
    PartnerNotice.LINK_LOCKED: gathered(
        plain(link_locked, lambda found, t: link_screens.render_locked(found[0], found[1], t)),
        N_("Personal links locked after wrong words"),
        lambda found, _t: Line(f"{found[0].name}: {found[1].name}", ShowOrganisation(found[1].id)),
    ),
    PartnerNotice.CHANGE_ASKED: replace(
        plain(change, organisation_screens.render_change),
        opens=lambda card, _t: Line(card.organisation.name, ShowChange(card.change.id)),
        together=N_("To confirm"),
        veiled=N_("A partner wants to change the register"),
    ),
    PartnerNotice.CHANGE_DECIDED: plain(own_change, organisation_screens.render_change_decided),
}

VIEWS: dict[str, View[Any]] = {
    "colleague": View(
        lambda turn, shows: (
            colleagues.colleague_card(turn, shows.subject_id),
            turn.person,
        ),
        lambda found, _pact, _now, t: contact_screens.render_colleague(found[0], found[1], t),
    ),
    "change": View(
        lambda turn, shows: organisations.show_change(turn, shows.subject_id),
        lambda card, _pact, _now, t: organisation_screens.render_change(card, t),
    ),
    "contact": View(
        lambda turn, shows: (
            contacts.contact_of(turn, shows.subject_id),
            shows.subject_id,
        ),
        lambda found, _pact, _now, t: contact_screens.render_contact(found[0], found[1], t),
    ),
    "link": View(
        lambda turn, shows: taking_up.taken_up_by(turn, shows.subject_id),
        lambda opened, _pact, _now, t: link_screens.render_taken_up(opened, t),
    ),
}
