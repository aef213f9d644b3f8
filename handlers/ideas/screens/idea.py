"""One idea in words: its text, who supports it, what becomes of it; pledges, comments, its parts."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from domain.ideas.ideas import Pledge, State
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    bullets,
    counted,
    italic,
    length_shown,
    lines,
    paragraphs,
    shorten,
    to_menu,
    turn_pages,
)
from handlers.chat.texts import Texts
from handlers.ideas.buttons import GroupAct, IdeaAct, OnGroup, OnIdea
from handlers.ideas.screens.words import PLEDGES, STATES, topic_in_words
from storage.engine.following import Shows
from storage.ideas.board import Line
from storage.ideas.comments import Remark
from storage.ideas.pledges import Pledged, Pledger
from storage.ideas.tables import Idea, IdeaStep
from storage.ideas.views import Look

STEP = 190  # characters of what the office says, on the idea's screen
PART, PARTS = 80, 4  # characters of another idea that is part of it, and how many are shown
A_PAGE = 2800  # characters of comments on one screen
REMARKS = 6
PLEDGERS = 15


def render_idea(look: Look, t: Texts) -> Screen:
    return Screen(
        paragraphs(_head(look, t), look.idea.text, _facts(look, t), *_outcome(look, t)),
        _ways(look, t),
        shows=Shows("idea", look.idea.id),
    )


def _head(look: Look, t: Texts) -> Markup:
    state = "" if look.idea.state is State.NEW else t.label(STATES[look.idea.state])
    title = ", ".join(part for part in (topic_in_words(look.idea.topic, t), state) if part)
    return lines(
        t("💡 <b>{title}</b>", title=title),
        _why_not_public(look, t),
    )


def _why_not_public(look: Look, t: Texts) -> Markup:
    if look.idea.hidden_at:
        return t("🚫 <i>Hidden by the office: {reason}</i>", reason=shorten(look.idea.hidden_because, STEP))
    if look.idea.published_at:
        return Markup()
    if look.is_own:
        return t("⏳ <i>Only you and the office see this: it waits to be looked at.</i>")
    return t("⏳ <i>Only its author and the office see this: it waits for your look.</i>")


def _facts(look: Look, t: Texts) -> Markup:
    idea = look.idea
    who = [look.line.organisation, look.author, t.day(idea.created_at)]
    return lines(
        italic(", ".join(part for part in who if part)),
        italic(t("corrected on {day}", day=t.day(idea.corrected_at))) if idea.corrected_at else "",
        _supporters(look, t),
        _offers(look.pledged, t),
    )


def _supporters(look: Look, t: Texts) -> Markup:
    count, outside = look.line.voices.organisations, look.line.voices.outside
    parts = [
        t.plural("👍 one organisation", "👍 {n} organisations", count) if count else "",
        t.plural("one person from outside", "{n} people from outside", outside) if outside else "",
        (t("yours too") if look.is_partner else t("you too"))
        if look.supports or look.colleague_supports
        else "",
    ]
    return Markup(", ").join(part for part in parts if part)


def _offers(pledged: Pledged, t: Texts) -> Markup:
    offered = [f"{t.label(PLEDGES[one])} {n}" for one, n in pledged.counts.items()]
    return t("🤝 {offers}", offers=", ".join(offered)) if offered else Markup()


def _outcome(look: Look, t: Texts) -> list[Markup]:
    parts = [shorten(" ".join(line.idea.text.split()), PART) for line in look.parts]
    rest = len(parts) - PARTS
    more = [t.plural("and one more", "and {n} more", rest)] if rest > 0 else []
    return [
        lines(t("<b>Merged with it:</b>"), bullets([*parts[:PARTS], *more])) if parts else Markup(),
        lines(*(step_in_words(step, t) for step in look.steps)),
        lines(
            *(
                t("📅 {title}, {day}", title=event.title, day=t.day(event.starts_at))
                for event in look.events[:3]
            )
        ),
        t("👥 A project group works on it.") if look.group else Markup(),
    ]


def step_in_words(step: IdeaStep, t: Texts) -> Markup:
    head = t.label(STATES[step.state]) if step.state else t.label("The office")
    if not step.is_public:
        head = t.label("The office, to the author alone")
    return t("<b>{head}</b>: {text}", head=head, text=shorten(step.text, STEP))


def _ways(look: Look, t: Texts) -> tuple[Row, ...]:
    idea_id = look.idea.id
    is_live = look.idea.published_at is not None and look.idea.hidden_at is None
    return (
        *(((_media(look.idea, t),),) if look.idea.picture or look.idea.voice else ()),
        *(_for_all(look, t) if is_live else ()),
        *(_for_author(idea_id, t) if look.is_own else ()),
        *(_as_measure(look, t) if is_live else ()),
        *(
            ((Button(t.label("Office: decide, answer"), OnIdea(IdeaAct.OFFICE, idea_id)),),)
            if look.is_staff
            else ()
        ),
        (Button(t.label("All ideas"), Go("ideas")), *to_menu(t)),
    )


def _for_all(look: Look, t: Texts) -> tuple[Row, ...]:
    idea_id = look.idea.id
    support = (
        Button(t.label("No longer support"), OnIdea(IdeaAct.TAKE_BACK, idea_id))
        if look.supports
        else Button(t.label("👍 Support"), OnIdea(IdeaAct.SUPPORT, idea_id), style="primary")
    )
    comments = Button(t.label("Comments ({n})", n=len(look.remarks)), OnIdea(IdeaAct.COMMENTS, idea_id))
    share = Button(t.label("Share"), share=f"idee {idea_id}")
    return (
        (support, Button(t.label("🤝 Help"), OnIdea(IdeaAct.PLEDGES, idea_id))),
        (comments, share),
        *(((Button(t.label("What is one with it"), OnIdea(IdeaAct.PARTS, idea_id)),),) if look.parts else ()),
        *(
            ((Button(t.label("Project group"), OnGroup(GroupAct.SHOW, look.group.id)),),)
            if look.group
            else ()
        ),
        *(
            ()
            if look.is_own or look.is_staff
            else ((Button(t.label("Report"), OnIdea(IdeaAct.ASK_REPORT, idea_id)),),)
        ),
    )


def _media(idea: Idea, t: Texts) -> Button:
    label = t.label("📷 See the picture") if idea.picture else t.label("🎤 Hear the voice note")
    return Button(label, OnIdea(IdeaAct.MEDIA, idea.id))


def _for_author(idea_id: int, t: Texts) -> tuple[Row, ...]:
    return (
        (
            Button(t.label("Correct"), StartForm("fix_idea", idea_id)),
            Button(t.label("Withdraw"), OnIdea(IdeaAct.ASK_WITHDRAW, idea_id)),
        ),
    )


def _as_measure(look: Look, t: Texts) -> tuple[Row, ...]:
    button = Button(t.label("Report as a measure"), StartForm("idea_measure", look.idea.id))
    return ((button,),) if look.is_own and look.is_partner else ()


def _switches(idea_id: int, pledged: Pledged, t: Texts) -> Iterator[Row]:
    for number, pledge in enumerate(Pledge):
        label = counted(t.label(PLEDGES[pledge]), pledged.counts.get(pledge, 0))
        mark = "✓ " if pledge in pledged.own else ""
        yield (Button(f"{mark}{label}", OnIdea(IdeaAct.PLEDGE, idea_id, number)),)


def _pledger(one: Pledger, t: Texts) -> Markup:
    return t(
        "{name}: {offers}",
        name=shorten(", ".join(part for part in (one.name, one.organisation) if part), 70),
        offers=", ".join(t.label(PLEDGES[pledge]) for pledge in one.pledges),
    )


def render_pledges(look: Look, t: Texts) -> Screen:
    """What one can offer; a tap switches it on and off."""
    idea_id, pledged = look.idea.id, look.pledged
    who = [_pledger(one, t) for one in pledged.pledgers[:PLEDGERS]]
    return Screen(
        paragraphs(
            t("<b>What would you do for this idea?</b>\n<i>{text}</i>", text=shorten(look.idea.text, PART)),
            _base(pledged, t),
            t("The office sees who you are. Others only if you allow it.")
            if not pledged.is_open
            else t("The office and others who offer something see who you are."),
            lines(t("<b>Who offers what</b>"), bullets(who)) if who else "",
        ),
        (
            *_switches(idea_id, pledged, t),
            *((_seen_by_others(idea_id, pledged, t),) if pledged.own else ()),
            (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, idea_id)),),
        ),
    )


def _base(pledged: Pledged, t: Texts) -> Markup:
    if pledged.needed_of is None:
        return t(
            "Organisations that offer something: {n}. From {needed} on there will be a project group.",
            n=pledged.organisations,
            needed=pledged.needed,
        )
    return t(
        "Organisations that offer something: {n}. From {needed} on there will be a project group: "
        "a share of the {all} that were in the pact when the idea came.",
        n=pledged.organisations,
        needed=pledged.needed,
        all=pledged.needed_of,
    )


def _seen_by_others(idea_id: int, pledged: Pledged, t: Texts) -> Row:
    label = t.label("Others may not see me") if pledged.is_open else t.label("Others may see me")
    return (Button(label, OnIdea(IdeaAct.SHOW_ME, idea_id, int(not pledged.is_open))),)


def render_comments(look: Look, number: int, t: Texts) -> Screen:
    idea_id = look.idea.id
    pages = _pages(look.remarks)
    number = min(max(number, 0), len(pages) - 1)
    shown = pages[number]
    return Screen(
        paragraphs(
            t("<b>Comments</b>\n<i>{text}</i>", text=shorten(look.idea.text, PART)),
            *(_remark(place, one, t) for place, one in enumerate(shown, 1)),
            "" if shown else t("Nobody has commented yet."),
        ),
        (
            *((_away(place, one, idea_id, t),) for place, one in enumerate(shown, 1)),
            *turn_pages(number, len(pages), lambda page: OnIdea(IdeaAct.COMMENTS, idea_id, page), t),
            *_saying(look, t),
            (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, idea_id)),),
        ),
    )


def _away(place: int, one: Remark, idea_id: int, t: Texts) -> Button:
    if one.may_remove:
        return Button(t.label("Remove {n}", n=place), OnIdea(IdeaAct.REMOVE, idea_id, one.comment.id))
    return Button(t.label("Report {n}", n=place), OnIdea(IdeaAct.ASK_REPORT, idea_id, one.comment.id))


def _saying(look: Look, t: Texts) -> tuple[Row, ...]:
    if not (look.is_partner or look.is_staff):
        return ()
    return ((Button(t.label("Write a comment"), StartForm("say_idea", look.idea.id), style="primary"),),)


def _pages(remarks: Sequence[Remark]) -> list[list[Remark]]:
    """As many on a page as it can show whole."""
    pages: list[list[Remark]] = [[]]
    length = 0
    for remark in remarks:
        size = length_shown(remark.comment.text) + length_shown(remark.by)
        if pages[-1] and (length + size > A_PAGE or len(pages[-1]) == REMARKS):
            pages.append([])
            length = 0
        pages[-1].append(remark)
        length += size
    return pages


def _remark(place: int, remark: Remark, t: Texts) -> Markup:
    return t(
        "<b>{n}</b>  {text}\n<i>{by}, {day}</i>",
        n=place,
        text=remark.comment.text,
        by=remark.by or t.label("The office"),
        day=t.day(remark.comment.written_at),
    )


def render_parts(look: Look, number: int, t: Texts) -> Screen:
    """The ideas that are one with this, each whole on a page."""
    idea_id = look.idea.id
    number = min(max(number, 0), max(len(look.parts) - 1, 0))
    shown = look.parts[number : number + 1]
    return Screen(
        paragraphs(t("<b>Merged with the idea</b>"), *(_part(line, t) for line in shown))
        if shown
        else t("There is none."),
        (
            *turn_pages(
                number, max(len(look.parts), 1), lambda page: OnIdea(IdeaAct.PARTS, idea_id, page), t
            ),
            (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, idea_id)),),
        ),
    )


def _part(line: Line, t: Texts) -> Markup:
    who = ", ".join(part for part in (line.organisation, t.day(line.idea.created_at)) if part)
    return paragraphs(line.idea.text, italic(who))


def render_media(idea: Idea, t: Texts) -> Screen:
    """The picture or voice note that is kept with an idea, ahead of a message."""
    return Screen(
        t("Kept with the idea: <i>{text}</i>", text=shorten(idea.text, PART)),
        ((Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, idea.id)),),),
        pictures=(idea.picture,) if idea.picture else (),
        voice=idea.voice,
    )


def render_ask_withdraw(idea: Idea, t: Texts) -> Screen:
    idea_id = idea.id
    return are_you_sure(
        t("Take this idea off the board for good?\n<i>{text}</i>", text=shorten(idea.text, STEP)),
        Button(t.label("Yes, withdraw"), OnIdea(IdeaAct.WITHDRAW, idea_id), style="danger"),
        Button(t.label("Keep it"), OnIdea(IdeaAct.SHOW, idea_id)),
    )


def render_withdrawn(t: Texts) -> Screen:
    return Screen(
        t("Your idea is withdrawn, its text is gone."),
        ((Button(t.label("All ideas"), Go("ideas")),), to_menu(t)),
    )


def render_ask_report(idea: Idea, comment_id: int, t: Texts) -> Screen:
    idea_id = idea.id
    return are_you_sure(
        t("Tell the office that this is not fit to be read (insult, advertising, data of other people)?"),
        Button(t.label("Yes, report"), OnIdea(IdeaAct.REPORT, idea_id, comment_id), style="danger"),
        Button(t.label("No"), OnIdea(IdeaAct.SHOW, idea_id)),
    )


def render_reported(idea: Idea, t: Texts) -> Screen:
    return Screen(
        t("Thank you, the office looks at it."),
        ((Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, idea.id)),), to_menu(t)),
    )


def render_shared(line: Line, link: str, t: Texts) -> Screen:
    """In any chat; who taps comes to the idea in the bot."""
    support = line.voices.organisations
    return Screen(
        paragraphs(
            t("💡 <b>An idea for the climate pact</b>"),
            shorten(line.idea.text, 600),
            lines(
                italic(line.organisation) if line.organisation else "",
                t.plural("👍 one organisation", "👍 {n} organisations", support) if support else "",
            ),
        ),
        ((Button(t.label("Read and support"), url=link),),),
    )
