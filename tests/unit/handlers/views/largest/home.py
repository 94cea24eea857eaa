"""The Home tab on the fullest day, and what stands above everything."""

from collections.abc import Mapping

from domain.people import SUPPORT_ROLES, Role
from domain.ports import Message, View
from handlers import texts
from handlers.views.booking import move_form
from handlers.views.help import help_message, not_yours
from handlers.views.home import home_view
from handlers.views.mentor_home import mentor_blocks, unavailable_blocks
from handlers.views.messages import welcome_message
from handlers.views.notice import notice, noticed
from services.sessions.waits import Waits
from tests.builders.holds import a_waiting_time
from tests.builders.sessions import a_week
from tests.unit.handlers.views.largest.details import DETAILS, FULL_WEEK_AHEAD, LINES
from tests.unit.handlers.views.largest.filling import LONGEST_ZONE, REF
from tests.unit.handlers.views.largest.offers import full_offer

VIEWS: Mapping[str, View] = {
    "notice": notice("x" * 3000, title="x" * 30),
    "noticed": noticed(move_form(DETAILS, full_offer(), state=REF), "x" * 3000),
    "home_view": home_view(zone=LONGEST_ZONE, roles=frozenset(Role), ahead=LINES, week=FULL_WEEK_AHEAD, is_staff=True),
    "home_view with nothing": home_view(zone=LONGEST_ZONE, roles=frozenset(Role), ahead=[], week=a_week()),
    "home_view with a next day": home_view(
        zone=LONGEST_ZONE, roles=frozenset(Role), ahead=LINES[:1], week=a_week(), following=LINES[:1]
    ),
    "home_view of others": home_view(zone=LONGEST_ZONE),
    "home_view of mentors": home_view(
        zone=LONGEST_ZONE, of_mentor=mentor_blocks(LINES[:1], [a_waiting_time()] * 9, can_book=True), is_staff=True
    ),
    "home_view of mentors without the store": home_view(zone=LONGEST_ZONE, of_mentor=unavailable_blocks()),
    "home_view of staff": home_view(zone=LONGEST_ZONE, is_staff=True),
    "home_view with questions": home_view(
        zone=LONGEST_ZONE, roles=frozenset(Role), ahead=LINES, week=FULL_WEEK_AHEAD, to_log=99, question=LINES[0]
    ),
    "home_view with a line": home_view(
        zone=LONGEST_ZONE, roles=frozenset(Role), ahead=LINES, week=FULL_WEEK_AHEAD, waits=tuple(Waits), has_line=True
    ),
}

MESSAGES: Mapping[str, Message] = {
    "welcome_message": welcome_message(frozenset({Role.SCHOLAR})),
    "welcome_message in support": welcome_message(SUPPORT_ROLES),
    "welcome_message of others": welcome_message(frozenset({Role.MENTOR}), can_book_coach=True),
    "not_yours": not_yours(texts.load.NOT_BOTH),
    "help_message": help_message(frozenset(Role)),
}
