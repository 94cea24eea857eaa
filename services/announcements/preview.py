"""What is shown before sending: whom it will reach, by name, how many it interrupts, and what one should know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from domain.announcements import State
from domain.attention import Preferences, QuietHours, digest_leaves_time, may_be_told
from domain.audience import NobodyFound
from domain.delivery import Tier
from domain.errors import NotFound
from domain.people import Person
from domain.times import zone
from domain.wall import wall_instant
from services.announcements.correct import is_current
from services.announcements.facts import Announcement
from services.announcements.notices import early_ones
from services.announcements.send import approvers
from services.announcements.telling import has_head_start, when_told
from services.attention.budget import with_none_left
from services.attention.standing import standing_of
from services.audiences.resolve import Reader, Resolved, resolve, resolved_in
from services.desk import Desk
from storage.program import opt_in_queries

COUNTED_FROM = 5
"""Readers, for whom it is counted who gets a message when.

What somebody has set, their quiet hours and when their digest comes, nobody else may know (who-sees-what.md). For one
reader the numbers tell it: a draft previewed for one time after another reads them off. So the numbers begin where
they are of a group, as whoever reports shares of people begins at five; the rule is the number of readers alone, since
one that looks at what they have set would tell of it by what it hides.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One before it is sent, as things are now.

    `interrupted` get a message at the moment of sending, `later` when their quiet hours end, in their morning, or after
    the channel has had its time. `in_digest` have had their messages of the day and find it in their digest, unless it
    is critical. Of a notice these are of those whose digest would come too late, and all others find it there.
    `has_approver` is whether anybody could give the second yes that a critical one needs, and `asked` who of them is
    asked first, by name; "" for all of them.

    Of fewer than `COUNTED_FROM` readers it is not said when they are told: all of these numbers are 0 then.
    """

    announcement: Announcement
    readers: tuple[Reader, ...]
    unreachable: tuple[Reader, ...]
    interrupted: int
    later: int
    has_approver: bool
    in_digest: int = 0
    as_day_begins: int = 0
    """Whose morning of the day comes too late, so that they get it when that day begins for them."""
    never: int = 0
    """For whom it is over before that day begins."""
    is_counted: bool = True
    """Whether the numbers say anything."""
    after_channel: bool = False
    """Whether the later ones are those who have not acknowledged it in the channel by then."""
    hidden: int = 0
    """How many are on another one's private list, which is all that may be known of them."""
    asked: str = ""
    is_current: bool = True
    """False for a new text whose old one has another by now, or was taken back: it can never go out."""


def preview(desk: Desk, staff: Person, found: Announcement, *, is_in_channel: bool = True) -> Preview:
    """What sending it would do now. Raises `EmptyAudience`. `is_in_channel` is false where its channel takes nothing.

    Where nobody fits just now it has no readers; of a few it does not count when they are told. As many queries for ten
    thousand readers as for five.
    """
    meant = _meant(desk, staff, found)
    hidden = _hidden(desk, staff, found) if found.audience.secret_list and not meant.readers else 0
    has_approver, asked = _second_yes(desk, staff, found)
    seen = Preview(
        announcement=found,
        readers=meant.readers,
        unreachable=meant.unreachable,
        interrupted=0,
        later=0,
        is_counted=len(meant.readers) >= COUNTED_FROM,
        has_approver=has_approver,
        asked=asked,
        after_channel=is_in_channel and has_head_start(found, _begins(desk, found)),
        hidden=hidden,
        is_current=_is_current(desk, found),
    )
    return _counted(desk, seen, meant, is_in_channel=is_in_channel) if seen.is_counted else seen


def _counted(desk: Desk, seen: Preview, meant: Resolved, *, is_in_channel: bool) -> Preview:
    """The same with when its readers are told."""
    found = seen.announcement
    written_to = _written_to(desk, found, meant, is_in_channel=is_in_channel)
    at_once = _at_once(desk, found, written_to)
    in_digest = _over_budget(desk, found, at_once)
    as_day_begins, never = _without_morning(desk, found, written_to)
    return replace(
        seen,
        interrupted=len(at_once) - len(in_digest),
        later=len(written_to) - len(at_once) - as_day_begins - never,
        as_day_begins=as_day_begins,
        never=never,
        in_digest=len(in_digest),
    )


def _is_current(desk: Desk, found: Announcement) -> bool:
    with desk.program.ask() as connection:
        return is_current(connection, found)


