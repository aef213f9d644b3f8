"""The Bot API over HTTP: one call in, judged by the description, carried out, logged, answered.

What a method does is in `methods`; nothing here knows one by name but the receiving of updates.
"""

import asyncio
import json
from inspect import isawaitable
from typing import Any, NamedTuple

from aiohttp import web

from . import requests
from .description import METHODS, decode
from .faults import Fault
from .files import Upload
from .keys import WORLD
from .methods import HANDLERS, Call
from .refusals import Refused, mistake
from .world import World

JSON = dict[str, Any]


async def call(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    name = request.match_info["method"]
    if refused := _check_token(world, request.match_info["token"]):
        return _answer(world, _error(refused), refused.code)
    fault = world.faults.take(name.lower()) if world.faults.planned else None
    if fault is not None:
        return await _faulty(world, request, name, fault)
    return await _carry_out(world, request, name)


def _check_token(world: World, token: str) -> Refused | None:
    if token == world.token:
        return None
    number, colon, secret = token.partition(":")
    if not (number.isdigit() and colon and secret):
        return Refused(404, "Not Found")
    return Refused(401, "Unauthorized")


async def _carry_out(world: World, request: web.Request, name: str) -> web.Response:
    params: JSON = {}
    complaints: list[str] = []
    try:
        given, files = await requests.read(request)
        params = dict(given)
        result = await _result(world, name, Given(given, files, params, complaints))
    except Refused as refused:
        world.log(_proper(name), params, refused, complaints)
        return _answer(world, _error(refused), refused.code)
    except web.HTTPRequestEntityTooLarge:
        too_large = Refused(413, "Request Entity Too Large", violation=True)
        world.log(_proper(name), params, too_large, complaints)
        return _answer(world, _error(too_large), 413)
    world.log(_proper(name), params, None, complaints)
    return _answer(world, {"ok": True, "result": result}, 200)


def _proper(name: str) -> str:
    method = METHODS.get(name.lower())
    return method.name if method else name


class Given(NamedTuple):
    """A call as it came; `params` and `complaints` become what the records keep of it."""

    texts: dict[str, str]
    files: dict[str, Upload]
    params: JSON
    complaints: list[str]


async def _result(world: World, name: str, given: Given) -> Any:
    method = METHODS.get(name.lower())
    if method is None:
        raise Refused(404, "Not Found: method not found", violation=True)
    handler = HANDLERS.get(method.name)
    if handler is None:
        raise mistake(f"the sandbox does not offer the method {method.name}")
    for field, upload in given.files.items():
        parameter = method.parameters.get(field)
        if parameter is not None and parameter.kind == "file":
            given.texts[field] = f"attach://{field}"
        given.params[field] = upload.summary()
    values, complaints = decode(method, given.texts)
    given.params.update({key: value for key, value in values.items() if key not in given.files})
    if complaints and world.strict:
        raise mistake(complaints[0])
    given.complaints.extend(complaints)
    result = handler(world, Call(method.name, values, given.files))
    return await result if isawaitable(result) else result


def _error(refused: Refused) -> JSON:
    answer: JSON = {"ok": False, "error_code": refused.code, "description": refused.description}
    return {**answer, "parameters": refused.parameters} if refused.parameters else answer


def _answer(world: World, body: JSON, status: int) -> web.Response:
    headers = {"X-Sandbox-Now": f"{world.clock.now():.6f}"}
    if status == 429:
        headers["Retry-After"] = str(body.get("parameters", {}).get("retry_after", 1))
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(
        body=text.encode("utf-8", "replace"), status=status, content_type="application/json", headers=headers
    )


async def _faulty(world: World, request: web.Request, name: str, fault: Fault) -> web.StreamResponse:
    if fault.kind == "error":
        failed = Refused(fault.error_code, fault.description, parameters=fault.parameters)
        await request.read()
        world.log(_proper(name), {}, failed)
        return _answer(world, _error(failed), fault.error_code)
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
        return await _carry_out(world, request, name)
    if fault.kind == "lost_answer":
        await _carry_out(world, request, name)
    if fault.kind == "nonsense":
        await request.read()
        return web.Response(body=b"<html>502 Bad Gateway</html>", content_type="text/html")
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def download(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    if refused := _check_token(world, request.match_info["token"]):
        return _answer(world, _error(refused), refused.code)
    found = world.files.at(request.match_info["path"])
    if found is None:
        return _answer(world, {"ok": False, "error_code": 404, "description": "Not Found"}, 404)
    headers = {"X-Sandbox-Now": f"{world.clock.now():.6f}"}
    return web.Response(body=found.upload.content, content_type="application/octet-stream", headers=headers)
