"""Which members of staff hear of what becomes of an announcement, and who may be asked for a second yes."""

from collections.abc import Collection

from domain.announcements import InvalidAnnouncement
from domain.people import Person, Role
from services.announcements.facts import Announcement
from services.desk import Desk


class NoSecondYes(InvalidAnnouncement):
    """They are not on your staff, and the second yes is one of theirs. Please choose another, or nobody to ask all."""


_OWN = "That is you, and the second yes takes somebody else. Please choose another, or nobody to ask all who could."
_WROTE = "They wrote some of this, and the second yes is for other eyes. Please choose another, or nobody to ask all."


def check_approver(desk: Desk, staff: Person, approver_id: str, *, own: Collection[str]) -> None:
    """Raises `NoSecondYes` for who could not say yes to what these people wrote, were this one to send it off."""
    if not approver_id:
        return
    if approver_id == staff.id:
        raise NoSecondYes(_OWN, field="approver")
    if approver_id in own:
        raise NoSecondYes(_WROTE, field="approver")
    found = desk.people.person(approver_id)
    if found is None or not found.has(Role.STAFF) or found.program_id != staff.program_id:
        raise NoSecondYes(field="approver")


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
