"""Ids of commands, buttons and modals: each leads somewhere, and no two are the same."""

from handlers.ids import Action, Command, Modal, Shortcut
from handlers.router import Route

IDS = [*Command, *Shortcut, *Modal, *Action]
NEVER_SENT = {
    Modal.NOTICE: "has no submit button, and nobody waits to hear of its closing",
    Modal.SESSIONS: "the same",
    Modal.DETAILS: "the same",
    Modal.PROGRAM: "the same",
    Modal.RULES_HISTORY: "the same",
    Modal.LOGS: "the same",
    Modal.LINE: "the same",
    Modal.GROUPS: "the same",
    Modal.WEEK: "the same",
    Modal.HANDOVERS: "the same",
    Modal.OWN_TIMES: "the same",
    Modal.DEADLINES: "the same",
    Modal.DEADLINE: "the same",
    Modal.EXTENSIONS: "the same",
    Modal.EXTENSION: "the same",
    Modal.DUE: "the same",
    Modal.DUE_ONE: "the same",
    Modal.ANNOUNCEMENTS: "the same",
    Modal.ANNOUNCEMENT: "the same",
    Modal.TOLD: "the same",
    Modal.PRIVATE_LISTS: "the same",
    Modal.EVENTS: "the same",
    Modal.EVENT: "the same",
    Modal.GUESTS: "the same",
    Modal.TALKS: "the same",
}


def test_every_id_has_a_route_or_a_reason(routes: list[Route]) -> None:
    routed = [route.id for route in routes if route.id != "app_home_opened"]

    assert sorted(IDS) == sorted([*routed, *NEVER_SENT])


def test_ids_are_distinct_and_hold_no_colon() -> None:
    ids = [str(id_) for id_ in IDS]

    assert len(set(ids)) == len(ids)
    assert [id_ for id_ in ids if ":" in id_] == []
