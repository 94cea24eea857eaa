"""Sending an announcement off: what is critical waits for a second person's yes, everything else for its time."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.announcements import ChangedMeanwhile, InvalidAnnouncement, NotYours, State
from domain.delivery import Tier
from domain.people import Person, Role
from domain.times import epoch_seconds
from services.announcements.correct import is_current
from services.announcements.deeds import APPROVED, AS_IMPORTANT, ASKED, REFUSED, SENT_OFF
from services.announcements.deliveries import ASKING_LIFE, AnnouncementMessage, put, to_staff
from services.announcements.facts import Announcement, of_staff
from services.announcements.writers import own_of
from services.audiences.resolve import resolve
from services.audit import Entry, note
from services.desk import Desk
from storage.program import announcement_queries


class NotYet(InvalidAnnouncement):
    """Somebody else on staff is asked for a yes just now. If nobody answers in time, you can send it as important."""


class OverByNow(InvalidAnnouncement):
    """It was over before it had its second yes, so it does not go out. Its author hears of it."""


class AnsweredAlready(InvalidAnnouncement):
    """This has been answered already. Please look at how it stands now."""


class NobodyElse(InvalidAnnouncement):
    """Everybody on your staff wrote or sends it, so nobody is left to say yes. You can send it as important."""


def send(desk: Desk, staff: Person, announcement_id: str, *, version: int) -> Announcement:
    """Send a draft off, as it was seen at this version. What has been sent off already is returned as it stands.

    A critical one waits for a yes, and the person it names is asked, or else everybody who could say it. Raises
    `ChangedMeanwhile`, `PastTime`, `EmptyAudience`, `NobodyFound`, `NobodyElse` or `NotFound`.
    """
    found = _found(desk, staff, announcement_id)
    if found.state in (State.WAITING, State.PLANNED, State.SENT):
        return found
    if found.version != version or found.state is not State.DRAFT:
        raise ChangedMeanwhile
    now = desk.clock.now()
    if found.corrects:
        _check_current(desk, found)
    else:
        found.plan.check(now, morning_time=desk.rules.now(found.program_id).attention.morning_time)
        resolve(desk, staff, found.audience)
    if found.tier is not Tier.CRITICAL:
        return _go_on(desk, staff, found, planned(found, now), deed=SENT_OFF)
    return _ask(desk, staff, found)


def approve(desk: Desk, staff: Person, announcement_id: str, *, version: int) -> Announcement:
    """Say yes to a critical one, as it was seen at this version. Raises `NotYours` for who sent it off or wrote in it.

    Raises `AnsweredAlready` for one that does not wait any more, `OverByNow`, `ChangedMeanwhile` or `NotFound`.
    """
    found = _to_answer(desk, staff, announcement_id, version)
    _check_not_over(desk, found)
    _check_current(desk, found)
    now = desk.clock.now()
    values = planned(found, now) | {"approved_by": staff.id}
    return _go_on(desk, staff, found, values, deed=APPROVED, told=found.author_id)


def refuse(desk: Desk, staff: Person, announcement_id: str, *, version: int, why: str) -> Announcement:
    """Say no to a critical one, with a sentence for its author: it is a draft again. Raises as `approve` does."""
    found = _to_answer(desk, staff, announcement_id, version)
    values = {"state": State.DRAFT.value, "refusal": why, "asked_at": None, "all_asked_at": None}
    return _go_on(desk, staff, found, values, deed=REFUSED, told=found.author_id)


def send_as_important(desk: Desk, staff: Person, announcement_id: str) -> Announcement:
    """The author sends a critical one without a second yes: as important, once everybody was asked in vain.

    Raises `NotYet` before that, and for a correction, whose text would stand in a critical one. Raises `NotYours` for
    anybody else, `AnsweredAlready` for one that does not wait any more, `OverByNow` and `NotFound`.
    """
    found = _found(desk, staff, announcement_id)
    if found.state is not State.WAITING:
        raise AnsweredAlready
    if staff.id != found.author_id:
        raise NotYours("Only who sent it off can send it as important.")
    _check_not_over(desk, found)
    if not may_go_as_important(found, staff):
        raise NotYet
    values = planned(found, desk.clock.now()) | {"tier": Tier.IMPORTANT.value}
    return _go_on(desk, staff, found, values, deed=AS_IMPORTANT)


def may_go_as_important(found: Announcement, staff: Person) -> bool:
    """Whether this person can send a critical one without a second yes by now."""
    is_theirs = found.state is State.WAITING and staff.id == found.author_id
    return is_theirs and found.all_asked_at is not None and not found.corrects


def ask_everybody(desk: Desk, connection: Connection, found: Announcement) -> None:
    """Nobody has answered: ask all who could say yes, and tell the author that it may go as important."""
    now = desk.clock.now()
    others = [each for each in approvers(desk, connection, found) if found.approver_id not in ("", each)]
    rows = to_staff(found, AnnouncementMessage.APPROVAL, others, rung="all", at=now, life=ASKING_LIFE)
    rows += to_staff(found, AnnouncementMessage.UNANSWERED, [found.author_id], rung="all", at=now)
    # The version stays: what was asked of the first one is still asked.
    announcement_queries.note_all_asked(connection, found.id, at=epoch_seconds(now))
    put(desk, connection, rows)
    note(connection, desk, found.program_id, Entry(object_id=found.id, by_id="", deed="asked everybody"))


def approvers(desk: Desk, connection: Connection, found: Announcement) -> list[str]:
    """Who could say yes: everybody on the program's staff but who sent it off and whoever wrote any version of it."""
    own = own_of(connection, found)
    return [
        each.id
        for each in desk.people.holders(Role.STAFF)
        if each.program_id == found.program_id and each.id not in own
    ]


