"""What staff do with an announcement that is there: the second yes, a nudge, another text, taking it back."""

from collections.abc import Callable
from functools import partial

from domain.announcements import State
from domain.delivery import Tier
from domain.people import Person
from handlers import texts
from handlers.announcement_shown import opened, whole
from handlers.announcements import list_of
from handlers.commands import STAFF
from handlers.ids import Action, Modal
from handlers.parse import announcements as parse
from handlers.parse.refs import known_id
from handlers.reply import RefreshHome, Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.announcement_form import correction_form
from handlers.views.announcement_messages import in_channel_words
from handlers.views.announcement_preview import one_or, preview_modal
from handlers.views.announcements import refuse_form
from handlers.views.notice import notice
from services.announcements.compose import draft
from services.announcements.correct import Correct, correct, nudge, retract
from services.announcements.facts import Announcement
from services.announcements.own import is_in_channel, stays_in_channel, whose_homes
from services.announcements.preview import preview
from services.announcements.send import AnsweredAlready, approve, refuse, send_as_important
from services.desk import Desk

_W = texts.announcements


def routes(desk: Desk) -> list[Route]:
    """All for staff."""
    table: list[tuple[Kind, str, Callable[[Desk, Request], Reply]]] = [
        (Kind.ACTION, Action.OPEN_ANNOUNCEMENT, open_one),
        (Kind.ACTION, Action.APPROVE_ANNOUNCEMENT, say_yes),
        (Kind.ACTION, Action.REFUSE_ANNOUNCEMENT, open_refusal),
        (Kind.ACTION, Action.SEND_AS_IMPORTANT, go_as_important),
        (Kind.ACTION, Action.NUDGE_READERS, nudge_readers),
        (Kind.ACTION, Action.CORRECT_ANNOUNCEMENT, open_correction),
        (Kind.ACTION, Action.RETRACT_ANNOUNCEMENT, take_back),
        (Kind.SUBMISSION, Modal.ANNOUNCEMENT_TEXT, submit_correction),
        (Kind.SUBMISSION, Modal.ANNOUNCEMENT_NO, say_no),
    ]
    return [Route(kind=kind, id=id_, roles=STAFF, handler=partial(run, desk)) for kind, id_, run in table]


def open_one(desk: Desk, request: Request) -> Reply:
    """One of them whole; a draft as its preview, from which it can be sent."""
    return Reply(screens=(opened(desk, request, known_id(request.envelope.pressed)),))


def say_yes(desk: Desk, request: Request) -> Reply:
    """The second yes."""
    id_, version = parse.pressed(request)
    approve(desk, request.person, id_, version=version)
    return _renewed(desk, request, id_, _W.APPROVED_SAYS)


def open_refusal(_desk: Desk, request: Request) -> Reply:
    """Asks why not."""
    return Reply(screens=(over(request, refuse_form(*parse.pressed(request))),))


def say_no(desk: Desk, request: Request) -> Reply:
    """The second person says no."""
    id_, version = parse.seen(request)
    refuse(desk, request.person, id_, version=version, why=parse.why(request))
    view = notice(_W.REFUSED_SAYS, title=_W.TITLE)
    return Reply(view=view, screens=(_under(desk, request.person, id_),))


def go_as_important(desk: Desk, request: Request) -> Reply:
    """The author sends it without a second yes; of what was answered since, how it stands."""
    id_ = known_id(request.envelope.pressed)
    try:
        send_as_important(desk, request.person, id_)
    except AnsweredAlready:  # the button stays in the message
        return Reply(screens=(opened(desk, request, id_),))
    if request.envelope.is_from(Modal.ANNOUNCEMENT):
        return _renewed(desk, request, id_, _W.SENT_IMPORTANT)
    return Reply(screens=(opened(desk, request, id_, said=_W.SENT_IMPORTANT),))


def nudge_readers(desk: Desk, request: Request) -> Reply:
    """One more message to whoever has not acknowledged it."""
    id_ = known_id(request.envelope.pressed)
    number = nudge(desk, request.person, id_)
    return _renewed(desk, request, id_, one_or(number, _W.NUDGED_NOBODY, _W.NUDGED_ONE, _W.NUDGED))


def open_correction(desk: Desk, request: Request) -> Reply:
    """The form for another text."""
    id_, version = parse.pressed(request)
    found = draft(desk, request.person, id_)
    form = correction_form(
        found.text,
        is_critical=found.tier is Tier.CRITICAL,
        state=f"{id_}.{version}",
        warning=_unchanged(desk, found),
    )
    return Reply(screens=(over(request, form),))


def submit_correction(desk: Desk, request: Request) -> Reply:
    """Give it the text; of a critical one, show the correction to be sent off for a second yes."""
    id_, version = parse.seen(request)
    command = Correct(request_key=request.envelope.once_key(), id=id_, version=version, text=parse.text_of(request))
    found = correct(desk, request.person, command)
    if found.corrects:
        seen = preview(desk, request.person, found)
        return Reply(view=preview_modal(seen, zone=request.person.zone))
    view = notice(" ".join(filter(None, (_W.CORRECT_SAVED, _unchanged(desk, found)))), title=_W.TITLE)
    return Reply(view=view, screens=(_under(desk, request.person, id_),))


def take_back(desk: Desk, request: Request) -> Reply:
    """Retract it, or call off what was planned; says how many had it."""
    id_ = known_id(request.envelope.pressed)
    number, found = retract(desk, request.person, id_), draft(desk, request.person, id_)
    if found.state is State.DRAFT:
        return _renewed(desk, request, id_, _W.CALLED_OFF)
    said = one_or(number, _W.RETRACTED_NOBODY, _W.RETRACTED_ONE, _W.RETRACTED_SAYS)
    shown = _renewed(desk, request, id_, f"{said} {_W.RETRACTED_IN_CHANNEL}" if is_in_channel(desk, found) else said)
    return Reply(screens=(*shown.screens, RefreshHome(whose_homes(desk, id_))))


def _unchanged(desk: Desk, found: Announcement) -> str:
    """What may stand in its channel that neither another text nor taking it back changes."""
    trouble = stays_in_channel(desk, found)
    return in_channel_words(found, trouble) if trouble else ""


def _renewed(desk: Desk, request: Request, id_: str, said: str) -> Reply:
    shown = partial(whole, desk, request.person, id_, said=said)
    return Reply(screens=(UpdateView(shown), UpdateUnder(previous=partial(list_of, desk, request.person))))


def _under(desk: Desk, person: Person, id_: str) -> UpdateUnder:
    return UpdateUnder(previous=partial(whole, desk, person, id_), root=partial(list_of, desk, person))
