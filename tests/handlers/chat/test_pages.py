"""Addresses of pages: nobody can guess them, and none opens another page."""

import pytest

from handlers.chat.pages import Pages, subject_of

PAGES = Pages("https://pact.example", "secret")


def test_link_leads_to_the_page_and_only_to_this_one() -> None:
    link = PAGES.link("workshop", 7, "code")
    root, _, name = link.rpartition("/")
    assert root == "https://pact.example/workshop"
    assert subject_of(name) == 7
    assert len(name) >= 20
    assert PAGES.is_name(name, "workshop", 7, "code")
    assert not PAGES.is_name(name, "workshop", 8, "code")
    assert not PAGES.is_name(name, "workshop", 7, "another")
    assert not PAGES.is_name(name, "report", 7, "code")
    assert not Pages("https://pact.example", "other").is_name(name, "workshop", 7, "code")


def test_where_no_browser_comes_there_is_no_link() -> None:
    assert Pages("", "secret").link("workshop", 7, "code") == ""


@pytest.mark.parametrize("name", ["", "-", "x-abc", "²-abc", "-7-abc", "99999999999999999999-abc"])
def test_what_is_no_name_belongs_to_nobody(name: str) -> None:
    assert subject_of(name) == 0


def test_odd_letters_are_no_name() -> None:
    assert not PAGES.is_name("7-ü\udc80", "workshop", 7, "code")
