"""One deadline for whom it is for: what puts the next reminder off is offered, and nothing that only brings another."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.deadlines import DeadlineText, Due
from handlers.ids import Action
from handlers.views.due import due_one_modal
from services.deadlines.facts import OwnDeadline
from services.deadlines.look import OwnDetails

NOW = datetime(2027, 1, 11, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE = NOW + 100 * HOUR


def offered(*, reminder_at: datetime | None, rest_until: datetime | None) -> list[str]:
    own = OwnDeadline(
        id="plan",
        text=DeadlineText(title="Research plan"),
        due=Due.anywhere(DUE.date()),
        due_at=DUE,
        is_extended=False,
        needs_proof=False,
        done_at=None,
        proof="",
        reminder_at=reminder_at,
        snoozed_until=None,
    )
    found = OwnDetails(deadline=own, rest_until=rest_until, request=None)
    view = due_one_modal(found, zone="Europe/London", now=NOW)
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    return [each["action_id"] for row in rows for each in row if each["action_id"].startswith(Action.SNOOZE)]


@pytest.mark.parametrize(
    ("reminder_at", "rest_until", "hours"),
    [
        (NOW + HOUR, DUE, (3, 24)),
        (NOW + 5 * HOUR, DUE, (24,)),
        (NOW + 30 * HOUR, DUE, ()),
        (NOW + HOUR, NOW + HOUR, ()),
        (NOW + HOUR, None, ()),
        (None, DUE, ()),
    ],
)
def test_only_what_puts_the_next_reminder_off_is_offered(
    reminder_at: datetime | None, rest_until: datetime | None, hours: tuple[int, ...]
) -> None:
    assert offered(reminder_at=reminder_at, rest_until=rest_until) == [f"{Action.SNOOZE}:{each}" for each in hours]
