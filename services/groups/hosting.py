"""How somebody who holds a group session changes it: once, behind its lock, guarded by the version they looked at."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from sqlalchemy import Connection

from domain.booking import AlreadyChanged, Change
from domain.errors import NotFound, StoreBusy
from domain.groups import Group, GroupWords
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.groups.facts import GroupOutcome
from services.groups.look import details_in, find_hosted
from services.groups.rules import check_still_open
from services.groups.seats import TRIES
from services.groups.steps import add_step
from services.groups.words import open_words, seal_words
from storage.confidential import group_queries
from storage.confidential.cell_queries import CellTaken
from storage.confidential.once import once
from storage.once import recall, remember

_CHANGING = (
    "host_id",
    "cohost_id",
    "status",
    "starts_at",
    "ends_at",
    "busy_from",
    "busy_to",
    "seats",
    "version",
    "words",
    "changed_at",
)
Deed = Callable[[Connection, Group], tuple[str, ...]]
"""Changes something behind the lock, and returns whose Home tabs it concerns besides the hosts'."""


class Wish(Protocol):
    """What every wish of a host holds; `version` is the session's when they looked."""

    @property
    def request_key(self) -> str:
        """The once-only key."""

    @property
    def ref(self) -> str:
        """By what the host knows the session."""

    @property
    def version(self) -> int:
        """See above."""


def change_hosted(desk: SupportDesk, host: Person, wish: Wish, deed: Deed) -> GroupOutcome:
    """Do it once; the same request delivered again changes nothing.

    Raises `NotFound`, `AlreadyCanceled`, `AlreadyChanged` or `AlreadyOver`, and what the deed raises.
    """
    for _ in range(TRIES):
        try:
            return _try(desk, host, wish, deed)
        except CellTaken:
            continue  # somebody of it books something else at this moment; what was read is read anew
    raise StoreBusy


def store_group(
    desk: SupportDesk,
    connection: Connection,
    before: Group,
    after: Group,
    change: Change,
    *,
    by_id: str,
    words: GroupWords | None = None,
    reason: str | None = None,
) -> Group:
    """The row of the next version, and the step that brought it there, in the caller's transaction.

    Its words are sealed anew, since they are bound to who holds it and to the version: new ones, or the old ones
    with a new reason, or as they are. Raises `AlreadyChanged`.
    """
    stamped = replace(after, version=before.version + 1, changed_at=_stamp(desk, before))
    sealed = replace(stamped, words=_sealed(desk, connection, before, stamped, words, reason))
    if not group_queries.change_group(connection, before, {name: getattr(sealed, name) for name in _CHANGING}):
        raise AlreadyChanged
    add_step(connection, sealed, change, by_id=by_id)
    return sealed


def _try(desk: SupportDesk, host: Person, wish: Wish, deed: Deed) -> GroupOutcome:
    with desk.store.write() as connection:
        found = find_hosted(desk, connection, host, wish.ref)
        desk.store.lock(connection, found.id)
        group = group_queries.group_by_id(connection, found.id)
        if group is None or host.id not in group.host_ids:
            raise NotFound
        others: tuple[str, ...] = ()
        if recall(connection, once, wish.request_key) is None:
            check_still_open(group, now=epoch_seconds(desk.clock.now()))
            if group.version != wish.version:
                raise AlreadyChanged
            others = deed(connection, group)
            now = desk.clock.now()
            remember(connection, once, wish.request_key, program_id=group.program_id, outcome={}, at=now)
        current = group_queries.group_by_id(connection, group.id) or group
        details = details_in(desk, connection, host, current)
    return GroupOutcome(details=details, person_ids=tuple(sorted({*current.host_ids, *others})))


def _sealed(
    desk: SupportDesk,
    connection: Connection,
    before: Group,
    after: Group,
    words: GroupWords | None,
    reason: str | None,
) -> bytes:
    said = words or open_words(desk, connection, [before])[0]
    # Words that do not open are left as they are: to seal them anew would make something else of them.
    if said.is_unreadable:
        return before.words
    return seal_words(desk, connection, said if reason is None else replace(said, reason=reason), group=after)


def _stamp(desk: SupportDesk, before: Group) -> int:
    return max(epoch_seconds(desk.clock.now()), before.changed_at)
