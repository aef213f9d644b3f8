"""What the file of an organisation says of ideas."""

from datetime import datetime

from markupsafe import Markup
from sqlmodel import col, func, select

from handlers.chat.house import Section
from handlers.chat.screens.screen import Button, Row, bullets, lines, shorten
from handlers.chat.texts import Texts
from handlers.ideas.buttons import IdeaAct, OnIdea
from storage.engine.turn import Turn
from storage.ideas.tables import Idea, IdeaSupport

SHOWN, TAPPED, SAID = 3, 1, 60
Found = tuple[list[Idea], int]


def _load(turn: Turn, organisation_id: int) -> Found:
    mine = select(Idea).where(Idea.organisation_id == organisation_id, col(Idea.withdrawn_at).is_(None))
    supports = select(func.count(col(IdeaSupport.idea_id).distinct())).where(
        IdeaSupport.organisation_id == organisation_id, col(IdeaSupport.ended_at).is_(None)
    )
    newest = mine.order_by(col(Idea.id).desc()).limit(SHOWN)
    return list(turn.session.exec(newest)), turn.session.exec(supports).one()


def _draw(found: Found, _now: datetime, t: Texts) -> tuple[Markup | str, tuple[Row, ...]]:
    ideas, supports = found
    if not ideas and not supports:
        return "", ()
    return lines(
        t("<b>Ideas</b>"),
        bullets(shorten(" ".join(idea.text.split()), SAID) for idea in ideas),
        t.plural("supports one idea", "supports {n} ideas", supports) if supports else "",
    ), tuple(
        (Button(shorten(f"💡 {idea.text}", SAID), OnIdea(IdeaAct.SHOW, idea.id), beside=True),)
        for idea in ideas[:TAPPED]
    )


SECTION = Section(_load, _draw)
