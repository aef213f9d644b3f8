"""The words for what an idea is about, what becomes of it, and what people offer."""

from domain.basics.words import N_
from domain.ideas.ideas import Pledge, State, Topic
from handlers.chat.texts import Texts

TOPICS: dict[str, str] = {
    Topic.EXCHANGE: N_("Exchange formats"),
    Topic.VISIBILITY: N_("Visibility"),
    Topic.PROJECT: N_("Project ideas"),
    Topic.OTHER: N_("Other"),
}
STATES = {
    State.NEW: N_("New"),
    State.CONSIDERED: N_("Being considered"),
    State.PLANNED: N_("Planned"),
    State.UNDER_WAY: N_("Under way"),
    State.DONE: N_("Done"),
    State.NOT_NOW: N_("Not now"),
}
PLEDGES = {
    Pledge.JOIN: N_("Take part"),
    Pledge.LEAD: N_("Take the lead"),
    Pledge.HOST: N_("Be the host"),
    Pledge.EXPERTISE: N_("Bring expertise"),
    Pledge.MEANS: N_("Money or machines"),
}


def topic_in_words(topic: str, t: Texts) -> str:
    """A topic that the pact has named itself stands as it is."""
    return t.label(TOPICS[topic]) if topic in TOPICS else topic
