"""A staff member proposes times; the scholar answers from the message."""

from collections.abc import Sequence
from functools import partial

from domain.errors import DomainError
from domain.people import SUPPORT_ROLES
from domain.ports import Message
from handlers import texts
from handlers.commands import SCHOLARS
from handlers.ids import Action, Field, Modal
from handlers.parse.booking import instant
from handlers.parse.proposals import (
    added_time,
    chosen_day,
    chosen_kind,
    chosen_starts,
    is_own,
    own_start,
    propose_times_form,
    scholar_id,
)
from handlers.parse.refs import known_id, proposal_ref
from handlers.reply import OpenView, RefreshHome, Reply, Respond, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.sessions import sessions_of
from handlers.views.notice import notice
from handlers.views.proposals import declined_modal, declined_notice, propose_form, proposed_modal, times_modal
from handlers.views.sessions import done_modal
from services.desk import Desk
from services.proposals.answer import accept_time, decline_times, proposed_times
from services.proposals.offered import place_offered
from services.proposals.own_calendar import meets_own_calendar
from services.proposals.propose import (
    TIMES_MAX,
    TooManyTimes,
    declined_times,
    kind_to_propose,
    kinds_to_propose,
    offer_to,
    propose_times,
    scholar_for,
)
from services.proposals.withdraw import withdraw_times


def routes(desk: Desk) -> list[Route]:
    """Proposing is for people in support, answering for scholars."""
    table = [
        (Kind.ACTION, Action.OPEN_PROPOSE, SUPPORT_ROLES, open_form),
        (Kind.ACTION, Action.PROPOSE_SCHOLAR, SUPPORT_ROLES, follow_choice),
        (Kind.ACTION, Action.PROPOSE_KIND, SUPPORT_ROLES, follow_choice),
        (Kind.ACTION, Action.PROPOSE_DAY, SUPPORT_ROLES, follow_choice),
        (Kind.ACTION, Action.ADD_OWN_TIME, SUPPORT_ROLES, add_own_time),
        (Kind.ACTION, Action.OFFER_AGAIN, SUPPORT_ROLES, offer_again),
        (Kind.SUBMISSION, Modal.PROPOSE, SUPPORT_ROLES, submit),
        (Kind.ACTION, Action.WITHDRAW_TIMES, SUPPORT_ROLES, withdraw),
        (Kind.ACTION, Action.ACCEPT_TIME, SCHOLARS, accept),
        (Kind.ACTION, Action.DECLINE_TIMES, SCHOLARS, decline),
        (Kind.ACTION, Action.OPEN_PROPOSAL, SCHOLARS, open_times),
    ]
    return [Route(kind=kind, id=id_, roles=roles, handler=partial(run, desk)) for kind, id_, roles, run in table]


def open_form(desk: Desk, request: Request) -> Reply:
    """First whom; the times follow the choice."""
    view = propose_form(None, kinds=kinds_to_propose(desk.support, request.person), offer=None)
    return Reply(screens=(over(request, view),))


def offer_again(desk: Desk, request: Request) -> Reply:
    """The form for the scholar whom none of the times suited, with the kind it was about."""
    scholar, kind = declined_times(desk.support, request.person, known_id(request.envelope.pressed))
    offer = offer_to(desk.support, request.person, scholar, kind=kind.key)
    return Reply(screens=(OpenView(propose_form(scholar.slack_user_id, kinds=offer.kinds, offer=offer)),))


def follow_choice(desk: Desk, request: Request) -> Reply:
    """The times free for both, for the kind and day chosen; nothing yet while nobody is."""
    return _followed(desk, request, chosen_starts(request.envelope.view))


def add_own_time(desk: Desk, request: Request) -> Reply:
    """The time of one's own that stands in the form joins those chosen, and another one can be given."""
    view = request.envelope.view
    chosen = tuple(dict.fromkeys((*chosen_starts(view), added_time(view))))
    if len(chosen) > TIMES_MAX:
        raise TooManyTimes(field=Field.OWN)
    return _followed(desk, request, chosen)


