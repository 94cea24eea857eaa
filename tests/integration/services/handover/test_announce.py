"""Who hands whom over to whom: with notice, one at a time, told to scholar and successor and to nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.delivery import DeliveryState, OutgoingMessage
from domain.errors import DomainError, NotFound
from domain.handover import (
    CannotHandOver,
    Consent,
    GoneByThen,
    HandedOverAlready,
    HasBegun,
    NoSuccessor,
    ScholarHasAnswered,
    TooSoon,
)
from domain.people import Role
from handlers.outbox import composers
from services.booking.sweep import sweep_changed_programs
from services.handover.announce import hand_over, handover_choices
from services.handover.deliveries import HandoverMessage
from services.handover.look import handovers_of, takeover_details
from services.handover.sheet import changes_for, handover_sheet
from services.handover.standing import HandoverOff
from services.handover.withdraw import withdraw_handover
from storage.confidential import data_keys
from storage.confidential.delivery import ConfidentialDelivery
from storage.confidential.handovers import Handover
from storage.engine import Store, table_of
from storage.program.people_queries import membership
from tests.acting.rivals import at_once, failures
from tests.builders import leaving
from tests.builders.handovers import AFTER, FIRST, a_handover, answered, handed_over, met, stored
from tests.builders.people import put_membership, put_person, put_recusal
from tests.fixtures.desks import House, ledger_rows, replica
from tests.looking.invariants import broken_invariants

WORDS = "You will like Dev: patient, and quick with plots."
NOON = "2027-01-11T12:00Z"
ANNOUNCED = [
    ("handover.announced", "ada", "once", NOON),
    ("handover.reminded", "ada", "once", "2027-01-13T10:00Z"),
    ("handover.taking", "dev", "once", NOON),
]
_ledger = table_of(ConfidentialDelivery)


def news(house: House, *states: DeliveryState) -> list[tuple[str, str, str, str]]:
    return [row for row in house.messages(*states) if row[0].startswith("handover")]


def told(house: House) -> None:
    """What was to be sent has gone out."""
    with house.stores.confidential.write() as connection:
        connection.execute(update(_ledger).values(state=DeliveryState.SENT.value, intent_at=1))


def test_handover_tells_scholar_and_successor_who_read_of_it_in_a_modal(house: House) -> None:
    met(house)

    handed = handed_over(house, words=WORDS)

    sheet = handover_sheet(house.support, house.person("ada"), handed.scholar_ref)
    taken = takeover_details(house.support, house.person("dev"), handed.to_ref)
    assert news(house) == ANNOUNCED
    assert (sheet.from_name, sheet.to_name, sheet.first.isoformat(), sheet.words) == ("Cleo", "Dev", FIRST, WORDS)
    assert (sheet.consent, [each.is_free for each in sheet.sessions]) == (Consent.UNKNOWN, [True])
    assert (taken.scholar_name, taken.from_name, taken.may_read) == ("Ada", "Cleo", False)
    assert [each.ref for each in changes_for(house.support, house.person("ada"))] == [handed.scholar_ref]
    assert broken_invariants(house.stores.confidential) == []


def test_messages_of_a_handover_name_nobody_and_have_no_reference_in_common(sqlite_house: House) -> None:
    met(sqlite_house)
    handed = handed_over(sqlite_house, words=WORDS)

    said = {}
    for kind in (HandoverMessage.ANNOUNCED, HandoverMessage.TAKING):
        (row,) = ledger_rows(sqlite_house, kind)
        outgoing = composers(sqlite_house.desk)[row.kind](row)
        assert isinstance(outgoing, OutgoingMessage)
        said[kind] = str(outgoing)

    assert [each for text in said.values() for each in ("Ada", "Cleo", "Dev", WORDS, handed.id) if each in text] == []
    refs = {handed.scholar_ref, handed.to_ref, handed.from_ref}
    assert [{ref for ref in refs if ref in text} for text in said.values()] == [{handed.scholar_ref}, {handed.to_ref}]
    assert len(refs) == 3


def test_words_are_sealed_under_keys_of_their_own_and_bound_to_who_takes_over(sqlite_house: House) -> None:
    met(sqlite_house)
    put_person(sqlite_house.stores.program, "gil", Role.COACH)
    handed = handed_over(sqlite_house, words=WORDS)
    table = table_of(Handover)

    with sqlite_house.stores.confidential.write() as connection:
        classes = set(connection.execute(select(data_keys.table.c.record_class)).scalars())
        kept = connection.execute(select(table.c.words)).scalar_one()
        connection.execute(update(table).values(to_id="gil"))

    sheet = handover_sheet(sqlite_house.support, sqlite_house.person("ada"), handed.scholar_ref)
    assert classes == {"booking", "handover"}
    assert WORDS.encode() not in kept
    assert (sheet.words, sheet.is_unreadable) == ("", True)


@pytest.mark.parametrize(("day", "is_taken"), [("2027-01-13", False), (FIRST, True)])
def test_notice_of_three_days_is_counted_on_the_calendar_of_who_hands_over(
    sqlite_house: House, day: str, *, is_taken: bool
) -> None:
    booked, *_ = met(sqlite_house)
    cleo = sqlite_house.person("cleo")
    command = a_handover(booked.staff_ref, first=day)

    if is_taken:
        hand_over(sqlite_house.support, cleo, command)
    else:
        with pytest.raises(TooSoon, match="Thu 14 Jan"):
            hand_over(sqlite_house.support, cleo, command)

    assert len(stored(sqlite_house)) == is_taken


def test_repeated_delivery_of_the_form_hands_over_once(house: House) -> None:
    booked, *_ = met(house)
    command = a_handover(booked.staff_ref)

    for _ in range(2):
        hand_over(house.support, house.person("cleo"), command)

    assert len(stored(house)) == 1
    assert news(house) == ANNOUNCED


def test_two_who_hand_the_same_scholar_over_at_once_leave_one(house: House) -> None:
    (first,) = met(house, AFTER)
    (second,) = met(house, "2027-01-15T12:00Z", staff="dev")
    put_person(house.stores.program, "gil", Role.COACH)
    other = replica(house)

    outcomes = at_once(
        [
            lambda: hand_over(house.support, house.person("cleo"), a_handover(first.staff_ref, to="gil")),
            lambda: hand_over(other.support, other.person("dev"), a_handover(second.staff_ref, to="gil")),
        ]
    )

    assert [type(each) for each in failures(outcomes)] == [CannotHandOver]
    assert len(stored(house)) == 1
    assert broken_invariants(house.stores.confidential) == []


def test_second_one_is_named_to_who_began_the_first_and_hidden_from_others(sqlite_house: House) -> None:
    house = sqlite_house
    (first,) = met(house, AFTER)
    (second,) = met(house, "2027-01-15T12:00Z", staff="dev")
    handed_over(house, to="dev")

    with pytest.raises(HandedOverAlready):
        hand_over(house.support, house.person("cleo"), a_handover(first.staff_ref))
    with pytest.raises(CannotHandOver) as hidden:
        hand_over(house.support, house.person("dev"), a_handover(second.staff_ref, to="cleo"))
    put_recusal(house.stores.program, "dev", "ada")
    with pytest.raises(CannotHandOver) as recused:
        hand_over(house.support, house.person("dev"), a_handover(second.staff_ref, to="cleo"))

    assert hidden.value.message == recused.value.message


def test_only_who_has_met_the_scholar_hands_over_and_only_to_who_may_take_over(sqlite_house: House) -> None:
    house = sqlite_house
    booked, *_ = met(house)
    put_recusal(house.stores.program, "gil", "ada")
    put_person(house.stores.program, "gil", Role.COACH)
    refused = {
        ("dev", booked.staff_ref, "cleo"): CannotHandOver,
        ("ada", booked.scholar_ref, "dev"): CannotHandOver,
        ("cleo", "no-such", "dev"): CannotHandOver,
        ("cleo", booked.staff_ref, "cleo"): NoSuccessor,
        ("cleo", booked.staff_ref, "eli"): NoSuccessor,
        ("cleo", booked.staff_ref, "gil"): NoSuccessor,
        ("cleo", booked.staff_ref, "max"): NoSuccessor,
    }

    for (who, ref, to), error in refused.items():
        with pytest.raises(error):
            hand_over(house.support, house.person(who), a_handover(ref, to=to))

    assert (stored(house), news(house)) == ([], [])


def test_choices_are_scholars_met_within_reach_and_colleagues_who_may_take_over(sqlite_house: House) -> None:
    house = sqlite_house
    met(house)
    (with_bo,) = met(house, "2027-01-13T10:00Z", scholar="bo")
    put_person(house.stores.program, "gil", Role.COACH)
    put_recusal(house.stores.program, "gil", "bo")
    cleo = house.person("cleo")

    before = handover_choices(house.support, cleo)
    chosen = handover_choices(house.support, cleo, scholar_ref=with_bo.staff_ref)
    put_recusal(house.stores.program, "cleo", "bo")
    after = handover_choices(house.support, cleo, scholar_ref=with_bo.staff_ref)

    assert ([name for _, name in before.scholars], before.successors) == (["Ada", "Bo"], ())
    assert (chosen.scholar_ref, chosen.successors) == (with_bo.staff_ref, (("dev", "Dev"),))
    assert ([name for _, name in after.scholars], after.scholar_ref) == (["Ada"], "")
    assert handover_choices(house.support, house.person("dev")).scholars == ()
    assert chosen.earliest.isoformat() == FIRST


def test_who_holds_two_roles_hands_over_in_the_one_they_choose(sqlite_house: House) -> None:
    house = sqlite_house
    put_membership(house.stores.program, "cleo", Role.COMMUNITY_MANAGER, first_day="2027-01-02")
    met(house)
    (other,) = met(house, "2027-01-13T10:00Z", scholar="bo", kind="community")
    cleo = house.person("cleo")

    found = handover_choices(house.support, cleo, role=Role.COMMUNITY_MANAGER, scholar_ref=other.staff_ref)
    hand_over(house.support, cleo, a_handover(other.staff_ref, to="eli", role=Role.COMMUNITY_MANAGER))

    assert found.roles == (Role.COACH, Role.COMMUNITY_MANAGER)
    assert (found.scholars, found.successors) == (((other.staff_ref, "Bo"),), (("eli", "Eli"),))
    assert [(one.role, one.scholar_id, one.to_id) for one in stored(house)] == [("community_manager", "bo", "eli")]


def test_day_after_either_has_gone_is_refused(sqlite_house: House) -> None:
    booked, *_ = met(sqlite_house)

    with pytest.raises(GoneByThen):
        hand_over(sqlite_house.support, sqlite_house.person("cleo"), a_handover(booked.staff_ref, first="2028-01-01"))


def test_taken_back_before_the_answer_tells_those_who_knew_and_makes_room(house: House) -> None:
    met(house)
    handed = handed_over(house)
    told(house)

    for _ in range(2):
        withdraw_handover(house.support, house.person("cleo"), handed.from_ref)

    assert news(house) == [("handover.off", "ada", "once", NOON), ("handover.off", "dev", "once", NOON)]
    with pytest.raises(HandoverOff):
        handover_sheet(house.support, house.person("ada"), handed.scholar_ref)
    with pytest.raises(NotFound):
        takeover_details(house.support, house.person("dev"), handed.to_ref)
    assert changes_for(house.support, house.person("ada")) == ()
    assert handed_over(house).id != handed.id
    assert broken_invariants(house.stores.confidential) == []


def test_taken_back_before_anybody_was_told_tells_nobody(sqlite_house: House) -> None:
    met(sqlite_house)
    handed = handed_over(sqlite_house)

    withdraw_handover(sqlite_house.support, sqlite_house.person("cleo"), handed.from_ref)

    assert news(sqlite_house) == []
    assert news(sqlite_house, DeliveryState.CANCELED) == ANNOUNCED


def refused_after_answer(house: House, handed_ref: str, said: Callable[[], object]) -> DomainError:
    said()
    with pytest.raises(DomainError) as refusal:
        withdraw_handover(house.support, house.person("cleo"), handed_ref)
    return refusal.value


def test_answered_or_begun_is_not_taken_back(sqlite_house: House) -> None:
    house = sqlite_house
    _, after = met(house)
    handed = handed_over(house)
    can_take_back = [handovers_of(house.support, house.person("cleo")).given[0].can_take_back]

    by_session = refused_after_answer(house, handed.from_ref, lambda: answered(house, handed, keep=[after]))
    can_take_back.append(handovers_of(house.support, house.person("cleo")).given[0].can_take_back)
    begun = refused_after_answer(house, handed.from_ref, lambda: house.clock.advance(timedelta(days=3)))

    assert (type(by_session), type(begun)) == (ScholarHasAnswered, HasBegun)
    assert can_take_back == [True, False]


def test_taking_back_and_answering_at_once_leave_one_of_them(house: House) -> None:
    _, after = met(house)
    handed = handed_over(house)
    other = replica(house)

    outcomes = at_once(
        [
            lambda: withdraw_handover(house.support, house.person("cleo"), handed.from_ref),
            lambda: answered(other, handed, Consent.GIVEN, move=[after]),
        ]
    )

    (refusal,) = failures(outcomes)
    assert isinstance(refusal, HandoverOff | ScholarHasAnswered)
    assert broken_invariants(house.stores.confidential) == []


@pytest.mark.parametrize("gone", ["dev", "ada"])
def test_successor_or_scholar_who_leaves_before_the_day_ends_it_once_and_those_concerned_hear(
    house: House, gone: str
) -> None:
    met(house)
    handed = handed_over(house)
    told(house)
    off_the_roster(house.stores.program, gone)

    for _ in range(2):
        sweep_changed_programs(house.desk)

    assert [row[:2] for row in news(house)] == [
        ("handover.lapsed", "cleo"),
        ("handover.off", "ada"),
        ("handover.off", "dev"),
    ]
    assert stored(house) == []
    assert broken_invariants(house.stores.confidential) == []
    if gone == "dev":
        with pytest.raises(HandoverOff):
            handover_sheet(house.support, house.person("ada"), handed.scholar_ref)


def test_recusal_of_the_successor_ends_it(sqlite_house: House) -> None:
    met(sqlite_house)
    handed = handed_over(sqlite_house)
    put_recusal(sqlite_house.stores.program, "dev", "ada")
    leaving.touch(sqlite_house.stores.program)

    with pytest.raises(HandoverOff):  # before any sweep
        handover_sheet(sqlite_house.support, sqlite_house.person("ada"), handed.scholar_ref)
    sweep_changed_programs(sqlite_house.desk)

    assert stored(sqlite_house) == []


@leaving.apart
def test_coach_who_leaves_or_is_kept_apart_leaves_the_handover_standing(
    sqlite_house: House, apart: leaving.Change
) -> None:
    house = sqlite_house
    met(house)
    handed = handed_over(house)
    apart(house.stores.program)

    sweep_changed_programs(house.desk)

    sheet = handover_sheet(house.support, house.person("ada"), handed.scholar_ref)
    assert (sheet.to_name, sheet.sessions) == ("Dev", ())
    # What was booked is off; whoever takes over is kept for the scholar at the same time, until they answer.
    statuses = {(staff, status) for _, staff, _, status in house.bookings()}
    assert ("cleo", "canceled") in statuses
    assert statuses <= {("cleo", "canceled"), ("dev", "held")}
    assert broken_invariants(house.stores.confidential) == []


def test_successor_who_has_left_gives_way_to_another_at_once(sqlite_house: House) -> None:
    house = sqlite_house
    put_person(house.stores.program, "gil", Role.COACH)
    booked, *_ = met(house)
    handed_over(house)
    off_the_roster(house.stores.program, "dev")

    hand_over(house.support, house.person("cleo"), a_handover(booked.staff_ref, to="gil"))

    assert [one.to_id for one in stored(house)] == ["gil"]
    assert broken_invariants(house.stores.confidential) == []


def test_list_is_each_persons_own(sqlite_house: House) -> None:
    house = sqlite_house
    met(house)
    handed = handed_over(house)

    lists = {who: handovers_of(house.support, house.person(who)) for who in ("cleo", "dev", "eli")}
    with pytest.raises(NotFound):
        withdraw_handover(house.support, house.person("dev"), handed.from_ref)
    with pytest.raises(NotFound):
        takeover_details(house.support, house.person("cleo"), handed.to_ref)
    with pytest.raises(NotFound):
        handover_sheet(house.support, house.person("bo"), handed.scholar_ref)

    assert [(one.scholar_name, one.to_name) for one in lists["cleo"].given] == [("Ada", "Dev")]
    assert [one.scholar_name for one in lists["dev"].taken] == ["Ada"]
    assert (lists["cleo"].taken, lists["dev"].given) == ((), ())
    assert (lists["eli"].given, lists["eli"].taken) == ((), ())


def off_the_roster(store: Store, who: str) -> None:
    with store.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == who).values(removed_at=1))
    leaving.touch(store)
