"""Each handover is what its steps say; a session that went on is off for who gave it and is one of who took it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from domain.handover import CONSENT_STEPS, Consent, Step
from tests.looking.invariants.rows import OPEN, Everything


def _wrong_handovers(rows: Everything) -> Iterator[str]:
    steps = defaultdict(list)
    for step in sorted(rows.handover_steps, key=lambda step: step.number):
        steps[step.handover_id].append(step)
    for one in rows.handovers:
        own = steps[one.id]
        said = [step.what for step in own if step.what in CONSENT_STEPS.values()]
        if [step.number for step in own] != list(range(1, len(own) + 1)):
            yield f"handover {one.id} has a gap"
        if CONSENT_STEPS[Consent(one.consent)] != (said or [Step.CONSENT_UNKNOWN])[-1]:
            yield f"consent to {one.id} is not what was said"
        if one.status != "open" and one.current is not None:
            yield f"handover {one.id} is over and counts"
        yield from _wrong_sessions(rows, one, {step.booking_id for step in own if step.what == Step.MOVED})


def _wrong_sessions(rows: Everything, handover: Any, moved: set[str]) -> Iterator[str]:
    pair = (handover.to_id, handover.scholar_id)
    for gone in (row for row in rows.bookings if row.id in moved):
        if gone.status == OPEN:
            yield f"session {gone.id} stands still"
        if not any((row.staff_id, row.scholar_id) == pair for row in rows.bookings):
            yield f"session {gone.id} went nowhere"


CHECKS = (_wrong_handovers,)
