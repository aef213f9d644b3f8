"""Who may use what: as what somebody stands here, and rules that name who is let in."""

from collections.abc import Iterable
from enum import StrEnum

from domain.basics.refusals import OnlyForAdministrators, OnlyForPartners, OnlyForStaff, OnlyLooking, Refusal
from domain.basics.words import N_


class OfficeRole(StrEnum):
    """As what somebody works in the office; a reader looks, and changes and sends nothing."""

    READER = "reader"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"


ROLES = {
    OfficeRole.READER: N_("reader"),
    OfficeRole.STAFF: N_("staff"),
    OfficeRole.ADMINISTRATOR: N_("administrator"),
}


class Standing(StrEnum):
    """Everybody is a stranger and may be more; whoever decides may also read."""

    STRANGER = "stranger"
    APPLICANT = "applicant"
    CONTACT = "contact"
    MAIN_CONTACT = "main contact"
    HOST = "host"
    READER = "reader"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"


Rule = frozenset[Standing]
NOBODY: Rule = frozenset()
EVERYBODY: Rule = frozenset((Standing.STRANGER,))
SEEN_BY_ALL: Rule = EVERYBODY | {Standing.READER}  # readers see of it what the office sees
APPLICANTS: Rule = frozenset((Standing.APPLICANT,))
PARTNERS: Rule = frozenset((Standing.CONTACT,))
HOSTS: Rule = frozenset((Standing.HOST,))
LOOKING: Rule = frozenset((Standing.READER,))
OFFICE: Rule = frozenset((Standing.STAFF,))
ADMINISTRATORS: Rule = frozenset((Standing.ADMINISTRATOR,))
WITHIN_OFFICE: Rule = LOOKING | OFFICE | ADMINISTRATORS
OF_ROLE: dict[OfficeRole | None, Rule] = {
    None: NOBODY,
    OfficeRole.READER: LOOKING,
    OfficeRole.STAFF: LOOKING | OFFICE,
    OfficeRole.ADMINISTRATOR: WITHIN_OFFICE,
}


def standings(role: OfficeRole | None, *, is_contact: bool, is_main_contact: bool) -> Rule:
    """All that follows from somebody's own row."""
    known: Iterable[Standing] = (
        *((Standing.CONTACT,) if is_contact else ()),
        *((Standing.MAIN_CONTACT,) if is_contact and is_main_contact else ()),
    )
    return EVERYBODY | OF_ROLE[role] | frozenset(known)


def why_not(rule: Rule, role: OfficeRole | None) -> Refusal:
    """What somebody reads who is not let in."""
    if rule == ADMINISTRATORS and role:
        return OnlyForAdministrators()
    if Standing.STAFF in rule and role is OfficeRole.READER:
        return OnlyLooking()
    return OnlyForPartners() if Standing.CONTACT in rule else OnlyForStaff()
