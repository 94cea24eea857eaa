"""Presses and shortcuts: what the app hears from messages, modals and Home."""

from collections.abc import Callable

import pytest

from sandbox.client import Declined
from tests.acting.scripted_app import Say, ScriptedApp
from tests.acting.teams import Team
from tests.builders.blocks import (
    a_button,
    a_home,
    a_menu,
    a_modal,
    a_section,
    actions,
    an_input,
    plain,
)
from tests.builders.slack import a_manifest, a_seed, an_app


def _declined(deed: Callable[[], object]) -> str:
    with pytest.raises(Declined) as refusal:
        deed()
    return str(refusal.value)


def test_global_shortcut_brings_a_trigger_and_no_channel(http_team: Team, app: ScriptedApp) -> None:
    http_team.ada.shortcut("new")

    payload = app.only_payload()
    assert (payload["type"], payload["callback_id"], payload["user"]["id"]) == ("shortcut", "new", http_team.ada.id)
    assert {"channel", "message", "response_url"}.isdisjoint(payload)
    assert {"trigger_id", "action_ts", "token", "team"} <= set(payload)


def test_message_shortcut_brings_the_message(http_team: Team, app: ScriptedApp) -> None:
    ts = http_team.post("Hello")
    (message,) = http_team.ada.messages()

    http_team.ada.message_shortcut(message, "quote")

    payload = app.only_payload()
    assert (payload["type"], payload["callback_id"], payload["message_ts"]) == ("message_action", "quote", ts)
    assert (payload["message"]["text"], payload["channel"]) == ("Hello", {"id": http_team.general, "name": "general"})
    assert payload["response_url"].startswith(http_team.workspace.url)


def test_message_that_only_one_person_sees_has_no_shortcuts(team: Team) -> None:
    team.web.chat_postEphemeral(channel=team.general, user=team.ada.id, text="Psst")
    (message,) = team.ada.messages()

    with pytest.raises(Declined, match="no shortcuts"):
        team.ada.message_shortcut(message, "quote")


@pytest.mark.parametrize("callback_id", ["quote", "sparkle"])
def test_shortcut_of_another_kind_or_of_nobody_is_declined(team: Team, callback_id: str) -> None:
    with pytest.raises(Declined, match="no global shortcut"):
        team.ada.shortcut(callback_id)


def test_press_in_a_message_brings_message_channel_and_response_url(http_team: Team, app: ScriptedApp) -> None:
    ts = http_team.post(blocks=[actions(a_button(value="v1"), a_menu("menu"))])

    outcome = http_team.ada.press_message(http_team.ada.messages()[0], "press")

    payload = app.only_payload()
    (action,) = payload["actions"]
    action_ts = action.pop("action_ts")
    assert outcome["error"] is None
    assert action == {
        "type": "button",
        "action_id": "press",
        "block_id": "actions",
        "text": plain("Press"),
        "value": "v1",
    }
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": http_team.general,
        "is_ephemeral": False,
    }
    assert payload["user"] == {
        "id": http_team.ada.id,
        "username": "ada",
        "name": "ada",
        "team_id": payload["team"]["id"],
    }
    assert payload["state"]["values"] == {"actions": {"menu": {"type": "static_select", "selected_option": None}}}
    assert (payload["message"]["ts"], payload["channel"]["id"]) == (ts, http_team.general)
    assert {"response_url", "trigger_id", "api_app_id"} <= set(payload)
    assert float(action_ts) > 0
    assert "view" not in payload


def test_choice_in_a_message_is_kept_for_each_person_by_themselves(http_team: Team, app: ScriptedApp) -> None:
    http_team.post(blocks=[actions(a_menu("menu"))])
    (message,) = http_team.ada.messages()

    http_team.ada.press_message(message, "menu", "two")
    http_team.bo.press_message(message, "menu", "one")

    chosen = [sent.payload["state"]["values"]["actions"]["menu"]["selected_option"]["value"] for sent in app.requests]
    assert chosen == ["two", "one"]


def test_press_in_an_ephemeral_says_that_it_is_one(http_team: Team, app: ScriptedApp) -> None:
    http_team.web.chat_postEphemeral(
        channel=http_team.general, user=http_team.ada.id, text="Psst", blocks=[actions(a_button())]
    )

    http_team.ada.press_message(http_team.ada.messages()[0], "press")

    assert app.only_payload()["container"]["is_ephemeral"]


