"""Answering HTTP requests of apps: each call meets its fault, is carried out or not, and is recorded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.api.answering import answer
from sandbox.api.arguments import bearer, given
from sandbox.dropping import Dropped
from sandbox.errors import ApiError
from sandbox.faults import Fault, Record
from sandbox.model import Payload
from sandbox.reading import read_json

if TYPE_CHECKING:
    from sandbox.server import Server

TOO_MANY = {"ok": False, "error": "ratelimited"}
URL_ERRORS = {"expired_url", "used_url"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a call is told. `text` replaces the JSON body where Slack answers in plain text."""

    body: Payload
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None

    def as_response(self) -> Response:
        """As HTTP."""
        if self.text is not None:
            return PlainTextResponse(self.text, self.status, self.headers)
        return JSONResponse(self.body, self.status, self.headers)


async def web_api(server: "Server", request: Request) -> Response:
    """A method of the Web API."""
    name = request.path_params["method"]
    try:
        call = await given(request)
    except ApiError as error:
        refusal = Reply(body=error.body())
        return await _serve(server, name, {}, lambda: refusal, caller=bearer(request))

    def work() -> Reply:
        body, headers = answer(server, name, call)
        return Reply(body=body, headers=headers)

    return await _serve(server, name, call.args(), work, caller=call.token())


async def upload(server: "Server", request: Request) -> Response:
    """The bytes of a file, raw or as a form; `upload` is its name for faults and in the log."""
    file_id, content = request.path_params["file_id"], await _content(request)

    def work() -> Reply:
        file = server.workspace.files.get(file_id)
        if file is None or file.is_complete or len(content) != file.length:
            return Reply(body={"ok": False, "error": "no such upload"}, status=400, text="no such upload")
        file.content = content
        return Reply(body={"ok": True}, text=f"OK - {len(content)}")

    return await _serve(server, "upload", {"file_id": file_id, "length": len(content)}, work)


async def response_url(server: "Server", request: Request) -> Response:
    """A post to a response URL; `response_url` is its name for faults and in the log."""
    try:
        args = read_json(await request.body())
    except ValueError:
        return PlainTextResponse("invalid_payload", 400)
    if not isinstance(args, dict):
        return PlainTextResponse("invalid_payload", 400)

    def work() -> Reply:
        try:
            server.response_urls.post(request.path_params["token"], args)
        except ApiError as error:
            return Reply(body=error.body(), status=404 if error.code in URL_ERRORS else 400)
        return Reply(body={"ok": True}, text="ok")

    return await _serve(server, "response_url", args, work)


async def _serve(
    server: "Server", name: str, args: Payload, work: Callable[[], Reply], *, caller: str = ""
) -> Response:
    wait = server.limiter.take(caller, name, _place(server, args))
    if wait is not None:
        _record(server, name, args, TOO_MANY)
        return JSONResponse(TOO_MANY, 429, {"Retry-After": f"{wait:g}"})
    fault = server.faults.take(name, args, caller=caller)
    if fault is not None and fault.strikes_first:
        _record(server, name, args, fault.answer())
        return _struck(fault)
    reply = work()
    _record(server, name, args, reply.body)
    if fault is None:
        return reply.as_response()
    if fault.kind == "slow":
        await server.workspace.clock.sleep(fault.seconds)
        return reply.as_response()
    return _struck(fault)


def _place(server: "Server", args: Payload) -> str:
    """The channel or account a call is for; a DM is its person's, by whichever of the two it is called."""
    place = str(args.get("channel") or "")
    channel = server.workspace.channels.get(place)
    return str(channel.user) if channel is not None and channel.is_im else place


def _struck(fault: Fault) -> Response:
    if fault.kind in {"refuse", "lost_reply"}:
        return Dropped()
    if fault.kind == "ratelimited":
        return JSONResponse(fault.answer(), 429, {"Retry-After": fault.retry_after})
    return JSONResponse(fault.answer(), 500 if fault.kind == "server_error" else 200)


def _record(server: "Server", name: str, args: Payload, body: Payload) -> None:
    now = server.workspace.clock.now()
    server.records.append(Record(method=name, args=args, at=now, is_accepted=bool(body["ok"]), answer=body))


async def _content(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/"):
        return await request.body()
    async with request.form() as form:
        files = [each for each in form.values() if isinstance(each, UploadFile)]
        return await files[0].read() if files else b""
