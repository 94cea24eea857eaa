"""Socket Mode: one socket an envelope, tickets, the cap of ten, refresh, and what is sent again."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from slack_sdk import WebClient
from websockets import CloseCode
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.acting.scripted_app import ScriptedApp
from tests.acting.teams import Team, wait_until
from tests.builders.blocks import Payload
from tests.builders.slack import APP_TOKEN, a_seed, an_app

SECONDS = 60


class Sockets:
    """Sockets of the app, opened as the SDK opens them."""

    def __init__(self, team: Team, stack: ExitStack) -> None:
        self._team = team
        self._stack = stack

    def url(self) -> str:
        """An address for one socket."""
        client = WebClient(base_url=self._team.workspace.api_url)
        return str(client.apps_connections_open(app_token=APP_TOKEN)["url"])

    def open(self, url: str = "") -> ClientConnection:
        """One socket."""
        return self._stack.enter_context(connect(url or self.url(), open_timeout=SECONDS, proxy=None))

    def greeted(self) -> ClientConnection:
        """One socket that has been greeted already."""
        socket = self.open()
        assert hear(socket)["type"] == "hello"
        return socket


def hear(socket: ClientConnection) -> Payload:
    """The next message."""
    return dict(json.loads(socket.recv(SECONDS)))


def acknowledge(socket: ClientConnection, payload: Any = None) -> Payload:
    """Take the next envelope, and answer it."""
    envelope = hear(socket)
    answer = {"envelope_id": envelope["envelope_id"]} | ({} if payload is None else {"payload": payload})
    socket.send(json.dumps(answer))
    return envelope


def is_closed(socket: ClientConnection) -> bool:
    """Whether the other side closed it, now or soon."""
    try:
        socket.recv(SECONDS)
    except ConnectionClosed:
        return True
    return False


@pytest.fixture
def sockets(team: Team) -> Iterator[Sockets]:
    with ExitStack() as stack:
        yield Sockets(team, stack)


def _count(team: Team) -> int:
    return int(team.workspace.state()["apps"][0]["sockets"])


def test_socket_is_greeted_by_its_app_and_number(team: Team, sockets: Sockets) -> None:
    first, second = hear(sockets.open()), hear(sockets.open())

    assert (first["type"], first["num_connections"], second["num_connections"]) == ("hello", 1, 2)
    assert first["connection_info"] == {"app_id": team.workspace.state()["apps"][0]["id"]}
    assert set(first["debug_info"]) == {"host", "started", "build_number", "approximate_connection_time"}


def test_ticket_opens_one_socket_and_a_made_up_one_none(team: Team, sockets: Sockets) -> None:
    url = sockets.url()
    sockets.open(url)

    for refused in (url, url.replace("ticket=", "ticket=x")):
        with pytest.raises(InvalidStatus):
            sockets.open(refused)

    assert _count(team) == 1


def test_eleventh_socket_is_one_too_many(team: Team, sockets: Sockets) -> None:
    for _ in range(10):
        sockets.greeted()

    eleventh = sockets.open()

    assert (hear(eleventh)["reason"], is_closed(eleventh), _count(team)) == ("too_many_websockets", True, 10)


def test_command_goes_to_one_socket_and_its_answer_comes_back(team: Team, sockets: Sockets) -> None:
    everyone = [sockets.greeted() for _ in range(3)]

    with ThreadPoolExecutor(3) as pool:
        hearing = [pool.submit(acknowledge, socket, {"text": "Hello"}) for socket in everyone]
        outcomes = [team.ada.slash(f"/plain {number}", channel=team.general) for number in range(3)]
    envelopes = [each.result(SECONDS) for each in hearing]

    assert [outcome["error"] for outcome in outcomes] == [None] * 3
    assert sorted(each["payload"]["text"] for each in envelopes) == ["0", "1", "2"]
    assert {(each["type"], each["accepts_response_payload"]) for each in envelopes} == {("slash_commands", True)}
    assert "retry_attempt" not in envelopes[0]
    assert [each["text"] for each in team.ada.messages()] == ["Hello"] * 3


@pytest.mark.parametrize("payload", [None, {"text": ""}])
def test_empty_acknowledgement_is_one(team: Team, sockets: Sockets, payload: Payload | None) -> None:
    socket = sockets.greeted()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(acknowledge, socket, payload)
        outcome = team.ada.shortcut("new")

    assert outcome == {"error": None, "errors": {}, "detail": None}


@pytest.mark.parametrize("payload", [["Hello"], 7, {"text": ["Hello"]}, {"blocks": "Hello"}, {"blocks": [7]}])
def test_acknowledgement_that_cannot_be_shown_fails_the_command(team: Team, sockets: Sockets, payload: Any) -> None:
    socket = sockets.greeted()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(acknowledge, socket, payload)
        outcome = team.ada.slash("/plain", channel=team.general)

    assert (outcome["error"], team.ada.messages()) == ("invalid_command_response", [])


@pytest.mark.parametrize("words", ["7", "[]", '{"envelope_id": ["e"]}', '{"envelope_id": null}'])
def test_message_that_fits_no_envelope_is_ignored(team: Team, sockets: Sockets, words: str) -> None:
    socket = sockets.greeted()
    socket.send(words)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(acknowledge, socket)
        outcome = team.ada.shortcut("new")

    assert (outcome["error"], _count(team)) == (None, 1)


@pytest.mark.parametrize("words", ["", "{", "[" * 9999, '{"envelope_id": NaN}', '"\\ud800"', b"{}", b"\xff"])
def test_message_that_cannot_be_read_ends_the_socket(team: Team, sockets: Sockets, words: str | bytes) -> None:
    socket = sockets.greeted()

    socket.send(words)
    with pytest.raises(ConnectionClosed) as end:
        socket.recv(SECONDS)

    assert end.value.rcvd is not None
    assert end.value.rcvd.code == CloseCode.NORMAL_CLOSURE
    wait_until(lambda: _count(team) == 0)


def test_acknowledgement_of_another_envelope_is_none(team: Team, sockets: Sockets) -> None:
    socket = sockets.greeted()

    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(team.ada.slash, "/plain")
        hear(socket)
        socket.send(json.dumps({"envelope_id": "another"}))
        team.workspace.advance(3)
        outcome = acting.result(SECONDS)

    assert (outcome["error"], len(team.workspace.deliveries("slash"))) == ("operation_timeout", 1)


def test_event_that_is_not_acknowledged_comes_again_with_the_same_id(team: Team, sockets: Sockets) -> None:
    socket = sockets.greeted()
    team.ada.open_home()
    first = hear(socket)

    team.workspace.advance(3)
    second = acknowledge(socket)

    assert (first["retry_attempt"], first["retry_reason"], first["type"]) == (0, "", "events_api")
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert first["envelope_id"] != second["envelope_id"]
    assert not first["accepts_response_payload"]


def test_event_without_a_socket_waits_for_the_next_one(team: Team, sockets: Sockets) -> None:
    team.ada.open_home()
    team.wait_for_events(2)
    socket = sockets.greeted()

    team.workspace.advance(60)

    assert (acknowledge(socket)["retry_attempt"], team.workspace.deliveries("event")[1]["problem"]) == (2, "no_socket")


def test_socket_that_closes_before_it_acknowledges_fails_the_command_at_once(team: Team, sockets: Sockets) -> None:
    socket = sockets.greeted()

    with ThreadPoolExecutor(1) as pool:
        acting = pool.submit(team.ada.slash, "/plain")
        hear(socket)
        socket.close()
        outcome = acting.result(SECONDS)

    assert (outcome["error"], outcome["detail"]) == ("dispatch_failed", "no_socket")


def test_refresh_warns_and_ends_the_socket_ten_seconds_later(team: Team, sockets: Sockets) -> None:
    socket = sockets.greeted()

    team.workspace.refresh_sockets()
    warning = hear(socket)
    team.workspace.advance(5)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(acknowledge, socket)
        still_answers = team.ada.shortcut("new")["error"] is None
    team.workspace.advance(5)
    last = hear(socket)

    assert (warning["type"], warning["reason"], still_answers) == ("disconnect", "warning", True)
    assert (last["type"], last["reason"], is_closed(socket)) == ("disconnect", "refresh_requested", True)


def test_socket_opened_during_a_refresh_stays(team: Team, sockets: Sockets) -> None:
    old = sockets.greeted()
    team.workspace.refresh_sockets()
    sockets.greeted()

    team.workspace.advance(10)
    hear(old), hear(old)

    assert (is_closed(old), _count(team)) == (True, 1)


def test_socket_mode_switched_off_says_so_and_closes(team: Team, sockets: Sockets) -> None:
    socket = sockets.greeted()

    team.workspace.disable_sockets()

    assert (hear(socket)["reason"], is_closed(socket)) == ("link_disabled", True)


def test_app_without_socket_mode_can_keep_no_socket(team: Team, sockets: Sockets) -> None:
    http_team = team.reset(a_seed(an_app(transport="http", request_url="http://127.0.0.1:9/slack/events")))

    socket = sockets.open()

    assert (hear(socket)["reason"], is_closed(socket), _count(http_team)) == ("link_disabled", True, 0)


def test_app_in_socket_mode_is_sent_nothing_over_http(team: Team, app: ScriptedApp) -> None:
    in_socket_mode = team.reset(a_seed(an_app(transport="socket", request_url=app.url)))

    outcome = in_socket_mode.ada.slash("/plain")
    in_socket_mode.ada.open_home()
    in_socket_mode.wait_for_events(1)

    assert (outcome["detail"], app.requests) == ("no_socket", [])


def test_cut_socket_ends_without_a_word(team: Team, sockets: Sockets) -> None:
    socket = sockets.greeted()

    team.workspace.cut_sockets()

    with pytest.raises(ConnectionClosed) as end:
        socket.recv(SECONDS)
    assert end.value.rcvd is None


def test_reset_closes_the_sockets_and_tickets_of_former_apps(team: Team, sockets: Sockets) -> None:
    unused, socket = sockets.url(), sockets.greeted()

    team.reset(a_seed())

    assert is_closed(socket)
    with pytest.raises(InvalidStatus):
        sockets.open(unused)
