"""Sessions of several: each open part of a scholar has one seat, at the session's time, and nobody sits and waits."""

from collections.abc import Iterator

from tests.looking.invariants.rows import OPEN, Everything


def _wrong_seats(rows: Everything) -> Iterator[str]:
    sitting = {(seat.group_id, seat.person_id) for seat in rows.seats}
    attending = {(part.group_id, part.person_id) for part in rows.open_parts if not part.is_host}
    if sitting != attending:
        yield f"seats {sorted(sitting ^ attending)} without a part, or parts without a seat"
    seats_in = {group.id: group.seats for group in rows.groups}
    for seat in rows.seats:
        if seat.seat_no > seats_in[seat.group_id]:
            yield f"seat {seat.seat_no} of {seats_in[seat.group_id]}"


def _wrong_hosts(rows: Everything) -> Iterator[str]:
    hosting = {(part.group_id, part.person_id) for part in rows.open_parts if part.is_host}
    held = {
        (group.id, host_id)
        for group in rows.groups
        if group.status == OPEN
        for host_id in (group.host_id, group.cohost_id)
        if host_id
    }
    if hosting != held:
        yield f"hosts {sorted(hosting ^ held)} without a part, or parts of no host"


def _wrong_lines(rows: Everything) -> Iterator[str]:
    sitting = {(seat.group_id, seat.person_id) for seat in rows.seats}
    waits = {(wait.group_id, wait.person_id) for wait in rows.seat_waits}
    open_ones = {group.id for group in rows.groups if group.status == OPEN}
    yield from (f"{each} sits and waits" for each in sitting & waits)
    yield from (f"{each} waits for what is off" for each in waits if each[0] not in open_ones)


def _wrong_times(rows: Everything) -> Iterator[str]:
    times = {group.id: (group.starts_at, group.ends_at) for group in rows.groups}
    for part in rows.open_parts:
        if (part.starts_at, part.ends_at) != times[part.group_id]:
            yield f"part {part.id} is at another time"


CHECKS = (_wrong_seats, _wrong_hosts, _wrong_lines, _wrong_times)
