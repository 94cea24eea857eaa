"""Staff set a deadline: a form saves a draft, so that nothing is lost; what it comes to is shown, then it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.audience import Audience
from domain.deadlines import DeadlineState, DeadlineText, Due, Ladder
from domain.errors import DomainError, NotFound
from domain.people import Person
from domain.times import epoch_seconds
from services.audiences.private import kept_json
from services.audiences.resolve import Reader
from services.audit import Entry, note
from services.deadlines.audience import Meant, check_due, meant, put_in
from services.deadlines.facts import Deadline, of_staff
from services.deadlines.moving import notice_of
from services.desk import Desk
from storage.once import recall, remember
from storage.program import audience_queries, deadline_queries
from storage.program.once import once


class ChangedMeanwhile(DomainError):
    """Somebody else has changed this deadline meanwhile. Please open /deadlines again and look at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What the form of a new deadline says."""

    text: DeadlineText
    due: Due
    ladder: Ladder
    audience: Audience
    takes_newcomers: bool
    needs_proof: bool
    is_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A form that was sent: a new draft, or other content for the draft with this id, seen at this version."""

    request_key: str
    content: Content
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AtSite:
    """When something is due for those of one site ("" for who is at none), by the zones that they have there.

    The soonest first.
    """

    site: str
    times: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a draft would come to: for whom, when it is due at each site, and how short the notice is.

    `lead_days` are the whole days until it is due first, where they are fewer than the program's rule of `rule_days`;
    None where there are enough. `by_site` has the site first at which it is due first.
    """

    deadline: Deadline
    readers: tuple[Reader, ...]
    unreachable: tuple[Reader, ...]
    by_site: tuple[AtSite, ...]
    lead_days: int | None
    rule_days: int


def write(desk: Desk, staff: Person, command: Write) -> Preview:
    """Save a draft and show what it comes to. The same request is once.

    Raises at their fields: `TimeSkipped`, `TimeRepeated`, `PastDue`, `EmptyAudience`, `NobodyFound`; then nothing is
    saved. `ChangedMeanwhile` for a draft that somebody else has written to, or that is none any more.
    """
    with desk.program.write() as connection:
        known = recall(connection, once, command.request_key)
        id_ = known["id"] if known else command.id or desk.ids.new()
        if known is None:
            _save(desk, connection, staff, id_, command)
            at = desk.clock.now()
            remember(connection, once, command.request_key, program_id=staff.program_id, outcome={"id": id_}, at=at)
        return _preview(desk, connection, staff, of_staff(deadline_queries.one(connection, id_), staff))


def preview(desk: Desk, staff: Person, deadline_id: str) -> Preview:
    """What a draft comes to now. Raises as `write` does."""
    with desk.program.read() as connection:
        return _preview(desk, connection, staff, of_draft(connection, staff, deadline_id))


def publish(desk: Desk, staff: Person, deadline_id: str, *, version: int, request_key: str) -> Deadline:
    """Let a draft stand as it was seen at this version: freeze whom it is for, each with when it is due.

    Only people are written here; what they are told is planned in small portions afterwards, since a ladder for ten
    thousand of them is fifty thousand rows. Twice is once. Raises `ChangedMeanwhile` where somebody else has written to
    it since, and as `write` does when the time has passed or nobody fits any more.
    """
    with desk.program.read() as connection:  # whom it is for takes longest, and nobody need wait for that
        seen = of_staff(deadline_queries.one(connection, deadline_id), staff)
        if recall(connection, once, request_key) is not None:
            return seen
        if seen.state is not DeadlineState.DRAFT or seen.version != version:
            return _set_already(seen, version)
        roster = audience_queries.roster_version(connection, staff.program_id)
        who = meant(desk, connection, seen, author_id=staff.id)
    check_due(seen.due, who, desk.clock.now())
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        found = of_staff(deadline_queries.one(connection, deadline_id), staff)
        if recall(connection, once, request_key) is not None:
            return found
        if found.state is not DeadlineState.DRAFT or found.version != version:
            return _set_already(found, version)
        _let_stand(desk, connection, staff, found, who, roster_version=roster)
        at = desk.clock.now()
        remember(connection, once, request_key, program_id=staff.program_id, outcome={"id": found.id}, at=at)
        return of_staff(deadline_queries.one(connection, deadline_id), staff)


def _let_stand(
    desk: Desk, connection: Connection, staff: Person, found: Deadline, who: Meant, *, roster_version: int
) -> None:
    now, first = desk.clock.now(), who.due_at(found.due)
    number = put_in(connection, found, who, who.found.readers, now=now)
    values = {
        "state": DeadlineState.OPEN.value,
        "due_at": epoch_seconds(first),
        "people": number,
        "roster_version": roster_version,
        "looked_at": epoch_seconds(now),
        "changed_at": epoch_seconds(now),
    }
    deadline_queries.change(connection, found.id, values)
    detail = f"{number} people, due {first:%Y-%m-%dT%H:%MZ}"
    note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed="set", detail=detail))


def _set_already(found: Deadline, version: int) -> Deadline:
    """Somebody else was quicker with the very same words. Raises `ChangedMeanwhile` where they were other words."""
    if found.state is DeadlineState.OPEN and found.version == version + 1:
        return found
    raise ChangedMeanwhile


def discard(desk: Desk, staff: Person, deadline_id: str, *, version: int) -> None:
    """Throw a draft away, as it was seen at this version. Twice is once.

    Raises `NotFound` for what stands already, and `ChangedMeanwhile` for words that were not seen.
    """
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        row = deadline_queries.one(connection, deadline_id)
        if row is None or row.program_id != staff.program_id or row.state not in _OF_DRAFTS:
            raise NotFound
        if row.state == DeadlineState.DISCARDED:
            return
        if row.version != version:
            raise ChangedMeanwhile
        deadline_queries.change(connection, deadline_id, {"state": DeadlineState.DISCARDED.value})


_OF_DRAFTS = (DeadlineState.DRAFT, DeadlineState.DISCARDED)


def of_draft(connection: Connection, staff: Person, deadline_id: str) -> Deadline:
    """A draft. Raises `NotFound` when it is none any more."""
    found = of_staff(deadline_queries.one(connection, deadline_id), staff)
    if found.state is not DeadlineState.DRAFT:
        raise NotFound
    return found


def _save(desk: Desk, connection: Connection, staff: Person, id_: str, command: Write) -> None:
    now, content = epoch_seconds(desk.clock.now()), command.content
    values: dict[str, Any] = columns_of(content.text, content.due, content.ladder) | {
        "audience": kept_json(connection, content.audience),
        "takes_newcomers": content.takes_newcomers,
        "needs_proof": content.needs_proof,
        "is_told": content.is_told,
        "changed_at": now,
    }
    if command.id:
        desk.program.lock(connection, f"deadline {command.id}")
        found = of_staff(deadline_queries.one(connection, command.id), staff)
        if found.state is not DeadlineState.DRAFT or found.version != command.version:
            raise ChangedMeanwhile
        deadline_queries.change(connection, id_, values)
        return
    fresh = {
        "id": id_,
        "program_id": staff.program_id,
        "author_id": staff.id,
        "state": DeadlineState.DRAFT.value,
        "version": 1,
        "due_at": 0,
        "created_at": now,
        "closed_at": None,
        "nudged_at": None,
        "people": 0,
        "roster_version": 0,
        "looked_at": 0,
    }
    deadline_queries.add(connection, fresh | values)


def columns_of(text: DeadlineText, due: Due, ladder: Ladder) -> dict[str, Any]:
    """The columns for what a deadline says, when it is due and when people are reminded."""
    return {
        "title": text.title,
        "words": text.words,
        "link": text.link,
        "kind": due.kind.value,
        "zone": due.zone_name,
        "day": due.day.isoformat(),
        "minute": due.minute,
        "is_second": due.is_second,
        "ladder": ladder.text,
    }


def _preview(desk: Desk, connection: Connection, staff: Person, draft: Deadline) -> Preview:
    who = meant(desk, connection, draft, author_id=staff.id)
    ahead = notice_of(desk, staff, check_due(draft.due, who, desk.clock.now()))
    return Preview(
        deadline=draft,
        readers=who.found.readers,
        unreachable=who.found.unreachable,
        by_site=_by_site(draft.due, who),
        lead_days=ahead.lead_days,
        rule_days=ahead.rule_days,
    )


def _by_site(due: Due, who: Meant) -> tuple[AtSite, ...]:
    zones: dict[str, set[str]] = {}
    for each in who.found.readers:
        zones.setdefault(each.site, set()).add(who.zone_of(each))
    sites = [
        AtSite(site=site, times=tuple(sorted(((zone, due.at(zone)) for zone in there), key=lambda each: each[::-1])))
        for site, there in zones.items()
    ]
    return tuple(sorted(sites, key=lambda each: (each.times[0][1], each.site)))
