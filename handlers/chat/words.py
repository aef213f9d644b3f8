"""Whatever somebody sends that is neither a tap nor a command: nothing that a person says is lost.

A reply belongs to what its message is about; what is open or was asked last gets its answer; plain words
lead where a command would; all else is kept, and whoever wrote it is asked what is to become of it.
"""

from dataclasses import dataclass, replace

from telegram import Message, Update
from telegram.ext import BaseHandler, filters

from domain.basics import plain_words
from domain.basics.refusals import ButtonIsOutdated, Refusal
from handlers.chat import corrections, forms, kept_words
from handlers.chat.buttons import RunCommand, SendAs, StartForm
from handlers.chat.contents import with_text
from handlers.chat.context import Context
from handlers.chat.field import Commanded
from handlers.chat.form_engine import Desk
from handlers.chat.form_shelf import JUST_TYPED
from handlers.chat.form_views import NO_QUESTION, NO_TEXT, View
from handlers.chat.hearing import Heard, behind_command, content_behind_command, hear
from handlers.chat.kept_words import Kept, Unknown
from handlers.chat.meanings import Awaited, Meaning
from handlers.chat.questions import AGAIN, CARD, SUMMARY, Answers, Doubtful, Question, Wrong
from handlers.chat.screens import words as screens
from handlers.chat.screens.screen import Screen
from storage.engine import forms as stored
from storage.engine import loose_texts
from storage.engine.tables import Form
from storage.engine.turn import Turn

UNHEARD = Wrong(screens.UNREAD["voice"])


@dataclass(frozen=True)
class Led:
    to: Commanded


@dataclass(frozen=True)
class Unread:
    kind: str


Outcome = View | Kept | Led | Unknown | Unread


class Words(BaseHandler[Update, Context, None]):
    """Takes what somebody sends in a private chat and nothing else took, but not Telegram's own notes."""

    def __init__(self) -> None:
        super().__init__(sent)

    def check_update(self, update: object) -> bool:
        message = update.message if isinstance(update, Update) else None
        if message is None or message.chat.type != "private" or message.from_user is None:
            return False
        return not filters.StatusUpdate.ALL.check_update(update)  # type: ignore[arg-type] # it is an Update


async def sent(update: Update, context: Context) -> None:
    message = update.message
    assert message
    if (
        message.via_bot and message.via_bot.id == context.bot.id
    ):  # a card that they have shared into this chat
        await context.settle()
        return
    heard = hear(message, context)
    try:
        outcome = await context.transact(_take, context, heard)
    except Refusal as refusal:
        if heard.about or not await forms.asked_again(context, refusal):
            await kept_words.not_lost(context, heard, refusal)
        return
    if isinstance(outcome, Led):
        context.enter(outcome.to.rule_name)
        await outcome.to.act(context)
        return
    if isinstance(outcome, View):
        outcome = await forms.with_what_takes_time(outcome, context)
    is_further = _is_further_of_album(message, context)
    has_nothing = isinstance(outcome, Unread) or (isinstance(outcome, View) and outcome.problem)
    if not (is_further and has_nothing):
        await context.show(_draw(outcome, context))


def _is_further_of_album(message: Message, context: Context) -> bool:
    """An album comes as a message for each picture; one answer is enough."""
    album, chat = message.media_group_id, context.chat_data
    if album is None or chat is None:
        return False
    before, chat["album"] = chat.get("album"), album
    return before == album


async def start_with_text(context: Context, form: str, message: Message) -> None:
    """A command with words behind it."""
    text, content = behind_command(message), content_behind_command(message)
    heard = Heard(message.message_id, "text", text, text, content=content)
    try:
        view = await context.transact(lambda turn: open_as(Desk(turn, context), form, text, heard))
    except Refusal as refusal:
        await kept_words.not_lost(context, heard, refusal)
    else:
        await _show(view, context)


async def _show(view: View, context: Context) -> None:
    await context.show(forms.draw(await forms.with_what_takes_time(view, context), context))


