"""Writing an announcement: every form that is sent saves a draft, so that nothing typed is ever lost."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from domain.announcements import ChangedMeanwhile, NoAnnouncement, Plan, State, Text, Timing
from domain.audience import Audience
from domain.delivery import Tier
from domain.people import Person
from domain.times import epoch_seconds
from services.announcements.deeds import CHANGED, COPIED, WRITTEN
from services.announcements.deliveries import EDITED, AnnouncementMessage, put, to_staff
from services.announcements.facts import ON_ITS_WAY, Announcement, of_staff
from services.announcements.staff import check_approver
from services.announcements.writers import copied_from, own_of
from services.audiences.private import kept_json
from services.audit import Entry, note
from services.desk import Desk
from storage.once import recall, remember
from storage.program import announcement_queries
from storage.program.once import once

_WRITTEN = (State.DRAFT, State.TEMPLATE, State.WAITING, State.PLANNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a form of an announcement says. `approver_id` is who is asked first where it is critical, "" for nobody."""

    tier: Tier
    text: Text
    plan: Plan
    audience: Audience
    channel: str = ""
    needs_ack: bool
    takes_newcomers: bool
    approver_id: str = ""

    @property
    def asked(self) -> str:
        """Who is asked first for a second yes, where it needs one; "" for nobody."""
        return self.approver_id if self.tier is Tier.CRITICAL else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A form that was sent: a new draft, or another content for the one with this id, seen at this version."""

    request_key: str
    content: Content
    id: str = ""
    version: int = 0


def write(desk: Desk, staff: Person, command: Write) -> Announcement:
    """Save a draft and return it; what was planned or waiting for a yes is a draft again, of which its author hears.

    A form in which nothing has changed changes nothing. The same request is once. Raises `NoSecondYes`, and
    `ChangedMeanwhile` or `NotFound` for one that is not there to be written to.
    """
    with desk.program.write() as connection:
        if command.id:  # whoever sends it just now ends first
            desk.program.lock(connection, f"announcement {command.id}")
        known = recall(connection, once, command.request_key)
        if known is not None:
            return of_staff(announcement_queries.one(connection, known["id"]), staff)
        id_ = _changed(desk, connection, staff, command) if command.id else _added(desk, connection, staff, command)
        remember(
            connection,
            once,
            command.request_key,
            program_id=staff.program_id,
            outcome={"id": id_},
            at=desk.clock.now(),
        )
        return of_staff(announcement_queries.one(connection, id_), staff)


def duplicate(desk: Desk, staff: Person, announcement_id: str, *, request_key: str, as_template: bool) -> Announcement:
    """A new draft, or a template, with the content of another one. The same request is once. Raises `NotFound`.

    Whose words it takes can give no second yes to it either.
    """
    with desk.program.write() as connection:
        known = recall(connection, once, request_key)
        if known is None:
            model = of_staff(announcement_queries.one(connection, announcement_id), staff)
            state = State.TEMPLATE if as_template else State.DRAFT
            id_ = _insert(desk, connection, staff, _copied(model), state)
            _note_writers(desk, connection, staff, model, id_)
            at = desk.clock.now()
            remember(connection, once, request_key, program_id=staff.program_id, outcome={"id": id_}, at=at)
        else:
            id_ = known["id"]
        return of_staff(announcement_queries.one(connection, id_), staff)


def discard(desk: Desk, staff: Person, announcement_id: str, *, version: int) -> None:
    """Throw a draft or template away, as it was seen at this version.

    Raises `ChangedMeanwhile` for words that nobody has looked at, and `NoAnnouncement` for what is gone or was sent.
    """
    with desk.program.write() as connection:
        desk.program.lock(connection, f"announcement {announcement_id}")
        found = of_staff(announcement_queries.one(connection, announcement_id), staff)
        if not found.is_open:
            raise NoAnnouncement
        if found.version != version:
            raise ChangedMeanwhile
        values = {"state": State.DISCARDED.value, "changed_at": epoch_seconds(desk.clock.now())}
        if not announcement_queries.change(connection, found.id, version=found.version, values=values):
            raise ChangedMeanwhile
        note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed="discarded"))


def _added(desk: Desk, connection: Connection, staff: Person, command: Write) -> str:
    check_approver(desk, staff, command.content.asked, own={staff.id})
    return _insert(desk, connection, staff, command.content, State.DRAFT)


def _insert(desk: Desk, connection: Connection, staff: Person, content: Content, state: State) -> str:
    now, id_ = epoch_seconds(desk.clock.now()), desk.ids.new()
    fresh = {
        "id": id_,
        "program_id": staff.program_id,
        "author_id": staff.id,
        "written_by": staff.id,
        "state": state.value,
        "version": 1,
        "text_version": 1,
        "corrects": "",
        "refusal": "",
        "approved_by": "",
        "created_at": now,
        "changed_at": now,
        "readers": 0,
    }
    announcement_queries.add(connection, fresh | values_of(connection, content))
    note(connection, desk, staff.program_id, Entry(object_id=id_, by_id=staff.id, deed=WRITTEN))
    return id_


def _note_writers(desk: Desk, connection: Connection, staff: Person, model: Announcement, id_: str) -> None:
    others = sorted(copied_from(connection, model) - {staff.id})
    entries = (Entry(object_id=id_, by_id=staff.id, deed=COPIED, about_id=each) for each in others)
    note(connection, desk, staff.program_id, *entries)


def _changed(desk: Desk, connection: Connection, staff: Person, command: Write) -> str:
    found = of_staff(announcement_queries.one(connection, command.id), staff)
    if found.version != command.version or found.state not in _WRITTEN or found.corrects:
        raise ChangedMeanwhile
    if _is_same(connection, command.content, content_of(found)):
        return found.id
    check_approver(desk, staff, command.content.asked, own={staff.id, *own_of(connection, found)})
    values: dict[str, Any] = values_of(connection, command.content) | {
        "state": (State.TEMPLATE if found.state is State.TEMPLATE else State.DRAFT).value,
        "text_version": found.text_version + 1,
        "written_by": staff.id,
        "approved_by": "",
        "asked_at": None,
        "all_asked_at": None,
        "changed_at": epoch_seconds(desk.clock.now()),
    }
    if not announcement_queries.change(connection, found.id, version=found.version, values=values):
        raise ChangedMeanwhile
    note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed=CHANGED))
    if found.state in ON_ITS_WAY and found.author_id != staff.id:
        after = replace(found, version=found.version + 1)
        at = desk.clock.now()
        put(desk, connection, to_staff(after, AnnouncementMessage.ANSWERED, [found.author_id], rung=EDITED, at=at))
    return found.id


def _is_same(connection: Connection, content: Content, other: Content) -> bool:
    """Whether both say the same to the same people, as it is kept."""
    return values_of(connection, content) == values_of(connection, other)


def values_of(connection: Connection, content: Content) -> dict[str, Any]:
    """The columns that a form fills."""
    plan = content.plan
    return {
        "tier": content.tier.value,
        "title": content.text.title,
        "body": content.text.body,
        "link": content.text.link,
        "audience": kept_json(connection, content.audience),
        "channel": content.channel,
        "timing": plan.timing.value,
        "begins_at": None if plan.at is None else epoch_seconds(plan.at),
        "morning_on": "" if plan.on is None else plan.on.isoformat(),
        "expires_at": None if plan.expires_at is None else epoch_seconds(plan.expires_at),
        "needs_ack": content.needs_ack,
        "takes_newcomers": content.takes_newcomers,
        "approver_id": content.approver_id,
    }


def content_of(model: Announcement) -> Content:
    """What an announcement says, as its form shows it again."""
    return Content(
        tier=model.tier,
        text=model.text,
        plan=model.plan,
        audience=model.audience,
        channel=model.channel,
        needs_ack=model.needs_ack,
        takes_newcomers=model.takes_newcomers,
        approver_id=model.approver_id,
    )


def _copied(model: Announcement) -> Content:
    """What a copy begins with: everything but the times, which have passed or belong to the other."""
    return replace(content_of(model), plan=Plan(timing=Timing.NOW if model.plan.at else model.plan.timing))


def draft(desk: Desk, staff: Person, announcement_id: str) -> Announcement:
    """One for a form or a list of staff. Raises `NotFound`. One query."""
    with desk.program.ask() as connection:
        return of_staff(announcement_queries.one(connection, announcement_id), staff)
