"""What happens to an announcement by itself, tick by tick: it goes out, people are reminded, staff get their list."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from domain.announcements import AnnouncementRules, InChannel, Rung, State, last_call
from domain.attention import Subject
from domain.errors import NotFound
from domain.times import epoch_seconds, instant_of
from services.announcements.correct import (
    cancel_some,
    is_current,
    nudge_some,
    rewrite_some,
    set_aside,
    take_back_some,
    tell_change_some,
)
from services.announcements.deliveries import AnnouncementMessage, Trouble, put, to_staff, told
from services.announcements.facts import Announcement, announcement_of
from services.announcements.missing import still
from services.announcements.publish import add_readers, hurry_some, is_of_roster, publish_due, tell_some
from services.announcements.send import ask_everybody
from services.announcements.staff import staff_of
from services.announcements.steps import Some, Step, begin
from services.announcements.telling import has_head_start
from services.apart import apart
from services.audiences.resolve import Reader, newcomers
from services.audit import Entry, note
from services.desk import Desk
from services.homes import Refresh, leave_homes
from services.portions import PORTION, go_on
from storage.batches import in_batches
from storage.program import (
    announcement_missing_queries,
    announcement_queries,
    announcement_rows,
    announcement_troubles,
    audience_queries,
)
from storage.program.announcement_queries import AnnouncementRow

FOLLOWED = timedelta(days=60)
"""Whoever has not acknowledged something after so long is not reminded by the bot any more."""
REPORTED = timedelta(days=7)
"""How long after its expiry an announcement is reported that did not reach all, should nobody have been there to.