def test_covered_or_closed_modal_can_be_neither_pressed_nor_filled(http_team: Team, app: ScriptedApp) -> None:
    view = http_team.open(a_modal(an_input("name"), actions(a_button())))
    http_team.web.views_push(trigger_id=http_team.trigger(), view=a_modal())
    app.requests.clear()

    def act(action_id: str, value: str | None = None) -> str:
        person = {"user_id": http_team.ada.id, "view_id": view["id"]}
        return _declined(
            lambda: http_team.workspace.deed("act", deed="act_in_view", action_id=action_id, value=value, **person)
        )

    covered = [act("press"), act("typed", "words")]
    http_team.ada.close(everything=True)
    closed = [act("press"), act("typed", "words")]

    assert covered == ["another modal lies over that one"] * 2
    assert closed == ["that view is closed"] * 2
    assert app.requests == []


def test_press_in_a_modal_brings_the_view_and_no_response_url(http_team: Team, app: ScriptedApp) -> None:
    view = http_team.open(a_modal(an_input("name"), actions(a_button())))
    http_team.ada.fill("name", "words")
    app.requests.clear()

    http_team.ada.press("press")

    payload = app.only_payload()
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    assert (payload["view"]["id"], payload["view"]["hash"]) == (view["id"], view["hash"])
    assert payload["view"]["state"]["values"]["name"]["typed"]["value"] == "words"
    assert {"response_url", "channel", "message"}.isdisjoint(payload)


def test_press_in_home_brings_the_home_view(http_team: Team, app: ScriptedApp) -> None:
    home = a_home(actions(a_button()))
    view = http_team.web.views_publish(user_id=http_team.ada.id, view=home)["view"]

    http_team.ada.press_home("press")

    payload = app.only_payload()
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    assert (payload["view"]["type"], "response_url" in payload) == ("home", False)


def test_input_is_told_at_once_only_when_it_dispatches(http_team: Team, app: ScriptedApp) -> None:
    http_team.open(a_modal(an_input("quiet"), an_input("loud", dispatch_action=True)))
    app.requests.clear()

    http_team.ada.fill("quiet", "words")
    unheard = len(app.requests)
    http_team.ada.fill("loud", "words")

    assert (unheard, app.only_payload()["actions"][0]["block_id"]) == (0, "loud")
    assert app.only_payload()["actions"][0]["value"] == "words"


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500, 503])
@pytest.mark.parametrize("deed", ["press", "shortcut", "submit"])
def test_app_that_fails_a_deed_is_seen_to_fail_and_asked_once(
    http_team: Team, app: ScriptedApp, deed: str, status: int
) -> None:
    http_team.open(a_modal(a_section(), actions(a_button())))
    app.requests.clear()
    app.will(Say(status=status, headers={"Location": "/slack/events"}))
    deeds = {
        "press": lambda: http_team.ada.press("press"),
        "shortcut": lambda: http_team.ada.shortcut("new"),
        "submit": http_team.ada.submit,
    }

    outcome = deeds[deed]()
    http_team.workspace.advance(3600)

    assert (outcome["error"], outcome["detail"]) == ("dispatch_failed", "http_error")
    assert (len(app.requests), len(http_team.ada.modals())) == (1, 1)


def test_press_when_interactivity_is_off_reaches_nobody(http_team: Team, app: ScriptedApp) -> None:
    manifest = a_manifest(is_interactive=False)
    silent = http_team.reset(a_seed(an_app(manifest=manifest, transport="http", request_url=app.url)))
    silent.post(blocks=[actions(a_button())])

    outcome = silent.ada.press_message(silent.ada.messages()[0], "press")

    assert (outcome["error"], app.requests) == ("dispatch_failed", [])


def test_what_nobody_could_press_is_declined(http_team: Team) -> None:
    http_team.post(blocks=[actions(a_button(), a_menu("menu")), a_section()])
    message = http_team.ada.messages()[0]
    view = http_team.open(a_modal(a_section(), submit=None))

    declined = [
        _declined(lambda: http_team.ada.press_message(message, "sparkle")),
        _declined(lambda: http_team.ada.press_message(message, "menu", "three")),
        _declined(lambda: http_team.ada.press_message(message | {"ts": "1.000000"}, "press")),
        _declined(lambda: http_team.bo.press_message(message | {"channel": http_team.channel("team")}, "press")),
        _declined(http_team.ada.submit),
        _declined(http_team.bo.submit),
        _declined(
            lambda: http_team.workspace.deed(
                "act", deed="act_in_view", user_id=http_team.bo.id, view_id=view["id"], action_id="press"
            )
        ),
    ]

    assert declined == [
        "there is no element sparkle here",
        "no option 'three'; there are ['one', 'two']",
        "that person sees no such message",
        "that person is not in that channel",
        "this modal has no submit button",
        "no modal is open",
        "that view is somebody else's",
    ]


def test_deed_that_does_not_exist_is_declined_by_name(team: Team) -> None:
    with pytest.raises(Declined, match="there is no deed 'dance'"):
        team.workspace.deed("act", deed="dance", user_id=team.ada.id)
