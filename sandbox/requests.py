"""A Bot API call as it comes over HTTP, in any of the forms Telegram takes, as names and texts and files."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import FileField

from .files import Upload, mime_of
from .refusals import mistake

Given = tuple[dict[str, str], dict[str, Upload]]


async def read(request: web.Request) -> Given:
    given = dict(request.query) if request.query_string else {}
    files: dict[str, Upload] = {}
    if request.body_exists:
        kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == "application/json":
            given.update(_from_json(await request.read()))
        elif kind == "multipart/form-data":
            files = await _multipart(request, given)
        else:
            given.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    return given, files


def _from_json(body: bytes) -> dict[str, str]:
    try:
        found = json.loads(body)
    except ValueError:
        raise mistake("can't parse JSON object") from None
    if not isinstance(found, dict):
        raise mistake("object expected as the request's body")
    return {name: as_text(value) for name, value in found.items() if value is not None}


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


async def _multipart(request: web.Request, given: dict[str, str]) -> dict[str, Upload]:
    files: dict[str, Upload] = {}
    form = (
        request if request.method == "POST" else request.clone(method="POST")
    )  # aiohttp reads none of a GET
    for name, value in (await form.post()).items():
        if isinstance(value, FileField):
            mime = mime_of(value.filename, value.content_type)
            files[name] = Upload(value.filename, value.file.read(), mime)
            value.file.close()
        else:
            given[name] = value if isinstance(value, str) else bytes(value).decode()
    return files
