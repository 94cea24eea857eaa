"""What people do in office hours, a line each; every argument has a default, so a test names only what matters."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from sqlalchemy import select

from domain.office_hours import Entry, HelpTopic, own_ref
from domain.people import Person
from domain.places import Place
from services.office_hours.commands import HoldOfficeHours, JoinLine
from services.office_hours.joining import join_line
from services.office_hours.looking import listed_hours, own_place
from services.office_hours.running import hold_office_hours
from services.office_hours.serving import take_next
from services.office_hours.watching import helpers_line
from storage.confidential.office_hours import OfficeEntry
from storage.engine import table_of
from tests.fixtures.desks import House
from tests.looking.invariants import broken_invariants

ROOM = Place(kind="room", detail="4.12")
MINUTES = 10
_entry = table_of(OfficeEntry)
_numbers = count(1)


def a_key() -> str:
    """A once-only key of a press of its own."""
    return f"press-{next(_numbers)}"


def hold(
    house: House,
    by: str = "cleo",
    *,
    hours: float = 2,
    starts_in: timedelta | None = None,
    minutes: int = MINUTES,
    topics: Iterable[HelpTopic] = (),
    place: Place = ROOM,
    key: str | None = None,
) -> str:
    """Open office hours now, or plan them; returns their helper's reference."""
    now = house.clock.now()
    starts = None if starts_in is None else now + starts_in
    command = HoldOfficeHours(
        request_key=key or a_key(),
        starts=starts,
        ends=(starts or now) + timedelta(hours=hours),
        minutes=minutes,
        topics=tuple(topics),
        place=place,
    )
    return hold_office_hours(house.support, house.person(by), command)


def a_wish(
    house: House,
    who: Person,
    *,
    topic: HelpTopic = HelpTopic.DEBUGGING,
    line: str = "It hangs.",
    key: str | None = None,
    number: int = 0,
) -> JoinLine:
    """A wish to join the first of the listed office hours."""
    ref = listed_hours(house.support, who)[number].ref
    return JoinLine(request_key=key or a_key(), office_ref=ref, topic=topic, line=line)


def join(house: House, *people: str, topic: HelpTopic = HelpTopic.DEBUGGING, line: str = "It hangs.") -> None:
    """These scholars join the first of the listed office hours, one after the other."""
    for id_ in people:
        who = house.person(id_)
        join_line(house.support, who, a_wish(house, who, topic=topic, line=line))


def call_next(house: House, ref: str, by: str = "cleo") -> str:
    """Press Next; returns who was called."""
    return take_next(house.support, house.person(by), ref, request_key=a_key())


def entry_of(house: House, who: str) -> Entry:
    """The newest entry of a scholar, as stored."""
    newest = select(*(_entry.c[name] for name in Entry.__dataclass_fields__)).where(_entry.c.scholar_id == who)
    with house.stores.confidential.read() as connection:
        row = connection.execute(newest.order_by(_entry.c.number.desc()).limit(1)).one()
    return Entry(**row._asdict())


def ref_for(house: House, helper: str, who: str) -> str:
    """By what a helper knows a scholar's entry."""
    return own_ref(entry_of(house, who).id, house.person(helper).id)


def in_line(house: House, ref: str, by: str = "cleo") -> list[str]:
    """Names of those who wait, as a helper sees them."""
    return [each.name for each in helpers_line(house.support, house.person(by), ref).waiting]


def places(house: House, *people: str) -> list[int | None]:
    """The places that these scholars are shown."""
    return [own_place(house.support, house.person(each)).place for each in people]


def check_lines(house: House) -> None:
    """What must hold over the whole store, whoever pressed what at the same moment."""
    assert broken_invariants(house.stores.confidential) == []
