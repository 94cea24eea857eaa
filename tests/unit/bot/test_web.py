import json
from io import BytesIO
from wsgiref.types import WSGIEnvironment

import pytest

from bot.metrics import Gauge, Metrics, Numbers
from bot.web import Site
from domain.errors import DomainError, StoreAway, StoreBusy


def a_site(*, health: dict[str, str] | None = None, readiness: dict[str, str] | None = None) -> Site:
    """A site without Slack, as in Socket Mode, with these problems."""
    return Site(
        None,
        signing_secret="a secret",
        health=lambda: health or {},
        readiness=lambda: readiness or {},
        metrics=Metrics(),
        answered=lambda: None,
    )


def get(site: Site, path: str, method: str = "GET") -> tuple[str, str]:
    """Status and body of a page."""
    answered: list[str] = []
    environ: WSGIEnvironment = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": BytesIO()}

    def start_response(status: str, *_rest: object) -> object:
        answered.append(status)
        return None

    body = b"".join(site(environ, start_response))  # type: ignore[arg-type]  # a WSGI server hands a writer back
    return answered[0], body.decode()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_page_says_that_all_is_well(path: str) -> None:
    status, body = get(a_site(), path)

    assert (status, json.loads(body)) == ("200 OK", {"ok": True, "problems": {}})


@pytest.mark.parametrize(
    ("path", "site"),
    [
        ("/healthz", a_site(health={"late": "messages are late"})),
        ("/readyz", a_site(readiness={"late": "messages are late"})),
    ],
)
def test_page_names_what_is_wrong(path: str, site: Site) -> None:
    status, body = get(site, path)

    assert (status, json.loads(body)) == (
        "503 Service Unavailable",
        {"ok": False, "problems": {"late": "messages are late"}},
    )


def test_a_problem_of_one_page_is_none_of_the_other() -> None:
    assert get(a_site(health={"late": "x"}), "/readyz")[0] == "200 OK"


@pytest.mark.parametrize("path", ["/", "/slack/events", "/healthz/", "/admin", ""])
def test_other_paths_are_not_found_in_socket_mode(path: str) -> None:
    assert get(a_site(), path) == ("404 Not Found", "not found\n")


def test_metrics_count_requests_and_read_gauges_when_asked() -> None:
    metrics = Metrics()
    numbers = {"waiting": 1.0}
    metrics.show([Gauge("scholarbot_things", "Things.", "state", lambda: numbers)])
    site = Site(None, signing_secret="", health=dict, readiness=dict, metrics=metrics, answered=lambda: None)
    metrics.count_request("command", "answered")
    metrics.count_request("command", "answered")
    numbers["waiting"] = 5.0

    _, body = get(site, "/metrics")

    assert 'scholarbot_requests_total{kind="command",outcome="answered"} 2.0' in body.splitlines()
    assert 'scholarbot_things{state="waiting"} 5.0' in body.splitlines()


@pytest.mark.parametrize("error", [StoreAway(), StoreBusy()])
def test_metrics_while_a_store_is_away_leave_its_numbers_out_and_keep_the_others(error: DomainError) -> None:
    def unreadable() -> Numbers:
        raise error

    metrics = Metrics()
    metrics.show(
        [
            Gauge("scholarbot_things", "Things.", "state", unreadable),
            Gauge("scholarbot_others", "Others.", "state", lambda: {"waiting": 2.0}),
        ]
    )
    site = Site(None, signing_secret="", health=dict, readiness=dict, metrics=metrics, answered=lambda: None)

    status, body = get(site, "/metrics")

    numbers = [line for line in body.splitlines() if line and not line.startswith("#")]
    assert (status, numbers) == ("200 OK", ['scholarbot_others{state="waiting"} 2.0'])


def test_two_metrics_in_one_process_do_not_share_counts() -> None:
    one, other = Metrics(), Metrics()
    one.count_request("command", "answered")

    site = Site(None, signing_secret="", health=dict, readiness=dict, metrics=other, answered=lambda: None)

    assert 'outcome="answered"' not in get(site, "/metrics")[1]
