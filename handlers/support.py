"""The command everybody has: /support, with what is ahead, the way to book, and help."""

from collections.abc import Callable, Collection
from functools import partial

from domain.people import SUPPORT_ROLES, Role
from domain.ports import Message
from handlers import booking, groups, handover, proposals, session_log, sessions, texts, urgent
from handlers.commands import COACHES, PARTIES, SCHOLARS, SIDES
from handlers.ids import Action, Command
from handlers.reply import Reply, over
from handlers.request import Kind, Request, first_word
from handlers.router import EVERYONE, Route
from handlers.views.help import help_message, not_yours
from handlers.views.load import load_modal
from services.desk import Desk
from services.offers.load import coaches_load, may_read_load

Subcommand = Callable[[Desk, Request], Reply]


def routes(desk: Desk) -> list[Route]:
    """One command for everyone on the roster; what it shows depends on the roles."""
    return [
        Route(kind=Kind.COMMAND, id=Command.SUPPORT, roles=EVERYONE, handler=partial(support, desk)),
        Route(kind=Kind.ACTION, id=Action.OPEN_SESSIONS, roles=SIDES, handler=partial(show_sessions, desk)),
        Route(kind=Kind.ACTION, id=Action.OPEN_LOAD, roles=COACHES, handler=partial(show_load, desk)),
    ]


def support(desk: Desk, request: Request) -> Reply:
    """`/support` and a word behind it, see `handlers.commands`; what follows that word is not read."""
    word = first_word(request)
    if word == "research" and request.person.has(Role.MENTOR):
        return show_sessions(desk, request)
    if not request.person.has(*PARTIES):
        return show_help(desk, request)
    return _SUBCOMMANDS.get(word, _unknown)(desk, request)


def show_help(_desk: Desk, request: Request) -> Reply:
    """What the bot does for somebody with these roles."""
    return Reply(message=help_message(request.person.roles))


def show_sessions(desk: Desk, request: Request) -> Reply:
    """Everything ahead, in a modal."""
    return Reply(screens=(over(request, sessions.sessions_of(desk, request.person)),))


def show_load(desk: Desk, request: Request) -> Reply:
    """How much each coach carries. Raises `NotAllowed` for a coach who judges."""
    return Reply(screens=(over(request, load_modal(coaches_load(desk.support, request.person))),))


def _unknown(_desk: Desk, _request: Request) -> Reply:
    # The words are not repeated: somebody may have written to us what nobody should read.
    return Reply(message=Message(text=texts.helping.UNKNOWN))


def _only(roles: Collection[Role], run: Subcommand, why: str) -> Subcommand:
    """For these roles; everybody else reads whose it is, and where the help is."""

    def checked(desk: Desk, request: Request) -> Reply:
        if request.person.has(*roles):
            return run(desk, request)
        return Reply(message=not_yours(why))

    return checked


def _load(desk: Desk, request: Request) -> Reply:
    if may_read_load(request.person):
        return show_load(desk, request)
    return Reply(message=not_yours(texts.load.NOT_BOTH if request.person.has(Role.COACH) else texts.load.WHOSE))


_SUBCOMMANDS: dict[str, Subcommand] = {
    "": show_sessions,
    "list": show_sessions,
    "book": _only(SCHOLARS, booking.open_form, texts.helping.BOOK),
    "urgent": _only(SCHOLARS, urgent.open_form, texts.urgent.WHOSE),
    "stand-ins": _only([Role.COMMUNITY_MANAGER], urgent.open_stand_ins, texts.urgent.STAND_INS_WHOSE),
    "load": _load,
    "groups": groups.open_list,
    "propose": _only(SUPPORT_ROLES, proposals.open_form, texts.helping.PROPOSE),
    "handover": _only(SUPPORT_ROLES, handover.open_list, texts.handover.WHOSE),
    "log": _only(SUPPORT_ROLES, session_log.show_logs, texts.helping.LOG),
    "help": show_help,
}
