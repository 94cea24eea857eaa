"""The audit trail of what staff decide: who did what to an announcement, a deadline or an event, and when."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.desk import Desk
from storage.program import audit_queries, people_queries

LISTED = 50
"""Entries of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deed: by a person (id, or "" for the bot itself), about a thing, and about somebody where one is concerned.

    `deed` is a short word in the past tense; `detail` holds ids, numbers and dates, never words that somebody wrote.
    """

    object_id: str
    by_id: str
    deed: str
    about_id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An entry as it is read: `by` and `about` are names, "" where there is nobody."""

    at: datetime
    by: str
    deed: str
    about: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """A page of what happened to a thing, newest first, and how many entries there are in all.

    Of `pages`, page 0 is the newest.
    """

    done: tuple[Done, ...] = ()
    number: int = 0
    page: int = 0
    pages: int = 1

    def __iter__(self) -> Iterator[Done]:
        """The entries of the page."""
        return iter(self.done)


def people_words(number: int) -> str:
    """How many people, for `Entry.detail`."""
    return "1 person" if number == 1 else f"{number} people"


def note(connection: Connection, desk: Desk, program_id: str, *entries: Entry) -> None:
    """Write entries, in this order, in the transaction of the deed, so that neither stands without the other."""
    at = epoch_seconds(desk.clock.now())
    rows = [
        {
            "program_id": program_id,
            "object_id": entry.object_id,
            "at": at,
            "by_id": entry.by_id,
            "deed": entry.deed,
            "about_id": entry.about_id,
            "detail": entry.detail,
        }
        for entry in entries
    ]
    if rows:
        audit_queries.add(connection, rows)


def trail(
    desk: Desk,
    staff: Person,
    object_id: str,
    *,
    page: int = 0,
    at_most: int = LISTED,
    but_own: Collection[str] = (),
) -> Trail:
    """A page of what happened to a thing of this person's program, the last thing first. Two queries.

    Page 0 is the newest, and a page past the last one shows the last. Who may see the thing the caller has looked at.
    Without those of `but_own` that somebody did to what is their own: what each of many people does for themselves
    would drown what staff have done.
    """
    with desk.program.read() as connection:
        rows, number = audit_queries.of_object(
            connection,
            object_id,
            program_id=staff.program_id,
            page=page,
            at_most=at_most,
            but_own=but_own,
        )
        ids = {each for row in rows for each in (row.by_id, row.about_id) if each}
        names = people_queries.names_of(connection, ids, program_id=staff.program_id) if ids else {}
    pages = max(1, -(-number // at_most))
    return Trail(done=tuple(_done(row, names) for row in rows), number=number, page=min(page, pages - 1), pages=pages)


def _done(row: audit_queries.AuditRow, names: Mapping[str, str]) -> Done:
    return Done(
        at=instant_of(row.at),
        by=names.get(row.by_id, ""),
        deed=row.deed,
        about=names.get(row.about_id, ""),
        detail=row.detail,
    )
