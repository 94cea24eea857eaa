"""Posting, changing, deleting and linking: to whom, with what, and what Slack refuses."""

import re
from typing import Any

import pytest

from tests.acting.teams import Team, refusal
from tests.builders.blocks import Payload, a_section
from tests.builders.slack import a_manifest, a_seed, an_app


def test_message_is_seen_by_members_alone(team: Team) -> None:
    team.post("Hello")

    seen = {name: [each["text"] for each in team.workspace.as_user(name).messages()] for name in ("ada", "bo")}
    team.workspace.join(name="zoe", real_name="Zoe")

    assert seen == {"ada": ["Hello"], "bo": ["Hello"]}
    assert team.workspace.as_user("zoe").messages() == []


@pytest.mark.parametrize(
    ("channel", "code"),
    [("random", "not_in_channel"), ("secret", "channel_not_found"), ("old", "is_archived")],
)
def test_post_where_the_bot_may_not_is_refused(team: Team, channel: str, code: str) -> None:
    target = team.channel(channel)

    refusals = [
        refusal(team.web.chat_postMessage, channel=target, text="Hello"),
        refusal(team.web.chat_postEphemeral, channel=target, user=team.ada.id, text="Hello"),
        refusal(team.web.chat_scheduleMessage, channel=target, text="Hello", post_at=int(team.workspace.now()) + 60),
    ]

    assert refusals == [code] * 3


def test_post_to_a_private_channel_with_the_bot_is_taken(team: Team) -> None:
    assert team.web.chat_postMessage(channel=team.channel("team"), text="Hello")["ok"]


def test_post_to_a_user_id_opens_their_dm_once(team: Team) -> None:
    first, second = (team.web.chat_postMessage(channel=team.ada.id, text="Hello") for _ in range(2))

    assert re.fullmatch("D[A-Z0-9]{10}", first["channel"])
    assert first["channel"] == second["channel"]
    assert [each["text"] for each in team.ada.messages()] == ["Hello", "Hello"]


def test_post_to_who_cannot_be_written_to_is_refused(team: Team) -> None:
    codes = [
        refusal(team.web.chat_postMessage, channel=target, text="Hello")
        for target in (team.user("gail"), team.bot, "U0NOBODY000", "C0NOWHERE00")
    ]

    assert codes == ["user_disabled", "cannot_dm_bot", "channel_not_found", "channel_not_found"]


def test_dm_to_somebody_deactivated_since_is_refused(team: Team) -> None:
    dm = team.web.conversations_open(users=team.bo.id)["channel"]["id"]
    team.workspace.change_user(team.bo.id, deleted=True)

    assert refusal(team.web.chat_postMessage, channel=dm, text="Hello") == "user_disabled"


STRANGERS: list[dict[str, Any]] = [{"is_stranger": True}, {"team_id": "T0ELSEWHERE"}]


@pytest.mark.parametrize("stranger", STRANGERS)
def test_post_to_an_account_of_another_workspace_finds_no_channel(team: Team, stranger: dict[str, Any]) -> None:
    zoe = team.workspace.join(name="zoe", real_name="Zoe", **stranger)
    dm = team.web.conversations_open(users=team.bo.id)["channel"]["id"]
    team.workspace.change_user(team.bo.id, **stranger)

    codes = [refusal(team.web.chat_postMessage, channel=target, text="Hello") for target in (zoe, dm)]

    assert codes == ["channel_not_found"] * 2


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.postEphemeral", "chat.scheduleMessage"])
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_stranger": True}, "channel_not_found"),
        ({"deleted": True}, "user_disabled"),
        ({"is_bot": True}, "cannot_dm_bot"),
    ],
)
def test_every_way_of_posting_refuses_who_cannot_be_written_to(
    team: Team, method: str, change: dict[str, Any], code: str
) -> None:
    dm = team.web.conversations_open(users=team.bo.id)["channel"]["id"]
    team.workspace.change_user(team.bo.id, **change)
    post_at = int(team.workspace.now()) + 100

    answer = team.call(method, channel=dm, user=team.bo.id, text="Hello", post_at=post_at)

    assert (answer.get("error"), team.bo.messages()) == (code, [])


