"""Submitting and closing modals: what the app hears, and what its answer does to the stack."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.acting.scripted_app import Say, ScriptedApp
from tests.acting.teams import Team
from tests.builders.blocks import Payload, a_menu, a_modal, a_section, actions, an_input, options


def _titles(team: Team) -> list[str]:
    return [view["title"]["text"] for view in team.ada.modals()]


def _open(team: Team, *titles: str, **more: Any) -> None:
    for number, title in enumerate(titles):
        view = a_modal(a_section("Hello"), title={"type": "plain_text", "text": title}, **more)
        if number:
            team.web.views_push(trigger_id=team.trigger(), view=view)
        else:
            team.open(view)


def test_empty_answer_closes_one_modal_alone(http_team: Team) -> None:
    _open(http_team, "First", "Second")

    outcome = http_team.ada.submit()

    assert outcome == {"error": None, "errors": {}, "detail": None}
    assert _titles(http_team) == ["First"]


def test_clear_closes_all(http_team: Team, app: ScriptedApp) -> None:
    _open(http_team, "First", "Second")
    app.requests.clear()
    app.will_say({"response_action": "clear"})

    http_team.ada.submit()

    assert _titles(http_team) == []


def test_update_replaces_the_submitted_modal(http_team: Team, app: ScriptedApp) -> None:
    _open(http_team, "First", "Second")
    app.will_say({"response_action": "update", "view": a_modal(title={"type": "plain_text", "text": "New"})})

    http_team.ada.submit()

    assert _titles(http_team) == ["First", "New"]


def test_push_lays_one_over_it_and_never_a_fourth(http_team: Team, app: ScriptedApp) -> None:
    _open(http_team, "First", "Second")
    push: Payload = {
        "response_action": "push",
        "view": a_modal(a_section(), title={"type": "plain_text", "text": "Third"}),
    }
    app.will_say(push)
    app.will_say(push)

    outcomes = [http_team.ada.submit()["error"] for _ in range(2)]

    assert outcomes == [None, "dispatch_failed"]
    assert _titles(http_team) == ["First", "Second", "Third"]


def test_errors_stand_at_the_inputs_they_name_until_those_change(http_team: Team, app: ScriptedApp) -> None:
    http_team.open(a_modal(an_input("name")))
    http_team.ada.fill("name", "words")
    app.will_say({"response_action": "errors", "errors": {"name": "Taken"}})

    outcome = http_team.ada.submit()
    shown = http_team.ada.modal()["errors"]
    http_team.ada.fill("name", "other words")

    assert (outcome["errors"], shown, http_team.ada.modal()["errors"]) == ({"name": "Taken"}, {"name": "Taken"}, {})


@pytest.mark.parametrize(
    "errors",
    [
        {},
        {"words": "Not an input"},
        {"elsewhere": "No such block"},
        ["name"],
        [["name", "Taken"]],
        "Taken",
        7,
        None,
        {"name": ["Taken"]},
        {"name": {"text": "Taken"}},
        {"name": ""},
        {"name": None},
    ],
)
def test_errors_for_anything_but_an_input_of_that_view_fail_visibly(
    http_team: Team, app: ScriptedApp, errors: Any
) -> None:
    http_team.open(a_modal(an_input("name", optional=True), a_section(block_id="words")))
    app.will_say({"response_action": "errors", "errors": errors})

    outcome = http_team.ada.submit()

    assert (outcome["error"], outcome["errors"]) == ("dispatch_failed", {})
    assert len(http_team.ada.modals()) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "sparkle"},
        {"response_action": ["clear"]},
        {"response_action": None},
        {"text": "Saved"},
        ["clear"],
        {"response_action": "update", "view": "modal"},
        {"response_action": "update", "view": [a_modal()]},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "update"},
        {"response_action": "push", "view": {"type": "home", "blocks": []}},
    ],
)
def test_answer_that_slack_cannot_follow_fails_visibly_and_changes_nothing(
    http_team: Team, app: ScriptedApp, answer: Any
) -> None:
    _open(http_team, "First")
    app.will_say(answer)

    outcome = http_team.ada.submit()

    assert outcome["error"] == "dispatch_failed"
    assert _titles(http_team) == ["First"]


def test_words_are_no_answer_to_a_form(http_team: Team, app: ScriptedApp) -> None:
    _open(http_team, "First")
    app.will(Say(body="ok"))

    outcome = http_team.ada.submit()

    assert (outcome["error"], _titles(http_team)) == ("dispatch_failed", ["First"])


@pytest.mark.parametrize("action", ["update", "push", "errors"])
def test_answer_for_a_modal_that_is_gone_meanwhile_fails_visibly(
    http_team: Team, app: ScriptedApp, action: str
) -> None:
    trigger = http_team.trigger()
    _open(http_team, "First")
    app.expect_anew()
    said = {"response_action": action, "view": a_modal(a_section()), "errors": {"name": "Taken"}}
    app.will(Say(body=json.dumps(said), is_silent=True))

    with ThreadPoolExecutor(1) as pool:
        submitting = pool.submit(http_team.ada.submit)
        app.wait_for_request()
        http_team.web.views_open(trigger_id=trigger, view=a_modal(title={"type": "plain_text", "text": "Second"}))
        app.let_go()
        outcome = submitting.result(60)

    assert (outcome["error"], _titles(http_team)) == ("dispatch_failed", ["Second"])


def test_submission_tells_everything_filled_in_and_what_was_not(http_team: Team, app: ScriptedApp) -> None:
    view = http_team.open(
        a_modal(
            an_input("name"),
            an_input("day", {"type": "datepicker", "action_id": "date"}, optional=True),
            an_input("many", {"type": "checkboxes", "action_id": "boxes", "options": options(2)}, optional=True),
            actions(a_menu("menu"), block_id="row"),
            private_metadata="m",
        )
    )
    http_team.ada.fill("name", "words")
    app.requests.clear()

    http_team.ada.submit()

    (sent,) = app.requests
    payload = sent.payload
    assert payload["view"]["state"]["values"] == {
        "name": {"typed": {"type": "plain_text_input", "value": "words"}},
        "day": {"date": {"type": "datepicker", "selected_date": None}},
        "many": {"boxes": {"type": "checkboxes", "selected_options": []}},
        "row": {"menu": {"type": "static_select", "selected_option": None}},
    }
    assert (payload["type"], payload["user"]["id"], payload["response_urls"]) == (
        "view_submission",
        http_team.ada.id,
        [],
    )
    assert (payload["view"]["id"], payload["view"]["hash"], payload["view"]["private_metadata"]) == (
        view["id"],
        view["hash"],
        "m",
    )


def test_required_field_left_empty_is_told_before_anything_is_sent(http_team: Team, app: ScriptedApp) -> None:
    http_team.open(a_modal(an_input("name")))
    app.requests.clear()

    outcome = http_team.ada.submit()

    assert outcome["errors"] == {"name": "Please complete this required field."}
    assert app.requests == []


def test_select_with_response_url_enabled_brings_a_url_for_the_chosen_channel(
    http_team: Team, app: ScriptedApp
) -> None:
    where = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    http_team.open(a_modal(an_input("place", where)))
    http_team.ada.fill("place", http_team.general)
    app.requests.clear()

    http_team.ada.submit()

    (url,) = app.requests[0].payload["response_urls"]
    assert (url["channel_id"], url["block_id"], url["action_id"]) == (http_team.general, "place", "where")
    assert url["response_url"].startswith(http_team.workspace.url)


def test_answer_later_than_three_seconds_fails_visibly_and_keeps_the_form(http_team: Team, app: ScriptedApp) -> None:
    _open(http_team, "First")
    app.will(Say(is_silent=True))

    outcome = http_team.late(http_team.ada.submit, app)

    assert (outcome["error"], _titles(http_team)) == ("operation_timeout", ["First"])


def test_close_tells_the_app_only_when_it_asked_for_it(http_team: Team, app: ScriptedApp) -> None:
    _open(http_team, "First")
    app.requests.clear()
    http_team.ada.close()
    unasked = len(app.requests)
    view = http_team.open(a_modal(notify_on_close=True))
    app.requests.clear()

    http_team.ada.close()

    (sent,) = app.requests
    assert unasked == 0
    assert (sent.payload["type"], sent.payload["view"]["id"], sent.payload["is_cleared"]) == (
        "view_closed",
        view["id"],
        False,
    )
    assert "trigger_id" not in sent.payload


def test_close_with_the_x_clears_all_and_names_the_root(http_team: Team, app: ScriptedApp) -> None:
    _open(http_team, "First", "Second", notify_on_close=True)
    root = http_team.ada.modals()[0]["id"]
    app.requests.clear()

    http_team.ada.close(everything=True)

    (sent,) = app.requests
    assert (sent.payload["view"]["id"], sent.payload["is_cleared"], _titles(http_team)) == (root, True, [])


def test_close_pops_one_and_a_view_that_clears_on_close_takes_all_along(http_team: Team) -> None:
    _open(http_team, "First", "Second", "Third")
    http_team.ada.close()
    popped = _titles(http_team)
    clearing = a_modal(a_section(), clear_on_close=True)
    http_team.web.views_push(trigger_id=http_team.trigger(), view=clearing)

    http_team.ada.close()

    assert (popped, _titles(http_team)) == (["First", "Second"], [])
