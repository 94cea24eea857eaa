"""Builders of what handovers tell the views; every argument has a default, so a test names only what matters."""

from datetime import date, timedelta

from domain.handover import Consent
from domain.people import Role
from services.handover.facts import (
    Choices,
    Given,
    Handovers,
    HandoverSheet,
    NextStep,
    SessionAhead,
    Takeover,
    TakeoverDetails,
)
from tests.builders.sessions import COACHING_KIND, LONDON, TUESDAY

DAY = date(2027, 1, 14)


def some_handovers(*, name: str = "Ada", number: int = 1) -> Handovers:
    """As many handed over as taken over."""
    return Handovers(
        given=tuple(
            Given(ref=f"g{each}", scholar_name=name, to_name=name, first=DAY, can_take_back=True)
            for each in range(number)
        ),
        taken=tuple(Takeover(ref=f"t{each}", scholar_name=name, first=DAY) for each in range(number)),
    )


def some_choices(*, name: str = "Ada", number: int = 1, colleagues: int = 1) -> Choices:
    """What the form begins with once the first scholar is chosen."""
    return Choices(
        roles=(Role.COACH, Role.COMMUNITY_MANAGER),
        role=Role.COACH,
        scholars=tuple((f"s{each}", name) for each in range(number)),
        scholar_ref="s0",
        successors=tuple((f"p{each}", name) for each in range(colleagues)),
        earliest=DAY,
        notice_days=3,
    )


def a_handover_sheet(
    *, name: str = "Cleo", words: str = "", consent: Consent = Consent.UNKNOWN, number: int = 2, more: int = 0
) -> HandoverSheet:
    """What the scholar reads; of the sessions every second one cannot go on."""
    return HandoverSheet(
        ref="h1",
        role=Role.COACH,
        from_name=name,
        to_name=name,
        first=DAY,
        zone=LONDON,
        words=words,
        is_unreadable=False,
        consent=consent,
        sessions=tuple(
            SessionAhead(
                ref=f"s{each}",
                version=1,
                starts=TUESDAY + timedelta(days=each),
                kind=COACHING_KIND,
                is_free=each % 2 == 0,
                is_kept=each == 0,
            )
            for each in range(number)
        ),
        more_sessions=more,
    )


def a_takeover(*, name: str = "Ada", step: str = "One page.", number: int = 1) -> TakeoverDetails:
    """What the successor reads with a yes."""
    return TakeoverDetails(
        scholar_name=name,
        from_name=name,
        first=DAY,
        zone=LONDON,
        may_read=True,
        next_steps=tuple(NextStep(starts=TUESDAY, text=step) for _ in range(number)),
    )
