"""Organisations by their names in a form: what is found is kept, what is not is asked for once more."""

from collections.abc import Iterable

from markupsafe import Markup

from domain.basics.words import N_
from handlers.chat import reading
from handlers.chat.questions import Answers, Asked, Question
from handlers.chat.screens.screen import lines, shorten
from storage.engine.turn import Turn
from storage.events import changing
from storage.partners import register

SHOWN_NAMES = 600


def find_organisations(turn: Turn, answers: Answers) -> Answers:
    """Under `ids` those that the names mean; the names that mean none are asked for again, as `rest`."""
    typed = answers["rest" if "rest" in answers else "organisations"] or ""
    found, unknown = register.find_all(turn.session, turn.pact, typed)
    chosen = dict(zip(answers["ids"], answers["found"], strict=True)) if "rest" in answers else {}
    chosen |= {one.id: one.name for one in found}
    kept = {key: value for key, value in answers.items() if key != "rest"}
    if unknown and not chosen:
        del kept["organisations"]
    return {
        **kept,
        "ids": list(chosen),
        "found": list(chosen.values()),
        "contacts": changing.count_contacts(turn.session, list(chosen)),
        "unknown": bool(unknown),
        "known": _found_and_unknown(chosen.values(), unknown) if unknown else "",
    }


def _found_and_unknown(found: Iterable[str], unknown: dict[str, list[str]]) -> str:
    """Where a name may mean several, which."""
    missing = ", ".join(
        f"{name} ({' / '.join(meant[:3])}?)" if meant else name for name, meant in unknown.items()
    )
    return lines(
        shorten(f"✓ {', '.join(found)}", SHOWN_NAMES) if found else "", shorten(f"❓ {missing}", SHOWN_NAMES)
    )


ORGANISATIONS = Question(
    "organisations",
    N_("Organisations"),
    N_("Which ones? Names from the register, separated by commas. {known}"),
    read=reading.text(1000, 2),
)
REST = Question(
    "rest",
    N_("Organisations"),
    N_("Not all of them were found. Please write the others differently.\n{known}"),
    read=reading.text(1000, 2),
    optional=True,
    skip=N_("Go on without them"),
    skip_if=lambda answers: not answers.get("unknown"),
    follows_up=True,
)


def show_invitations(asked: Asked) -> Markup:
    names = shorten(", ".join(asked.answers.get("found") or []), SHOWN_NAMES)
    contacts = asked.answers.get("contacts") or 0
    return asked.t.plural(
        "Will be invited: <b>{names}</b>, one contact",
        "Will be invited: <b>{names}</b>, {n} contacts",
        contacts,
        names=names,
    )
