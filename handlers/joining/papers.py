"""The certificate of a partner."""

from datetime import date
from functools import partial

from domain.basics.pact import Pact
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset


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
