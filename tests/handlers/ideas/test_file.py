"""The office's sheet of all ideas: what is in it, and that it can be read."""

import io
from typing import Any

import openpyxl
import pytest

from domain.ideas.ideas import Pledge, State, Topic
from handlers.ideas.file import write_ideas
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.ideas import board, pledges, progress, support, views
from storage.ideas.board import NewIdea
from tests.support.book import Book, id_of
from tests.support.screens import german

LONG = "Gemeinsam Solarmodule kaufen. " * 60


@pytest.fixture
def book(sqlite: Database) -> Book:
    return Book(sqlite)


def sheet_of(book: Book, staff: Person) -> Any:
    content = write_ideas(book.acts(views.all_for_file, staff), german().t)
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_the_file_has_what_the_office_asks_of_an_idea(book: Book) -> None:
    anna, ben, office = book.contact("Anna"), book.contact("Ben"), book.staff()
    new = NewIdea(Topic.PROJECT, "=Solar", is_named=False)
    one = id_of(book.acts(board.hand_in, anna, new))
    for person in (anna, ben):
        book.acts(support.give, person, one)
        book.acts(pledges.switch, person, one, Pledge.HOST)
    book.acts(progress.change_state, office, one, State.PLANNED, "Im März.")
    book.acts(progress.answer, office, one, "Nur für Anna.", is_public=False)
    book.acts(progress.take_charge, office, one)

    titles, row = ([cell.value for cell in cells] for cells in sheet_of(book, office).iter_rows())
    found = dict(zip(titles, row, strict=True))
    assert (found["Idee"], found["Organisation"], found["Person"]) == ("=Solar", "Anna GmbH", "Anna")
    assert (found["Stand"], found["Zuletzt gesagt"]) == ("Eingeplant", "Im März.")
    assert (found["Unterstützende Organisationen"], found["Angebote"]) == (2, "Gastgeber sein 2")


def test_titles_stay_in_view_and_every_column_has_room_for_its_title(book: Book) -> None:
    anna, office = book.contact("Anna"), book.staff()
    book.acts(board.hand_in, anna, NewIdea(Topic.PROJECT, LONG))
    sheet = sheet_of(book, office)
    widths = [column.width for column in sheet.column_dimensions.values()]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    assert all(width >= len(str(cell.value)) + 2 for width, cell in zip(widths, sheet[1], strict=True)), (
        "a title is cut"
    )
    assert max(widths) <= 50
    assert sheet["D2"].value == LONG
