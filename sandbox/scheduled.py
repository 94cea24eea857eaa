"""A message that waits for its time."""

from dataclasses import dataclass

from sandbox.model import Message, Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledMessage:
    """`message` is made already, and gets its timestamp when it is posted. Times are epoch seconds."""

    id: str
    app_id: str
    channel_id: str
    post_at: int
    created: int
    message: Message

    def as_slack_shows(self) -> Payload:
        """An entry of chat.scheduledMessages.list."""
        return {
            "id": self.id,
            "channel_id": self.channel_id,
            "post_at": self.post_at,
            "date_created": self.created,
            "text": self.message.text,
        }