def test_dm_without_a_messages_tab_is_refused(team: Team) -> None:
    tabless = team.reset(a_seed(an_app(manifest=a_manifest(app_home={"messages_tab_enabled": False}))))

    assert refusal(tabless.web.chat_postMessage, channel=tabless.ada.id, text="Hello") == "messages_tab_disabled"


def test_timestamps_in_a_channel_are_unique_rise_and_look_like_slacks(team: Team) -> None:
    made = [team.post(f"Number {number}") for number in range(20)]

    assert made == sorted(set(made))
    assert all(re.fullmatch(r"\d{10}\.\d{6}", ts) for ts in made)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"blocks": "{}"}, "invalid_blocks_format"),
        ({"blocks": "["}, "invalid_blocks_format"),
        ({"text": "Hello", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "Hello", "blocks": 7}, "invalid_blocks_format"),
        ({"text": "Hello", "blocks": ["divider"]}, "invalid_blocks"),
        ({"text": {"type": "mrkdwn", "text": "Hello"}}, "invalid_arguments"),
        ({"text": ["Hello"]}, "invalid_arguments"),
        ({"text": 7}, "invalid_arguments"),
        ({"text": False, "blocks": [{"type": "divider"}]}, "invalid_arguments"),
        ({"text": "Hello", "thread_ts": {"ts": "1.000000"}}, "invalid_arguments"),
        ({"text": "Hello", "blocks": [a_section("a" * 2900)] * 4}, "msg_blocks_too_long"),
        ({"text": "Hello", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"text": "Hello", "metadata": ["x"]}, "invalid_metadata_format"),
        ({"text": "Hello", "metadata": 7}, "invalid_metadata_format"),
        ({"text": "Hello", "metadata": {"event_type": 7, "event_payload": {}}}, "invalid_metadata_format"),
        ({"text": "Hello", "metadata": {"event_type": "", "event_payload": {}}}, "invalid_metadata_format"),
        ({"text": "Hello", "metadata": {"event_type": "x", "event_payload": "y"}}, "invalid_metadata_format"),
        ({"text": "Hello", "metadata": {"event_type": "x", "event_payload": ["y"]}}, "invalid_metadata_format"),
        (
            {"text": "Hello", "metadata": {"event_type": "x", "event_payload": {"it": "a" * 8000}}},
            "metadata_too_large",
        ),
    ],
)
def test_post_of_what_slack_does_not_take_is_refused(team: Team, content: Payload, code: str) -> None:
    assert team.call("chat.postMessage", channel=team.general, **content)["error"] == code
    assert team.ada.messages() == []


def test_post_with_bad_blocks_points_at_each(team: Team) -> None:
    answer = team.call(
        "chat.postMessage", channel=team.general, text="Hello", blocks=[{"type": "header"}, a_section("")]
    )

    problems = [
        "missing required field: text [json-pointer:/blocks/0]",
        "must be more than 0 characters [json-pointer:/blocks/1/text/text]",
    ]
    assert answer == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": problems,
        "response_metadata": {"messages": [f"[ERROR] {each}" for each in problems]},
    }


def test_text_over_forty_thousand_characters_is_cut(team: Team) -> None:
    team.web.chat_postMessage(channel=team.general, text="a" * 40_001)

    assert [len(each["text"]) for each in team.ada.messages()] == [40_000]


def test_text_given_as_an_object_is_refused(team: Team) -> None:
    assert team.call("chat.postMessage", channel=["C1"], text="Hello")["error"] == "invalid_arguments"


def test_message_carries_its_metadata_only_for_who_asks(team: Team) -> None:
    metadata = {"event_type": "made", "event_payload": {"key": "k1"}}
    team.post("Hello", metadata=metadata)

    asked = team.web.conversations_history(channel=team.general, include_all_metadata=True)["messages"][0]
    unasked = team.web.conversations_history(channel=team.general)["messages"][0]

    assert (asked["metadata"], "metadata" in unasked) == (metadata, False)


