"""Booking a coach out, waiting for her, and pressing what comes, a line each."""

from dataclasses import replace
from itertools import count

from sqlalchemy import update

from domain.delivery import DeliveryState
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.holds.approve import approve_request, decline_request, withdraw_request
from services.holds.kept import KeptTime, kept_times
from services.holds.take import refuse_time, take_time
from services.hours.own import save_hours
from services.sessions.facts import SessionDetails
from services.waiting.join import WaitFor, wait_for
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import table_of
from tests.builders.bookings import a_cancellation, a_wish
from tests.builders.people import put_person
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House, label

_numbers = count(1)
_ledger = table_of(ConfidentialDelivery)
ONE_HOUR = {"2027-01-12": "10:00-11:00"}
"""All that Cleo has to offer once she is `scarce`: Tuesday at ten."""


def scarce(house: House, staff: str = "cleo", dates: dict[str, str] | None = None) -> None:
    """Let a staff member have hours on these dates alone."""
    save_hours(house.support, house.person(staff), hours_in(LONDON, {}, ONE_HOUR if dates is None else dates))


def with_approval(house: House) -> House:
    """The same house, where coaching needs approval."""
    set_rules(house.stores.program, lambda rules: with_kind(rules, needs_approval=True))
    return house


def put_scholars(house: House, number: int) -> list[str]:
    """Scholars to stand in line."""
    return [put_person(house.stores.program, f"scholar-{each:02}") for each in range(number)]


def waits(house: House, scholar: str, *, staff: str | None = "cleo", **wishes: str) -> None:
    """Join the line."""
    command = WaitFor(request_key=key(), kind="coaching", staff_id=staff)
    wait_for(house.support, house.person(scholar), replace(command, **wishes))


def books(house: House, scholar: str, start: str = "2027-01-12T10:00Z", *, staff: str = "cleo") -> SessionDetails:
    """Book."""
    return book_session(house.support, house.person(scholar), a_wish(start, staff=staff))


def booked_out(house: House, *waiting: str) -> str:
    """Cleo's only hour is Ada's, and these wait for it; returns Ada's reference."""
    scarce(house)
    ref = books(house, "ada").ref
    for scholar in waiting:
        waits(house, scholar)
    return ref


def cancels(house: House, ref: str, who: str = "ada", version: int = 1) -> None:
    """Cancel what was booked."""
    cancel_session(house.support, house.person(who), a_cancellation(ref, version=version))


def told(house: House, kind: str) -> list[str]:
    """Who is told something of this kind, once for each message."""
    return [person for what, person, *_ in house.messages() if what == kind]


def kept_for(house: House, person: str) -> list[KeptTime]:
    """What waits for their answer."""
    return list(kept_times(house.support, house.person(person)))


def the_kept(house: House, person: str) -> KeptTime:
    """The only thing that does."""
    (kept,) = kept_for(house, person)
    return kept


def arrive(house: House) -> None:
    """Slack has shown all there is to tell, as far as the ledger knows."""
    with house.stores.confidential.write() as connection:
        connection.execute(update(_ledger).values(state=DeliveryState.SENT.value, intent_at=1))


def takes(house: House, scholar: str) -> SessionDetails:
    """Take what is kept."""
    return take_time(house.support, house.person(scholar), the_kept(house, scholar).ref, request_key=key())


def refuses(house: House, scholar: str) -> None:
    """No thanks."""
    refuse_time(house.support, house.person(scholar), the_kept(house, scholar).ref)


def approves(house: House, staff: str = "cleo") -> SessionDetails:
    """Say yes."""
    return approve_request(house.support, house.person(staff), the_kept(house, staff).ref, request_key=key())


def declines(house: House, staff: str = "cleo", *, reason: str = "") -> SessionDetails:
    """Say no."""
    person = house.person(staff)
    return decline_request(house.support, person, the_kept(house, staff).ref, reason=reason, request_key=key())


def withdraws(house: House, scholar: str) -> SessionDetails:
    """Take a request back."""
    return withdraw_request(house.support, house.person(scholar), the_kept(house, scholar).ref)


def until(kept: KeptTime) -> str:
    """Until when it is kept, such as 2027-01-11T14:00Z."""
    return label(int(kept.until.timestamp()))


def key() -> str:
    """A once-only key of its own."""
    return f"waiting-{next(_numbers)}"
