"""Slack's numbers, as `docs.slack.dev` gives them; what they do is shown in the integration tests."""

from sandbox import messages, response_urls, triggers, workspace
from sandbox.api import chat, conversations, files, scheduled
from sandbox.blockkit import validator
from sandbox.delivery import sockets, transport, wire

DAY_SECONDS = 24 * 3600


def test_numbers_are_slacks() -> None:
    numbers = {
        "seconds to acknowledge": wire.ACK_SECONDS,
        "seconds of a trigger": triggers.LIFE_SECONDS,
        "posts to a response URL": response_urls.POSTS_MAX,
        "seconds of a response URL": response_urls.LIFE_SECONDS,
        "modals in a stack": workspace.MODALS_MAX,
        "blocks of a message": validator.MESSAGE_BLOCKS_MAX,
        "blocks of a view": validator.VIEW_BLOCKS_MAX,
        "bytes of a view": validator.VIEW_BYTES_MAX,
        "characters of a message": messages.TEXT_MAX,
        "characters of an update": chat.UPDATE_TEXT_MAX,
        "pauses before the retries of an event": transport.RETRY_DELAYS_SECONDS,
        "sockets of an app": sockets.CONNECTIONS_MAX,
        "seconds between warning and refresh": sockets.WARNING_SECONDS,
        "people in a new conversation": conversations.IM_USERS_MAX,
        "bytes of a file": files.FILE_BYTES_MAX,
        "seconds ahead of a scheduled message": scheduled.FAR_SECONDS,
        "scheduled messages in five minutes": (scheduled.WINDOW_MAX, scheduled.WINDOW_SECONDS),
    }

    assert numbers == {
        "seconds to acknowledge": 3.0,
        "seconds of a trigger": 3.0,
        "posts to a response URL": 5,
        "seconds of a response URL": 1800,
        "modals in a stack": 3,
        "blocks of a message": 50,
        "blocks of a view": 100,
        "bytes of a view": 250_000,
        "characters of a message": 40_000,
        "characters of an update": 4000,
        "pauses before the retries of an event": (0.0, 60.0, 300.0),
        "sockets of an app": 10,
        "seconds between warning and refresh": 10.0,
        "people in a new conversation": 8,
        "bytes of a file": 1_000_000_000,
        "seconds ahead of a scheduled message": 120 * DAY_SECONDS,
        "scheduled messages in five minutes": (30, 300),
    }
