"""The Bot API over aiohttp, in PTB's own seam for it: several times the calls per second of the default."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import aiohttp
import msgspec
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot import metrics

CONNECT = 5.0
EDITS = ("editMessageText", "editMessageCaption")
DONE = b'{"ok":true,"result":true}'  # instead of the message, which nobody reads: a tenth of a tap
READ = 15.0  # answers of Telegram to anything but a long poll


def _without_class(value: object) -> str:
    """Of what `msgspec` does not know: a screen's text is Markup."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError


_as_json = msgspec.json.Encoder(enc_hook=_without_class).encode


class AiohttpRequest(BaseRequest):
    """`tell_time` is given the sandbox's time with each of its answers."""

    def __init__(self, connections: int, tell_time: Callable[[str | None], None] | None = None) -> None:
        self._connections = connections
        self._tell_time = tell_time
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, json_serialize_bytes=_as_json)

    async def shutdown(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 # PTB's signature
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 # PTB's signature
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("initialize() comes first")
        timeout = aiohttp.ClientTimeout(
            sock_connect=_seconds(connect_timeout, CONNECT), sock_read=_seconds(read_timeout, READ)
        )
        name, result = url.rpartition("/")[2] if method == "POST" else "file", "timeout"
        try:
            async with self._session.request(
                method, _url(url), timeout=timeout, **_body(request_data)
            ) as answer:
                if self._tell_time:
                    self._tell_time(answer.headers.get("X-Sandbox-Now"))
                content = await answer.read()
                result = str(answer.status)
                return answer.status, DONE if answer.ok and name in EDITS else content
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            result = "network"
            raise NetworkError(type(error).__name__) from error
        finally:
            metrics.calls.labels(name, result).inc()


def _seconds(given: Any, default: float) -> float | None:
    return default if given is BaseRequest.DEFAULT_NONE else given


@lru_cache(512)
def _url(url: str) -> URL:
    """Parsed once; there are as many as methods in use."""
    return URL(url, encoded=True)


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """What to send, as aiohttp's argument for it."""
    if request_data is None or not request_data.parameters:
        return {}
    if not request_data.contains_files:
        return {"json": request_data.parameters}
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
