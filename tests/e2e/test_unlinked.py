"""Nobody who holds what Slack keeps of both can tell by it that two people meet: they have no token in common."""

import json
import re
from datetime import timedelta
from typing import Any

from handlers import texts
from handlers.ids import Action
from sandbox.client import Actor
from tests.acting.steps import book, cancel, last_with, move, open_details, propose
from tests.fixtures.products import Product

ID = re.compile(r"product-\d+")
"""Whatever the IdSource of the product under test makes looks like this."""


def test_the_two_of_a_session_are_never_sent_the_same_token(product: Product) -> None:
    seen: dict[str, set[str]] = {"ada": set(), "cleo": set()}
    for deed in (booked_and_moved, reminded, canceled_by_the_coach, accepted_and_canceled, declined):
        deed(product)
        look(product, seen)

    of_ada, of_cleo = (tokens | sent_to(product, product.actor(id_)) for id_, tokens in seen.items())

    assert min(len(of_ada), len(of_cleo)) >= 12
    assert of_ada & of_cleo == set()


def booked_and_moved(product: Product) -> None:
    book(product)
    move(product, product.coach)


def reminded(product: Product) -> None:
    start = int(last_start(product))
    product.advance(timedelta(seconds=start - product.clock.now().timestamp() - 15 * 60))


def canceled_by_the_coach(product: Product) -> None:
    book(product)
    cancel(product, product.coach)


def accepted_and_canceled(product: Product) -> None:
    propose(product, product.coach, product.scholar)
    product.scholar.press_message(last_with(product.scholar, Action.ACCEPT_TIME), f"{Action.ACCEPT_TIME}:0")
    product.scholar.wait(text=texts.proposals.ACCEPTED)
    product.deliver()
    cancel(product, product.scholar)


def declined(product: Product) -> None:
    propose(product, product.coach, product.scholar)
    product.scholar.press_message(last_with(product.scholar, Action.DECLINE_TIMES), Action.DECLINE_TIMES)
    product.scholar.wait(text=texts.proposals.DECLINED)
    product.deliver()


def last_start(product: Product) -> str:
    """Epoch seconds of the session that stands, as the last date in the newest message tells them."""
    newest = json.dumps(last_with(product.scholar, Action.OPEN_DETAILS))
    return str(re.findall(r"<!date\^(\d+)\^", newest)[-1])


def look(product: Product, seen: dict[str, set[str]]) -> None:
    """Both open everything there is to open, and keep every token that is in it."""
    for id_ in seen:
        person = product.actor(id_)
        person.open_home()
        open_details(person)
        seen[id_] |= tokens_in(person.eyes())
        if [block for block in person.modal()["blocks"] if Action.OPEN_MOVE.value in json.dumps(block)]:
            person.press(Action.OPEN_MOVE)
            person.wait(title=texts.sessions.MOVE_TITLE)
            seen[id_] |= tokens_in(person.eyes())
        person.close(everything=True)
        person.open("/support", texts.sessions.SESSIONS_TITLE)
        seen[id_] |= tokens_in(person.eyes())
        person.close(everything=True)


def sent_to(product: Product, person: Actor) -> set[str]:
    """The tokens of every message with its metadata, and of every file."""
    channels = {message["channel"] for message in person.messages()}
    calls = [call for call in product.workspace.calls() if concerns(call["args"], person, channels)]
    files = [
        product.workspace.file_text(file["id"]) for message in person.messages() for file in message.get("files") or []
    ]
    assert files
    return tokens_in([calls, person.messages(), files])


def concerns(arguments: dict[str, Any], person: Actor, channels: set[str]) -> bool:
    return bool({str(value) for value in arguments.values()} & {person.id, *channels})


def tokens_in(value: Any) -> set[str]:
    return set(ID.findall(json.dumps(value)))
