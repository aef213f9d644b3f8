"""Files that were uploaded or sent: kept in memory under the ids Telegram would give them."""

import hashlib
import mimetypes
import struct
from dataclasses import dataclass
from typing import Any

from .refusals import Refused, mistake, refusal

MOST_DOWNLOAD = 20 * 1024 * 1024
MOST_UPLOAD = 50 * 1024 * 1024
MOST_PHOTO = 10 * 1024 * 1024


@dataclass(slots=True)
class Upload:
    name: str
    content: bytes
    mime: str

    def summary(self) -> dict[str, Any]:
        return {"file": self.name, "size": len(self.content)}


@dataclass(slots=True)
class Stored:
    id: str
    unique_id: str
    path: str
    upload: Upload
    folder: str

    def describe(self) -> dict[str, Any]:
        size = len(self.upload.content)
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": size}


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    def add(self, upload: Upload, folder: str) -> Stored:
        if not upload.content:
            raise mistake("file must be non-empty")
        digest = hashlib.sha256(upload.content + folder.encode()).hexdigest()
        number = len(self._by_path)
        suffix = "." + upload.name.rsplit(".", 1)[1] if "." in upload.name else ""
        path = f"{folder}/file_{number}{suffix}"
        stored = Stored(f"BQAC{digest[:24]}{number:06d}", f"AgAD{digest[:12]}", path, upload, folder)
        self._by_id[stored.id] = self._by_path[path] = stored
        return stored

    def get(self, file_id: str) -> Stored:
        found = self._by_id.get(file_id)
        if found is None:
            raise refusal("wrong file identifier/HTTP URL specified")
        return found

    def find(self, file_id: str) -> Stored | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> Stored | None:
        return self._by_path.get(path)

    def resolve(self, given: str, uploads: dict[str, Upload], folder: str) -> Stored:
        """A file named in a call: uploaded with it, stored before, or (refused here) on the web."""
        if given.startswith("attach://"):
            name = given.removeprefix("attach://")
            if name not in uploads:
                raise mistake(f"attached file {name!r} is not in the request")
            return self.add(checked(uploads[name], folder), folder)
        if given.startswith(("http://", "https://")):
            raise refusal("failed to get HTTP URL content")
        return self.get(given)


def checked(upload: Upload, folder: str) -> Upload:
    size = len(upload.content)
    if size > MOST_UPLOAD:
        raise Refused(413, "Request Entity Too Large", violation=True)
    if folder == "photos" and size > MOST_PHOTO:
        limit = f"the maximum size is {MOST_PHOTO} bytes"
        raise mistake(f"file of size {size} bytes is too big for a photo; {limit}")
    return upload


def mime_of(name: str, given: str | None) -> str:
    if given and given != "application/octet-stream":
        return given
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def dimensions(content: bytes) -> tuple[int, int]:
    """Width and height of a picture; what is none cannot be sent as a photo."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    if content[:2] == b"\xff\xd8" and (found := _jpeg(content)):
        return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    raise mistake("IMAGE_PROCESS_FAILED")


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def _webp(content: bytes) -> tuple[int, int]:
    if content[12:16] == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    if content[12:16] == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return int(width) & 0x3FFF, int(height) & 0x3FFF


def check_photo(content: bytes) -> tuple[int, int]:
    width, height = dimensions(content)
    if width + height > 10000 or not width or not height or max(width, height) > 20 * min(width, height):
        raise mistake("PHOTO_INVALID_DIMENSIONS")
    return width, height
