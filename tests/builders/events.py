"""Builders of program events; every argument has a default, so a test names only what matters."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.audience import Audience
from domain.event_answers import Guest, Said
from domain.events import Attending, Event, EventFormat, EventKind, EventPlan, Status
from services.events.answer import say_to_event
from services.events.commands import PlanEvent, SayToEvent
from services.events.plan import plan_event
from tests.fakes.clock import NOON
from tests.fixtures.desks import House

STARTS = NOON + timedelta(days=3)


def a_plan(**changes: Any) -> EventPlan:
    """A seminar of an hour in three days in a room without a limit, for everyone; sam hosts it."""
    starts: datetime = changes.pop("starts", STARTS)
    plan = EventPlan(
        kind=EventKind.SEMINAR,
        title="How to read a paper",
        format=EventFormat.IN_PERSON,
        host_id="sam",
        starts=starts,
        ends=starts + timedelta(hours=1),
        audience=Audience(everyone=True),
        place="Room 4",
    )
    return replace(plan, **changes)


def an_event(plan: EventPlan | None = None, **changes: Any) -> Event:
    """The same as it is stored."""
    event = Event(
        id="event-1",
        program_id="program-1",
        by_id="sam",
        status=Status.PLANNED,
        plan=plan or a_plan(),
        version=1,
        time_version=1,
        changed=NOON,
    )
    return replace(event, **changes)


def put_event(house: House, *, who: str = "sam", key: str = "", **changes: Any) -> Event:
    """Somebody of staff plans it."""
    wish = PlanEvent(request_key=key or house.ids.new(), plan=a_plan(**changes))
    return plan_event(house.desk, house.person(who), wish).event


def say(
    house: House, who: str, event: Event, said: Said = Said.YES, way: Attending | None = None, *, key: str = ""
) -> Guest:
    """Somebody answers an event; returns what they have said by then."""
    wish = SayToEvent(request_key=key or house.ids.new(), event_id=event.id, said=said, way=way)
    return say_to_event(house.desk, house.person(who), wish)[1]
