"""Views, Home tabs and private answers: a small bounded executor that calls Slack after the acknowledgement.

These calls are worth nothing when late: a trigger dies after three seconds. So nothing is stored or retried; a call
whose trigger is too old is dropped and counted, and the person is told to press again.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from threading import Event, Lock, local
from typing import Any

from domain.delivery import DeliveryError
from domain.errors import DomainError, StoreAway, StoreBusy
from domain.ports import Clock, Message, Messenger, View
from handlers import texts
from handlers.homes import Homes, HomesOf
from handlers.reply import FollowUp, OpenView, PushView, RefreshHome, Respond, Screen, UpdateUnder, UpdateView
from handlers.request import Envelope

TRIGGER_LIFE_SECONDS = 2.5
"""Slack's three seconds, less the way there."""

_Handed = dict[Future[None], tuple[Screen, Envelope | None]]
"""What is on its way, and for whose request."""

logger = logging.getLogger(__name__)


class Screens:
    """Shows screens in the background. `capacity` bounds how many wait, so a slow Slack cannot eat the memory."""

    def __init__(
        self,
        messenger: Messenger,
        clock: Clock,
        *,
        homes_of: HomesOf,
        tell_late: Callable[[str], None],
        workers: int = 4,
        capacity: int = 256,
    ) -> None:
        self._messenger = messenger
        self._clock = clock
        self._homes = Homes(messenger, homes_of)
        self._tell_late = tell_late
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="screens")
        self._capacity = capacity
        self._handed: _Handed = {}
        self._closing = Event()
        self._dropped = 0
        self._guard = Lock()
        self._held_back = local()

    @property
    def dropped(self) -> int:
        """How many screens came too late, found no room or could not be shown; a metric."""
        return self._dropped

    def show(self, envelope: Envelope, screens: tuple[Screen, ...]) -> None:
        """Hand the screens over and return at once; follow-ups wait until `answered` is called in this thread."""
        self._held_back.handing = [
            partial(self._hand, envelope, each) for each in screens if isinstance(each, FollowUp)
        ]
        for screen in screens:
            if not isinstance(screen, FollowUp):
                self._hand(envelope, screen)

    def answered(self) -> None:
        """The answer to the request of this thread is on its way to Slack: what is to come after it may.

        What came before it would be overwritten by the modal that the answer brings.
        """
        held_back = getattr(self._held_back, "handing", [])
        self._held_back.handing = []
        for hand in held_back:
            hand()

    def refresh_homes(self, *person_ids: str) -> None:
        """Publish these people's Home tabs anew though nobody pressed anything; they are also drawn when opened."""
        self._hand_over(RefreshHome(person_ids), None, partial(self._homes.draw, person_ids))

    def close(self, *, seconds: float) -> None:
        """Drop what has not begun, tell whoever waits for a modal, and wait so long at most for the rest.

        The rest is what runs, and the private answers: nobody asks for those again. To finish all of it could take
        minutes while Slack hangs, and a process that is to end is killed before.
        """
        with self._guard:
            self._closing.set()
            self._homes.stop()
            handed = dict(self._handed)
        answers = {future for future, (screen, _) in handed.items() if isinstance(screen, Respond)}
        dropped = self._drop_waiting(handed, [future for future in handed if future not in answers])
        self._pool.shutdown(wait=False)
        waiting = dict.fromkeys(filter(None, (_who_waits(*what) for what in dropped)))
        for slack_user_id in waiting:
            if not self._told_late(slack_user_id):
                break  # a store that is away is asked once
        wait([future for future in handed if not future.cancelled()], timeout=seconds)
        self._drop_waiting(handed, answers)

    def _drop_waiting(self, handed: _Handed, which: Iterable[Future[None]]) -> list[tuple[Screen, Envelope | None]]:
        """Those of them that had not begun, counted and logged: what sort they were, and nothing of what they say."""
        dropped = [handed[future] for future in which if future.cancel()]
        self._count_dropped(len(dropped))
        for screen, number in Counter(type(screen).__name__ for screen, _ in dropped).items():
            logger.warning("screens dropped at the end", extra={"screen": screen, "number": number})
        return dropped

    def _hand(self, envelope: Envelope, screen: Screen) -> None:
        self._hand_over(screen, envelope, partial(self._show, envelope, screen))

    def _hand_over(self, screen: Screen, envelope: Envelope | None, show: Callable[[], None]) -> None:
        if not self._found_room(screen, envelope, show):
            self._turn_away(screen, envelope)

    def _found_room(self, screen: Screen, envelope: Envelope | None, show: Callable[[], None]) -> bool:
        with self._guard:
            if self._closing.is_set() or len(self._handed) >= self._capacity:
                return False
            future = self._pool.submit(self._run, screen, show)
            self._handed[future] = (screen, envelope)
        future.add_done_callback(self._leave)
        return True

    def _turn_away(self, screen: Screen, envelope: Envelope | None) -> None:
        """No room: no call to Slack either, only a row in the ledger for somebody who waits for a modal."""
        self._count_dropped()
        slack_user_id = _who_waits(screen, envelope)
        if slack_user_id is not None:
            self._told_late(slack_user_id)

    def _told_late(self, slack_user_id: str) -> bool:
        """False when the store does not take it, for anybody."""
        try:
            self._tell_late(slack_user_id)
        except DomainError as error:
            logger.warning("lateness not told", extra={"error": type(error).__name__})
            return not isinstance(error, StoreAway | StoreBusy)
        return True

    def _count_dropped(self, number: int = 1) -> None:
        with self._guard:
            self._dropped += number

    def _leave(self, done: Future[None]) -> None:
        del self._handed[done]

    def _run(self, screen: Screen, show: Callable[[], None]) -> None:
        try:
            show()
        except (DeliveryError, DomainError) as error:
            self._count_dropped()
            logger.warning("screen not shown", extra={"screen": type(screen).__name__, "error": type(error).__name__})
        except Exception:  # the end of a background thread: nobody above could handle it
            self._count_dropped()
            logger.exception("screen failed", extra={"screen": type(screen).__name__})

    def _show(self, envelope: Envelope, screen: Screen) -> None:
        match screen:
            case OpenView() | PushView() if self._is_late(envelope):
                self._drop(envelope)
            case OpenView(view, then):
                self._and_then(self._messenger.open_view(trigger_id=str(envelope.trigger_id), view=view), then)
            case PushView(view, then):
                self._and_then(self._messenger.push_view(trigger_id=str(envelope.trigger_id), view=view), then)
            case UpdateView(view) if envelope.view is not None:
                shown, seen = envelope.view["id"], envelope.view.get("hash")
                self._messenger.update_view(view_id=shown, view=_made(view), view_hash=seen)
            case FollowUp() if envelope.view is not None:
                self._follow_up(str(envelope.view["id"]), screen)
            case UpdateUnder(previous=previous, root=root) if envelope.view is not None:
                self._update_under(envelope.view, previous, root)
            case Respond(message, replace) if envelope.response_url is not None:
                self._messenger.respond(response_url=envelope.response_url, message=message, replace=replace)
            case RefreshHome(person_ids):
                self._homes.draw(person_ids)

    def _and_then(self, view_id: str, then: FollowUp | None) -> None:
        if then is not None:
            self._follow_up(view_id, then)

    def _follow_up(self, view_id: str, more: FollowUp) -> None:
        made = more.view()
        if made is None:
            return
        self._messenger.update_view(view_id=view_id, view=made)
        # What was pressed while that was on its way to Slack was saved before it was shown: so it is seen here.
        now = more.moved_on()
        if now is not None:
            self._messenger.update_view(view_id=view_id, view=now)

    def _update_under(
        self, view: Mapping[str, Any], previous: View | Callable[[], View], root: Callable[[], View] | None
    ) -> None:
        previous_id, root_id = view.get("previous_view_id"), view.get("root_view_id")
        if previous_id:
            self._messenger.update_view(view_id=previous_id, view=_made(previous))
        if root is not None and root_id not in (None, previous_id, view["id"]):
            self._messenger.update_view(view_id=root_id, view=root())

    def _is_late(self, envelope: Envelope) -> bool:
        return self._clock.monotonic() - envelope.received > TRIGGER_LIFE_SECONDS

    def _drop(self, envelope: Envelope) -> None:
        self._count_dropped()
        if envelope.response_url is not None:
            message = Message(text=texts.trouble.TOO_SLOW)
            self._messenger.respond(response_url=envelope.response_url, message=message, replace=False)
        else:
            self._tell_late(envelope.slack_user_id)


def _made(view: View | Callable[[], View]) -> View:
    return view() if callable(view) else view


def _who_waits(screen: Screen, envelope: Envelope | None) -> str | None:
    """The account of somebody who has pressed and looks at nothing; other screens are merely of yesterday."""
    is_modal = isinstance(screen, OpenView | PushView)
    return envelope.slack_user_id if is_modal and envelope is not None else None
