"""Acting in the local workspace: what a person would do with hands and eyes, said in one line."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.demo.cast import Row, account_name, with_role
from domain.people import Role
from domain.ports import Clock
from handlers.ids import Action, Command, base_id
from sandbox.client import Actor, SandboxClient


class SceneFailed(Exception):
    """A scene did not end as it should; the text says which part."""


@dataclass(slots=True, kw_only=True)
class Stage:
    """The workspace, the bot's clock, and the people who act in the walk-through."""

    clock: Clock
    sandbox: SandboxClient
    scholar: Actor
    rival: Actor
    coach: Actor
    community_manager: Actor
    staff: Actor
    approver: Actor
    mentor: Actor
    scholars: Mapping[str, Actor]
    scholar_zones: Mapping[str, str]
    coach_name: str
    coach_zone: str
    _start: int = 0

    @classmethod
    def of(cls, sandbox: SandboxClient, rows: list[Row], clock: Clock) -> "Stage":
        """Pick the actors from the roster."""
        scholars = with_role(rows, Role.SCHOLAR)
        staff, approver, *_ = with_role(rows, Role.STAFF)
        return cls(
            clock=clock,
            sandbox=sandbox,
            scholar=sandbox.as_user(scholars[0]),
            rival=sandbox.as_user(scholars[1]),
            coach=sandbox.as_user(with_role(rows, Role.COACH)[0]),
            community_manager=sandbox.as_user(with_role(rows, Role.COMMUNITY_MANAGER)[0]),
            staff=sandbox.as_user(staff),
            approver=sandbox.as_user(approver),
            mentor=sandbox.as_user(with_role(rows, Role.MENTOR)[0]),
            scholars={
                row["name"]: sandbox.as_user(account_name(row["email"])) for row in rows if row["role"] == Role.SCHOLAR
            },
            scholar_zones={row["name"]: row["zone"] for row in rows if row["role"] == Role.SCHOLAR},
            coach_name=next(row["name"] for row in rows if row["role"] == Role.COACH),
            coach_zone=next(row["zone"] for row in rows if row["role"] == Role.COACH),
        )

    def silent(self, zones: Iterable[str]) -> list[str]:
        """Names of scholars who do not react, one in each of these zones, in the roster's order."""
        acting = (self.scholar.id, self.rival.id)
        others = [name for name, actor in self.scholars.items() if actor.id not in acting]
        chosen = {next(name for name in others if self.scholar_zones[name] == zone) for zone in zones}
        return [name for name in others if name in chosen]

    def remember_start(self, start: int) -> None:
        """Keep when the session of the walk-through starts (epoch seconds)."""
        self._start = start

    def session_starts(self) -> datetime:
        """When it starts."""
        return datetime.fromtimestamp(self._start, UTC)

    def move_time(self, step: str) -> None:
        """Type /clock as staff."""
        self.staff.slash(f"{Command.CLOCK.value} {step}")

    def move_time_to(self, instant: datetime) -> None:
        """The same until an instant, if that is still to come.

        In two steps, so that what is due then is due just now: what is minutes late would alarm staff, and rightly.
        """
        hours, rest = divmod(max(instant - self.clock.now(), timedelta()), timedelta(hours=1))
        for number, unit in ((hours, "h"), (math.ceil(rest / timedelta(minutes=1)), "m")):
            if number:
                self.move_time(f"+{number}{unit}")


def last_with_button(actor: Actor, action: Action) -> dict[str, Any]:
    """The newest message with a certain button."""
    found = [message for message in actor.messages() if action.value in str(message.get("blocks"))]
    return found[-1]


def time_in(actor: Actor, field: str) -> str:
    """What a field for a time of day in the topmost modal begins with."""
    blocks = (block for block in actor.modal()["blocks"] if base_id(block.get("block_id", "")) == field)
    return str(next(blocks)["element"]["initial_time"])
