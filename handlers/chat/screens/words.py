"""Words that no form has asked for: what may become of them; and answers that were corrected by an edit."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from domain.basics.words import N_
from handlers.chat.buttons import DropWords, Go, RunCommand, SendAs
from handlers.chat.commands import Command
from handlers.chat.meanings import Meaning
from handlers.chat.questions import Question, Wrong
from handlers.chat.screens.screen import Button, Row, Screen, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts

SHOWN = 3000  # characters
SHOWN_ANSWER = 600
SHOWN_MEANINGS = 6

UNREAD = {
    "voice": N_("I cannot listen to recordings. Please write it in a few words."),
    "photo": N_("I cannot look at pictures here. Please write what it is about."),
    "sticker": N_("I cannot read stickers and the like. Please write it in words, or tap a button."),
    "file": N_("I can do nothing with files here. Please write what it is about."),
    "other": N_("I can do nothing with that here. Please write it in words, or tap a button."),
}


def _send_as(meaning: Meaning, t: Texts, *, takes: bool) -> Button:
    """`takes`: what was sent with the words goes along."""
    label = t.label(meaning.label)
    return Button(f"📎 {label}" if takes else label, SendAs(meaning.form, meaning.subject_id))


def render_kept(
    text: str,
    meanings: Sequence[Meaning],
    command: Command | None,
    t: Texts,
    with_media: Collection[str] = (),
) -> Screen:
    """`with_media` are the forms that take along the picture or voice note that was sent with the text."""
    rows = [(_send_as(one, t, takes=one.form in with_media),) for one in meanings[:SHOWN_MEANINGS]]
    if command:
        rows.append((_run(command, t),))
    drop = Button(t.label("Drop it"), DropWords())
    return Screen(
        paragraphs(
            t("<b>Your message has not been sent yet.</b> What is it to become?"),
            t("<i>{text}</i>", text=shorten(text, SHOWN)),
            t("📎 Your picture or voice note goes along.") if with_media else "",
        ),
        (*rows, (drop, *to_menu(t))),
    )


def render_dropped(t: Texts) -> Screen:
    return Screen(t("Your message is dropped; nothing was sent."), (to_menu(t),))


def render_unread(kind: str, t: Texts) -> Screen:
    return Screen(unread(kind, t), (to_menu(t),))


def unread(kind: str, t: Texts) -> Markup:
    return t(UNREAD[kind])


def render_unknown_command(typed: str, nearest: Command | None, kept: str, t: Texts) -> Screen:
    """`kept` is what goes along to the nearest one."""
    text = t("There is no command /{typed}.", typed=shorten(typed, 40))
    if nearest is None:
        return Screen(paragraphs(text, t("/help shows what is possible.")), (to_menu(t),))
    name = nearest.in_language(t).command
    return Screen(
        paragraphs(
            text,
            t("Did you mean /{name}?", name=name),
            t("<i>{text}</i>", text=shorten(kept, SHOWN)) if kept else "",
        ),
        ((_run(nearest, t, with_words=bool(kept)),), to_menu(t)),
    )


def meant(nearest: Command, t: Texts, *, with_words: bool) -> Row:
    """Under the question of a form that is open."""
    return (_run(nearest, t, with_words=with_words),)


def _run(command: Command, t: Texts, *, with_words: bool = False) -> Button:
    listed = command.in_language(t)
    return Button(f"/{listed.command}: {listed.description}", RunCommand(listed.command, int(with_words)))


def render_corrected(question: Question, answer: str, t: Texts) -> Screen:
    return Screen(corrected(question, answer, t), (to_menu(t),))


def corrected(question: Question, answer: str, t: Texts) -> Markup:
    return t(
        "✏️ Corrected. {label}: <b>{answer}</b>",
        label=t(question.label),
        answer=shorten(answer, SHOWN_ANSWER),
    )


def render_not_corrected(question: Question | None, why: Wrong, t: Texts) -> Screen:
    return Screen(not_corrected(question, why, t), ((Button(t.label("To the menu"), Go("menu")),),))


def not_corrected(question: Question | None, why: Wrong, t: Texts) -> Markup:
    reason = t(why.message, **why.values)
    if question is None:
        return reason
    return t("⚠️ Your correction was not taken. {label}: {reason}", label=t(question.label), reason=reason)


def render_elsewhere(link: str, t: Texts) -> Screen:
    """In a group, for a command that has its place in a private chat."""
    return Screen(t("That works in a chat with me alone."), ((Button(t.label("Open the chat"), url=link),),))
