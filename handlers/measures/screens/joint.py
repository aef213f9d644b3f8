"""Joint measures, and partners who would like to talk about one, in words."""

from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import Button, Screen, are_you_sure, italic, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.measures.buttons import MeasureAct, OnMeasure
from handlers.measures.screens import words
from storage.ideas.tables import Idea
from storage.measures.joint import Met, Share
from storage.measures.tables import Measure
from storage.measures.views import Look

IDEA = 300


def render_meet_asked(measure: Measure, t: Texts) -> Screen:
    return Screen(
        t(
            "Whoever answers for <b>{title}</b> is asked. You hear of each other if they agree.",
            title=measure.title,
        ),
        ((Button(t.label("To the measure"), OnMeasure(MeasureAct.SHOW, measure.id)),),),
    )


def render_match(met: Met, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("🤝 Somebody would like to talk to you about <b>{title}</b>.", title=met.measure.title),
            t(
                "From: {organisation}. May they have your name, and you theirs?",
                organisation=met.organisation,
            )
            if met.organisation
            else t("May they have your name, and you theirs?"),
        ),
        (
            (
                Button(
                    t.label("Yes, gladly"), OnMeasure(MeasureAct.LET_MEET, met.match.id, 1), style="success"
                ),
                Button(t.label("No"), OnMeasure(MeasureAct.LET_MEET, met.match.id, 0)),
            ),
        ),
    )


def render_met(met: Met, t: Texts) -> Screen:
    facts = ", ".join(
        fact for fact in (met.other.name, met.organisation, met.other.email, met.other.phone) if fact
    )
    return Screen(
        paragraphs(
            t("🤝 About <b>{title}</b>: you can talk to each other.", title=met.measure.title),
            facts,
        ),
        ((Button(t.label("Write here"), StartForm("match_line", met.match.id)),), to_menu(t)),
    )


def render_not_met(t: Texts) -> Screen:
    return Screen(t("All right, nobody will hear your name."), (to_menu(t),))


def render_share(asked: Share, t: Texts) -> Screen:
    measure_id = asked.measure.id
    return Screen(
        paragraphs(
            t("🤝 <b>{title}</b>: a joint measure?", title=asked.measure.title),
            t(
                "{organisation} says that {percent} % of it are yours: {tonnes} a year.",
                organisation=asked.organisation,
                percent=asked.share.percent,
                tonnes=words.tonnes(asked.grams, t),
            ),
        ),
        (
            (
                Button(t.label("Agreed"), OnMeasure(MeasureAct.AGREE, measure_id, 1), style="success"),
                Button(t.label("No"), OnMeasure(MeasureAct.AGREE, measure_id, 0)),
            ),
            (Button(t.label("See the measure"), OnMeasure(MeasureAct.SHOW, measure_id)),),
        ),
    )


def render_share_settled(measure: Measure, t: Texts) -> Screen:
    return Screen(
        t("A partner has answered about their share of <b>{title}</b>.", title=measure.title),
        ((Button(t.label("See the measure"), OnMeasure(MeasureAct.SHOW, measure.id)),),),
    )


def render_not_shared(t: Texts) -> Screen:
    return Screen(t("All right, none of it counts as yours."), (to_menu(t),))


def render_ask_end_share(look: Look, organisation_id: int, t: Texts) -> Screen:
    shared = next((one for one in look.shares if one.organisation.id == organisation_id), None)
    measure_id = look.measure.id
    name = shared.organisation.name if shared else ""
    return are_you_sure(
        t(
            "End the share of {partner} in <b>{title}</b>? From then on it counts for the other side alone; "
            "reports that are handed in stay as they are.",
            partner=name,
            title=look.measure.title,
        ),
        Button(t.label("End it"), OnMeasure(MeasureAct.END_SHARE, measure_id, organisation_id)),
        Button(t.label("No"), OnMeasure(MeasureAct.SHOW, measure_id)),
    )


def render_share_ended(measure: Measure, t: Texts) -> Screen:
    return Screen(
        t("A share of <b>{title}</b> was ended. What is handed in stays as it is.", title=measure.title),
        ((Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),),
    )


def render_from_idea(idea: Idea, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("💡 The office asks: have you carried out any of your idea?"),
            italic(shorten(" ".join(idea.text.split()), IDEA)),
        ),
        ((Button(t.label("Report as a measure"), StartForm("idea_measure", idea.id), style="primary"),),),
    )