def planned(found: Announcement, now: datetime) -> dict[str, Any]:
    """The columns of one that goes out at its time; a correction goes into the other one's text then."""
    return {"state": State.PLANNED.value, "begins_at": epoch_seconds(found.plan.begins(now))}


def _ask(desk: Desk, staff: Person, found: Announcement) -> Announcement:
    with desk.program.ask() as connection:
        possible = approvers(desk, connection, replace(found, author_id=staff.id))
    if not possible:
        raise NobodyElse(field="tier")
    now = desk.clock.now()
    first = found.approver_id if found.approver_id in possible else ""
    values = {
        "state": State.WAITING.value,
        "author_id": staff.id,
        "approver_id": first,
        "approved_by": "",
        "asked_at": epoch_seconds(now),
        "all_asked_at": None,
        "refusal": "",
    }
    with desk.program.write() as connection:
        waiting = _change(desk, connection, staff, found, values, ASKED)
        asked = [first] if first else possible
        rows = to_staff(waiting, AnnouncementMessage.APPROVAL, asked, rung="one", at=now, life=ASKING_LIFE)
        put(desk, connection, rows)
        return waiting


def _to_answer(desk: Desk, staff: Person, announcement_id: str, version: int) -> Announcement:
    found = _found(desk, staff, announcement_id)
    with desk.program.ask() as connection:
        if staff.id in own_of(connection, found):
            raise NotYours
    if found.state is not State.WAITING:
        raise AnsweredAlready
    if found.version != version:
        raise ChangedMeanwhile
    return found


def _check_not_over(desk: Desk, found: Announcement) -> None:
    if found.is_over(desk.clock.now()):
        raise OverByNow


def _check_current(desk: Desk, found: Announcement) -> None:
    """Raises `ChangedMeanwhile` for a correction of a text that has another one by now, or was taken back."""
    with desk.program.ask() as connection:
        if not is_current(connection, found):
            raise ChangedMeanwhile


def _go_on(
    desk: Desk, staff: Person, found: Announcement, values: dict[str, Any], *, deed: str, told: str = ""
) -> Announcement:
    is_sender = not told
    with desk.program.write() as connection:
        sender = {"author_id": staff.id} if is_sender else {}
        after = _change(desk, connection, staff, found, values | sender, deed)
        if told:
            put(desk, connection, to_staff(after, AnnouncementMessage.ANSWERED, [told], rung=deed, at=desk.clock.now()))
        return after


def _change(
    desk: Desk, connection: Connection, staff: Person, found: Announcement, values: dict[str, Any], deed: str
) -> Announcement:
    desk.program.lock(connection, f"announcement {found.id}")  # what follows it up by itself ends first
    changed = values | {"changed_at": epoch_seconds(desk.clock.now())}
    if not announcement_queries.change(connection, found.id, version=found.version, values=changed):
        raise ChangedMeanwhile
    note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed=deed))
    return of_staff(announcement_queries.one(connection, found.id), staff)


def _found(desk: Desk, staff: Person, announcement_id: str) -> Announcement:
    with desk.program.ask() as connection:
        return of_staff(announcement_queries.one(connection, announcement_id), staff)
