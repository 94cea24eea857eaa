"""The app's manifest in Slack's schema, made from what the code registers: `python -m bot.manifest` writes it."""

import json
from pathlib import Path
from typing import Any

from bot.scopes import EVENTS, OPTIONAL, REQUIRED
from handlers import texts
from handlers.commands import DESCRIPTIONS
from handlers.ids import Command, Shortcut

PATH = Path(__file__).parent.parent / "deploy" / "manifest.json"


def manifest(*, is_demo: bool = False) -> dict[str, Any]:
    """The manifest for Socket Mode; the demo's has /clock too."""
    commands = [command for command in Command if is_demo or command is not Command.CLOCK]
    return {
        "display_information": {
            "name": texts.forms.APP_NAME,
            "description": "The support desk of a research-mentorship program",
            "background_color": "#1f4e5f",
        },
        "features": {
            # The Messages tab is read-only, so that nobody confides in a place that Slack keeps.
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": texts.forms.APP_NAME, "always_online": True},
            "shortcuts": [
                {
                    "name": texts.booking.BOOK_A_SESSION,
                    "type": "global",
                    "callback_id": Shortcut.BOOK.value,
                    "description": "Book a coaching or community-manager session",
                },
                {
                    "name": texts.announcements.ANNOUNCE_THIS,
                    "type": "message",
                    "callback_id": Shortcut.ANNOUNCE.value,
                    "description": "Begin an announcement with this message (staff)",
                },
            ],
            "slash_commands": [_command(command) for command in commands],
        },
        "oauth_config": {"scopes": {"bot": sorted(REQUIRED | OPTIONAL), "bot_optional": sorted(OPTIONAL)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def written() -> str:
    """The manifest as the file holds it."""
    return json.dumps(manifest(), indent=2) + "\n"


def _command(command: Command) -> dict[str, Any]:
    description, hint = DESCRIPTIONS[command]
    entry: dict[str, Any] = {"command": command.value, "description": description, "should_escape": False}
    return entry | ({"usage_hint": hint} if hint else {})


if __name__ == "__main__":
    PATH.write_text(written(), "utf-8")
