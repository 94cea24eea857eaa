"""What a message about a deadline is made from, looked up at the moment of sending: what is not true is not sent."""

from dataclasses import dataclass
from datetime import datetime

from domain.deadlines import SNOOZES_MAX, DeadlineState, RequestState
from domain.deadlines.ladder import is_last, last_step, newest_at
from domain.delivery import Delivery, Suppressed
from domain.people import Person, Role
from domain.times import epoch_seconds, instant_of
from services.deadlines.deciders import WAS_CLOSED
from services.deadlines.facts import OwnDeadline, ladder_of, own_of
from services.deadlines.ladders import NUDGE, SNOOZED, News, news_of
from services.deadlines.rewriting import rung_of
from services.desk import Desk
from storage.program import deadline_people_queries, deadline_queries, extension_queries
from storage.program.deadline_people_queries import Own


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderNews:
    """A reminder for its reader: names nobody. `what` is news, a nudge, "overdue" or "" for a rung.

    `has_overtaken` says that they had asked for more time, and that this needs no answer any more.
    """

    deadline: OwnDeadline
    zone: str
    what: str
    is_last: bool
    can_snooze: bool
    has_overtaken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedNews:
    """That a deadline was closed, for who has a reminder of it."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetNews:
    """That its reader has met a deadline, and when, for a reminder of it that they have."""

    title: str
    at: datetime
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerNews:
    """What became of a request, for who has asked.

    `was_closed` says that it ended with its deadline, `is_open` that this stands now.
    """

    deadline: OwnDeadline
    zone: str
    state: RequestState
    was_closed: bool = False
    is_open: bool = True


OVERDUE = "overdue"
GONE = Suppressed("gone")
COMPLETED = Suppressed("completed")
CLOSED = Suppressed("closed")
OTHER_TIME = Suppressed("due at another time")
NEWER = Suppressed("a newer one is due")
REST = Suppressed("put off")
NOT_A_RUNG = Suppressed("not a reminder any more")


def reminder_news(desk: Desk, row: Delivery) -> ReminderNews | Suppressed:
    """A reminder as it is true now. Three queries at most."""
    now = desk.clock.now()
    found = _reader(desk, row)
    if isinstance(found, Suppressed):
        return found
    person, own = found
    if not own.is_open:
        return CLOSED
    return _why_not(own, row, now) or _news(desk, person, own, row.rung, now)


def rewrite_news(desk: Desk, row: Delivery) -> ReminderNews | ClosedNews | MetNews | Suppressed:
    """What a reminder that somebody has is to say now. Three queries at most."""
    found = _reader(desk, row)
    if isinstance(found, Suppressed):
        return found
    person, own = found
    if not own.is_open:
        return ClosedNews(title=own.row.title)
    if own.state.done_at is not None:
        return MetNews(title=own.row.title, at=instant_of(own.state.done_at), zone=person.zone)
    return _news(desk, person, own, rung_of(row.rung), desk.clock.now())


def rest_until(own: Own, now: datetime) -> datetime | None:
    """Until when the reminders of somebody can rest, which is until the last one; None where they cannot now."""
    last = last_step(ladder_of(own.row, own.state))
    if own.state.done_at is not None or own.state.snoozes >= SNOOZES_MAX or last is None or last.at <= now:
        return None
    return last.at


def asked_news(desk: Desk, row: Delivery) -> str | Suppressed:
    """The id of a request that waits for an answer, for a member of staff."""
    staff = desk.people.person(row.person_id)
    if staff is None or not staff.has(Role.STAFF):
        return GONE
    with desk.program.ask() as connection:
        request = extension_queries.one(connection, row.object_id)
    if request is None or request.state != RequestState.WAITING or request.program_id != staff.program_id:
        return Suppressed("answered")
    return request.id


def answer_news(desk: Desk, row: Delivery) -> AnswerNews | Suppressed:
    """What became of a request; of a deadline that is closed only that it was, to who waited for an answer then."""
    person = desk.people.person(row.person_id)
    with desk.program.read() as connection:
        request = extension_queries.one(connection, row.object_id)
        deadline = request and deadline_queries.one(connection, request.deadline_id)
        state = request and deadline_people_queries.one(connection, request.deadline_id, row.person_id)
    if person is None or request is None:
        return GONE
    was_closed = row.rung == WAS_CLOSED
    if not deadline or not state or not (was_closed or deadline.state == DeadlineState.OPEN):
        return CLOSED
    return AnswerNews(
        deadline=own_of(Own(deadline, state)),
        zone=person.zone,
        state=RequestState(request.state),
        was_closed=was_closed,
        is_open=deadline.state == DeadlineState.OPEN,
    )


def _reader(desk: Desk, row: Delivery) -> tuple[Person, Own] | Suppressed:
    """Who is told, and the deadline as it stands for them, or stood until it was closed."""
    person = desk.people.person(row.person_id)
    if person is None or person.program_id != row.program_id:
        return GONE
    with desk.program.ask() as connection:
        own = deadline_people_queries.own(connection, row.person_id, row.object_id)
    return GONE if own is None else (person, own)


def _news(desk: Desk, person: Person, own: Own, rung: str, now: datetime) -> ReminderNews:
    last = last_step(ladder_of(own.row, own.state))
    return ReminderNews(
        deadline=own_of(own),
        zone=person.zone,
        what=_what(rung, instant_of(own.state.due_at), now),
        is_last=last is not None and last.name == rung and last.at <= now,
        can_snooze=rest_until(own, now) is not None,
        has_overtaken=news_of(rung) in (News.MOVED, News.EXTENDED) and _is_over(desk, own),
    )


def _is_over(desk: Desk, own: Own) -> bool:
    with desk.program.ask() as connection:
        latest = extension_queries.latest(connection, own.row.id, own.state.person_id)
    return latest is not None and latest.state == RequestState.OVER


def _why_not(own: Own, row: Delivery, now: datetime) -> Suppressed | None:
    state = own.state
    if state.done_at is not None:
        return COMPLETED
    if state.due_at != epoch_seconds(row.due):
        return OTHER_TIME
    rungs = ladder_of(own.row, state)
    step = next((each for each in rungs if each.name == row.rung), None)
    if step is None:
        return None if _is_extra(row.rung) else NOT_A_RUNG
    newest = newest_at(rungs, now)
    if newest is not None and newest > step.at:
        return NEWER
    is_free = is_last(row.rung) or now >= instant_of(state.due_at)
    is_resting = state.snoozed_until is not None and epoch_seconds(now) < state.snoozed_until
    return REST if is_resting and not is_free else None


def _is_extra(rung: str) -> bool:
    return news_of(rung) is not None or rung.partition(" ")[0] in (NUDGE, SNOOZED)


def _what(rung: str, due: datetime, now: datetime) -> str:
    if now >= due:
        return OVERDUE
    word = rung.partition(" ")[0]
    return word if word in (*News, NUDGE) else ""
