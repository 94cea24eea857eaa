"""Builders of what people ask of handovers; every argument has a default, so a test names only what matters."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count

from domain.booking import Booked
from domain.handover import Consent
from domain.people import Role
from services.booking.book import book_session
from services.handover.announce import hand_over, handover_choices
from services.handover.answer import answer_handover
from services.handover.commands import AnswerHandover, HandOver, SessionChoice
from services.handover.consent import may_read_earlier
from services.handover.facts import Answered
from services.session_log.log import log_session
from storage.confidential import handover_queries
from storage.confidential.handover_queries import Handed
from tests.builders.bookings import a_wish
from tests.builders.session_logs import a_log
from tests.fixtures.desks import House

FIRST = "2027-01-14"
"""The earliest day in the house of `tests.fixtures.desks`, a Thursday."""
BEFORE, AFTER, LATER = "2027-01-12T10:00Z", "2027-01-15T10:00Z", "2027-01-18T14:00Z"
"""Starts before that day and after it."""

NEXT_STEP = "One page by Friday."

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


def may_read(house: House, who: str = "dev", author: str = "cleo", role: Role = Role.COACH) -> bool:
    """Whether somebody may read what another wrote of Ada."""
    with house.stores.confidential.read() as connection:
        successor, scholar = house.person(who), house.person("ada")
        return may_read_earlier(house.support, connection, successor, scholar, author, role=role)


def let_begin(house: House) -> None:
    """Let the day come."""
    house.clock.advance(timedelta(days=3))


def logged(house: House) -> None:
    """The first session is over and has a next step."""
    booked, _ = met(house)
    house.clock.advance(booked.ends + timedelta(minutes=1) - house.clock.now())
    log_session(house.support, house.person("cleo"), a_log(booked.staff_ref, next_step=NEXT_STEP))


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
