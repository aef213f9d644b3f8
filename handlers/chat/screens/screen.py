"""What a person sees: a text and its buttons. Screens are pure: data in, text and keyboard out."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, TypeVar

import msgspec
from markupsafe import Markup, escape
from telegram import ReplyKeyboardRemove

from domain.basics.paging import page_within
from handlers.chat.buttons import BESIDE, Go, Payload, TurnList
from handlers.chat.texts import Texts
from storage.engine.following import Shows
from storage.engine.tables import ShownAs

TEXT_LIMIT = 4096  # of a message, in UTF-16 units, counted after the markup is parsed
CAPTION_LIMIT = 1024  # of the text under a file, counted the same way
_TAG = re.compile("<[^<>]*>")
_PIECE = re.compile("<[^<>]*>|&[^;]{1,9};|.", re.DOTALL)
LABEL_LIMIT = 48  # longer ones are cut off on a phone
WIDTHS = {2: 14, 3: 9, 4: 6, 5: 5, 6: 4, 7: 3, 8: 3}  # characters of a label, by the buttons of its row
ENDS = 20  # characters of a label that tell it from others with the same beginning
LISTED = 8  # buttons of a list on one screen
T = TypeVar("T")


class Button(msgspec.Struct, frozen=True):
    label: str
    payload: Payload | None = None
    url: str | None = None
    style: str | None = None
    share: str | None = None  # opens the choice of a chat, and asks the bot there for this
    beside: bool = False  # leads to a new message, and this one stays

    def build(self) -> dict[str, str]:
        built = {"text": shorten(self.label, LABEL_LIMIT)}
        if self.payload is not None:
            built["callback_data"] = (BESIDE if self.beside else "") + self.payload.pack()
        if self.url is not None:
            built["url"] = self.url
        if self.share is not None:
            built["switch_inline_query"] = self.share
        if self.style is not None:
            built["style"] = self.style
        return built


Row = tuple[Button, ...]


def fitting(row: Sequence[T], length: Callable[[T], int]) -> list[Sequence[T]]:
    """A row in as many as a phone needs to show its labels whole."""
    widest = 0
    for number, one in enumerate(row, 1):
        widest = max(widest, length(one))
        if number > 1 and widest > WIDTHS[number]:
            return [row[: number - 1], *fitting(row[number - 1 :], length)]
    return [row]


@dataclass(frozen=True)
class TypedButtons:
    """A keyboard in place of the phone's own: the only kind that can share the phone number."""

    share_phone: str
    others: tuple[str, ...]

    def build(self) -> dict[str, Any]:
        share_phone = {"text": self.share_phone, "request_contact": True}
        others = [[{"text": label} for label in row] for row in fitting(self.others, len)]
        return {"keyboard": [[share_phone], *others], "resize_keyboard": True, "one_time_keyboard": True}


@dataclass(frozen=True)
class File:
    """What takes long to draw is given as a function, and drawn beside the event loop when it is sent.

    What Telegram has already is `stored` under an id there.
    """

    name: str
    source: bytes | Callable[[], bytes] = b""
    stored: str = ""

    @property
    def content(self) -> bytes:
        return self.source if isinstance(self.source, bytes) else self.source()


@dataclass(frozen=True)
class InRoom:
    """What a message shows of something in which many take part, and as of which of its acts.

    Without `words` the message shows a part that stays as it is until all go on.
    """

    id: int
    sequence: int
    words: str = ""


@dataclass(frozen=True)
class Screen:
    """`toast` flashes up where a tap caused the screen; `farewell` takes typed buttons away first.

    With a `file` the text is its caption, and may be CAPTION_LIMIT long; an `image` is a file that is shown
    as a picture. `pictures` are Telegram's ids of pictures that go ahead of a new message, as `documents` and
    a `voice` note do. `card_of` is the event whose card it is, `shows` what else it shows: the message is put
    right when that changes, as is what shows a `room`. A file that `takes_out` is for what is not in the
    calendar any more. `asks`: for a form's next answer (False: it asks no more), so that the prompt before
    it loses its buttons.
    """

    text: Markup
    rows: tuple[Row, ...] = ()
    typed: TypedButtons | None = None
    toast: str = ""
    farewell: str = ""
    file: File | None = None
    image: File | None = None
    pictures: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    voice: str = ""
    card_of: int | None = None
    room: InRoom | None = None
    shows: Shows | None = None
    takes_out: bool = False
    asks: bool | None = None

    @property
    def shown_as(self) -> ShownAs:
        if self.file is None:
            return ShownAs.CARD
        return ShownAs.REMOVAL if self.takes_out else ShownAs.FILE

    @property
    def stands_alone(self) -> bool:
        """Whether it cannot take the place of a text: it carries something, or changes the typed buttons."""
        carries = self.file or self.image or self.pictures or self.documents or self.voice
        return bool(carries or self.typed or self.farewell)

    @property
    def sent(self) -> Markup:
        """The text as far as Telegram takes it."""
        return as_far_as(self.text, CAPTION_LIMIT if self.file or self.image else TEXT_LIMIT)

    def keyboard(self) -> Any:
        """As the Bot API has it: an eighth of the time of the library's objects, which become the same."""
        if self.typed:
            return self.typed.build()
        if not self.rows:
            return None
        rows = [part for row in self.rows for part in fitting(row, lambda button: len(button.label))]
        return {"inline_keyboard": _told_apart([[button.build() for button in row] for row in rows], rows)}

    def with_buttons(self, is_wanted: Callable[[Button], bool]) -> "Screen":
        rows = (tuple(button for button in row if is_wanted(button)) for row in self.rows)
        return replace(self, rows=tuple(row for row in rows if row))

    def looks_like(self, other: "Screen") -> bool:
        """As a message, whatever flashes up or goes with it."""
        return (self.text, self.rows) == (other.text, other.rows)

    def under(self, text: Markup) -> "Screen":
        """The same screen with a sentence above it."""
        return replace(self, text=paragraphs(text, self.text))


