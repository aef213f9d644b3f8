"""A mailing as the office sees it: as a draft, on its way, and what has become of it."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.mailings.mailings import AT_WORK, OUT, STOPPABLE, Delivery, Purpose, State
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.contents import Part
from handlers.chat.screens.screen import (
    Button,
    File,
    Row,
    Screen,
    are_you_sure,
    bullets,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.mailings.buttons import MailingAct, OnMailing
from handlers.mailings.screens.words import DELIVERIES, PURPOSES, REASONS, STATES, named, part_in_words, whom
from storage.engine.following import Shows
from storage.mailings.results import Look
from storage.mailings.tables import Mailing

SHOWN = 260  # characters of one message of the content


def render_mailings(found: Sequence[Mailing], number: int, t: Texts) -> Screen:
    shown, number, pages = page_of(found, number)
    return Screen(
        t(
            "<b>Mailings</b>\nMessages of the office to many: with a copy to you first, and a list of who "
            "gets it."
        )
        if found
        else t("<b>Mailings</b>\nNone yet. You write one, have a copy sent to yourself, and let it go out."),
        (
            (Button(t.label("New mailing"), StartForm("mailing", 0), style="primary"),),
            *(
                (Button(f"{t.label(STATES[one.state])}: {named(one, t)}", _do(MailingAct.SHOW, one)),)
                for one in shown
            ),
            *list_pages(number, pages, "mailings", t),
            (Button(t.label("Office"), Go("office")),),
        ),
    )


def _do(act: MailingAct, mailing: Mailing, value: int = 0) -> OnMailing:
    return OnMailing(act, mailing.id, value)


def render_mailing(look: Look, t: Texts) -> Screen:
    """Also the message that shows how it goes, which is put right while it does."""
    mailing = look.mailing
    return Screen(
        paragraphs(
            t("✉️ <b>Mailing: {state}</b>", state=t.label(STATES[mailing.state])),
            lines(*(shorten(_content(part, t), SHOWN) for part in mailing.content)),
            _facts(look, t),
            _progress(look, t),
            _hint(look, t),
        ),
        (*_steps(look, t), (Button(t.label("All mailings"), Go("mailings")),)),
        shows=Shows("mailing", mailing.id),
    )


def _content(part: Part, t: Texts) -> str:
    """A text with its lines."""
    return str(part["text"]) if part["kind"] == "text" else part_in_words(part, t)


def _facts(look: Look, t: Texts) -> Markup:
    mailing = look.mailing
    people = t.plural("one person", "{n} people", look.gets)
    words = whom(look.chosen, t)
    return lines(
        t("To: {whom} ({people})", whom=shorten(words, 400), people=people) if words else t("To: nobody yet"),
        t.plural(
            "One more should get it and does not: see the list.",
            "{n} more should get it and do not: see the list.",
            look.without,
        )
        if look.without
        else "",
        t("Why: {purpose}", purpose=t.label(PURPOSES[mailing.purpose])),
        t("When: {moment}", moment=t.moment(mailing.send_at)) if mailing.send_at else "",
        t("By: {name}", name=look.author),
        t("Approved by: {name}", name=look.approved_by) if look.approved_by else "",
    )


def _progress(look: Look, t: Texts) -> Markup:
    if look.mailing.state not in (*OUT, State.RECALLING, State.RECALLED):
        return Markup()
    done = sum(look.states.get(one, 0) for one in (Delivery.DELIVERED, Delivery.FAILED, Delivery.UNCERTAIN))
    reasons = ((REASONS[reason], count) for reason, count in look.reasons.items())
    uncertain = look.states.get(Delivery.UNCERTAIN, 0)
    return lines(
        t("{done} of {n} handled ({share} %)", done=done, n=look.gets, share=100 * done // max(look.gets, 1)),
        t("✅ Delivered: {n}", n=look.states.get(Delivery.DELIVERED, 0)),
        t("⏳ Left: {n}", n=look.gets - done) if look.gets > done else "",
        *(t("✖️ {reason}: {n}", reason=t.label(reason), n=count) for reason, count in reasons),
        _uncertain(look, uncertain, t) if uncertain else "",
        t("👆 Tapped: {n}", n=look.tapped) if look.tapped else "",
        t("🗑 Recalled: {n}", n=look.recalled) if look.recalled else "",
        t("⚠️ Could not be recalled: {n}", n=look.not_recalled) if look.not_recalled else "",
    )


def _uncertain(look: Look, count: int, t: Texts) -> Markup:
    return t(
        "❓ Uncertain: {n}. Telegram gave no answer, so they have it or not; nothing is sent twice by "
        "itself: {names}",
        n=count,
        names=_names(look, count),
    )


def _names(look: Look, count: int) -> str:
    names = ", ".join(shorten(name, 40) for name in look.uncertain)
    return names + (" …" if count > len(look.uncertain) else "")


def _hint(look: Look, t: Texts) -> Markup | str:
    match look.mailing.state:
        case State.DRAFT:
            return _hint_for_draft(look, t)
        case State.ASKED if look.may_approve:
            return t("Please have a copy sent to you, look at the list, and approve it or give it back.")
        case State.ASKED:
            return t("A second member of staff has been asked. Any change makes it a draft again.")
        case State.STOPPED if not look.has_copy:
            return t("A name was blackened in it after the approval, so those who were left do not get it.")
    return _hint_on_the_way(look.mailing, t) or _hint_on_recall(look, t)


def _hint_on_recall(look: Look, t: Texts) -> Markup | str:
    until = look.recallable_until
    if look.mailing.state not in OUT or until is None:
        return ""
    if look.is_too_late:
        return t("It can no longer be recalled: Telegram lets messages be deleted for 48 hours.")
    return t("It can be recalled until {moment}.", moment=t.moment(until))


def _hint_on_the_way(mailing: Mailing, t: Texts) -> Markup | str:
    match mailing.state:
        case State.READY if mailing.begins_at:
            return t(
                "It goes out on {moment}. Until then it can be stopped, and nobody has it.",
                moment=t.moment(mailing.begins_at),
            )
        case State.PAUSED if mailing.was_interrupted:
            return t(
                "⚠️ Nothing was sent for more than an hour. If the bot was off, go on. If a back-up was "
                "restored, the rest may have it already: then stop here."
            )
        case State.REFUSED:
            return t(
                "It was found more than an hour after its time, as happens after a back-up is restored, "
                "so it was not sent."
            )
    return ""


def _hint_for_draft(look: Look, t: Texts) -> Markup | str:
    mailing = look.mailing
    if mailing.note:
        return t("Given back: {note}", note=shorten(mailing.note, 500))
    if not look.gets:
        return t("Next: choose to whom it goes.")
    if not look.has_copy:
        return t("Next: have a copy sent to yourself. It is drawn from what is stored, as everybody gets it.")
    if look.needs_second:
        return t("It goes to all: somebody else of the office has to approve it.")
    return t.plural(
        "After you tap Send it can be stopped for one minute.",
        "After you tap Send it can be stopped for {n} minutes.",
        int(STOPPABLE.total_seconds() // 60),
    )


def _steps(look: Look, t: Texts) -> tuple[Row, ...]:
    match look.mailing.state:
        case State.DRAFT:
            return _steps_of_draft(look, t)
        case State.ASKED:
            return _steps_of_asked(look, t)
        case State.READY:
            stop = Button(t.label("Stop, not yet"), _do(MailingAct.STOP, look.mailing), style="danger")
            return ((stop,), (_copy(look, t), _list(look, t)))
        case State.REFUSED:
            reopen = Button(t.label("Make it a draft again"), _do(MailingAct.REOPEN, look.mailing))
            return ((reopen,), (_list(look, t),), *_later(look, t))
    return (*_steering(look, t), *_afterwards(look, t))


def _steps_of_draft(look: Look, t: Texts) -> tuple[Row, ...]:
    mailing = look.mailing
    mailing_id = mailing.id
    is_ready = look.has_copy and look.gets
    other = Purpose.BUSINESS if mailing.purpose is Purpose.NEWS else Purpose.NEWS
    label = t.label("Ask for approval") if look.needs_second else t.label("Send to {n}", n=look.gets)
    send = Button(label, _do(MailingAct.SEND, mailing, look.stamp), style="success")
    when = Button(t.label("Later"), StartForm("mailing_when", mailing_id))
    at_once = Button(t.label("At once after all"), _do(MailingAct.AT_ONCE, mailing))
    return (
        (
            Button(
                t.label("To whom?"), _do(MailingAct.WHOM, mailing), style=None if look.gets else "primary"
            ),
            _list(look, t),
        ),
        (_copy(look, t, style="primary" if look.gets and not look.has_copy else None),),
        *(((send,),) if is_ready else ()),
        (
            Button(t.label("New content"), StartForm("mailing_text", mailing_id)),
            at_once if mailing.send_at else when,
        ),
        (
            Button(
                t.label("Make it: {purpose}", purpose=t.label(PURPOSES[other])),
                _do(MailingAct.PURPOSE, mailing),
            ),
        ),
        *_as_text(look, t),
        (Button(t.label("Discard"), _do(MailingAct.ASK_DROP, mailing)),),
    )


def _copy(look: Look, t: Texts, style: str | None = None) -> Button:
    return Button(t.label("Copy to me"), _do(MailingAct.COPY, look.mailing), style=style)


def _list(look: Look, t: Texts) -> Button:
    return Button(t.label("Who gets it?"), TurnList("mailing-people", 0, look.mailing.id))


def _as_text(look: Look, t: Texts) -> tuple[Row, ...]:
    return (
        (
            Button(t.label("As Markdown"), _do(MailingAct.MARKDOWN, look.mailing)),
            Button(t.label("For Word"), _do(MailingAct.WORD, look.mailing)),
        ),
    )


def _steps_of_asked(look: Look, t: Texts) -> tuple[Row, ...]:
    mailing, looking = look.mailing, (_copy(look, t), _list(look, t))
    if look.may_approve:
        yes = Button(t.label("Approve"), _do(MailingAct.APPROVE, mailing, look.stamp), style="success")
        return (looking, (yes, Button(t.label("Give it back"), StartForm("mailing_back", mailing.id))))
    return (looking, (Button(t.label("Back to a draft"), _do(MailingAct.STOP, mailing)),))


def _steering(look: Look, t: Texts) -> tuple[Row, ...]:
    mailing = look.mailing
    stop = Button(t.label("Stop"), _do(MailingAct.STOP, mailing), style="danger")
    if mailing.state is State.SENDING:
        return ((Button(t.label("Pause"), _do(MailingAct.PAUSE, mailing)), stop),)
    if mailing.state is State.PAUSED:
        return ((Button(t.label("Go on"), _do(MailingAct.RESUME, mailing), style="primary"), stop),)
    return ()


def _afterwards(look: Look, t: Texts) -> tuple[Row, ...]:
    mailing = look.mailing
    mailing_id = mailing.id
    uncertain = look.states.get(Delivery.UNCERTAIN, 0) if mailing.state is State.DONE else 0
    again = Button(t.label("Send to those uncertain ({n})", n=uncertain), _do(MailingAct.ASK_RESEND, mailing))
    answers = Button(t.label("Answers ({n})", n=look.answers), TurnList("mailing-answers", 0, mailing_id))
    recall = Button(t.label("Recall"), _do(MailingAct.ASK_RECALL, mailing))
    call = Button(
        t.label("Not reached here: call or write ({n})", n=look.to_reach),
        TurnList("mailing_to_reach", 0, mailing_id),
    )
    return (
        *(((answers,),) if look.answers else ()),
        *(((call,),) if look.to_reach else ()),
        (_list(look, t), _copy(look, t)),
        *(((again,),) if uncertain else ()),
        *(((recall,),) if mailing.state in OUT and look.recallable_until and not look.is_too_late else ()),
        *(_later(look, t) if mailing.state not in AT_WORK else ()),
    )


def _later(look: Look, t: Texts) -> tuple[Row, ...]:
    again = Button(t.label("Write to the same again"), StartForm("mailing", look.mailing.id))
    return ((again,), *_as_text(look, t))


def render_ask_drop(look: Look, t: Texts) -> Screen:
    return are_you_sure(
        t("Discard this mailing? Its content is gone then."),
        Button(t.label("Discard"), _do(MailingAct.DROP, look.mailing), style="danger"),
        Button(t.label("Keep it"), _do(MailingAct.SHOW, look.mailing)),
    )


def render_ask_resend(look: Look, t: Texts) -> Screen:
    uncertain = look.states.get(Delivery.UNCERTAIN, 0)
    return are_you_sure(
        paragraphs(
            t("<b>Send it once more?</b>"),
            _names(look, uncertain),
            t("Who has it already gets it a second time."),
        ),
        Button(t.label("Send once more"), _do(MailingAct.RESEND, look.mailing)),
        Button(t.label("No"), _do(MailingAct.SHOW, look.mailing)),
    )


def render_ask_recall(look: Look, t: Texts) -> Screen:
    return are_you_sure(
        paragraphs(
            t("<b>Recall this mailing?</b>"),
            t.plural(
                "It is deleted in one chat, and goes to nobody else.",
                "It is deleted in {n} chats, and goes to nobody else.",
                look.states.get(Delivery.DELIVERED, 0),
            ),
            t("Some have read it or seen it in a notification: the list says who had it for how long."),
        ),
        Button(t.label("Recall"), _do(MailingAct.RECALL, look.mailing), style="danger"),
        Button(t.label("No"), _do(MailingAct.SHOW, look.mailing)),
    )


def render_file(mailing: Mailing, file: File, t: Texts) -> Screen:
    return Screen(
        t("✉️ {mailing}", mailing=named(mailing, t)),
        ((Button(t.label("To the mailing"), _do(MailingAct.SHOW, mailing)),),),
        file=file,
    )


def render_people(
    mailing: Mailing, entries: Sequence[tuple[str, str]], gets: int, number: int, t: Texts
) -> Screen:
    """Each person with a sign of whether they get it, and why not; the first lines count."""
    shown, number, pages = page_of(entries, number, 20)
    return Screen(
        paragraphs(
            t("<b>Who gets it: {gets} of {n}</b>", gets=gets, n=len(entries))
            if entries
            else t("<b>Who gets it</b>"),
            bullets(
                t("{name}: {what}", name=shorten(name, 70), what=what) if what else shorten(name, 90)
                for name, what in shown
            )
            or t("Nobody yet."),
        ),
        (
            *list_pages(number, pages, "mailing-people", t, mailing.id),
            (
                Button(t.label("As a file"), _do(MailingAct.FILE, mailing)),
                Button(t.label("To the mailing"), _do(MailingAct.SHOW, mailing)),
            ),
        ),
    )


def delivery_in_words(state: Delivery, t: Texts) -> str:
    return t.label(DELIVERIES[state])
