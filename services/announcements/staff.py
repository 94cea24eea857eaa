"""Which members of staff hear of what becomes of an announcement."""

from domain.people import Role
from services.announcements.facts import Announcement
from services.desk import Desk


def staff_of(desk: Desk, found: Announcement) -> list[str]:
    """Who is told about one: its author and who approved it, or all of the staff when they are not on it any more."""
    staff = whole_staff(desk, found)
    own = [each for each in dict.fromkeys((found.author_id, found.approved_by)) if each in staff]
    return own or staff


def whole_staff(desk: Desk, found: Announcement) -> list[str]:
    """Everybody on the staff of its program."""
    return [each.id for each in desk.people.holders(Role.STAFF) if each.program_id == found.program_id]


def stand_for(desk: Desk, found: Announcement) -> bool:
    """Whether both who answer for a critical one, its author and who said yes, are on the program's staff just now."""
    return {found.author_id, found.approved_by} <= set(whole_staff(desk, found))
