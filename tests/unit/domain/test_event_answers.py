"""Who gets a seat, who waits, and who moves up; the invariant holds whatever people do in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.event_answers import EventFull, Guest, Said, promoted, with_yes, without_yes
from domain.events import Attending, EventFormat, EventPlan
from domain.talks import Talk, come_up, raised
from tests.builders.events import a_plan

ROOM, REMOTE = Attending.ROOM, Attending.REMOTE
DEEDS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", "d", "e"]), st.sampled_from([ROOM, REMOTE, Said.MAYBE, Said.NO])),
    max_size=30,
)


def hybrid(room: int | None, remote: int | None) -> EventPlan:
    return a_plan(format=EventFormat.HYBRID, room_seats=room, remote_seats=remote)


def taken(guests: dict[str, Guest], way: Attending, *, but: str = "") -> int:
    return sum(each.has_yes and each.way is way and each.person_id != but for each in guests.values())


def test_maybe_that_becomes_a_yes_to_what_is_full_only_waits() -> None:
    plan = a_plan(room_seats=1)

    waits = with_yes(Guest(person_id="ada", said=Said.MAYBE), plan, ROOM, taken=1, line_no=4)

    assert waits == Guest(person_id="ada", said=Said.NOTHING, waits_for=ROOM, line_no=4)


@given(DEEDS, st.sampled_from([None, 1, 2]), st.sampled_from([None, 1, 2]))
def test_no_way_has_more_people_than_seats_and_nobody_waits_while_one_is_free(
    deeds: list[tuple[str, Attending | Said]], room: int | None, remote: int | None
) -> None:
    plan, guests = hybrid(room, remote), {name: Guest(person_id=name) for name in "abcde"}

    for number, (who, deed) in enumerate(deeds, 1):
        if isinstance(deed, Attending):
            others = taken(guests, deed, but=who)
            guests[who] = with_yes(guests[who], plan, deed, taken=others, line_no=number)
        else:
            guests[who] = without_yes(guests[who], deed)
        guests |= {each.person_id: each for each in promoted(plan, guests.values())}

        for way, seats in ((ROOM, room), (REMOTE, remote)):
            waits = [each for each in guests.values() if each.waits_for is way]
            assert seats is None or taken(guests, way) <= seats
            assert not waits or taken(guests, way) == seats


def test_seat_goes_to_who_has_waited_longest() -> None:
    plan = hybrid(1, None)
    line = [Guest(person_id=name, waits_for=ROOM, line_no=number) for name, number in (("a", 7), ("b", 3), ("c", 5))]

    assert [each.person_id for each in promoted(plan, line)] == ["b"]


def test_full_way_without_a_line_is_refused() -> None:
    plan = a_plan(room_seats=1, has_waitlist=False)

    with pytest.raises(EventFull):
        with_yes(Guest(person_id="a"), plan, ROOM, taken=1, line_no=1)


def test_talk_is_raised_by_one_place_and_who_comes_up_had_no_slot_before() -> None:
    talks = [Talk(person_id=name, title=name, place_no=number) for number, name in enumerate("abc")]

    order = raised(talks, "c")

    assert [each.person_id for each in order] == ["a", "c", "b"]
    assert raised(talks, "a") == talks
    assert [each.person_id for each in come_up(talks, order, 2)] == ["c"]
    assert come_up(talks, talks[1:], 3) == ()
