"""Staff write announcements: the form, the preview, and sending it off. Every form that is sent is saved as a draft."""

from collections.abc import Callable
from functools import partial

from domain.announcements import Begun, State
from domain.audience import Audience
from domain.errors import DomainError
from domain.people import Person
from domain.ports import View
from handlers import attention, texts
from handlers.announcement_shown import more_of, opened, sent_off, shown
from handlers.audience import audience_chosen
from handlers.commands import STAFF
from handlers.first_screen import Ways, first_screen
from handlers.ids import Action, Command, Field, Modal, Shortcut
from handlers.parse import announcements as parse
from handlers.parse.refs import known_id, page_of
from handlers.reply import OpenView, Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request, first_word
from handlers.router import EVERYONE, Route
from handlers.told import open_told
from handlers.views.announcement_form import announcement_form
from handlers.views.announcement_preview import names_modal
from handlers.views.announcements import announcements_modal, reach_modal
from handlers.views.notice import notice
from services.announcements.compose import Content, Write, content_of, discard, draft, duplicate, write
from services.announcements.facts import ON_ITS_WAY, Announcement
from services.announcements.look import overview
from services.announcements.preview import preview
from services.announcements.reach import hours_to_reach
from services.announcements.send import send
from services.audiences.named import accounts_in_use, picked
from services.audiences.options import audience_options
from services.desk import Desk

_W = texts.announcements
_SAVED = {State.TEMPLATE: _W.TEMPLATE_SAVED} | dict.fromkeys(ON_ITS_WAY, _W.UNCHANGED)
"""What is said of what was saved, by what it is then: what was on its way and has changed is a draft, which says so."""


def routes(desk: Desk) -> list[Route]:
    """The command is everybody's; writing and sending is for staff."""
    table: list[tuple[Kind, str, Callable[[Desk, Request], Reply]]] = [
        (Kind.SHORTCUT, Shortcut.ANNOUNCE, announce_this),
        (Kind.ACTION, Action.OPEN_ANNOUNCEMENTS, open_list),
        (Kind.ACTION, Action.TURN_ANNOUNCEMENTS, turn),
        (Kind.ACTION, Action.NEW_ANNOUNCEMENT, open_form),
        (Kind.ACTION, Action.EDIT_ANNOUNCEMENT, edit),
        (Kind.ACTION, Action.DUPLICATE_ANNOUNCEMENT, partial(copy, as_template=False)),
        (Kind.ACTION, Action.KEEP_TEMPLATE, partial(copy, as_template=True)),
        (Kind.ACTION, Action.DISCARD_ANNOUNCEMENT, throw_away),
        (Kind.ACTION, Action.SEE_READERS, see_readers),
        (Kind.ACTION, Action.SEE_REACH, see_reach),
        (Kind.ACTION, Action.PREVIEW_PRESS, preview_press),
        (Kind.SUBMISSION, Modal.ANNOUNCE, submit),
        (Kind.SUBMISSION, Modal.ANNOUNCE_PREVIEW, send_off),
    ]
    whose = {Shortcut.ANNOUNCE.value: _W.WHOSE_STAFF}
    return [
        Route(kind=Kind.COMMAND, id=Command.ANNOUNCE, roles=EVERYONE, handler=partial(announce, desk)),
        *(
            Route(kind=kind, id=id_, roles=STAFF, handler=partial(run, desk), whose=whose.get(id_, ""))
            for kind, id_, run in table
        ),
    ]


def announce(desk: Desk, request: Request) -> Reply:
    """`/announce`: for staff what they announce, for everybody else what is for them. See `handlers.commands`."""
    if first_word(request) == attention.WORD:
        return attention.open_attention(desk, request)
    ways = Ways(
        mine=partial(open_told, desk),
        everything=partial(open_list, desk),
        form=partial(open_form, desk),
        unknown=_W.UNKNOWN,
        whose=_W.WHOSE_STAFF,
    )
    return first_screen(request, ways)


def open_list(desk: Desk, request: Request) -> Reply:
    """Everything at a glance."""
    return Reply(screens=(over(request, list_of(desk, request.person)),))


def turn(desk: Desk, request: Request) -> Reply:
    """Another page of it."""
    page = page_of(request.envelope.pressed)
    return Reply(screens=(UpdateView(list_of(desk, request.person, page=page)),))


def list_of(desk: Desk, person: Person, *, page: int = 0) -> View:
    """The same as it is now."""
    return announcements_modal(overview(desk, person, page=page), zone=person.zone)


