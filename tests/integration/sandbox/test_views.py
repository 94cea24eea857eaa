"""Modals: triggers, the stack of three, hashes, external ids, and what stays typed."""

import pytest

from tests.acting.teams import Team, refusal
from tests.builders.blocks import Payload, a_modal, a_section, an_input, plain


def test_trigger_opens_one_modal_within_three_seconds(team: Team) -> None:
    trigger = team.trigger()
    team.workspace.advance(1)

    view = team.web.views_open(trigger_id=trigger, view=a_modal())["view"]

    assert [each["id"] for each in team.ada.modals()] == [view["id"]]
    assert refusal(team.web.views_open, trigger_id=trigger, view=a_modal()) == "exchanged_trigger_id"


def test_trigger_older_than_three_seconds_is_expired(team: Team) -> None:
    trigger = team.trigger()
    team.workspace.advance(3.5)

    assert refusal(team.web.views_open, trigger_id=trigger, view=a_modal()) == "expired_trigger_id"
    assert team.ada.modals() == []


def test_trigger_that_was_never_given_is_invalid(team: Team) -> None:
    assert refusal(team.web.views_open, trigger_id="1.2.abc", view=a_modal()) == "invalid_trigger_id"


def test_trigger_survives_a_view_that_was_refused(team: Team) -> None:
    trigger = team.trigger()

    refused = refusal(team.web.views_open, trigger_id=trigger, view=a_modal(callback_id=""))

    assert refused == "invalid_arguments"
    assert team.web.views_open(trigger_id=trigger, view=a_modal())["ok"]


def test_opened_view_is_shown_as_slack_shows_it(team: Team) -> None:
    view = team.open(a_modal(an_input("name"), private_metadata="m", external_id="e"))

    state = {"values": {"name": {"typed": {"type": "plain_text_input", "value": None}}}}
    expected = {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": "m",
        "external_id": "e",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": plain("Save"),
        "state": state,
        "previous_view_id": None,
        "root_view_id": view["id"],
        "team_id": team.workspace.state()["team_id"],
    }
    assert {name: view[name] for name in expected} == expected
    assert view["id"].startswith("V0")
    assert view["app_id"].startswith("A0")
    assert view["bot_id"].startswith("B0")


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (a_modal(submit=None), "submit is required when a view has an input [json-pointer:/view/submit]"),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        ({"type": "home", "blocks": []}, "must be a modal view [json-pointer:/view/type]"),
        ("{", "must be valid JSON [json-pointer:/view]"),
    ],
)
def test_view_that_is_wrong_is_refused_with_a_pointer(team: Team, view: Payload | str, message: str) -> None:
    answer = team.call("views.open", trigger_id=team.trigger(), view=view)

    assert answer == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {"messages": [f"[ERROR] {message}"]},
    }


def test_view_above_250_kilobytes_is_too_large(team: Team) -> None:
    large = a_modal(*[a_section("a" * 2600)] * 100)

    assert refusal(team.web.views_open, trigger_id=team.trigger(), view=large) == "view_too_large"


def test_stack_holds_three_modals_and_no_fourth(team: Team) -> None:
    root = team.open(a_modal())
    second, third = (team.web.views_push(trigger_id=team.trigger(), view=a_modal())["view"] for _ in range(2))

    refused = refusal(team.web.views_push, trigger_id=team.trigger(), view=a_modal())

    assert refused == "push_limit_reached"
    assert [view["id"] for view in team.ada.modals()] == [root["id"], second["id"], third["id"]]
    assert (third["root_view_id"], third["previous_view_id"]) == (root["id"], second["id"])


def test_push_without_an_open_modal_finds_none(team: Team) -> None:
    assert refusal(team.web.views_push, trigger_id=team.trigger(), view=a_modal()) == "not_found"


def test_open_replaces_what_was_open(team: Team) -> None:
    team.open(a_modal())
    second = team.open(a_modal())

    assert [view["id"] for view in team.ada.modals()] == [second["id"]]


def test_update_with_the_last_hash_is_taken_and_with_an_older_one_conflicts(team: Team) -> None:
    view = team.open(a_modal())
    after = team.web.views_update(view_id=view["id"], hash=view["hash"], view=a_modal(a_section("New")))["view"]

    refused = refusal(team.web.views_update, view_id=view["id"], hash=view["hash"], view=a_modal())

    assert refused == "hash_conflict"
    assert after["hash"] != view["hash"]
    assert team.ada.modal()["blocks"][0]["text"]["text"] == "New"


def test_update_by_external_id_reaches_its_view(team: Team) -> None:
    view = team.open(a_modal(external_id="mine"))

    updated = team.web.views_update(external_id="mine", view=a_modal(a_section("New"), external_id="mine"))["view"]

    assert updated["id"] == view["id"]


def test_external_id_is_unique_and_free_again_when_its_view_is_gone(team: Team) -> None:
    team.open(a_modal(external_id="mine"))
    push = {"trigger_id": team.trigger(), "view": a_modal(external_id="mine")}

    refused = refusal(team.web.views_push, **push)
    team.ada.close()

    assert refused == "duplicate_external_id"
    assert team.open(a_modal(external_id="mine"))["external_id"] == "mine"


def test_update_of_no_open_view_is_refused(team: Team) -> None:
    view = team.open(a_modal())
    team.ada.close()

    assert refusal(team.web.views_update, view_id=view["id"], view=a_modal()) == "not_found"
    assert refusal(team.web.views_update, external_id="nobody's", view=a_modal()) == "not_found"
    assert team.call("views.update", view=a_modal())["error"] == "invalid_arguments"


def test_typed_input_stays_over_an_update_with_the_same_ids_and_goes_with_others(team: Team) -> None:
    view = team.open(a_modal(an_input("kept"), an_input("reset")))
    team.ada.fill("kept", "words")
    team.ada.fill("reset", "words")

    updated = team.web.views_update(view_id=view["id"], view=a_modal(an_input("kept"), an_input("reset2")))["view"]

    assert {block: held["typed"]["value"] for block, held in updated["state"]["values"].items()} == {
        "kept": "words",
        "reset2": None,
    }


def test_log_keeps_what_was_answered_although_the_form_is_filled_in_later(team: Team) -> None:
    team.open(a_modal(an_input("name")))

    team.ada.fill("name", "words")

    (call,) = team.workspace.calls("views.open")
    assert call["answer"]["view"]["state"]["values"]["name"]["typed"]["value"] is None
