"""Somebody in support hands a scholar over; the scholar answers; the successor reads whom they take over."""

from functools import partial

from domain.people import SUPPORT_ROLES
from domain.ports import View
from handlers import texts
from handlers.commands import SCHOLARS
from handlers.ids import Action, Modal
from handlers.parse.handover import answer_form, chosen_role, chosen_scholar
from handlers.parse.handover import hand_over_form as parsed_hand_over
from handlers.parse.refs import known_id
from handlers.reply import RefreshHome, Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.sessions import sessions_of
from handlers.views.handover import answered_modal, hand_over_form, handover_form, handovers_modal, takeover_modal
from handlers.views.notice import notice
from services.desk import Desk
from services.handover.announce import hand_over, handover_choices
from services.handover.answer import answer_handover
from services.handover.look import handovers_of, takeover_details
from services.handover.sheet import handover_sheet
from services.handover.withdraw import withdraw_handover


def routes(desk: Desk) -> list[Route]:
    """Handing over and taking over are for people in support, answering for scholars."""
    table = [
        (Kind.ACTION, Action.OPEN_HANDOVERS, SUPPORT_ROLES, open_list),
        (Kind.ACTION, Action.OPEN_HAND_OVER, SUPPORT_ROLES, open_form),
        (Kind.ACTION, Action.HANDOVER_ROLE, SUPPORT_ROLES, follow_choice),
        (Kind.ACTION, Action.HANDOVER_SCHOLAR, SUPPORT_ROLES, follow_choice),
        (Kind.SUBMISSION, Modal.HAND_OVER, SUPPORT_ROLES, submit),
        (Kind.ACTION, Action.WITHDRAW_HANDOVER, SUPPORT_ROLES, withdraw),
        (Kind.ACTION, Action.OPEN_TAKEOVER, SUPPORT_ROLES, open_takeover),
        (Kind.ACTION, Action.OPEN_HANDOVER, SCHOLARS, open_sheet),
        (Kind.SUBMISSION, Modal.HANDOVER, SCHOLARS, answer),
    ]
    return [Route(kind=kind, id=id_, roles=roles, handler=partial(run, desk)) for kind, id_, roles, run in table]


def open_list(desk: Desk, request: Request) -> Reply:
    """What is handed over and taken over, in a modal, since it names people."""
    return Reply(screens=(over(request, _list(desk, request)),))


def open_form(desk: Desk, request: Request) -> Reply:
    """First whom; who could take over follows the choice."""
    return Reply(screens=(over(request, hand_over_form(handover_choices(desk.support, request.person))),))


def follow_choice(desk: Desk, request: Request) -> Reply:
    """The same form for the role and scholar now chosen."""
    view = request.envelope.view
    choices = handover_choices(desk.support, request.person, role=chosen_role(view), scholar_ref=chosen_scholar(view))
    return Reply(screens=(UpdateView(hand_over_form(choices)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Hand over, and let scholar and successor know."""
    hand_over(desk.support, request.person, parsed_hand_over(request))
    under = UpdateUnder(previous=partial(_list, desk, request))
    return Reply(view=notice(texts.handover.SENT, title=texts.handover.SENT_TITLE), screens=(under,))


def withdraw(desk: Desk, request: Request) -> Reply:
    """Take it back, from the list."""
    withdraw_handover(desk.support, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(UpdateView(partial(_list, desk, request)),))


def open_takeover(desk: Desk, request: Request) -> Reply:
    """Who comes, from whom and when."""
    details = takeover_details(desk.support, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, takeover_modal(details)),))


def open_sheet(desk: Desk, request: Request) -> Reply:
    """What changes, with what was answered so far; from the message, the list, or the notice after answering."""
    view = handover_form(handover_sheet(desk.support, request.person, known_id(request.envelope.pressed)))
    is_after = request.envelope.is_from(Modal.NOTICE) or request.envelope.is_from_third_modal
    return Reply(screens=(UpdateView(view) if is_after else over(request, view),))


def answer(desk: Desk, request: Request) -> Reply:
    """Save it, all or nothing, and say so."""
    answered = answer_handover(desk.support, request.person, answer_form(request))
    under = UpdateUnder(previous=partial(sessions_of, desk, request.person))
    return Reply(view=answered_modal(answered), screens=(under, RefreshHome(answered.person_ids)))


def _list(desk: Desk, request: Request) -> View:
    return handovers_modal(handovers_of(desk.support, request.person))