So long after its sending too, what is wrong in its channel.
"""
NEWCOMERS_WITHIN = timedelta(days=14)
"""What has no end is old news to whoever comes later than that."""
LOOK_AGAIN = timedelta(hours=1)
"""So often late joiners are looked for when no roster has changed: memberships begin by themselves."""

_STEPS: Mapping[str, Some] = {
    Step.TELL: tell_some,
    Step.HURRY: hurry_some,
    Step.NUDGE: nudge_some,
    Step.CANCEL: cancel_some,
    Step.REWRITE: rewrite_some,
    Step.TAKE_BACK: take_back_some,
    Step.TELL_CHANGE: tell_change_some,
}
_Step = Callable[[Desk, Connection, Announcement], int]


def follow_up(desk: Desk, refresh_homes: Refresh = leave_homes) -> int:
    """Do what is due for every announcement; return how much that was. Safe to repeat, in several replicas.

    Looks first, and writes only where there is something: this comes round every few seconds.
    """
    done = publish_due(desk, refresh_homes) + go_on(desk, Subject.ANNOUNCEMENT, _find, _STEPS)
    return done + sum(apart("follow up", id_, partial(_take, desk, id_, step)) or 0 for id_, step in _due(desk))


def _find(connection: Connection, announcement_id: str) -> Announcement | None:
    row = announcement_queries.one(connection, announcement_id)
    return None if row is None else announcement_of(row)


def _due(desk: Desk) -> list[tuple[str, _Step]]:
    now = desk.clock.now()
    at = epoch_seconds(now)
    with desk.program.read() as connection:
        waiting = announcement_queries.waiting_for_a_yes(connection)
        followed = announcement_queries.followed(
            connection, now=at, since=epoch_seconds(now - FOLLOWED), over_since=epoch_seconds(now - REPORTED)
        )
        programs = {row.program_id for row in (*waiting, *followed)}
        rules = {each: desk.rules.now(each).announcements for each in programs}
        again = _with_second_due(connection, followed, rules, now)
        to_list = [row for row in followed if _is_list_due(connection, row, rules[row.program_id], now)]
        in_channels = announcement_troubles.channel_troubles(connection, since=epoch_seconds(now - REPORTED), now=at)
        over = announcement_troubles.partly_unsent(connection, since=epoch_seconds(now - REPORTED), now=at)
        expired = [id_ for id_ in over if apart("look who lacks", id_, partial(_lacks, desk, connection, id_))]
    return [
        *((row.id, _escalate) for row in waiting if _is_unanswered(row, rules[row.program_id], now)),
        *((id_, _again) for id_ in again),
        *((row.id, _list_for_staff) for row in to_list),
        *((id_, partial(_tell_of_channel, Trouble(trouble))) for id_, trouble in in_channels),
        *((id_, _tell_of_expiry) for id_ in expired),
    ]


def _with_second_due(
    connection: Connection,
    followed: Sequence[AnnouncementRow],
    rules: Mapping[str, AnnouncementRules],
    now: datetime,
) -> list[str]:
    """Those with readers whose second message is due, by the hours of their program. One query for each program.

    A notice is never told twice: whoever had a message of it did because their digest would have come too late.
    """
    by_program: dict[str, list[str]] = {}
    for row in followed:
        # Nobody's first message went before it was sent.
        if (row.sent_at or 0) <= _before(rules[row.program_id], now) and not _is_over(row, now):
            by_program.setdefault(row.program_id, []).append(row.id)
    return [
        id_
        for program_id, ids in by_program.items()
        for id_ in announcement_rows.with_unanswered(connection, ids, told_before=_before(rules[program_id], now))
    ]


def _before(rules: AnnouncementRules, now: datetime) -> int:
    return epoch_seconds(now - timedelta(hours=rules.again_hours))


def welcome_newcomers(desk: Desk, refresh_homes: Refresh = leave_homes) -> int:
    """Give what is open to whoever has come into its audience since it was sent; return how many people that are."""
    now = desk.clock.now()
    with desk.program.ask() as connection:
        found = announcement_queries.for_newcomers(
            connection,
            now=epoch_seconds(now),
            since=epoch_seconds(now - NEWCOMERS_WITHIN),
            stale_at=epoch_seconds(now - LOOK_AGAIN),
        )
    return sum(apart("welcome", row.id, partial(_welcome, desk, row, refresh_homes)) or 0 for row in found)


def _take(desk: Desk, announcement_id: str, step: _Step) -> int:
    with desk.program.write() as connection:
        desk.program.lock(connection, f"announcement {announcement_id}")
        found = _find(connection, announcement_id)
        return 0 if found is None else step(desk, connection, found)


def _is_unanswered(row: AnnouncementRow, rules: AnnouncementRules, now: datetime) -> bool:
    return row.asked_at is not None and instant_of(row.asked_at) + timedelta(minutes=rules.approver_minutes) <= now


def _is_list_due(connection: Connection, row: AnnouncementRow, rules: AnnouncementRules, now: datetime) -> bool:
    """Whether those of its readers who are on no list yet have had their whole ladder, or it is over soon.

    Those who were added together are one ladder: it ends the hours of the list after the first message of the last of
    them, whom their own morning or quiet hours may have kept waiting. True as well where all of them have acknowledged
    it, which leaves nothing to look for. Nothing is asked before any of it can be so.
    """
    if row.listed_at is not None or not _may_list(row, instant_of(row.sent_at or 0), rules, now):
        return False
    added_at = announcement_queries.oldest_unlisted(connection, row.id, after=row.listed_until)
    if added_at is None or _is_last_call(row, instant_of(added_at), now):
        return True
    return _may_list(row, instant_of(added_at), rules, now) and not announcement_rows.are_climbing(
        connection, row.id, added_at=added_at, told_before=_listed_before(rules, now)
    )


def _may_list(row: AnnouncementRow, added_at: datetime, rules: AnnouncementRules, now: datetime) -> bool:
    return epoch_seconds(added_at) <= _listed_before(rules, now) or _is_last_call(row, added_at, now)


def _listed_before(rules: AnnouncementRules, now: datetime) -> int:
    return epoch_seconds(now - timedelta(hours=rules.list_hours))


def _is_last_call(row: AnnouncementRow, added_at: datetime, now: datetime) -> bool:
    return row.expires_at is not None and last_call(added_at, instant_of(row.expires_at)) <= now


def _is_over(row: AnnouncementRow, now: datetime) -> bool:
    return row.expires_at is not None and row.expires_at <= epoch_seconds(now)


def _escalate(desk: Desk, connection: Connection, found: Announcement) -> int:
    if found.state is not State.WAITING or found.all_asked_at is not None:
        return 0
    if not is_current(connection, found):  # sent off in the same moment as another text was made
        return int(set_aside(desk, connection, found))
    ask_everybody(desk, connection, found)
    return 1


def _again(desk: Desk, connection: Connection, found: Announcement) -> int:
    """The second message, some hours after the first went to this person: whom quiet hours held up has as long."""
    now = desk.clock.now()
    if found.state is not State.SENT or found.sent_at is None:
        return 0
    before = _before(desk.rules.now(found.program_id).announcements, now)
    open_ = announcement_rows.unanswered(connection, found.id, told_before=before, at_most=PORTION)
    base = found.sent_at
    announcement_queries.need_no_second(connection, found.id, open_)
    return put(desk, connection, [told(found, each, rung=Rung.AGAIN, send_at=now, base=base) for each in open_])


def _list_for_staff(desk: Desk, connection: Connection, found: Announcement) -> int:
    """One list for those who were added together, once, with all who have not acknowledged it; see `_is_list_due`."""
    now, rules = desk.clock.now(), desk.rules.now(found.program_id).announcements
    row = announcement_queries.one(connection, found.id)
    if row is None or found.state is not State.SENT or not _is_list_due(connection, row, rules, now):
        return 0
    added_at = announcement_queries.oldest_unlisted(connection, row.id, after=row.listed_until)
    until = max(row.listed_until, _listed_before(rules, now))  # a list of what ends soon came before its time
    if added_at is not None and _is_last_call(row, instant_of(added_at), now):
        until = max(added_at, epoch_seconds(now) - 1)  # who comes within this second may come after the list
    announcement_queries.note_listed(connection, row.id, at=epoch_seconds(now), until=until)
    if added_at is None:
        return 0
    return put(desk, connection, to_staff(found, AnnouncementMessage.LIST, staff_of(desk, found), rung="list", at=now))


def _tell_of_channel(trouble: Trouble, desk: Desk, connection: Connection, found: Announcement) -> int:
    """Unless it stands there, nobody can press there, or nobody knows whether they can: nobody waits for it either."""
    if trouble is not Trouble.TWICE and found.sent_at is not None and has_head_start(found, found.sent_at):
        begin(desk, connection, found, Step.HURRY, hurry_some, number=epoch_seconds(desk.clock.now()))
    return _trouble(desk, connection, found, trouble)


def _tell_of_expiry(desk: Desk, connection: Connection, found: Announcement) -> int:
    return _trouble(desk, connection, found, Trouble.PARTLY) if found.state is State.SENT else 0


def _lacks(desk: Desk, connection: Connection, announcement_id: str) -> bool:
    """Whether anybody has not had it who should have still, or its channel has not. Three queries at most."""
    at = epoch_seconds(desk.clock.now())
    if announcement_troubles.channel_trouble(connection, announcement_id, now=at) is InChannel.LATE:
        return True
    found = _find(connection, announcement_id)
    return found is not None and bool(
        announcement_missing_queries.number_unserved(connection, found.id, still(desk, connection, found))
    )


def _trouble(desk: Desk, connection: Connection, found: Announcement, trouble: Trouble) -> int:
    """Once for each trouble: the row's key is of the instant it was sent, and not of this one."""
    at = found.sent_at or desk.clock.now()
    life = desk.clock.now() - at + REPORTED
    rows = to_staff(found, AnnouncementMessage.TROUBLE, staff_of(desk, found), rung=trouble, at=at, life=life)
    return put(desk, connection, rows)


