"""What is kept for the scholar or was asked for with who hands over: it can go on with the successor as it is."""

from datetime import timedelta

import pytest

from domain.booking import AlreadyChanged, Booked, BookingStatus
from domain.handover import Consent
from domain.holds import NotKeptAnyMore, RequestWithdrawn
from domain.people import Role
from domain.waiting import ANYONE
from services.booking.change import cancel_session
from services.handover.sheet import handover_sheet
from services.holds.approve import approve_request
from services.holds.kept import kept_details
from services.holds.lapse import let_go
from services.holds.take import take_time
from services.proposals.answer import accept_time
from services.proposals.offered import times_offered_to
from services.proposals.propose import propose_times
from services.waiting.join import WaitFor, wait_for
from storage.confidential import booking_queries, waiting_queries
from tests.acting.waiting_line import (
    approves,
    arrive,
    books,
    kept_for,
    key,
    scarce,
    takes,
    the_kept,
    waits,
    with_approval,
)
from tests.builders.bookings import a_cancellation, a_proposal, instant
from tests.builders.handovers import AFTER, BEFORE, answered, handed_over, met
from tests.builders.people import put_membership
from tests.builders.rules import set_rules, with_kind
from tests.fixtures.desks import House, ledger_rows
from tests.looking.invariants import broken_invariants

WORDS = "I cannot get the baseline to run."


def kept_after(house: House) -> None:
    """Ada waits for Cleo, and what Bo gives up after the day is kept for her; the first session was on Tuesday."""
    met(house, BEFORE)
    scarce(house, dates={AFTER[:10]: "10:00-11:00"})
    ref = books(house, "bo", AFTER).ref
    waits(house, "ada")
    cancel_session(house.support, house.person("bo"), a_cancellation(ref))


def the_booked(house: House, ref: str, who: str = "ada") -> Booked:
    """As it is stored."""
    with house.stores.confidential.read() as connection:
        found = booking_queries.booking_of(connection, ref, who)
    assert found is not None
    return found


def all_is_well(house: House) -> bool:
    return broken_invariants(house.stores.confidential) == []


def test_what_is_kept_is_asked_about_and_is_kept_with_the_successor_until_the_same_instant(house: House) -> None:
    kept_after(house)
    handed = handed_over(house)
    before = the_kept(house, "ada")

    (shown,) = handover_sheet(house.support, house.person("ada"), handed.scholar_ref).sessions
    answered(house, handed, move=[the_booked(house, before.ref)])

    now = the_kept(house, "ada")
    assert (shown.ref, shown.status, shown.is_free) == (before.ref, BookingStatus.HELD, True)
    assert (now.other_name, now.starts, now.until, now.ref != before.ref) == ("Dev", before.starts, before.until, True)
    with pytest.raises(NotKeptAnyMore):
        take_time(house.support, house.person("ada"), before.ref, request_key=key())
    assert takes(house, "ada").booked.staff_id == "dev"
    assert all_is_well(house)


def test_what_is_kept_with_the_successor_is_still_the_one_offer_for_that_place_in_line(house: House) -> None:
    kept_after(house)
    arrive(house)
    handed = handed_over(house)
    answered(house, handed, move=[the_booked(house, the_kept(house, "ada").ref)])
    arrive(house)
    kept = the_kept(house, "ada")

    with house.stores.confidential.read() as connection:
        offered = [each.booking_id for each in waiting_queries.line(connection, "program-1", "coaching")]
    house.clock.advance(kept.until - house.clock.now())
    let_go(house.support)
    with house.stores.confidential.read() as connection:
        after = [each.booking_id for each in waiting_queries.line(connection, "program-1", "coaching")]

    assert (offered.count(the_booked(house, kept.ref).id), after) == (1, [None] * len(offered))
    assert all_is_well(house)


def test_what_is_kept_elsewhere_tells_the_scholar_once_and_frees_the_time_of_the_one_before(house: House) -> None:
    kept_after(house)
    waits(house, "bo", from_day="2027-01-15")
    arrive(house)
    handed = handed_over(house)

    answered(house, handed, move=[the_booked(house, the_kept(house, "ada").ref)])

    news = [row[:2] for row in house.messages() if row[0].startswith("hold")]
    assert news == [("hold.offered", "ada")]
    assert all_is_well(house)


def test_what_was_asked_for_is_asked_of_the_successor_with_the_words_only_with_a_yes(house: House) -> None:
    met(house, BEFORE)
    asked = books(with_approval(house), "ada", AFTER).booked
    arrive(house)
    handed = handed_over(house)

    (shown,) = handover_sheet(house.support, house.person("ada"), handed.scholar_ref).sessions
    answered(house, handed, Consent.GIVEN, move=[asked])

    assert (shown.status, kept_for(house, "cleo")) == (BookingStatus.REQUESTED, [])
    with pytest.raises(RequestWithdrawn):
        approve_request(house.support, house.person("cleo"), asked.staff_ref, request_key=key())
    assert ("request.taken_back", "cleo") in [row[:2] for row in house.messages()]
    assert ("request.waiting", "dev") in [row[:2] for row in house.messages()]
    assert approves(house, "dev").booked.is_open
    assert all_is_well(house)


@pytest.mark.parametrize(("said", "read"), [(Consent.GIVEN, WORDS), (Consent.REFUSED, "")])
def test_words_of_what_was_asked_for_go_on_only_with_a_yes(house: House, said: Consent, read: str) -> None:
    met(house, BEFORE)
    (asked,) = met(with_approval(house), AFTER, words=WORDS)
    handed = handed_over(house)

    answered(house, handed, said, move=[asked])

    assert kept_details(house.support, house.person("dev"), the_kept(house, "dev").ref).words == read


