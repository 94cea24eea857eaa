"""One offer to those who never booked: once, a few a day, never to whoever came, and none once they declined."""

from datetime import timedelta
from functools import partial

import pytest

from domain.delivery import DeliveryState, Suppressed
from domain.errors import NotFound
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.invitations.answer import decline_invitations, invitation_news
from services.invitations.invite import INVITATION, invite_newcomers
from tests.acting.rivals import at_once
from tests.acting.waiting_line import books, put_scholars, scarce, waits
from tests.builders.bookings import a_cancellation, a_wish
from tests.builders.groups import a_group_wish, seated, set_up, waiting
from tests.builders.people import put_person, put_program
from tests.fixtures.desks import House, ledger_rows, replica, share_out


def invited(house: House) -> list[str]:
    return sorted(each.person_id for each in ledger_rows(house, INVITATION))


def test_whoever_never_booked_is_invited_once_ever(house: House) -> None:
    share_out(house, invite_after_days=10)

    counts = [invite_newcomers(house.desk)]
    for _ in range(3):
        house.clock.advance(timedelta(days=30))
        counts.append(invite_newcomers(house.desk))

    assert (counts, invited(house)) == ([2, 0, 0, 0], ["ada", "bo"])


def test_whoever_has_booked_is_not_invited_even_if_they_canceled(house: House) -> None:
    share_out(house, invite_after_days=10)
    ada = house.person("ada")
    details = book_session(house.support, ada, a_wish())
    cancel_session(house.support, ada, a_cancellation(details.ref))

    invite_newcomers(house.desk)

    assert invited(house) == ["bo"]


def test_whoever_waits_or_has_a_seat_is_not_invited(house: House) -> None:
    share_out(house, invite_after_days=10)
    seat, line, nobody = put_scholars(house, 3)
    scarce(house)
    books(house, "ada")
    waits(house, "bo")
    set_up(house, wish=a_group_wish(seats=1))
    seated(house, seat)
    waiting(house, line)

    invite_newcomers(house.desk)

    assert invited(house) == [nobody]


def test_an_invitation_is_not_sent_to_who_has_joined_a_line_meanwhile(house: House) -> None:
    share_out(house, invite_after_days=10)
    scarce(house, dates={})
    invite_newcomers(house.desk)
    waits(house, "bo")
    rows = {each.person_id: each for each in ledger_rows(house, INVITATION)}

    found = {who: invitation_news(house.support, row) for who, row in rows.items()}

    assert found == {"ada": None, "bo": Suppressed("came by themselves")}


def test_newcomers_have_some_weeks_to_come_by_themselves(house: House) -> None:
    share_out(house, invite_after_days=21)  # they came on 1 January, and it is the 11th

    before = invite_newcomers(house.desk)
    house.clock.advance(timedelta(days=11))

    assert (before, invite_newcomers(house.desk)) == (0, 2)


def test_only_so_many_are_invited_on_one_day(house: House) -> None:
    share_out(house, invite_after_days=5, invitations_a_day=3)
    for number in range(5):
        put_person(house.stores.program, f"scholar-{number}")

    counts = []
    for _ in range(4):
        counts.append(invite_newcomers(house.desk))
        house.clock.advance(timedelta(hours=13))

    assert counts == [3, 0, 3, 0]


def test_two_replicas_at_once_invite_no_more_than_one_would(house: House) -> None:
    share_out(house, invite_after_days=5, invitations_a_day=3)
    for number in range(10):
        put_person(house.stores.program, f"scholar-{number}")

    outcomes = at_once([partial(invite_newcomers, each.desk) for each in (house, replica(house))])

    assert sorted(map(str, outcomes)) == ["0", "3"]
    assert len(set(invited(house))) == 3


def test_program_that_switched_it_off_invites_nobody(house: House) -> None:
    share_out(house, invite_after_days=0)

    assert invite_newcomers(house.desk) == 0


def test_each_program_has_its_own_rules_and_its_own_day(house: House) -> None:
    share_out(house, invite_after_days=5, invitations_a_day=1)
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", program_id="program-2", first_day="2026-01-01")

    assert invite_newcomers(house.desk) == 2
    assert "yan" in invited(house)


def test_nobody_but_scholars_is_invited(house: House) -> None:
    share_out(house, invite_after_days=5, invitations_a_day=1000)
    invite_newcomers(house.desk)

    assert set(invited(house)) == {"ada", "bo"}


def test_invitation_is_not_sent_any_more_to_whoever_booked_meanwhile(house: House) -> None:
    share_out(house, invite_after_days=5)
    invite_newcomers(house.desk)
    book_session(house.support, house.person("ada"), a_wish())

    told = {row.person_id: invitation_news(house.support, row) for row in ledger_rows(house, INVITATION)}

    assert told == {"ada": Suppressed("came by themselves"), "bo": None}


def test_whoever_declined_is_not_told_again(house: House) -> None:
    share_out(house, invite_after_days=5)
    invite_newcomers(house.desk)

    decline_invitations(house.support, house.person("ada"))
    decline_invitations(house.support, house.person("ada"))

    told = {row.person_id: invitation_news(house.support, row) for row in ledger_rows(house, INVITATION)}
    assert told == {"ada": Suppressed("declined"), "bo": None}


def test_whoever_was_not_invited_has_nothing_to_decline(house: House) -> None:
    with pytest.raises(NotFound):
        decline_invitations(house.support, house.person("ada"))


def test_invitation_waits_for_the_morning_in_the_ledger(house: House) -> None:
    share_out(house, invite_after_days=5)
    house.clock.advance(timedelta(hours=8))

    invite_newcomers(house.desk)

    found = {row[3] for row in house.messages(DeliveryState.PENDING) if row[0] == INVITATION}
    assert found == {"2027-01-12T10:00Z"}
