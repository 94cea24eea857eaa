"""The process is down when something is due, and comes back (case 52)."""

from datetime import timedelta

import pytest

from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON
from tests.looking.dispatching import Office

DUE = NOON + timedelta(hours=2)


@pytest.mark.parametrize(("grace", "texts", "end"), [(10, ["news once"], ("sent", None)), (5, [], ("dead", "expired"))])
def test_message_due_while_the_process_was_down_goes_once_within_its_grace_and_else_never(
    office: Office, grace: int, texts: list[str], end: tuple[str, str | None]
) -> None:
    """Due at 14:00, down from 13:59 to 14:07."""
    expires_at = DUE + timedelta(minutes=grace)
    for book in (office.program, office.support):
        book.put(a_delivery(due=DUE, expires_at=expires_at))
    office.clock.advance(timedelta(hours=1, minutes=59) - timedelta(seconds=5))
    office.run(seconds=5)
    before = office.texts()
    office.clock.advance(timedelta(minutes=8))

    office.another("restarted").run(seconds=120)

    assert (before, office.clock.now() - timedelta(minutes=2)) == ([], DUE + timedelta(minutes=7))
    assert office.texts() == texts * 2
    rows = [book.row(key) for book in (office.program, office.support) for key in book.states()]
    assert [(row.state, row.last_error) for row in rows] == [end, end]
