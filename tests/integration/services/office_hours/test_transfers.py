"""A peer helps only when the scholar has agreed and the peer accepted, and until then neither learns of the other."""

from datetime import timedelta

import pytest

from domain.office_hours import (
    ANSWER_MINUTES,
    AskedAlready,
    BusyNow,
    HelpingSomebody,
    HelpTopic,
    LineMoved,
    NoSuchPeer,
    TooLateToHelp,
)
from domain.people import Role
from services.office_hours.favors import Favor, accept_favor, decline_favor, favor, finish_favor
from services.office_hours.joining import leave_line
from services.office_hours.looking import listed_hours, own_place
from services.office_hours.offers import offer_help, own_offer, withdraw_help
from services.office_hours.running import close_line, help_in_line
from services.office_hours.suggesting import Peer, answer_suggestion, peers_for, suggest_peer
from services.office_hours.watching import helpers_line
from storage.confidential.office_hours import OfficeTransfer
from storage.engine import table_of
from tests.acting.steps import leave_roster_of
from tests.builders import leaving
from tests.builders.office_hours import (
    ROOM,
    a_key,
    call_next,
    check_lines,
    entry_of,
    hold,
    in_line,
    join,
    places,
    ref_for,
)
from tests.builders.people import put_membership, put_person, put_recusal
from tests.fixtures.desks import House

_transfer = table_of(OfficeTransfer)
LATE = timedelta(minutes=ANSWER_MINUTES)


def offer(house: House, who: str = "bo", *topics: HelpTopic) -> None:
    offer_help(house.support, house.person(who), topics or (HelpTopic.DEBUGGING,), request_key=a_key())


def suggested(house: House, *, peer: str = "bo", scholar: str = "ada") -> str:
    """Cleo has suggested Bo to Ada, who waits; returns Cleo's reference to the line."""
    offer(house, peer)
    ref = hold(house)
    join(house, scholar, line="canary")
    suggest(house, ref, scholar)
    return ref


def suggest(house: House, ref: str, scholar: str = "ada", number: int = 0) -> None:
    cleo, entry_ref = house.person("cleo"), ref_for(house, "cleo", scholar)
    peer = peers_for(house.support, cleo, ref, entry_ref).peers[number]
    suggest_peer(house.support, cleo, ref, entry_ref, peer.ref, request_key=a_key())


def peers(house: House, ref: str, scholar: str = "ada") -> list[str]:
    entry_ref = ref_for(house, "cleo", scholar)
    return [each.name for each in peers_for(house.support, house.person("cleo"), ref, entry_ref).peers]


def answer(house: House, *, agrees: bool = True, scholar: str = "ada") -> None:
    ref = entry_of(house, scholar).scholar_ref
    answer_suggestion(house.support, house.person(scholar), ref, agrees=agrees)


def favor_ref(house: House) -> str:
    with house.stores.confidential.read() as connection:
        return str(connection.execute(_transfer.select().order_by(_transfer.c.asked_at.desc())).first().peer_ref)  # type: ignore[union-attr]


def kinds_told(house: House, who: str) -> list[str]:
    return [kind for kind, reader, _, _ in house.messages() if reader == who]


def test_peer_helps_after_both_have_chosen_and_only_then_they_learn_of_each_other(house: House) -> None:
    ref = suggested(house)
    assert (kinds_told(house, "ada"), kinds_told(house, "bo")) == (["line.choice"], [])
    assert own_place(house.support, house.person("ada")).is_asked
    bo = house.person("bo")
    with pytest.raises(TooLateToHelp):
        favor(house.support, bo, favor_ref(house))

    answer(house)

    asked = favor(house.support, bo, favor_ref(house))
    before = own_place(house.support, house.person("ada"))
    assert asked == Favor(ref=asked.ref, topic=HelpTopic.DEBUGGING, is_accepted=False)
    assert (before.is_peer_asked, before.with_name, before.place) == (True, "", 1)
    assert accept_favor(house.support, bo, asked.ref) == ("ada", "cleo")

    helping = favor(house.support, bo, asked.ref)
    after = own_place(house.support, house.person("ada"))
    assert (helping.scholar_name, helping.line) == ("Ada", "canary")
    assert (after.with_name, after.where, after.is_with_peer) == ("Bo", None, True)
    assert "line.turn" in kinds_told(house, "ada")
    [other] = helpers_line(house.support, house.person("cleo"), ref).others
    assert (other.name, other.helper_name, other.is_with_peer, other.problem) == ("Ada", "Bo", True, None)
    check_lines(house)