def _welcome(desk: Desk, row: AnnouncementRow, refresh_homes: Refresh) -> int:
    """Look first, where nobody waits for it; then write who is new, some at a time."""
    found = announcement_of(row)
    with desk.program.read() as connection:
        version = audience_queries.roster_version(connection, found.program_id)
        new = _new_readers(desk, connection, found)
    added = sum(_take(desk, found.id, partial(_newcomers, some)) for some in in_batches(new, PORTION))
    if added:
        refresh_homes(*(each.person_id for each in new))
    if is_of_roster(found.audience):
        with desk.program.write() as connection:
            at = epoch_seconds(desk.clock.now())
            announcement_queries.note_looked(connection, found.id, roster_version=version, at=at)
    return added


def _new_readers(desk: Desk, connection: Connection, found: Announcement) -> Sequence[Reader]:
    """Nobody, where it is for those who had not done something: who comes later is no laggard, as with deadlines."""
    if found.audience.is_narrowed:
        return ()
    known = announcement_queries.reader_ids(found.id)
    try:
        return newcomers(
            desk, connection, found.audience, program_id=found.program_id, author_id=found.author_id, known=known
        ).readers
    except NotFound:  # its list has ended
        return ()


def _newcomers(new: Sequence[Reader], desk: Desk, connection: Connection, found: Announcement) -> int:
    if found.state is not State.SENT or found.sent_at is None:
        return 0
    added = add_readers(desk, connection, found, new)
    if not added:
        return 0
    announcement_queries.note_readers(connection, found.id, more=added)
    detail = "1 newcomer" if added == 1 else f"{added} newcomers"
    note(
        connection, desk, found.program_id, Entry(object_id=found.id, by_id="", deed="sent to newcomers", detail=detail)
    )
    return added
