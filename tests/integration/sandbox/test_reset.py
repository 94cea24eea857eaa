"""A reset leaves nothing behind: not a message, a fault, a view, a file, a moved clock, nor anything still to come."""

from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.acting.scripted_app import Say, ScriptedApp
from tests.acting.teams import Team, refusal, wait_until
from tests.builders.blocks import a_home, a_modal
from tests.builders.slack import a_seed, an_app


def test_reset_forgets_people_messages_views_files_calls_and_faults(http_team: Team) -> None:
    http_team.post("Hello")
    http_team.open(a_modal())
    http_team.web.views_publish(user_id=http_team.ada.id, view=a_home())
    file = http_team.web.files_upload_v2(channel=http_team.general, filename="a.txt", content="abc")["file"]["id"]
    zoe = http_team.workspace.join(name="zoe", real_name="Zoe")
    http_team.workspace.fault("*", "refuse")

    fresh = http_team.reset(a_seed())

    assert fresh.workspace.calls() == []
    assert fresh.workspace.deliveries() == []
    assert fresh.ada.eyes() == {
        "messages": {fresh.channel(name): [] for name in ("general", "random", "team", "secret", "old")},
        "modals": [],
        "homes": {},
    }
    assert refusal(fresh.web.files_info, file=file) == "file_not_found"
    assert refusal(fresh.web.users_info, user=zoe) == "user_not_found"


def test_reset_returns_to_real_time_and_timestamps_with_it(team: Team) -> None:
    started = team.workspace.now()
    team.workspace.advance(86_400)
    team.post("Tomorrow")

    fresh = team.reset(a_seed())

    assert started <= fresh.workspace.now() < started + 3600
    assert float(fresh.post("Today")) < started + 3600


def test_reset_forgets_triggers_and_scheduled_messages(team: Team) -> None:
    trigger = team.trigger()
    team.web.chat_scheduleMessage(channel=team.general, text="Never", post_at=int(team.workspace.now() + 60))

    fresh = team.reset(a_seed())
    fresh.workspace.advance(60)
    fresh.post("Later")

    assert refusal(fresh.web.views_open, trigger_id=trigger, view=a_modal()) == "invalid_trigger_id"
    assert fresh.web.chat_scheduledMessages_list()["scheduled_messages"] == []
    assert [each["text"] for each in fresh.ada.messages()] == ["Later"]


def test_reset_forgets_retries_that_were_still_to_come(http_team: Team, app: ScriptedApp) -> None:
    app.will(*[Say(status=500)] * 4)
    http_team.ada.open_home()
    http_team.wait_for_events(2)

    fresh = http_team.reset(a_seed(an_app(transport="http", request_url=app.url)))
    fresh.workspace.advance(3600)
    app.will(Say())
    fresh.ada.shortcut("new")

    assert fresh.workspace.deliveries("event") == []


def test_reset_releases_who_waits_for_a_slow_answer(team: Team) -> None:
    team.workspace.advance(86_400)
    team.workspace.fault("auth.test", "slow", seconds=3600)

    with ThreadPoolExecutor(1) as pool:
        calling = pool.submit(team.call, "auth.test")
        wait_until(lambda: bool(team.workspace.calls("auth.test")))
        team.reset(a_seed())

        assert calling.result(60)["ok"]


def test_reset_makes_response_urls_expire(http_team: Team, app: ScriptedApp) -> None:
    http_team.ada.slash("/plain")
    url = app.requests[0].payload["response_url"]

    fresh = http_team.reset(a_seed())

    with pytest.raises(HTTPError) as refused:
        urlopen(Request(url, data=b'{"text": "Late"}'))  # noqa: S310 our own workspace
    refused.value.close()

    assert (refused.value.code, fresh.ada.messages()) == (404, [])


def test_same_names_get_other_ids_after_a_reset(team: Team) -> None:
    before = (team.ada.id, team.general, team.bot)

    after = team.reset(a_seed())

    assert set(before).isdisjoint({after.ada.id, after.general, after.bot})
