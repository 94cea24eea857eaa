"""What people can type, in one table: the manifest, the help and the reference pages are made from it."""

from dataclasses import dataclass

from domain.people import JUDGING_ROLES, SUPPORT_ROLES, Role
from handlers.ids import Command
from handlers.router import EVERYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One way to use a command: the word behind it ("" for none), what it does, and for whom."""

    command: Command
    word: str
    does: str
    roles: frozenset[Role]
    never: frozenset[Role] = frozenset()
    """Whoever has one of these too has it not."""

    @property
    def line(self) -> str:
        """What is typed."""
        return f"{self.command.value} {self.word}".strip()


SCHOLARS = frozenset({Role.SCHOLAR})
COACHES = frozenset({Role.COACH})
STAFF = frozenset({Role.STAFF})
MENTORS = frozenset({Role.MENTOR})
PARTIES = SUPPORT_ROLES | SCHOLARS
BOOKERS = SCHOLARS | MENTORS
"""Mentors book time on managing research; nothing else here is for them."""
SIDES = PARTIES | MENTORS
"""Who can have a session at all."""

WORDS = (
    Word(command=Command.SUPPORT, word="", does="your sessions ahead, and what you can do from there", roles=PARTIES),
    Word(command=Command.SUPPORT, word="book", does="book a coaching or community-manager session", roles=SCHOLARS),
    Word(command=Command.SUPPORT, word="urgent", does="talk with somebody soon, whoever is free first", roles=SCHOLARS),
    Word(command=Command.SUPPORT, word="list", does="see, move or cancel your sessions", roles=PARTIES),
    Word(
        command=Command.SUPPORT,
        word="groups",
        does="group sessions ahead: take a seat, or wait for one",
        roles=SCHOLARS,
    ),
    Word(
        command=Command.SUPPORT,
        word="groups",
        does="group sessions ahead: set one up, and see who has a seat in yours",
        roles=SUPPORT_ROLES,
    ),
    Word(command=Command.SUPPORT, word="propose", does="offer times to a scholar", roles=SUPPORT_ROLES),
    Word(
        command=Command.SUPPORT,
        word="handover",
        does="hand a scholar over to a colleague, and see whom you take over",
        roles=SUPPORT_ROLES,
    ),
    Word(
        command=Command.SUPPORT,
        word="load",
        does="see how much each coach carries",
        roles=COACHES,
        never=JUDGING_ROLES,
    ),
    Word(
        command=Command.SUPPORT,
        word="stand-ins",
        does="name who takes urgent sessions besides you",
        roles=frozenset({Role.COMMUNITY_MANAGER}),
    ),
    Word(
        command=Command.SUPPORT,
        word="log",
        does="say how your sessions of the last 14 days went",
        roles=SUPPORT_ROLES,
    ),
    Word(
        command=Command.HOURS,
        word="",
        does="your week at a glance: hours, dates that differ, travel, time away, and what scholars see of you",
        roles=SUPPORT_ROLES,
    ),
    Word(
        command=Command.PROGRAM,
        word="",
        does="your program's rules: kinds of session, closed days, phases, fair shares, emergency contacts",
        roles=STAFF,
    ),
    Word(
        command=Command.EVENTS,
        word="",
        does="events ahead: say whether you come, note that you are there, sign up for a talk",
        roles=EVERYONE,
    ),
    Word(
        command=Command.OFFICE_HOURS,
        word="",
        does="technical office hours: what is open or planned, and your place in line",
        roles=SCHOLARS,
    ),
    Word(
        command=Command.OFFICE_HOURS,
        word="",
        does="technical office hours: what is open or planned, and the line you help in",
        roles=SUPPORT_ROLES,
    ),
    Word(command=Command.OFFICE_HOURS, word="leave", does="leave the line you are in", roles=SCHOLARS),
    Word(command=Command.OFFICE_HOURS, word="help", does="offer help to other scholars, or stop", roles=SCHOLARS),
    Word(command=Command.OFFICE_HOURS, word="open", does="open office hours now", roles=SUPPORT_ROLES),
    Word(command=Command.OFFICE_HOURS, word="plan", does="plan office hours ahead", roles=SUPPORT_ROLES),
    Word(command=Command.OFFICE_HOURS, word="close", does="close the line you help in", roles=SUPPORT_ROLES),
    Word(
        command=Command.SUPPORT,
        word="research",
        does="book time with a coach on managing research, and see what you have booked",
        roles=MENTORS,
    ),
    Word(command=Command.DEADLINES, word="", does="set deadlines, and see who has met which", roles=STAFF),
    Word(command=Command.DEADLINES, word="new", does="set a deadline", roles=STAFF),
    Word(command=Command.DEADLINES, word="mine", does="what is due for you, soonest first", roles=EVERYONE),
    Word(command=Command.ANNOUNCE, word="", does="announce something, and see who has read what", roles=STAFF),
    Word(command=Command.ANNOUNCE, word="new", does="write an announcement", roles=STAFF),
    Word(command=Command.ANNOUNCE, word="quiet", does="your quiet hours, and when your digest comes", roles=EVERYONE),
    Word(command=Command.ANNOUNCE, word="mine", does="the announcements that are for you", roles=EVERYONE),
    Word(command=Command.SUPPORT, word="help", does="what I can do for you", roles=EVERYONE),
)


def _hint(command: Command) -> str:
    """The words behind a command as Slack shows them while somebody types."""
    words = dict.fromkeys(word.word for word in WORDS if word.command is command and word.word)
    return f"[{' | '.join(words)}]"


DESCRIPTIONS = {
    Command.SUPPORT: ("Book, move or cancel a session; see what is ahead", _hint(Command.SUPPORT)),
    Command.HOURS: ("See your week; set your hours, time away, places and a few words about you", ""),
    Command.PROGRAM: ("See and change the rules of your program (staff)", ""),
    Command.EVENTS: ("See what is ahead and say whether you come; staff plan events here", ""),
    Command.OFFICE_HOURS: ("Technical office hours: join a line, or help in one", _hint(Command.OFFICE_HOURS)),
    Command.DEADLINES: ("See what is due for you; set deadlines (staff)", _hint(Command.DEADLINES)),
    Command.ANNOUNCE: ("See what was announced to you; announce something (staff)", _hint(Command.ANNOUNCE)),
    Command.CLOCK: ("Move the bot's time ahead (demo only)", "[+30m | +3h | +1d]"),
}
"""Description and usage hint, as Slack shows them while somebody types."""


def words_for(roles: frozenset[Role]) -> tuple[Word, ...]:
    """What somebody with these roles can type, in the order to show it."""
    return tuple(word for word in WORDS if not word.roles.isdisjoint(roles) and word.never.isdisjoint(roles))