def test_a_kind_that_needs_no_yes_any_more_is_booked_with_the_successor(house: House) -> None:
    met(house, BEFORE)
    asked = books(with_approval(house), "ada", AFTER).booked
    handed = handed_over(house)
    set_rules(house.stores.program, lambda rules: with_kind(rules, needs_approval=False))

    answered(house, handed, move=[asked])

    assert ("ada", "dev", AFTER, "booked") in house.bookings()
    assert all_is_well(house)


def test_what_has_run_out_is_not_asked_about_and_refused_as_changed(house: House) -> None:
    kept_after(house)
    kept = the_booked(house, the_kept(house, "ada").ref)
    handed = handed_over(house)
    house.clock.advance(timedelta(hours=2))

    shown = handover_sheet(house.support, house.person("ada"), handed.scholar_ref).sessions
    with pytest.raises(AlreadyChanged):
        answered(house, handed, move=[kept])

    assert shown == ()


def test_times_that_were_offered_stay_an_offer_and_are_asked_about_once_they_are_a_session(house: House) -> None:
    met(house, BEFORE)
    cleo, ada = house.person("cleo"), house.person("ada")
    handed = handed_over(house)
    refs = propose_times(house.support, cleo, ada, a_proposal(AFTER))
    before = handover_sheet(house.support, ada, handed.scholar_ref).sessions

    accept_time(house.support, ada, refs.id, instant(AFTER), request_key=key())

    (shown,) = handover_sheet(house.support, ada, handed.scholar_ref).sessions
    assert (before, shown.starts, times_offered_to(house.support, ada)) == ((), instant(AFTER), ())


def line_of(house: House) -> list[tuple[str, str, str, bool]]:
    """Who waits for which kind with whom, and whether something is kept for that place."""
    with house.stores.confidential.read() as connection:
        found = waiting_queries.everybody(connection)
    return [(each.scholar_id, each.kind, each.staff_id, each.booking_id is not None) for each in found]


def kept_while_dev_is_booked_out(house: House, *more: WaitFor, staff: str | None = "cleo") -> Booked:
    """As `kept_after`, but Dev has nothing to offer until it is kept, so that Ada can wait for him or anyone too."""
    met(house, BEFORE)
    scarce(house, dates={AFTER[:10]: "10:00-11:00"})
    scarce(house, "dev", dates={})
    ref = books(house, "bo", AFTER).ref
    waits(house, "ada", staff=staff)
    for each in more:
        wait_for(house.support, house.person("ada"), each)
    cancel_session(house.support, house.person("bo"), a_cancellation(ref))
    scarce(house, "dev", dates={AFTER[:10]: "10:00-11:00"})
    return the_booked(house, the_kept(house, "ada").ref)


def test_who_waits_for_anyone_waits_for_anyone_still_when_it_is_kept_with_the_successor(house: House) -> None:
    kept = kept_while_dev_is_booked_out(house, staff=None)
    handed = handed_over(house)

    answered(house, handed, move=[kept])

    assert line_of(house) == [("ada", "coaching", ANYONE, True)]
    assert the_kept(house, "ada").other_name == "Dev"
    assert all_is_well(house)


def test_who_waits_for_the_successor_already_keeps_that_place_beside_what_is_kept_with_them(house: House) -> None:
    kept = kept_while_dev_is_booked_out(house, WaitFor(request_key=key(), kind="coaching", staff_id="dev"))
    handed = handed_over(house)

    answered(house, handed, move=[kept])

    assert line_of(house) == [("ada", "coaching", "cleo", False), ("ada", "coaching", "dev", False)]
    assert the_kept(house, "ada").other_name == "Dev"
    assert all_is_well(house)


def test_who_waits_for_the_successor_in_another_role_is_handed_on_all_the_same(house: House) -> None:
    put_membership(house.stores.program, "dev", Role.COMMUNITY_MANAGER)
    kept = kept_while_dev_is_booked_out(house, WaitFor(request_key=key(), kind="community", staff_id="dev"))
    handed = handed_over(house)

    answered(house, handed, move=[kept])

    assert line_of(house) == [("ada", "coaching", "dev", True), ("ada", "community", "dev", False)]
    assert all_is_well(house)


def test_what_was_kept_and_asked_for_needs_no_yes_any_more_and_leaves_nothing_kept_behind(house: House) -> None:
    kept_after(house)
    with_approval(house)
    asked = takes(house, "ada").booked
    handed = handed_over(house)
    set_rules(house.stores.program, lambda rules: with_kind(rules, needs_approval=False))

    answered(house, handed, move=[asked])

    assert ("ada", "dev", AFTER, "booked") in house.bookings()
    assert [is_kept for *_, is_kept in line_of(house)] == [False] * len(line_of(house))
    assert all_is_well(house)


def test_file_that_takes_the_old_entry_away_follows_a_message_that_is_sent(house: House) -> None:
    (_, after) = met(house)
    handed = handed_over(house)

    answered(house, handed, move=[after])

    files = [row for row in ledger_rows(house, "session.file") if row.object_id == after.id]
    told = {
        row.key: (kind, row.person_id)
        for kind in ("session.canceled", "session.booked")
        for row in ledger_rows(house, kind)
    }
    (ours,) = [row for row in files if (row.person_id, row.object_version) == ("ada", 2)]
    (givers,) = [row for row in files if (row.person_id, row.object_version) == ("cleo", 2)]
    assert (told.get(ours.after or ""), told.get(givers.after or "")) == (
        ("session.booked", "ada"),
        ("session.canceled", "cleo"),
    )
