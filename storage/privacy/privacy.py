"""What data protection itself keeps of people."""

from sqlmodel import col

from domain.basics.words import N_
from storage.engine import inventory as i
from storage.engine.inventory import Holding, Kept, Period, Sight, Source
from storage.privacy.tables import Erasure, PrivacyPeriod, PrivacyRequest, Review

ERASURES = Period("erasures", N_("the list of erasures, which names nobody"), 1095, 365, 1095)
REVIEWS = Period("reviews", N_("which texts the office looked through after an erasure"), 30, 7, 90)
REQUESTS = Period("requests", N_("requests about personal data that are done"), 1095, 365, 1095)
ADMINISTRATORS = (Sight.ADMINISTRATORS,)

HOLDING = Holding(
    (
        Kept(
            Erasure,
            N_("Erasures"),
            i.PROOF,
            Source.BOT,
            ADMINISTRATORS,
            ERASURES,
            facts=("id", "mark", "erased_at", "cleaned_at"),
            since="erased_at",
            which=lambda: col(Erasure.cleaned_at).is_not(None),
        ),
        Kept(
            Review,
            N_("Texts that the office looks through after an erasure"),
            i.PROOF,
            Source.BOT,
            (Sight.OFFICE,),
            REVIEWS,
            facts=("id", "place", "row_id", "due_at", "done_at"),
            since="done_at",
        ),
        Kept(
            PrivacyRequest,
            N_("Your requests about your data"),
            i.PROOF,
            Source.SELF,
            (Sight.SELF, Sight.OFFICE),
            REQUESTS,
            whose="person_id",
            actors=("entered_by_id", "done_by_id"),
            facts=("id", "wish", "came_on", "due_on", "done_at"),
            since="done_at",
        ),
        Kept(
            PrivacyPeriod,
            N_("Periods that the office has set"),
            i.PROOF,
            Source.OFFICE,
            ADMINISTRATORS,
            i.OF_THE_PACT,
            facts=("name", "days"),
        ),
    ),
)