async def sent_as(context: Context, tap: SendAs) -> None:
    view = await context.transact(_send_as, context, tap)
    await _show(view, context)


def _send_as(turn: Turn, context: Context, tap: SendAs) -> View:
    """What is kept goes where its writer says; a form that refuses it leaves it where it is."""
    desk = Desk(turn, context)
    texts = loose_texts.of(turn)
    if not texts:
        return desk.begin(tap.form, tap.subject_id)
    text, message_id = kept_words.joined(desk), texts[0].message_id if len(texts) == 1 else None
    media = next((one.media for one in reversed(texts) if one.media), "")
    called = kept_words.called_for(desk, text)
    text = called[1] if called and called[1] and called[0].text_for == tap.form else text
    form = desk.unfinished()
    loose_texts.drop(turn.session, turn.person)
    if any(one.takes == "content" for one in desk.questionnaire(tap.form).questions):
        return open_as(
            desk, tap.form, text, Heard(message_id or 0, "text", text, text, content=with_text("", text))
        )
    if form and (form.name, form.subject_id) == (tap.form, tap.subject_id):
        _add_media(desk, form, media)
        return _answer(desk, form, Heard(message_id or 0, "text", text, text))
    return open_with(desk, tap.form, tap.subject_id, text, message_id, media)


def _media(desk: Desk, name: str, media: str) -> Answers:
    """The answer that a picture or voice note is in this form, if it has a place for one."""
    question = desk.questionnaire(name).for_media
    return {question.key: question.read(media, desk.asked({}))} if question and media else {}


def _add_media(desk: Desk, form: Form, media: str) -> None:
    """To what is there already, unless that has one."""
    found = _media(desk, form.name, media)
    form.answers = {**form.answers, **{key: one for key, one in found.items() if not form.answers.get(key)}}


async def ran(context: Context, tap: RunCommand) -> None:
    commanded = context.house.meanings.commanded.get(tap.name)
    if commanded is None:
        raise ButtonIsOutdated
    if tap.with_words and commanded.text_for:
        await sent_as(context, SendAs(commanded.text_for))
    else:
        context.enter(commanded.rule_name)
        await commanded.act(context)


def open_as(desk: Desk, name: str, text: str, heard: Heard) -> View:
    """The form that a command stands for, with what stands behind it: as text, or as what is to go out."""
    question = next((one for one in desk.questionnaire(name).questions if one.takes == "content"), None)
    if question is None:
        return open_with(desk, name, 0, text, heard.message_id, heard.media)
    content = heard.content if heard.words == text else with_text(heard.content, text)
    return desk.begin(name, 0, {question.key: [question.read(content, desk.asked({}))]})


def open_with(
    desk: Desk, name: str, subject_id: int, text: str, message_id: int | None, media: str = ""
) -> View:
    """A form whose question for text is answered already. Where it cannot begin yet the text is kept."""
    questionnaire = desk.questionnaire(name)
    question = questionnaire.for_words
    if question is None:
        return desk.begin(name, subject_id)
    try:
        value = question.read(text, desk.asked(desk.known_at_first(name, subject_id)))
    except Doubtful:
        return _doubted(desk, name, subject_id, Heard(message_id or 0, "text", text, text))
    except Wrong as problem:
        view = desk.begin(name, subject_id)
        loose_texts.keep(desk.turn, text, message_id, media)
        return view if view.wanted else replace(view, problem=problem)
    known = {
        question.key: value,
        JUST_TYPED: [question.key, text],
        **corrections.said(message_id, question.key, text, value),
        **_media(desk, name, media),
    }
    view = _open_knowing(desk, name, subject_id, question, known)
    if view.wanted:
        loose_texts.keep(desk.turn, text, message_id, media)
    form = desk.unfinished()
    if form and view.key == SUMMARY and not questionnaire.has_summary:
        return forms.noted(desk, desk.submit(form))
    return view


