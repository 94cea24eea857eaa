"""Which members of staff hear of what becomes of an announcement."""

from domain.people import Role
from services.announcements.facts import Announcement
from services.desk import Desk


def staff_of(desk: Desk, found: Announcement) -> list[str]:
    """Who is told about one: its author and who approved it, or all of the staff when they are not on it any more."""
    staff = [each.id for each in desk.people.holders(Role.STAFF) if each.program_id == found.program_id]
    own = [each for each in dict.fromkeys((found.author_id, found.approved_by)) if each in staff]
    return own or staff
