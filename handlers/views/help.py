"""What the bot does for somebody with certain roles."""

from domain.people import Role
from domain.ports import Message
from handlers import texts
from handlers.commands import MENTORS, PARTIES, STAFF, words_for
from handlers.views.blocks import section


def help_message(roles: frozenset[Role]) -> Message:
    """A line for each thing they can type; the same for all mentors, whoever their scholars are."""
    lines = [f"*{word.line}*: {word.does}" for word in words_for(roles) if roles & (PARTIES | STAFF | MENTORS)]
    last = [texts.helping.SEALED] if Role.SCHOLAR in roles else []
    text = "\n".join([*_about(roles), *lines, *last])
    return Message(text=text, blocks=(section(text),))


def not_yours(why: str) -> Message:
    """Whose it is that they typed, and where the help is."""
    return Message(text=f"{why} {texts.helping.WHERE}")


def _about(roles: frozenset[Role]) -> list[str]:
    if roles & PARTIES:
        return []
    if roles & STAFF:
        return [texts.helping.STAFF]
    return [texts.helping.MENTOR if roles & MENTORS else texts.helping.PLAIN]
