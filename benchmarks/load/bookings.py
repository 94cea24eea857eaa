"""Submitted booking forms, each for another scholar or time, with everything Slack sends along: the whole view."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from benchmarks.house import Resident, Size, scholars
from benchmarks.load.signing import Stencil
from benchmarks.names import TEAM
from domain.kinds import COACHING
from domain.ports import View
from domain.rules import DEFAULT_RULES
from handlers.ids import ANYONE, Action, Field, base_id
from handlers.views.booking import booking_form, repeat_value
from services.desk import SupportDesk
from services.offers.offer import offer_times

FIRST_START = timedelta(hours=30)
"""From now to the first time that is asked for: every booking brings all its reminders."""
SESSIONS_EACH = min(DEFAULT_RULES.kind(COACHING).open_per_scholar, DEFAULT_RULES.fair.sessions_a_week)
"""So many a scholar can book at once, and in one week: nothing that is asked for is refused by fair shares."""
HOUR_SECONDS = 3600
_NUMBER, _ACCOUNT, _PERSON, _START, _STAFF = "9NUMBER9", "9ACCOUNT9", "9PERSON9", "9START9", "9STAFF9"
WORDS = "I would like to talk about how my project goes, and about what comes after it."


def form_for(desk: SupportDesk, scholar: Resident) -> View:
    """The form as the product fills it for somebody."""
    person = desk.people.who(scholar.account, TEAM)
    return booking_form(offer_times(desk, person))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A scholar's wish for a session at an instant in epoch seconds, with somebody or whoever is free."""

    scholar: Resident
    start: int
    staff: str = ANYONE


def wishes(size: Size, *, now: datetime) -> list[Wish]:
    """One for each session that the house can hold: never the same time twice in a program, and within its rules."""
    first = int((now + FIRST_START).replace(minute=0, second=0, microsecond=0).timestamp())
    return [
        Wish(scholar=scholar, start=first + (turn * size.scholars + scholar.number) * HOUR_SECONDS)
        for turn in range(SESSIONS_EACH)
        for scholar in scholars(size)
    ]


def submissions(form: View, wanted: Iterable[Wish]) -> list[bytes]:
    """The form filled in and submitted, once for each wish."""
    stencil = Stencil(_submission(form))
    return [
        stencil.fill(
            {
                _NUMBER: str(number),
                _ACCOUNT: wish.scholar.account,
                _PERSON: wish.scholar.id,
                _START: str(wish.start),
                _STAFF: wish.staff,
            }
        )
        for number, wish in enumerate(wanted)
    ]


def _submission(form: View) -> dict[str, Any]:
    chosen = {
        Field.KIND: (Action.CHOOSE_KIND, _option(COACHING)),
        Field.STAFF: (Action.CHOOSE_STAFF, _option(_STAFF)),
        Field.DAY: (Action.CHOOSE_DAY, _option("2027-01-01")),
        Field.START: (Field.VALUE, _option(_START)),
        Field.REPEAT: (Field.VALUE, _option(repeat_value(1, 1))),
        Field.FOCUS: (Field.VALUE, {"type": "multi_static_select", "selected_options": []}),
        Field.WORDS: (Field.VALUE, {"type": "plain_text_input", "value": WORDS}),
    }
    view = {
        **form,
        "id": f"V{_NUMBER}",
        "hash": f"hash.{_NUMBER}",
        "team_id": TEAM,
        "state": {"values": dict(_values(form, chosen))},
    }
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "measured"},
        "user": {"id": _ACCOUNT, "username": _PERSON, "name": _PERSON, "team_id": TEAM},
        "api_app_id": "A0MEASURED",
        "token": "unused",
        "trigger_id": f"trigger.{_NUMBER}",
        "view": view,
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def _values(form: View, chosen: Mapping[Field, tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in form["blocks"]:
        if block["type"] == "input":
            action_id, element = chosen[Field(base_id(block["block_id"]))]
            yield block["block_id"], {action_id: element}


def _option(value: str) -> dict[str, Any]:
    return {"type": "static_select", "selected_option": {"text": {"type": "plain_text", "text": value}, "value": value}}
