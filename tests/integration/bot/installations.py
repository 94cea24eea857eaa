"""A whole installation in a folder, connected to the local workspace: stores, key, and the environment it runs with."""

from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings, read_settings
from sandbox.client import SandboxClient
from storage.confidential.keys import create_key_file
from storage.migrations import StoreName
from tests.fakes.clock import NOON
from tests.fixtures.engines import Stores
from tests.fixtures.products import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

NO_FILE = Path("/nowhere/.env")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What an operator has set up."""

    environment: dict[str, str]
    key_file: Path

    def settings(self, **changes: str) -> Settings:
        """Its settings, some of them changed."""
        return read_settings(self.environment | changes, NO_FILE)


def an_installation(workspace: SandboxClient, stores: Stores, folder: Path) -> Installation:
    """Everything as it should be."""
    key_file = folder / "keys" / "keys.json"
    key_file.parent.mkdir(mode=0o700)
    create_key_file(key_file, now=NOON)
    environment = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": workspace.api_url,
        "SCHOLARBOT_PROGRAM_EMAIL": "support@example.org",
        "SCHOLARBOT_PROGRAM_DATABASE_URL": stores.url(StoreName.PROGRAM),
        "SCHOLARBOT_CONFIDENTIAL_DATABASE_URL": stores.url(StoreName.CONFIDENTIAL),
        "SCHOLARBOT_KEY_FILE": str(key_file),
        "SCHOLARBOT_HTTP_PORT": "0",
    }
    return Installation(environment=environment, key_file=key_file)