def _open_knowing(desk: Desk, name: str, subject_id: int, question: Question, known: Answers) -> View:
    """In the form that is open already, if it asks for that still."""
    form = desk.unfinished()
    if not form or (form.name, form.subject_id, question.key in form.answers) != (name, subject_id, False):
        return desk.begin(name, subject_id, known)
    form.answers = {**form.answers, **known}
    form.question = desk.questionnaire(name).next_key(form.answers)
    return desk.at(stored.save(desk.session, form, desk.now))


def _doubted(desk: Desk, name: str, subject_id: int, heard: Heard) -> View:
    """The form opens where it is, and asks about what is hardly its answer."""
    view = desk.begin(name, subject_id)
    form = desk.unfinished()
    if form and not view.wanted and _is_for_words(desk, form):
        return _answer(desk, form, heard)
    return replace(view, may_become=kept_words.keep(desk, heard, ()).meanings)


def _is_for_words(desk: Desk, form: Form) -> bool:
    question = desk.questionnaire(form.name).for_words
    return question is not None and question.key == form.question


def _take(turn: Turn, context: Context, heard: Heard) -> Outcome:
    return Desk(turn, context).take(lambda desk: _taken(desk, heard))


def _taken(desk: Desk, heard: Heard) -> Outcome:
    found = _of_reply(desk, heard) if heard.words and heard.kind != "command" else ()
    if len(found) == 1 and kept_words.without_call(desk, heard.words) == heard.words:
        return open_with(desk, found[0].form, found[0].subject_id, heard.words, heard.message_id, heard.media)
    if found:
        return kept_words.keep(desk, heard, found)
    form = desk.unfinished()
    if form:
        return _to_form(desk, form, heard)
    if heard.kind == "command":
        return kept_words.unknown(desk, heard)
    return _without_form(desk, heard) if heard.words else Unread(kept_words.unread_kind(heard))


def _of_reply(desk: Desk, heard: Heard) -> tuple[Meaning, ...]:
    """What a reply can become, by the buttons of the message: if that is about one thing only."""
    house = desk.context.house
    starts = [payload for payload in heard.about if isinstance(payload, StartForm) and payload.subject_id]
    direct = {
        Meaning(start.name, "", start.subject_id)
        for start in starts
        if start.name in house.questionnaires and house.questionnaires[start.name].takes_replies
    }
    if len(direct) == 1:
        return tuple(direct)
    about = house.meanings.about
    found = {
        about[key](payload)
        for payload in heard.about
        for key in (type(payload), getattr(payload, "name", ""))
        if key in about
    }
    return tuple(one for one in next(iter(found)) if one.suits(desk.person)) if len(found) == 1 else ()


def _to_form(desk: Desk, form: Form, heard: Heard) -> Outcome:
    """To the question that is open; unless the office has asked something since."""
    awaited = _awaited(desk)
    questionnaire = desk.questionnaire(form.name)
    own = Meaning(form.name, questionnaire.title, form.subject_id)
    if form.answers.get(AGAIN) and kept_words.called_for(desk, heard.words):
        return _without_form(desk, heard)
    is_asked = not questionnaire.stays or questionnaire.is_search
    is_later = awaited and awaited.is_sure and awaited.since > form.touched_at and is_asked
    is_other = heard.kind == "text" and awaited is not None and not own.is_same(awaited.meaning)
    if awaited and is_later and is_other and _answers(desk, awaited.meaning, heard.words):
        return kept_words.keep(desk, heard, (awaited.meaning, own))
    view = _answer(desk, form, heard)
    called = kept_words.called_for(desk, heard.words) if view.problem and heard.kind == "text" else None
    if called and not called[1]:
        return Unknown(heard.words, called[0], "", view)
    return kept_words.unknown(desk, heard, view) if heard.kind == "command" else view


def _awaited(desk: Desk) -> Awaited | None:
    return desk.context.house.meanings.awaited(desk.turn)


