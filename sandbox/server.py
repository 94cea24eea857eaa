"""The HTTP and WebSocket server: the Web API, uploads, response URLs, sockets and the control API."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from sandbox import control
from sandbox.api.registry import Call, Method
from sandbox.api.table import METHODS
from sandbox.delivery.sockets import Sockets
from sandbox.delivery.transport import Transport
from sandbox.dropping import Dropped
from sandbox.errors import ApiError
from sandbox.faults import Fault, Faults, Record
from sandbox.interactions import Interactions
from sandbox.model import App, Payload
from sandbox.response_urls import ResponseUrls
from sandbox.workspace import Workspace

JSON_ARGS = {"blocks", "view", "metadata", "files", "message", "attachments"}


class Server:
    """Everything that runs for one workspace; the page and the control API use the same objects."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.sockets = Sockets()
        self.transport = Transport(workspace.clock, self.sockets)
        self.response_urls = ResponseUrls(workspace)
        self.interactions = Interactions(workspace, self.transport, self.response_urls)
        self.faults = Faults()
        self.records: list[Record] = []
        self.url = ""
        self.changes = asyncio.Condition()

    def listen_on(self, url: str) -> None:
        """Tell where we can be reached, once it is known."""
        self.url = self.response_urls.base_url = url

    def socket_url(self, app: App) -> str:
        """A URL for one socket."""
        base = self.url.replace("http://", "ws://")
        return f"{base}/link/?ticket={self.sockets.ticket(app)}&app_id={app.id}"


def create_app(server: Server) -> Starlette:
    """The ASGI application, to which a page can be mounted."""

    async def web_api(request: Request) -> Response:
        return await _serve_method(server, request)

    async def upload(request: Request) -> Response:
        file = server.workspace.files.get(request.path_params["file_id"])
        content = await request.body()
        if file is None or len(content) != file.length:
            return PlainTextResponse("no such upload, or of another length", status_code=400)
        file.content = content
        return PlainTextResponse("OK")

    async def response_url(request: Request) -> Response:
        try:
            server.response_urls.post(request.path_params["token"], await request.json())
        except ApiError as error:
            return JSONResponse(error.body(), status_code=404)
        except json.JSONDecodeError:
            return JSONResponse({"ok": False, "error": "invalid_payload"}, status_code=400)
        return PlainTextResponse("ok")

    async def link(socket: WebSocket) -> None:
        await server.sockets.serve(socket)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await server.transport.close()

    routes = [
        Route("/api/{method}", web_api, methods=["GET", "POST"]),
        Route("/upload/{file_id}", upload, methods=["POST"]),
        Route("/response/{token}", response_url, methods=["POST"]),
        WebSocketRoute("/link/", link),
        *control.routes(server),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


async def _serve_method(server: Server, request: Request) -> Response:
    name = request.path_params["method"]
    args, token = await _arguments(request)
    fault = server.faults.take(name, args)
    if fault is not None and fault.kind in ("ratelimited", "error", "refuse"):
        return _struck(server, name, args, fault)
    if fault is not None and fault.kind == "server_error" and not fault.is_done:
        return _struck(server, name, args, fault)
    answer, headers = _answer(server, name, args, token)
    server.records.append(
        Record(method=name, args=args, at=server.workspace.clock.now(), is_accepted=bool(answer["ok"]), answer=answer)
    )
    if fault is not None and fault.kind == "lost_reply":
        return Dropped()
    if fault is not None and fault.kind == "server_error":
        return PlainTextResponse("internal error", status_code=500)
    if fault is not None:
        await asyncio.sleep(fault.seconds)
    return JSONResponse(answer, headers=headers)


def _struck(server: Server, name: str, args: Payload, fault: Fault) -> Response:
    answer: Payload = {"ok": False, "error": "ratelimited" if fault.kind == "ratelimited" else fault.error}
    server.records.append(
        Record(method=name, args=args, at=server.workspace.clock.now(), is_accepted=False, answer=answer)
    )
    if fault.kind == "refuse":
        return Dropped()
    if fault.kind == "ratelimited":
        return JSONResponse(answer, status_code=429, headers={"Retry-After": str(int(fault.seconds))})
    return JSONResponse(answer, status_code=500 if fault.kind == "server_error" else 200)


def _answer(server: Server, name: str, args: Payload, token: str) -> tuple[Payload, dict[str, str]]:
    try:
        app, method = _authorized(server, name, token)
        for required in method.required:
            if args.get(required) in (None, ""):
                raise ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] missing {required}"]})
        result = method.run(Call(app=app, workspace=server.workspace, args=args, server=server))
    except ApiError as error:
        return error.body(), {}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {"ok": False, "error": "invalid_arguments"}, {}
    return {"ok": True, **result}, {"x-oauth-scopes": ",".join(sorted(app.scopes))}


def _authorized(server: Server, name: str, token: str) -> tuple[App, Method]:
    if not token:
        raise ApiError("not_authed")
    method = METHODS.get(name)
    if method is None:
        raise ApiError("unknown_method", req_method=name)
    for app in server.workspace.apps.values():
        if token == (app.bot_token if method.token == "bot" else app.app_token):  # noqa: S105 the kind of token
            break
        if token in (app.bot_token, app.app_token):
            raise ApiError("not_allowed_token_type")
    else:
        raise ApiError("invalid_auth")
    if method.scope is not None and method.scope not in app.scopes:
        raise ApiError("missing_scope", needed=method.scope, provided=",".join(sorted(app.scopes)))
    return app, method


async def _arguments(request: Request) -> tuple[Payload, str]:
    """Arguments from the query, a form, JSON or multipart, merged; and the token, from the header or among them."""
    args: Payload = dict(request.query_params)
    content_type = request.headers.get("content-type", "")
    body = await request.body()
    if body and content_type.startswith("application/json"):
        given: Any = json.loads(body)
        args |= given if isinstance(given, dict) else {}
    elif body and content_type.startswith("multipart/"):
        async with request.form() as form:
            args |= {key: value for key, value in form.items() if isinstance(value, str)}
    elif body:
        args |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    for name in JSON_ARGS & set(args):
        if isinstance(args[name], str):
            args[name] = json.loads(args[name])
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    token = bearer if scheme.lower() == "bearer" else str(args.get("token", ""))
    args.pop("token", None)
    return args, token
