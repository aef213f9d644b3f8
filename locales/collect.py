"""Collects the texts in the code into the catalogues: `make texts`.

English is what stands in the code, so its catalogue is filled in here; German is written by a person.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
NAMES = {"N_": None}
CODE = ((HERE.parent / "handlers", None), (HERE.parent / "domain", None), (HERE.parent / "storage", NAMES))
KEYWORDS = {"t": None, "self": None, "label": None, "plural": (1, 2), "N_": None, "Plural": (1, 2)}


def collect() -> Catalog:
    """Every text in the code, without a translation."""
    catalogue = Catalog(project="klimapakt-bot", charset="utf-8")
    for folder, keywords in CODE:
        found = extract_from_dir(folder, [("**.py", "python")], keywords=keywords or KEYWORDS)
        for _, _, message, _, context in found:
            catalogue.add(message, context=context)
    return catalogue


def read(language: str) -> Catalog:
    with (HERE / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def update(language: str) -> int:
    """Bring one catalogue up to date; gives the number of texts without a translation."""
    catalogue = read(language)
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    missing = [message for message in catalogue if message.id and not all(_strings(message.string))]
    if language == "en":
        for message in missing:
            message.string = message.id
        missing = []
    with (HERE / f"{language}.po").open("wb") as target:
        write_po(target, catalogue, width=100, omit_header=False, sort_output=True)
    return len(missing)


def _strings(string: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (list, tuple)) else (string or "",)


if __name__ == "__main__":
    for language in sorted(file.stem for file in HERE.glob("*.po")):
        print(f"{language}: {update(language)} texts to translate")  # noqa: T201 # a tool for the terminal
