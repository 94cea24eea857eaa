"""A digest that goes later than it was to: it is made of what still holds then, by all real parts, and never empty."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from domain.announcements import Plan
from domain.attention import DigestTime
from domain.delivery import Delivery, Tier
from handlers.digest import PARTS
from services.attention.digest import NOTHING, Digest, digest
from services.attention.waiting import digest_row
from storage.delivery.rows import delivery_of
from storage.program.attention_queries import ledger
from tests.builders.announcements import Desk, a_content
from tests.builders.deadlines import a_content as a_deadline_content
from tests.builders.deadlines import a_deadline, in_london
from tests.builders.events import put_event
from tests.builders.people import PROGRAM
from tests.fixtures.desks import House
from tests.looking.attention import book_of, items

MONDAY = "2027-01-18"
NOON = datetime.fromisoformat(f"{MONDAY}T12:00Z")
SECOND = timedelta(seconds=1)
SECTIONS = {subject: part.section for subject, part in PARTS.items()}


def go_to(house: House, moment: datetime) -> None:
    house.clock.advance(moment - house.clock.now())


def row_of_monday(house: House) -> Delivery:
    """Ada's digest of the week, which was to go on Monday at 8:30."""
    time = DigestTime(day=date.fromisoformat(MONDAY), at=datetime.fromisoformat(f"{MONDAY}T08:30Z"))
    (key,) = book_of(house).put(digest_row("ada", PROGRAM, time))
    with house.stores.program.read() as connection:
        return delivery_of(connection.execute(select(ledger).where(ledger.c.key == key)).one())


def told(house: House) -> list[tuple[str, bool]]:
    """What stands in it as it would go now: title, and whether it is said to be over. News first, then what comes."""
    made = digest(house.desk, row_of_monday(house), SECTIONS)
    assert isinstance(made, Digest)
    return [(line.title, line.is_over) for line in (*(line for _, line in made.news), *made.due, *made.week)]


def test_digest_that_is_late_tells_only_what_holds_when_it_goes(house: House) -> None:
    Desk(house).sent(a_content(tier=Tier.NOTICE, plan=Plan(expires_at=NOON), needs_ack=False))
    put_event(house, title="Seminar", starts=NOON)
    put_event(house, title="Social", starts=NOON + timedelta(hours=5))
    a_deadline(house, a_deadline_content(title="Bio", due=in_london(MONDAY, 12 * 60)))
    go_to(house, NOON - SECOND)
    before = told(house)
    go_to(house, NOON)

    after = told(house)

    assert before == [("Plans are due", False), ("Seminar", False), ("Social", False), ("Bio", False)]
    assert after == [("Social", False), ("Bio", True)]


def test_digest_whose_news_are_all_over_is_not_sent_and_forgets_them(house: House) -> None:
    Desk(house).sent(a_content(tier=Tier.NOTICE, plan=Plan(expires_at=NOON), needs_ack=False))
    put_event(house, starts=NOON)
    go_to(house, NOON + timedelta(hours=8))

    outcome: object = digest(house.desk, row_of_monday(house), SECTIONS)

    assert outcome == NOTHING
    assert [each for each in items(house) if each[0] == "ada"] == []
