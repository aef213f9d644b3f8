"""Files: uploads of all kinds, sending again by id, downloads, and the limits on size."""

import base64
import struct
import zlib
from typing import Any

import pytest

from tests.sandbox.conftest import TOKEN, Telegram


def png(width: int = 20, height: int = 10, padding: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _ in range(height)))
    body = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body + bytes(padding)


async def test_document_up_and_down(telegram: Telegram, anna: int) -> None:
    content = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    files = {"document": ("termin.ics", content)}
    document = (await telegram.upload("sendDocument", files, chat_id=anna)).result["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "termin.ics",
        "text/calendar",
        len(content),
    )
    found = (await telegram.bot("getFile", file_id=document["file_id"])).result
    assert found["file_path"].endswith(".ics")
    url = f"{telegram.root}/file/bot{TOKEN}/{found['file_path']}"
    async with telegram.session.get(url) as answer:
        assert await answer.read() == content
    async with telegram.session.get(url.replace("file_", "nofile_")) as answer:
        assert answer.status == 404


async def test_attached_under_another_name(telegram: Telegram, anna: int) -> None:
    files = {"part1": ("a.txt", b"x")}
    answer = await telegram.upload("sendDocument", files, chat_id=anna, document="attach://part1")
    assert answer.result["document"]["file_name"] == "a.txt"
    missing = await telegram.upload("sendDocument", files, chat_id=anna, document="attach://part2")
    assert missing.status == 400


async def test_sent_again_by_its_id(telegram: Telegram, anna: int) -> None:
    first = await telegram.upload("sendPhoto", {"photo": ("a.png", png())}, chat_id=anna)
    (photo,) = first.result["photo"]
    assert (photo["width"], photo["height"]) == (20, 10)
    again = await telegram.bot("sendPhoto", chat_id=anna, photo=photo["file_id"])
    assert again.result["photo"] == [photo]
    wrong = await telegram.bot("sendDocument", chat_id=anna, document=photo["file_id"])
    assert wrong.error == "Bad Request: can't use file of type Photo as Document"
    unknown = await telegram.bot("sendPhoto", chat_id=anna, photo="AgACAgIA")
    assert unknown.error == "Bad Request: wrong file identifier/HTTP URL specified"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (png(9000, 2000), "PHOTO_INVALID_DIMENSIONS"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(padding=10 * 1024 * 1024), "is too big for a photo; the maximum size is 10485760 bytes"),
        (b"", "file must be non-empty"),
    ],
)
async def test_photos_that_cannot_be(telegram: Telegram, anna: int, content: bytes, error: str) -> None:
    answer = await telegram.upload("sendPhoto", {"photo": ("a.png", content)}, chat_id=anna)
    assert error in answer.error


async def test_too_big_to_download(telegram: Telegram, anna: int) -> None:
    files = {"document": ("big.bin", bytes(20 * 1024 * 1024 + 1))}
    sent = await telegram.upload("sendDocument", files, chat_id=anna)
    answer = await telegram.bot("getFile", file_id=sent.result["document"]["file_id"])
    assert answer.error == "Bad Request: file is too big"


async def test_no_file_given(telegram: Telegram, anna: int) -> None:
    answer = await telegram.bot("sendDocument", chat_id=anna)
    assert answer.error == "Bad Request: there is no document in the request"


async def test_album(telegram: Telegram, anna: int) -> None:
    files = {"a": ("a.png", png()), "b": ("b.png", png())}
    media: list[dict[str, Any]] = [
        {"type": "photo", "media": "attach://a", "caption": "<b>eins</b>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://b"},
    ]
    first, second = (await telegram.upload("sendMediaGroup", files, chat_id=anna, media=media)).result
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], first["caption_entities"][0]["type"]) == ("eins", "bold")
    alone = await telegram.upload("sendMediaGroup", files, chat_id=anna, media=media[:1])
    assert alone.status == 400


@pytest.mark.parametrize("kind", ["Video", "Animation", "Audio", "Voice", "VideoNote", "Sticker"])
async def test_other_kinds(telegram: Telegram, anna: int, kind: str) -> None:
    field = {"VideoNote": "video_note"}.get(kind, kind.lower())
    answer = await telegram.upload(f"send{kind}", {field: ("a.bin", b"x")}, chat_id=anna)
    assert answer.result[field]["file_id"]


async def test_exchange_of_a_photo(telegram: Telegram, anna: int) -> None:
    sent = await telegram.upload("sendPhoto", {"photo": ("a.png", png())}, chat_id=anna, caption="alt")
    media = {"type": "photo", "media": "attach://neu", "caption": "neu"}
    here = {"chat_id": anna, "message_id": sent.result["message_id"], "media": media}
    edited = (await telegram.upload("editMessageMedia", {"neu": ("b.png", png(30, 30))}, **here)).result
    assert (edited["photo"][0]["width"], edited["caption"]) == (30, "neu")


@pytest.mark.parametrize("content", ["abc", "?$%&", 5, "äöü="])
async def test_what_a_person_sends_must_be_base64(telegram: Telegram, anna: int, content: object) -> None:
    file = {"name": "a.txt", "content": content}
    found = await telegram.control("POST", f"/people/{anna}/messages", {"document": file}, status=400)
    assert found == {"error": "the content is not base64"}


@pytest.mark.parametrize("kind", ["voice", "audio", "video", "video_note"])
async def test_sound_and_film_of_a_person(telegram: Telegram, anna: int, kind: str) -> None:
    content = base64.b64encode(b"a recording").decode()
    sent = {kind: {"name": f"{kind}.bin", "content": content, "duration": 7}}
    await telegram.control("POST", f"/people/{anna}/messages", sent)
    await telegram.control("POST", f"/people/{anna}/messages", {kind: True})
    recorded, small = [one["message"][kind] for one in await telegram.updates()]
    assert (recorded["duration"], small["duration"]) == (7, 0)
    assert (await telegram.bot("getFile", file_id=recorded["file_id"])).result["file_size"] == 11
    wrong = {kind: {"duration": "long"}}
    await telegram.control("POST", f"/people/{anna}/messages", wrong, status=400)


async def test_photo_a_person_sends_can_be_fetched(telegram: Telegram, anna: int) -> None:
    await telegram.control("POST", f"/people/{anna}/messages", {"photo": True, "caption": "hier"})
    (update,) = await telegram.updates()
    assert update["message"]["caption"] == "hier"
    file_id = update["message"]["photo"][-1]["file_id"]
    assert (await telegram.bot("getFile", file_id=file_id)).result["file_size"] > 0