def _told_apart(
    built: list[list[dict[str, str]]], rows: Sequence[Sequence[Button]]
) -> list[list[dict[str, str]]]:
    """Long labels that would be cut to the same show their ends, too."""
    labels = Counter(button["text"] for row in built for button in row)
    for line, row in zip(built, rows, strict=True):
        for button, whole in zip(line, row, strict=True):
            if labels[button["text"]] > 1 and button["text"] != whole.label:
                button["text"] = f"{shorten(whole.label, LABEL_LIMIT // 2)}{whole.label[-ENDS:]}"
    return built


NO_TYPED_BUTTONS = ReplyKeyboardRemove()


def lines(*parts: Markup | str) -> Markup:
    """Parts that are not empty, one on a line; plain strings are escaped."""
    return _joined("\n", parts)


def paragraphs(*parts: Markup | str) -> Markup:
    return _joined("\n\n", parts)


def _joined(between: str, parts: Iterable[Markup | str]) -> Markup:
    """As `Markup.join`, in half of its time."""
    escaped = [part if isinstance(part, Markup) else escape(part) for part in parts if part]
    return Markup(between.join(escaped))  # noqa: S704 # all of them are escaped


def italic(text: Markup | str) -> Markup:
    return Markup("<i>") + text + Markup("</i>")


def bullets(items: Iterable[Markup | str]) -> Markup:
    return lines(*(Markup("• {}").format(item) for item in items))


def shorten(text: str, limit: int) -> str:
    """Cut so that what is left, an ellipsis included, has at most `limit` of Telegram's characters.

    Those are UTF-16 units: an emoji counts two.
    """
    if 2 * len(text) <= limit:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * limit:
        return text
    return units[: 2 * (limit - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def length_shown(text: str) -> int:
    """In Telegram's characters, which are UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def as_far_as(text: Markup, limit: int) -> Markup:
    """A text that is too long is cut and its formatting closed: Telegram would refuse the whole message."""
    if length_shown(text) <= limit or length_shown(unescape(_TAG.sub("", text))) <= limit:
        return text
    opened: list[str] = []
    kept, left = "", limit - 1
    for piece in _PIECE.findall(text):
        if piece.startswith("</"):
            opened.pop()
        elif piece.startswith("<"):
            opened.append(piece.strip("<>").partition(" ")[0])
        elif (left := left - length_shown(unescape(piece))) < 0:
            break
        kept += piece
    closed = "".join(f"</{name}>" for name in reversed(opened))
    return Markup(f"{kept}…{closed}")  # noqa: S704 # pieces of what is escaped


def page_of(items: Sequence[T], number: int, size: int = LISTED) -> tuple[Sequence[T], int, int]:
    """What stands on a page of a list, its number put right, and how many pages there are."""
    number, pages = page_within(number, len(items), size)
    return items[number * size : (number + 1) * size], number, pages


def list_pages(number: int, pages: int, name: str, t: Texts, subject_id: int = 0) -> tuple[Row, ...]:
    """The way through the pages of a list that a field declares under this name."""
    return turn_pages(number, pages, lambda page: TurnList(name, page, subject_id), t)


def counted(label: str, n: int) -> str:
    """Of a button: with how many are behind it, if any."""
    return f"{label} ({n})" if n else label


def turn_pages(number: int, pages: int, turn: Callable[[int], Payload], t: Texts) -> tuple[Row, ...]:
    """The pages beside this one, and which it is; nothing where there is only one. Pages count from 0."""
    if pages == 1:
        return ()
    arrows = [Button(t.label("{n} of {count}", n=number + 1, count=pages), turn(number))]
    if number > 0:
        arrows.insert(0, Button(t.label("‹ before"), turn(number - 1)))
    if number < pages - 1:
        arrows.append(Button(t.label("› next"), turn(number + 1)))
    return (tuple(arrows),)


def to_menu(t: Texts) -> Row:
    return (Button(t.label("To the menu"), Go("menu")),)


def are_you_sure(text: Markup, yes: Button, no: Button, room: InRoom | None = None) -> Screen:
    """Before what cannot be taken back, or others are told of at once: it takes a second tap, elsewhere."""
    return Screen(text, ((yes,), (no,)), room=room)
