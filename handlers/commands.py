"""What people can type, in one table: the manifest, the help and the reference pages are made from it."""

from dataclasses import dataclass

from domain.people import SUPPORT_ROLES, Role
from handlers.ids import Command
from handlers.router import EVERYONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One way to use a command: the word behind it ("" for none), what it does, and for whom."""

    command: Command
    word: str
    does: str
    roles: frozenset[Role]

    @property
    def line(self) -> str:
        """What is typed."""
        return f"{self.command.value} {self.word}".strip()


SCHOLARS = frozenset({Role.SCHOLAR})
PARTIES = SUPPORT_ROLES | SCHOLARS

WORDS = (
    Word(command=Command.SUPPORT, word="", does="your sessions ahead, and what you can do from there", roles=PARTIES),
    Word(command=Command.SUPPORT, word="book", does="book a coaching or community-manager session", roles=SCHOLARS),
    Word(command=Command.SUPPORT, word="list", does="see, move or cancel your sessions", roles=PARTIES),
    Word(command=Command.SUPPORT, word="propose", does="offer times to a scholar", roles=SUPPORT_ROLES),
    Word(
        command=Command.HOURS,
        word="",
        does="your week at a glance: hours, dates that differ, travel, time away, and what scholars see of you",
        roles=SUPPORT_ROLES,
    ),
    Word(command=Command.SUPPORT, word="help", does="what I can do for you", roles=EVERYONE),
)

DESCRIPTIONS = {
    Command.SUPPORT: ("Book, move or cancel a session; see what is ahead", "[book | list | propose | help]"),
    Command.HOURS: ("See your week; set your hours, time away, places and a few words about you", ""),
    Command.CLOCK: ("Move the bot's time ahead (demo only)", "[+30m | +3h | +1d]"),
}
"""Description and usage hint, as Slack shows them while somebody types."""


def words_for(roles: frozenset[Role]) -> tuple[Word, ...]:
    """What somebody with these roles can type, in the order to show it."""
    return tuple(word for word in WORDS if not word.roles.isdisjoint(roles))
