"""The floor: a bare synchronous Bolt app with one listener on the product's web server, and nothing of the product."""

import gc
import logging
import socket
import sys

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from waitress.server import create_server

from benchmarks.names import BOT_TOKEN, BOT_USER, EVENTS_PATH, SIGNING_SECRET, TEAM, THREADS

COMMAND, FORM = "command", "form"
ECHO = "echo"


def echo_app(kind: str) -> App:
    """An app with one listener, for a command or for a submitted form, that answers one word and asks Slack nothing."""
    result = AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=BOT_TOKEN, bot_user_id=BOT_USER)
    app = App(
        signing_secret=SIGNING_SECRET,
        authorize=lambda **_: result,
        process_before_response=True,
        ssl_check_enabled=False,
    )
    if kind == COMMAND:
        app.command("/support")(lambda ack: ack(ECHO))
    else:
        app.view("modal.book")(lambda ack: ack(response_action="errors", errors={"kind": ECHO}))
    return app


def main() -> None:
    """Serve until killed; the command line names the port and what to answer."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it would tell of every request that waits
    site = SlackRequestHandler(echo_app(sys.argv[2]), path=EVENTS_PATH)
    listening = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024)
    server = create_server(site, sockets=[listening], threads=THREADS, ident=None)
    gc.freeze()  # as the product does
    server.run()


if __name__ == "__main__":
    main()
