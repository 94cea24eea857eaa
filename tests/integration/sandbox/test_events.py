"""Events: to whom they go, their envelope and signature, and their retries."""

import json

import pytest
from slack_sdk.signature import SignatureVerifier

from sandbox.client import Declined
from tests.acting.scripted_app import Say, ScriptedApp
from tests.acting.teams import Team
from tests.builders.blocks import Payload
from tests.builders.slack import EVENTS, SIGNING_SECRET, a_manifest, a_seed, an_app


def _event(app: ScriptedApp) -> Payload:
    app.wait_for_request()
    return dict(app.requests[-1].payload["event"])


def test_event_comes_in_slacks_envelope_signed(http_team: Team, app: ScriptedApp) -> None:
    http_team.ada.open_home()
    app.wait_for_request()

    (sent,) = app.requests
    envelope, state = sent.payload, http_team.workspace.state()
    expected = {
        "token": "deprecated",
        "type": "event_callback",
        "team_id": state["team_id"],
        "context_team_id": state["team_id"],
        "context_enterprise_id": None,
        "api_app_id": state["apps"][0]["id"],
        "is_ext_shared_channel": False,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": state["team_id"],
                "user_id": http_team.bot,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
    }
    assert {name: envelope[name] for name in expected} == expected
    assert envelope["event_id"].startswith("Ev0")
    assert {"event", "event_time", "event_context"} <= set(envelope)
    assert sent.headers["Content-Type"] == "application/json"
    assert {name for name in sent.headers if name.startswith("X-Slack")} == {
        "X-Slack-Signature",
        "X-Slack-Request-Timestamp",
    }


def _events_sent(team: Team) -> list[Payload]:
    """What was sent as events so far; whatever was on its way has arrived when a command has been there and back."""
    team.ada.slash("/plain")
    return team.workspace.deliveries("event")


@pytest.mark.parametrize(("secret", "is_valid"), [(SIGNING_SECRET, True), ("another secret", False)])
def test_signature_holds_for_the_apps_own_secret_alone(
    http_team: Team,
    app: ScriptedApp,
    secret: str,
    is_valid: bool,  # noqa: FBT001 a case of the table
) -> None:
    http_team.ada.slash("/plain ü")

    (sent,) = app.requests
    assert SignatureVerifier(secret).is_valid_request(sent.body, dict(sent.headers)) == is_valid
    assert not SignatureVerifier(secret).is_valid_request(sent.body + "x", dict(sent.headers))


def test_signature_is_of_real_time_although_the_workspaces_was_moved(http_team: Team, app: ScriptedApp) -> None:
    http_team.workspace.advance(86_400)

    http_team.ada.slash("/plain")

    (sent,) = app.requests
    assert SignatureVerifier(SIGNING_SECRET).is_valid_request(sent.body, dict(sent.headers))


def test_event_is_sent_again_three_times_with_the_same_id_and_slacks_pauses(http_team: Team, app: ScriptedApp) -> None:
    app.will(Say(status=500), Say(status=404), Say(status=500), Say(status=500))
    http_team.ada.open_home()
    http_team.wait_for_events(2)
    http_team.workspace.advance(50)
    before_the_minute = len(app.requests)
    http_team.workspace.advance(10)
    http_team.wait_for_events(3)
    http_team.workspace.advance(300)
    http_team.wait_for_events(4)
    http_team.workspace.advance(3600)
    http_team.ada.slash("/plain")

    events = [sent for sent in app.requests if sent.headers["Content-Type"] == "application/json"]
    retries = [(sent.headers.get("X-Slack-Retry-Num"), sent.headers.get("X-Slack-Retry-Reason")) for sent in events]
    assert before_the_minute == 2
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({sent.payload["event_id"] for sent in events}) == 1


def test_event_taken_at_the_second_try_is_not_sent_again(http_team: Team, app: ScriptedApp) -> None:
    app.will(Say(status=500))
    http_team.ada.open_home()
    http_team.wait_for_events(2)

    http_team.workspace.advance(3600)
    http_team.ada.slash("/plain")

    assert [each["problem"] for each in http_team.workspace.deliveries("event")] == ["http_error", None]


def test_event_is_followed_over_two_redirects(http_team: Team, app: ScriptedApp) -> None:
    app.will(Say(status=301, headers={"Location": "/elsewhere"}), Say(status=302, headers={"Location": app.url}))

    http_team.ada.open_home()
    http_team.wait_for_events(1)

    assert [each["problem"] for each in http_team.workspace.deliveries("event")] == [None]
    assert len({(sent.body, sent.headers["X-Slack-Signature"]) for sent in app.requests}) == 1
    assert len(app.requests) == 3


