"""The people of the demo, from its roster, as accounts of a local workspace."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from bot.manifest import manifest
from domain.people import Role
from sandbox.seed import Seed, SeedApp, SeedChannel, SeedUser

ROSTER = Path(__file__).parent / "roster.csv"
BOT_TOKEN = "xoxb-demo"  # noqa: S105 a workspace on loopback that ends with the demo
APP_TOKEN = "xapp-demo"  # noqa: S105
SIGNING_SECRET = "demo"  # noqa: S105
GUEST_EVERY = 3
"""Every third mentor is from outside and a guest, as in a real cohort."""

SINCE, AHEAD = timedelta(days=60), timedelta(days=270)
"""How long the program has been going on, and goes on: the walk-through moves the time by a month, people by more."""

Row = Mapping[str, str]


def roster_rows(today: date) -> list[Row]:
    """The demo's roster, a row per person and role, with a program that is under way whenever the demo is played."""
    days = {"from": (today - SINCE).isoformat(), "to": (today + AHEAD).isoformat()}
    with ROSTER.open(encoding="utf-8", newline="") as file:
        return [row | days for row in csv.DictReader(file)]


def write_roster(rows: Sequence[Row], path: Path) -> Path:
    """The rows as a file that can be imported."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def account_name(email: str) -> str:
    """The user name of an account: what stands before the @."""
    return email.partition("@")[0]


def workspace_seed(rows: Sequence[Row]) -> Seed:
    """A workspace with an account for each person, one channel for all, and the bot installed."""
    people = {row["email"]: row for row in rows}
    mentors = [row["email"] for row in rows if row["role"] == Role.MENTOR]
    guests = set(mentors[::GUEST_EVERY])
    users = [
        SeedUser(
            name=account_name(email),
            real_name=row["name"],
            email=email,
            tz=row["zone"],
            title=row["role"].replace("_", " ").capitalize(),
            is_restricted=email in guests,
            is_admin=row["role"] == Role.STAFF,
        )
        for email, row in people.items()
    ]
    bot = SeedApp(
        manifest=manifest(is_demo=True), bot_token=BOT_TOKEN, app_token=APP_TOKEN, signing_secret=SIGNING_SECRET
    )
    general = SeedChannel(name="general", members=[user.name for user in users])
    return Seed(team_name="Summer Research", team_domain="summer", users=users, channels=[general], apps=[bot])


def with_role(rows: Sequence[Row], role: Role) -> list[str]:
    """Account names of those with a role, in the roster's order."""
    return list(dict.fromkeys(account_name(row["email"]) for row in rows if row["role"] == role))
