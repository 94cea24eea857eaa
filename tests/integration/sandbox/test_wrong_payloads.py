"""Payloads that make no sense, made up by the hundred: Slack's own refusals come back, and never a fault of ours."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.api.registry import COMMON_ERRORS
from sandbox.api.table import METHODS
from sandbox.client import KEPT, SandboxClient
from tests.acting.scripted_app import ScriptedApp
from tests.acting.teams import Team
from tests.builders.blocks import Payload, a_button, a_home, a_menu, a_modal, a_section, actions, an_input
from tests.builders.slack import APP_TOKEN, BOT_TOKEN

CALLS = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DEEDS = settings(CALLS, max_examples=50)
"""Fewer, since each is several requests."""
UNREADABLE = {"invalid_json", "json_not_object", "invalid_form_data", "invalid_post_type", "missing_post_type"}
UNREADABLE |= {"invalid_blocks_format"}
NAMES = sorted(
    {
        *(name for method in METHODS.values() for name in method.required),
        *("blocks", "cursor", "email", "external_id", "hash", "inclusive", "latest", "limit", "message", "metadata"),
        *("oldest", "return_im", "text", "thread_ts", "types", "users", "view_id", "initial_comment", "channel_id"),
    }
)
ODD: list[Any] = [
    None,
    True,
    -1,
    1e300,
    "",
    "nan",
    "--5",
    "9" * 5000,
    "é",
    "\ud800",
    "2026-03-01",
    [],
    {},
    [None],
    [[]],
    {"": None},
]
KEYS = [
    "type",
    "text",
    "elements",
    "element",
    "options",
    "value",
    "blocks",
    "title",
    "submit",
    "accessory",
    "id",
    "url",
]
KINDS = ["modal", "home", "section", "actions", "input", "context", "static_select", "button", "mrkdwn", "plain_text"]
JSON = st.recursive(
    st.sampled_from(ODD + KINDS) | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
WHOLE: list[Any] = [
    [a_section("Hello", accessory=a_button())],
    [actions(a_button(), a_menu())],
    a_modal(an_input()),
    a_home(a_section()),
    {"event_type": "made", "event_payload": {"key": "k"}},
    [{"id": "F0AAAAAAAAA", "title": "A"}],
]


@st.composite
def _damaged(draw: st.DrawFn) -> Any:
    """Something that Slack would take, with one part of it replaced."""
    whole = json.loads(json.dumps(draw(st.sampled_from(WHOLE))))
    place = whole
    for _ in range(draw(st.integers(0, 4))):
        inner = _parts(place)
        if not inner:
            break
        place = draw(st.sampled_from(inner))
    keys = list(place) if isinstance(place, dict) else list(range(len(place)))
    if keys:
        place[draw(st.sampled_from(keys))] = draw(JSON)
    return whole


def _parts(whole: Any) -> list[Any]:
    parts = whole.values() if isinstance(whole, dict) else whole
    return [each for each in parts if isinstance(each, (dict, list)) and each]


ARGS = st.dictionaries(st.sampled_from(NAMES), JSON | _damaged() | st.sampled_from(WHOLE), max_size=6)


def _known(team: Team) -> Mapping[str, list[Any]]:
    """What makes sense, so that a call comes past the first check."""
    return {
        "channel": [team.general, team.ada.id],
        "ts": [team.post()],
        "users": [team.ada.id],
        "user": [team.ada.id],
        "user_id": [team.ada.id],
        "post_at": [int(team.workspace.now()) + 100],
        "view": [a_modal(), a_home()],
        "filename": ["a.txt"],
        "length": [1],
    }


@pytest.fixture
def http(workspace: SandboxClient) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=workspace.url, limits=KEPT, trust_env=False, timeout=60) as client:
        yield client


def _is_answered_as_slack_answers(method: str, response: httpx.Response) -> bool:
    body = response.json()
    own = METHODS[method].errors | COMMON_ERRORS | UNREADABLE
    return response.status_code == 200 and (body["ok"] is True or body["error"] in own)


@CALLS
@given(
    method=st.sampled_from(sorted(METHODS)),
    args=ARGS,
    base=st.sampled_from(["none", "known"]),
    how=st.sampled_from(["json", "form"]),
)
def test_call_with_arguments_of_any_shape_gets_an_answer_of_slacks(
    team: Team, http: httpx.Client, method: str, args: Payload, base: str, how: str
) -> None:
    args = {name: values[0] for name, values in _known(team).items() if base == "known" and name not in args} | args
    token = APP_TOKEN if METHODS[method].bearer == "app" else BOT_TOKEN
    sent: Payload = {"headers": {"Authorization": f"Bearer {token}"}}
    if how == "json":
        sent["content"], sent["headers"]["Content-Type"] = json.dumps(args), "application/json; charset=utf-8"
    else:
        nested = {name: value if isinstance(value, str) else json.dumps(value) for name, value in args.items()}
        sent["data"] = {name: value.encode(errors="replace").decode() for name, value in nested.items()}

    response = http.post(f"/api/{method}", **sent)

    assert _is_answered_as_slack_answers(method, response), response.text


CUT = "multipart/form-data; boundary=cut"
POST = "chat.postMessage"


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(
    ("method", "kind", "body", "code"),
    [
        ("users.list", "application/x-www-form-urlencoded", "cursor=%C3%A9", "invalid_cursor"),
        ("users.list", "application/x-www-form-urlencoded", "limit=--5", "invalid_arguments"),
        ("users.list", "application/x-www-form-urlencoded", f"limit={'9' * 5000}", "invalid_arguments"),
        ("users.list", "application/x-www-form-urlencoded", "limit=%D9%A3", "invalid_arguments"),
        (POST, "application/json", '{"channel": NaN}', "invalid_json"),
        (POST, "application/json", '{"channel": 1e999}', "invalid_json"),
        (POST, "application/json", '{"channel": "\\ud800"}', "invalid_json"),
        (POST, "application/json", '{"channel": ' + "[" * 100_000, "invalid_json"),
        (POST, "application/json", '"channel"', "json_not_object"),
        (POST, "multipart/form-data", "channel", "invalid_form_data"),
        (POST, CUT, "no boundary", "invalid_form_data"),
        (POST, CUT, "--cut\r\nContent-Disposition: form-data\r\n\r\nC1\r\n--cut--\r\n", "invalid_form_data"),
        (POST, "text/plain; charset=sparkle", "channel=C1", "invalid_post_type"),
        (POST, "application/x-www-form-urlencoded", f"blocks={'[' * 100_000}", "invalid_blocks_format"),
    ],
)
def test_body_that_cannot_be_read_is_refused_by_its_name(
    http: httpx.Client, method: str, kind: str, body: str, code: str
) -> None:
    headers = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": kind}

    response = http.post(f"/api/{method}", content=body, headers=headers)

    assert (response.status_code, response.json()["error"]) == (200, code)


@pytest.mark.parametrize(
    ("method", "args", "code"),
    [
        ("conversations.history", {"oldest": "nan"}, "invalid_ts_oldest"),
        ("conversations.history", {"latest": "1_0"}, "invalid_ts_latest"),
        ("chat.scheduleMessage", {"post_at": "9" * 5000, "text": "Hello"}, "invalid_time"),
        ("chat.scheduleMessage", {"post_at": True, "text": "Hello"}, "invalid_time"),
        ("chat.scheduleMessage", {"post_at": "٣", "text": "Hello"}, "invalid_time"),
    ],
)
def test_number_that_is_none_is_refused_by_its_name(team: Team, method: str, args: Payload, code: str) -> None:
    assert team.call(method, channel=team.general, **args)["error"] == code


@pytest.mark.parametrize(("kind", "body"), [(CUT, "no boundary"), ("multipart/form-data", "words"), (CUT, "--cut--")])
def test_upload_of_a_form_that_is_none_is_refused(team: Team, http: httpx.Client, kind: str, body: str) -> None:
    url = team.web.files_getUploadURLExternal(filename="a.txt", length=3)["upload_url"]

    assert http.post(url, content=body, headers={"Content-Type": kind}).status_code == 400


SAID = ["text", "blocks", "response_type", "response_action", "errors", "view", "thread_ts", "metadata", "name"]
SAID += ["replace_original", "delete_original"]
WORDS = st.sampled_from(["in_channel", "ephemeral", "errors", "update", "push", "clear", "name"])
ANSWERS = JSON | st.dictionaries(st.sampled_from(SAID), WORDS | JSON | _damaged() | st.sampled_from(WHOLE), max_size=5)
FORMS = st.fixed_dictionaries(
    {"response_action": st.sampled_from(["errors", "update", "push", "clear"])},
    optional={"errors": JSON | st.dictionaries(st.just("name"), JSON), "view": JSON | _damaged()},
)
SEEN = {None, "dispatch_failed", "invalid_command_response"}


@DEEDS
@given(answer=ANSWERS | FORMS, deed=st.sampled_from(["slash", "submit", "press"]))
def test_answer_of_any_shape_is_shown_or_seen_to_fail(
    http_team: Team, app: ScriptedApp, answer: Any, deed: str
) -> None:
    http_team.open(a_modal(an_input("name", optional=True), actions(a_button())))
    app.will_say(answer)
    ada = http_team.ada
    deeds: dict[str, Callable[[], Payload]] = {
        "slash": lambda: ada.slash("/plain", channel=http_team.general),
        "submit": ada.submit,
        "press": lambda: ada.press("press"),
    }

    outcome = deeds[deed]()

    assert outcome["error"] in SEEN
    assert ada.eyes().keys() == {"messages", "modals", "homes"}


@DEEDS
@given(body=ANSWERS, is_pressed=st.booleans())
def test_post_of_any_shape_to_a_response_url_gets_an_answer_of_slacks(
    http_team: Team, app: ScriptedApp, http: httpx.Client, body: Any, is_pressed: object
) -> None:
    http_team.post("Before", blocks=[actions(a_button())])
    if is_pressed:
        http_team.ada.press_message(http_team.bo.messages()[-1], "press")
    else:
        http_team.ada.slash("/plain", channel=http_team.general)

    response = http.post(str(app.requests[-1].payload["response_url"]), content=json.dumps(body))

    assert response.status_code in {200, 400}
    assert "messages" in http_team.bo.eyes()
