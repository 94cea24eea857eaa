"""What holds a program message back, and what gives way, on both engines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.attention import LAST_RUNG, AttentionRules, Subject
from domain.delivery import Composer, Deferred, Delivery, Outgoing, OutgoingMessage, Suppressed, Tier, Way
from domain.ports import Message
from domain.times import epoch_seconds
from services.attention.gate import IN_THE_DIGEST, attentive
from storage.delivery.rows import delivery_of
from storage.program.attention_queries import ledger
from tests.builders.deliveries import a_delivery
from tests.builders.people import an_account, put_person
from tests.builders.rules import set_rules
from tests.fixtures.desks import House
from tests.looking.attention import book_of, digests, items, mark_sent

HELLO = OutgoingMessage(Message(text="hello"))
NIGHT, MORNING = "2027-01-11T23:00Z", "2027-01-12T08:00Z"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def go_to(house: House, text: str) -> None:
    house.clock.advance(at(text) - house.clock.now())


def a_row(
    house: House,
    *,
    person: str = "ada",
    kind: str = "announcement.news",
    object_id: str = "thing",
    rung: str = "once",
    tier: Tier = Tier.IMPORTANT,
    expires_at: str | None = None,
    way: Way | None = None,
) -> Delivery:
    """A row of the ledger that is due now."""
    (key,) = book_of(house).put(
        a_delivery(
            person,
            kind=kind,
            object_id=object_id,
            rung=rung,
            tier=tier,
            due=house.clock.now(),
            expires_at=at(expires_at) if expires_at else None,
            way=way,
        )
    )
    with house.stores.program.read() as connection:
        return delivery_of(connection.execute(select(ledger).where(ledger.c.key == key)).one())


def passed(house: House, row: Delivery, composer: Composer = lambda _row: HELLO) -> Outgoing | Suppressed | Deferred:
    """What the gate makes of it."""
    return attentive(house.desk, composer, Subject.ANNOUNCEMENT)(row)


def use_up(house: House, kinds: Sequence[str] = ("announcement.news",) * 4, *, person: str = "ada") -> None:
    """Let somebody have been sent messages of these kinds just now."""
    rows = [a_delivery(person, kind=kind, object_id=f"earlier-{number}") for number, kind in enumerate(kinds)]
    mark_sent(house, book_of(house).put(*rows))


def test_gate_by_day_lets_a_message_go(house: House) -> None:
    assert passed(house, a_row(house)) == HELLO


def test_gate_in_quiet_hours_puts_it_off_to_their_end(house: House) -> None:
    go_to(house, NIGHT)

    assert passed(house, a_row(house)) == Deferred(until=at(MORNING))


def test_gate_goes_by_the_readers_own_zone(house: House) -> None:
    put_person(house.stores.program, "lou", account=an_account("lou", zone="America/Los_Angeles"))
    go_to(house, "2027-01-11T15:00Z")

    assert passed(house, a_row(house, person="lou")) == Deferred(until=at("2027-01-11T16:00Z"))
    assert passed(house, a_row(house)) == HELLO


@pytest.mark.parametrize(
    ("expires_at", "goes"),
    [
        ("2027-01-12T07:00Z", True),
        ("2027-01-12T08:05Z", True),
        ("2027-01-12T08:59:59Z", True),
        ("2027-01-12T09:00Z", False),
    ],
)
def test_gate_gives_way_to_what_would_expire_within_an_hour_of_the_morning(
    house: House,
    expires_at: str,
    goes: bool,  # noqa: FBT001
) -> None:
    go_to(house, NIGHT)

    outcome = passed(house, a_row(house, expires_at=expires_at, tier=Tier.CRITICAL))

    assert outcome == (HELLO if goes else Deferred(until=at(MORNING)))


def test_gate_is_open_for_the_last_rung_at_night_and_over_the_budget(house: House) -> None:
    go_to(house, NIGHT)
    use_up(house)

    assert passed(house, a_row(house, rung=LAST_RUNG)) == HELLO


def test_gate_puts_what_is_over_the_budget_into_the_digest(house: House) -> None:
    use_up(house)
    row = a_row(house, rung="24h")

    outcome = passed(house, row), passed(house, row)

    assert outcome == (IN_THE_DIGEST, IN_THE_DIGEST)
    assert items(house) == [("ada", "thing", f"24h {epoch_seconds(row.due)}", False)]
    assert digests(house) == [("ada", "2027-01-12", "2027-01-12T08:30Z")]


def test_gate_puts_the_same_news_of_another_instant_into_the_digest_again(house: House) -> None:
    use_up(house)
    first = a_row(house, rung="talk")
    later = replace(first, due=first.due + timedelta(days=1))

    for row in (first, later):
        passed(house, row)

    assert [rung for _, _, rung, _ in items(house)] == [f"talk {epoch_seconds(row.due)}" for row in (first, later)]


def test_gate_lets_the_last_of_the_budget_go(house: House) -> None:
    use_up(house, ("announcement.news", "deadline.rung", "event.reminder"))

    assert passed(house, a_row(house)) == HELLO


def test_gate_counts_no_digest_no_welcome_and_nobody_elses(house: House) -> None:
    use_up(house, ("digest", "welcome", "alert", "announcements", "announcement.news"))
    use_up(house, ("announcement.other",) * 6, person="bo")

    assert passed(house, a_row(house)) == HELLO


def test_gate_counts_nothing_of_yesterday_on_the_readers_clock(house: House) -> None:
    go_to(house, "2027-01-11T21:30Z")
    use_up(house)
    go_to(house, "2027-01-12T09:00Z")

    assert passed(house, a_row(house)) == HELLO


def test_gate_counts_from_midnight_where_the_reader_is(house: House) -> None:
    put_person(house.stores.program, "lou", account=an_account("lou", zone="America/Los_Angeles"))
    go_to(house, "2027-01-12T07:59Z")
    use_up(house, person="lou")
    go_to(house, "2027-01-12T08:00Z")
    use_up(house, ("announcement.of_today",), person="lou")
    go_to(house, "2027-01-12T17:00Z")

    assert passed(house, a_row(house, person="lou")) == HELLO
    use_up(house, ("deadline.rung",) * 3, person="lou")
    assert passed(house, a_row(house, person="lou", object_id="one more")) == IN_THE_DIGEST


def test_gate_does_not_count_the_row_itself_when_it_is_sent_again(house: House) -> None:
    use_up(house, ("announcement.news",) * 3)
    row = a_row(house)
    mark_sent(house, [row.key])

    assert passed(house, row) == HELLO


def test_gate_lets_critical_go_over_the_budget_but_not_at_night(house: House) -> None:
    use_up(house)
    critical = a_row(house, tier=Tier.CRITICAL)
    by_day = passed(house, critical)
    go_to(house, NIGHT)

    assert (by_day, passed(house, critical)) == (HELLO, Deferred(until=at(MORNING)))


def test_gate_lets_go_what_the_digest_would_be_too_late_for(house: House) -> None:
    use_up(house)

    in_time = passed(house, a_row(house, object_id="a", expires_at="2027-01-12T09:30Z"))
    too_late = passed(house, a_row(house, object_id="b", expires_at="2027-01-12T09:29:59Z"))

    assert (in_time, too_late) == (IN_THE_DIGEST, HELLO)


def test_gate_puts_nothing_into_the_digest_that_is_not_true_any_more_or_not_yet(house: House) -> None:
    use_up(house)

    read, later = Suppressed("read"), Deferred(until=at("2027-01-11T14:00Z"))

    outcomes = passed(house, a_row(house), lambda _row: read), passed(house, a_row(house), lambda _row: later)

    assert outcomes == (read, later)
    assert (items(house), digests(house)) == ([], [])


def test_gate_without_a_budget_counts_nothing(house: House) -> None:
    rules = AttentionRules(messages_a_day=0)
    set_rules(house.stores.program, lambda before: replace(before, attention=rules))
    use_up(house, ("announcement.news",) * 9)

    assert passed(house, a_row(house)) == HELLO


def test_gate_is_open_for_channels_and_new_words_in_old_messages(house: House) -> None:
    go_to(house, NIGHT)
    to_channel = a_row(house, person="#C1")
    update = a_row(house, way=Way.UPDATE)

    assert (passed(house, to_channel), passed(house, update)) == (HELLO, HELLO)


def test_gate_leaves_who_is_gone_to_the_composer(house: House) -> None:
    go_to(house, NIGHT)

    assert passed(house, a_row(house, person="nobody"), lambda _row: Suppressed("gone")) == Suppressed("gone")


def test_gate_after_a_change_of_rules_goes_by_the_new_ones(house: House) -> None:
    rules = AttentionRules(is_quiet=False)
    set_rules(house.stores.program, lambda before: replace(before, attention=rules))
    go_to(house, NIGHT)

    assert passed(house, a_row(house)) == HELLO


def test_words_brought_up_to_date_in_old_messages_use_up_nothing(house: House) -> None:
    kind = "announcement.rewrite"
    rows = [a_delivery("ada", kind=kind, object_id=f"old-{number}", way=Way.UPDATE) for number in range(4)]
    mark_sent(house, book_of(house).put(*rows))

    assert passed(house, a_row(house)) == HELLO


def test_message_that_was_put_back_before_slack_was_asked_uses_up_nothing(house: House) -> None:
    book = book_of(house)
    use_up(house, ("announcement.news",) * 3)
    house.clock.advance(timedelta(minutes=1))
    row = book.sending(a_row(house, object_id="back").key)
    before = passed(house, a_row(house))

    book.queue.put_back(row, owner=book.owner, pause_ms=0, reason="not asked")

    assert (before, passed(house, a_row(house, object_id="another"))) == (IN_THE_DIGEST, HELLO)
