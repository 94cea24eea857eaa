"""Builders of announcements, and what a test sees of them; every argument has a default."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import select, update

from domain.announcements import Plan, State, Text
from domain.attention import DIGEST, Subject
from domain.audience import Audience
from domain.delivery import DeliveryState, Tier
from domain.people import Person, Role
from domain.times import epoch_seconds
from services.announcements.acknowledge import acknowledge
from services.announcements.compose import Content, Write, draft, write
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.details import Details
from services.announcements.digest import section
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up
from services.announcements.look import Line
from services.announcements.send import approve, send
from services.attention.digest import Digest, digest
from services.attention.sections import DigestLine
from storage.delivery.rows import delivery_of
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery
from storage.program.people_queries import membership
from tests.builders.people import put_person
from tests.fakes.clock import NOON
from tests.fixtures.desks import House, label
from tests.looking.attention import mark_sent

SCHOLARS = Audience(roles=(Role.SCHOLAR,))
TEXT = Text(title="Plans are due", body="Please hand in your research plan by Friday.")
_keys = (f"request-{number}" for number in count(1))
_row = table_of(ProgramDelivery)


def a_content(
    *,
    tier: Tier = Tier.IMPORTANT,
    text: Text = TEXT,
    plan: Plan | None = None,
    audience: Audience = SCHOLARS,
    channel: str = "",
    needs_ack: bool = True,
    takes_newcomers: bool = True,
    approver_id: str = "",
) -> Content:
    """What a form says."""
    return Content(
        tier=tier,
        text=text,
        plan=plan or Plan(),
        audience=audience,
        channel=channel,
        needs_ack=needs_ack,
        takes_newcomers=takes_newcomers,
        approver_id=approver_id,
    )


def an_announcement(content: Content | None = None, **changes: Any) -> Announcement:
    """One that Sam has sent at noon, as services hand it out."""
    said = content or a_content()
    found = Announcement(
        id="a1",
        program_id="program-1",
        author_id="sam",
        written_by="sam",
        state=State.SENT,
        version=3,
        text_version=1,
        tier=said.tier,
        text=said.text,
        plan=said.plan,
        audience=said.audience,
        channel=said.channel,
        needs_ack=said.needs_ack,
        takes_newcomers=said.takes_newcomers,
        approver_id="",
        approved_by="",
        corrects="",
        refusal="",
        asked_at=None,
        all_asked_at=None,
        changed_at=NOON,
        sent_at=NOON,
        ended_at=None,
        readers=2,
    )
    return replace(found, **changes)


@dataclass(frozen=True, slots=True)
class Desk:
    """Staff at work in a house: sam writes, sue says yes."""

    house: House

    @property
    def sam(self) -> Person:
        """Who writes and sends."""
        return self.house.person("sam")

    @property
    def sue(self) -> Person:
        """The second member of staff."""
        return self.house.person("sue")

    def draft(self, content: Content | None = None) -> Announcement:
        """A draft of Sam's."""
        command = Write(request_key=next(_keys), content=content or a_content())
        return write(self.house.desk, self.sam, command)

    def sent(self, content: Content | None = None) -> Announcement:
        """One that has gone out, with a second yes where it needs one."""
        found = self.draft(content)
        waiting = send(self.house.desk, self.sam, found.id, version=found.version)
        if found.tier is Tier.CRITICAL:
            approve(self.house.desk, self.sue, found.id, version=waiting.version)
        follow_up(self.house.desk)
        return self.now(found)

    def now(self, found: Announcement) -> Announcement:
        """The same as it stands."""
        return draft(self.house.desk, self.sam, found.id)

    def rows(self, kind: str, *states: DeliveryState) -> list[tuple[str, str, str]]:
        """Reader, rung and time of sending of the program ledger's rows of a kind (pending unless told)."""
        wanted = [state.value for state in states or (DeliveryState.PENDING,)]
        with self.house.desk.program.read() as connection:
            found = connection.execute(
                select(_row.c.person_id, _row.c.rung, _row.c.send_at).where(
                    _row.c.kind == kind, _row.c.state.in_(wanted)
                )
            )
            return sorted((person_id, rung, label(at)) for person_id, rung, at in found)


