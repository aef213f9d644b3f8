"""Texts for others to go on with: Markdown for a homepage, and a document that word processors open.

Both are written from the same blocks, and the same blocks give the same bytes.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.basics.sheets import undated
from handlers.chat.screens.screen import File

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_AT_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """Words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    is_quote: bool = False


@dataclass(frozen=True)
class Bullet:
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Table:
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullet | Table


@dataclass(frozen=True)
class Document:
    title: str
    blocks: tuple[Block, ...]
    language: str = "de"
    author: str = field(default="", kw_only=True)


def plain(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def paragraphs_of(runs: Sequence[Run]) -> list[Block]:
    """A text with its marks, cut where a line is left empty; lines that begin with a dot are bullets."""
    blocks: list[Block] = []
    for line in _split(runs):
        text = "".join(run.text for run in line)
        bullet = re.match(r"\s*[•–-]\s+", text)
        if bullet:
            blocks.append(Bullet(_without(line, bullet.end())))
        elif text.strip():
            blocks.append(Paragraph(line))
    return blocks


def _split(runs: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(_like(run, first))
        for other in others:
            yield tuple(one for one in line if one.text)
            line = [_like(run, other)]
    yield tuple(one for one in line if one.text)


def _like(run: Run, text: str) -> Run:
    return Run(text, run.bold, run.italic, run.strike, run.code, run.link)


def _without(line: Sequence[Run], count: int) -> tuple[Run, ...]:
    left = []
    for run in line:
        left.append(_like(run, run.text[count:]))
        count = max(0, count - len(run.text))
    return tuple(run for run in left if run.text)


def markdown(document: Document, name: str) -> File:
    parts = [f"# {_escaped(document.title)}"]
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        text = _block(block)
        if isinstance(block, Bullet) and isinstance(before, Bullet):
            parts[-1] += f"\n{text}"
        else:
            parts.append(text)
    return File(f"{name}.md", ("\n\n".join(parts) + "\n").encode())


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_escaped(text)}"
        case Bullet(runs):
            return f"- {_inline(runs)}"
        case Table(titles, rows):
            return "\n".join((_row(titles), _row(["---"] * len(titles), raw=True), *map(_row, rows)))
        case Paragraph(runs, is_quote):
            return f"> {_inline(runs)}" if is_quote else _inline(runs)


def _row(cells: Sequence[str], *, raw: bool = False) -> str:
    shown = cells if raw else [_escaped(" ".join(cell.split())) for cell in cells]
    return f"| {' | '.join(shown)} |"


def _inline(runs: Sequence[Run]) -> str:
    return _AT_START.sub(r"\1\\\2", "".join(map(_marked, runs)))


def _marked(run: Run) -> str:
    """Marks stand at the words: Markdown takes none beside a blank."""
    inner = run.text.strip()
    if not inner:
        return run.text
    lead, tail = run.text.partition(inner)[::2]
    text = f"`{inner}`" if run.code and "`" not in inner else _escaped(inner)
    for is_so, mark in ((run.strike, "~~"), (run.italic, "*"), (run.bold, "**")):
        text = f"{mark}{text}{mark}" if is_so else text
    if run.link:
        text = f"[{text}](<{run.link.replace('>', '%3E').replace('<', '%3C')}>)"
    return f"{lead}{text}{tail}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def word(document: Document, name: str) -> File:
    """Built in headings, so that it is read aloud and navigated by them."""
    import docx  # noqa: PLC0415 # it takes long to load, and few chats need it

    made = docx.Document()
    about = made.core_properties
    about.title, about.author, about.language = document.title, document.author, document.language
    about.comments, about.last_modified_by = "", document.author
    made.add_heading(document.title, 0)
    for block in document.blocks:
        _write(made, block)
    out = io.BytesIO()
    made.save(out)
    return File(f"{name}.docx", undated(out.getvalue()))


def _write(made: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            made.add_heading(text, level)
        case Bullet(runs):
            _write_runs(made.add_paragraph(style="List Bullet"), runs)
        case Paragraph(runs, is_quote):
            _write_runs(made.add_paragraph(style="Quote" if is_quote else None), runs)
        case Table(titles, rows):
            table = made.add_table(rows=0, cols=len(titles), style="Table Grid")
            for number, cells in enumerate((titles, *rows)):
                for cell, text in zip(table.add_row().cells, cells, strict=True):
                    cell.paragraphs[0].add_run(text).bold = number == 0


def _write_runs(paragraph: Any, runs: Sequence[Run]) -> None:
    for run in runs:
        made = paragraph.add_run(run.text)
        made.bold, made.italic, made.font.strike = run.bold or None, run.italic or None, run.strike or None
        if run.code:
            made.font.name = "Courier New"
        if run.link:
            _link(paragraph, made, run.link)


def _link(paragraph: Any, run: Any, target: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 # as above
    from docx.oxml import OxmlElement  # noqa: PLC0415 # as above
    from docx.oxml.ns import qn  # noqa: PLC0415 # as above

    around = OxmlElement("w:hyperlink")
    around.set(qn("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.font.underline = True
    around.append(run._r)  # noqa: SLF001 # the library has no links of its own
    paragraph._p.append(around)  # noqa: SLF001 # as above


FORMATS: dict[str, Callable[[Document, str], File]] = {"md": markdown, "docx": word}