def _answer(desk: Desk, form: Form, heard: Heard) -> View:
    """With a note of which message answered which question. Words under a picture are words."""
    key, name = form.question, form.name
    question = desk.questionnaire(name).question(key)
    if question and question.takes == "content" and heard.content:
        return desk.type(heard.content, "content")
    is_card = question is not None and question.takes_cards and heard.kind in ("photo", "voice")
    view = desk.type(f"{heard.given}{CARD}{heard.words}" if is_card else heard.given, heard.kind)
    is_text = heard.kind == "text" or (is_card and bool(heard.words))
    if view.problem is NO_TEXT and heard.words and heard.kind != "command":
        _add_media(desk, form, heard.media)
        view, is_text = desk.type(heard.words), True
    called = kept_words.called_for(desk, heard.words)
    is_said = _says_something(heard.words) and not (called and not called[1])
    misses_tap = is_said and question is not None and question.has_options
    is_call = kept_words.without_call(desk, heard.words) != heard.words
    goes_on = view.problem is NO_QUESTION and desk.questionnaire(name).takes_replies
    is_other = misses_tap or is_call or (plain_words.is_question(heard.words) and not goes_on)
    is_other = is_other or isinstance(view.problem, Doubtful)
    if view.problem and heard.kind == "text" and is_other:
        return replace(view, may_become=kept_words.keep(desk, heard, ()).meanings)
    if view.problem is NO_QUESTION and not called:
        view = _added(desk, form, heard) or view
        is_text = False
    if view.problem:
        return replace(view, problem=UNHEARD) if heard.kind == "voice" else view
    if view.is_done:
        said = corrections.with_last(view, key, heard.message_id, heard.words) if is_text else view
        return forms.noted(desk, said)
    open_form = desk.unfinished()
    if open_form and open_form.name == name and heard.message_id and is_text:
        corrections.note_said(open_form, key, heard.message_id, heard.words)
        stored.save(desk.session, open_form, desk.now)
    return view


def _added(desk: Desk, form: Form, heard: Heard) -> View | None:
    """At the summary: words beneath those that are there, and a picture, where a form has room for more."""
    questionnaire = desk.questionnaire(form.name)
    question = questionnaire.question(questionnaire.grows_at)
    media = _media(desk, form.name, heard.media)
    if question is None or heard.kind == "command" or not (heard.words or media):
        return None
    form.answers = {**corrections.without_said(form.answers, question.key), **media}
    if not heard.words:
        return desk.at(stored.save(desk.session, form, desk.now))
    form.question = question.key
    before = form.answers[question.key]
    view = desk.answer_in_text(form, question, f"{before}\n{heard.words}" if before else heard.words)
    form.question = SUMMARY
    return desk.at(stored.save(desk.session, form, desk.now), view.problem)


def _says_something(text: str) -> bool:
    """Words, a time, a span, a phone number; a number alone is rather a wrong tap."""
    return any(map(str.isalpha, text)) or (any(map(str.isdigit, text)) and not text.isdigit())


def _without_form(desk: Desk, heard: Heard) -> Outcome:
    called = kept_words.called_for(desk, heard.words)
    if called:
        commanded, text = called
        if text and commanded.text_for:
            return open_as(desk, commanded.text_for, text, heard)
        if not text:
            return Led(commanded)
    awaited = _awaited(desk)
    if awaited and awaited.is_sure and _answers(desk, awaited.meaning, heard.words):
        return open_with(
            desk,
            awaited.meaning.form,
            awaited.meaning.subject_id,
            heard.words,
            heard.message_id,
            heard.media,
        )
    return kept_words.keep(desk, heard, (awaited.meaning,) if awaited else ())


def _answers(desk: Desk, meaning: Meaning, text: str) -> bool:
    """Whether the form's question can be answered with this."""
    question = desk.questionnaire(meaning.form).for_words
    try:
        if question:
            question.read(text, desk.asked(desk.known_at_first(meaning.form, meaning.subject_id)))
    except Doubtful:
        return True
    except (Wrong, Refusal):
        return False
    return True


def _draw(outcome: View | Kept | Unknown | Unread, context: Context) -> Screen:
    match outcome:
        case Kept():
            return kept_words.draw_kept(outcome, context)
        case Unknown():
            return kept_words.draw_unknown(outcome, context)
        case Unread(kind):
            return screens.render_unread(kind, context.t)
    return forms.draw(outcome, context)
