"""The DeliveryQueue's conformance suite, second part: which row is next, and which need not be sent any more."""

from datetime import timedelta

from domain.delivery import DeliveryState, Tier, Way, delivery_key
from storage.delivery.queue import LEADERLESS, OVERTAKEN
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON, FakeClock
from tests.looking.ledgers import LedgerBook

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_head_of_an_empty_ledger_is_nothing(book: LedgerBook) -> None:
    assert book.head() is None


def test_head_is_the_most_urgent_tier_then_the_oldest(book: LedgerBook) -> None:
    rows = [
        a_delivery("ada", tier=Tier.NOTICE, due=NOON - DAY),
        a_delivery("bo", tier=Tier.SESSION, due=NOON),
        a_delivery("cleo", tier=Tier.SESSION, due=NOON - MINUTE),
        a_delivery("dev", tier=Tier.IMPORTANT, due=NOON - DAY),
        a_delivery("eli", tier=Tier.CRITICAL, due=NOON),
    ]
    book.put(*rows)

    order = []
    while (key := book.head()) is not None:
        order.append(book.claimed(key).person_id)

    assert order == ["eli", "cleo", "bo", "dev", "ada"]


def test_of_one_tier_what_was_to_go_first_is_the_head_whatever_its_key(book: LedgerBook) -> None:
    by_key = sorted((f"person-{number}" for number in range(5)), key=lambda each: delivery_key(a_delivery(each)))
    book.put(*(a_delivery(each, send_at=NOON - number * MINUTE) for number, each in enumerate(by_key)))

    order = []
    while (key := book.head()) is not None:
        order.append(book.claimed(key).person_id)

    assert order == by_key[::-1]


def test_head_waits_until_the_row_is_due(book: LedgerBook, clock: FakeClock) -> None:
    (key,) = book.put(a_delivery(send_at=NOON + MINUTE))

    before = book.head()
    clock.advance(MINUTE)

    assert (before, book.head()) == (None, key)


def test_head_of_an_exact_tie_is_the_row_that_can_be_claimed_and_each_comes_once(book: LedgerBook) -> None:
    keys = book.put(*(a_delivery(f"person-{number}") for number in range(5)))

    order = []
    while (key := book.head()) is not None:
        assert book.claim(key) is not None
        order.append(key)

    assert order == sorted(keys)


def test_claim_of_a_row_that_is_not_the_head_is_allowed(book: LedgerBook) -> None:
    keys = sorted(book.put(a_delivery("ada"), a_delivery("bo")))

    row = book.claim(keys[1])

    assert row is not None
    assert book.head() == keys[0]


def test_head_passes_over_a_person_written_to_a_moment_ago(book: LedgerBook, clock: FakeClock) -> None:
    first, second = book.put(a_delivery(rung="1", due=NOON - HOUR), a_delivery(rung="2", kind="other"))
    book.sending(first)

    at_once = book.head()
    clock.advance(timedelta(milliseconds=999))
    almost = book.head()
    clock.advance(timedelta(milliseconds=1))

    assert (at_once, almost, book.head()) == (None, None, second)


def test_head_goes_on_at_once_when_the_clock_was_set_back(book: LedgerBook, clock: FakeClock) -> None:
    first, second = book.put(a_delivery(rung="1", due=NOON - DAY), a_delivery(kind="other", due=NOON - DAY))
    book.sending(first)

    clock.step(-HOUR)

    assert book.head() == second


def test_head_passes_over_a_person_written_to_a_moment_ago_though_the_clock_was_set_back_by_as_little(
    book: LedgerBook, clock: FakeClock
) -> None:
    first, second = book.put(a_delivery(rung="1", due=NOON - DAY), a_delivery(kind="other", due=NOON - DAY))
    book.sending(first)

    clock.step(-0.999 * SECOND)
    at_once = book.head()
    clock.step(-0.001 * SECOND)

    assert (at_once, book.head()) == (None, second)


