"""Structured logs that cannot carry anybody's words: events and ids, and tracebacks without their messages."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import TextIO

import structlog

from bot.settings import LogFormat, LogLevel

LOUD_LIBRARIES = ("slack_bolt", "slack_sdk", "sqlalchemy", "apscheduler", "alembic", "waitress", "urllib3", "websocket")
"""Bolt logs a request's whole body when its signature is wrong, at INFO; slack_sdk prints bodies at DEBUG."""
QUOTING_LIBRARIES = ("slack_bolt", "slack_sdk")
"""Their warnings quote requests and errors behind the first colon or bracket; what stands before says what happened."""

_TICKING = "apscheduler.scheduler"
"""It warns whenever a tick is still at work when the next one comes, each second of a busy minute; that is no harm."""
_RESERVED = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
_QUOTE = re.compile(r"[(:\n]")
Event = MutableMapping[str, object]


def start_logging(level: LogLevel, form: LogFormat, *, stream: TextIO | None = None) -> None:
    """Send every record of this process to one stream, in one shape. Call once, before anything else."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if form is LogFormat.JSON else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    # At the handler: Bolt gives each of its loggers the root's level, so a level set on their parent does not hold.
    handler.addFilter(_is_worth_telling)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                _extras,
                _unquoted,
                _where_it_failed,
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.value)
    for name in LOUD_LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def where(error: BaseException) -> str:
    """Classes and places of an error and its causes, without their messages: those may quote what somebody wrote."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        places = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        parts.append(f"{type(seen).__module__}.{type(seen).__qualname__}{places}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\ncaused by ".join(parts)


def _is_worth_telling(record: logging.LogRecord) -> bool:
    if record.name == _TICKING:
        return record.levelno >= logging.ERROR
    return record.levelno >= logging.WARNING or not _is_of(record.name, LOUD_LIBRARIES)


def _is_of(logger: str, libraries: tuple[str, ...]) -> bool:
    return logger.partition(".")[0] in libraries


def _unquoted(_logger: logging.Logger, _name: str, event: Event) -> Event:
    if _is_of(str(event.get("logger")), QUOTING_LIBRARIES):
        event["event"] = _QUOTE.split(str(event["event"]), maxsplit=1)[0].strip()
    return event


def _extras(_logger: logging.Logger, _name: str, event: Event) -> Event:
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        event.update({key: value for key, value in vars(record).items() if key not in _RESERVED})
    return event


def _where_it_failed(_logger: logging.Logger, _name: str, event: Event) -> Event:
    info = event.pop("exc_info", None)
    if isinstance(info, tuple) and isinstance(info[1], BaseException):
        event["failed"] = where(info[1])
    return event
