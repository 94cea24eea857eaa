"""What people and the house do with calendars outside."""

from services.feeds.own import add_feed, own_feeds
from services.feeds.reading import read_feeds
from storage.confidential.feeds import OutsideBusy
from storage.engine import table_of
from tests.builders.calendars import ADDRESS, a_calendar, an_entry, labeled
from tests.fakes.calendars import FakeCalendarReader
from tests.fixtures.desks import House

AT_TEN = an_entry(":20270112T100000Z", ":20270112T103000Z")
"""What takes half of `TOMORROW_TEN`."""
_busy = table_of(OutsideBusy)


def with_calendar(
    house: House, *entries: str, who: str = "cleo", reader: FakeCalendarReader | None = None, request: str = "add"
) -> FakeCalendarReader:
    """Somebody's calendar has these entries and has just been read; returns what it is read with."""
    reader = reader or FakeCalendarReader()
    reader.contents[ADDRESS] = a_calendar(*(entries or (AT_TEN,)))
    add_feed(house.support, house.person(who), ADDRESS, request_key=f"{request} for {who}")
    read_feeds(house.desk, reader)
    return reader


def feed_id_of(house: House, who: str = "cleo") -> str:
    """The one calendar that somebody has."""
    (feed,) = own_feeds(house.support, house.person(who))
    return feed.id


def known_of(house: House) -> list[str]:
    """All that is known of anybody's calendars, as texts such as 2027-01-12T10:00Z/10:30Z."""
    with house.stores.confidential.read() as connection:
        rows = connection.execute(_busy.select().order_by(_busy.c.starts_at)).all()
    return [labeled(row.starts_at, row.ends_at) for row in rows]
