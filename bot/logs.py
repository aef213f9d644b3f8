"""Logging: structlog for ours, the standard library's for the libraries', both in one format."""

import logging
import sys

import structlog
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