def test_head_passes_over_a_row_with_a_pause(book: LedgerBook, clock: FakeClock) -> None:
    (key,) = book.put(a_delivery())
    book.queue.put_back(book.claimed(key), owner="us", pause_ms=5000, reason="later")

    at_once = book.head()
    clock.advance(5 * SECOND)

    assert (at_once, book.head()) == (None, key)


def test_head_passes_over_an_expired_row(book: LedgerBook, clock: FakeClock) -> None:
    book.put(a_delivery(expires_at=NOON + MINUTE))

    clock.advance(MINUTE)

    assert book.head() is None


def put_followers(book: LedgerBook) -> dict[str, str]:
    """A leader in each state, each for another person; returns the key of each one's follower by that state."""
    followers = {}
    for state in DeliveryState:
        leader = a_delivery(f"person-{state}", send_at=NOON - MINUTE)
        keys = book.put(leader, a_delivery(f"person-{state}", kind="file", after=delivery_key(leader)))
        book.set_state(keys[0], state)
        followers[state.value] = keys[1]
    return followers


def test_follower_goes_only_after_its_leader_was_sent(book: LedgerBook) -> None:
    followers = put_followers(book)

    goes = {state for state, key in followers.items() if book.claim(key) is not None}

    assert goes == {"sent"}


def test_tidy_drops_the_followers_of_what_will_not_be_sent(book: LedgerBook) -> None:
    followers = put_followers(book)

    book.queue.tidy(NOON)

    dropped = {state for state, key in followers.items() if book.states()[key] == "suppressed"}
    assert dropped == {"canceled", "suppressed", "superseded", "dead"}
    assert {book.row(followers[state]).last_error for state in dropped} == {LEADERLESS}


def test_tidy_leaves_a_follower_until_its_time_has_come(book: LedgerBook, clock: FakeClock) -> None:
    leader = a_delivery("ada", send_at=NOON - MINUTE)
    now_due, later = (
        a_delivery(who, kind="file", after=delivery_key(leader), send_at=at)
        for who, at in (("bo", NOON), ("cleo", NOON + MINUTE))
    )
    first, *followers = book.put(leader, now_due, later)
    book.set_state(first, DeliveryState.DEAD)
    found = []

    for _ in range(2):
        book.queue.tidy(clock.now())
        found.append([book.states()[key] for key in followers])
        clock.advance(MINUTE)

    assert found == [["suppressed", "pending"], ["suppressed", "suppressed"]]


def ladder() -> list[str]:
    return ["T-7d", "T-48h", "T-24h", "T-3h"]


def put_ladder(book: LedgerBook, due_in: timedelta, person: str = "ada") -> list[str]:
    """The rungs of one deadline that is so far ahead of noon."""
    leads = (timedelta(days=7), timedelta(hours=48), timedelta(hours=24), timedelta(hours=3))
    deadline = NOON + due_in
    rungs = zip(ladder(), leads, strict=True)
    return book.put(*(a_delivery(person, rung=rung, due=deadline, send_at=deadline - lead) for rung, lead in rungs))


def test_tidy_leaves_only_the_newest_rung_that_is_due(book: LedgerBook) -> None:
    put_ladder(book, timedelta(hours=20))

    book.queue.tidy(NOON)

    assert book.states_of_rungs() == {
        "T-7d": "superseded",
        "T-48h": "superseded",
        "T-24h": "pending",
        "T-3h": "pending",
    }


def test_tidy_keeps_the_ladders_of_people_and_deadlines_apart(book: LedgerBook) -> None:
    mine = put_ladder(book, timedelta(hours=20))
    (other_person,) = book.put(a_delivery("bo", rung="T-7d", send_at=NOON - DAY))
    (other_kind,) = book.put(a_delivery(kind="other", rung="T-7d", send_at=NOON - DAY))

    book.queue.tidy(NOON)

    states = book.states()
    assert (states[mine[0]], states[other_person], states[other_kind]) == ("superseded", "pending", "pending")
    assert book.row(mine[0]).last_error == OVERTAKEN


