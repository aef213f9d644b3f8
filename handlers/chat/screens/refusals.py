"""Refusals in words: why not, and what to do instead. The sentences are the refusals' own."""

from datetime import date, datetime
from string import Formatter

from markupsafe import Markup

from domain.basics.pact import Pact
from domain.basics.refusals import Refusal
from domain.basics.words import Plural, Word
from handlers.chat.buttons import StartForm
from handlers.chat.screens.screen import Button, Screen, paragraphs, to_menu
from handlers.chat.texts import Texts


def render_refusal(refusal: Refusal, t: Texts, pact: Pact) -> Markup:
    sentence = refusal.says()
    if isinstance(sentence, Plural):
        values = _values(sentence.many, refusal, t, pact)
        return t.plural(sentence.one, sentence.many, getattr(refusal, sentence.by), **values)
    return t(sentence, **_values(sentence, refusal, t, pact))


def render_refused(refusal: Refusal, text: Markup, t: Texts, pact: Pact, *, greets: bool) -> Screen:
    """Alone in a message: with the next step, and a greeting for whoever comes for the first time."""
    sentence = refusal.says()
    words = sentence.many if isinstance(sentence, Plural) else sentence
    ask = (Button(t.label("Ask the office"), StartForm("ask", 0)),) if "{email}" in words else ()
    hello = t("Hello and welcome to the {pact}!", pact=pact.name) if greets else ""
    return Screen(paragraphs(hello, text), (*((ask,) if ask else ()), to_menu(t)))


def _values(sentence: str, refusal: Refusal, t: Texts, pact: Pact) -> dict[str, object]:
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name and name != "n"}
    return {name: _in_words(getattr(refusal if hasattr(refusal, name) else pact, name), t) for name in names}


def _in_words(value: object, t: Texts) -> object:
    match value:
        case Word():
            return t(value)
        case datetime():
            return t.moment(value)
        case date():
            return t.date(value)
    return value
