"""What people agree to when they leave their data, one by one, in the words that they read."""

from dataclasses import dataclass
from enum import StrEnum

from domain.basics.words import N_

# of these words and of the privacy notice; raise it with each change
CONSENT_VERSION = "2026-11-28"


class Topic(StrEnum):
    JOINING = "joining"
    COLLEAGUE = "colleague"
    ACCESS = "access"
    FOOD = "food"
    PHOTOS = "photos"


@dataclass(frozen=True)
class Wording:
    """`effect` is what happens when the consent is withdrawn."""

    title: str
    text: str
    effect: str
    version: str = CONSENT_VERSION


STORING = N_(
    "May the office store these details and use them to handle your request? "
    "What is stored, what for and until when: /privacy"
)

WORDINGS = {
    Topic.JOINING: Wording(
        N_("Request to join"),
        STORING,
        N_("The request is withdrawn and what it said is erased."),
    ),
    Topic.COLLEAGUE: Wording(
        N_("Acting for an organisation"),
        STORING,
        N_("Your wish to act for the organisation is withdrawn."),
    ),
    Topic.ACCESS: Wording(
        N_("Step-free access"),
        N_("I agree that who prepares the event knows whether I need step-free access, until it is over."),
        N_("Your answer about access is erased."),
    ),
    Topic.FOOD: Wording(
        N_("Food"),
        N_("I agree that who prepares the event knows what I eat, until it is over."),
        N_("Your answer about food is erased."),
    ),
    Topic.PHOTOS: Wording(
        N_("Photos"),
        N_("I agree that photos on which I can be seen are taken at the event and shown to partners."),
        N_("Your answer about photos is erased; pictures that are out already: please tell the office."),
    ),
}
