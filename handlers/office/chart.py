"""The chart of the last weeks as a picture."""

import json
from functools import partial

from domain.basics.pact import Pact
from handlers.chat.screens.screen import File, Screen
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from handlers.office.screens.digest import render_chart_words
from storage.office.chart import Weeks

SHARP = 220  # points of the picture in an inch: for a phone


def draw(weeks: Weeks, pact: Pact, t: Texts) -> Screen:
    groups = (
        [t.label("Answers to events"), weeks.answers],
        [t.label("Partners"), weeks.partners],
        [t.label("New ideas"), weeks.ideas],
    )
    inputs = {
        "title": pact.name,
        "groups": json.dumps(groups),
        "weeks": json.dumps([t.label("w{n}", n=monday.isocalendar().week) for monday in weeks.mondays]),
    }
    picture = partial(typeset, "weeks", inputs, as_picture=True, ppi=SHARP)
    words = render_chart_words(len(weeks.mondays), weeks.until, t)
    return Screen(words, image=File("weeks.png", picture))
