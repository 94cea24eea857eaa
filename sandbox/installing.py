"""Installing an app from its manifest: what it is granted, and the bot that speaks for it."""

from sandbox.ids import Ids
from sandbox.model import App, Payload
from sandbox.seed import SeedApp, SeedUser


def installed(seed: SeedApp, ids: Ids) -> tuple[App, SeedUser]:
    """The app and its bot's account."""
    name = _name(seed.manifest)
    bot = SeedUser(id=ids.new("U"), name=name.lower().replace(" ", "-"), real_name=name, is_bot=True, tz="UTC")
    app = App(
        id=ids.new("A"),
        name=name,
        bot_user=str(bot.id),
        bot_id=ids.new("B"),
        bot_token=seed.bot_token,
        app_token=seed.app_token,
        signing_secret=seed.signing_secret,
        transport=seed.transport,
        request_url=seed.request_url,
        scopes=frozenset(_granted(seed)),
        app_token_scopes=frozenset(seed.app_token_scopes),
        manifest=seed.manifest,
    )
    return app, bot


def _name(manifest: Payload) -> str:
    bot: Payload = manifest.get("features", {}).get("bot_user", {})
    return str(bot.get("display_name") or manifest.get("display_information", {}).get("name") or "bot")


def _granted(seed: SeedApp) -> list[str]:
    asked: list[str] = seed.manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    return asked if seed.granted_scopes is None else [each for each in asked if each in seed.granted_scopes]
