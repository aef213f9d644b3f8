"""What the projector shows, in words: as a page, and as a message where there is no page."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.workshop.acts import Phase
from domain.workshop.board import Board, Column, Result
from handlers.chat.screens.screen import italic, lines, shorten
from handlers.chat.texts import Texts

LEADS = {
    Phase.COLLECT: N_("Collecting notes"),
    Phase.GROUP: N_("Sorting notes"),
    Phase.WEIGH: N_("Weighing"),
    Phase.CLOSED: N_("Results"),
}
MOST_RESULTS = 8  # that are large enough to be read
MOST_COLUMNS = 16
MOST_LINES = 10  # in a message


def page_in_words(board: Board, t: Texts, pact: Pact) -> dict[str, str]:
    return {
        "language": t.language,
        "title": board.title,
        "pact": pact.name,
        "code": t.label("QR code that leads into the workshop"),
        "pause": t.label("Pause"),
        "look": t.label("Light or dark"),
        "lost": t.label("No connection. The page shows what was known last."),
        "over": t.label("This page has ended."),
    }


def state_in_words(board: Board, t: Texts) -> Mapping[str, Any]:
    most = max((result.points for result in board.results), default=0)
    done, of = _progress(board)
    is_collecting = board.phase is Phase.COLLECT
    return {
        "phase": board.phase.value,
        "lead": t.label(LEADS[board.phase]),
        "sentence": _sentence(board, t),
        "value": done,
        "of": of,
        "join": t.label("Scan to take part") if is_collecting else "",
        "groups": [_column(column, board.phase) for column in board.columns[:MOST_COLUMNS]],
        "results": [_result(result, most) for result in board.results[:MOST_RESULTS]],
        "small": _small(board, t),
    }


def _progress(board: Board) -> tuple[int, int]:
    """How much of what the phase is about; nothing where there is no such number."""
    match board.phase:
        case Phase.GROUP:
            return board.sorted_notes, board.notes
        case Phase.WEIGH:
            return board.weighed, board.organisations
        case _:
            return 0, 0


def _sentence(board: Board, t: Texts) -> str:
    match board.phase:
        case Phase.COLLECT:
            return str(t.plural("one note", "{n} notes", board.notes))
        case Phase.GROUP:
            done = board.sorted_notes
            return str(
                t.plural("{done} of one note sorted", "{done} of {n} notes sorted", board.notes, done=done)
            )
        case _:
            return weighed(board.weighed, board.organisations, t)


def weighed(done: int, of: int, t: Texts) -> str:
    return str(
        t.plural(
            "{done} of one organisation has weighed",
            "{done} of {n} organisations have weighed",
            of,
            done=done,
        )
    )


def _small(board: Board, t: Texts) -> str:
    more = len(board.columns) - MOST_COLUMNS
    unseen = str(t.plural("One more on the phones.", "{n} more on the phones.", more)) if more > 0 else ""
    if board.phase is Phase.WEIGH:
        hidden = t.label("The points stay hidden from all until the end.")
        return f"{unseen} {hidden}".strip()
    if not board.results:
        return unseen
    chosen = t.label("✓ chosen so that every organisation decides about as much.")
    more = len(board.results) - MOST_RESULTS
    others = str(t.plural("One more in the report.", "{n} more in the report.", more)) if more > 0 else ""
    return f"{chosen} {others}".strip()


def _column(column: Column, phase: Phase) -> dict[str, Any]:
    count = "" if phase is Phase.WEIGH else str(column.notes)  # it would be taken for points
    return {"name": column.name, "count": count, "lines": [column.newest] if column.newest else []}


def _result(result: Result, most: int) -> dict[str, Any]:
    share = 100 * result.points // most if most else 0
    return {"name": result.name, "points": str(result.points), "share": share, "chosen": result.is_chosen}


def board_lines(board: Board) -> Markup:
    """The same in a message that follows; results have a screen of their own there."""
    shown = board.columns[:MOST_LINES] if board.phase is Phase.COLLECT else ()
    return lines(*(_line(column) for column in shown))


def _line(column: Column) -> Markup:
    newest = italic(shorten(column.newest, 80)) if column.newest else ""
    return lines(Markup("<b>{}</b>: {}").format(shorten(column.name, 60), column.notes), newest)


def start_of(code: str) -> str:
    """What the link that leads into a session carries."""
    return f"w-{code}"
