"""Every view and message the product can make, each made of the most that its data can be."""

from collections.abc import Mapping

from domain.ports import Message, View
from tests.unit.handlers.views.largest import (
    announcements,
    attention,
    calendars,
    deadlines,
    events,
    groups,
    handovers,
    holds,
    home,
    hours,
    offers,
    office_hours,
    program,
    proposals,
    session_logs,
    sessions,
    trails,
)

VIEWS: Mapping[str, View] = {
    **offers.VIEWS,
    **sessions.VIEWS,
    **session_logs.VIEWS,
    **proposals.VIEWS,
    **holds.VIEWS,
    **handovers.VIEWS,
    **groups.VIEWS,
    **hours.VIEWS,
    **calendars.VIEWS,
    **program.VIEWS,
    **office_hours.VIEWS,
    **home.VIEWS,
    **deadlines.VIEWS,
    **announcements.VIEWS,
    **events.VIEWS,
    **attention.VIEWS,
    **trails.VIEWS,
}
MESSAGES: Mapping[str, Message] = {
    **offers.MESSAGES,
    **sessions.MESSAGES,
    **session_logs.MESSAGES,
    **proposals.MESSAGES,
    **holds.MESSAGES,
    **handovers.MESSAGES,
    **calendars.MESSAGES,
    **office_hours.MESSAGES,
    **home.MESSAGES,
    **deadlines.MESSAGES,
    **announcements.MESSAGES,
    **events.MESSAGES,
    **attention.MESSAGES,
}
