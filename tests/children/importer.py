"""Imports a roster and stops in the middle, to be killed: `python -m tests.children.importer URL`.

Prints "half" once people are written and their memberships are not.
"""

import sys
import time
from typing import Any

from sqlalchemy import event

from storage.engine import Store
from tests.builders.rosters import Importer

FOREVER_SECONDS = 600


def main(url: str) -> None:
    """Import the small roster up to its first membership."""
    store = Store(url)

    def stop(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO membership"):
            print("half", flush=True)  # noqa: T201  the parent reads it
            time.sleep(FOREVER_SECONDS)

    event.listen(store.engine, "before_cursor_execute", stop)
    Importer(store)()


if __name__ == "__main__":
    main(*sys.argv[1:])
