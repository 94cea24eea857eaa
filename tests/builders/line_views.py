"""What a line's views are made of; every argument has a default, so a test names only what matters."""

from datetime import UTC, datetime, timedelta

from domain.hours.seasons import Shut
from domain.office_hours import HelpTopic
from domain.places import Place
from services.office_hours.facts import HelpersLine, ListedHours, OwnPlace, Planned, Waiting, With
from services.office_hours.words import Problem

OPENS, CLOSES = datetime(2027, 1, 11, 12, tzinfo=UTC), datetime(2027, 1, 11, 14, tzinfo=UTC)
LINGERS = CLOSES + timedelta(hours=1)
LONDON = "Europe/London"


def a_problem(
    line: str = "It hangs.", *, topic: HelpTopic = HelpTopic.DEBUGGING, is_unreadable: bool = False
) -> Problem:
    """What somebody in line is stuck on."""
    return Problem(topic=topic, line=line, is_unreadable=is_unreadable)


def some_hours(
    ref: str = "hours-ref",
    *,
    is_open: bool = True,
    names: tuple[str, ...] = ("Cleo",),
    topics: tuple[HelpTopic, ...] = tuple(HelpTopic),
    can_take: bool = True,
    wait: int | None = 0,
    own_ref: str = "",
    shut: Shut | None = None,
) -> ListedHours:
    """Office hours of two hours, ten minutes for each."""
    return ListedHours(
        ref=ref,
        starts=OPENS,
        ends=CLOSES,
        zone=LONDON,
        minutes=10,
        topics=topics,
        is_open=is_open,
        helper_names=names,
        can_take=can_take,
        wait=wait,
        own_ref=own_ref,
        shut=shut,
    )


def a_place(
    *,
    ref: str = "scholars-own",
    place: int | None = 2,
    wait: int | None = 12,
    is_past_end: bool = False,
    can_step_back: bool = True,
    is_asked: bool = False,
    is_peer_asked: bool = False,
    is_with_peer: bool = False,
    with_name: str = "",
    where: Place | None = None,
    problem: Problem | None = None,
) -> OwnPlace:
    """Somebody's own place, second in line unless told."""
    return OwnPlace(
        ref=ref,
        version=3,
        zone=LONDON,
        ends=CLOSES,
        problem=problem or a_problem(),
        place=place,
        wait=wait,
        is_past_end=is_past_end,
        can_step_back=can_step_back,
        is_asked=is_asked,
        is_peer_asked=is_peer_asked,
        is_with_peer=is_with_peer,
        with_name=with_name,
        where=where,
    )


def somebody_waiting(
    ref: str = "entry-ref",
    *,
    name: str = "Ada",
    problem: Problem | None = None,
    was_called: bool = False,
    is_being_asked: bool = False,
) -> Waiting:
    """Somebody in line as a helper sees them."""
    return Waiting(
        ref=ref,
        name=name,
        problem=problem or a_problem(),
        joined=OPENS,
        was_called=was_called,
        is_being_asked=is_being_asked,
    )


def somebody_with(
    *,
    name: str = "Ada",
    helper_name: str = "Dev",
    ref: str = "entry-ref",
    problem: Problem | None = None,
    is_with_peer: bool = False,
    is_over_time: bool = False,
    is_being_asked: bool = False,
) -> With:
    """Somebody who is being helped."""
    return With(
        ref=ref,
        name=name,
        helper_name=helper_name,
        minutes=12,
        is_with_peer=is_with_peer,
        problem=problem,
        is_over_time=is_over_time,
        is_being_asked=is_being_asked,
    )


def a_line_of(
    *waiting: Waiting,
    ref: str = "line-ref",
    mine: With | None = None,
    others: tuple[With, ...] = (),
    helpers: tuple[str, ...] = (),
    is_open: bool = True,
    is_over: bool = False,
    shut: Shut | None = None,
    planned: tuple[Planned, ...] = (),
) -> HelpersLine:
    """A line as one of its helpers sees it."""
    return HelpersLine(
        ref=ref,
        zone=LONDON,
        starts=OPENS,
        ends=CLOSES,
        minutes=10,
        is_open=is_open,
        is_over=is_over,
        helper_names=helpers,
        lingers_until=LINGERS,
        planned=planned,
        shut=shut,
        mine=mine,
        waiting=waiting,
        others=others,
    )
