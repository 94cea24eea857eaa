"""Builders of what scheduling tells the handlers; every argument has a default, so a test names only what matters."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from domain.booking import Booked, BookingStatus
from domain.focus import FocusArea
from domain.groups import GroupWords, Standing
from domain.kinds import DEFAULT_KINDS, SessionKind
from domain.places import Place
from domain.times import epoch_seconds, zone
from handlers.ids.fields import day_field
from services.groups.facts import GroupDetails, GroupLine
from services.offers.facts import Offer, OfferedStart, StaffCard
from services.proposals.answer import ProposedTimes
from services.session_news.news import SessionNews
from services.sessions.ahead import BusyDay, WeekAhead
from services.sessions.facts import NamedSession, SessionDetails, SessionLine

LONDON = "Europe/London"
NEW_YORK = "America/New_York"
TUESDAY = datetime(2027, 1, 12, 10, tzinfo=UTC)
COACHING_KIND, COMMUNITY_KIND, URGENT_KIND, *_ = DEFAULT_KINDS
GROUP_WORDS = GroupWords(title="Writing together", about="Bring a page.", place=Place(kind="room", detail="4.12"))


def a_card(
    id: str = "cleo",  # noqa: A002
    *,
    name: str | None = None,
    about: str = "",
    focus_areas: Sequence[FocusArea] = (),
) -> StaffCard:
    """Somebody to choose."""
    return StaffCard(id=id, name=name or id.title(), zone=LONDON, about=about, focus_areas=tuple(focus_areas))


def an_offer(
    *,
    kind: SessionKind = COACHING_KIND,
    staff: Sequence[StaffCard] = (a_card(),),
    staff_id: str | None = None,
    zone_name: str = LONDON,
    staff_zone: str = LONDON,
    scholar_zone: str | None = None,
    starts: Iterable[datetime] = (TUESDAY,),
    why_empty: str = "",
    sharing: Iterable[str] = (),
) -> Offer:
    """What may be booked, at these instants; the reader is the scholar unless the scholar's zone is given."""
    days: dict[str, tuple[OfferedStart, ...]] = {}
    for start in starts:
        day = start.astimezone(zone(zone_name)).date().isoformat()
        days[day] = (*days.get(day, ()), OfferedStart(starts=start, staff_zone=staff_zone))
    return Offer(
        kinds=DEFAULT_KINDS,
        kind=kind,
        staff=tuple(staff),
        staff_id=staff_id,
        zone=zone_name,
        scholar_zone=scholar_zone or zone_name,
        days=days,
        why_empty=why_empty,
        sharing=tuple(sharing),
    )


def a_booked(
    id: str = "s1",  # noqa: A002
    *,
    starts: datetime = TUESDAY,
    kind: SessionKind = COACHING_KIND,
    version: int = 1,
    status: BookingStatus = BookingStatus.BOOKED,
) -> Booked:
    """A booking of Ada with Cleo."""
    start = epoch_seconds(starts)
    busy_from, busy_to = kind.busy(start)
    return Booked(
        id=id,
        scholar_ref=f"{id}-scholar",
        staff_ref=f"{id}-staff",
        program_id="program-1",
        scholar_id="ada",
        staff_id="cleo",
        kind=kind.key,
        status=status,
        starts_at=start,
        ends_at=start + kind.length_seconds,
        busy_from=busy_from,
        busy_to=busy_to,
        version=version,
        sequence=version - 1,
        topic=b"sealed",
        created_at=0,
        changed_at=0,
        roster_version=0,
    )


def some_details(
    booked: Booked | None = None,
    *,
    kind: SessionKind = COACHING_KIND,
    other_name: str = "Cleo",
    other_zone: str = LONDON,
    place: Place | None = None,
    focus_areas: Sequence[FocusArea] = (),
    words: str = "",
    reason: str = "",
    is_readers_reason: bool = False,
    is_off: bool = False,
    why_fixed: str = "",
) -> SessionDetails:
    """A session as one of the two sees it."""
    booked = booked or a_booked(kind=kind)
    return SessionDetails(
        ref=booked.scholar_ref,
        booked=booked,
        kind=kind,
        zone=LONDON,
        other_name=other_name,
        other_zone=other_zone,
        place=place,
        focus_areas=tuple(focus_areas),
        words=words,
        reason=reason,
        is_readers_reason=is_readers_reason,
        is_off=is_off,
        why_fixed=why_fixed,
    )


def a_line(ref: str = "s1", *, starts: datetime = TUESDAY, version: int = 1) -> SessionLine:
    """A session in a list."""
    return SessionLine(ref=ref, starts=starts, ends=starts + timedelta(minutes=45), zone=LONDON, version=version)


def a_week(*days: Sequence[SessionLine]) -> WeekAhead:
    """The week from the day of `TUESDAY` on, each day with these sessions."""
    busy = [
        BusyDay(day=TUESDAY.date() + timedelta(days=number), sessions=tuple(lines))
        for number, lines in enumerate(days)
        if lines
    ]
    return WeekAhead(today=tuple(days[0]) if days else (), days=tuple(busy))


