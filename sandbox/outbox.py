"""Posts scheduled messages when the workspace's clock reaches their time."""

import asyncio
from dataclasses import replace

from sandbox.errors import ApiError
from sandbox.membership import channel_to_write_in
from sandbox.scheduled import ScheduledMessage
from sandbox.workspace import Workspace


class Outbox:
    """One waiting task for each message."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._waiting: dict[str, asyncio.Task[None]] = {}

    def keep(self, scheduled: ScheduledMessage) -> None:
        """Wait for its time."""
        self._workspace.scheduled[scheduled.id] = scheduled
        self._waiting[scheduled.id] = asyncio.create_task(self._post(scheduled))

    def drop(self, scheduled: ScheduledMessage) -> None:
        """Forget it."""
        del self._workspace.scheduled[scheduled.id]
        self._waiting.pop(scheduled.id).cancel()

    def reset(self) -> None:
        """Forget all."""
        for task in self._waiting.values():
            task.cancel()
        self._waiting.clear()

    async def _post(self, scheduled: ScheduledMessage) -> None:
        await self._workspace.clock.sleep(scheduled.post_at - self._workspace.clock.now())
        self._waiting.pop(scheduled.id, None)
        self._workspace.scheduled.pop(scheduled.id, None)
        app = self._workspace.app_by_id(scheduled.app_id)
        try:
            channel = channel_to_write_in(self._workspace, app, scheduled.channel_id)
        except ApiError:  # nobody is told
            return
        if scheduled.message.metadata is None:
            self._workspace.post(channel, replace(scheduled.message, ts=self._workspace.ids.ts()))
