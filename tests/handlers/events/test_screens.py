"""Screens about events, drawn from texts that try to break them; and what some of them must say."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from domain.events.event import EventState, Status
from handlers.chat.buttons import TurnList
from handlers.chat.screens.screen import Screen
from handlers.events.buttons import BringColleague, ShowEvent, ShowPlan
from handlers.events.screens import (
    answering,
    cards,
    feedback,
    planning,
    sharing,
)
from tests.handlers.events.screens import SCREENS
from tests.support.screens import Sweep, check_buttons, german
from tests.support.world import LARGEST, LATE, NOW


class TestScreens(Sweep):
    package, screens = "handlers.events.screens", SCREENS


def test_draft_for_nobody_says_so() -> None:
    world = german()
    draft = world.event(state=EventState.DRAFT, audience=[])
    assert "Noch für niemanden" in planning.render_plan(draft, world.reach(), NOW, world.t).text


def test_card_of_a_large_party_has_at_most_eight_buttons_in_a_row() -> None:
    """A changed client can ask for any number of seats."""
    world = german()
    check_buttons(cards.render_card(world.card(Status.YES, 9), world.t))


def test_saying_how_it_was_can_be_left_at_every_tap() -> None:
    world = german()
    for screen in (
        feedback.render_thanks(world.card(Status.YES, 1), world.t),
        feedback.render_keep(LARGEST, world.t),
        feedback.render_to_change(LARGEST, world.t),
    ):
        assert [button.payload for button in screen.rows[-1]] == [ShowEvent(LARGEST)]


def test_status_is_unmistakable() -> None:
    """Who waits never reads that they are in, and the other way round."""
    world = german()
    for party in (1, 4):
        waits = cards.render_card(world.card(Status.WAITING, party), world.t).text
        comes = cards.render_card(world.card(Status.YES, party), world.t).text
        assert "Warteliste" in waits
        assert "dabei" not in waits
        assert "dabei" in comes
        assert "noch keinen Platz" not in comes


@pytest.mark.parametrize("now", [LATE + timedelta(minutes=1), LATE + timedelta(days=2)])
def test_card_for_all_asks_for_no_answer_that_it_would_refuse(now: datetime) -> None:
    world = german()
    event = world.event(starts_at=LATE + timedelta(hours=1))
    screen = sharing.render_public(event, "https://t.me/b?start=e-1", now, world.t)
    assert "antworten Sie bis" not in screen.text
    assert [button.label for row in screen.rows for button in row] == ["Im Bot öffnen"]
    in_time = sharing.render_public(event, "https://t.me/b?start=e-1", LATE, world.t)
    assert "antworten Sie bis" in in_time.text
    assert len(in_time.rows) == 2


def test_long_lists_can_be_turned_to_their_end_and_every_seat_has_its_code() -> None:
    world = german()
    numbers = range(1, 30)
    answered = [world.card(Status.YES, 1, id=number) for number in numbers]
    drafts = [world.event(id=number) for number in numbers]
    people = [world.person(id=number) for number in numbers]
    lists: tuple[Callable[[int], Screen], ...] = (
        lambda page: cards.render_my_answers(answered, page, world.t),
        lambda page: planning.render_drafts(drafts, page, world.t),
        lambda page: answering.render_colleagues(LARGEST, people, page, world.t),
    )
    for render in lists:
        screen, reached = render(0), set[object]()
        while True:
            buttons = {button.label: button.payload for row in screen.rows for button in row}
            one_each = [row[0].payload for row in screen.rows if len(row) == 1]
            reached |= {one for one in one_each if isinstance(one, ShowEvent | ShowPlan | BringColleague)}
            turn = buttons.get(world.t.label("› next"))
            if not isinstance(turn, TurnList):
                break
            screen = render(turn.page)
        assert len(reached - {ShowEvent(LARGEST)}) == len(numbers)
    codes = answering.render_code(world.card(Status.YES, 20), 0, world.t)
    numbered = {button.payload for row in codes.rows for button in row if button.label.isdecimal()}
    assert len(numbered) == 20
