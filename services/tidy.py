"""Forget what is only kept for a while: once-only keys of requests that Slack will not send again."""

from datetime import timedelta

from services.desk import Desk
from storage.confidential.once import ConfidentialOnce
from storage.engine import table_of
from storage.once import KEEP_SECONDS, forget_before
from storage.program.once import ProgramOnce


def tidy(desk: Desk) -> int:
    """Delete old keys in both stores; return how many. Safe to repeat."""
    moment = desk.clock.now() - timedelta(seconds=KEEP_SECONDS)
    with desk.program.write() as connection:
        forgotten = forget_before(connection, table_of(ProgramOnce), moment)
    if desk.support_desk is not None:
        with desk.support_desk.store.write() as connection:
            forgotten += forget_before(connection, table_of(ConfidentialOnce), moment)
    return forgotten
