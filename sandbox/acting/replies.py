"""What an app's answer to a slash command shows in the conversation."""

from sandbox.acting.escaping import as_stored
from sandbox.acting.outcome import UNREADABLE, Outcome
from sandbox.errors import ApiError
from sandbox.messages import posted
from sandbox.model import App, Channel, Message, Payload, User
from sandbox.workspace import Workspace


def show_reply(workspace: Workspace, app: App, channel: Channel, user: User, line: str, body: Payload) -> Outcome:
    """Show the answer to whoever typed the line; with `in_channel` everybody sees both, the line first."""
    is_public = body.get("response_type") == "in_channel"
    has_content = bool(body.get("text") or body.get("blocks"))
    try:
        reply = (
            posted(workspace, app, channel, body, visible_to=None if is_public else user.id) if has_content else None
        )
    except ApiError as error:
        return Outcome(error=UNREADABLE, detail=str(error.body()))
    if is_public:
        typed = Message(ts=workspace.ids.ts(), channel=channel.id, user=user.id, text=as_stored(line))
        workspace.post(channel, typed)
    if reply is not None:
        reply.ts = workspace.ids.ts()
        workspace.post(channel, reply)
    return Outcome()
