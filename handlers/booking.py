"""Somebody books: the form opens, follows each choice, and is submitted."""

from functools import partial

from domain.errors import NotFound
from domain.ports import View
from handlers import texts
from handlers.commands import BOOKERS
from handlers.ids import ANYONE, Action, Field, Modal, Shortcut
from handlers.parse.booking import book_session as parsed
from handlers.parse.booking import has_times
from handlers.parse.refs import session_ref
from handlers.parse.state import State
from handlers.reply import RefreshHome, Reply, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.booking import booking_form
from handlers.views.holds import asked_modal
from handlers.views.sessions import done_modal
from services.booking.book import book_session
from services.desk import Desk
from services.groups.look import group_details
from services.offers.offer import offer_times
from services.sessions.facts import SessionDetails
from services.sessions.own import session_details


def routes(desk: Desk) -> list[Route]:
    """Everything about booking: for scholars, and for mentors what is theirs to book."""
    table = [
        (Kind.SHORTCUT, Shortcut.BOOK, open_form),
        (Kind.ACTION, Action.OPEN_BOOKING, open_form),
        (Kind.ACTION, Action.CHOOSE_KIND, follow_choice),
        (Kind.ACTION, Action.CHOOSE_STAFF, follow_choice),
        (Kind.ACTION, Action.CHOOSE_DAY, follow_choice),
        (Kind.SUBMISSION, Modal.BOOK, submit),
    ]
    return [
        Route(
            kind=kind,
            id=id_,
            roles=BOOKERS,
            handler=partial(handler, desk),
            whose=texts.booking.BOOK_WHOSE if kind is Kind.SHORTCUT else "",
        )
        for kind, id_, handler in table
    ]


def open_form(desk: Desk, request: Request) -> Reply:
    """The form with sensible first choices: any coach, the first free day; or those made for a canceled session."""
    view = (
        _again(desk, request)
        if request.envelope.pressed
        else booking_form(offer_times(desk.support, request.person, is_first=True))
    )
    return Reply(screens=(over(request, view),))


def follow_choice(desk: Desk, request: Request) -> Reply:
    """Rebuild the form for the kind, person and day now chosen; typed words stay."""
    return Reply(screens=(UpdateView(_followed(desk, request)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Book, then show what stands. A time that has gone comes back as a sentence at the field.

    A form that had no times was submitted to look again.
    """
    if not has_times(request):
        return Reply(view=_followed(desk, request))
    details = book_session(desk.support, request.person, parsed(request))
    return Reply(
        view=_done(details),
        screens=(RefreshHome((details.booked.scholar_id, details.booked.staff_id)),),
    )


def _done(details: SessionDetails) -> View:
    if details.booked.is_kept:
        return asked_modal(details)
    number = len(details.series)
    sentence = texts.booking.BOOKED_SERIES.format(number=number) if number > 1 else texts.booking.BOOKED
    return done_modal(details, title=texts.booking.BOOKED_TITLE, sentence=sentence)


def _again(desk: Desk, request: Request) -> View:
    """The form as it was filled in for the session that is named, without words that were for somebody else."""
    ref, _ = session_ref(request.envelope.pressed)
    try:
        before = session_details(desk.support, request.person, ref)
    except NotFound:
        # A group session's news has the same button; what is neither is not found here.
        group_details(desk.support, request.person, ref)
        return booking_form(offer_times(desk.support, request.person))
    kinds, _ = desk.support.bookable(request.person, None)
    if before.kind not in kinds:  # urgent ones have a form of their own, and some are not offered any more
        return booking_form(offer_times(desk.support, request.person))
    offer = offer_times(desk.support, request.person, kind=before.kind.key, staff_id=before.booked.staff_id)
    words = before.words if offer.staff_id == before.booked.staff_id else ""
    return booking_form(offer, areas=before.focus_areas, words=words)


def _followed(desk: Desk, request: Request) -> View:
    state = State(request.envelope.view)
    staff = state.choice(Field.STAFF)
    chosen = None if staff == ANYONE else staff
    offer = offer_times(desk.support, request.person, kind=state.choice(Field.KIND), staff_id=chosen)
    return booking_form(offer, day=state.choice(Field.DAY))
