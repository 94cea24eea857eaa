"""Who offered times takes them back; whoever comes first of them and the scholar is the one who counts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from domain.booking import ProposalStatus
from domain.delivery import DeliveryState, OutgoingMessage, Suppressed
from domain.errors import NotFound
from handlers import texts
from handlers.outbox import composers
from services.proposals.answer import NoLongerOpen, accept_time, decline_times, proposed_times, times_news
from services.proposals.propose import ProposalRefs, propose_times
from services.proposals.withdraw import OfferedTimes, times_offered_by, withdraw_times
from services.session_news.deliveries import SessionMessage
from storage.confidential import proposal_queries
from storage.confidential.delivery import ConfidentialDelivery
from storage.confidential.proposal_queries import Proposed
from storage.engine import table_of
from storage.program.people_queries import membership
from tests.acting.rivals import at_once, failures
from tests.acting.waiting import wait_until_blocked
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_proposal, instant
from tests.fixtures.desks import LONDON, House, a_house, ledger_rows, replica
from tests.fixtures.engines import Stores

TOMORROW_TWO = "2027-01-12T14:00Z"
_ledger = table_of(ConfidentialDelivery)


def offered(house: House, *, scholar: str = "ada") -> ProposalRefs:
    times = a_proposal(TOMORROW_TEN, TOMORROW_TWO)
    return propose_times(house.support, house.person("cleo"), house.person(scholar), times)


def withdraw(house: House, refs: ProposalRefs, *, by: str = "cleo") -> None:
    withdraw_times(house.support, house.person(by), refs.staff_ref)


def told_of_them(house: House) -> None:
    """The message with the times has gone out."""
    with house.stores.confidential.write() as connection:
        connection.execute(_ledger.update().values(state=DeliveryState.SENT.value, intent_at=1))


def accept(house: House, refs: ProposalRefs) -> None:
    accept_time(house.support, house.person("ada"), refs.id, instant(TOMORROW_TEN), request_key="accept")


def decline(house: House, refs: ProposalRefs) -> None:
    decline_times(house.support, house.person("ada"), refs.id)


answers = pytest.mark.parametrize("answer", [accept, decline])


def test_withdrawn_times_cannot_be_taken_looked_at_or_declined(house: House) -> None:
    refs = offered(house)
    withdraw(house, refs)
    ada = house.person("ada")

    looked_at = partial(proposed_times, house.support, ada, refs.id)
    for deed in (partial(accept, house, refs), partial(decline, house, refs), looked_at):
        with pytest.raises(NoLongerOpen, match=r"^These times are no longer offered\."):
            deed()
    assert (house.bookings(), times_offered_by(house.support, house.person("cleo"))) == ([], ())


def test_withdraw_twice_tells_the_scholar_once_and_names_nobody(house: House) -> None:
    refs = offered(house)
    told_of_them(house)

    for _ in range(2):
        withdraw(house, refs)

    [row] = ledger_rows(house, SessionMessage.WITHDRAWN)
    outgoing = composers(house.desk)[row.kind](row)
    assert isinstance(outgoing, OutgoingMessage)
    assert (row.person_id, outgoing.message.text) == ("ada", texts.messages.TIMES_WITHDRAWN)
    assert not any(word in str(outgoing) for word in ("Cleo", "cleo", refs.id, refs.staff_ref))


def test_withdraw_before_the_scholar_was_told_tells_them_nothing(house: House) -> None:
    withdraw(house, offered(house))

    assert house.messages() == []
    assert house.messages(DeliveryState.CANCELED) == [("session.proposed", "ada", "times", "2027-01-11T12:00Z")]


@pytest.mark.parametrize(
    ("state", "intent_at", "is_told"),
    [
        (DeliveryState.PENDING, 1, True),  # asked once, and nobody knows whether it arrived
        (DeliveryState.AMBIGUOUS, 1, True),
        (DeliveryState.SENDING, 1, True),
        (DeliveryState.CLAIMED, None, False),
        (DeliveryState.SUPPRESSED, None, False),
        (DeliveryState.DEAD, None, False),
    ],
)
def test_withdraw_tells_whoever_may_have_seen_the_times_and_nobody_else(
    sqlite_house: House, state: DeliveryState, intent_at: int | None, *, is_told: bool
) -> None:
    refs = offered(sqlite_house)
    with sqlite_house.stores.confidential.write() as connection:
        connection.execute(_ledger.update().values(state=state.value, intent_at=intent_at))

    withdraw(sqlite_house, refs)

    assert bool(ledger_rows(sqlite_house, SessionMessage.WITHDRAWN)) is is_told


def test_withdraw_of_times_that_have_all_passed_tells_nobody(sqlite_house: House) -> None:
    refs = offered(sqlite_house)
    told_of_them(sqlite_house)
    sqlite_house.clock.advance(timedelta(days=2))

    withdraw(sqlite_house, refs)

    assert ledger_rows(sqlite_house, SessionMessage.WITHDRAWN) == []


def test_times_that_are_being_sent_when_they_are_withdrawn_are_not_told(sqlite_house: House) -> None:
    refs = offered(sqlite_house)
    [row] = ledger_rows(sqlite_house, SessionMessage.PROPOSED)
    withdraw(sqlite_house, refs)

    assert times_news(sqlite_house.support, row) == Suppressed("answered")


def test_somebody_who_has_left_is_not_told_that_times_are_off(sqlite_house: House) -> None:
    refs = offered(sqlite_house)
    told_of_them(sqlite_house)
    withdraw(sqlite_house, refs)
    [row] = ledger_rows(sqlite_house, SessionMessage.WITHDRAWN)
    with sqlite_house.stores.program.write() as connection:
        connection.execute(membership.update().where(membership.c.person_id == "ada").values(removed_at=1))

    assert composers(sqlite_house.desk)[row.kind](row) == Suppressed("gone")


@answers
def test_withdraw_after_an_answer_says_that_it_was_answered(house: House, answer: Callable[..., None]) -> None:
    refs = offered(house)
    answer(house, refs)

    with pytest.raises(NoLongerOpen, match=r"^These times have been answered already\."):
        withdraw(house, refs)

    assert len(house.bookings()) == (answer is accept)
    assert ledger_rows(house, SessionMessage.WITHDRAWN) == []


@pytest.mark.parametrize("by", ["dev", "eli"])
def test_withdraw_of_what_somebody_else_offered_finds_nothing(sqlite_house: House, by: str) -> None:
    refs = offered(sqlite_house)

    with pytest.raises(NotFound):
        withdraw(sqlite_house, refs, by=by)
    with pytest.raises(NotFound):
        withdraw_times(sqlite_house.support, sqlite_house.person("cleo"), refs.id)

    accept(sqlite_house, refs)


@pytest.mark.parametrize("apart", [leaving.became_mentor, leaving.recused])
@pytest.mark.parametrize("answer", [accept, decline, None])
def test_withdraw_by_whoever_may_not_meet_the_scholar_any_more_tells_nothing_of_an_answer(
    sqlite_house: House, apart: leaving.Change, answer: Callable[..., None] | None
) -> None:
    refs = offered(sqlite_house)
    if answer is not None:
        answer(sqlite_house, refs)
    told = ledger_rows(sqlite_house, SessionMessage.WITHDRAWN)
    apart(sqlite_house.stores.program)

    with pytest.raises(NotFound):
        withdraw(sqlite_house, refs)

    assert ledger_rows(sqlite_house, SessionMessage.WITHDRAWN) == told == []


@answers
@pytest.mark.parametrize("turn", range(3))
def test_withdraw_and_answer_at_once_are_one_of_them(house: House, answer: Callable[..., None], turn: int) -> None:
    refs = offered(house)
    told_of_them(house)
    deeds = [partial(withdraw, house, refs), partial(answer, replica(house), refs)]

    outcomes = at_once(deeds[turn % 2 :] + deeds[: turn % 2])

    [lost] = failures(outcomes)
    assert isinstance(lost, NoLongerOpen)
    withdrawn = len(ledger_rows(house, SessionMessage.WITHDRAWN))
    answered = len(house.bookings()) + len(ledger_rows(house, SessionMessage.DECLINED))
    assert (withdrawn, answered) in ((1, 0), (0, 1))


def test_taking_back_that_waits_for_an_answer_hears_of_it(postgresql_stores: Stores) -> None:
    house = a_house(postgresql_stores)
    refs, other, store = offered(house), replica(house), postgresql_stores.confidential
    cleo = other.person("cleo")

    with ThreadPoolExecutor(1) as pool:
        with store.write() as connection:
            store.lock(connection, "ada")
            waiting = pool.submit(withdraw_times, other.support, cleo, refs.staff_ref)
            wait_until_blocked(store)
            [proposed] = proposal_queries.open_by(connection, "cleo", after=0)
            assert proposal_queries.answer(connection, proposed, ProposalStatus.DECLINED, booking_id=None)
        with pytest.raises(NoLongerOpen):
            waiting.result()


@pytest.mark.parametrize("turn", range(3))
def test_accept_and_decline_at_once_are_one_of_them(house: House, turn: int) -> None:
    refs = offered(house)
    deeds = [partial(accept, house, refs), partial(decline, replica(house), refs)]

    outcomes = at_once(deeds[turn % 2 :] + deeds[: turn % 2])

    [lost] = failures(outcomes)
    assert isinstance(lost, NoLongerOpen)
    assert len(house.bookings()) + len(ledger_rows(house, SessionMessage.DECLINED)) == 1


def test_what_one_has_on_offer_is_shown_to_oneself_with_whom_the_newest_first(house: House) -> None:
    older = offered(house)
    house.clock.advance(timedelta(seconds=1))
    newer = offered(house, scholar="bo")

    shown = times_offered_by(house.support, house.person("cleo"))

    starts = (instant(TOMORROW_TEN), instant(TOMORROW_TWO))
    assert shown == (
        OfferedTimes(ref=newer.staff_ref, scholar_name="Bo", starts=starts, zone=LONDON),
        OfferedTimes(ref=older.staff_ref, scholar_name="Ada", starts=starts, zone=LONDON),
    )
    assert times_offered_by(house.support, house.person("dev")) == ()


def test_what_is_on_offer_is_read_without_what_lies_long_behind(house: House) -> None:
    for _ in range(5):
        offered(house)
    house.clock.advance(timedelta(days=29))
    later = a_proposal("2027-02-10T10:00Z")
    propose_times(house.support, house.person("cleo"), house.person("bo"), later)
    asked: list[int] = []
    read = proposal_queries.open_by

    def counted(*which: Any, **more: Any) -> list[Proposed]:
        found = read(*which, **more)
        asked.append(len(found))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proposal_queries, "open_by", counted)
        shown = times_offered_by(house.support, house.person("cleo"))

    assert ([each.scholar_name for each in shown], asked) == (["Bo"], [1])


def test_what_has_passed_or_lies_out_of_reach_is_not_shown_as_on_offer(sqlite_house: House) -> None:
    offered(sqlite_house)
    offered(sqlite_house, scholar="bo")
    leaving.recused(sqlite_house.stores.program)
    sqlite_house.clock.advance(timedelta(hours=23))

    [shown] = times_offered_by(sqlite_house.support, sqlite_house.person("cleo"))
    sqlite_house.clock.advance(timedelta(hours=3))

    assert (shown.scholar_name, shown.starts) == ("Bo", (instant(TOMORROW_TWO),))
    assert times_offered_by(sqlite_house.support, sqlite_house.person("cleo")) == ()
