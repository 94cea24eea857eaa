"""What every test may use."""

import os

import pytest

from tests.fixtures.folders import write_to_memory

pytest_plugins = [
    "tests.fixtures.engines",
    "tests.fixtures.desks",
    "tests.fixtures.workspaces",
    "tests.fixtures.products",
    "tests.fixtures.processes",
    "tests.fixtures.logs",
]


def pytest_configure() -> None:
    """Before anybody asks for a folder."""
    write_to_memory()


def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: half as many again as there are processors, since tests wait for processes, sockets and databases."""
    return max(2, len(os.sched_getaffinity(0)) * 3 // 2) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the demo: it takes longest and waits most of that, and at the end everybody would wait for it."""
    items.sort(key=lambda item: item.path.name != "test_demo.py")
