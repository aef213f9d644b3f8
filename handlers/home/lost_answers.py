"""Where somebody stands whose last answer nobody saw arrive: at a question of a form, or in the menu."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.basics.pact import Pact
from handlers.chat.notices import Kind
from handlers.chat.questions import Asked, Questionnaire
from handlers.chat.screens.forms import render_step
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from handlers.home.screens.menu import render_menu
from storage.engine import forms
from storage.engine.tables import Form, Notice
from storage.engine.turn import Turn
from storage.home import profiles
from storage.home.profiles import Profile


@dataclass(frozen=True)
class Place:
    """The form is None where only the menu is left."""

    form: Form | None
    profile: Profile


def of_lost_answer(questionnaires: Mapping[str, Questionnaire[Any]]) -> Kind[Place]:
    def load(turn: Turn, _notice: Notice) -> Place:
        form = forms.find(turn)
        questionnaire = questionnaires.get(form.name) if form else None
        is_at_question = questionnaire is not None and not questionnaire.stays
        profile = profiles.profile(turn)
        return Place(form if is_at_question else None, profile)

    def render(place: Place, pact: Pact, now: datetime, t: Texts) -> Screen:
        words = t("My last answer may not have reached you. This is where you are:")
        if place.form is None:
            return render_menu(place.profile, pact, t).under(words)
        form = place.form
        asked = Asked(pact, now, t, form.answers, subject_id=form.subject_id)
        return render_step(questionnaires[form.name], form.question, None, asked).under(words)

    return Kind(load, render)
