"""Somebody in support hands a scholar over to a colleague of the same role, with notice."""

from datetime import date

from sqlalchemy import Connection

from domain.errors import NotFound
from domain.handover import (
    CannotHandOver,
    Consent,
    GoneByThen,
    HandedOverAlready,
    HandoverStatus,
    NoSuccessor,
    Step,
    check_day,
    current_key,
    earliest_day,
)
from domain.people import Person, Role
from domain.times import day_bounds, zone
from services.desk import SupportDesk
from services.handover.commands import HandOver
from services.handover.deliveries import enqueue_announced
from services.handover.facts import Choices
from services.handover.standing import kinds_of, now_of, roles_of, takers_of
from services.handover.sweep import lapse
from services.handover.words import seal_words
from storage.confidential import booking_queries, handover_queries
from storage.confidential.handover_queries import Handed
from storage.confidential.once import once
from storage.once import recall, remember


def handover_choices(
    desk: SupportDesk, staff: Person, *, role: Role | None = None, scholar_ref: str | None = None
) -> Choices:
    """Whom this person can hand over, and to whom. A reference that is not among them is as if none were chosen.

    Scholars with whom they had or have a session, whom they may meet and who are not being handed over: of those nobody
    is told why they are missing. As many queries for many scholars as for few.
    """
    roles = roles_of(staff)
    chosen = role if role in roles else roles[0]
    kinds = [kind.key for kind in kinds_of(desk, staff, chosen)]
    with desk.store.read() as connection:
        met = handover_queries.met_by(connection, staff.id, kinds)
        busy = handover_queries.being_handed_over(connection, list(met), chosen, after=now_of(desk))
    within_reach = desk.people.scholars_for(staff, met) - busy if met else frozenset()
    people = [each for each in desk.people.people(within_reach) if each.has(Role.SCHOLAR)] if within_reach else []
    scholar = next((each for each in people if met[each.id] == scholar_ref), None)
    successors = takers_of(desk, scholar, chosen) if scholar else ()
    notice_days = desk.rules.of(staff).handover.notice_days
    return Choices(
        roles=roles,
        role=chosen,
        scholars=tuple((met[each.id], each.name) for each in people),
        scholar_ref=met[scholar.id] if scholar else "",
        successors=tuple((each.id, each.name) for each in successors if each.id != staff.id),
        earliest=earliest_day(_today(desk, staff), notice_days=notice_days),
        notice_days=notice_days,
    )


def hand_over(desk: SupportDesk, staff: Person, command: HandOver) -> None:
    """Store it, and let scholar and successor know. A repeated delivery changes nothing.

    Raises `CannotHandOver` or `HandedOverAlready` at field "scholar", `NoSuccessor` at "staff", `TooSoon` or
    `GoneByThen` at "first". That a colleague hands the scholar over just now is no reason that is told.
    """
    with desk.store.write() as connection:
        met = booking_queries.booking_of(connection, command.scholar_ref, staff.id)
        if met is None or met.staff_id != staff.id:
            raise CannotHandOver(field="scholar")
        desk.store.lock(connection, met.scholar_id)
        if recall(connection, once, command.request_key) is None:
            handed = _new(desk, connection, staff, met.scholar_id, command)
            outcome = {"handover_id": handed.id}
            now = desk.clock.now()
            remember(connection, once, command.request_key, program_id=staff.program_id, outcome=outcome, at=now)


def _new(desk: SupportDesk, connection: Connection, staff: Person, scholar_id: str, command: HandOver) -> Handed:
    role = command.role or roles_of(staff)[0]
    scholar, successor = _parties(desk, staff, scholar_id, role, command.successor_id)
    check_day(command.first, _today(desk, staff), notice_days=desk.rules.of(staff).handover.notice_days)
    from_at, _ = day_bounds(command.first, zone(staff.zone))
    until = desk.taking(scholar).until(kinds_of(desk, scholar, role)[0], successor)
    if min(until, scholar.holds_until(Role.SCHOLAR)) <= from_at:
        raise GoneByThen(field="first")
    _make_room(desk, connection, staff, scholar, role)
    unsealed = Handed(
        id=desk.ids.new(),
        program_id=scholar.program_id,
        role=role,
        scholar_id=scholar.id,
        from_id=staff.id,
        to_id=successor.id,
        scholar_ref=desk.ids.new(),
        from_ref=desk.ids.new(),
        to_ref=desk.ids.new(),
        from_day=command.first.isoformat(),
        from_at=from_at,
        status=HandoverStatus.OPEN,
        consent=Consent.UNKNOWN,
        version=1,
        words=b"",
        created_at=now_of(desk),
        current=current_key(scholar.id, role),
    )
    handed = unsealed._replace(words=seal_words(desk, connection, command.words, handed=unsealed))
    handover_queries.add(connection, handed)
    handover_queries.add_steps(connection, handed, [(Step.ANNOUNCED, None)], by_id=staff.id, at=now_of(desk))
    enqueue_announced(desk, connection, handed, scholar)
    return handed


def _parties(desk: SupportDesk, staff: Person, scholar_id: str, role: Role, successor_id: str) -> tuple[Person, Person]:
    scholar = desk.people.person(scholar_id)
    if scholar is None or not scholar.has(Role.SCHOLAR) or not staff.has(role):
        raise CannotHandOver(field="scholar")
    try:
        takers = {each.id: each for each in takers_of(desk, scholar, role)}
    except NotFound:
        raise CannotHandOver(field="scholar") from None
    if staff.id not in takers:
        raise CannotHandOver(field="scholar")
    if successor_id == staff.id or successor_id not in takers:
        raise NoSuccessor(field="staff")
    return scholar, takers[successor_id]


def _make_room(desk: SupportDesk, connection: Connection, staff: Person, scholar: Person, role: Role) -> None:
    """The last word before this one gives way once its day has come, or when its successor is gone."""
    last = handover_queries.current(connection, current_key(scholar.id, role))
    if last is None:
        return
    if last.from_at > now_of(desk):
        if last.to_id in {each.id for each in takers_of(desk, scholar, role)}:
            raise (HandedOverAlready if last.from_id == staff.id else CannotHandOver)(field="scholar")
        lapse(desk, connection, last)
        return
    handover_queries.change(connection, last, {"current": None})


def _today(desk: SupportDesk, staff: Person) -> date:
    return desk.clock.now().astimezone(zone(staff.zone)).date()
