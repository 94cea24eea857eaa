"""A mentor's own part of their Home tab: their next session as a time, and the way to another one."""

from domain.errors import StoreAway, StoreBusy, SupportUnavailable
from domain.people import SUPPORT_ROLES, Person, Role
from domain.ports import Block
from handlers.views.mentor_home import mentor_blocks, unavailable_blocks
from services.desk import Desk
from services.holds.kept import waiting_times
from services.sessions.own import upcoming_sessions


def mentor_part(desk: Desk, mentor: Person) -> list[Block]:
    """What a mentor has booked for themselves, and the way to book; nothing that anybody else does shows in it.

    Empty for who is a scholar too, whose own part has all of it, and where nothing is offered to mentors and nothing
    ahead. Whoever is in support reads times in their day. Three queries, all of the mentor's own.
    """
    if mentor.has(Role.SCHOLAR) or not mentor.has(Role.MENTOR):
        return []
    can_book = bool(desk.rules.of(mentor).booked_by(Role.MENTOR))
    try:
        ahead = () if mentor.has(*SUPPORT_ROLES) else upcoming_sessions(desk.support, mentor, at_most=1)
        kept = waiting_times(desk.support, mentor)
    except (SupportUnavailable, StoreAway, StoreBusy):
        return unavailable_blocks() if can_book else []
    shown = None if mentor.has(*SUPPORT_ROLES) else ahead
    return mentor_blocks(shown, kept, can_book=can_book) if can_book or ahead or kept else []
