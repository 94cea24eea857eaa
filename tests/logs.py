"""Logging belongs to the whole process: a test that starts it puts it back."""

import logging
from collections.abc import Iterator

import pytest

from bot.logs import LOUD_LIBRARIES


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    """Afterwards the root's handlers and all levels are what they were."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in LOUD_LIBRARIES}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
