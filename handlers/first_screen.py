"""What a command of the program shows first: to staff what they run, to everybody else what is for them."""

from dataclasses import dataclass

from domain.ports import Message
from handlers.commands import STAFF
from handlers.reply import Reply
from handlers.request import Request, first_word
from handlers.router import Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where a command leads: to what is for whoever types it, to the list of staff, or to a new form of theirs.

    `unknown` is said of another word, `whose` to who is not staff and types the word for the form.
    """

    mine: Handler
    everything: Handler
    form: Handler
    unknown: str
    whose: str


def first_screen(request: Request, ways: Ways) -> Reply:
    """By the word behind the command and who types it."""
    is_staff, word = request.person.has(*STAFF), first_word(request)
    if word == "mine" or (not word and not is_staff):
        return ways.mine(request)
    if word not in ("", "new"):
        return Reply(message=Message(text=ways.unknown))
    if not is_staff:
        return Reply(message=Message(text=ways.whose))
    return (ways.form if word == "new" else ways.everything)(request)
