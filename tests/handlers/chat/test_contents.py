"""What somebody sent goes out again as it was: words, marks, files, albums, with a line under it."""

import json
from typing import Any

import pytest
from telegram import Message, MessageEntity

from handlers.chat.contents import cleaned, compose, content_behind, content_of, with_text

KEYBOARD: dict[str, Any] = {"inline_keyboard": []}


def marked(text: str, *places: tuple[str, int, int]) -> tuple[str, list[tuple[str, str]]]:
    """The text as it is kept, and the words that each mark covers in it."""
    kept, marks = cleaned(text, [MessageEntity(kind, start, length) for kind, start, length in places])
    units = kept.encode("utf-16-le")
    covered = [
        (mark["type"], units[2 * mark["offset"] : 2 * (mark["offset"] + mark["length"])].decode("utf-16-le"))
        for mark in marks
    ]
    return kept, covered


@pytest.mark.parametrize(
    ("text", "place", "kept", "covered"),
    [
        ("Das ist wichtig", ("bold", 8, 7), "Das ist wichtig", "wichtig"),
        ("😀 wichtig", ("bold", 3, 7), "😀 wichtig", "wichtig"),
        ("  Das   ist   wichtig  ", ("italic", 14, 7), "Das ist wichtig", "wichtig"),
        ("Das\u200b ist \u202ewichtig", ("underline", 10, 7), "Das ist wichtig", "wichtig"),
        ("a\n\n\n\nb wichtig", ("code", 7, 7), "a\n\nb wichtig", "wichtig"),
        ("wichtig   ", ("bold", 0, 10), "wichtig", "wichtig"),
    ],
)
def test_marks_stay_on_their_words_when_text_is_cleaned(
    text: str, place: tuple[str, int, int], kept: str, covered: str
) -> None:
    assert marked(text, place) == (kept, [(place[0], covered)])


def test_what_a_bot_may_not_send_is_left_out() -> None:
    assert marked("@anna und mehr", ("mention", 0, 5), ("custom_emoji", 6, 3)) == ("@anna und mehr", [])


def part(kind: str = "text", text: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, "file_id": "f", **more}


def test_line_and_buttons_stand_under_the_last_message() -> None:
    one, two = compose([part(text="Eins"), part("photo", "Zwei")], "Warum", KEYBOARD)
    assert (one.method, one.arguments["text"], "reply_markup" in one.arguments) == (
        "send_message",
        "Eins",
        False,
    )
    assert two.arguments["caption"] == "Zwei\n\nWarum"
    assert [(mark.type, mark.offset, mark.length) for mark in two.arguments["caption_entities"]] == [
        ("italic", 6, 5)
    ]
    assert two.arguments["reply_markup"] is KEYBOARD


@pytest.mark.parametrize("last", [part(text="x" * 4093), part("voice", "x" * 1020)])
def test_line_that_does_not_fit_is_a_message_of_its_own(last: dict[str, Any]) -> None:
    *_, footer = compose([last], "Warum es kam", KEYBOARD)
    assert footer.arguments["text"] == "Warum es kam"


def test_album_stays_an_album_and_counts_as_its_pictures() -> None:
    pictures = [part("photo", f"{number}", album="a") for number in range(3)]
    album, footer = compose(pictures, "Warum", KEYBOARD)
    assert (album.method, album.counts, len(album.arguments["media"])) == ("send_media_group", 3, 3)
    assert footer.arguments["text"] == "Warum"


def message(**parts: Any) -> Message:
    basis = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
    found = Message.de_json({**basis, **parts})
    assert found
    return found


def test_every_kind_of_content_is_kept_with_its_file() -> None:
    file = {"file_id": "F", "file_unique_id": "u"}
    picture = {"photo": [{**file, "width": 1, "height": 1}], "caption": "Dach"}
    assert content_of(message(**picture)) == '{"kind": "photo", "file_id": "F", "text": "Dach"}'
    assert '"voice"' in content_of(message(voice={**file, "duration": 1}))
    assert '"a.pdf"' in content_of(message(document={**file, "file_name": "a.pdf"}))
    assert content_of(message(text="CO2 < 5 t")) == '{"kind": "text", "text": "CO2 < 5 t"}'


@pytest.mark.parametrize("parts", [{"location": {"longitude": 1.0, "latitude": 1.0}}, {"text": "\u200b"}])
def test_what_cannot_go_out_again_is_no_content(parts: dict[str, Any]) -> None:
    assert content_of(message(**parts)) == ""


def test_words_behind_a_command_keep_their_marks() -> None:
    entities = (("bot_command", 0, 9), ("bold", 10, 7), ("bold", 0, 9))
    message = Message.de_json(
        {
            "message_id": 1,
            "date": 0,
            "chat": {"id": 1, "type": "private"},
            "text": "/rundmail Wichtig: heute",
            "entities": [{"type": kind, "offset": at, "length": n} for kind, at, n in entities],
        },
        None,
    )
    bold = {"type": "bold", "offset": 0, "length": 7}
    part = {"kind": "text", "text": "Wichtig: heute", "entities": [bold]}
    assert json.loads(content_behind(message, "/rundmail")) == part


def test_other_words_take_the_place_of_those_under_a_picture() -> None:
    photo = '{"kind": "photo", "file_id": "a", "text": "/rundmail Heute", "entities": [1]}'
    assert json.loads(with_text(photo, "Heute")) == {"kind": "photo", "file_id": "a", "text": "Heute"}
    assert json.loads(with_text("", "Heute")) == {"kind": "text", "text": "Heute"}