def test_update_replaces_text_and_blocks_and_marks_the_edit(team: Team) -> None:
    ts = team.post("Before", blocks=[a_section("Before")])

    team.web.chat_update(channel=team.general, ts=ts, text="After")

    (message,) = team.ada.messages()
    assert (message["ts"], message["text"], message["blocks"], message["edited"]["user"]) == (ts, "After", [], team.bot)


def test_update_with_metadata_alone_keeps_the_words_and_an_empty_one_removes_it(team: Team) -> None:
    metadata = {"event_type": "made", "event_payload": {}}
    ts = team.post("Hello", blocks=[a_section("Hello")])

    kept = team.call("chat.update", channel=team.general, ts=ts, metadata=metadata)["message"]
    gone = team.web.chat_update(channel=team.general, ts=ts, text="Hello", metadata={})["message"]

    assert (kept["text"], len(kept["blocks"]), kept["metadata"], "metadata" in gone) == ("Hello", 1, metadata, False)


def test_update_of_more_than_four_thousand_characters_is_refused(team: Team) -> None:
    ts = team.post()

    assert team.web.chat_update(channel=team.general, ts=ts, text="a" * 4000)["ok"]
    assert refusal(team.web.chat_update, channel=team.general, ts=ts, text="a" * 4001) == "msg_too_long"


def test_update_with_nothing_is_refused(team: Team) -> None:
    ts = team.post()

    assert team.call("chat.update", channel=team.general, ts=ts)["error"] == "no_text"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"text": ["After"]}, "invalid_arguments"),
        ({"text": 7}, "invalid_arguments"),
        ({"text": "After", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "After", "metadata": {"event_type": "x", "event_payload": "y"}}, "invalid_metadata_format"),
    ],
)
def test_update_with_what_slack_does_not_take_changes_nothing(team: Team, content: Payload, code: str) -> None:
    ts = team.post("Before")

    refused = team.call("chat.update", channel=team.general, ts=ts, **content)["error"]

    assert (refused, [each["text"] for each in team.ada.messages()]) == (code, ["Before"])


def test_update_in_an_archived_channel_is_refused(team: Team) -> None:
    ts = team.post()
    team.workspace.archive(team.general)

    assert refusal(team.web.chat_update, channel=team.general, ts=ts, text="After") == "is_inactive"


def test_message_of_somebody_else_can_be_neither_changed_nor_deleted(team: Team) -> None:
    team.ada.say("Mine", channel=team.general)
    ts = team.ada.messages()[0]["ts"]

    codes = [
        refusal(team.web.chat_update, channel=team.general, ts=ts, text="Yours"),
        refusal(team.web.chat_delete, channel=team.general, ts=ts),
    ]

    assert codes == ["cant_update_message", "cant_delete_message"]


def test_deleted_message_is_gone(team: Team) -> None:
    ts = team.post()

    team.web.chat_delete(channel=team.general, ts=ts)

    assert team.ada.messages() == []
    assert refusal(team.web.chat_delete, channel=team.general, ts=ts) == "message_not_found"


def test_permalink_names_channel_and_message(team: Team) -> None:
    ts = team.post()

    link = team.web.chat_getPermalink(channel=team.general, message_ts=ts)["permalink"]

    assert link == f"{team.workspace.url}/archives/{team.general}/p{ts.replace('.', '')}"
    assert refusal(team.web.chat_getPermalink, channel=team.general, message_ts="1.000000") == "message_not_found"
    assert refusal(team.web.chat_getPermalink, channel="C0NOWHERE00", message_ts=ts) == "channel_not_found"


