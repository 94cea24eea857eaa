"""Who may do what: the whole table, and every role tried at every route."""

from dataclasses import replace

import pytest

from domain.errors import NotAllowed
from domain.people import SUPPORT_ROLES, Role
from domain.ports import Message
from handlers import texts
from handlers.commands import WORDS
from handlers.errors import UnknownRequest
from handlers.ids import Action, Command, Modal, Shortcut
from handlers.reply import Reply
from handlers.request import Envelope, Kind, Request
from handlers.router import EVERYONE, Route, Router
from tests.builders.payloads import an_envelope
from tests.builders.people import a_person
from tests.fakes.clock import FakeClock
from tests.unit.handlers.recorder import no_screens

SCHOLARS = frozenset({Role.SCHOLAR})
MANAGERS = frozenset({Role.COMMUNITY_MANAGER})
PARTIES = SUPPORT_ROLES | SCHOLARS
BOOKERS = SCHOLARS | {Role.MENTOR}
SIDES = PARTIES | {Role.MENTOR}
STAFF = frozenset({Role.STAFF})
WHO_MAY: dict[tuple[Kind, str], frozenset[Role]] = {
    (Kind.COMMAND, Command.SUPPORT): EVERYONE,
    (Kind.COMMAND, Command.HOURS): SUPPORT_ROLES,
    (Kind.COMMAND, Command.PROGRAM): STAFF,
    (Kind.COMMAND, Command.EVENTS): EVERYONE,
    (Kind.COMMAND, Command.CLOCK): EVERYONE,
    (Kind.EVENT, "app_home_opened"): EVERYONE,
    (Kind.SHORTCUT, Shortcut.BOOK): BOOKERS,
    (Kind.ACTION, Action.OPEN_BOOKING): BOOKERS,
    (Kind.ACTION, Action.CHOOSE_KIND): BOOKERS,
    (Kind.ACTION, Action.CHOOSE_STAFF): BOOKERS,
    (Kind.ACTION, Action.CHOOSE_DAY): BOOKERS,
    (Kind.SUBMISSION, Modal.BOOK): BOOKERS,
    (Kind.ACTION, Action.DECLINE_INVITATIONS): SCHOLARS,
    (Kind.ACTION, Action.OPEN_URGENT): SCHOLARS,
    (Kind.SUBMISSION, Modal.URGENT): SCHOLARS,
    (Kind.ACTION, Action.OPEN_STAND_INS): MANAGERS,
    (Kind.SUBMISSION, Modal.STAND_INS): MANAGERS,
    (Kind.ACTION, Action.OPEN_SESSIONS): SIDES,
    (Kind.ACTION, Action.OPEN_DETAILS): SIDES,
    (Kind.ACTION, Action.OPEN_MOVE): SIDES,
    (Kind.ACTION, Action.MOVE_DAY): SIDES,
    (Kind.SUBMISSION, Modal.MOVE): SIDES,
    (Kind.ACTION, Action.OPEN_CANCEL): SIDES,
    (Kind.SUBMISSION, Modal.CANCEL): SIDES,
    (Kind.ACTION, Action.OPEN_HOURS): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.HOURS): SUPPORT_ROLES,
    (Kind.ACTION, Action.SHOW_WEEK): SUPPORT_ROLES,
    (Kind.ACTION, Action.WHY_NOTHING): SUPPORT_ROLES,
    (Kind.ACTION, Action.EDIT_WEEK): SUPPORT_ROLES,
    (Kind.ACTION, Action.EDIT_PHASE): SUPPORT_ROLES,
    (Kind.ACTION, Action.EDIT_ASIDE): SUPPORT_ROLES,
    (Kind.ACTION, Action.EDIT_DATES): SUPPORT_ROLES,
    (Kind.ACTION, Action.EDIT_TRAVEL): SUPPORT_ROLES,
    (Kind.ACTION, Action.REMOVE_TRAVEL): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_CALENDARS): SUPPORT_ROLES,
    (Kind.ACTION, Action.READ_CALENDAR): SUPPORT_ROLES,
    (Kind.ACTION, Action.REMOVE_CALENDAR): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.CALENDARS): SUPPORT_ROLES,
    (Kind.ACTION, Action.EDIT_AWAY): SUPPORT_ROLES,
    (Kind.ACTION, Action.REMOVE_AWAY): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.PHASE): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.ASIDE): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.DATES): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.TRAVEL): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.AWAY): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_PROFILE): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.PROFILE): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_PROPOSE): SUPPORT_ROLES,
    (Kind.ACTION, Action.PROPOSE_SCHOLAR): SUPPORT_ROLES,
    (Kind.ACTION, Action.PROPOSE_DAY): SUPPORT_ROLES,
    (Kind.ACTION, Action.PROPOSE_KIND): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_LOAD): frozenset({Role.COACH}),
    (Kind.ACTION, Action.ADD_OWN_TIME): SUPPORT_ROLES,
    (Kind.ACTION, Action.OFFER_AGAIN): SUPPORT_ROLES,
    (Kind.ACTION, Action.WITHDRAW_TIMES): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.PROPOSE): SUPPORT_ROLES,
    (Kind.ACTION, Action.ACCEPT_TIME): SCHOLARS,
    (Kind.ACTION, Action.DECLINE_TIMES): SCHOLARS,
    (Kind.ACTION, Action.OPEN_PROPOSAL): SCHOLARS,
    (Kind.ACTION, Action.OPEN_KIND_RULES): STAFF,
    (Kind.ACTION, Action.OPEN_CLOSED_DAYS): STAFF,
    (Kind.ACTION, Action.OPEN_PHASES): STAFF,
    (Kind.ACTION, Action.OPEN_FAIR_SHARES): STAFF,
    (Kind.ACTION, Action.OPEN_LOAD_SHARES): STAFF,
    (Kind.ACTION, Action.OPEN_CONTACTS): STAFF,
    (Kind.ACTION, Action.OPEN_RULE_GROUP): STAFF,
    (Kind.ACTION, Action.OPEN_PROGRAM): STAFF,
    (Kind.ACTION, Action.OPEN_RULES_HISTORY): STAFF,
    (Kind.SUBMISSION, Modal.KIND_RULES): STAFF,
    (Kind.SUBMISSION, Modal.CLOSED_DAYS): STAFF,
    (Kind.SUBMISSION, Modal.PHASES): STAFF,
    (Kind.SUBMISSION, Modal.FAIR_SHARES): STAFF,
    (Kind.SUBMISSION, Modal.LOAD_SHARES): STAFF,
    (Kind.SUBMISSION, Modal.CONTACTS): STAFF,
    (Kind.SUBMISSION, Modal.RULE_GROUP): STAFF,
    (Kind.ACTION, Action.OPEN_LOGS): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_LOG): SUPPORT_ROLES,
    (Kind.ACTION, Action.CHOOSE_OUTCOME): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.LOG): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_RATING): SCHOLARS,
    (Kind.SUBMISSION, Modal.RATING): SCHOLARS,
    (Kind.COMMAND, Command.OFFICE_HOURS): PARTIES,
    (Kind.ACTION, Action.LIST_LINES): PARTIES,
    **dict.fromkeys(
        [
            (Kind.ACTION, Action.SEE_PLACE),
            (Kind.ACTION, Action.OPEN_JOIN),
            (Kind.SUBMISSION, Modal.JOIN_LINE),
            (Kind.ACTION, Action.LEAVE_LINE),
            (Kind.ACTION, Action.STEP_BACK),
            (Kind.ACTION, Action.AGREE_TO_PEER),
            (Kind.ACTION, Action.REFUSE_PEER),
            (Kind.ACTION, Action.OPEN_OFFER),
            (Kind.SUBMISSION, Modal.OFFER_HELP),
            (Kind.ACTION, Action.WITHDRAW_OFFER),
            (Kind.ACTION, Action.OPEN_FAVOR),
            (Kind.ACTION, Action.ACCEPT_FAVOR),
            (Kind.ACTION, Action.DECLINE_FAVOR),
            (Kind.ACTION, Action.FINISH_FAVOR),
        ],
        SCHOLARS,
    ),
    **dict.fromkeys(
        [
            (Kind.ACTION, Action.OPEN_HOLD),
            (Kind.ACTION, Action.OPEN_PLAN),
            (Kind.SUBMISSION, Modal.HOLD_HOURS),
            (Kind.ACTION, Action.OPEN_HELP),
            (Kind.SUBMISSION, Modal.HELP_IN_LINE),
            (Kind.ACTION, Action.WATCH_LINE),
            (Kind.ACTION, Action.TAKE_NEXT),
            (Kind.ACTION, Action.FINISH_WITH),
            (Kind.ACTION, Action.NOT_THERE),
            (Kind.ACTION, Action.STEP_OUT),
            (Kind.ACTION, Action.OPEN_CLOSE),
            (Kind.SUBMISSION, Modal.CLOSE_LINE),
            (Kind.ACTION, Action.OPEN_SUGGEST),
            (Kind.SUBMISSION, Modal.SUGGEST_PEER),
        ],
        SUPPORT_ROLES,
    ),
    (Kind.ACTION, Action.OPEN_GROUPS): PARTIES,
    (Kind.ACTION, Action.OPEN_GROUP): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.GROUP): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_GROUP_MOVE): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.GROUP_MOVE): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_GROUP_CANCEL): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.GROUP_CANCEL): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_GROUP_SEATS): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_GROUP_EDIT): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.GROUP_SEATS): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.GROUP_EDIT): SUPPORT_ROLES,
    (Kind.ACTION, Action.TAKE_SEAT): SCHOLARS,
    (Kind.ACTION, Action.GIVE_BACK_SEAT): SCHOLARS,
    (Kind.ACTION, Action.WAIT_FOR_SEAT): SCHOLARS,
    (Kind.ACTION, Action.LEAVE_SEAT_LINE): SCHOLARS,
    (Kind.ACTION, Action.LEAVE_LINE): SCHOLARS,
    (Kind.ACTION, Action.OPEN_KEPT): BOOKERS,
    (Kind.ACTION, Action.TAKE_TIME): BOOKERS,
    (Kind.ACTION, Action.REFUSE_TIME): BOOKERS,
    (Kind.ACTION, Action.WITHDRAW_REQUEST): BOOKERS,
    (Kind.ACTION, Action.OPEN_REQUEST): SUPPORT_ROLES,
    (Kind.ACTION, Action.APPROVE_REQUEST): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_DECLINE): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.DECLINE): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_WAITING): SCHOLARS,
    (Kind.ACTION, Action.WAIT_KIND): SCHOLARS,
    (Kind.ACTION, Action.LEAVE_WAITING): SCHOLARS,
    (Kind.SUBMISSION, Modal.WAIT): SCHOLARS,
    (Kind.ACTION, Action.OPEN_HANDOVERS): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_HAND_OVER): SUPPORT_ROLES,
    (Kind.ACTION, Action.HANDOVER_ROLE): SUPPORT_ROLES,
    (Kind.ACTION, Action.HANDOVER_SCHOLAR): SUPPORT_ROLES,
    (Kind.SUBMISSION, Modal.HAND_OVER): SUPPORT_ROLES,
    (Kind.ACTION, Action.WITHDRAW_HANDOVER): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_TAKEOVER): SUPPORT_ROLES,
    (Kind.ACTION, Action.OPEN_HANDOVER): SCHOLARS,
    (Kind.SUBMISSION, Modal.HANDOVER): SCHOLARS,
    (Kind.COMMAND, Command.DEADLINES): EVERYONE,
    (Kind.ACTION, Action.OPEN_DEADLINES): STAFF,
    (Kind.ACTION, Action.TURN_DEADLINES): STAFF,
    (Kind.ACTION, Action.NEW_DEADLINE): STAFF,
    (Kind.ACTION, Action.CHANGE_DRAFT): STAFF,
    (Kind.ACTION, Action.OPEN_DRAFT): STAFF,
    (Kind.ACTION, Action.DISCARD_DEADLINE): STAFF,
    (Kind.ACTION, Action.OPEN_DEADLINE): STAFF,
    (Kind.ACTION, Action.NUDGE_BEHIND): STAFF,
    (Kind.ACTION, Action.CLOSE_DEADLINE): STAFF,
    (Kind.ACTION, Action.REOPEN_DEADLINE): STAFF,
    (Kind.ACTION, Action.CHANGE_DEADLINE): STAFF,
    (Kind.ACTION, Action.OPEN_EXTEND): STAFF,
    (Kind.ACTION, Action.OPEN_MARK): STAFF,
    (Kind.ACTION, Action.OPEN_EXTENSIONS): STAFF,
    (Kind.ACTION, Action.OPEN_EXTENSION): STAFF,
    (Kind.ACTION, Action.GRANT_EXTENSION): STAFF,
    (Kind.ACTION, Action.OPEN_GRANT): STAFF,
    (Kind.ACTION, Action.OPEN_REFUSE): STAFF,
    (Kind.SUBMISSION, Modal.DEADLINE_FORM): STAFF,
    (Kind.SUBMISSION, Modal.DEADLINE_PREVIEW): STAFF,
    (Kind.SUBMISSION, Modal.DEADLINE_CHANGE): STAFF,
    (Kind.SUBMISSION, Modal.DEADLINE_EXTEND): STAFF,
    (Kind.SUBMISSION, Modal.DEADLINE_MARK): STAFF,
    (Kind.SUBMISSION, Modal.EXTENSION_GRANT): STAFF,
    (Kind.SUBMISSION, Modal.EXTENSION_REFUSE): STAFF,
    (Kind.ACTION, Action.READ_REASON): EVERYONE,
    (Kind.ACTION, Action.OPEN_DUE): EVERYONE,
    (Kind.ACTION, Action.TURN_DUE): EVERYONE,
    (Kind.ACTION, Action.OPEN_DUE_ONE): EVERYONE,
    (Kind.ACTION, Action.MEET): EVERYONE,
    (Kind.ACTION, Action.MEET_WITH_PROOF): EVERYONE,
    (Kind.ACTION, Action.MEET_NOT): EVERYONE,
    (Kind.ACTION, Action.SNOOZE): EVERYONE,
    (Kind.ACTION, Action.OPEN_ASK): EVERYONE,
    (Kind.ACTION, Action.WITHDRAW_ASK): EVERYONE,
    (Kind.SUBMISSION, Modal.DUE_PROOF): EVERYONE,
    (Kind.SUBMISSION, Modal.DUE_ASK): EVERYONE,
    (Kind.COMMAND, Command.ANNOUNCE): EVERYONE,
    (Kind.SHORTCUT, Shortcut.ANNOUNCE): STAFF,
    (Kind.ACTION, Action.OPEN_ANNOUNCEMENTS): STAFF,
    (Kind.ACTION, Action.TURN_TOLD): EVERYONE,
    (Kind.ACTION, Action.TURN_ANNOUNCEMENTS): STAFF,
    (Kind.ACTION, Action.NEW_ANNOUNCEMENT): STAFF,
    (Kind.ACTION, Action.EDIT_ANNOUNCEMENT): STAFF,
    (Kind.ACTION, Action.DUPLICATE_ANNOUNCEMENT): STAFF,
    (Kind.ACTION, Action.KEEP_TEMPLATE): STAFF,
    (Kind.ACTION, Action.DISCARD_ANNOUNCEMENT): STAFF,
    (Kind.ACTION, Action.SEE_READERS): STAFF,
    (Kind.ACTION, Action.SEE_REACH): STAFF,
    (Kind.ACTION, Action.PREVIEW_PRESS): STAFF,
    (Kind.ACTION, Action.OPEN_ANNOUNCEMENT): STAFF,
    (Kind.ACTION, Action.APPROVE_ANNOUNCEMENT): STAFF,
    (Kind.ACTION, Action.REFUSE_ANNOUNCEMENT): STAFF,
    (Kind.ACTION, Action.SEND_AS_IMPORTANT): STAFF,
    (Kind.ACTION, Action.NUDGE_READERS): STAFF,
    (Kind.ACTION, Action.CORRECT_ANNOUNCEMENT): STAFF,
    (Kind.ACTION, Action.RETRACT_ANNOUNCEMENT): STAFF,
    (Kind.ACTION, Action.SEE_TRAIL): STAFF,
    (Kind.ACTION, Action.TURN_TRAIL): STAFF,
    (Kind.ACTION, Action.SEE_DEADLINE_TRAIL): STAFF,
    (Kind.ACTION, Action.TURN_DEADLINE_TRAIL): STAFF,
    (Kind.ACTION, Action.NEW_LIST): STAFF,
    (Kind.ACTION, Action.SEE_LIST): STAFF,
    (Kind.ACTION, Action.END_LIST): STAFF,
    (Kind.ACTION, Action.OPEN_DIGEST): EVERYONE,
    (Kind.ACTION, Action.OPEN_ATTENTION): EVERYONE,
    (Kind.SUBMISSION, Modal.ATTENTION): EVERYONE,
    (Kind.ACTION, Action.OPEN_TOLD): EVERYONE,
    (Kind.ACTION, Action.READ_ANNOUNCEMENT): EVERYONE,
    (Kind.ACTION, Action.ACKNOWLEDGE): EVERYONE,
    (Kind.ACTION, Action.OPEN_LISTS): EVERYONE,
    (Kind.ACTION, Action.TURN_LISTS): EVERYONE,
    (Kind.ACTION, Action.JOIN_LIST): EVERYONE,
    (Kind.ACTION, Action.LEAVE_LIST): EVERYONE,
    (Kind.SUBMISSION, Modal.ANNOUNCE): STAFF,
    (Kind.SUBMISSION, Modal.ANNOUNCE_PREVIEW): STAFF,
    (Kind.SUBMISSION, Modal.ANNOUNCEMENT_TEXT): STAFF,
    (Kind.SUBMISSION, Modal.ANNOUNCEMENT_NO): STAFF,
    (Kind.SUBMISSION, Modal.PRIVATE_LIST): STAFF,
    **dict.fromkeys(
        [
            (Kind.ACTION, Action.OPEN_EVENTS),
            (Kind.ACTION, Action.TURN_EVENTS),
            (Kind.ACTION, Action.OPEN_PAST_EVENTS),
            (Kind.ACTION, Action.OPEN_EVENT),
            (Kind.ACTION, Action.EVENT_YES),
            (Kind.ACTION, Action.EVENT_YES_ONLINE),
            (Kind.ACTION, Action.EVENT_MAYBE),
            (Kind.ACTION, Action.EVENT_NO),
            (Kind.ACTION, Action.EVENT_HERE),
            (Kind.ACTION, Action.EVENT_HERE_ONLINE),
            (Kind.ACTION, Action.EVENT_FILE),
            (Kind.ACTION, Action.OPEN_EDIT_EVENT),
            (Kind.SUBMISSION, Modal.PLAN_EVENT),
            (Kind.ACTION, Action.OPEN_CALL_OFF_EVENT),
            (Kind.SUBMISSION, Modal.CALL_OFF_EVENT),
            (Kind.ACTION, Action.OPEN_GUESTS),
            (Kind.ACTION, Action.TURN_GUESTS),
            (Kind.ACTION, Action.OPEN_ATTENDANCE),
            (Kind.ACTION, Action.TURN_ATTENDANCE),
            (Kind.SUBMISSION, Modal.ATTENDANCE),
            (Kind.ACTION, Action.SEE_EVENT_TRAIL),
            (Kind.ACTION, Action.TURN_EVENT_TRAIL),
            (Kind.ACTION, Action.OPEN_TALK),
            (Kind.SUBMISSION, Modal.TALK),
            (Kind.ACTION, Action.WITHDRAW_TALK),
            (Kind.ACTION, Action.OPEN_TALKS),
            (Kind.ACTION, Action.TURN_TALKS),
            (Kind.ACTION, Action.RAISE_TALK),
            (Kind.ACTION, Action.REMOVE_TALK),
        ],
        EVERYONE,
    ),
    **dict.fromkeys(
        [
            (Kind.ACTION, Action.OPEN_PLAN_EVENT),
            (Kind.ACTION, Action.OPEN_COPY_EVENT),
            (Kind.ACTION, Action.OPEN_REPEAT_EVENT),
            (Kind.SUBMISSION, Modal.REPEAT_EVENT),
        ],
        STAFF,
    ),
}
WHOSE: dict[tuple[Kind, str], str] = {
    (Kind.COMMAND, Command.HOURS): texts.hours.WHOSE,
    (Kind.COMMAND, Command.PROGRAM): texts.program.WHOSE,
    (Kind.COMMAND, Command.OFFICE_HOURS): texts.office_hours.WHOSE,
    (Kind.SHORTCUT, Shortcut.BOOK): texts.booking.BOOK_WHOSE,
    (Kind.SHORTCUT, Shortcut.ANNOUNCE): texts.announcements.WHOSE_STAFF,
}
"""What everybody can come upon, and so is told whose it is."""


