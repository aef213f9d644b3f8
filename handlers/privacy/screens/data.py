"""One's own data in words: what there is, in full, consents, and the way out."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.consent import WORDINGS
from domain.basics.pact import Pact
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    bullets,
    length_shown,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.privacy.buttons import Erase, FileKind, StayKnown, TakeFile, WithdrawConsent
from handlers.privacy.screens.words import column_in_words, in_words
from storage.engine.inventory import Kept
from storage.engine.tables import Consent
from storage.privacy.erasure import Erased
from storage.privacy.own import Part

LONGEST = 3000  # characters of a page
LISTED = 12


def to_data(t: Texts) -> Row:
    return (Button(t.label("My data"), Go("privacy")),)


def render_privacy(parts: Sequence[Part], pact: Pact, t: Texts) -> Screen:
    """How much of what there is, and everything that can be done about it."""
    return Screen(
        _privacy_words(parts, pact, t),
        _privacy_buttons(t),
    )


def _privacy_words(parts: Sequence[Part], pact: Pact, t: Texts) -> Markup:
    counted = (t("{what}: {n}", what=t.label(part.kept.what), n=len(part.rows)) for part in parts)
    person = parts[0].rows[0] if parts else {}
    return paragraphs(
        t("<b>Your data with the {pact}</b>", pact=pact.name),
        lines(
            t("Name: {name}", name=person.get("name", "–")),
            t("Number at Telegram: {number}", number=person.get("telegram_id", "–")),
            t("E-mail: {email}", email=person["email"]) if "email" in person else "",
            t("Phone: {phone}", phone=person["phone"]) if "phone" in person else "",
        ),
        t("Stored about you now:"),
        bullets(counted),
        t(
            "Chats with bots are not end-to-end encrypted. Everything here also works by e-mail, and "
            "so do information, correction and deletion: {email}",
            email=pact.email,
        ),
    )


def _privacy_buttons(t: Texts) -> tuple[Row, ...]:
    return (
        (Button(t.label("Show everything"), Go("privacy-all"), style="primary"),),
        (
            Button(t.label("As a page"), TakeFile(FileKind.PAGE)),
            Button(t.label("As JSON"), TakeFile(FileKind.JSON)),
        ),
        (
            Button(t.label("Correct"), StartForm("my_data", 0)),
            Button(t.label("Consents"), Go("consents")),
        ),
        (
            Button(t.label("What for and how long"), Go("privacy-notice")),
            Button(t.label("Messages of the office"), Go("mailing-wishes")),
        ),
        (Button(t.label("Erase everything …"), Go("erase"), style="danger"),),
        to_menu(t),
    )


def row_in_words(row: dict[str, object], t: Texts) -> list[tuple[str, str]]:
    return [(column_in_words(name, t), in_words(name, value, t)) for name, value in row.items()]


def pages(parts: Sequence[Part], t: Texts) -> list[Markup]:
    """Each as much as a message holds, broken between lines."""
    found: list[Markup] = []
    text, length = Markup(), 0
    for line, begins in ((line, begins) for part in parts for line, begins in _part(part, t)):
        more = length_shown(line.striptags())
        if length and length + more > LONGEST:
            found.append(text)
            text, length = Markup(), 0
        text, length = (paragraphs if begins else lines)(text, line), length + more
    return [*found, text]


def _part(part: Part, t: Texts) -> list[tuple[Markup, bool]]:
    """Its lines, and whether each begins a paragraph."""
    title = (t("<b>{what}</b>", what=t.label(part.kept.what)), True)
    rows = (_lines(row, t) for row in part.rows)
    return [title, *((line, not number) for row in rows for number, line in enumerate(row))]


def _lines(row: dict[str, object], t: Texts) -> list[Markup]:
    return [
        t("{what}: {value}", what=what, value=shorten(value, LONGEST)) for what, value in row_in_words(row, t)
    ]


def render_everything(parts: Sequence[Part], number: int, t: Texts) -> Screen:
    shown, number, count = page_of(pages(parts, t), number, 1)
    return Screen(paragraphs(*shown), (*list_pages(number, count, "privacy-all", t), to_data(t), to_menu(t)))


def render_file(kind: FileKind, t: Texts) -> Markup:
    if kind is FileKind.PAGE:
        return t("Everything that is stored about you, as a page that any browser shows.")
    return t("Everything that is stored about you, as JSON for other programs.")


def render_corrected(t: Texts) -> Screen:
    return Screen(t("Thank you, that is corrected."), (to_data(t), to_menu(t)))


def render_consents(consents: Sequence[Consent], t: Texts) -> Screen:
    """Each with its words, version and time; those that stand can be taken back."""
    return Screen(
        paragraphs(
            t("<b>What you agreed to</b>"),
            *(_consent(one, t) for one in consents[:LISTED]),
            "" if consents else t("Nothing so far."),
        ),
        _consents_buttons(consents, t),
    )


def _consents_buttons(consents: Sequence[Consent], t: Texts) -> tuple[Row, ...]:
    standing = [one for one in consents if one.withdrawn_at is None][:LISTED]
    return (
        *(
            (
                Button(
                    t.label("Take back: {what}", what=t.label(WORDINGS[one.topic].title)),
                    WithdrawConsent(one.id),
                ),
            )
            for one in standing
        ),
        to_data(t),
    )


def _consent(one: Consent, t: Texts) -> Markup:
    return lines(
        t(
            "<b>{title}</b>, {moment}",
            title=t.label(WORDINGS[one.topic].title),
            moment=t.moment(one.given_at),
        ),
        t("“{text}” (version {version})", text=t.label(one.text), version=one.version),
        t("Taken back: {moment}", moment=t.moment(one.withdrawn_at)) if one.withdrawn_at else "",
    )


def render_ask_withdraw(consent: Consent, t: Texts) -> Screen:
    wording = WORDINGS[consent.topic]
    return are_you_sure(
        paragraphs(
            t("<b>Take back: {title}</b>", title=t.label(wording.title)),
            t(wording.effect),
            t("What happened until now stays lawful."),
        ),
        Button(t.label("Yes, take it back"), WithdrawConsent(consent.id, 1), style="danger"),
        Button(t.label("No, back"), Go("consents")),
    )


def render_erase(*, is_last: bool, is_sure: bool, t: Texts) -> Screen:
    """Asked twice, for nothing brings it back."""
    if is_sure:
        return are_you_sure(
            t("<b>Really erase everything?</b> It cannot be undone, not even by the office."),
            Button(t.label("Yes, erase everything now"), Erase(2), style="danger"),
            Button(t.label("No, keep my data"), Go("privacy")),
        )
    return Screen(
        _erase_words(is_last=is_last, t=t),
        (
            (Button(t.label("As a page, to keep"), TakeFile(FileKind.PAGE)),),
            *(((Button(t.label("Name a successor"), StartForm("handover", 0)),),) if is_last else ()),
            (Button(t.label("Go on"), Erase(1), style="danger"),),
            (Button(t.label("No, keep my data"), Go("privacy")),),
        ),
    )


def _erase_words(*, is_last: bool, t: Texts) -> Markup:
    return paragraphs(
        t("<b>Erase everything that is stored about you</b>"),
        bullets(
            (
                t("Gone at once: your name and addresses, forms, messages, questions, answers in words."),
                t("Seats at coming events are given back, an open request is withdrawn."),
                t("Without your name stays what counts for your organisation: support, how many came."),
                t("Notes of the office that may name you are looked through within a week."),
                t("Back-ups: erased again if one is ever restored, gone with it otherwise."),
            )
        ),
        t(
            "Nobody else from your organisation can be reached here. You can name a successor "
            "before; else the office is told that somebody is needed."
        )
        if is_last
        else "",
    )


def render_erased(erased: Erased, pact: Pact, t: Texts) -> Screen:
    """The last that they read; nothing of it is stored."""
    return Screen(
        paragraphs(
            t("<b>Everything that was stored about you is erased.</b>"),
            t("What I wrote here in the last two days is taken back.") if erased.message_ids else "",
            t(
                "Older messages only you can delete: hold the chat in your list and choose “Delete chat”. "
                "What Telegram itself keeps is in its hands."
            ),
            t("With /start you can begin anew. The office: {email}", email=pact.email),
        )
    )


def render_ask_to_stay(pact: Pact, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("You have not used the {pact} here for two years.", pact=pact.name),
            t("Without an answer everything that is stored about you is erased in 30 days."),
        ),
        (
            (Button(t.label("I stay"), StayKnown(), style="success"),),
            (Button(t.label("Erase everything …"), Go("erase")),),
        ),
    )


def render_stays(t: Texts) -> Screen:
    return Screen(t("Good, everything stays as it is."), (to_menu(t),))


def render_notice(purposes: Sequence[tuple[str, str]], pact: Pact, t: Texts) -> Screen:
    """As Articles 13 and 14 ask for it; purposes with their grounds come from the register."""
    return Screen(
        paragraphs(
            t("<b>Data protection</b>"),
            lines(
                t(
                    "Responsible: {office}, {city}, {email}",
                    office=pact.office,
                    city=pact.city,
                    email=pact.email,
                ),
                t("Data protection officer: {officer}", officer=pact.privacy_officer),
                t("You may complain to: {authority}", authority=pact.privacy_authority),
            ),
            t("<b>What for, and on what ground</b>"),
            bullets(t("{what}: {ground}", what=t.label(what), ground=t.label(how)) for what, how in purposes),
            t(
                "Where not from you, your name and address come from your organisation or from the office's "
                "list of partners. Nobody else gets them; nothing is decided by machines."
            ),
            t(
                "<b>Telegram</b> (Dubai) carries the messages, and can read them: chats with bots are not "
                "end-to-end encrypted. Please write nothing here that must stay secret, and nothing of your "
                "health that you are not asked. Everything also works without Telegram, by e-mail or phone, "
                "with no disadvantage."
            ),
            t(
                "You may see, take along, correct, restrict and erase your data, object, and take consents "
                "back at any time: /privacy, or write to the office."
            ),
        ),
        ((Button(t.label("How long"), Go("privacy-periods")),), to_data(t), to_menu(t)),
    )


def render_periods(kept: Sequence[tuple[Kept, int | None]], number: int, t: Texts) -> Screen:
    """What the register says of each table."""
    shown, number, count = page_of(kept, number, 10)
    return Screen(
        paragraphs(t("<b>How long data are kept</b>"), *(_period(one, days, t) for one, days in shown)),
        (
            *list_pages(number, count, "privacy-periods", t),
            (Button(t.label("Data protection"), Go("privacy-notice")),),
        ),
    )


def _period(kept: Kept, days: int | None, t: Texts) -> Markup:
    period = t.plural("one day", "{n} days", days) if days is not None else t(kept.period.words)
    who = ", ".join(t.label(one) for one in kept.seen_by)
    return t("<b>{what}</b>: {period}. Seen by: {who}", what=t.label(kept.what), period=period, who=who)