def test_helper_is_free_once_the_peer_has_accepted_for_whom_they_were_with(house: House) -> None:
    put_person(house.stores.program, "cy")
    offer(house)
    ref = hold(house)
    join(house, "ada", "cy")
    call_next(house, ref)
    suggest(house, ref)
    answer(house)

    accept_favor(house.support, house.person("bo"), favor_ref(house))

    assert call_next(house, ref) == "cy"
    assert finish_favor(house.support, house.person("bo"), favor_ref(house)) == "ada"
    assert finish_favor(house.support, house.person("bo"), favor_ref(house)) == "ada"
    with pytest.raises(TooLateToHelp):
        favor(house.support, house.person("bo"), favor_ref(house))
    assert entry_of(house, "ada").status == "done"
    check_lines(house)


@pytest.mark.parametrize("who", ["scholar", "peer"])
def test_a_no_of_either_keeps_the_place_and_that_peer_is_not_suggested_again(house: House, who: str) -> None:
    ref = suggested(house)
    if who == "scholar":
        answer(house, agrees=False)
    else:
        answer(house)
        for _ in range(2):
            decline_favor(house.support, house.person("bo"), favor_ref(house))

    assert places(house, "ada") == [1]
    assert not own_place(house.support, house.person("ada")).is_peer_asked
    assert peers(house, ref) == []
    with pytest.raises(TooLateToHelp):
        accept_favor(house.support, house.person("bo"), favor_ref(house))


def test_peer_is_not_asked_before_the_scholar_agrees_nor_can_accept_by_then(house: House) -> None:
    suggested(house)

    with pytest.raises(TooLateToHelp):
        accept_favor(house.support, house.person("bo"), favor_ref(house))

    assert places(house, "ada") == [1]


def test_nobody_accepts_what_somebody_else_is_asked(house: House) -> None:
    suggested(house)
    answer(house)

    for deed in (accept_favor, decline_favor, favor, finish_favor):
        with pytest.raises(TooLateToHelp):
            deed(house.support, house.person("ada"), favor_ref(house))


def test_only_free_scholars_who_offered_the_topic_and_may_meet_them_can_be_suggested(house: House) -> None:
    for id_ in ("busy", "other", "apart", "offered"):
        put_person(house.stores.program, id_)
        offer(house, id_, HelpTopic.STATISTICS if id_ == "other" else HelpTopic.DEBUGGING)
    put_person(house.stores.program, "judge", Role.SCHOLAR, Role.GRADER)
    offer(house, "judge")
    offer(house, "ada")
    put_recusal(house.stores.program, "apart", "ada")
    ref = hold(house)
    join(house, "ada", "busy")

    assert peers(house, ref) == ["Offered"]
    cleo = house.person("cleo")
    with pytest.raises(NoSuchPeer):
        suggest_peer(house.support, cleo, ref, ref_for(house, "cleo", "ada"), "made-up", request_key=a_key())


@pytest.mark.parametrize("apart", [leaving.became_mentor, leaving.recused])
def test_helper_never_reads_from_the_peers_whether_somebody_they_may_not_meet_seeks_help(
    house: House, apart: leaving.Change
) -> None:
    put_person(house.stores.program, "zoe")
    offer(house, "ada")
    offer(house, "zoe")
    ref = hold(house)
    join(house, "bo")
    cleo, bos = house.person("cleo"), ref_for(house, "cleo", "bo")
    ada = next(each.ref for each in peers_for(house.support, cleo, ref, bos).peers if each.name == "Ada")

    apart(house.stores.program)
    free = peers(house, ref, "bo")
    with pytest.raises(NoSuchPeer):
        suggest_peer(house.support, cleo, ref, bos, ada, request_key=a_key())
    dev = house.person("dev")
    help_in_line(house.support, dev, listed_hours(house.support, dev)[0].ref, ROOM, request_key=a_key())
    join(house, "ada")

    assert (free, peers(house, ref, "bo")) == (["Zoe"], ["Zoe"])


