"""The Home tab: published at any time, kept per person, and the event when somebody looks."""

import pytest

from tests.acting.scripted_app import ScriptedApp
from tests.acting.teams import Team, refusal
from tests.builders.blocks import Payload, a_home, a_modal, a_section, an_input
from tests.builders.slack import a_manifest, a_seed, an_app


def test_published_home_is_seen_by_that_person_until_the_next(team: Team) -> None:
    first = team.web.views_publish(user_id=team.ada.id, view=a_home(a_section("One")))["view"]

    second = team.web.views_publish(user_id=team.ada.id, view=a_home(a_section("Two")))["view"]

    assert (first["id"], first["hash"] == second["hash"]) == (second["id"], False)
    assert team.ada.home()["blocks"][0]["text"]["text"] == "Two"
    assert team.bo.eyes()["homes"] == {}


def test_home_published_with_an_older_hash_conflicts(team: Team) -> None:
    first = team.web.views_publish(user_id=team.ada.id, view=a_home())["view"]
    team.web.views_publish(user_id=team.ada.id, view=a_home(), hash=first["hash"])

    assert refusal(team.web.views_publish, user_id=team.ada.id, view=a_home(), hash=first["hash"]) == "hash_conflict"


@pytest.mark.parametrize("view", [a_modal(), {"type": "home"}, a_home(an_input(), submit={})])
def test_home_of_the_wrong_shape_is_refused(team: Team, view: Payload) -> None:
    assert team.call("views.publish", user_id=team.ada.id, view=view)["error"] == "invalid_arguments"


def test_home_for_nobody_is_refused(team: Team) -> None:
    assert refusal(team.web.views_publish, user_id="U0NOBODY000", view=a_home()) == "invalid_arguments"


def test_home_of_an_app_without_the_tab_is_not_enabled(team: Team) -> None:
    tabless = team.reset(a_seed(an_app(manifest=a_manifest(app_home={"home_tab_enabled": False}))))

    assert refusal(tabless.web.views_publish, user_id=tabless.ada.id, view=a_home()) == "not_enabled"


def test_home_input_without_submit_is_taken(team: Team) -> None:
    assert team.web.views_publish(user_id=team.ada.id, view=a_home(an_input()))["ok"]


@pytest.mark.parametrize("tab", ["home", "messages"])
def test_opening_a_tab_tells_the_app_which(http_team: Team, app: ScriptedApp, tab: str) -> None:
    http_team.ada.open_home(tab=tab)
    app.wait_for_request()

    event = app.requests[0].payload["event"]
    assert (event["type"], event["user"], event["tab"], "view" in event) == (
        "app_home_opened",
        http_team.ada.id,
        tab,
        False,
    )
    assert event["channel"].startswith("D0")


def test_opening_home_again_brings_what_was_published(http_team: Team, app: ScriptedApp) -> None:
    view = http_team.web.views_publish(user_id=http_team.ada.id, view=a_home())["view"]

    http_team.ada.open_home()
    app.wait_for_request()

    assert app.requests[0].payload["event"]["view"]["id"] == view["id"]
