"""Either side looks at a session, moves it or cancels it."""

from functools import partial

from domain.people import SUPPORT_ROLES, Person, Role
from domain.ports import Block, View
from handlers import texts
from handlers.commands import SIDES
from handlers.ids import Action, Field, Modal
from handlers.parse.booking import cancel_session as parsed_cancel
from handlers.parse.booking import has_times, state_of
from handlers.parse.booking import move_session as parsed_move
from handlers.parse.refs import session_ref
from handlers.parse.state import State
from handlers.reply import RefreshHome, Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.booking import move_form
from handlers.views.handover import handover_buttons
from handlers.views.holds import kept_rows
from handlers.views.sessions import cancel_form, details_modal, done_modal, sessions_modal
from handlers.views.waiting import waiting_rows
from handlers.views.ways import way_buttons
from services.booking.change import cancel_session, move_session
from services.desk import Desk
from services.handover.sheet import changes_for
from services.holds.kept import kept_times
from services.offers.offer import offer_move
from services.proposals.offered import times_offered_to
from services.proposals.withdraw import times_offered_by
from services.session_log.aftermath import aftermath
from services.sessions.facts import SessionDetails
from services.sessions.named import named_sessions
from services.sessions.own import LISTED, changeable_details, movable_details, session_details
from services.waiting.join import WaitingFor, waits_of

OFFERS_LISTED = 10
"""The newest of what somebody has on offer or is offered; taking back and answering bring older ones into view."""


def routes(desk: Desk) -> list[Route]:
    """Everything about sessions that exist; each handler finds only the person's own."""
    table = [
        (Kind.ACTION, Action.OPEN_MOVE, open_move),
        (Kind.ACTION, Action.MOVE_DAY, follow_day),
        (Kind.SUBMISSION, Modal.MOVE, submit_move),
        (Kind.ACTION, Action.OPEN_CANCEL, open_cancel),
        (Kind.SUBMISSION, Modal.CANCEL, submit_cancel),
    ]
    return [Route(kind=kind, id=id_, roles=SIDES, handler=partial(handler, desk)) for kind, id_, handler in table]


def sessions_of(desk: Desk, person: Person) -> View:
    """Everything the person has ahead, and what they can begin from there."""
    ahead = named_sessions(desk.support, person, at_most=LISTED + 1)
    offered = times_offered_to(desk.support, person) if person.has(Role.SCHOLAR) else ()
    on_offer = times_offered_by(desk.support, person) if person.has(*SUPPORT_ROLES) else ()
    return sessions_modal(
        ahead[:LISTED],
        buttons=[*way_buttons(person.roles, but=[Action.OPEN_SESSIONS]), *_changes(desk, person)],
        has_more=len(ahead) > LISTED,
        offered=offered[:OFFERS_LISTED],
        has_more_offered=len(offered) > OFFERS_LISTED,
        on_offer=on_offer[:OFFERS_LISTED],
        has_more_on_offer=len(on_offer) > OFFERS_LISTED,
        more=[*kept_rows(kept_times(desk.support, person)), *waiting_rows(_waits(desk, person))],
    )


def open_details(desk: Desk, request: Request) -> Reply:
    """Who, where and what, as it stands now, whatever the message it was pressed in says."""
    details = session_details(desk.support, request.person, _pressed(request))
    after = aftermath(desk.support, request.person, details.booked)
    return Reply(screens=(over(request, details_modal(details, after)),))


def open_move(desk: Desk, request: Request) -> Reply:
    """The form with the times free for both."""
    details = movable_details(desk.support, request.person, _pressed(request))
    offer = offer_move(desk.support, request.person, details.booked)
    return Reply(screens=(over(request, move_form(details, offer, state=request.envelope.pressed)),))


def follow_day(desk: Desk, request: Request) -> Reply:
    """The same form with the times of the day now chosen."""
    return Reply(screens=(UpdateView(_followed(desk, request)),))


def submit_move(desk: Desk, request: Request) -> Reply:
    """Move it, and show what stands. A form that had no times was submitted to look again."""
    if not has_times(request):
        return Reply(view=_followed(desk, request))
    details = move_session(desk.support, request.person, parsed_move(request))
    return _done(desk, request, details, texts.sessions.MOVED_TITLE, texts.sessions.MOVED)


def _followed(desk: Desk, request: Request) -> View:
    state = state_of(request)
    ref, _ = session_ref(state)
    details = movable_details(desk.support, request.person, ref)
    offer = offer_move(desk.support, request.person, details.booked)
    day = State(request.envelope.view).choice(Field.DAY)
    return move_form(details, offer, state=state, day=day)


def open_cancel(desk: Desk, request: Request) -> Reply:
    """The form that asks for a reason."""
    details = changeable_details(desk.support, request.person, _pressed(request))
    return Reply(screens=(over(request, cancel_form(details, state=request.envelope.pressed)),))


def submit_cancel(desk: Desk, request: Request) -> Reply:
    """Cancel it, and say so."""
    command = parsed_cancel(request)
    details = cancel_session(desk.support, request.person, command)
    sentence = texts.sessions.CANCELED_SERIES if command.and_following else texts.sessions.CANCELED
    return _done(desk, request, details, texts.sessions.CANCELED_TITLE, sentence)


def _waits(desk: Desk, person: Person) -> tuple[WaitingFor, ...]:
    return waits_of(desk.support, person) if person.has(Role.SCHOLAR) else ()


def _changes(desk: Desk, person: Person) -> list[Block]:
    """Whoever is handed over to somebody else can look at it, and answer, from here."""
    return handover_buttons(changes_for(desk.support, person)) if person.has(Role.SCHOLAR) else []


def _pressed(request: Request) -> str:
    ref, _ = session_ref(request.envelope.pressed)
    return ref


def _done(desk: Desk, request: Request, details: SessionDetails, title: str, sentence: str) -> Reply:
    people = (details.booked.scholar_id, details.booked.staff_id)
    # Nothing is read from here on, or a store that just then does not answer would deny what has been saved.
    under = UpdateUnder(previous=details_modal(details), root=partial(sessions_of, desk, request.person))
    return Reply(view=done_modal(details, title=title, sentence=sentence), screens=(under, RefreshHome(people)))