def a_named(
    line: SessionLine | None = None, *, kind: SessionKind = COACHING_KIND, other_name: str = "Cleo"
) -> NamedSession:
    """The same in a list that may tell with whom and of which kind."""
    return NamedSession(line=line or a_line(), kind=kind, other_name=other_name)


def a_group_line(
    ref: str = "g1",
    *,
    words: GroupWords = GROUP_WORDS,
    host_names: Sequence[str] = ("Cleo",),
    standing: Standing = Standing.OUTSIDE,
    has_free_seats: bool = True,
) -> GroupLine:
    """A group session in a list."""
    return GroupLine(
        ref=ref,
        starts=TUESDAY,
        minutes=45,
        zone=LONDON,
        words=words,
        host_names=tuple(host_names),
        standing=standing,
        has_free_seats=has_free_seats,
    )


def some_group_details(
    ref: str = "g1",
    *,
    standing: Standing = Standing.OUTSIDE,
    words: GroupWords = GROUP_WORDS,
    host_names: Sequence[str] = ("Cleo",),
    is_open: bool = True,
    has_free_seats: bool = False,
    other_zone: str = LONDON,
    place_in_line: int = 0,
    seated_names: Sequence[str] | None = None,
    waiting: int | None = None,
    seats: int | None = None,
    partner_account: str | None = None,
    why_fixed: str = "",
) -> GroupDetails:
    """A group session as somebody sees it."""
    return GroupDetails(
        ref=ref,
        version=1,
        starts=TUESDAY,
        minutes=45,
        zone=LONDON,
        other_zone=other_zone,
        is_open=is_open,
        words=words,
        host_names=tuple(host_names),
        standing=standing,
        has_free_seats=has_free_seats,
        place_in_line=place_in_line,
        seated_names=None if seated_names is None else tuple(seated_names),
        waiting=waiting,
        seats=seats,
        partner_account=partner_account,
        why_fixed=why_fixed,
    )


def some_news(
    ref: str = "s1",
    *,
    version: int = 1,
    is_for_scholar: bool = True,
    may_look: bool = True,
    before: datetime | None = None,
    rung: str = "",
) -> SessionNews:
    """What a message tells of a session."""
    return SessionNews(
        ref=ref,
        version=version,
        starts=TUESDAY,
        ends=TUESDAY + timedelta(minutes=45),
        zone=LONDON,
        is_for_scholar=is_for_scholar,
        may_look=may_look,
        before=before,
        rung=rung,
    )


def some_times(
    id: str = "p1",  # noqa: A002
    *,
    starts: Sequence[datetime] = (TUESDAY, TUESDAY + timedelta(hours=1)),
    staff_name: str = "Cleo",
    staff_zone: str = LONDON,
    kind: SessionKind = COACHING_KIND,
) -> ProposedTimes:
    """Times that somebody offers."""
    return ProposedTimes(
        id=id, starts=tuple(starts), zone=LONDON, staff_name=staff_name, staff_zone=staff_zone, kind=kind
    )


def a_form(values: Mapping[str, Mapping[str, object]], *, state: str = "") -> dict[str, object]:
    """A submitted modal: what each block's element holds, by block id, as Slack nests it."""
    nested = {block_id: {"value": dict(element)} for block_id, element in values.items()}
    return {"id": "V1", "hash": "1.a", "type": "modal", "private_metadata": state, "state": {"values": nested}}


def typed(text: str | None) -> dict[str, object]:
    """What a text field holds."""
    return {"type": "plain_text_input", "value": text}


def a_moment(field: str, when: str | None, zone_name: str = LONDON) -> dict[str, dict[str, object]]:
    """A date and a time of a form, written like 2027-03-15 09:30, by block id; None for neither."""
    day, _, clock = (when or "").partition(" ")
    return {day_field(field): picked_day(day or None), **a_time(field, clock or None, zone_name)}


def picked_day(day: str | None) -> dict[str, object]:
    """What a picker of dates holds."""
    return {"type": "datepicker", "selected_date": day}


def a_time(field: str, clock: str | None, zone_name: str = LONDON) -> dict[str, dict[str, object]]:
    """A time alone, by block id."""
    return {f"{field}:{zone_name}": {"type": "timepicker", "selected_time": clock}}


def chosen(value: str | None) -> dict[str, object]:
    """What a menu holds."""
    option = None if value is None else {"text": {"type": "plain_text", "text": value}, "value": value}
    return {"type": "static_select", "selected_option": option}


def chosen_several(*values: str) -> dict[str, object]:
    """What a menu for several options holds."""
    options = [{"text": {"type": "plain_text", "text": value}, "value": value} for value in values]
    return {"type": "multi_static_select", "selected_options": options}


def chosen_user(account: str | None) -> dict[str, object]:
    """What a menu of people holds."""
    return {"type": "users_select", "selected_user": account}
