"""What an organisation is: kind, category, size, sector, and when two names are the same."""

from enum import StrEnum

from domain.basics.typed import clean_line


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

    @classmethod
    def of(cls, people: int) -> "Size":
        below = {10: cls.MICRO, 50: cls.SMALL, 250: cls.MEDIUM}
        return next((size for limit, size in below.items() if people < limit), cls.LARGE)


class Sector(StrEnum):
    CRAFTS = "crafts"
    INDUSTRY = "industry"
    TRADE = "trade"
    SERVICES = "services"
    CONSTRUCTION = "construction"
    TRANSPORT = "transport"
    HOSPITALITY = "hospitality"
    HEALTH = "health"
    EDUCATION = "education"
    OTHER = "other"


UP_TO = {Size.MICRO: 9, Size.SMALL: 49, Size.MEDIUM: 249}


def size_of(employees: int) -> Size:
    return next((size for size, most in UP_TO.items() if employees <= most), Size.LARGE)


def name_key(name: str) -> str:
    """What makes two spellings the same organisation: case, spacing and what is invisible do not count."""
    return clean_line(name).casefold()
