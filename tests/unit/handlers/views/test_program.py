"""What staff see of the rules, and what has changed, in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS, GROUP, RESEARCH, URGENT
from domain.people import Person, Role
from domain.rules import FairShares, ProgramRules
from domain.rules.effects import Effect
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.blocks import DIVIDER, actions, button, context, modal, section
from handlers.views.program import history_modal, kind_words, program_modal, saved_modal
from handlers.views.rule_changes import change_lines
from handlers.views.when import when_token
from services.rules.history import Changed, History
from services.rules.overview import Overview
from services.rules.told import Told
from tests.builders.people import a_person
from tests.builders.rules import a_phase, closed_days, with_kind

WORDS = texts.program
TODAY = date(2027, 1, 11)
RULES = ProgramRules()
CLEO, DEV = (a_person(id_, name=name, roles={Role.COACH}) for id_, name in (("cleo", "<Cleo>"), ("dev", "Dev")))
COACHING_WORDS = (
    "45 min, a start every 30 min; 15 min kept free after; booked at least 4 h and at most 28 days ahead; moved or "
    "canceled until 1 h before; 3 open per scholar; up to 3 in a series; a time that comes free is kept 2 h for who "
    "waits; shared out fairly."
)
COMMUNITY_WORDS = (
    "45 min, a start every 30 min; booked at least 1 h and at most 28 days ahead; moved or canceled until it starts; "
    "3 open per scholar; up to 3 in a series; a time that comes free is kept 2 h for who waits."
)
URGENT_WORDS = (
    "45 min, a start every 30 min; booked at least 15 min and at most 3 days ahead; moved or canceled until it starts; "
    "1 open per scholar; a time that comes free is kept 2 h for who waits."
)
RESEARCH_WORDS = (
    "45 min, a start every 30 min; booked at least 24 h and at most 28 days ahead; moved or canceled until 4 h before; "
    "2 open per mentor; up to 2 in a series; a time that comes free is kept 2 h for who waits."
)
FAIR_WORDS = (
    "From 2 sessions in a week on, further ones can be booked only 2 days ahead.\nThe last 7 days that can be "
    "booked are kept for first sessions.\nWho never booked is invited once, after 21 days; at most 3 people a day."
)
LEAD_WORDS = "Whoever is more than 3 sessions ahead of the others is left out when a scholar asks for anyone."
ANNOUNCEMENT_WORDS = (
    "Who has not acknowledged one gets a second message after 4 h; staff have a list after 24 h. One approver is asked "
    "alone for 15 min."
)
ATTENTION_WORDS = (
    "Quiet hours: yes, from 22:00 to 08:00 for whoever has set nothing else. Messages a day: 4; more wait for the "
    "digest at 08:30. The week ahead is told on Monday. Morning is at 09:00."
)
GROUP_WORDS = (
    "45 min to begin with; booked at most 90 days ahead; moved or canceled until 1 h before; 5 open per scholar."
)


def an_overview(rules: ProgramRules = RULES, *, without: tuple[Person, ...] | None = ()) -> Overview:
    return Overview(version=3, rules=rules, support=(CLEO, DEV), without_hours=without)


def kind(heading: str, words: str, key: str) -> dict[str, object]:
    change = button("Change", Action.OPEN_KIND_RULES, value=key)
    return section(f"{heading}\n{words}", block_id=f"rules.kind.{key}", accessory=change)


def row(name: str, words: str, action: Action) -> dict[str, object]:
    return section(f"*{name}*\n{words}", block_id=str(action), accessory=button("Change", action))


def group(name: str, words: str, key: str) -> dict[str, object]:
    change = button("Change", Action.OPEN_RULE_GROUP, value=key)
    return section(f"*{name}*\n{words}", block_id=f"{Action.OPEN_RULE_GROUP}.{key}", accessory=change)


def part(rules: ProgramRules, action: Action) -> str:
    """What is said of one part of the rules."""
    view = program_modal(an_overview(rules), today=TODAY)
    [text] = [block["text"]["text"] for block in view["blocks"] if block.get("block_id") == action]
    return str(text).partition("\n")[2]


def test_program_modal_has_each_part_with_the_button_that_changes_it() -> None:
    assert program_modal(an_overview(), today=TODAY) == modal(
        Modal.PROGRAM,
        title=WORDS.TITLE,
        close="Close",
        blocks=[
            context(WORDS.INTRO),
            kind("*Scholar support (coach)*", COACHING_WORDS, COACHING),
            kind("*Community manager*", COMMUNITY_WORDS, COMMUNITY),
            kind("*Community manager, urgent*", URGENT_WORDS, URGENT),
            kind("*Research management (mentor with coach)* Booked by mentors.", RESEARCH_WORDS, RESEARCH),
            kind("*Group session*", GROUP_WORDS, GROUP),
            DIVIDER,
            row("Closed days", WORDS.CLOSED_NONE, Action.OPEN_CLOSED_DAYS),
            row("Phases", WORDS.PHASES_NONE, Action.OPEN_PHASES),
            row("Sharing fairly", FAIR_WORDS, Action.OPEN_FAIR_SHARES),
            row("Shares of the load", f"Everybody takes a full share.\n{LEAD_WORDS}", Action.OPEN_LOAD_SHARES),
            row("Emergency contacts", WORDS.CONTACTS_NONE, Action.OPEN_CONTACTS),
            group("Handing over", "Scholars hear of it at least 3 days ahead.", "handover"),
            group("Technical office hours", "10 min for each to begin with; 12 h at most.", "office_hours"),
            group("Announcements", ANNOUNCEMENT_WORDS, "announcements"),
            group("Deadlines", "Who sets one with less lead time than this is warned: 7 days.", "deadlines"),
            group("Events", "More than this many in a week for the same people are asked about: 3.", "events"),
            group("Quiet hours and digest", ATTENTION_WORDS, "attention"),
            section(f"*Hours*\n{WORDS.HOURS_ALL_SET}", block_id="rules.hours"),
            actions(button(WORDS.HISTORY_BUTTON, Action.OPEN_RULES_HISTORY), block_id="rules.more"),
        ],
    )


def test_kind_with_every_limit_says_them_all() -> None:
    kind = replace(DEFAULT_KINDS[0], buffer_before_minutes=5, notice_minutes=0, horizon_days=1, per_day=4, per_week=15)
    kind = replace(kind, needs_approval=True, per_month=40)

    assert kind_words(kind) == (
        "45 min, a start every 30 min; 5 min kept free before; 15 min kept free after; booked at most 1 day ahead; "
        "moved or canceled until 1 h before; 3 open per scholar; asked for first, and booked with a yes; a time that "
        "comes free is kept 2 h for who waits; shared out fairly; at most 4 a day; at most 15 a week; at most 40 a "
        "month."
    )


def test_kind_that_is_not_offered_or_not_for_scholars_says_so() -> None:
    rules = with_kind(with_kind(RULES, COMMUNITY, is_offered=False), COACHING, booked_by=Role.MENTOR)

    heads = [
        block["text"]["text"].split("\n")[0] for block in program_modal(an_overview(rules), today=TODAY)["blocks"][1:3]
    ]

    assert heads == ["*Scholar support (coach)* Booked by mentors.", "*Community manager* Cannot be booked now."]


def test_closed_days_ahead_are_listed_and_the_rest_is_counted() -> None:
    closed = [closed_days(f"2027-01-{day:02}", name=f"<{day}>") for day in (9, 10, 11, 12, 13, 14, 15, 16, 17)]

    assert part(replace(RULES, closed=tuple(closed)), Action.OPEN_CLOSED_DAYS).split("\n") == [
        *(f"2027-01-{day}: &lt;{day}&gt;" for day in (11, 12, 13, 14, 15)),
        "and 2 more",
        "2 in the past",
    ]


def test_phases_say_what_is_not_offered_in_them() -> None:
    phases = (
        a_phase("2026-01-01", "2026-02-01", name="Before"),
        a_phase("2027-01-01", "2027-01-11", without=(COACHING, COMMUNITY)),
        a_phase("2027-01-12", "2027-02-01", name="<Research>"),
    )

    assert part(replace(RULES, phases=phases), Action.OPEN_PHASES).split("\n") == [
        "2027-01-01 to 2027-01-11: Training, without Scholar support (coach), Community manager",
        "2027-01-12 to 2027-02-01: &lt;Research&gt;",
        "1 in the past",
    ]


def test_what_is_switched_off_of_sharing_says_so() -> None:
    fair = FairShares(sessions_a_week=0, first_days=0, invite_after_days=0)
    rules = replace(RULES, fair=fair, lead_limit=0)

    assert part(rules, Action.OPEN_FAIR_SHARES).split("\n") == [
        WORDS.FAIR_WEEK_OFF,
        WORDS.FAIR_FIRST_OFF,
        WORDS.FAIR_INVITE_OFF,
    ]
    assert part(rules, Action.OPEN_LOAD_SHARES) == f"{WORDS.SHARES_FULL}\n{WORDS.LEAD_OFF}"


def test_one_of_what_is_shared_is_not_said_as_several() -> None:
    rules = replace(RULES, fair=FairShares(sessions_a_week=1, first_days=1, invitations_a_day=1), lead_limit=1)

    assert part(rules, Action.OPEN_FAIR_SHARES).split("\n") == [
        "From 1 session in a week on, further ones can be booked only 2 days ahead.",
        "The last day that can be booked is kept for first sessions.",
        "Who never booked is invited once, after 21 days; at most 1 person a day.",
    ]
    assert part(rules, Action.OPEN_LOAD_SHARES) == (
        f"{WORDS.SHARES_FULL}\n"
        "Whoever is more than 1 session ahead of the others is left out when a scholar asks for anyone."
    )


def test_shares_and_contacts_are_shown_harmless() -> None:
    rules = replace(RULES, weights={"cleo": 50, "gone": 10}, lead_limit=0, contacts="Call <!channel>\nnow")

    assert part(rules, Action.OPEN_LOAD_SHARES).startswith("&lt;Cleo&gt; 50%; everybody else takes a full share.\n")
    assert part(rules, Action.OPEN_CONTACTS) == "Call &lt;!channel&gt;\nnow"


@pytest.mark.parametrize(
    ("without", "words"),
    [
        (None, WORDS.HOURS_UNKNOWN),
        ((), WORDS.HOURS_ALL_SET),
        ((CLEO, DEV), WORDS.HOURS_MISSING.format(names="&lt;Cleo&gt;, Dev")),
    ],
)
def test_hours_name_those_who_have_none(without: tuple[Person, ...] | None, words: str) -> None:
    view = program_modal(an_overview(without=without), today=TODAY)

    assert view["blocks"][-2] == section(f"*Hours*\n{words}", block_id="rules.hours")


def test_saved_modal_says_what_the_change_brings_about() -> None:
    told = [
        Told(effect=Effect.KINDS_APART, names=(COMMUNITY,)),
        Told(effect=Effect.NOBODY_TAKES, names=(RESEARCH,), booked_by=Role.MENTOR),
        Told(effect=Effect.PHASE_WITHOUT_ALL, names=("<Training>", "Break")),
        Told(effect=Effect.LEFTOVER_TOO_LATE, names=(COACHING,)),
    ]

    blocks = saved_modal(told)["blocks"]

    assert saved_modal(told) == modal(Modal.NOTICE, title=WORDS.TITLE, close="Close", blocks=blocks)
    assert blocks[:3] == [
        section(WORDS.SAVED),
        section(WORDS.EFFECTS[Effect.KINDS_APART]),
        section(":warning: Nobody on the roster takes these sessions now, so mentors find no times."),
    ]
    assert blocks[3] == section(
        ":warning: &lt;Training&gt;, Break: scholars can book nothing at all then. Is that what you want?"
    )
    assert blocks[4]["text"]["text"].startswith(":warning: Scholar support (coach): further sessions in a week open")
    assert set(WORDS.EFFECTS) == set(Effect)


def test_history_modal_says_when_who_and_what() -> None:
    at = datetime(2027, 1, 11, 12, tzinfo=UTC)
    changes = (
        Changed(by_id="sam", at=at, before=RULES, after=replace(RULES, contacts="<new>", lead_limit=0)),
        Changed(by_id="gone", at=at, before=RULES, after=replace(RULES, contacts="x")),
    )

    view = history_modal(History(changes=changes, names={"sam": "S & m"}, has_more=True), zone="Europe/London")

    when = when_token(at, "Europe/London")
    assert view == modal(
        Modal.RULES_HISTORY,
        title="History",
        close="Close",
        blocks=[
            section(
                f"{when} · *S &amp; m*\nShares of the load: how far ahead somebody may be 3 → off\n"
                "Emergency contacts: (empty) → &lt;new&gt;"
            ),
            section(f"{when} · *Somebody who has left*\nEmergency contacts: (empty) → x"),
            context("There are older changes; the last 20 are shown."),
        ],
    )


def test_history_of_rules_that_nobody_changed_says_so() -> None:
    view = history_modal(History(changes=(), names={}, has_more=False), zone="UTC")

    assert view["blocks"] == [section(WORDS.HISTORY_NONE)]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (lambda rules: rules, []),
        (
            lambda rules: with_kind(rules, COACHING, length_minutes=60, is_offered=False),
            [
                "Scholar support (coach): can be booked yes → no",
                "Scholar support (coach): length 45 min → 1 h",
            ],
        ),
        (
            lambda rules: with_kind(rules, COMMUNITY, per_day=4, cancel_notice_minutes=30),
            [
                "Community manager: notice to move or cancel none → 30 min",
                "Community manager: a day, per staff member no limit → 4",
            ],
        ),
        (
            lambda rules: replace(rules, closed=(closed_days("2027-03-01"),)),
            ["Closed days removed: 2027-01-01: Retreat", "Closed days added: 2027-03-01: Retreat"],
        ),
        (
            lambda rules: replace(
                rules, phases=(a_phase("2027-01-01", "2027-01-31"), a_phase("2027-03-01", "2027-03-02", name="New"))
            ),
            [
                (
                    "Phases: Training 2027-01-01 to 2027-01-31 (without Scholar support (coach)) → "
                    "2027-01-01 to 2027-01-31 (everything offered)"
                ),
                "Phases removed: 2027-02-01: Old (everything offered)",
                "Phases added: 2027-03-01 to 2027-03-02: New (everything offered)",
            ],
        ),
        (
            lambda rules: replace(rules, fair=FairShares(leftover_hours=24, sessions_a_week=0)),
            [
                "Sharing fairly: sessions a week until others come first 2 → off",
                "Sharing fairly: how shortly ahead those further ones are 2 days → 24 h",
            ],
        ),
        (
            lambda rules: replace(rules, weights={"dev": 150, "gone": 20}),
            [
                "Shares of the load: Cleo 50% → 100%",
                "Shares of the load: Dev 100% → 150%",
                "Shares of the load: Somebody who has left 100% → 20%",
            ],
        ),
        (
            lambda rules: replace(rules, stand_ins={"eli": ("dev", "cleo"), "gone": ("dev",)}),
            [
                "Stand-ins of Eli: Cleo, Somebody who has left → Cleo, Dev",
                "Stand-ins of Somebody who has left: nobody → Dev",
            ],
        ),
        (lambda rules: replace(rules, stand_ins={"eli": ("gone", "cleo")}), []),
        (
            lambda rules: replace(rules, contacts="y" * 500),
            [f"Emergency contacts: Porter: 5 → {'y' * 399}…"],
        ),
    ],
)
def test_change_is_told_from_what_to_what(edit: Callable[[ProgramRules], ProgramRules], lines: list[str]) -> None:
    before = replace(
        RULES,
        closed=(closed_days("2027-01-01"),),
        phases=(
            a_phase("2027-01-01", "2027-01-31", without=(COACHING,)),
            a_phase("2027-02-01", "2027-02-01", name="Old"),
        ),
        weights={"cleo": 50},
        stand_ins={"eli": ("cleo", "gone")},
        contacts="Porter:\n5",
    )

    assert change_lines(before, edit(before), {"cleo": "Cleo", "dev": "Dev", "eli": "Eli"}) == lines