def test_tidy_lets_an_older_rung_go_when_the_newer_one_has_expired(book: LedgerBook) -> None:
    book.put(
        a_delivery(rung="old", send_at=NOON - HOUR),
        a_delivery(rung="new", send_at=NOON - MINUTE, expires_at=NOON),
    )

    book.queue.tidy(NOON)

    assert book.states_of_rungs() == {"old": "pending", "new": "dead"}


def test_tidy_drops_an_older_rung_after_a_newer_one_was_sent_even_when_that_has_expired(book: LedgerBook) -> None:
    keys = book.put(
        a_delivery(rung="old", send_at=NOON - HOUR),
        a_delivery(rung="new", send_at=NOON - MINUTE, expires_at=NOON),
    )
    book.set_state(keys[1], DeliveryState.SENT)

    book.queue.tidy(NOON)

    assert book.states_of_rungs() == {"old": "superseded", "new": "sent"}


def test_tidy_goes_by_the_planned_order_when_an_older_rung_was_put_off(book: LedgerBook, clock: FakeClock) -> None:
    keys = book.put(
        a_delivery(rung="old", send_at=NOON - HOUR), a_delivery(rung="new", send_at=NOON + HOUR, kind="news")
    )
    book.queue.put_back(book.claimed(keys[0]), owner="us", pause_ms=0, reason="deferred", until=NOON + 2 * HOUR)
    clock.advance(3 * HOUR)

    book.queue.tidy(clock.now())

    assert book.states_of_rungs() == {"old": "superseded", "new": "pending"}


def test_tidy_settles_what_has_expired_as_dead(book: LedgerBook, clock: FakeClock) -> None:
    (key,) = book.put(a_delivery(expires_at=NOON + MINUTE))
    clock.advance(MINUTE)

    book.queue.tidy(clock.now())

    assert (book.states()[key], book.row(key).last_error) == ("dead", "expired")


def test_tidy_leaves_rows_on_their_way(book: LedgerBook, clock: FakeClock) -> None:
    (key,) = book.put(a_delivery(expires_at=NOON + MINUTE))
    book.sending(key)
    clock.advance(HOUR)

    book.queue.tidy(clock.now())

    assert book.states() == {key: "sending"}


def test_oldest_due_tells_how_long_the_oldest_waits(book: LedgerBook, clock: FakeClock) -> None:
    leader = a_delivery("ada")
    book.put(
        leader,
        a_delivery("ada", kind="file", due=NOON - HOUR, after=delivery_key(leader)),
        a_delivery("bo", due=NOON + DAY),
    )
    clock.advance(MINUTE)

    assert book.queue.reading.oldest_due(clock.now()) == 60
    assert [book.queue.reading.oldest_due(clock.now(), ways=(way,)) for way in (Way.POST, Way.FILE)] == [60, None]


def test_oldest_due_counts_what_is_not_settled(book: LedgerBook) -> None:
    keys = book.put(*(a_delivery(f"person-{state}", due=NOON - MINUTE) for state in DeliveryState))
    for key in keys:
        book.set_state(key, DeliveryState.SENT)
    late = set()
    for key, state in zip(keys, DeliveryState, strict=True):
        book.set_state(key, state)
        if book.queue.reading.oldest_due(NOON) == 60:
            late.add(state.value)
        book.set_state(key, DeliveryState.SENT)

    assert late == {"pending", "claimed", "sending", "ambiguous"}


def test_counts_are_of_what_is_under_way_or_dead(book: LedgerBook) -> None:
    states = [
        DeliveryState.PENDING,
        DeliveryState.PENDING,
        DeliveryState.SENT,
        DeliveryState.DEAD,
        DeliveryState.SENDING,
    ]
    keys = book.put(*(a_delivery(f"person-{number}") for number in range(len(states))))
    for key, state in zip(keys, states, strict=True):
        book.set_state(key, state)

    assert book.queue.reading.counts() == {"pending": 2, "dead": 1, "sending": 1}
