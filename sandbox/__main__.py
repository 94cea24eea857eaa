"""`python -m sandbox`: run a workspace on loopback until a signal ends it."""

import argparse
import json
import socket
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.applications import Starlette

from sandbox.hosting import hosting
from sandbox.limits import Limits
from sandbox.seed import Seed
from sandbox.server import Server, create_app
from sandbox.workspace import Workspace

HOST = "127.0.0.1"


def main() -> None:
    """Read the seed, bind, say where, serve."""
    parser = argparse.ArgumentParser(prog="sandbox", description="A local Slack workspace.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--seed", type=Path, help="JSON file with team, users, channels and apps")
    parser.add_argument("--page", action="store_true", help="serve the page to act as anyone")
    parser.add_argument("--limits", type=float, metavar="SCALE", help="enforce Slack's rate limits, times so much")
    parser.add_argument("--until-stdin-ends", action="store_true", help="end when whoever started it has gone")
    options = parser.parse_args()
    seed = Seed.model_validate_json(options.seed.read_text("utf-8")) if options.seed else Seed()
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, options.port))
        listener.listen(2048)
        limits = Limits(scale=options.limits) if options.limits else None
        server = Server(Workspace(seed), limits)
        server.listen_on(f"http://{HOST}:{listener.getsockname()[1]}")
        app = _with_page(server) if options.page else create_app(server)
        sys.stdout.write(json.dumps({"url": server.url}) + "\n")
        sys.stdout.flush()
        serving = uvicorn.Server(hosting(app))
        if options.until_stdin_ends:
            Thread(target=_end_with_stdin, args=(serving,), daemon=True).start()
        with suppress(KeyboardInterrupt):  # uvicorn ends in order, then raises it once more
            serving.run(sockets=[listener])


def _end_with_stdin(serving: uvicorn.Server) -> None:
    sys.stdin.read()
    serving.should_exit = True


def _with_page(server: Server) -> Starlette:
    # Imported here, because the core must run where the page's library is not installed.
    from sandbox.page import mount_page  # noqa: PLC0415

    return mount_page(server)


if __name__ == "__main__":
    main()
