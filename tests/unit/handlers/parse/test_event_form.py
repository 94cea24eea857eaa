"""A filled-in event as the plan it comes to: what belongs to a way that it has not is left out."""

from dataclasses import replace

import pytest

from domain.audience import Audience
from domain.events import EventFormat, EventKind
from handlers.parse.events import EventForm
from tests.builders.events import STARTS, a_plan

PLAN = a_plan(
    format=EventFormat.HYBRID,
    link="https://meet.example.org/room",
    room_seats=8,
    remote_seats=20,
    talk_slots=2,
    talk_minutes=10,
)
FORM = EventForm(
    title=PLAN.title,
    text=PLAN.text,
    kind=EventKind.SEMINAR,
    format=EventFormat.HYBRID,
    starts=STARTS,
    ends=PLAN.ends,
    site="",
    place=PLAN.place,
    link=PLAN.link,
    host="USAM",
    audience=None,
    room_seats=8,
    remote_seats=20,
    has_waitlist=True,
    closes=None,
    talk_slots=2,
    talk_minutes=10,
)


@pytest.mark.parametrize(
    ("form", "plan"),
    [
        (FORM, PLAN),
        (
            replace(FORM, format=EventFormat.REMOTE),
            replace(PLAN, format=EventFormat.REMOTE, place="", room_seats=None),
        ),
        (
            replace(FORM, format=EventFormat.IN_PERSON),
            replace(PLAN, format=EventFormat.IN_PERSON, remote_seats=None),
        ),
        (replace(FORM, talk_slots=0), replace(PLAN, talk_slots=0, talk_minutes=0)),
    ],
    ids=["hybrid", "online", "in person", "without talks"],
)
def test_plan_has_what_its_ways_need_and_nothing_else(form: EventForm, plan: object) -> None:
    assert form.plan(host_id="sam", audience=Audience(everyone=True)) == plan
