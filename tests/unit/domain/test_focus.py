"""The list of topics."""

from domain.focus import FocusArea, focus_areas_of
from domain.people import Role


def test_focus_areas_of_coaches_are_the_programs_list_in_words() -> None:
    assert [area.label for area in focus_areas_of(Role.COACH)] == [
        "Research scoping",
        "Choosing a direction",
        "Finishing a project",
        "Task prioritization",
        "Productivity",
        "Procrastination",
        "Accountability",
        "Career",
        "Communication with mentor",
        "Communication with collaborators",
        "Writing and talks",
        "Grant proposals",
        "Technical help",
        "Well-being",
    ]


def test_focus_areas_of_community_managers_are_their_own() -> None:
    assert [area.label for area in focus_areas_of(Role.COMMUNITY_MANAGER)] == [
        "Emotional support",
        "Worry about someone",
        "Conflict",
        "The program itself",
        "Medical help",
    ]


def test_focus_areas_belong_to_exactly_one_role() -> None:
    both = (*focus_areas_of(Role.COACH), *focus_areas_of(Role.COMMUNITY_MANAGER))

    assert sorted(both) == sorted(FocusArea)
