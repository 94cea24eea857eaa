"""Private lists: staff begin one about a subject, people put themselves on it, and only its owner sees who they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import DomainError, NotFound
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import Desk
from storage.once import recall, remember
from storage.program import opt_in_queries, people_queries
from storage.program.once import once

TITLE_MAX = 75
ABOUT_MAX = 300


class InvalidList(DomainError):
    """A list needs a title that says what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateList:
    """A list as somebody sees it: whether it is theirs, and whether they are on it."""

    id: str
    title: str
    about: str
    is_own: bool
    is_on: bool


def open_lists(desk: Desk, person: Person) -> Sequence[PrivateList]:
    """All lists that somebody can put themselves on, and which they are on. One query."""
    with desk.program.ask() as connection:
        rows = opt_in_queries.open_lists(connection, person.program_id, person_id=person.id)
    return [
        PrivateList(id=row.id, title=row.title, about=row.about, is_own=row.owner_id == person.id, is_on=row.is_on)
        for row in rows
    ]


def names_on_list(desk: Desk, owner: Person, list_id: str) -> tuple[str, ...]:
    """Who is on a list, for its owner. Raises `NotFound` for everybody else."""
    with desk.program.read() as connection:
        if opt_in_queries.owner_of(connection, list_id, program_id=owner.program_id) != owner.id:
            raise NotFound
        ids = opt_in_queries.members_of(connection, list_id)
        names = people_queries.names_of(connection, ids, program_id=owner.program_id) if ids else {}
    return tuple(sorted(names.values()))


def begin_list(desk: Desk, staff: Person, *, title: str, about: str, request_key: str) -> str:
    """Make a list and return its id. The same request is once. Raises `InvalidList` at the field at fault."""
    if not title:
        raise InvalidList(field="title")
    for text, most, field in ((title, TITLE_MAX, "title"), (about, ABOUT_MAX, "about")):
        if len(text) > most:
            raise InvalidList(f"Please keep this within {most} characters.", field=field)
    with desk.program.write() as connection:
        known = recall(connection, once, request_key)
        if known is not None:
            return str(known["id"])
        id_, now = desk.ids.new(), desk.clock.now()
        values = {
            "id": id_,
            "program_id": staff.program_id,
            "owner_id": staff.id,
            "title": title,
            "about": about,
            "created_at": epoch_seconds(now),
        }
        opt_in_queries.add_list(connection, values)
        remember(connection, once, request_key, program_id=staff.program_id, outcome={"id": id_}, at=now)
        return id_


def end_list(desk: Desk, owner: Person, list_id: str) -> None:
    """End a list and forget who was on it. Raises `NotFound` for who does not own it."""
    with desk.program.write() as connection:
        desk.program.lock(connection, _turn(list_id))
        if opt_in_queries.owner_of(connection, list_id, program_id=owner.program_id) != owner.id:
            raise NotFound
        opt_in_queries.close_list(connection, list_id, at=epoch_seconds(desk.clock.now()))


def put_on_list(desk: Desk, person: Person, list_id: str) -> None:
    """Put yourself on a list; twice is once. Raises `NotFound` for one that has ended."""
    with desk.program.write() as connection:
        desk.program.lock(connection, _turn(list_id))
        if opt_in_queries.owner_of(connection, list_id, program_id=person.program_id) is None:
            raise NotFound
        opt_in_queries.join(
            connection, list_id, person.id, program_id=person.program_id, at=epoch_seconds(desk.clock.now())
        )


def take_off_list(desk: Desk, person: Person, list_id: str) -> None:
    """Take yourself off a list; twice is once."""
    with desk.program.write() as connection:
        opt_in_queries.leave(connection, list_id, person.id)


def _turn(list_id: str) -> str:
    """Whoever ends a list forgets all who are on it, so nobody comes on it meanwhile. Going off it needs no turn."""
    return f"list {list_id}"
