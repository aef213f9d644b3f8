"""Who may join and what a request to join consists of."""

from dataclasses import dataclass
from enum import StrEnum

CONSENT_VERSION = "2026-11"  # of the privacy notice in handlers/screens/privacy.py; raise it with each change


class Kind(StrEnum):
    INITIAL = "initial"
    PARTNER = "partner"


class Category(StrEnum):
    COMPANY = "company"
    ASSOCIATION = "association"
    INSTITUTION = "institution"


class Size(StrEnum):
    """Employees, in the classes of the EU's definition of small and medium-sized enterprises (2003/361)."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class RequestState(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class NewRequest:
    organisation: str
    category: Category
    postcode: str
    size: Size
    contact_name: str
    email: str
    phone: str | None


def name_key(name: str) -> str:
    """What makes two spellings the same organisation: case and spacing do not count."""
    return " ".join(name.casefold().split())
