"""Sessions of which everything is said, for every view that shows one."""

from dataclasses import replace

from domain.booking import REASON_MAX, WORDS_MAX, BookingStatus
from domain.focus import FocusArea
from domain.groups import TITLE_MAX
from domain.kinds import SERIES_MAX
from domain.places import Place
from handlers.parse.hours import PLACE_MAX
from services.sessions.own import LISTED
from tests.builders.sessions import (
    COMMUNITY_KIND,
    NEW_YORK,
    a_booked,
    a_line,
    a_named,
    a_week,
    some_details,
)
from tests.unit.handlers.views.largest.filling import DAY, LONGEST_ZONE, MIDNIGHT, long

LINES = [a_line(f"{number:022}", version=10**8) for number in range(LISTED)]
FULL_WEEK_AHEAD = a_week(*([replace(line, zone=LONGEST_ZONE) for line in LINES] for _ in range(7)))
NAMED = [
    replace(a_named(line, kind=COMMUNITY_KIND, other_name=long(100)), title=long(TITLE_MAX), number=12, of_series=12)
    for line in LINES
]
SERIES = tuple(MIDNIGHT + 14 * DAY * number for number in range(SERIES_MAX))
DETAILS = some_details(
    kind=COMMUNITY_KIND,
    other_name=long(100),
    other_zone=NEW_YORK,
    place=Place(kind="room", detail=long(PLACE_MAX)),
    focus_areas=tuple(FocusArea),
    words=long(WORDS_MAX),
    reason=long(REASON_MAX),
)
CANCELED = some_details(
    a_booked(status=BookingStatus.CANCELED), other_name=long(100), words=long(WORDS_MAX), reason=long(REASON_MAX)
)