def answers(routes: list[Route], roles: frozenset[Role], envelope: Envelope) -> str:
    """What the router tells somebody with these roles: "answered", or the refusal's sentence."""

    def answered(_request: Request) -> Reply:
        return Reply(message=Message(text="answered"))

    router = Router(
        [replace(route, handler=answered) for route in routes],
        recognize=lambda _user, _team: a_person(roles=roles),
        screens=no_screens(),
        clock=FakeClock(),
        count=lambda _kind, _outcome: None,
    )
    try:
        reply = router.answer(envelope)
    except (NotAllowed, UnknownRequest) as refusal:
        return refusal.message
    assert reply.message is not None
    return reply.message.text


def test_every_route_is_for_whom_the_table_says(routes: list[Route]) -> None:
    assert {(route.kind, route.id): route.roles for route in routes} == WHO_MAY


@pytest.mark.parametrize("role", Role)
def test_role_reaches_what_the_table_says_and_else_hears_whose_it_is_or_one_sentence(
    routes: list[Route], role: Role
) -> None:
    told = {key: answers(routes, frozenset({role}), an_envelope(*key)) for key in WHO_MAY}

    refused = {key: WHOSE.get(key, NotAllowed().message) for key in WHO_MAY}
    assert told == {key: "answered" if role in roles else refused[key] for key, roles in WHO_MAY.items()}


def test_somebody_without_any_role_reaches_nothing(routes: list[Route]) -> None:
    told = {answers(routes, frozenset(), an_envelope(*key)) for key in WHO_MAY}

    assert told == {NotAllowed().message}


@pytest.mark.parametrize("kind", Kind)
def test_unknown_id_is_told_what_to_do(routes: list[Route], kind: Kind) -> None:
    told = answers(routes, frozenset(Role), an_envelope(kind, "something.else"))

    assert told == UnknownRequest().message


def test_help_promises_only_what_the_routes_allow() -> None:
    promised = [(word.line, word.roles) for word in WORDS if not word.roles <= WHO_MAY[Kind.COMMAND, word.command]]

    assert promised == []


def test_two_handlers_for_one_id_are_refused(routes: list[Route]) -> None:
    with pytest.raises(ValueError, match="two handlers for command /support"):
        answers([*routes, routes[0]], frozenset(), an_envelope())
