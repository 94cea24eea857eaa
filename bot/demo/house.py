"""A fresh installation for the demo: settings, stores, key, roster and everybody's hours."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.clock import SystemClock
from bot.demo.cast import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Row, account_name, write_roster
from bot.roster import bring_in
from bot.settings import LogLevel, Settings, read_settings
from bot.stores import migrate_stores
from bot.wiring import Runtime
from domain.focus import COACHING_AREAS, COMMUNITY_AREAS
from domain.hours import WeeklyHours, WeeklyWindow
from domain.kinds import SessionKind
from domain.people import SUPPORT_ROLES, Person, Role
from domain.places import Place
from services.hours.own import Profile, save_hours, save_profile
from storage.confidential.keys import create_key_file

FOLDER = Path("var/demo")
WORKDAYS = range(5)
MORNING, NOON, ONE, EVENING = 9 * 60, 12 * 60, 13 * 60, 17 * 60
ABOUT = (
    "I like untangling plans and finding the next small step.",
    "Ask me about papers that will not end and talks that will not start.",
    "Former physicist; good with stuck projects.",
    "I help you find out what you want after the program.",
    "Rubber duck, accountability partner, tea drinker.",
)


def demo_settings(api_url: str, folder: Path = FOLDER) -> Settings:
    """Settings of the demo; nothing comes from the environment, so that no real workspace is met by mistake."""
    given = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": api_url,
        "SCHOLARBOT_PROGRAM_EMAIL": "support@example.org",
        "SCHOLARBOT_PROGRAM_DATABASE_URL": f"sqlite:///{folder}/program/program.db",
        "SCHOLARBOT_CONFIDENTIAL_DATABASE_URL": f"sqlite:///{folder}/confidential/confidential.db",
        "SCHOLARBOT_KEY_FILE": str(folder / "keys" / "keys.json"),
        "SCHOLARBOT_HTTP_PORT": "0",
        # Everybody is welcomed before the walk-through begins: a local workspace need not be spared.
        "SCHOLARBOT_POSTS_PER_MINUTE": "6000",
        "SCHOLARBOT_LOG_LEVEL": LogLevel.WARNING.value,
    }
    return read_settings(given, env_file=folder / "none.env")


def prepare(settings: Settings) -> None:
    """A new key and empty stores, in a folder of their own; what an earlier demo left is cleared away."""
    key_file = settings.scholarbot_key_file
    folder = key_file.parent.parent
    shutil.rmtree(folder, ignore_errors=True)
    key_file.parent.mkdir(mode=0o700, parents=True)
    create_key_file(key_file, now=SystemClock().wall())
    migrate_stores(settings)


def import_people(settings: Settings, rows: Sequence[Row]) -> list[str]:
    """Bring in the demo's roster, as `scholarbot roster import` does."""
    folder = settings.scholarbot_key_file.parent.parent
    return bring_in(settings, write_roster(rows, folder / "roster.csv"), recusals=None, dry_run=False)


def set_hours(runtime: Runtime, rows: Sequence[Row], accounts: Mapping[str, str], *, leave_out: str) -> None:
    """Give everybody in support a place, two lines and a week of their own; one sets their week in the walk-through.

    `accounts` are Slack user ids by e-mail address.
    """
    support = runtime.desk.support
    emails = [row["email"] for row in rows if row["role"] in SUPPORT_ROLES]
    for number, email in enumerate(emails):
        staff = runtime.desk.people.who(accounts[email], runtime.desk.team_id)
        save_profile(support, staff, _profile(number, staff, support.kinds_taken_by(staff)))
        if account_name(email) != leave_out:
            save_hours(support, staff, WeeklyHours(zone=staff.zone, windows=_week(number)))


def _profile(number: int, staff: Person, kinds: Sequence[SessionKind]) -> Profile:
    areas = COACHING_AREAS if staff.has(Role.COACH) else COMMUNITY_AREAS
    place = Place(kind="link", detail=f"https://meet.example.org/{staff.name.replace(' ', '.').lower()}")
    return Profile(
        about=ABOUT[number % len(ABOUT)],
        focus_areas=tuple(areas[(number * 2 + step) % len(areas)] for step in range(3)),
        places={kind.key: {"": place} for kind in kinds},
    )


def _week(number: int) -> tuple[WeeklyWindow, ...]:
    days = [day for day in WORKDAYS if day != number % len(WORKDAYS)]
    pairs = [(MORNING, NOON), (ONE, EVENING)]
    return tuple(WeeklyWindow(weekday=day, start_minute=start, end_minute=end) for day in days for start, end in pairs)
