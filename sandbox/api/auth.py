"""auth.test, apps.connections.open, team.info."""

from sandbox.api.registry import Call, Method, codes
from sandbox.model import Payload


def auth_test(call: Call) -> Payload:
    """Who the token is."""
    app = call.app
    return {
        "url": f"{call.server.url}/",
        "team": call.workspace.team_name,
        "user": call.workspace.users[app.bot_user].name,
        "team_id": call.workspace.team_id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Payload:
    """A ticket for one socket. Where Socket Mode is off, the socket itself says so."""
    return {"url": call.server.socket_url(call.app)}


def team_info(call: Call) -> Payload:
    """The team."""
    workspace = call.workspace
    return {"team": {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.team_domain}}


METHODS = {
    "auth.test": Method(run=auth_test),
    "apps.connections.open": Method(
        run=connections_open, bearer="app", scope="connections:write", errors=codes("insecure_request")
    ),
    "team.info": Method(run=team_info, scope="team:read"),
}
