"""The same event again, every week at the same time of day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.errors import NotAllowed
from domain.events import Event, EventPlan, InvalidEvent
from domain.people import Person, Role
from domain.times import resolve_local, zone
from services.desk import Desk
from services.events.deliveries import enqueue_host
from services.events.invited import run_event
from services.events.locking import event_now
from services.events.plan import add_event
from storage.once import recall, remember
from storage.program.once import once

WEEKS_MAX = 12
_DAY_MINUTES = 60


def weekly(plan: EventPlan, weeks: int, zone_name: str) -> tuple[EventPlan, ...]:
    """The plans of so many weeks after this one, on a calendar's own clock.

    Raises `InvalidEvent` at field "weeks", or `TimeSkipped` or `TimeRepeated` where clocks change just then.
    """
    if not 1 <= weeks <= WEEKS_MAX:
        raise InvalidEvent(f"Please choose from 1 to {WEEKS_MAX} weeks.", field="weeks")
    return tuple(_later(plan, number, zone_name) for number in range(1, weeks + 1))


def again(desk: Desk, staff: Person, event_id: str, weeks: int) -> tuple[EventPlan, ...]:
    """What `repeat_weekly` would plan. Raises `NotFound` and as `weekly`. One query."""
    with desk.program.ask() as connection:
        event = run_event(connection, staff, event_id)
    plans = weekly(event.plan, weeks, staff.zone)
    for plan in plans:
        plan.check(desk.clock.now())
    return plans


def repeat_weekly(desk: Desk, staff: Person, event_id: str, weeks: int, *, request_key: str) -> Sequence[Event]:
    """Plan it again for so many weeks, without answers; all or none. The same request again plans nothing.

    Its host hears of them once, however many they are.

    Raises `NotAllowed`, and as `again`.
    """
    if not staff.has(Role.STAFF):
        raise NotAllowed
    plans = again(desk, staff, event_id, weeks)
    with desk.program.write() as connection:
        done = recall(connection, once, request_key)
        if done is not None:
            return [event_now(connection, each) for each in done["events"]]
        added = [add_event(desk, connection, staff, plan)[0] for plan in plans]
        enqueue_host(connection, desk, added[0], by_id=staff.id, is_weekly=len(added) > 1)
        outcome = {"events": [event.id for event in added]}
        remember(connection, once, request_key, program_id=staff.program_id, outcome=outcome, at=desk.clock.now())
        return added


def _later(plan: EventPlan, weeks: int, zone_name: str) -> EventPlan:
    starts = _same_time(plan.starts, weeks, zone_name)
    shift = starts - plan.starts
    closes = None if plan.closes is None else plan.closes + shift
    return replace(plan, starts=starts, ends=plan.ends + shift, closes=closes)


def _same_time(instant: datetime, weeks: int, zone_name: str) -> datetime:
    tz = zone(zone_name)
    local = instant.astimezone(tz)
    minute = local.hour * _DAY_MINUTES + local.minute
    return resolve_local(local.date() + timedelta(weeks=weeks), minute, tz, field="weeks")
