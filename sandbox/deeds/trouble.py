"""Making trouble, and moving time."""

from typing import TYPE_CHECKING

from sandbox.errors import Refused
from sandbox.faults import Fault
from sandbox.limits import Limits
from sandbox.model import Payload

if TYPE_CHECKING:
    from sandbox.server import Server


async def add_fault(server: "Server", body: Payload) -> Payload:
    """Arm a fault; the arguments are the fields of `sandbox.faults.Fault`."""
    server.faults.add(Fault(**body))
    return {}


async def clear_faults(server: "Server", _body: Payload) -> Payload:
    """Disarm all faults."""
    server.faults.clear()
    return {}


async def limits(server: "Server", body: Payload) -> Payload:
    """Enforce Slack's rate limits; the arguments are the fields of `sandbox.limits.Limits`."""
    server.limiter.enforce(Limits(**body))
    return {}


async def lift_limits(server: "Server", _body: Payload) -> Payload:
    """Enforce no rate limits any more."""
    server.limiter.enforce(None)
    return {}


async def sockets(server: "Server", body: Payload) -> Payload:
    """Do `what` to every socket.

    refresh: warn now, close ten seconds of the workspace's time later; disable: as if Socket Mode had been switched
    off; cut: break off without a word.
    """
    what = body.get("what")
    if what not in {"refresh", "disable", "cut"}:
        raise Refused("sockets can be refreshed, disabled or cut")
    for app in server.workspace.apps.values():
        if what == "refresh":
            await server.sockets.refresh(app)
        elif what == "disable":
            await server.sockets.disable(app)
        else:
            server.sockets.cut(app)
    return {}


async def clock(server: "Server", body: Payload) -> Payload:
    """Move the workspace's time forward by `seconds`; `retry_delays` replaces the pauses between tries of an event."""
    seconds = float(body.get("seconds", 0))
    if seconds < 0:
        raise Refused("time only goes forward")
    server.workspace.clock.advance(seconds)
    if "retry_delays" in body:
        server.transport.retry_delays = tuple(body["retry_delays"])
    return {"now": server.workspace.clock.now()}
