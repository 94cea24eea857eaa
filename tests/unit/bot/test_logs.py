import json
import logging
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest
from slack_sdk import WebClient
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.listeners import bolt_app
from bot.logs import LOUD_LIBRARIES, start_logging
from bot.settings import LogFormat, LogLevel
from bot.workspace import Workspace
from handlers.router import Router
from storage.engine import Store
from tests.fakes.clock import FakeClock
from tests.unit.handlers.recorder import no_screens

CANARY = "Canaryth"
WORKSPACE = Workspace(team_id="T1", bot_user_id="UBOT", bot_id="B1", scopes=frozenset())


@pytest.fixture
def log(logging_as_it_was: None) -> StringIO:  # noqa: ARG001 puts logging back afterwards
    """Everything this process logs, at the loudest."""
    stream = StringIO()
    start_logging(LogLevel.DEBUG, LogFormat.JSON, stream=stream)
    return stream


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def an_app() -> Any:
    router = Router(
        [],
        recognize=lambda _user, _team: pytest.fail("nobody is asked for"),
        screens=no_screens(),
        clock=FakeClock(),
        count=lambda _kind, _outcome: None,
    )
    return bolt_app(WebClient(token="xoxb-1"), router, workspace=WORKSPACE, signing_secret="a secret")


def test_event_is_one_line_with_its_extras(log: StringIO) -> None:
    logging.getLogger("handlers.router").info("session booked", extra={"session": "s1"})

    [line] = lines(log)
    assert (line["event"], line["session"], line["level"], line["logger"]) == (
        "session booked",
        "s1",
        "info",
        "handlers.router",
    )


def fail() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        raise RuntimeError(CANARY) from error


def test_exception_tells_where_it_happened_and_not_what_it_says(log: StringIO) -> None:
    try:
        fail()
    except RuntimeError:
        logging.getLogger("handlers.errors").exception("request failed", extra={"reference": "abc"})

    [line] = lines(log)
    assert CANARY not in log.getvalue()
    assert line["failed"].startswith("builtins.RuntimeError\n  ")
    assert "in fail\ncaused by builtins.ValueError\n  " in line["failed"]
    assert line["reference"] == "abc"


def test_request_with_a_wrong_signature_is_not_logged(log: StringIO) -> None:
    app = an_app()

    answer = app.dispatch(BoltRequest(body=f"text={CANARY}", headers={"x-slack-signature": "v0=00"}))

    assert answer.status == 401
    assert CANARY not in log.getvalue()


@pytest.mark.parametrize("name", LOUD_LIBRARIES)
def test_library_below_a_warning_is_silent_even_with_a_level_of_its_own(log: StringIO, name: str) -> None:
    logger = logging.getLogger(f"{name}.Part")
    logger.setLevel(logging.DEBUG)

    logger.info("body: %s", CANARY)
    logger.debug("body: %s", CANARY)
    logger.warning("worth knowing")

    assert [line["event"] for line in lines(log)] == ["worth knowing"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"Unhandled request ({{'value': '{CANARY}'}})", "Unhandled request"),
        (f"Failed to run a request listener: {CANARY}", "Failed to run a request listener"),
        (f"Something\n{CANARY}", "Something"),
    ],
)
def test_warning_of_slacks_libraries_is_told_without_what_it_quotes(log: StringIO, said: str, told: str) -> None:
    logging.getLogger("slack_bolt.App").error(said)

    assert [line["event"] for line in lines(log)] == [told]


def test_tick_that_is_still_at_work_is_not_told_but_its_failure_is(log: StringIO) -> None:
    logger = logging.getLogger("apscheduler.scheduler")

    logger.warning("skipped: maximum number of running instances reached")
    logger.error("failed")

    assert [line["event"] for line in lines(log)] == ["failed"]


def test_start_of_the_app_warns_of_nothing(log: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-the-environment")

    app = an_app()

    assert log.getvalue() == ""
    assert app.client.token == "xoxb-1"


def test_warnings_of_a_running_app_are_told(log: StringIO) -> None:
    an_app()

    logging.getLogger("slack_bolt.App").warning("something about a `token` later on")

    assert len(lines(log)) == 1


def test_database_error_hides_what_was_bound(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/empty.db")

    with pytest.raises(SQLAlchemyError) as failure, store.engine.connect() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": CANARY})
    store.dispose()

    assert CANARY not in str(failure.value)


@pytest.mark.usefixtures("logging_as_it_was")
def test_text_format_is_for_people() -> None:
    stream = StringIO()
    start_logging(LogLevel.INFO, LogFormat.TEXT, stream=stream)

    logging.getLogger("bot.main").info("ready", extra={"port": 3000})
    logging.getLogger("bot.main").debug("hidden")

    [line] = stream.getvalue().splitlines()
    assert "ready" in line
    assert "port=3000" in line
