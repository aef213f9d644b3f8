"""The board of ideas, drawn from texts that try to break them."""

from dataclasses import replace

from domain.ideas.topics import Topic
from handlers.ideas.screens import board
from storage.ideas.board import PAGE as IDEAS_ON_A_PAGE
from storage.ideas.board import Page as IdeaPage
from storage.ideas.tables import Idea
from tests.support.screens import Draw, Sweep
from tests.support.world import NOW, World


def pages_of_ideas(w: World) -> list[IdeaPage]:
    idea = Idea(id=1, person_id=1, topic=Topic.PROJECT, text=w.fill(2000), created_at=NOW)
    full = IdeaPage(((idea, w.fill(160)),) * IDEAS_ON_A_PAGE, 1, 999, 9999)
    return [full, replace(full, are_all=False), IdeaPage((), 0, 1, 0)]


SCREENS: dict[str, Draw] = {
    "render_ideas": lambda w: [board.render_ideas(page, w.t) for page in pages_of_ideas(w)],
    "render_handed_in": lambda w: [board.render_handed_in(w.t)],
}


class TestScreens(Sweep):
    package, screens = "handlers.ideas.screens", SCREENS
