"""Several rows that go through the steps of sending together: trouble of one of them costs the others nothing."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.delivery import AccessLost, DeliveryError, OutcomeUnknown, RateLimited, RecipientGone, Tier
from services.delivery.hurry import WRITTEN_WITHIN_SECONDS
from services.delivery.stride import MOST
from storage.migrations import StoreName
from tests.builders.deliveries import a_delivery
from tests.fixtures.engines import Stores
from tests.integration.delivery.test_trouble_stores import holding
from tests.looking.dispatching import Office
from tests.looking.ledgers import LedgerBook

PEOPLE = [f"p{number:02}" for number in range(20)]
MIDDLE = 10
"""By then the rows go several at a time. All of them are within the burst."""


def put_broadcast(office: Office) -> list[str]:
    """A row for each; every other one in the confidential ledger."""
    rows = [a_delivery(person, tier=Tier.SESSION) for person in PEOPLE]
    office.put_support(*rows[1::2])
    return office.put(*rows[::2])


def on_post(office: Office, number: int, act: Callable[[], object]) -> None:
    """Do this just when Slack is asked for so many-th time."""
    asked: list[int] = []

    def count() -> None:
        asked.append(1)
        if len(asked) == number:
            act()

    office.messenger.on_post = count


def states_of(office: Office) -> dict[str, int]:
    states = list(office.states().values())
    return {state: states.count(state) for state in sorted(set(states))}


def test_rows_go_together_once_slack_is_quick(office: Office) -> None:
    put_broadcast(office)
    sending: list[int] = []
    office.messenger.on_post = lambda: sending.append(states_of(office).get("sending", 0))

    office.dispatcher.dispatch()

    assert sending[:4] == [1, 2, 2, 4]
    assert 1 < max(sending) <= MOST
    assert sorted(office.recipients()) == PEOPLE


@pytest.mark.parametrize(
    ("error", "doubtful"),
    [(RateLimited(30), 1), (OutcomeUnknown("reset"), 1), (AccessLost("token_revoked"), 0)],
)
def test_after_trouble_nobody_else_is_asked_for_and_nobody_is_lost(
    office: Office, error: DeliveryError, doubtful: int
) -> None:
    put_broadcast(office)
    on_post(office, MIDDLE, lambda: office.messenger.fail(error))

    office.dispatcher.dispatch()
    just_after = states_of(office)
    attempts = attempts_of_pending(office.program) | attempts_of_pending(office.support)
    office.run(seconds=180)

    expected = {"ambiguous": doubtful, "pending": len(PEOPLE) - MIDDLE + 1 - doubtful, "sent": MIDDLE - 1}
    assert just_after == {state: number for state, number in expected.items() if number}
    assert attempts == {(0, None)}
    assert sorted(office.recipients()) == PEOPLE
    assert states_of(office) == {"sent": len(PEOPLE)}


def attempts_of_pending(book: LedgerBook) -> set[tuple[int, int | None]]:
    """How often sending a pending row went wrong, and when Slack was asked about it."""
    rows = [book.row(key) for key, state in book.states().items() if state == "pending"]
    return {(row.attempt, row.intent_at) for row in rows}


def test_after_trouble_the_first_one_goes_alone(office: Office) -> None:
    put_broadcast(office)
    on_post(office, MIDDLE, lambda: office.messenger.fail(OutcomeUnknown("reset")))
    office.dispatcher.dispatch()
    office.clock.advance(timedelta(seconds=5))
    sending: list[int] = []
    office.messenger.on_post = lambda: sending.append(states_of(office).get("sending", 0))

    office.dispatcher.dispatch()

    assert sending[:4] == [1, 2, 2, 4]


def test_somebody_who_has_gone_holds_up_nobody(office: Office) -> None:
    put_broadcast(office)
    on_post(office, MIDDLE, lambda: office.messenger.fail(RecipientGone("user_disabled")))

    office.dispatcher.dispatch()

    assert states_of(office) == {"sent": len(PEOPLE) - 1, "suppressed": 1}


def test_process_that_is_to_end_leaves_the_rest_to_the_next_one_at_once(office: Office) -> None:
    put_broadcast(office)
    on_post(office, MIDDLE, office.dispatcher.stop)

    office.dispatcher.dispatch()

    assert states_of(office) == {"pending": len(PEOPLE) - MIDDLE, "sent": MIDDLE}


def test_rows_that_others_have_taken_over_meanwhile_are_not_sent_too(office: Office) -> None:
    office.messenger.scopes.remove("im:history")  # so that a row in doubt is sent again
    put_broadcast(office)
    rival = office.another("them")

    sent_by_then: list[str] = []

    def sleep() -> None:
        office.messenger.on_post = lambda: None
        office.clock.advance(timedelta(minutes=1))
        rival.dispatcher.reconcile()
        rival.run(seconds=60)
        sent_by_then.extend(office.recipients())

    on_post(office, MIDDLE, sleep)
    office.dispatcher.dispatch()
    office.run(seconds=60)

    assert sorted(set(sent_by_then)) == PEOPLE
    assert len(office.recipients()) == len(sent_by_then) + 1  # Slack was being asked about that one all the while


def test_rows_of_a_store_that_is_busy_in_the_middle_go_once_and_need_no_reading_back(ledgers: Stores) -> None:
    office = Office.open(ledgers, lock_wait_seconds=0.05)
    office.messenger.scopes.remove("im:history")  # so that a row in doubt would be sent again
    first = put_broadcast(office)[0]
    with ExitStack() as rival:
        on_post(office, MIDDLE, lambda: rival.enter_context(holding(ledgers.open(StoreName.PROGRAM), office, first)))
        office.dispatcher.dispatch()
        office.clock.advance(timedelta(seconds=31))
        office.dispatcher.reconcile()
    office.run(seconds=120)

    assert sorted(office.recipients()) == PEOPLE
    assert states_of(office) == {"sent": len(PEOPLE)}


def test_nothing_more_is_sent_from_a_ledger_that_cannot_be_told_what_was(ledgers: Stores) -> None:
    office = Office.open(ledgers, lock_wait_seconds=0.05)
    put_broadcast(office)
    with ExitStack() as rival:

        def be_slow() -> None:
            office.clock.advance(timedelta(seconds=WRITTEN_WITHIN_SECONDS))

        def be_busy() -> None:
            office.messenger.on_post = be_slow
            table = office.program.table
            rival.enter_context(ledgers.open(StoreName.PROGRAM).write()).execute(update(table).values(last_error=None))

        on_post(office, MIDDLE, be_busy)
        office.dispatcher.dispatch()
        of_program = [person for person in office.recipients()[MIDDLE:] if PEOPLE.index(person) % 2 == 0]
    office.run(seconds=60)

    assert len(of_program) <= 1  # that it cannot be told is seen after the first one
    assert sorted(office.recipients()) == PEOPLE


def test_one_person_in_both_ledgers_is_written_to_a_second_apart_though_others_go_together(office: Office) -> None:
    put_broadcast(office)
    office.put(a_delivery(PEOPLE[-1], kind="other", tier=Tier.SESSION))

    office.dispatcher.dispatch()
    at_once = sorted(office.recipients())
    office.run(seconds=3)

    assert at_once == PEOPLE
    assert sorted(office.recipients()) == [*PEOPLE, PEOPLE[-1]]


def test_ledger_that_had_nothing_is_asked_again_after_one_portion_of_the_other(office: Office) -> None:
    office.put(*(a_delivery(person, tier=Tier.NOTICE) for person in PEOPLE))
    on_post(office, 1, lambda: office.put_support(a_delivery("late", tier=Tier.CRITICAL)))

    office.dispatcher.dispatch()

    assert office.recipients().index("late") == 1 + 2  # the portion that was on its way, and the next one


def test_cycle_does_not_end_before_a_ledger_that_had_nothing_is_asked_again(office: Office) -> None:
    office.put(a_delivery("ada"))
    on_post(office, 1, lambda: office.put_support(a_delivery("late")))

    office.dispatcher.dispatch()

    assert office.recipients() == ["ada", "late"]
