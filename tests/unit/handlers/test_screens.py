"""Screens become calls of Slack, once there is room and while a trigger lives."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from threading import Event, Thread
from types import MappingProxyType

import pytest

from domain.delivery import OutcomeUnknown, RateLimited
from domain.errors import StoreAway
from domain.ports import Message, View
from handlers import texts
from handlers.reply import FollowUp, OpenView, PushView, RefreshHome, Respond, Screen, UpdateUnder, UpdateView
from handlers.request import Envelope, Kind
from handlers.screens import TRIGGER_LIFE_SECONDS, Screens
from tests.builders.payloads import RESPONSE_URL, a_press, a_shortcut, a_submission, a_view, an_envelope
from tests.builders.people import account_of
from tests.fakes.clock import FakeClock
from tests.unit.handlers.recorder import WAIT_SECONDS, Call, Recorder, until, wait

VIEW: View = {"type": "modal", "title": "shown"}
OTHER: View = {"type": "modal", "title": "under it"}
PRESS = an_envelope(Kind.ACTION, "button", body=a_press("button"))
IN_MODAL = an_envelope(Kind.ACTION, "button", body=a_press("button", view=a_view()))
SHORTCUT = an_envelope(Kind.SHORTCUT, "shortcut", body=a_shortcut("shortcut"))
END = "nobody, after everybody else"
Home = tuple[str, View]


def shown(
    envelope: Envelope,
    *screens: Screen,
    recorder: Recorder | None = None,
    late: list[str] | None = None,
    clock: FakeClock | None = None,
    homes: Mapping[str, Home] = MappingProxyType({}),
) -> tuple[list[Call], int]:
    """Show screens and wait; returns what Slack was asked and how many were dropped."""
    recorder = recorder or Recorder()
    told = late if late is not None else []
    done = Event()

    def homes_or_end(person_ids: Sequence[str]) -> list[Home]:
        if END in person_ids:
            done.set()
        return [homes[id_] for id_ in person_ids if id_ in homes]

    room = Screens(recorder, clock or FakeClock(), homes_of=homes_or_end, tell_late=told.append, workers=1)
    room.show(envelope, screens)
    room.refresh_homes(END)  # one worker shows them in order, so this is the last
    wait(done)
    room.close(seconds=WAIT_SECONDS)
    return recorder.calls, room.dropped


def under(**ids: str | None) -> Envelope:
    """A submitted form that lies over others."""
    return an_envelope(Kind.SUBMISSION, "modal", body=a_submission(a_view() | ids))


@pytest.mark.parametrize(
    ("envelope", "screen", "calls"),
    [
        (PRESS, OpenView(VIEW), [("open", {"trigger_id": "trigger-1", "view": VIEW})]),
        (IN_MODAL, PushView(VIEW), [("push", {"trigger_id": "trigger-1", "view": VIEW})]),
        (
            PRESS,
            OpenView(VIEW, FollowUp(lambda: OTHER, lambda: None)),
            [
                ("open", {"trigger_id": "trigger-1", "view": VIEW}),
                ("update", {"view_id": "V1", "view": OTHER, "view_hash": None}),
            ],
        ),
        (
            IN_MODAL,
            PushView(VIEW, FollowUp(lambda: None, lambda: None)),
            [("push", {"trigger_id": "trigger-1", "view": VIEW})],
        ),
        (IN_MODAL, UpdateView(VIEW), [("update", {"view_id": "V1", "view": VIEW, "view_hash": "1.a"})]),
        (IN_MODAL, UpdateView(lambda: VIEW), [("update", {"view_id": "V1", "view": VIEW, "view_hash": "1.a"})]),
        (PRESS, UpdateView(VIEW), []),
        (
            PRESS,
            Respond(Message(text="Hi."), replace=True),
            [("respond", {"response_url": RESPONSE_URL, "text": "Hi.", "replace": True})],
        ),
        (IN_MODAL, Respond(Message(text="Hi.")), []),
        (
            under(previous_view_id="V0", root_view_id="V0"),
            UpdateUnder(previous=lambda: VIEW, root=lambda: OTHER),
            [("update", {"view_id": "V0", "view": VIEW, "view_hash": None})],
        ),
        (
            under(previous_view_id="V0", root_view_id="VR"),
            UpdateUnder(previous=VIEW, root=lambda: OTHER),
            [
                ("update", {"view_id": "V0", "view": VIEW, "view_hash": None}),
                ("update", {"view_id": "VR", "view": OTHER, "view_hash": None}),
            ],
        ),
        (under(previous_view_id=None, root_view_id="V1"), UpdateUnder(previous=VIEW, root=lambda: OTHER), []),
    ],
    ids=[
        "open",
        "push",
        "open, and look it up",
        "push, and find nothing",
        "update",
        "update made behind the scenes",
        "update without a view",
        "respond",
        "respond without an address",
        "under one",
        "under two",
        "under none",
    ],
)
def test_screen_becomes_slacks_calls(envelope: Envelope, screen: Screen, calls: list[Call]) -> None:
    assert shown(envelope, screen) == (calls, 0)


def test_what_is_to_replace_the_answer_waits_until_the_answer_is_on_its_way() -> None:
    recorder = Recorder()
    screens = Screens(recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=lambda _id: None, workers=1)
    elsewhere = Thread(target=screens.answered)

    screens.show(IN_MODAL, (FollowUp(lambda: OTHER, lambda: None), UpdateView(VIEW)))
    elsewhere.start()
    elsewhere.join()
    until(lambda: len(recorder.calls) == 1)
    before = list(recorder.calls)
    screens.answered()
    screens.answered()
    until(lambda: len(recorder.calls) == 2)
    screens.close(seconds=WAIT_SECONDS)

    assert before == [("update", {"view_id": "V1", "view": VIEW, "view_hash": "1.a"})]
    assert recorder.calls[1:] == [("update", {"view_id": "V1", "view": OTHER, "view_hash": None})]


@pytest.mark.parametrize(
    ("more", "now", "views"), [(OTHER, VIEW, [OTHER, VIEW]), (OTHER, None, [OTHER]), (None, VIEW, [])]
)
def test_what_was_pressed_while_a_follow_up_was_on_its_way_stands_in_its_place(
    more: View | None, now: View | None, views: list[View]
) -> None:
    recorder = Recorder()
    screens = Screens(recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=lambda _id: None, workers=1)

    screens.show(IN_MODAL, (FollowUp(lambda: more, lambda: now),))
    screens.answered()
    screens.close(seconds=WAIT_SECONDS)

    assert [call["view"] for _name, call in recorder.calls] == views


def test_what_was_to_replace_the_answer_of_an_earlier_request_does_not_come_with_the_next() -> None:
    recorder = Recorder()
    screens = Screens(recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=lambda _id: None, workers=1)

    screens.show(
        IN_MODAL, (FollowUp(lambda: OTHER, lambda: None),)
    )  # a listener that fails behind this leaves without an answer
    screens.show(IN_MODAL, (UpdateView(VIEW),))
    screens.answered()
    screens.close(seconds=WAIT_SECONDS)

    assert OTHER not in [call["view"] for _name, call in recorder.calls]


def test_first_modal_that_cannot_be_made_is_dropped_and_the_other_brought_up_to_date() -> None:
    def away() -> View:
        raise StoreAway

    calls, dropped = shown(under(previous_view_id="V0", root_view_id="VR"), UpdateUnder(previous=VIEW, root=away))

    assert (calls, dropped) == ([("update", {"view_id": "V0", "view": VIEW, "view_hash": None})], 1)


def test_home_is_published_to_those_who_are_still_here() -> None:
    calls = shown(PRESS, RefreshHome(("ada", "gone")), homes={"ada": ("UADA", {"type": "home"})})

    assert calls == ([("publish", {"slack_user_id": "UADA", "view": {"type": "home"}})], 0)


def test_homes_are_refreshed_without_a_request_and_dropped_when_there_is_no_room() -> None:
    recorder = Recorder()

    def homes_of(person_ids: Sequence[str]) -> list[Home]:
        return [(account_of(id_), {"type": "home"}) for id_ in person_ids if id_ != "gone"]

    for capacity in (0, 1):
        room = Screens(recorder, FakeClock(), homes_of=homes_of, tell_late=lambda _id: None, capacity=capacity)
        room.refresh_homes("ada", "cleo", "gone")
        until(lambda: len(recorder.calls) == 2 * capacity)  # noqa: B023 looked at before the next one
        room.close(seconds=WAIT_SECONDS)
        assert room.dropped == 1 - capacity

    published = [("publish", {"slack_user_id": id_, "view": {"type": "home"}}) for id_ in ("UADA", "UCLEO")]
    assert recorder.calls == published


@pytest.mark.parametrize("screen", [OpenView(VIEW), PushView(VIEW)])
def test_trigger_that_is_too_old_is_not_used_and_the_person_is_told_in_place(screen: Screen) -> None:
    clock = FakeClock()
    clock.advance(timedelta(seconds=TRIGGER_LIFE_SECONDS + 0.1))

    calls, dropped = shown(PRESS, screen, clock=clock)

    assert calls == [("respond", {"response_url": RESPONSE_URL, "text": texts.trouble.TOO_SLOW, "replace": False})]
    assert dropped == 1


def test_trigger_that_is_too_old_without_a_place_to_answer_is_told_by_message() -> None:
    clock, late = FakeClock(), list[str]()
    clock.advance(timedelta(seconds=TRIGGER_LIFE_SECONDS + 0.1))

    calls, dropped = shown(SHORTCUT, OpenView(VIEW), clock=clock, late=late)

    assert (calls, dropped, late) == ([], 1, [account_of("ada")])


def test_trigger_at_the_end_of_its_life_is_used() -> None:
    clock = FakeClock()
    clock.advance(timedelta(seconds=TRIGGER_LIFE_SECONDS))

    calls, dropped = shown(SHORTCUT, OpenView(VIEW), clock=clock)

    assert ([name for name, _ in calls], dropped) == (["open"], 0)


def test_update_needs_no_trigger_and_is_never_too_late() -> None:
    clock = FakeClock()
    clock.advance(timedelta(minutes=1))

    assert [name for name, _ in shown(IN_MODAL, UpdateView(VIEW), clock=clock)[0]] == ["update"]


def test_program_time_that_jumps_drops_nothing() -> None:
    clock = FakeClock()
    clock.shift(timedelta(days=1))
    clock.step(timedelta(hours=1))

    assert shown(SHORTCUT, OpenView(VIEW), clock=clock)[1] == 0


@pytest.mark.parametrize(
    ("error", "level"),
    [
        (RateLimited(30), logging.WARNING),
        (OutcomeUnknown("timeout"), logging.WARNING),
        (StoreAway(), logging.WARNING),
        (KeyError("a bug"), logging.ERROR),
    ],
    ids=["429", "unknown", "store away", "bug"],
)
def test_screen_that_fails_is_counted_and_the_next_one_is_shown(
    error: Exception, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    def fail_to_open(name: str) -> None:
        if name == "open":
            raise error

    calls, dropped = shown(IN_MODAL, OpenView(VIEW), UpdateView(VIEW), recorder=Recorder(before=fail_to_open))

    assert ([name for name, _ in calls], dropped) == (["update"], 1)
    assert [record.levelno for record in caplog.records] == [level]


@pytest.mark.parametrize("error", [None, StoreAway()])
def test_screens_without_room_are_dropped_at_once_and_whoever_waits_for_a_modal_is_told(
    error: StoreAway | None,
) -> None:
    free, told = Event(), list[str]()
    recorder = Recorder(before=lambda _name: wait(free))

    def tell_late(slack_user_id: str) -> None:
        told.append(slack_user_id)
        if error is not None:
            raise error

    screens = Screens(recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=tell_late, workers=1, capacity=2)

    screens.show(IN_MODAL, (OpenView(VIEW), PushView(VIEW), PushView(VIEW), UpdateView(VIEW)))
    dropped_while_full = screens.dropped
    free.set()
    until(lambda: len(recorder.calls) == 2)
    screens.close(seconds=WAIT_SECONDS)

    assert (dropped_while_full, told) == (2, [account_of("ada")])
    assert [name for name, _ in recorder.calls] == ["open", "push"]


def test_room_is_given_back_after_each_screen() -> None:
    recorder = Recorder()
    done = Event()
    recorder.before = lambda _name: done.set()
    screens = Screens(
        recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=lambda _id: None, workers=1, capacity=1
    )

    screens.show(PRESS, (OpenView(VIEW),))
    wait(done)
    until(lambda: _try(screens))
    until(lambda: len(recorder.calls) == 2)
    screens.close(seconds=WAIT_SECONDS)

    assert [name for name, _ in recorder.calls].count("open") == 2


def _try(screens: Screens) -> bool:
    before = screens.dropped
    screens.show(PRESS, (OpenView(VIEW),))
    return screens.dropped == before
