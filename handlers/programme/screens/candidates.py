"""What may become an event of the year, and what was decided about it."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.programme.candidates import Source, Verdict
from handlers.chat.buttons import StartForm, TurnList
from handlers.chat.screens.screen import (
    Button,
    Screen,
    italic,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.programme.buttons import DecideOn, ShowCandidate
from handlers.programme.screens.office import numbers, to_desk
from handlers.programme.screens.words import SOURCES, VERDICTS, speaks_for, title_of
from storage.programme.candidates import Considered

PAGE = 5


MARKS = {Verdict.IN: "✅", Verdict.LATER: "⏳", Verdict.OUT: "✖️"}


def render_candidates(
    found: Sequence[Considered], number: int, year: int, t: Texts, *, is_proportional: bool
) -> Screen:
    shown, number, pages = page_of(found, number, PAGE)
    place = "programme-shares" if is_proportional else "programme-candidates"
    order = (
        t("so that each organisation decides about as much") if is_proportional else t("most support first")
    )
    other = (
        Button(t.label("By the sum"), TurnList("programme-candidates", 0, year))
        if is_proportional
        else Button(t.label("Proportionally"), TurnList("programme-shares", 0, year))
    )
    return Screen(
        paragraphs(
            lines(t("<b>Candidates for {year}</b>", year=year), italic(order)),
            *(_candidate(n, one, t) for n, one in enumerate(shown, number * PAGE + 1)),
            "" if found else t("There are no ideas, no feedback and no offers yet."),
        ),
        (
            *numbers(
                [Button(str(n), ShowCandidate(one.id)) for n, one in enumerate(shown, number * PAGE + 1)]
            ),
            *list_pages(number, pages, place, t, year),
            (other, Button(t.label("Note an offer"), StartForm("year_offer", year))),
            to_desk(year, t),
        ),
    )


def _candidate(number: int, one: Considered, t: Texts) -> str:
    mark = f"{MARKS[one.candidate.verdict]} " if one.candidate.verdict else ""
    return lines(
        t(
            "<b>{n}</b>  {mark}{source}: {title}",
            n=number,
            mark=mark,
            source=t.label(SOURCES[one.candidate.source]),
            title=shorten(title_of(one.candidate, t), 140),
        ),
        italic(speaks_for(one.candidate, t)),
        _held(one, t),
    )


def _held(one: Considered, t: Texts) -> Markup:
    held_by = one.candidate.held_by
    return t("☑️ In the programme {year}", year=held_by) if held_by else Markup()


def render_candidate(one: Considered, offered_by: str, following: int, t: Texts) -> Screen:
    """`following` is the next that is not decided; 0 for none."""
    candidate, year = one.candidate, one.row.year
    idea = Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, candidate.ref_id))
    return Screen(
        paragraphs(
            t("<b>{source}</b>", source=t.label(SOURCES[candidate.source])),
            shorten(title_of(candidate, t), 1000),
            t("Offered by {organisation}", organisation=offered_by) if offered_by else "",
            t("What speaks for it: {words}", words=speaks_for(candidate, t)),
            _held(one, t),
            t(
                "Decided: <b>{verdict}</b>\n{reason}",
                verdict=t.label(VERDICTS[candidate.verdict]),
                reason=candidate.reason,
            )
            if candidate.verdict
            else t("Not decided yet"),
        ),
        (
            tuple(
                Button(f"{MARKS[verdict]} {t.label(label)}", DecideOn(one.id, verdict))
                for verdict, label in VERDICTS.items()
            ),
            *(
                ((Button(t.label("Next candidate"), ShowCandidate(following), style="primary"),),)
                if candidate.verdict and following
                else ()
            ),
            *(((idea,),) if candidate.source is Source.IDEA else ()),
            (Button(t.label("Candidates"), TurnList("programme-candidates", 0, year)),),
            to_desk(year, t),
        ),
    )
