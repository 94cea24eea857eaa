"""Builders of what people ask of handovers; every argument has a default, so a test names only what matters."""

from collections.abc import Iterable
from datetime import date
from itertools import count

from domain.booking import Booked
from domain.handover import Consent
from domain.people import Role
from services.booking.book import book_session
from services.handover.announce import hand_over, handover_choices
from services.handover.answer import answer_handover
from services.handover.commands import AnswerHandover, HandOver, SessionChoice
from services.handover.facts import Answered
from storage.confidential import handover_queries
from storage.confidential.handover_queries import Handed
from tests.builders.bookings import a_wish
from tests.fixtures.desks import House

FIRST = "2027-01-14"
"""The earliest day in the house of `tests.fixtures.desks`, a Thursday."""
BEFORE, AFTER, LATER = "2027-01-12T10:00Z", "2027-01-15T10:00Z", "2027-01-18T14:00Z"
"""Starts before that day and after it."""

_numbers = count(1)


def met(house: House, *starts: str, scholar: str = "ada", staff: str = "cleo", **wishes: object) -> list[Booked]:
    """Sessions of the two, before and after the day unless told."""
    return [
        book_session(house.support, house.person(scholar), a_wish(start, staff=staff, **wishes)).booked  # type: ignore[arg-type]  # the builder's own
        for start in starts or (BEFORE, AFTER)
    ]


def a_handover(
    ref: str,
    *,
    to: str = "dev",
    first: str = FIRST,
    words: str = "",
    role: Role | None = None,
    key: str | None = None,
) -> HandOver:
    """A wish to hand somebody over, with a once-only key of its own unless one is given."""
    return HandOver(
        request_key=key or f"handover-{next(_numbers)}",
        role=role,
        scholar_ref=ref,
        successor_id=to,
        first=date.fromisoformat(first),
        words=words,
    )


def handed_over(house: House, *, by: str = "cleo", scholar: str = "ada", **wishes: object) -> Handed:
    """Hand a scholar over whom they have met, with Dev as the successor unless told; as it is stored."""
    staff = house.person(by)
    named = {name: ref for ref, name in handover_choices(house.support, staff).scholars}
    hand_over(house.support, staff, a_handover(named[scholar.title()], **wishes))  # type: ignore[arg-type]  # the builder's own
    return stored(house)[-1]


def stored(house: House) -> list[Handed]:
    """All that stand, in the order of their days."""
    with house.stores.confidential.read() as connection:
        return handover_queries.pending_of_program(connection, "program-1", after=0)


def an_answer(
    handed: Handed,
    consent: Consent = Consent.UNKNOWN,
    *,
    move: Iterable[Booked] = (),
    keep: Iterable[Booked] = (),
    key: str | None = None,
) -> AnswerHandover:
    """What the scholar says."""
    wanted = [*((each, True) for each in move), *((each, False) for each in keep)]
    return AnswerHandover(
        request_key=key or f"answer-{next(_numbers)}",
        ref=handed.scholar_ref,
        consent=consent,
        sessions=tuple(
            SessionChoice(field=f"session.{number}", ref=each.scholar_ref, version=each.version, is_moved=is_moved)
            for number, (each, is_moved) in enumerate(wanted)
        ),
    )


def answered(house: House, handed: Handed, consent: Consent = Consent.UNKNOWN, **said: object) -> Answered:
    """Let the scholar answer."""
    scholar = house.person(handed.scholar_id)
    return answer_handover(house.support, scholar, an_answer(handed, consent, **said))  # type: ignore[arg-type]  # the builder's own
