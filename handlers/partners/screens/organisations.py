"""Changes of an organisation's data in words, for its contact and for the office."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.words import N_
from domain.partners.contacts import ChangeState
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, Screen, lines, paragraphs, to_menu
from handlers.chat.texts import Texts
from handlers.partners.buttons import DecideChange, ShowChange, ShowColleague, ShowOrganisation
from storage.engine.following import Shows
from storage.partners.contacts import Team
from storage.partners.organisations import ChangeCard
from storage.partners.tables import ColleagueRequest, Organisation, OrganisationChange

CHANGE_STATES = {
    ChangeState.WAITING: N_("waits for the office"),
    ChangeState.CONFIRMED: N_("confirmed"),
    ChangeState.REFUSED: N_("refused"),
}


def render_change_saved(team: Team, t: Texts, *, waits: bool) -> Screen:
    return Screen(
        paragraphs(
            t("✅ <b>Saved for {organisation}.</b>", organisation=team.organisation.name),
            t("The office confirms changes of name and seat; until then the former ones stay.")
            if waits
            else "",
        ),
        ((Button(t.label("My organisation"), Go("profile")),), to_menu(t)),
    )


def render_to_confirm(
    changes: Sequence[OrganisationChange], colleagues: Sequence[ColleagueRequest], t: Texts
) -> Screen:
    desk = (Button(t.label("Office"), Go("office")),)
    if not changes and not colleagues:
        return Screen(t("Nothing waits to be confirmed."), (desk,))
    rows = tuple((Button(change.name, ShowChange(change.id)),) for change in changes[:40])
    people = tuple((Button(one.name, ShowColleague(one.id)),) for one in colleagues[:40])
    return Screen(t("<b>To confirm</b>"), (*rows, *people, desk))


def render_change(card: ChangeCard, t: Texts) -> Screen:
    change = card.change
    change_id = change.id
    yes = Button(t.label("Confirm"), DecideChange(change_id, 1, card.stamp), style="success")
    no = Button(t.label("Refuse"), DecideChange(change_id, 0, card.stamp), style="danger")
    return Screen(
        _change_words(card, t),
        (
            *(((yes, no),) if change.state is ChangeState.WAITING else ()),
            (
                Button(t.label("The partner"), ShowOrganisation(card.organisation.id), beside=True),
                Button(t.label("All to confirm"), Go("changes")),
            ),
        ),
        shows=Shows("change", change_id),
    )


def _change_words(card: ChangeCard, t: Texts) -> Markup:
    change = card.change
    return paragraphs(
        t("<b>{name} wants to change the register</b>", name=card.by),
        lines(
            t("So far: {seat}", seat=_seat(card.organisation)) if change.state is ChangeState.WAITING else "",
            t("New: <b>{seat}</b>", seat=_seat(change)),
        ),
        t("State: <b>{state}</b>", state=t(CHANGE_STATES[change.state]))
        if change.state is not ChangeState.WAITING
        else "",
        t("By {name}", name=card.decided_by) if card.decided_by else "",
    )


def _seat(of: Organisation | OrganisationChange) -> str:
    return ", ".join(filter(None, (of.name, of.street, f"{of.postcode} {of.city}".strip())))


def render_change_decided(card: ChangeCard, t: Texts) -> Screen:
    """To the contact who asked for it."""
    return Screen(
        lines(
            t("<b>Your change: {state}</b>", state=t(CHANGE_STATES[card.change.state])),
            _seat(card.change),
        ),
        ((Button(t.label("My organisation"), Go("profile")),), to_menu(t)),
    )
