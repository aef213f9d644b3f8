"""Data protection in words, drawn from texts that try to break them."""

from collections.abc import Iterable

import pytest

from domain.basics.consent import WORDINGS, Topic
from domain.basics.deeds import Deed
from domain.basics.pact import Pact
from domain.joining.requests import EntryKind
from domain.measures.quantities import Unit
from domain.privacy.requests import Wish
from handlers.chat import questions
from handlers.chat.texts import Texts
from handlers.fields import FORMS, NOTICES
from handlers.privacy.buttons import FileKind
from handlers.privacy.screens import data, office
from handlers.privacy.screens.values import ABOUT, VALUES
from handlers.privacy.screens.words import COLUMNS, as_the_chat_says
from storage.engine.inventory import Kept
from storage.engine.tables import AccessEntry, Consent
from storage.privacy import own
from storage.privacy.erasure import Erased
from storage.privacy.own import Part
from storage.privacy.periods import CHANGEABLE
from storage.privacy.register import BY_NAME, KEPT
from storage.privacy.requests import Asked
from storage.privacy.retention import Overdue, Standing
from storage.privacy.reviews import Reviewed
from storage.privacy.tables import PrivacyRequest, Review
from tests.support.screens import Draw, Sweep
from tests.support.world import LARGEST, LATE, NOW, World


def parts(w: World) -> list[Part]:
    row = {
        "name": w.fill(128),
        "telegram_id": 2**52,
        "text": w.fill(3000),
        "seen_at": NOW,
        "hopes": ["a"] * 5,
    }
    return [Part(kept, (row,) * (3 if kept.is_of_people else 1)) for kept in KEPT]


def consents() -> list[Consent]:
    return [
        Consent(
            id=LARGEST,
            person_id=1,
            topic=topic,
            text="x",
            version="2026-11-28",
            given_at=NOW,
            withdrawn_at=end,
        )
        for topic in Topic
        for end in (None, LATE)
    ]


def asked(w: World, wish: Wish = Wish.ERASURE) -> Asked:
    request = PrivacyRequest(
        id=LARGEST, person_id=1, wish=wish, came_on=NOW.date(), due_on=LATE.date(), entered_by_id=1
    )
    return Asked(request, w.fill(128), w.fill(160))


def standings() -> Iterable[Standing]:
    yield Standing((), 0, 0, 0, 0, 0)
    yield Standing([Overdue(kept.what, LARGEST) for kept in KEPT], 9999, 9999, 9999, 9999, 9999)


def reviewed(w: World) -> Reviewed:
    review = Review(id=LARGEST, place="case_entry.text", row_id=1, due_at=LATE)
    return Reviewed(review, BY_NAME["case_entry"].what, w.fill(4000))


def entry() -> AccessEntry:
    return AccessEntry(id=1, by_id=1, deed=Deed.BLACKENED, subject_id=LARGEST, done_at=NOW)


SCREENS: dict[str, Draw] = {
    "render_privacy": lambda w: [data.render_privacy(one, w.pact, w.t) for one in (parts(w), [])],
    "render_everything": lambda w: [
        data.render_everything(parts(w), page, w.t) for page in range(len(data.pages(parts(w), w.t)))[::24]
    ],
    "render_file": lambda w: [data.render_file(kind, w.t) for kind in FileKind],
    "render_corrected": lambda w: [data.render_corrected(w.t)],
    "render_consents": lambda w: [data.render_consents(one, w.t) for one in (consents(), [])],
    "render_ask_withdraw": lambda w: [data.render_ask_withdraw(one, w.t) for one in consents()],
    "render_erase": lambda w: [
        data.render_erase(is_last=is_last, is_sure=is_sure, t=w.t)
        for is_last in (True, False)
        for is_sure in (True, False)
    ],
    "render_erased": lambda w: [
        data.render_erased(Erased(1, "de", messages, 1), w.pact, w.t) for messages in ((), (1, 2))
    ],
    "render_ask_to_stay": lambda w: [data.render_ask_to_stay(w.pact, w.t)],
    "render_stays": lambda w: [data.render_stays(w.t)],
    "render_notice": lambda w: [
        data.render_notice(
            [(kept.purpose.words, kept.purpose.ground.value) for kept in KEPT[:9]], w.pact, w.t
        )
    ],
    "render_periods": lambda w: [
        data.render_periods([(kept, days) for kept in KEPT for days in (None, 9999)], page, w.t)
        for page in range(7)
    ],
    "render_standing": lambda w: [
        office.render_standing(one, [asked(w)] * number, LATE.date(), w.t)
        for one in standings()
        for number in (0, 30)
    ],
    "render_found": lambda w: [
        office.render_found(found, w.t) for found in ([], [(w.person(), w.fill(160))] * 12)
    ],
    "render_requests": lambda w: [office.render_requests([asked(w)] * number, w.t) for number in (0, 30)],
    "render_request": lambda w: [office.render_request(asked(w, wish), w.t) for wish in Wish],
    "render_ask_erase": lambda w: [office.render_ask_erase(asked(w), w.t)],
    "render_erased_for": lambda w: [office.render_erased_for(w.t)],
    "render_review": lambda w: [
        office.render_review(None, 0, w.t),
        office.render_review(reviewed(w), 9999, w.t),
    ],
    "render_days": lambda w: [office.render_days(dict.fromkeys(CHANGEABLE, 9999), w.t)],
    "render_log": lambda w: [
        office.render_log([(entry(), w.fill(128))] * 12, 3, more=True, t=w.t),
        office.render_log([], 0, more=False, t=w.t),
    ],
    "render_last_contact": lambda w: [office.render_last_contact(w.fill(160), w.t)],
    "render_to_review": lambda w: [office.render_to_review(number, w.t) for number in (1, 9999)],
    "render_request_due": lambda w: [office.render_request_due(asked(w), w.t)],
}


