"""The look at the whole store after each test of the house: it finds whatever is broken there, and nothing else."""

import pytest
from sqlalchemy import text

from services.booking.change import cancel_session
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from storage.engine import Store
from tests.acting.waiting_line import booked_out, put_scholars
from tests.builders.bookings import a_cancellation, a_proposal, instant
from tests.builders.groups import a_group_wish, seated, set_up, waiting
from tests.builders.handovers import handed_over
from tests.builders.office_hours import call_next, hold, join
from tests.fixtures.desks import House
from tests.looking.invariants import broken_invariants, what_is_wrong

WEDNESDAY = "2027-01-13T10:00Z"
BROKEN = {
    "a cell is gone": (
        "DELETE FROM occupied_cell WHERE booking_id IN (SELECT id FROM booking WHERE status = 'held')",
        "missing",
    ),
    "a cell of nothing": ("INSERT INTO occupied_cell VALUES ('ada', 1, 'none')", "a cell too many"),
    "a session elsewhere": (
        "UPDATE booking SET starts_at = starts_at + 60 WHERE status = 'booked'",
        "is not when it last was",
    ),
    "two places at once": (
        (
            "UPDATE booking SET (scholar_id, starts_at, ends_at) ="
            " (SELECT 'scholar-00', starts_at, ends_at FROM group_session) WHERE status = 'booked'"
        ),
        "scholar-00 is in",
    ),
    "a step is gone": ("DELETE FROM booking_change WHERE what = 'canceled'", "a life with gaps"),
    "steps of a part are gone": ("DELETE FROM booking_change WHERE booking_id IN (SELECT id FROM group_part)", "gaps"),
    "a step of nothing": ("UPDATE booking_change SET booking_id = 'none' WHERE what = 'held'", "a step of nothing"),
    "a status without its step": (
        "UPDATE booking SET status = 'lapsed', held_until = NULL WHERE status = 'held'",
        "last became",
    ),
    "kept for ever": ("UPDATE booking SET held_until = NULL WHERE status = 'held'", "for ever"),
    "kept too long": ("UPDATE booking SET held_until = starts_at + 1 WHERE status = 'held'", "kept past its start"),
    "accepted and nothing came of it": ("UPDATE proposal SET booking_id = NULL", "is accepted and came to None"),
    "accepted and somebody else's": ("UPDATE proposal SET scholar_id = 'bo'", "somebody else's session"),
    "a seat of nobody": ("DELETE FROM group_part WHERE person_id = 'scholar-00'", "without a part"),
    "a part without a seat": ("DELETE FROM seat", "without a seat"),
    "a seat too many": ("UPDATE seat SET seat_no = 9", "seat 9 of 1"),
    "a host without a part": ("UPDATE group_session SET cohost_id = 'cleo'", "hosts"),
    "sits and waits": ("UPDATE seat_wait SET person_id = 'scholar-00'", "sits and waits"),
    "waits for what is off": ("UPDATE group_session SET status = 'canceled'", "waits for what is off"),
    "a part at another time": ("UPDATE group_session SET ends_at = ends_at + 300", "is at another time"),
    "a handover with a gap": ("UPDATE handover_step SET number = 7", "has a gap"),
    "a consent that nobody gave": ("UPDATE handover SET consent = 'given'", "not what was said"),
    "a handover that is over": ("UPDATE handover SET status = 'ended'", "is over and counts"),
    "helps without the time": ("UPDATE office_helper SET busy_to = busy_from", "without the time"),
    "busy after the end": ("UPDATE office_hours SET closed_at = starts_at + 60", "after it ended"),
    "in no line": ("UPDATE office_entry SET in_line = NULL", "who is in line is not who has a place"),
    "helped by nobody": ("UPDATE office_entry SET taken_by = NULL", "with None"),
    "two at one place": ("UPDATE office_entry SET number = 1, band = 1", "2 have the place"),
    "helps and is in line": (
        "UPDATE office_entry SET taken_by = 'scholar-01' WHERE taken_by = 'cleo'",
        "and is in line",
    ),
    "one place in line for two": ("UPDATE waiting SET place = 1", "is taken 2 times"),
    "one time for two": ("UPDATE waiting SET booking_id = (SELECT max(booking_id) FROM waiting)", "is offered to 2"),
    "offered what is not kept": (
        "UPDATE waiting SET booking_id = 'none' WHERE scholar_id = 'scholar-02'",
        "what is not kept",
    ),
    "offered to somebody else": (
        "UPDATE waiting SET scholar_id = 'ada' WHERE scholar_id = 'bo'",
        "kept for somebody else",
    ),
    "offered the wrong coach": ("UPDATE waiting SET staff_id = 'dev' WHERE scholar_id = 'bo'", "do not wait for"),
}


@pytest.fixture
def busy_house(sqlite_house: House) -> House:
    """A house in which there is some of everything."""
    house, ada, dev = sqlite_house, sqlite_house.person("ada"), sqlite_house.person("dev")
    first, second, third = put_scholars(house, 3)
    ref = booked_out(house, "bo", third)
    cancel_session(house.support, ada, a_cancellation(ref))
    proposed = propose_times(house.support, dev, ada, a_proposal(WEDNESDAY))
    accept_time(house.support, ada, proposed.id, instant(WEDNESDAY), request_key="accept")
    handed_over(house, by="dev", to="cleo")
    set_up(house, "eli", a_group_wish(seats=1))
    seated(house, first)
    waiting(house, second)
    line = hold(house)
    join(house, first, second)
    call_next(house, line)
    return house


def test_whatever_is_broken_in_the_store_is_found(busy_house: House) -> None:
    store = busy_house.stores.confidential

    unnoticed = {name: wrong for name, (deed, sign) in BROKEN.items() if sign not in (wrong := after(store, deed))}

    assert (broken_invariants(store), unnoticed) == ([], {})


def after(store: Store, deed: str) -> str:
    """What is found to be wrong once this has been done, which is then undone."""
    with store.write() as connection:
        assert connection.execute(text(deed)).rowcount > 0, deed
        wrong = what_is_wrong(connection)
        connection.rollback()
    return "\n".join(wrong)