def test_event_sent_astray_by_a_third_redirect_is_sent_again(http_team: Team, app: ScriptedApp) -> None:
    app.will(*[Say(status=302, headers={"Location": app.url})] * 3)

    http_team.ada.open_home()
    http_team.wait_for_events(2)

    assert [each["problem"] for each in http_team.workspace.deliveries("event")] == ["too_many_redirects", None]
    assert app.requests[3].headers["X-Slack-Retry-Reason"] == "too_many_redirects"


@pytest.mark.parametrize("status", [303, 304, 307, 308, 400, 401, 404, 410, 500, 503])
def test_event_answered_with_anything_but_success_is_sent_again(http_team: Team, app: ScriptedApp, status: int) -> None:
    app.will(Say(status=status, headers={"Location": app.url}))

    http_team.ada.open_home()
    http_team.wait_for_events(2)

    assert [sent.headers.get("X-Slack-Retry-Num") for sent in app.requests] == [None, "1"]
    assert app.requests[1].headers["X-Slack-Retry-Reason"] == "http_error"


def test_event_redirected_to_no_address_fails_to_connect(http_team: Team, app: ScriptedApp) -> None:
    app.will(Say(status=302, headers={"Location": "http://["}))

    http_team.ada.open_home()
    http_team.wait_for_events(2)

    assert [each["problem"] for each in http_team.workspace.deliveries("event")] == ["connection_failed", None]


def test_event_whose_app_wants_no_retry_is_sent_once(http_team: Team, app: ScriptedApp) -> None:
    app.will(Say(status=500, headers={"X-Slack-No-Retry": "1"}))
    http_team.ada.open_home()
    http_team.wait_for_events(1)

    http_team.workspace.advance(3600)
    http_team.ada.slash("/plain")

    assert [each["problem"] for each in http_team.workspace.deliveries("event")] == ["http_error"]


def test_event_that_is_not_acknowledged_in_three_seconds_is_sent_again(http_team: Team, app: ScriptedApp) -> None:
    app.will(Say(is_silent=True))
    http_team.ada.open_home()
    app.wait_for_request()

    http_team.workspace.advance(3)
    app.wait_for_request()

    assert app.requests[1].headers["X-Slack-Retry-Reason"] == "http_timeout"


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/slack/events", "http://127.0.0.1:port", "sparkle://127.0.0.1", ""])
def test_event_to_an_app_that_is_not_there_fails_to_connect(team: Team, url: str) -> None:
    nowhere = team.reset(a_seed(an_app(transport="http", request_url=url)))
    nowhere.workspace.quick_retries()

    nowhere.workspace.deliver("event", {"type": "event_callback"})

    assert [each["problem"] for each in nowhere.workspace.deliveries("event")] == ["connection_failed"]


def test_redelivered_event_carries_a_retrys_headers_and_a_form_does_not(http_team: Team, app: ScriptedApp) -> None:
    http_team.ada.open_home()
    app.wait_for_request()
    http_team.workspace.redeliver()
    http_team.ada.slash("/plain")
    http_team.workspace.redeliver()

    bodies = [sent.body for sent in app.requests]
    assert [sent.headers.get("X-Slack-Retry-Num") for sent in app.requests] == [None, "1", None, None]
    assert (bodies[0] == bodies[1], bodies[2] == bodies[3]) == (True, True)


def test_redelivering_nothing_is_declined(team: Team) -> None:
    with pytest.raises(Declined, match="nothing has been delivered yet"):
        team.workspace.redeliver()


@pytest.mark.parametrize(
    ("channel", "kind", "scope"),
    [("general", "channel", "channels:history"), ("team", "group", "groups:history"), ("dm", "im", "im:history")],
)
def test_message_is_told_by_the_subscription_of_its_kind_and_with_its_scope(
    http_team: Team, app: ScriptedApp, channel: str, kind: str, scope: str
) -> None:
    def say(team: Team) -> None:
        place = (
            team.web.conversations_open(users=team.ada.id)["channel"]["id"]
            if channel == "dm"
            else team.channel(channel)
        )
        team.ada.say("Hello & <all>", channel=place)

    say(http_team)
    event = _event(app)
    poor = http_team.reset(a_seed(an_app(transport="http", request_url=app.url, without=(scope,))))
    say(poor)

    assert (event["type"], event["channel_type"], event["user"]) == ("message", kind, event["user"])
    assert event["text"] == "Hello &amp; &lt;all&gt;"
    assert _events_sent(poor) == []


