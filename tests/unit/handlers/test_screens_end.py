"""The process ends: what runs is waited for, what has not begun is dropped, and nobody waits in vain."""

import logging
from collections.abc import Sequence
from threading import Event

import pytest

from domain.errors import NotAllowed, StoreAway
from domain.ports import Message, View
from handlers.reply import OpenView, PushView, Respond, UpdateView
from handlers.request import Kind
from handlers.screens import Screens
from tests.builders.payloads import a_press, a_view, an_envelope
from tests.builders.people import account_of
from tests.fakes.clock import FakeClock
from tests.unit.handlers.recorder import WAIT_SECONDS, Recorder, until, wait

VIEW: View = {"type": "modal", "title": "shown"}
PRESS = an_envelope(Kind.ACTION, "button", body=a_press("button"))
IN_MODAL = an_envelope(Kind.ACTION, "button", body=a_press("button", view=a_view()))
SECRET = "words for one person"
Home = tuple[str, View]


def test_closing_waits_for_what_runs_and_drops_what_has_not_begun() -> None:
    begun, free, told = Event(), Event(), list[str]()

    def hang(_name: str) -> None:
        begun.set()
        wait(free)

    def tell_late(slack_user_id: str) -> None:
        told.append(slack_user_id)
        free.set()  # in the midst of closing: what runs is waited for after that

    recorder = Recorder(before=hang)
    screens = Screens(recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=tell_late, workers=1)
    screens.show(IN_MODAL, (OpenView(VIEW), PushView(VIEW), PushView(VIEW), UpdateView(VIEW)))
    wait(begun)

    screens.close(seconds=WAIT_SECONDS)

    assert [name for name, _ in recorder.calls] == ["open"]
    assert (screens.dropped, told) == (3, [account_of("ada")])


def test_closing_ends_in_time_though_slack_hangs_and_a_store_is_away() -> None:
    begun, free, told = Event(), Event(), list[str]()

    def hang(_name: str) -> None:
        begun.set()
        wait(free)

    def fail_to_tell(slack_user_id: str) -> None:
        told.append(slack_user_id)
        raise StoreAway

    recorder = Recorder(before=hang)
    screens = Screens(recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=fail_to_tell, workers=1)
    screens.show(PRESS, (OpenView(VIEW), OpenView(VIEW)))
    screens.show(an_envelope(Kind.ACTION, "button", person="cleo", body=a_press("button")), (OpenView(VIEW),))
    wait(begun)

    screens.close(seconds=0)

    assert (free.is_set(), recorder.calls) == (False, [])
    assert (screens.dropped, told) == (2, [account_of("ada")])
    free.set()


def test_private_answers_are_still_given_at_the_end_and_nothing_else_is(caplog: pytest.LogCaptureFixture) -> None:
    begun, free = Event(), Event()

    def hang(name: str) -> None:
        if name == "open":
            begun.set()
            wait(free)

    def tell_late(_slack_user_id: str) -> None:
        free.set()

    recorder = Recorder(before=hang)
    screens = Screens(recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=tell_late, workers=1)
    screens.show(PRESS, (OpenView(VIEW), PushView(VIEW), UpdateView(VIEW)))
    screens.show(PRESS, tuple(Respond(Message(text=SECRET)) for _ in range(20)))
    wait(begun)

    with caplog.at_level(logging.INFO):
        screens.close(seconds=WAIT_SECONDS)

    assert [name for name, _ in recorder.calls] == ["open"] + ["respond"] * 20
    assert screens.dropped == 2
    assert dropped_as_logged(caplog) == {"PushView": 1, "UpdateView": 1}


def test_private_answers_that_find_no_time_before_the_end_are_counted_and_logged_without_a_word(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, free = Event(), Event()

    def hang(_name: str) -> None:
        begun.set()
        wait(free)

    recorder = Recorder(before=hang)
    screens = Screens(recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=lambda _id: None, workers=1)
    screens.show(PRESS, tuple(Respond(Message(text=SECRET)) for _ in range(3)))
    wait(begun)

    with caplog.at_level(logging.INFO):
        screens.close(seconds=0)
    free.set()

    assert screens.dropped == 2
    assert dropped_as_logged(caplog) == {"Respond": 2}
    assert SECRET not in str([vars(record) for record in caplog.records])
    until(lambda: len(recorder.calls) == 1)


def dropped_as_logged(caplog: pytest.LogCaptureFixture) -> dict[str, int]:
    """How many screens of each kind, as the log tells."""
    found = [vars(record) for record in caplog.records if record.message == "screens dropped at the end"]
    return {each["screen"]: each["number"] for each in found}


def test_stop_tells_everybody_who_waits_though_a_stranger_is_among_them() -> None:
    begun, free, told = Event(), Event(), list[str]()

    def hang(_name: str) -> None:
        begun.set()
        wait(free)

    def tell_late(slack_user_id: str) -> None:
        if slack_user_id == account_of("stranger"):
            raise NotAllowed
        told.append(slack_user_id)

    screens = Screens(Recorder(before=hang), FakeClock(), homes_of=lambda _ids: [], tell_late=tell_late, workers=1)
    screens.show(PRESS, (OpenView(VIEW),))
    wait(begun)
    for person in ("stranger", "bo", "cleo"):
        screens.show(an_envelope(Kind.ACTION, "button", person=person, body=a_press("button")), (OpenView(VIEW),))

    screens.close(seconds=0)

    assert told == [account_of("bo"), account_of("cleo")]
    free.set()


def test_homes_that_are_drawn_one_after_the_other_end_with_the_process() -> None:
    begun, free = Event(), Event()

    def begin(_name: str) -> None:
        begun.set()
        wait(free)

    def homes_of(person_ids: Sequence[str]) -> list[Home]:
        return [(account_of(id_), VIEW) for id_ in person_ids]

    recorder = Recorder(before=begin)
    screens = Screens(recorder, FakeClock(), homes_of=homes_of, tell_late=lambda _id: None, workers=1)
    screens.refresh_homes("ada", "bo", "cleo")
    wait(begun)
    screens.close(seconds=0)
    free.set()
    screens.close(seconds=WAIT_SECONDS)

    assert [arguments["slack_user_id"] for _, arguments in recorder.calls] == [account_of("ada")]


def test_screen_that_comes_after_the_end_is_turned_away() -> None:
    recorder, told = Recorder(), list[str]()
    screens = Screens(recorder, FakeClock(), homes_of=lambda _ids: [], tell_late=told.append)
    screens.close(seconds=WAIT_SECONDS)

    screens.show(PRESS, (OpenView(VIEW),))

    assert (recorder.calls, screens.dropped, told) == ([], 1, [account_of("ada")])
