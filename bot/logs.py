"""Logging: structlog for ours, the standard library's for the libraries', both in one format."""

import logging
import sys

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from structlog.typing import Processor

WITHOUT_WORDS = structlog.dev.plain_traceback  # the usual one shows variables, and so what people wrote


def set_up(log_format: str, level: str) -> None:
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderers: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if log_format == "json"
        else [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=WITHOUT_WORDS)]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    _set_up_libraries(level, shared, renderers)


def _set_up_libraries(level: str, shared: list[Processor], renderers: list[Processor]) -> None:
    """They log in Python's own way; it comes out as ours."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)  # it quotes whole answers
    for noisy in ("telegram", "httpx", "apscheduler", "aiohttp.access", "alembic"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    logging.getLogger("aiohttp.server").addFilter(_is_not_garbled)


def _is_not_garbled(record: logging.LogRecord) -> bool:
    """Anybody can send what is no HTTP, and would fill the log: it is answered with 400, and that is all."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))
