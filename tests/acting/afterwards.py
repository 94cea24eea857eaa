"""What people do after a session in the running product, a line each."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from storage.confidential.session_log import SessionLog
from storage.engine import table_of
from tests.acting.steps import last_with
from tests.fixtures.products import Product

LENGTH = timedelta(minutes=45)
ASKED_BOTH = timedelta(minutes=31)


def let_end(product: Product, start: str, *, after: timedelta = ASKED_BOTH) -> None:
    """Let time pass until the session that starts then (epoch seconds) is over for so long; both are asked."""
    over = datetime.fromtimestamp(int(start), UTC) + LENGTH + after
    # In two steps, so that what comes before the session is not late.
    product.advance(max(over - timedelta(days=1), product.clock.now()) - product.clock.now())
    product.advance(over - product.clock.now())


def open_log(actor: Actor) -> None:
    """From the newest question to the form."""
    actor.press_message(last_with(actor, Action.OPEN_LOG), Action.OPEN_LOG)
    actor.wait(modal=texts.session_log.OUTCOME)


def save_log(product: Product, actor: Actor, **values: object) -> None:
    """Fill in the open form, save it and close everything. An outcome is chosen first, since it changes the form."""
    outcome = values.pop(Field.OUTCOME, None)
    if outcome:
        actor.choose(Field.OUTCOME, outcome)
    for field, value in values.items():
        actor.fill(field, value)
    assert actor.submit()["errors"] == {}
    actor.wait(modal=texts.session_log.LOGGED)
    actor.close(everything=True)
    product.deliver()


def open_rating(actor: Actor) -> None:
    """From the newest question to the form."""
    actor.press_message(last_with(actor, Action.OPEN_RATING), Action.OPEN_RATING)
    actor.wait(modal=texts.rating.QUESTION)


def send_rating(actor: Actor, score: int, *, words: str = "") -> None:
    """Answer in the open form and close everything."""
    actor.fill(Field.SCORE, str(score))
    if words:
        actor.fill(Field.WORDS, words)
    assert actor.submit()["errors"] == {}
    actor.wait(modal=texts.rating.SENT)
    actor.close(everything=True)


def versions(product: Product, model: type = SessionLog) -> int:
    """How many logs, or answers, are stored, each correction counted."""
    with product.stores.confidential.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table_of(model))).scalar() or 0)


def filled(actor: Actor, field: str) -> Any:
    """What a text field of the topmost modal holds."""
    return actor._field(field)["element"].get("initial_value")  # noqa: SLF001
