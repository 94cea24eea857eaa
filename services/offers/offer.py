"""What can be booked: kinds, people and times, in at most three queries however many staff and weeks there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.booking import Booked
from domain.errors import NotFound
from domain.hours.openings import stays
from domain.kinds import SessionKind
from domain.offsets import offset_at
from domain.people import Person
from domain.rules import ProgramRules
from domain.slots import StaffTime, group_by_day, needed_busy, offer
from domain.slots.offer import Offered
from domain.times import instant_of, zone
from services.desk import SupportDesk
from services.hours.away import away_notes, times_meanwhile
from services.hours.own import stored_areas
from services.offers.availability import Availability, availability
from services.offers.choosing import usual, within_lead
from services.offers.days import Days
from services.offers.explain import why_empty
from services.offers.facts import Offer, OfferedStart, StaffCard
from services.offers.sharing import sharing_notes


def offer_times(
    desk: SupportDesk, scholar: Person, *, kind: str | None = None, staff_id: str | None = None, is_first: bool = False
) -> Offer:
    """What a scholar may book now; without a choice the first kind and anyone who is free.

    `is_first`, before the scholar has chosen anybody, begins with whom they met last, if there are times. A staff
    member who may not take this scholar is treated as if nobody had been chosen. Raises `UnknownKind` for a kind that
    is not offered any more.
    """
    kinds, chosen = desk.bookable(scholar, kind)
    supporters = desk.takers(scholar, chosen)
    now = desk.clock.now()
    found = _availability(desk, chosen, supporters, scholar, now)
    wanted = usual(found, {person.id for person in supporters}) if is_first else staff_id
    named = [one for one in found.staff if one.id == wanted]
    offered = _named(found, named, chosen, now)
    if not named or (is_first and not offered):
        named, offered = [], _with_anyone(found, chosen, desk.rules.of(scholar), now)
    asked = [person for person in supporters if not named or person.id == wanted]
    fair = desk.rules.of(scholar).fair
    away = away_notes(asked[0], named[0], supporters, chosen, now=now) if named else ()
    return Offer(
        kinds=kinds,
        kind=chosen,
        staff=cards(supporters, found),
        staff_id=wanted if named else None,
        zone=scholar.zone,
        scholar_zone=scholar.zone,
        days=by_day(offered, scholar.zone, zones(supporters, found), others=_others(named, supporters)),
        why_empty=""
        if offered
        else why_empty(asked, found, chosen, fair, now=now, has_others=len(asked) < len(supporters)),
        sharing=sharing_notes(found, named or found.staff, chosen, fair, now=now) if offered else (),
        away=away,
    )


def offer_move(desk: SupportDesk, viewer: Person, booked: Booked) -> Offer:
    """Where a session can move to: free for both, as if it were not booked now. Times in the viewer's zone."""
    found = {person.id: person for person in desk.people.people([booked.staff_id, booked.scholar_id])}
    staff, scholar = found.get(booked.staff_id), found.get(booked.scholar_id)
    if staff is None or scholar is None:
        raise NotFound
    kind = desk.kind(booked.kind, viewer)
    return offer_between(desk, viewer=viewer, kind=kind, staff=staff, scholar=scholar, moving=booked)


def offer_between(
    desk: SupportDesk,
    *,
    viewer: Person,
    kind: SessionKind,
    staff: Person,
    scholar: Person,
    moving: Booked | None = None,
) -> Offer:
    """Times free for these two, shown to one of them; the second clock is the other's."""
    now = desk.clock.now()
    found = _availability(desk, kind, [staff], scholar, now, without=moving.id if moving else None)
    # Fair shares bind the scholar alone: whoever takes the session may give it to whom they like.
    seen = found if viewer.id == scholar.id else replace(found, withheld=())
    fair = desk.rules.of(viewer).fair
    offered = _offered(seen, seen.staff, kind, now)
    if moving:
        offered.pop(moving.starts_at, None)
    other = scholar if viewer.id == staff.id else staff
    return Offer(
        kinds=(kind,),
        kind=kind,
        staff=(),
        staff_id=staff.id,
        zone=viewer.zone,
        scholar_zone=scholar.zone,
        days=by_day(offered, viewer.zone, zones([other], found), always=other.id),
        why_empty="" if offered else why_empty([staff], seen, kind, fair, now=now),
        sharing=sharing_notes(seen, seen.staff, kind, fair, now=now) if offered else (),
    )


