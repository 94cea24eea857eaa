"""The Bolt app: signature check, no Slack call to authorize a request, and one listener for each kind of payload."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.workspace import Workspace
from handlers.router import Router

_NAME = "scholarbot"
_APP_LOGGER = "slack_bolt.App"


def bolt_app(client: WebClient, router: Router, *, workspace: Workspace, signing_secret: str) -> App:
    """A synchronous app that answers only when its listener is done (`process_before_response`).

    Without that Bolt polls for the acknowledgement every ten milliseconds on five workers. Listeners therefore do
    local database work and nothing slow.
    """
    result = AuthorizeResult(
        enterprise_id=None,
        team_id=workspace.team_id,
        bot_token=client.token,
        bot_user_id=workspace.bot_user_id,
        bot_id=workspace.bot_id,
    )

    def authorize(**_context: Any) -> AuthorizeResult:
        return result

    with _unwarned():
        app = App(
            name=_NAME,  # else Bolt looks for the caller's in the whole stack, which takes longer than all the rest
            client=client,
            signing_secret=signing_secret,
            authorize=authorize,
            process_before_response=True,
            ssl_check_enabled=False,
            url_verification_enabled=True,
            ignoring_self_events_enabled=True,
            attaching_function_token_enabled=False,  # a workflow's token, which no call of ours is made with
        )
    router.register(app)
    return app


@contextmanager
def _unwarned() -> Iterator[None]:
    """Without Bolt's warnings that it will not use the client's token, nor the one it found in the environment.

    It should not: `authorize` names the token of every request, and no call is made with any other.
    """
    logging.getLogger(_APP_LOGGER).addFilter(_is_about_something_else)
    try:
        yield
    finally:
        logging.getLogger(_APP_LOGGER).removeFilter(_is_about_something_else)


def _is_about_something_else(record: logging.LogRecord) -> bool:
    return "`token`" not in record.getMessage()