class TestScreens(Sweep):
    package, screens = "handlers.privacy.screens", SCREENS


@pytest.mark.parametrize("kept", [kept for kept in KEPT if kept.is_of_people], ids=lambda kept: kept.name)
def test_every_column_and_value_of_ones_own_data_has_words(kept: Kept) -> None:
    table = next(iter(kept.columns)).table
    for name in own.shown_of(kept):
        assert name.removesuffix("_id") in COLUMNS or name in COLUMNS
        if values := getattr(table.c[name].type, "enum_class", None):
            assert {*values} <= {*VALUES[values]}


def test_kinds_of_notices_languages_and_keys_of_forms_have_words() -> None:
    t = Texts("de", Pact().timezone)
    row: dict[str, object] = {"kind": "calendar_entry", "language": "de", "answers": {"contact_name": "Anna"}}
    assert [words for _, words in data.row_in_words(row, t)] == ["Termine", "Deutsch", "Kontakt: Anna"]
    assert data.row_in_words({"kind": EntryKind.TALK_NAMED}, t)[0][1] == "Zeiten für das Gespräch"
    assert {*NOTICES} <= {*ABOUT}


def test_amounts_keys_and_weekdays_are_said_and_not_shown_as_they_are_kept() -> None:
    pact = Pact()
    asked_for = questions.Asked(pact, NOW, Texts("de", pact.timezone), {})
    rows: dict[str, dict[str, object]] = {
        "form": {"name": "measure", "question": "known", "answers": {"kind": "light", "state": "done"}},
        "measure_figure": {"unit": Unit.EURO, "value": 400_000, "price": 2_850, "grams": 4_356_000},
        "rsvp": {"replies": {"food": "vegan", "access": "yes"}},
        "idea": {"topic": "exchange"},
        "consent": {"text": WORDINGS[Topic.JOINING].text},
        "notice_wish": {"leads": [86_400], "without": ["recaps"]},
        "staff_member": {"digest_days": [0, 4]},
        "organisation_change": {"wanted": ["street", "city"]},
        "join_request": {"hopes": ["exchange", "eigenes"]},
    }
    parts = as_the_chat_says([Part(BY_NAME[name], (row,)) for name, row in rows.items()], FORMS, asked_for)
    said = [
        f"{what}: {value}" for part in parts for what, value in data.row_in_words(part.rows[0], asked_for.t)
    ]
    assert said == [
        *(
            "Formular: Maßnahme melden",
            "Frage: Grundlage",
            "Antworten: Maßnahme: Beleuchtung; Stand: Umgesetzt",
        ),
        *("Wert: 4.000 €", "Preis: 28,5 Cent je kWh", "Treibhausgase: 4,4 t CO₂"),
        "Antworten auf Fragen zum Termin: Essen: Vegan, Stufenloser Zugang: Ja",
        "Thema: Austausch",
        f"Text: {asked_for.t.label(WORDINGS[Topic.JOINING].text)}",
        *("Erinnerungen vor Terminen: einen Tag vorher", "Abgeschaltet: Rückblicke auf Termine"),
        *("Tage der Übersicht: Mo, Fr", "Wunsch: Straße, Ort", "Erwartungen: Austausch mit anderen, eigenes"),
    ]
