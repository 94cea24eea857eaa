"""Lightning talks of an event: who has signed up in which order, and who of them has a slot."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import DomainError

TALK_TITLE_MAX = 120


class NoTalks(DomainError):
    """There is no sign-up for talks at this event any more."""


class NoTitle(DomainError):
    """Please give your talk a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk that somebody signed up for; `place_no` is its place in the order, which rises."""

    person_id: str
    title: str
    place_no: int


def with_slots(talks: Sequence[Talk], slots: int) -> tuple[Talk, ...]:
    """Those that are given: the first ones of the order."""
    return tuple(talks[:slots])


def raised(talks: Sequence[Talk], person_id: str) -> list[Talk]:
    """The order with one talk a place further up; the first one stays."""
    order = list(talks)
    at = next((number for number, talk in enumerate(order) if talk.person_id == person_id), 0)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    return order


def come_up(before: Sequence[Talk], after: Sequence[Talk], slots: int) -> tuple[Talk, ...]:
    """Those of the talks after a change that have a slot and had none before it."""
    had = {talk.person_id for talk in before[:slots]}
    return tuple(talk for talk in after[:slots] if talk.person_id not in had)