def test_ephemeral_is_seen_by_one_and_kept_by_nobody(team: Team) -> None:
    ts = team.web.chat_postEphemeral(channel=team.general, user=team.ada.id, text="Psst")["message_ts"]

    assert [(each["text"], each["is_ephemeral"]) for each in team.ada.messages()] == [("Psst", True)]
    assert team.bo.messages() == []
    assert team.web.conversations_history(channel=team.general)["messages"] == []
    assert [
        refusal(team.web.chat_update, channel=team.general, ts=ts, text="Loud"),
        refusal(team.web.chat_delete, channel=team.general, ts=ts),
        refusal(team.web.chat_getPermalink, channel=team.general, message_ts=ts),
    ] == ["message_not_found"] * 3


def test_ephemeral_to_who_is_not_in_the_channel_is_refused(team: Team) -> None:
    target = {"channel": team.channel("team"), "user": team.bo.id}

    assert refusal(team.web.chat_postEphemeral, **target, text="Psst") == "user_not_in_channel"


def test_history_shows_the_newest_first_by_pages_and_without_replies(team: Team) -> None:
    posted = [team.post(f"Number {number}") for number in range(5)]
    team.post("Reply", thread_ts=posted[0])

    first = team.web.conversations_history(channel=team.general, limit=3)
    rest = team.web.conversations_history(
        channel=team.general, limit=3, cursor=first["response_metadata"]["next_cursor"]
    )

    assert [each["ts"] for each in (*first["messages"], *rest["messages"])] == posted[::-1]
    assert (first["has_more"], rest["has_more"], rest["response_metadata"]["next_cursor"]) == (True, False, "")


def test_history_between_two_instants_leaves_the_ends_out_unless_inclusive(team: Team) -> None:
    posted = [team.post(f"Number {number}") for number in range(4)]
    span: dict[str, Any] = {"channel": team.general, "oldest": posted[0], "latest": posted[3]}

    inner = team.web.conversations_history(**span)["messages"]
    whole = team.web.conversations_history(**span, inclusive=True)["messages"]

    assert [each["ts"] for each in inner] == [posted[2], posted[1]]
    assert [each["ts"] for each in whole] == posted[::-1]
    assert refusal(team.web.conversations_history, channel=team.general, oldest="soon") == "invalid_ts_oldest"


def test_history_of_a_channel_without_the_bot_is_refused(team: Team) -> None:
    assert refusal(team.web.conversations_history, channel=team.channel("random")) == "not_in_channel"
    assert refusal(team.web.conversations_history, channel=team.channel("secret")) == "channel_not_found"


@pytest.mark.parametrize("name", ["blocks", "message", "view"])
def test_blocks_validate_reports_in_slacks_own_shape(team: Team, name: str) -> None:
    wrong = [{"type": "section", "text": {"type": "invalid", "text": "Hello"}}]
    values: dict[str, tuple[Any, str]] = {
        "blocks": (wrong, ""),
        "message": ({"blocks": wrong}, "/blocks"),
        "view": ({"type": "home", "blocks": wrong}, "/blocks"),
    }
    value, start = values[name]

    answer = team.call("blocks.validate", **{name: value})

    assert answer == {
        "ok": False,
        "error": f"invalid_{name}",
        "errors": [
            {
                "code": "failed_constraint",
                "message": "unsupported type: invalid",
                "pointer": f"{start}/0/text/type",
                "constraint": {"type": "enum", "expected": ["plain_text", "mrkdwn"]},
            }
        ],
    }


def test_blocks_validate_takes_exactly_one_of_three(team: Team) -> None:
    good: list[Payload] = [{"type": "divider"}, a_section()]
    wrong: tuple[dict[str, Any], ...] = ({}, {"blocks": good, "view": {}})

    assert team.web.blocks_validate(blocks=good)["ok"]
    assert [team.call("blocks.validate", **args)["error"] for args in wrong] == ["invalid_arguments"] * 2


def test_blocks_validate_takes_a_hundred_thousand_characters(team: Team) -> None:
    answer = team.call("blocks.validate", blocks=[a_section("a" * 2900)] * 40)

    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be at most 100000 characters [json-pointer:/blocks]"
    ]