def test_second_suggestion_waits_for_the_answer_to_the_first(house: House) -> None:
    put_person(house.stores.program, "cy")
    offer(house, "cy")
    ref = suggested(house)

    with pytest.raises(AskedAlready):
        suggest(house, ref)


def test_withdrawn_offer_is_gone_at_once_with_what_was_being_asked(house: House) -> None:
    ref = suggested(house)
    answer(house)
    bo = house.person("bo")

    for _ in range(2):
        withdraw_help(house.support, bo)

    assert own_offer(house.support, bo) == ()
    with pytest.raises(TooLateToHelp):
        accept_favor(house.support, bo, favor_ref(house))
    assert peers(house, ref) == []


def test_offer_of_other_topics_or_of_none_takes_the_place_of_the_first(house: House) -> None:
    suggested(house)
    answer(house)
    bo = house.person("bo")

    offer_help(house.support, bo, [HelpTopic.DATA], request_key="one press")
    offer_help(house.support, bo, [HelpTopic.DEBUGGING], request_key="one press")

    assert own_offer(house.support, bo) == (HelpTopic.DATA,)
    with pytest.raises(TooLateToHelp):
        accept_favor(house.support, bo, favor_ref(house))
    offer_help(house.support, bo, [], request_key=a_key())
    assert own_offer(house.support, bo) == ()


def test_peer_in_line_or_with_somebody_finishes_there_first(house: House) -> None:
    suggested(house)
    answer(house)
    join(house, "bo")
    bo = house.person("bo")

    with pytest.raises(BusyNow):
        accept_favor(house.support, bo, favor_ref(house))
    leave_line(house.support, bo)
    for _ in range(2):
        accept_favor(house.support, bo, favor_ref(house))
    with pytest.raises(HelpingSomebody):
        join(house, "bo")
    check_lines(house)


@pytest.mark.parametrize("what", ["called", "left", "closed", "late", "recused", "peer gone", "judge"])
def test_acceptance_that_comes_too_late_is_thanked_and_changes_nothing(house: House, what: str) -> None:
    ref = suggested(house)
    answer(house)
    bo = house.person("bo")
    match what:
        case "called":
            call_next(house, ref)
        case "left":
            leave_line(house.support, house.person("ada"))
        case "closed":
            close_line(house.support, house.person("cleo"), ref)
        case "late":
            house.clock.advance(LATE)
        case "recused":
            put_recusal(house.stores.program, "bo", "ada")
        case "peer gone":
            leave_roster_of(house.stores, "bo")
        case _:
            put_membership(house.stores.program, "bo", Role.MENTOR)
    peer = house.person("bo") if what == "judge" else bo

    with pytest.raises(TooLateToHelp):
        accept_favor(house.support, peer, favor_ref(house))

    assert entry_of(house, "ada").taken_by in (None, "cleo")
    check_lines(house)


def test_scholar_who_answers_too_late_hears_that_it_is_settled(house: House) -> None:
    suggested(house)
    house.clock.advance(LATE)

    with pytest.raises(LineMoved, match=r"^That is settled meanwhile"):
        answer(house)


def test_helper_suggests_nobody_for_whom_they_may_not_meet(house: House) -> None:
    put_recusal(house.stores.program, "dev", "ada")
    offer(house)
    hold(house)
    join(house, "ada")
    ref = hold(house, "dev")

    with pytest.raises(LineMoved):
        peers_for(house.support, house.person("dev"), ref, ref_for(house, "dev", "ada"))
    assert in_line(house, ref, "dev") == []


def test_names_of_peers_come_with_references_that_hold_for_one_helper(house: House) -> None:
    offer(house)
    ref = hold(house)
    join(house, "ada")

    [peer] = peers_for(house.support, house.person("cleo"), ref, ref_for(house, "cleo", "ada")).peers

    assert peer == Peer(ref=peer.ref, name="Bo")
    assert peer.ref != house.person("bo").id
