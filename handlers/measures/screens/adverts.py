"""What partners offer and need, and what they write to each other, in words."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.words import N_
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    italic,
    lines,
    list_pages,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.measures.buttons import AdvertAct, OnAdvert
from handlers.measures.screens import words
from storage.measures.adverts import Line, Look, Page, Side
from storage.measures.threads import Said, Thread

SAID = 160  # characters of an advert in a list
LINE = 500  # of what somebody wrote, in a thread
HEADS = {
    Side.ALL: N_("Offers and needs"),
    Side.OFFERS: N_("What partners offer"),
    Side.NEEDS: N_("What partners need"),
    Side.OURS: N_("Our offers and needs"),
}


def render_adverts(page: Page, threads: Sequence[Thread], *, is_staff: bool, t: Texts) -> Screen:
    entries = [_entry(number, line, t) for number, line in enumerate(page.lines, 1)]
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=t.label(HEADS[page.side])),
            *entries,
            "" if entries else t("There is none yet. What could you lend, what would you like to know?"),
        ),
        _adverts_buttons(page, threads, is_staff=is_staff, t=t),
    )


def _adverts_buttons(page: Page, threads: Sequence[Thread], *, is_staff: bool, t: Texts) -> tuple[Row, ...]:
    write = (Button(t.label("Offer or ask"), StartForm("advert", 0), style="primary"),)
    others = [
        Button(t.label(HEADS[side]), TurnList("adverts", 0, side))
        for side in Side
        if side is not page.side and not (is_staff and side is Side.OURS)
    ]
    return (
        *_numbers(page),
        *list_pages(page.number, page.pages, "adverts", t, page.side),
        *(() if is_staff else (write,)),
        *(_talk(thread, t) for thread in threads),
        *tuple(tuple(others[at : at + 2]) for at in range(0, len(others), 2)),
        (Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),
    )


def _numbers(page: Page) -> tuple[Row, ...]:
    shown = enumerate(page.lines, 1)
    buttons = tuple(Button(str(number), OnAdvert(AdvertAct.SHOW, one.advert.id)) for number, one in shown)
    return (buttons,) if buttons else ()


def _talk(thread: Thread, t: Texts) -> Row:
    label = t.label("✉️ {name}: {about}", name=thread.other, about=thread.about)
    return (Button(label, OnAdvert(AdvertAct.THREAD, thread.thread.id)),)


def _side(line: Line, t: Texts) -> str:
    return t.label("Needs") if line.advert.is_need else t.label("Offers")


def _entry(number: int, line: Line, t: Texts) -> Markup:
    return t(
        "<b>{number}</b>  {side}: {text}\n<i>{organisation}, {kind}</i>",
        number=number,
        side=_side(line, t),
        text=shorten(" ".join(line.advert.text.split()), SAID),
        organisation=line.organisation,
        kind=t.label(words.KINDS[line.advert.kind]),
    )


def render_advert(look: Look, t: Texts) -> Screen:
    advert_id = look.line.advert.id
    fits = [_entry(number, line, t) for number, line in enumerate(look.fits, 1)]
    numbers = tuple(
        Button(str(number), OnAdvert(AdvertAct.SHOW, line.advert.id))
        for number, line in enumerate(look.fits, 1)
    )
    write = (Button(t.label("Write to them"), StartForm("advert_line", advert_id), style="primary"),)
    end = (Button(t.label("End it"), OnAdvert(AdvertAct.ASK_END, advert_id)),)
    return Screen(
        paragraphs(
            _head(look.line, t),
            lines(t("<b>Goes with it</b>"), *fits) if fits else "",
        ),
        (
            *((numbers,) if numbers else ()),
            *(
                (
                    Button(
                        t.label("✉️ Conversation of {day}", day=t.day(one.opened_at)),
                        OnAdvert(AdvertAct.THREAD, one.id),
                    ),
                )
                for one in look.threads
            ),
            *(() if look.is_own else (write,)),
            *((end,) if look.is_own else ()),
            _to_list(t),
        ),
    )


def _to_list(t: Texts) -> Row:
    return (Button(t.label("Offers and needs"), TurnList("adverts", 0)), *to_menu(t))


def _head(line: Line, t: Texts) -> Markup:
    return lines(
        t("🤝 <b>{side}</b>: {text}", side=_side(line, t), text=line.advert.text),
        italic(f"{line.organisation}, {t.label(words.KINDS[line.advert.kind])}"),
    )


def render_written(look: Look, t: Texts) -> Screen:
    return render_advert(look, t).under(t("✅ Partners can see it under /measure for a year."))


def render_fits(line: Line, t: Texts) -> Screen:
    """For who has said that they need or offer the like."""
    return Screen(
        paragraphs(t("🤝 This could match what you wrote:"), _head(line, t)),
        ((Button(t.label("See it"), OnAdvert(AdvertAct.SHOW, line.advert.id), style="primary"),),),
    )


def render_ask_end(advert_id: int, t: Texts) -> Screen:
    return are_you_sure(
        t("End it? Nobody finds it any more then; conversations about it can go on."),
        Button(t.label("Yes, end it"), OnAdvert(AdvertAct.END, advert_id)),
        Button(t.label("No"), OnAdvert(AdvertAct.SHOW, advert_id)),
    )


def render_ended(t: Texts) -> Screen:
    return Screen(t("All right, it is ended."), (_to_list(t),))


def render_thread(found: Thread, t: Texts) -> Screen:
    thread = found.thread
    can_write = found.other_is_there and thread.ended_at is None
    write = (Button(t.label("Write"), StartForm("partner_line", thread.id), style="primary"),)
    end = Button(t.label("End the conversation"), OnAdvert(AdvertAct.ASK_END_THREAD, thread.id))
    who = ", ".join(part for part in (found.other, found.organisation) if part)
    return Screen(
        paragraphs(
            lines(t("✉️ <b>{who}</b>", who=who), italic(shorten(" ".join(found.about.split()), SAID))),
            *(_said(one, found, t) for one in found.lines),
            "" if can_write else t("This conversation is over."),
        ),
        (*((write, (end,)) if can_write else ()), _to_list(t)),
    )


def _said(one: Said, found: Thread, t: Texts) -> Markup:
    return t(
        "<b>{who}</b>, {day}: {text}",
        who=t.label("You") if one.is_own else found.other,
        day=t.day(one.written_at),
        text=shorten(one.text, LINE),
    )


def render_ask_end_thread(found: Thread, t: Texts) -> Screen:
    return are_you_sure(
        t("End the conversation with {name}? Then neither of you can write any more.", name=found.other),
        Button(t.label("Yes, end it"), OnAdvert(AdvertAct.END_THREAD, found.thread.id)),
        Button(t.label("No"), OnAdvert(AdvertAct.THREAD, found.thread.id)),
    )
