"""Events with the longest words, as many people as there can be, and every button."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from domain.audience import Audience
from domain.event_answers import Guest, Numbers, Said
from domain.events import (
    LINK_MAX,
    PLACE_MAX,
    REASON_MAX,
    TEXT_MAX,
    TITLE_MAX,
    Attending,
    Event,
    EventFormat,
    EventPlan,
    Status,
)
from domain.people import Role
from domain.ports import Message, View
from domain.talks import TALK_TITLE_MAX, Talk
from handlers.views.event import attendance_form, event_modal, guests_modal, talk_form, talks_modal
from handlers.views.event_forms import asking_first, call_off_form, plan_form, repeat_form
from handlers.views.event_messages import event_message
from handlers.views.events import events_modal, past_modal
from services.audiences.options import AudienceOptions
from services.events.attendance import PAGE, GuestList, NamedGuest
from services.events.deliveries import DAY_BEFORE, HOSTS, HOSTS_NO_MORE, HOSTS_WEEKLY, QUARTER, EventMessage
from services.events.look import EventDetails, EventLine, NamedTalk, PastEvent
from services.events.news import TODAY, EventNews
from services.events.talks import LINE, OFF, TALK
from services.events.warnings import Warned, Warns
from tests.builders.events import a_plan, an_event
from tests.unit.handlers.views.largest.filling import DAY, LONGEST_ZONE, MIDNIGHT, OWN_REF, long

FULL = dict.fromkeys(Attending, 9999)
NUMBERS = Numbers(yes=FULL, waiting=FULL, came=FULL, maybe=9999, no=9999, came_unasked=9999)
NAME = long(100)


def full_plan() -> EventPlan:
    """Everything filled in to its last character; the text is of signs that do not get longer."""
    link = f"https://x.org/{'x' * (LINK_MAX - 14)}"
    return a_plan(
        starts=MIDNIGHT + DAY,
        title=long(TITLE_MAX),
        text="x" * TEXT_MAX,
        format=EventFormat.HYBRID,
        site=long(PLACE_MAX),
        place=long(PLACE_MAX),
        link=link,
        room_seats=10_000,
        remote_seats=10_000,
        closes=MIDNIGHT + DAY / 2,
        talk_slots=50,
        talk_minutes=1,
    )


def full_event() -> Event:
    """The same with the longest id, called off for the longest reason."""
    return replace(an_event(full_plan()), id=OWN_REF, status=Status.CALLED_OFF, reason=long(REASON_MAX))


def full_line(number: int = 0) -> EventLine:
    """One that somebody has said yes to, online, and waits for the room."""
    event = replace(full_event(), id=f"{OWN_REF[:-2]}{number:02}", status=Status.PLANNED, reason="")
    guest = Guest(person_id="ada", said=Said.YES, way=Attending.REMOTE, waits_for=Attending.ROOM, line_no=10**6)
    return EventLine(event=event, guest=guest, zone=LONGEST_ZONE)


def full_details() -> EventDetails:
    """As its host sees it, with talks beyond all slots."""
    talks = [
        Talk(person_id=f"{OWN_REF[:-2]}{number:02}", title=long(TALK_TITLE_MAX), place_no=1) for number in range(60)
    ]
    return EventDetails(
        line=full_line(),
        numbers=NUMBERS,
        host_name=NAME,
        talks=tuple(NamedTalk(talk=talk, name=NAME, has_slot=number < 50) for number, talk in enumerate(talks)),
        place_in_line=9999,
        may_run=True,
        now=MIDNIGHT,
        is_staff=True,
    )


def full_guests() -> GuestList:
    """A page of very many people, who have all said yes and were there."""
    guests = tuple(
        NamedGuest(
            name=NAME,
            guest=Guest(
                person_id=f"{OWN_REF[:-2]}{number:02}",
                said=Said.YES,
                way=Attending.REMOTE,
                came_way=Attending.REMOTE,
            ),
        )
        for number in range(PAGE)
    )
    return GuestList(event=full_event(), guests=guests, page=100, pages=250, total=10_000, zone=LONGEST_ZONE)


def full_options() -> AudienceOptions:
    """A large program."""
    names = tuple(f"{number:02}{'x' * 60}" for number in range(90))
    return AudienceOptions(cohorts=names, phases=names, streams=names, roles=tuple(Role), sites=names)


def full_audience() -> Audience:
    """All of it chosen."""
    names = full_options().cohorts
    return Audience(roles=tuple(Role), cohorts=names, phases=names, streams=names, sites=names, people=("ada",))


def full_form() -> View:
    """The form filled in."""
    return plan_form(
        full_options(),
        zone=LONGEST_ZONE,
        host="U1",
        plan=full_plan(),
        accounts=["U1"] * 20,
        state=f"{OWN_REF}.{10**8}",
    )


WARNED = [
    Warned(of=each, starts=MIDNIGHT, people=9999, number=99, name=long(TITLE_MAX)) for each in Warns for _ in range(12)
]

VIEWS: Mapping[str, View] = {
    "events_modal": events_modal(
        [full_line(number) for number in range(30)],
        {full_line(number).event.id: NUMBERS for number in range(30)},
        now=MIDNIGHT,
        page=1,
        may_plan=True,
        has_past=True,
        said="x" * 300,
    ),
    "events_modal with nothing": events_modal([], {}, now=MIDNIGHT),
    "past_modal": past_modal([PastEvent(event=full_event(), numbers=NUMBERS)] * 20, zone=LONGEST_ZONE),
    "past_modal with nothing": past_modal([], zone="UTC"),
    "event_modal": event_modal(full_details(), said="x" * 300),
    "event_modal while it is held": event_modal(replace(full_details(), now=MIDNIGHT + DAY + timedelta(minutes=1))),
    "talk_form": talk_form(full_details(), mine=long(TALK_TITLE_MAX)),
    "talks_modal": talks_modal(full_details()),
    "talks_modal with nothing": talks_modal(replace(full_details(), talks=())),
    "guests_modal": guests_modal(full_guests()),
    "guests_modal with nobody": guests_modal(replace(full_guests(), guests=(), page=0, pages=1)),
    "attendance_form": attendance_form(full_guests(), said="x" * 100),
    "attendance_form of a host": attendance_form(replace(full_guests(), has_silent=False), said="x" * 100),
    "attendance_form with nobody": attendance_form(replace(full_guests(), guests=(), page=0, pages=1)),
    "plan_form": full_form(),
    "plan_form of a host": plan_form(
        None, zone=LONGEST_ZONE, host="U1", plan=replace(full_plan(), audience=full_audience()), state=f"{OWN_REF}.1"
    ),
    "plan_form with nothing": plan_form(full_options(), zone="UTC", host=""),
    "asking_first": asking_first(full_form(), WARNED, zone=LONGEST_ZONE),
    "call_off_form": call_off_form(full_event()),
    "repeat_form": repeat_form(full_event()),
}

_RUNGS = {
    EventMessage.SLOT: (TALK, LINE, OFF),
    EventMessage.HOST: (HOSTS, HOSTS_WEEKLY, HOSTS_NO_MORE),
    EventMessage.REMINDER: (DAY_BEFORE, TODAY, QUARTER, ""),
}
MESSAGES: Mapping[str, Message] = {
    f"event_message {kind} {rung}": event_message(
        EventNews(kind=kind, event=full_event(), guest=Guest(person_id="ada"), zone=LONGEST_ZONE, rung=rung)
    )
    for kind in EventMessage
    for rung in _RUNGS.get(kind, (DAY_BEFORE,))
    if kind is not EventMessage.FILE
}
