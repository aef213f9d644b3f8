"""The catalogues: complete, current, in the polite form; and times in the pact's zone."""

import ast
import importlib
import re
import string
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Message

from domain.basics.pact import Pact
from handlers.chat.texts import LANGUAGES, Texts, language_for

catalogues: Any = importlib.import_module("locales.collect")  # a tool, which mypy is not run on
BERLIN = ZoneInfo("Europe/Berlin")
FAMILIAR = re.compile(r"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)


def ids(message: Message) -> tuple[str, ...]:
    return _several(message.id)


def strings(message: Message) -> tuple[str, ...]:
    return _several(message.string)


def _several(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def tags(text: str) -> list[str]:
    return sorted(re.findall(r"</?[a-z]+>", text))


def messages(language: str) -> list[Message]:
    return [message for message in catalogues.read(language) if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_every_text_of_the_code_and_no_other(language: str) -> None:
    in_code = {ids(message) for message in catalogues.collect() if message.id}
    catalogue = catalogues.read(language)
    assert {ids(message) for message in catalogue if message.id} == in_code
    assert not catalogue.obsolete
    assert not [message.id for message in messages(language) if not all(strings(message))]
    assert not [message.id for message in messages(language) if message.fuzzy]


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_has_the_placeholders_and_the_markup_of_its_text(language: str) -> None:
    for message in messages(language):
        for source, translated in zip(ids(message), strings(message), strict=True):
            assert placeholders(translated) == placeholders(source), source
            assert tags(translated) == tags(source), source


def test_english_catalogue_says_what_the_code_says() -> None:
    assert not [message.id for message in messages("en") if strings(message) != ids(message)]


def test_german_is_translated_and_in_the_polite_form() -> None:
    texts = [text for message in messages("de") for text in strings(message)]
    assert not [text for text in texts if FAMILIAR.search(text)]
    untranslated = [
        m.id for m in messages("de") if strings(m) == ids(m) and len(re.findall(r"[a-z]{3,}", tagless(m))) > 2
    ]
    assert untranslated == []


def tagless(message: Message) -> str:
    return re.sub(r"<[^>]*>|{[^}]*}", " ", ids(message)[0])


@pytest.mark.parametrize(
    ("code", "language"),
    [("de", "de"), ("de-AT", "de"), ("DE", "de"), ("en-GB", "en"), ("fr", "en"), ("", "de"), (None, "de")],
)
def test_telegrams_language_decides_at_first(code: str | None, language: str) -> None:
    assert language_for(code, "de") == language


def test_values_are_escaped_in_messages_and_plain_on_buttons() -> None:
    t = Texts("en", BERLIN)
    assert t("<b>{title}</b>", title="<i>&{x}</i>") == "<b>&lt;i&gt;&amp;{x}&lt;/i&gt;</b>"
    assert t.label("Continue “{title}”", title="<i>&{x}") == "Continue “<i>&{x}”"
    assert t.label("Treffen {Dach} {}") == "Treffen {Dach} {}"  # words of people, as an option shows them


@pytest.mark.parametrize(
    ("language", "start", "end", "shown"),
    [
        ("de", (2026, 12, 10, 13), (2026, 12, 10, 16), "Do., 10. Dezember 2026, 14:00–17:00 Uhr"),
        ("en", (2026, 12, 10, 13), (2026, 12, 10, 16), "Thu, 10 December 2026, 14:00–17:00"),
        ("de", (2027, 7, 1, 12), (2027, 7, 1, 13), "Do., 1. Juli 2027, 14:00–15:00 Uhr"),
        (
            "en",
            (2026, 12, 10, 22),
            (2026, 12, 10, 23),
            "Thu, 10 December 2026, 23:00 to Fri, 11 December 2026, 00:00",
        ),
    ],
)
def test_times_are_shown_in_the_pacts_zone(
    language: str, start: tuple[int, int, int, int], end: tuple[int, int, int, int], shown: str
) -> None:
    t = Texts(language, BERLIN)
    assert t.span(datetime(*start, tzinfo=UTC), datetime(*end, tzinfo=UTC)) == shown


COUNTED = re.compile(r"\{\w+\} (?!Bitte)[A-ZÄÖÜ]\w*(?:en|e|er)\b")
NEVER_ONE = {  # what is counted is always more, or the word is the same for one
    "The first {n} ideas",
    "A recap has at most {most} pictures. Please remove some first.",
    "How should the talk be held? It takes {n} minutes.",
    "Length: {n} minutes",
    "These times overlap; a talk takes {minutes} minutes. Please start again.",
    "{n} minutes",
    "Between {least} and {most} days are possible.",
    "That is too long: {length} characters. Please use at most {longest}.",
    "longer than {limit} characters",
    "shorter than {limit} characters",
    "We need all {n} seats",
    "Yes, we take the {n} seats",
    (
        "⏳ <b>You are waiting with {n} people in all, place {position}.</b> "
        "You have no seats yet and are told as soon as even one is free."
    ),
    "{years} years",
    "{category}, {sector}, {size} employees",  # a class, like “10 to 49”
}


def test_what_is_counted_has_words_for_one() -> None:
    """In German nouns show: a number before a plural needs `t.plural`."""
    alone = [(m.id, m.string) for m in messages("de") if isinstance(m.id, str)]
    assert {source for source, translated in alone if COUNTED.search(str(translated))} <= NEVER_ONE
    assert {source for source, _ in alone} >= NEVER_ONE


def test_one_thing_has_one_word_in_german() -> None:
    """Verzeichnis, Taste, Midcap-Unternehmen; a notice is a Mitteilung."""
    other_words = re.compile(r"\bRegister|Schaltfläche|Knopf|Midcap(?!-Unternehmen)|Benachrichtigung")
    assert not [text for message in messages("de") for text in strings(message) if other_words.search(text)]


FORBIDDEN = {
    "de": re.compile(
        r"\b(bzw|ggf|usw|evtl|z\. ?B|d\. ?h)\.|\b(Button|Account|Login|User|[Kk]lick\w*)\b"
        r"|\b(Urheber|Kollege|Ansprechpartner|Teilnehmer|Mitarbeiter|Verfasser|Nutzer|Bewerber|Empfänger)\b"
        r"|\w(/|\*|:|_)in(nen)?\b|·|\.\.\.| [!?:;]"
    ),
    "en": re.compile(r"\b(click\w*|user|he or she|his or her|log in)\b|\b(etc|e\.g|i\.e)\.|·|\.\.\.| [!?;]"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_polite_plain_and_for_everybody(language: str) -> None:
    """No jargon, abbreviation, man's form for all, nor signs that nobody can read out."""
    found = [text for message in messages(language) for text in strings(message)]
    assert len(found) > 1000
    assert not [text for text in found if FORBIDDEN[language].search(text)]


@pytest.mark.parametrize(
    "text",
    ["Klick hier", "Der Urheber der Idee", "Partner/in", "Kolleg:innen", "z. B. morgen", "Wie ...", "1 · 2"],
)
def test_shapes_that_are_forbidden_would_be_found(text: str) -> None:
    assert FORBIDDEN["de"].search(text)


LONGEST_LABEL = 36  # of a button alone in its row, which a phone shows whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_buttons_fit_a_phone(language: str) -> None:
    t = Texts(language, BERLIN)
    assert not [t.label(one) for one in fixed_labels() if len(t.label(one)) > LONGEST_LABEL]


def fixed_labels() -> set[str]:
    """What buttons and options of forms say, where it is not about anything."""
    calls = [
        call
        for file in Path("handlers").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Button", "Option")
    ]
    words = {
        part.args[0].value
        for call in calls
        for part in ast.walk(call)
        if isinstance(part, ast.Call) and part.args and isinstance(part.args[0], ast.Constant)
    }
    labels = {word for word in words if isinstance(word, str) and " " in word and "{" not in word}
    assert len(labels) > 100
    return labels


@pytest.mark.parametrize(("language", "shown"), [("de", "4. Mai 2027"), ("en", "4 May 2027")])
def test_day_is_written_alike_with_and_without_its_weekday(language: str, shown: str) -> None:
    t = Texts(language, BERLIN)
    assert t.date(date(2027, 5, 4)) == shown
    assert t.day(datetime(2027, 5, 4, 12, tzinfo=UTC)).endswith(f", {shown}")


@pytest.mark.parametrize(
    ("hour", "words"), [(23, "Di., 1. Dezember 2026"), (22, "Di., 1. Dezember 2026, 23:00 Uhr")]
)
def test_deadline_at_midnight_is_the_end_of_the_day_before(hour: int, words: str) -> None:
    assert Texts("de", Pact().timezone).until(datetime(2026, 12, 1, hour, tzinfo=UTC)) == words
