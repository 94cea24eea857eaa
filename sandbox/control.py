"""The control API: tests, demos and the page's author speak and click as anyone, make trouble, read what happened."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.deeds import acting, changing, seeing, trouble
from sandbox.errors import ApiError, Refused
from sandbox.model import Payload

if TYPE_CHECKING:
    from sandbox.server import Server

Deed = Callable[["Server", Payload], Awaitable[Payload]]

DEEDS: dict[str, Deed] = {
    "act": acting.act,
    "open_home": acting.open_home,
    "redeliver": acting.redeliver,
    "deliver": acting.deliver,
    "verify_url": acting.verify_url,
    "state": seeing.state,
    "eyes": seeing.eyes,
    "wait": seeing.wait,
    "calls": seeing.calls,
    "times": seeing.times,
    "count_calls": seeing.count_calls,
    "deliveries": seeing.deliveries,
    "file": seeing.file,
    "fault": trouble.add_fault,
    "faults/clear": trouble.clear_faults,
    "limits": trouble.limits,
    "limits/lift": trouble.lift_limits,
    "sockets": trouble.sockets,
    "clock": trouble.clock,
    "join": changing.join,
    "change_user": changing.change_user,
    "invite": changing.invite,
    "remove": changing.remove,
    "archive": changing.archive,
    "unarchive": changing.unarchive,
    "reset": changing.reset,
}
"""What can be done, by the end of its address: POST /_control/<name> with a JSON object."""


def routes(server: "Server") -> list[Route]:
    """One POST route for each deed."""
    return [Route(f"/_control/{name}", _endpoint(server, deed), methods=["POST"]) for name, deed in DEEDS.items()]


def _endpoint(server: "Server", deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await request.json() if await request.body() else {}
        try:
            return JSONResponse(await deed(server, body))
        except Refused as refusal:
            return JSONResponse({"refused": str(refusal)}, status_code=409)
        except ApiError as error:
            return JSONResponse({"refused": error.code}, status_code=409)
        except (KeyError, ValidationError) as error:
            return JSONResponse({"refused": f"missing or unknown: {error}"}, status_code=409)

    return endpoint