def _second_yes(desk: Desk, staff: Person, found: Announcement) -> tuple[bool, str]:
    """Whether anybody could say yes, and who is asked first; of a draft, were it sent off by who looks at it."""
    if found.tier is not Tier.CRITICAL:
        return True, ""
    sent = replace(found, author_id=staff.id) if found.state is State.DRAFT else found
    with desk.program.ask() as connection:
        possible = approvers(desk, connection, sent)
    first = desk.people.person(found.approver_id) if found.approver_id in possible else None
    return bool(possible), "" if first is None else first.name


def _meant(desk: Desk, staff: Person, found: Announcement) -> Resolved:
    if found.corrects or found.state is State.SENT:
        return Resolved(readers=())
    try:
        return resolve(desk, staff, found.audience)
    except (NobodyFound, NotFound):  # or the private list has ended, or is another one's
        return Resolved(readers=())


def _hidden(desk: Desk, staff: Person, found: Announcement) -> int:
    """How many people it is for of another one's private list, however it came to be theirs."""
    with desk.program.read() as connection:
        owner_id = opt_in_queries.owner_of(connection, found.audience.secret_list, program_id=found.program_id)
        if owner_id is None or owner_id == staff.id:
            return 0
        try:
            meant = resolved_in(desk, connection, found.audience, program_id=found.program_id, author_id=owner_id)
        except (NobodyFound, NotFound):
            return 0
        return len(meant.readers)


def _begins(desk: Desk, found: Announcement) -> datetime:
    now = desk.clock.now()
    return max(found.plan.begins(now), now)


def _written_to(desk: Desk, found: Announcement, meant: Resolved, *, is_in_channel: bool) -> dict[Reader, datetime]:
    """Who gets a message of their own, and from when on; of a notice, only whose digest comes too late."""
    at = _begins(desk, found)
    if found.tier is not Tier.NOTICE:
        when = when_told(desk, found, now=at, is_in_channel=is_in_channel)
        return {each: when(each) for each in meant.readers}
    with desk.program.read() as connection:
        early = early_ones(desk, connection, found, meant.readers, at=at)
    return {each: early[each.person_id] for each in meant.readers if each.person_id in early}


def _at_once(desk: Desk, found: Announcement, written_to: Mapping[Reader, datetime]) -> Mapping[Reader, Preferences]:
    """Whose message is due at the moment of sending and not in their quiet hours, with what they have set."""
    at = _begins(desk, found)
    now = [each for each, time in written_to.items() if time <= at]
    with desk.program.read() as connection:
        standing = standing_of(connection, desk, sorted(each.person_id for each in now))
    known = {each: standing[each.person_id][1] for each in now if each.person_id in standing}
    is_awake = _awake(at, found.plan.expires_at)
    return {each: preferences for each, preferences in known.items() if is_awake(each.zone, preferences.quiet)}


def _without_morning(desk: Desk, found: Announcement, written_to: Mapping[Reader, datetime]) -> tuple[int, int]:
    """How many have no morning of its day before it ends and get it as that day begins for them, and how many never."""
    ends, day, at = found.plan.expires_at, found.plan.on, _begins(desk, found)
    if day is None or ends is None:
        return 0, 0
    minute = desk.rules.now(found.program_id).attention.morning_time
    times = [time for each, time in written_to.items() if wall_instant(day, minute, zone(each.zone)) >= ends]
    never = sum(time >= ends for time in times)
    return sum(time > at for time in times) - never, never


def _awake(at: datetime, ends: datetime | None) -> Callable[[str, QuietHours | None], bool]:
    """Whether somebody may be told at an instant; looked up once for all who live alike."""

    @cache
    def awake(zone_name: str, quiet: QuietHours | None) -> bool:
        return may_be_told(at, zone(zone_name), quiet, must_before=ends) <= at

    return awake


def _over_budget(desk: Desk, found: Announcement, at_once: Mapping[Reader, Preferences]) -> list[Reader]:
    """Who of these finds it in their digest instead, since they have had enough messages today; see `attentive`."""
    if found.tier is Tier.CRITICAL:
        return []
    at, ends = _begins(desk, found), found.plan.expires_at
    with desk.program.read() as connection:
        ids = with_none_left(connection, desk, found.program_id, at_once, at=at)
    return [
        each
        for each, preferences in at_once.items()
        if each.person_id in ids and digest_leaves_time(at, zone(each.zone), preferences, ends)
    ]
