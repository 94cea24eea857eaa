"""The whole product in HTTP mode with everything it does by the clock; only Slack is replaced, by one that answers.

Settings come from the environment, as the product's own; `python -m ... PORT PROGRAMS COACHES SCHOLARS`.
"""

import os
import sys
from pathlib import Path
from threading import Event

from slack_sdk import WebClient

from benchmarks.house import Size, account_of, residents
from benchmarks.names import BOT_TOKEN, BOT_USER, SIGNING_SECRET, TEAM
from benchmarks.servers.messenger import InstantMessenger
from bot.clock import SystemClock
from bot.ids import RandomIds
from bot.logs import start_logging
from bot.main import serve
from bot.scopes import REQUIRED
from bot.settings import Settings, read_settings
from bot.stores import Stores, opened_stores
from bot.wiring import Options, Outside, Runtime, build
from bot.workspace import Workspace

WORKSPACE = Workspace(team_id=TEAM, bot_user_id=BOT_USER, bot_id="B0", scopes=REQUIRED)


def product(settings: Settings, stores: Stores, size: Size) -> Runtime:
    """The product as `scholarbot run` wires it."""
    outside = Outside(
        clock=SystemClock(),
        ids=RandomIds(),
        messenger=InstantMessenger([account_of(each) for each in residents(size)]),
        client=WebClient(token=BOT_TOKEN),
        workspace=WORKSPACE,
        program=stores.program,
        confidential=stores.confidential,
    )
    options = Options(
        organizer=settings.scholarbot_program_email,
        signing_secret=SIGNING_SECRET,
        posts_per_minute=settings.scholarbot_posts_per_minute,
    )
    return build(outside, options)


def main() -> None:
    """Serve until killed."""
    port, *numbers = map(int, sys.argv[1:])
    settings = read_settings({**os.environ, "SCHOLARBOT_HTTP_PORT": str(port)}, env_file=Path(os.devnull))
    start_logging(settings.scholarbot_log_level, settings.scholarbot_log_format)
    with opened_stores(settings, clock=SystemClock(), ids=RandomIds()) as stores:
        serve(product(settings, stores, Size(*numbers)), settings, stop=Event())


if __name__ == "__main__":
    main()