def test_mention_is_told_as_one_where_the_bot_is(http_team: Team, app: ScriptedApp) -> None:
    manifest = a_manifest(events=("app_mention",))
    quiet = http_team.reset(a_seed(an_app(manifest=manifest, transport="http", request_url=app.url)))
    quiet.ada.say("Hello all", channel=quiet.general)
    quiet.ada.say("Hello @helper", channel=quiet.general)
    quiet.wait_for_events(1)

    (told,) = quiet.workspace.deliveries("event")
    event = told["payload"]["event"]
    assert (event["type"], event["text"]) == ("app_mention", f"Hello <@{quiet.bot}>")


def test_event_without_its_subscription_is_not_sent(http_team: Team, app: ScriptedApp) -> None:
    events = tuple(each for each in EVENTS if each not in {"app_home_opened", "team_join"})
    manifest = a_manifest(events=events)
    deaf = http_team.reset(a_seed(an_app(manifest=manifest, transport="http", request_url=app.url)))

    deaf.ada.open_home()
    deaf.workspace.join(name="zoe", real_name="Zoe")

    assert _events_sent(deaf) == []


def test_newcomer_and_change_of_an_account_are_told(http_team: Team, app: ScriptedApp) -> None:
    zoe = http_team.workspace.join(name="zoe", real_name="Zoe", email="zoe@example.org")
    joined = _event(app)
    http_team.workspace.change_user(zoe, deleted=True)
    changed = _event(app)

    assert (joined["type"], joined["user"]["profile"]["email"]) == ("team_join", "zoe@example.org")
    assert (changed["type"], changed["user"]["id"], changed["user"]["deleted"]) == ("user_change", zoe, True)


@pytest.mark.parametrize(("channel", "scope"), [("general", "channels:read"), ("team", "groups:read")])
def test_arrival_in_a_channel_is_told_with_the_scope_of_its_kind(
    http_team: Team, app: ScriptedApp, channel: str, scope: str
) -> None:
    zoe = http_team.workspace.join(name="zoe", real_name="Zoe")
    _event(app)
    http_team.workspace.invite(http_team.channel(channel), zoe)
    event = _event(app)
    poor = http_team.reset(a_seed(an_app(transport="http", request_url=app.url, without=(scope, "users:read"))))
    poor.workspace.invite(poor.channel(channel), poor.workspace.join(name="zoe", real_name="Zoe"))

    assert (event["type"], event["user"], event["channel_type"]) == (
        "member_joined_channel",
        zoe,
        "G" if channel == "team" else "C",
    )
    assert _events_sent(poor) == []


def test_message_to_an_app_whose_tab_is_read_only_is_declined(team: Team) -> None:
    closed = team.reset(a_seed(an_app(manifest=a_manifest(app_home={"messages_tab_read_only_enabled": True}))))
    dm = closed.web.chat_postMessage(channel=closed.ada.id, text="Hello")["channel"]

    with pytest.raises(Declined, match="turned off"):
        closed.ada.say("Hello?", channel=dm)


@pytest.mark.parametrize(("channel", "text"), [("old", "Hello"), ("general", "  ")])
def test_message_into_an_archive_or_of_nothing_is_declined(team: Team, channel: str, text: str) -> None:
    with pytest.raises(Declined):
        team.ada.say(text, channel=team.channel(channel))


@pytest.mark.parametrize("as_json", [True, False])
def test_request_url_that_echoes_the_challenge_is_verified(
    http_team: Team,
    app: ScriptedApp,
    as_json: bool,  # noqa: FBT001 a case of the table
) -> None:
    app.echo_challenges(as_json=as_json)

    assert http_team.workspace.verify_url()
    (sent,) = app.requests
    assert set(json.loads(sent.body)) == {"token", "challenge", "type"}
    assert SignatureVerifier(SIGNING_SECRET).is_valid_request(sent.body, dict(sent.headers))


@pytest.mark.parametrize("answer", [Say(), Say(body="something else"), Say(status=500)])
def test_request_url_that_does_not_echo_is_not_verified(http_team: Team, app: ScriptedApp, answer: Say) -> None:
    app.will(answer)

    assert not http_team.workspace.verify_url()


def test_app_in_socket_mode_has_no_url_to_verify(team: Team) -> None:
    with pytest.raises(Declined, match="no request URL"):
        team.workspace.verify_url()
