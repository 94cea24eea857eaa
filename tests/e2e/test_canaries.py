"""A whole week with marked words, names and places: none of them stays anywhere but sealed, or in an open modal.

What a program tells many stands in their messages as well, and nowhere that nobody looks at.
"""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import MetaData

from bot.logs import start_logging
from bot.settings import LogFormat, LogLevel
from handlers import texts
from sandbox.client import Payload
from storage.engine import Store
from tests.acting.program_weeks import TOLD
from tests.acting.weeks import SEALED, SPOKEN, TYPED, name_in_rules, play_a_week
from tests.fixtures.products import Product

MODALS = {"views.open", "views.push", "views.update"}
UNSEEN = ("private_metadata", "event_type", "event_payload", "value", "action_id", "block_id")


@pytest.mark.parametrize(
    ("shape", "form"),
    [("product", LogFormat.TEXT), ("http_product", LogFormat.JSON), ("postgresql_product", LogFormat.TEXT)],
)
def test_a_week_leaves_no_word_and_no_name_behind(
    request: pytest.FixtureRequest, shape: str, form: LogFormat, tmp_path: Path
) -> None:
    product: Product = request.getfixturevalue(shape)
    with everything_logged(form) as log:
        play_a_week(product)
        name_in_rules(product)
        product.tick("beat")

    calls = product.workspace.calls(accepted=True)
    kept = [call for call in calls if call["method"] not in MODALS]
    assert {"chat.postMessage", "views.publish", "files.completeUploadExternal", "response_url"} <= {
        call["method"] for call in kept
    }
    assert found_in(json.dumps(kept), SPOKEN) == []
    assert found_in(json.dumps(kept), texts.kinds.LABELS.values()) == []
    assert found_in(log.getvalue(), (*SPOKEN, *TOLD)) == []
    assert "request failed" in log.getvalue()
    assert found_in(stored(product, tmp_path), SEALED) == []
    assert found_in("".join(references(calls)), (*SPOKEN, *TOLD)) == []
    assert found_in(pages(product), (*SPOKEN, *TOLD)) == []
    assert set(found_in(json.dumps(calls), SPOKEN)) == set(SPOKEN) - {TYPED}
    assert found_in(json.dumps(kept), TOLD) == list(TOLD)
    files = calendar_files(product)
    assert len(files) >= 6
    assert found_in("".join(files), (*SPOKEN, *texts.kinds.LABELS.values(), "coach", "ATTENDEE")) == []
    assert all("CLASS:PRIVATE" in each and "ORGANIZER" in each for each in files)


@contextmanager
def everything_logged(form: LogFormat) -> Iterator[io.StringIO]:
    """All that the process would write at the loudest level."""
    root = logging.getLogger()
    before = root.level, list(root.handlers)
    stream = io.StringIO()
    start_logging(LogLevel.DEBUG, form, stream=stream)
    try:
        yield stream
    finally:
        root.level, root.handlers[:] = before


def found_in(haystack: str | bytes, needles: Any) -> list[str]:
    """Which of these stand in it, however they are written."""
    folded = haystack.lower()
    return [
        each for each in needles if (each.lower().encode() if isinstance(folded, bytes) else each.lower()) in folded
    ]


def stored(product: Product, folder: Path) -> bytes:
    """Every byte of both stores: the files with their journals, or every row of every table."""
    if product.stores.engine == "sqlite":
        return b"".join(path.read_bytes() for path in sorted(folder.rglob("*.db*")))
    return "".join(map(dumped, (product.stores.program, product.stores.confidential))).encode()


def dumped(store: Store) -> str:
    """All rows; bytes are shown as they are."""
    tables = MetaData()
    with store.read() as connection:
        tables.reflect(connection)
        return str([tuple(row) for table in tables.sorted_tables for row in connection.execute(table.select())])


def references(calls: list[Payload]) -> Iterator[str]:
    """What views and messages carry unseen: metadata, and the values of buttons and options."""
    for call in calls:
        for name in ("view", "blocks", "metadata"):
            carried = call["args"].get(name)
            for part in walk(json.loads(carried) if isinstance(carried, str) else carried):
                yield from (str(part[key]) for key in UNSEEN if key in part)


def walk(value: Any) -> Iterator[Payload]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from walk(each)
    elif isinstance(value, list):
        for each in value:
            yield from walk(each)


def pages(product: Product) -> str:
    """What an operator's monitoring reads."""
    with httpx.Client(base_url=product.url, trust_env=False) as client:
        answers = [client.get(path) for path in ("/metrics", "/healthz", "/readyz")]
    assert [answer.is_success for answer in answers] == [True] * 3
    return "".join(answer.text for answer in answers)


def calendar_files(product: Product) -> list[str]:
    """What stands in each file that went out."""
    finished = product.workspace.calls("files.completeUploadExternal", accepted=True)
    return [product.workspace.file_text(file["id"]) for call in finished for file in as_list(call["args"]["files"])]


def as_list(value: Any) -> list[Payload]:
    return list(json.loads(value) if isinstance(value, str) else value)
