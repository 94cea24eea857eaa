"""Nobody who holds what Slack keeps of both can tell by it that two people meet: they have no token in common."""

import json
import re
from datetime import timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import MetaData, select

from handlers import texts
from handlers.ids import Action
from sandbox.client import Actor
from tests.acting.steps import book, cancel, last_with, move, open_details, propose
from tests.acting.weeks import play_a_week
from tests.fixtures.products import Product

ID = re.compile(r"product-\d+")
"""Whatever the IdSource of the product under test makes looks like this."""
SUPPORTED = ("ada", "bo", "cleo", "eli")
OF_PROGRAM = ("announcement", "deadline", "event")
INSIDE = (
    *("booking.id", "booking.series_id", "group_session.id", "group_part.id"),
    *("office_hours.id", "office_entry.id", "office_transfer.id", "handover.id"),
)
"""Of what more than one person has to do with. What only its scholar is told of may be known to them by its own id."""


def test_the_two_of_a_session_are_never_sent_the_same_token(product: Product) -> None:
    seen: dict[str, set[str]] = {"ada": set(), "cleo": set()}
    for deed in (booked_and_moved, reminded, canceled_by_the_coach, accepted_and_canceled, declined):
        deed(product)
        look(product, seen)

    of_ada, of_cleo = (tokens | sent_to(product, product.actor(id_)) for id_, tokens in seen.items())

    assert [id_ for id_ in seen if files_of(product, product.actor(id_)) == []] == []
    assert min(len(of_ada), len(of_cleo)) >= 12
    assert of_ada & of_cleo == set()


def test_a_week_of_everything_gives_no_two_people_a_token_in_common_and_nobody_an_id_of_the_store(
    product: Product,
) -> None:
    play_a_week(product)

    told_to_many = ids_of_program(product)
    sent = {id_: sent_to(product, product.actor(id_)) - told_to_many for id_ in SUPPORTED}
    calls = tokens_in(product.workspace.calls(accepted=True))
    ids = {column: ids_in(product, *column.split(".")) for column in INSIDE}
    assert [id_ for id_, tokens in sent.items() if not tokens] == []
    assert [(one, other) for one, other in combinations(SUPPORTED, 2) if sent[one] & sent[other]] == []
    assert [column for column, found in ids.items() if not found] == []
    assert [column for column, found in ids.items() if found & calls] == []


def ids_of_program(product: Product) -> set[str]:
    """Of what everybody in an audience is told alike, such as a deadline: that two have it says nothing of support."""
    tables = MetaData()
    with product.stores.program.read() as connection:
        tables.reflect(connection, only=OF_PROGRAM)
        found = [connection.execute(select(tables.tables[table].c.id)).scalars() for table in OF_PROGRAM]
        return tokens_in([list(each) for each in found])


def ids_in(product: Product, table: str, column: str) -> set[str]:
    """By what the store knows its own rows, or what they have in common."""
    tables = MetaData()
    with product.stores.confidential.read() as connection:
        tables.reflect(connection, only=[table])
        return tokens_in(list(connection.execute(select(tables.tables[table].c[column])).scalars()))


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
    return tokens_in([calls, person.messages(), files_of(product, person)])


def files_of(product: Product, person: Actor) -> list[str]:
    """What stands in the files of somebody's messages."""
    of_each = (message.get("files") or [] for message in person.messages())
    return [product.workspace.file_text(file["id"]) for files in of_each for file in files]


def concerns(arguments: dict[str, Any], person: Actor, channels: set[str]) -> bool:
    return bool({str(value) for value in arguments.values()} & {person.id, *channels})


def tokens_in(value: Any) -> set[str]:
    return set(ID.findall(json.dumps(value)))
