"""What the load generator asks for is a whole form, and within the rules that a program has by default."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from benchmarks.house import Size, scholars
from benchmarks.load.bookings import Wish, submissions, wishes
from domain.kinds import COACHING, kind_of
from domain.rules import DEFAULT_RULES
from domain.series import ONCE
from handlers.ids import Modal
from handlers.parse.booking import book_session
from handlers.request import Kind
from handlers.views.booking import booking_form
from services.offers.facts import Offer, OfferedStart
from tests.builders.payloads import a_request

MONDAY = datetime(2027, 1, 11, tzinfo=UTC)
SMALL = Size(programs=2, coaches=1, scholars=60)


def an_offer() -> Offer:
    """An offer with a time, so that the form asks for all it can."""
    kind = kind_of(COACHING)
    days: dict[str, tuple[OfferedStart, ...]] = {
        "2027-01-12": (OfferedStart(starts=MONDAY + timedelta(hours=34), staff_zone="UTC"),)
    }
    return Offer(kinds=(kind,), kind=kind, staff=(), staff_id=None, zone="UTC", scholar_zone="UTC", days=days)


def test_submitted_form_is_read_as_the_wish_whatever_the_form_asks() -> None:
    wish = Wish(scholar=next(scholars(SMALL)), start=1799748000, staff="coach-0-0")

    request, *_ = submissions(booking_form(an_offer()), [wish])

    payload = json.loads(parse_qs(request.decode().partition("\r\n\r\n")[2])["payload"][0])
    command = book_session(a_request(Kind.SUBMISSION, Modal.BOOK, body=payload))
    assert (command.kind, command.staff_id, command.starts) == (
        COACHING,
        wish.staff,
        datetime(2027, 1, 12, 10, tzinfo=UTC),
    )
    assert (command.repeat, bool(command.words)) == (ONCE, True)


def test_wishes_keep_to_what_a_scholar_can_book_and_to_fair_shares() -> None:
    wanted = wishes(SMALL, now=MONDAY)

    each = Counter(wish.scholar.id for wish in wanted)
    furthest = max(wish.start for wish in wanted) - MONDAY.timestamp()
    kind, fair = DEFAULT_RULES.kind(COACHING), DEFAULT_RULES.fair
    assert max(each.values()) <= min(kind.open_per_scholar, fair.sessions_a_week)
    assert furthest < timedelta(days=kind.horizon_days - fair.first_days).total_seconds()


def test_no_two_wishes_of_a_program_are_for_one_time() -> None:
    wanted = wishes(SMALL, now=MONDAY)

    times = Counter((wish.scholar.program, wish.start) for wish in wanted)
    assert (len(wanted) > SMALL.programs * SMALL.scholars, max(times.values())) == (True, 1)
