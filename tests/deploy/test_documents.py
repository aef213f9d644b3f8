"""What the documents name exists: commands, targets, settings, files."""

import re
import shlex
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.__main__ import _parser
from bot.settings import Settings
from handlers.fields import COMMANDS

HERE = Path(__file__).parents[2]
HANDBOOK = HERE / "docs" / "handbuch"
DOCUMENTS = sorted([*HERE.glob("*.md"), *(HERE / "docs").rglob("*.md"), HERE / "sandbox" / "README.md"])
OF_COMPOSE = {"HOST_NAME", "POSTGRES_PASSWORD"}


def lines(document: Path) -> str:
    return re.sub(r"(-m)\n", r"\1 ", document.read_text())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_targets_exist(document: Path) -> None:
    for words in re.findall(r"python -m bot (?!run\|)([a-z][^\n`|;(]*)", lines(document)):
        _parser().parse_args(shlex.split(words.partition("  ")[0].partition(" #")[0]))
    targets = re.findall(r"^([a-z]+):", (HERE / "Makefile").read_text(), re.MULTILINE)
    for target in re.findall(r"`make ([a-z]+)|^make ([a-z]+)", lines(document), re.MULTILINE):
        assert "".join(target) in targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_modules_exist(document: Path) -> None:
    for name in re.findall(r"python -m ((?:storage|locales|benchmarks|sandbox)[\w.]*)", lines(document)):
        path = HERE / name.rstrip(".").replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").exists(), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_settings_exist(document: Path) -> None:
    known = {name.upper() for name in Settings.model_fields} | OF_COMPOSE
    prefixes = tuple({name.partition("_")[0] for name in known})
    for name in re.findall(r"`([A-Z]+(?:_[A-Z]+)+)=?[^`\n]*`", lines(document)):
        assert name in known or not name.startswith(prefixes), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_linked_files_exist(document: Path) -> None:
    for link in re.findall(r"\]\((?!https?:|#|tg:)([^)#\s]+)", document.read_text()):
        assert (document.parent / link).exists(), link


@pytest.mark.parametrize("page", sorted(HANDBOOK.glob("*.md")), ids=lambda path: path.name)
def test_buttons_and_commands_of_the_handbook_exist(page: Path) -> None:
    with (HERE / "locales" / "de.po").open("rb") as file:
        texts = [message.string for message in read_po(file) if isinstance(message.string, str)]
    for label in re.findall(r"\*\*\[([^\]]+)\]\*\*", page.read_text()):
        assert any(text == label or text.startswith(f"{label} (") for text in texts), label
    names = {name for command in COMMANDS for name in command.names}
    for command in re.findall(r"`/(\w+)`", page.read_text()):
        assert command in names, command


def test_readme_fits_on_one_screen() -> None:
    assert len((HERE / "README.md").read_text().splitlines()) <= 50
