"""The floor: a bare synchronous Bolt app with one listener, on the product's own server. `python -m ... THREADS`."""

import gc
import sys
from threading import Event

from prometheus_client import CollectorRegistry
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from benchmarks.load.signing import SIGNING_SECRET
from bot.web import Site, WebServer

ECHO = "echo"


def echo_app() -> App:
    """An app that answers one command with one word and asks Slack nothing."""
    result = AuthorizeResult(enterprise_id=None, team_id="T0MEASURED", bot_token="unused", bot_user_id="U0BOT")  # noqa: S106
    app = App(
        signing_secret=SIGNING_SECRET,
        authorize=lambda **_: result,
        process_before_response=True,
        ssl_check_enabled=False,
    )

    @app.command("/support")
    def echo(ack: Ack) -> None:
        ack(ECHO)

    return app


def main() -> None:
    """Serve until killed; the port is printed."""
    site = Site(echo_app(), health=dict, readiness=dict, registry=CollectorRegistry())
    server = WebServer(site, host="127.0.0.1", port=0, threads=int(sys.argv[1]))
    gc.freeze()
    server.start()
    print(server.port, flush=True)
    Event().wait()


if __name__ == "__main__":
    main()