def a_look(**changes: Any) -> Details:
    """Of one that nobody has read."""
    return Details(
        line=Line(announcement=an_announcement(**changes), readers=2, acknowledged=0),
        author="Sam",
        approver="",
        had=0,
        reached={},
        is_private=False,
        may_answer=False,
    )


def a_desk(house: House) -> Desk:
    """A house with a second member of staff."""
    put_person(house.stores.program, "sue", Role.STAFF)
    return Desk(house)


def request_key() -> str:
    """A once-only key that no other request has."""
    return next(_keys)


def told(desk: Desk, *, after: timedelta = timedelta(), kind: str = AnnouncementMessage.TOLD) -> None:
    """As if everything that is due of a kind had been sent so long after now."""
    desk.house.clock.advance(after)
    now = epoch_seconds(desk.house.clock.now())
    is_due = (ledger.c.kind == kind) & (ledger.c.state == "pending") & (ledger.c.send_at <= now)
    with desk.house.desk.program.write() as connection:
        sent = update(ledger).where(is_due).values(state="sent", told_at=now, intent_at=1, channel="D1", ts="1.1")
        connection.execute(sent)


def digest_goes(desk: Desk, who: str) -> None:
    """Somebody's next digest goes now, with what it has of announcements."""
    house = desk.house
    with house.desk.program.read() as connection:
        asked = select(ledger).where(ledger.c.kind == DIGEST, ledger.c.person_id == who, ledger.c.state == "pending")
        row = delivery_of(connection.execute(asked.order_by(ledger.c.send_at).limit(1)).one())
    assert isinstance(digest(house.desk, row, {Subject.ANNOUNCEMENT: section}), Digest)
    mark_sent(house, [row.key])


def digest_of(desk: Desk, person_id: str) -> list[tuple[str, str, bool]]:
    """Somebody's next digest is sent: title, text, and whether it was taken back, of each announcement in it.

    Of what has another text "Changed: " stands before its title.
    """
    asked = select(ledger).where(
        ledger.c.kind == DIGEST, ledger.c.person_id == person_id, ledger.c.state == DeliveryState.PENDING.value
    )
    with desk.house.desk.program.read() as connection:
        row = connection.execute(asked.order_by(ledger.c.send_at)).first()
    if row is None:
        return []
    found = delivery_of(row)
    desk.house.clock.advance(max(timedelta(), found.send_at - desk.house.clock.now()))
    made = digest(desk.house.desk, found, {Subject.ANNOUNCEMENT: section})
    mark_sent(desk.house, [found.key])
    return (
        [(said_of(line), line.text, line.was_taken_back) for _, line in made.news] if isinstance(made, Digest) else []
    )


def said_of(line: DigestLine) -> str:
    """The title of a line, and whether it has another text."""
    return f"Changed: {line.title}" if line.has_changed else line.title


def press(desk: Desk, person_id: str, found: Announcement) -> bool:
    """Somebody acknowledges it; whether they had before."""
    return acknowledge(desk.house.desk, desk.house.person(person_id), found.id).was_before


def later(desk: Desk, by: timedelta) -> None:
    """Time passes, and what comes with it happens twice, which is once."""
    desk.house.clock.advance(by)
    follow_up(desk.house.desk)
    follow_up(desk.house.desk)


def ladder_ends(desk: Desk) -> None:
    """A day passes after the first messages, within which the second ones go: staff have their list."""
    later(desk, timedelta(hours=4))
    told(desk)
    later(desk, timedelta(hours=20))


def second_messages(desk: Desk, *states: DeliveryState) -> list[str]:
    """Who has a row of the second rung."""
    return [row[0] for row in desk.rows(AnnouncementMessage.TOLD, *states) if row[1] == "again"]


def leave(desk: Desk, person_id: str, role: Role) -> None:
    """Somebody is not on the roster in this role any more."""
    is_it = (membership.c.person_id == person_id) & (membership.c.role == role.value)
    with desk.house.desk.program.write() as connection:
        connection.execute(update(membership).where(is_it).values(removed_at=1))
