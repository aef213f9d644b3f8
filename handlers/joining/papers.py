"""The papers of a partner: agreement and certificate."""

import json
from datetime import date
from functools import partial

from domain.basics.addresses import phone_in_words
from domain.basics.pact import Pact
from domain.basics.words import N_
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from storage.joining.tables import JoinRequest


def certificate(organisation: str, signed_on: date, pact: Pact, t: Texts) -> File:
    """The certificate of a partner as PDF, one page A4."""
    words = {
        "pact": pact.name,
        "title": t.label("Certificate"),
        "organisation": organisation,
        "is_partner": t.label("is a partner of the {pact}", pact=pact.name),
        "since": t.label("since {day}", day=t.date(signed_on)),
        "purpose": t.label("and acts voluntarily for the climate in {city}.", city=pact.city),
        "office": pact.office,
        "homepage": pact.homepage.removeprefix("https://"),
        "language": t.language,
    }
    return File(t.label("certificate.pdf"), partial(typeset, "certificate", words))


ARTICLES = (
    N_("The organisation joins the {pact} of its own free will and is named as a partner."),
    N_("Within its means it lowers its use of energy and its emissions, and says what it has done."),
    N_("It names a contact, takes part in the exchange among partners, and reports as the annexes say."),
    N_("The office advises and connects the partners and tells the public of what they achieve."),
    N_("No claims for money follow from this agreement. Either side can end it at any time in writing."),
)


def agreement(request: JoinRequest, pact: Pact, t: Texts) -> File:
    """The agreement of an applicant as PDF, filled in as far as the request says."""
    phone = phone_in_words(request.phone) if request.phone else ""
    facts = (
        (t.label("Street"), ""),
        (
            t.label("Postcode, town"),
            f"{request.postcode} {pact.city if pact.has_seat(request.postcode) else ''}",
        ),
        (t.label("Contact"), request.contact_name),
        (t.label("Role"), request.contact_role),
        (t.label("E-mail"), request.email),
        (t.label("Phone"), phone),
    )
    words = {
        "pact": pact.name,
        "title": t.label("Climate partnership agreement"),
        "between": t.label("between the city of {city}, {office}, and", city=pact.city, office=pact.office),
        "organisation": request.organisation,
        "facts": json.dumps(facts),
        "articles": json.dumps([t.label(article, pact=pact.name) for article in ARTICLES]),
        "place": t.label("Place, date"),
        "signed": t.label("For the organisation"),
        "office": t.label("For the city"),
        "language": t.language,
    }
    return File(t.label("agreement.pdf"), partial(typeset, "agreement", words))
