"""The fixed list of what a session can be about."""

from collections.abc import Iterable
from enum import StrEnum

from domain.people import Role


class FocusArea(StrEnum):
    """A topic of a session. Values are stored, so they never change; labels may."""

    RESEARCH_SCOPING = "research_scoping"
    CHOOSING_A_DIRECTION = "choosing_a_direction"
    FINISHING_A_PROJECT = "finishing_a_project"
    TASK_PRIORITIZATION = "task_prioritization"
    PRODUCTIVITY = "productivity"
    PROCRASTINATION = "procrastination"
    ACCOUNTABILITY = "accountability"
    CAREER = "career"
    COMMUNICATION_WITH_MENTOR = "communication_with_mentor"
    COMMUNICATION_WITH_COLLABORATORS = "communication_with_collaborators"
    WRITING_AND_TALKS = "writing_and_talks"
    GRANT_PROPOSALS = "grant_proposals"
    TECHNICAL_HELP = "technical_help"
    WELL_BEING = "well_being"
    EMOTIONAL_SUPPORT = "emotional_support"
    WORRY_ABOUT_SOMEONE = "worry_about_someone"
    CONFLICT = "conflict"
    THE_PROGRAM_ITSELF = "the_program_itself"
    MEDICAL_HELP = "medical_help"

    @property
    def label(self) -> str:
        """The topic in words."""
        return "Well-being" if self is FocusArea.WELL_BEING else self.value.replace("_", " ").capitalize()


COMMUNITY_AREAS = (
    FocusArea.EMOTIONAL_SUPPORT,
    FocusArea.WORRY_ABOUT_SOMEONE,
    FocusArea.CONFLICT,
    FocusArea.THE_PROGRAM_ITSELF,
    FocusArea.MEDICAL_HELP,
)
COACHING_AREAS = tuple(area for area in FocusArea if area not in COMMUNITY_AREAS)


def focus_areas_of(role: Role) -> tuple[FocusArea, ...]:
    """The topics of sessions that people of a support role take, in the order to show them."""
    return COMMUNITY_AREAS if role is Role.COMMUNITY_MANAGER else COACHING_AREAS


def known_areas(values: Iterable[str]) -> tuple[FocusArea, ...]:
    """Topics as stored; one that has since left the list is left out."""
    known = {area.value for area in FocusArea}
    return tuple(FocusArea(value) for value in values if value in known)
