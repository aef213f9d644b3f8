"""What stands in a group about an idea that somebody could make of their message."""

from handlers.chat.screens.screen import Button, Screen
from handlers.chat.texts import Texts
from handlers.ideas.buttons import BecomeIdea


def render_offer(t: Texts) -> Screen:
    """In reply to the message."""
    return Screen(
        t("💡 Should this become an idea for all partners? Whoever wrote it can say so."),
        ((Button(t.label("Make an idea of it"), BecomeIdea(), style="primary"),),),
    )


def render_taken(t: Texts) -> Screen:
    return Screen(t("💡 This is becoming an idea: I have written to whoever said it."))