def _named(found: Availability, named: Sequence[StaffTime], kind: SessionKind, now: datetime) -> Offered:
    """What those who were chosen offer, and their colleagues while they are away."""
    offered = _offered(found, named, kind, now)
    for one in named:
        offered |= times_meanwhile(one, found, kind, now=now)
    return dict(sorted(offered.items()))


def _with_anyone(found: Availability, kind: SessionKind, rules: ProgramRules, now: datetime) -> Offered:
    """Without those who are far ahead of the others, unless nobody else has any time."""
    return _offered(found, within_lead(found, kind, rules), kind, now) or _offered(found, found.staff, kind, now)


def _offered(found: Availability, staff: Sequence[StaffTime], kind: SessionKind, now: datetime) -> Offered:
    return offer(staff, kind, now=now, scholar_busy=found.scholar_busy, withheld=found.withheld)


def by_day(
    offered: Offered,
    zone_name: str,
    zones_of: "Zones",
    *,
    always: str | None = None,
    others: Mapping[str, str] | None = None,
) -> Days:
    """Offered starts by the viewer's local day. The second clock is that of all who are free, or of `always`.

    Where those who are free disagree on the time there is no second clock: nobody knows yet whose it would be. `others`
    are the names, by id, of those who were not chosen and take somebody's place.
    """
    names = others or {}

    def made(start: int) -> OfferedStart:
        return OfferedStart(
            starts=instant_of(start),
            staff_zone=zones_of.shared([always] if always else offered[start], start) or zone_name,
            with_name=names.get(offered[start][0], ""),
        )

    return Days(group_by_day(offered, zone(zone_name)), made)


@dataclass(frozen=True, slots=True)
class Zones:
    """Where people work or live, by id, and where those who travel stay when: begin, end and zone, in epoch seconds."""

    at_home: Mapping[str, str]
    travelers: Mapping[str, tuple[tuple[int, int, str], ...]]

    def shared(self, free: Sequence[str], start: int) -> str | None:
        """The zone of the first, if the clocks of all the others show the same then."""
        names: Iterator[str] = (
            iter({self.at_home[each] for each in free})
            if not self.travelers
            else (self._at(each, start) for each in free)
        )
        first = self._at(free[0], start)
        offset, seen = offset_at(zone(first), start), {first}
        for name in names:
            if name not in seen and offset_at(zone(name), start) != offset:
                return None  # with the first who disagrees nobody else need be looked at
            seen.add(name)
        return first

    def _at(self, person_id: str, start: int) -> str:
        stays_of = self.travelers.get(person_id, ())
        return next((name for begin, end, name in stays_of if begin <= start < end), self.at_home[person_id])


def zones(people: Sequence[Person], found: Availability) -> Zones:
    """Where each person works or lives: the zone of their hours, else the roster's."""
    at_home = {
        person.id: (record.zone if (record := found.records.get(person.id)) else "") or person.zone for person in people
    }
    travelers = {one.id: tuple(stays(one.hours)) for one in found.staff if one.hours.travels and one.id in at_home}
    return Zones(at_home, travelers)


def _others(named: Sequence[StaffTime], supporters: Sequence[Person]) -> dict[str, str]:
    """Names by id of everybody but the one who was chosen; nobody's when nobody was."""
    chosen = {one.id for one in named}
    return {person.id: person.name for person in supporters if person.id not in chosen} if named else {}


def cards(supporters: Sequence[Person], found: Availability) -> tuple[StaffCard, ...]:
    """The people to choose from, by name."""
    shown = []
    for person in sorted(supporters, key=lambda each: each.name):
        record = found.records.get(person.id)
        shown.append(
            StaffCard(
                id=person.id,
                name=person.name,
                zone=(record.zone if record else "") or person.zone,
                about=record.about if record else "",
                focus_areas=stored_areas(record.focus_areas) if record else (),
            )
        )
    return tuple(shown)


def _availability(
    desk: SupportDesk,
    kind: SessionKind,
    staff: Sequence[Person],
    scholar: Person,
    now: datetime,
    *,
    without: str | None = None,
) -> Availability:
    first, last = needed_busy(kind, now=now)
    with desk.store.read() as connection:
        return availability(
            desk, connection, kind, staff=staff, scholar=scholar, first=first, last=last, without=without
        )