def open_form(desk: Desk, request: Request) -> Reply:
    """An empty form."""
    return Reply(screens=(over(request, _form(desk, request.person, None)),))


def announce_this(desk: Desk, request: Request) -> Reply:
    """A form that begins with a message of somebody's, and a link to it."""
    begun = parse.begun(request)
    return Reply(screens=(OpenView(_form(desk, request.person, None, begun=begun)),))


def edit(desk: Desk, request: Request) -> Reply:
    """The form with what a draft says."""
    id_, _ = parse.pressed(request)
    found = draft(desk, request.person, id_)
    return Reply(screens=(over(request, _form(desk, request.person, found)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Save it as a draft and show what readers will see. What cannot be kept is told at its field."""
    form = parse.announcement_form(request)
    form.plan.check(desk.clock.now(), morning_time=desk.rules.of(request.person).attention.morning_time)
    approver = picked(desk, request.person, [form.approver] if form.approver else [], field=Field.APPROVER)
    audience = audience_chosen(desk, request.person, form.audience)
    content = form.content(audience, approver_id=approver[0] if approver else "")
    command = Write(request_key=request.envelope.once_key(), content=content, id=form.id, version=form.version)
    found = write(desk, request.person, command)
    said = _SAVED.get(found.state, "")
    more = more_of(desk, request.person, found, said=said)
    return Reply(view=shown(desk, request.person, found, said=said), screens=(_under(desk, request.person), more))


def send_off(desk: Desk, request: Request) -> Reply:
    """Send what was previewed, as it was seen; what speaks against it stands on top of the preview."""
    id_, version = parse.seen(request)
    try:
        found = send(desk, request.person, id_, version=version)
    except DomainError as refusal:
        return Reply(view=shown(desk, request.person, draft(desk, request.person, id_), said=refusal.message))
    return Reply(view=sent_off(found, request.person), screens=(_under(desk, request.person),))


def copy(desk: Desk, request: Request, *, as_template: bool) -> Reply:
    """A draft, or a template, like the one that was pressed."""
    id_, key = known_id(request.envelope.pressed), request.envelope.once_key()
    found = duplicate(desk, request.person, id_, request_key=key, as_template=as_template)
    if as_template:
        return Reply(screens=(over(request, notice(_W.TEMPLATE_SAVED, title=_W.TITLE)),))
    return Reply(screens=(opened(desk, request, found.id, said=_W.DUPLICATED),))


def throw_away(desk: Desk, request: Request) -> Reply:
    """Discard a draft or template as it was seen; the modal says so."""
    id_, version = parse.pressed(request)
    discard(desk, request.person, id_, version=version)
    return Reply(screens=(UpdateView(notice(_W.STATES[State.DISCARDED], title=_W.TITLE)), _under(desk, request.person)))


def see_readers(desk: Desk, request: Request) -> Reply:
    """Whom it is for, by name."""
    found = draft(desk, request.person, known_id(request.envelope.pressed))
    seen = preview(desk, request.person, found)
    view = names_modal([each.name for each in seen.readers], [each.name for each in seen.unreachable])
    return Reply(screens=(over(request, view),))


def see_reach(desk: Desk, request: Request) -> Reply:
    """How long it takes until people have read, by tier."""
    return Reply(screens=(over(request, reach_modal(hours_to_reach(desk, request.person))),))


def preview_press(_desk: Desk, request: Request) -> Reply:
    """The readers' button, as staff see it before they send."""
    return Reply(screens=(over(request, notice(_W.PREVIEW_PRESS, title=_W.PREVIEW_TITLE)),))


def _form(desk: Desk, person: Person, found: Announcement | None, *, begun: Begun | None = None) -> View:
    content: Content | None = None if found is None else content_of(found)
    audience = content.audience if content else Audience()
    approver = accounts_in_use(desk, [found.approver_id]) if found and found.approver_id else ()
    return announcement_form(
        content,
        audience_options(desk, person, audience),
        zone=person.zone,
        accounts=accounts_in_use(desk, audience.people),
        approver=approver[0] if approver else "",
        state="" if found is None else f"{found.id}.{found.version}",
        begun=begun,
        warning=_warning(found, person) if found else "",
    )


def _warning(found: Announcement, person: Person) -> str:
    """What a change does to one that is on its way."""
    if found.state is State.WAITING:
        return _W.EDIT_WAITING if person.id == found.author_id else _W.EDIT_WAITING_OTHERS
    return _W.EDIT_PLANNED if found.state is State.PLANNED else ""


def _under(desk: Desk, person: Person) -> UpdateUnder:
    return UpdateUnder(previous=partial(list_of, desk, person))
