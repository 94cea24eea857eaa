"""What people can begin, at the foot of /support and on the Home tab."""

import pytest

from domain.people import Role
from handlers import texts
from handlers.ids import Action
from handlers.views.ways import way_buttons

SCHOLARS_WAYS = [
    "Book a session",
    "Your sessions ahead",
    "It is urgent",
    "Wait for a time",
    "Groups",
    "Office hours",
]
SUPPORTS_WAYS = [
    "Your sessions ahead",
    "Propose times",
    "Groups",
    "Office hours",
    "Log sessions",
    "Your hours",
    "Handovers",
]
LOAD, STAND_INS = "How much each carries", "Who stands in"


@pytest.mark.parametrize(
    ("roles", "names"),
    [
        ({Role.SCHOLAR}, SCHOLARS_WAYS),
        ({Role.COACH}, [*SUPPORTS_WAYS, LOAD]),
        ({Role.COMMUNITY_MANAGER}, [*SUPPORTS_WAYS, STAND_INS]),
        ({Role.COACH, Role.GRADER}, SUPPORTS_WAYS),
        ({Role.MENTOR}, ["Book a session", "Your sessions ahead"]),
        ({Role.STAFF, Role.OPS, Role.EVALUATOR, Role.GRADER, Role.ALUMNUS}, []),
    ],
    ids=["scholar", "coach", "community manager", "coach who grades", "mentor", "others"],
)
def test_each_role_has_all_of_its_ways_by_name(roles: set[Role], names: list[str]) -> None:
    assert [button["text"]["text"] for button in way_buttons(frozenset(roles))] == names


def test_each_way_stands_once_for_whoever_has_several_roles() -> None:
    actions = [button["action_id"] for button in way_buttons(frozenset(Role))]

    assert len(actions) == len(set(actions))


def test_what_somebody_is_looking_at_is_left_out() -> None:
    shown = way_buttons(frozenset({Role.MENTOR}), but=[Action.OPEN_SESSIONS])

    assert [button["action_id"] for button in shown] == [Action.OPEN_BOOKING]


def test_no_way_names_a_kind_of_session_since_slack_keeps_the_tab() -> None:
    names = " ".join(
        button["text"]["text"] for button in way_buttons([Role.SCHOLAR, Role.COACH, Role.COMMUNITY_MANAGER])
    )

    assert [label for label in texts.kinds.LABELS.values() if label in names] == []
