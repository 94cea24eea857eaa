"""Who has not answered a handover is asked once more the day before, by day on their clock, and never after a word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.delivery import DeliveryState, OutgoingMessage, Suppressed
from domain.handover import Consent
from domain.rules import HandoverRules
from handlers.outbox import composers
from services.booking.sweep import sweep_changed_programs
from services.handover.deliveries import HandoverMessage
from services.handover.news import handover_news
from services.handover.withdraw import withdraw_handover
from tests.builders import leaving
from tests.builders.bookings import instant
from tests.builders.handovers import answered, handed_over, met
from tests.builders.people import put_recusal, travel
from tests.builders.rules import set_rules
from tests.fixtures.desks import House, ledger_rows


def reminders(house: House, *states: DeliveryState) -> list[tuple[str, str]]:
    """Whom they go to, and when."""
    return [(who, when) for kind, who, _, when in house.messages(*states) if kind == HandoverMessage.REMINDED]


@pytest.mark.parametrize(
    ("zone", "when"),
    [
        ("Europe/London", "2027-01-13T10:00Z"),
        ("America/Los_Angeles", "2027-01-12T18:00Z"),
        ("Pacific/Auckland", "2027-01-12T21:00Z"),
    ],
)
def test_reminder_is_planned_for_ten_in_the_morning_before_the_day(house: House, zone: str, when: str) -> None:
    travel(house.stores.program, "ada", zone)
    met(house)

    handed_over(house)

    assert reminders(house) == [("ada", when)]


@pytest.mark.parametrize(
    ("now", "planned"), [("2027-01-11T09:59Z", ["2027-01-11T10:00Z"]), ("2027-01-11T10:00Z", []), ("noon", [])]
)
def test_who_hears_of_it_only_then_is_not_asked_again_in_the_same_breath(
    house: House, now: str, planned: list[str]
) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, handover=HandoverRules(notice_days=1)))
    met(house)
    if now != "noon":
        house.clock.advance(instant(now) - house.clock.now())

    handed_over(house, first="2027-01-12")

    assert [when for _, when in reminders(house)] == planned


def test_reminder_says_nothing_of_whom_and_leads_to_the_answer(house: House) -> None:
    met(house)
    handed_over(house)
    (row,) = ledger_rows(house, HandoverMessage.REMINDED)

    outgoing = composers(house.desk)[row.kind](row)

    assert isinstance(outgoing, OutgoingMessage)
    assert [name for name in ("Ada", "Cleo", "Dev", "coach") if name in str(outgoing.message)] == []
    assert "See what changes" in str(outgoing.message.blocks)


@pytest.mark.parametrize("how", ["consent", "keep", "move"])
def test_who_has_answered_anything_is_not_reminded(house: House, how: str) -> None:
    _, after = met(house)
    handed = handed_over(house)
    (row,) = ledger_rows(house, HandoverMessage.REMINDED)

    match how:
        case "consent":
            answered(house, handed, Consent.REFUSED)
        case "keep":
            answered(house, handed, keep=[after])
        case _:
            answered(house, handed, move=[after])

    assert (reminders(house), handover_news(house.support, row)) == ([], Suppressed("answered"))


def test_an_answer_that_says_nothing_leaves_the_reminder(house: House) -> None:
    met(house)
    handed = handed_over(house)

    answered(house, handed)

    assert len(reminders(house)) == 1


@pytest.mark.parametrize("how", ["withdrawn", "lapsed"])
def test_what_is_off_is_not_reminded_of(house: House, how: str) -> None:
    met(house)
    handed = handed_over(house)
    if how == "withdrawn":
        withdraw_handover(house.support, house.person("cleo"), handed.from_ref)
    else:
        put_recusal(house.stores.program, "dev", "ada")
        leaving.touch(house.stores.program)
        sweep_changed_programs(house.desk)

    assert reminders(house) == []


def test_reminder_is_no_use_once_the_day_has_come(house: House) -> None:
    met(house)
    handed_over(house)
    (row,) = ledger_rows(house, HandoverMessage.REMINDED)

    assert row.expires_at is not None
    assert row.expires_at - row.send_at == timedelta(hours=14)
