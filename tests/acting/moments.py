"""A date and a time as people choose them in a form of the running product."""

from typing import Any

from handlers.ids.fields import day_field
from sandbox.client import Actor


def fill_moment(actor: Actor, field: str, when: str) -> None:
    """Choose both, written like 2027-03-15 09:30."""
    day, _, clock = when.partition(" ")
    actor.fill(day_field(field), day)
    actor.fill(field, clock)


def moment_in(actor: Actor, field: str) -> str:
    """What a date and a time of the topmost modal begin with, written as `fill_moment` takes it."""
    day, clock = (_element(actor, name) for name in (day_field(field), field))
    return f"{day.get('initial_date', '')} {clock.get('initial_time', '')}".strip()


def errors_of(actor: Actor) -> dict[str, str]:
    """Submit, and return what is said at which field."""
    return {block_id.partition(":")[0]: said for block_id, said in actor.submit()["errors"].items()}


def _element(actor: Actor, field: str) -> dict[str, Any]:
    blocks = actor.modal()["blocks"]
    found = (block for block in blocks if block.get("block_id", "").partition(":")[0] == field)
    element: dict[str, Any] = next(found)["element"]
    return element