def _followed(desk: Desk, request: Request, chosen: Sequence[str]) -> Reply:
    view = request.envelope.view
    account = scholar_id(view)
    if account is None:
        return Reply()
    kind = chosen_kind(view)
    scholar = scholar_for(desk.support, request.person, account, request.envelope.team_id, kind=kind)
    offer = offer_to(desk.support, request.person, scholar, kind=kind)
    own = [own_start(each) for each in chosen if is_own(each)]
    meets = meets_own_calendar(desk.support, request.person, offer.kind, own)
    form = propose_form(account, kinds=offer.kinds, offer=offer, day=chosen_day(view), chosen=chosen, meets=meets)
    return Reply(screens=(UpdateView(form),))


def submit(desk: Desk, request: Request) -> Reply:
    """Send the times to the scholar."""
    account = scholar_id(request.envelope.view)
    if account is None:
        raise DomainError(texts.proposals.PROPOSE_NOBODY, field=Field.SCHOLAR)
    command = propose_times_form(request)
    scholar = scholar_for(desk.support, request.person, account, request.envelope.team_id, kind=command.kind)
    refs = propose_times(desk.support, request.person, scholar, command)
    kind = kind_to_propose(desk.support, request.person, command.kind)
    meets = meets_own_calendar(desk.support, request.person, kind, command.own)
    sent = proposed_modal(refs.staff_ref, zone=request.person.zone, meets=meets)
    return Reply(view=sent, screens=(RefreshHome((scholar.id,)),))


def withdraw(desk: Desk, request: Request) -> Reply:
    """Take the times back, from where they were sent or from the list of what is ahead."""
    home = RefreshHome((withdraw_times(desk.support, request.person, known_id(request.envelope.pressed)),))
    if request.envelope.is_from(Modal.SESSIONS):
        return Reply(screens=(UpdateView(partial(sessions_of, desk, request.person)), home))
    return Reply(screens=(UpdateView(notice(texts.proposals.WITHDRAWN, title=texts.proposals.WITHDRAWN_TITLE)), home))


def accept(desk: Desk, request: Request) -> Reply:
    """One press books; the message that held the buttons says so."""
    proposal_id, start = proposal_ref(request.envelope.pressed)
    details = accept_time(
        desk.support, request.person, proposal_id, instant(start), request_key=request.envelope.once_key()
    )
    home = RefreshHome((details.booked.scholar_id, details.booked.staff_id))
    if request.envelope.is_from_modal:
        done = done_modal(details, title=texts.proposals.ACCEPTED_TITLE, sentence=texts.proposals.ACCEPTED)
        return Reply(screens=(UpdateView(done), _listed_anew(desk, request), home))
    return Reply(screens=(Respond(Message(text=texts.proposals.ACCEPTED), replace=True), home))


def decline(desk: Desk, request: Request) -> Reply:
    """None of these: nothing is booked."""
    decline_times(desk.support, request.person, known_id(request.envelope.pressed))
    home = RefreshHome((request.person.id,))
    if request.envelope.is_from_modal:
        return Reply(screens=(UpdateView(declined_modal()), _listed_anew(desk, request), home))
    return Reply(screens=(Respond(declined_notice(), replace=True), home))


def open_times(desk: Desk, request: Request) -> Reply:
    """Who offers these times, and where; in a modal."""
    proposal_id = known_id(request.envelope.pressed)
    times = proposed_times(desk.support, request.person, proposal_id)
    place = place_offered(desk.support, request.person, proposal_id)
    return Reply(screens=(over(request, times_modal(times, place)),))


def _listed_anew(desk: Desk, request: Request) -> UpdateUnder:
    """The list of what is ahead, where the times were opened from it."""
    return UpdateUnder(previous=partial(sessions_of, desk, request.person))
