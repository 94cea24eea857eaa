"""Uploading in three calls: nothing is seen before the third."""

from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.acting.teams import Team, refusal

CONTENT = "BEGIN:VCALENDAR"


def _begin(team: Team, length: int = len(CONTENT)) -> tuple[str, str]:
    answer = team.web.files_getUploadURLExternal(filename="session.ics", length=length)
    return answer["file_id"], answer["upload_url"]


def _send(url: str, content: str = CONTENT, *, kind: str = "application/octet-stream") -> int:
    try:
        with urlopen(Request(url, data=content.encode(), headers={"Content-Type": kind})) as answer:  # noqa: S310 our own workspace
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def test_sdk_uploads_in_one_call_and_the_channel_sees_it(team: Team) -> None:
    file = team.web.files_upload_v2(
        channel=team.general, filename="session.ics", content=CONTENT, title="Session", initial_comment="Here"
    )["file"]

    (message,) = team.ada.messages()
    assert (message["text"], [each["title"] for each in message["files"]]) == ("Here", ["Session"])
    assert file["id"].startswith("F0")
    assert team.workspace.file_text(file["id"]) == CONTENT
    assert team.web.files_info(file=file["id"])["file"]["size"] == len(CONTENT)


def test_unfinished_upload_is_seen_by_nobody(team: Team) -> None:
    file_id, url = _begin(team)

    before_bytes = refusal(team.web.files_info, file=file_id)
    status = _send(url)
    after_bytes = refusal(team.web.files_info, file=file_id)

    assert (before_bytes, status, after_bytes) == ("file_not_found", 200, "file_not_found")
    assert team.ada.messages() == []


def test_upload_of_another_length_is_refused_and_cannot_be_completed(team: Team) -> None:
    file_id, url = _begin(team, length=len(CONTENT) + 1)

    assert _send(url) == 400
    assert refusal(team.web.files_completeUploadExternal, files=[{"id": file_id}]) == "file_not_found"


def test_bytes_in_a_form_are_taken_too(team: Team) -> None:
    file_id, url = _begin(team)
    form = f'--cut\r\nContent-Disposition: form-data; name="file"; filename="s.ics"\r\n\r\n{CONTENT}\r\n--cut--\r\n'

    status = _send(url, form, kind="multipart/form-data; boundary=cut")
    team.web.files_completeUploadExternal(files=[{"id": file_id}])

    assert (status, team.workspace.file_text(file_id)) == (200, CONTENT)


def test_upload_to_an_address_never_given_is_refused(team: Team) -> None:
    assert _send(f"{team.workspace.url}/upload/F0NOWHERE00") == 400


def test_upload_is_completed_once(team: Team) -> None:
    file_id, url = _begin(team)
    _send(url)

    team.web.files_completeUploadExternal(files=[{"id": file_id}], channel_id=team.general)

    assert refusal(team.web.files_completeUploadExternal, files=[{"id": file_id}]) == "file_not_found"
    assert _send(url) == 400
    assert len(team.ada.messages()) == 1


def test_file_of_no_length_or_above_a_gigabyte_is_refused(team: Team) -> None:
    codes = [
        team.form("files.getUploadURLExternal", filename="a.txt", length=length)["error"]
        for length in ("0", "1000000001", "many")
    ]

    assert codes == ["missing_argument", "file_upload_size_restricted", "invalid_arguments"]


@pytest.mark.parametrize(
    ("channel", "code"),
    [("random", "not_in_channel"), ("secret", "channel_not_found"), ("old", "is_archived"), ("", "invalid_arguments")],
)
def test_file_shared_where_the_bot_may_not_is_refused_and_not_completed(team: Team, channel: str, code: str) -> None:
    file_id, url = _begin(team)
    _send(url)
    target = team.channel(channel) if channel else team.ada.id

    refused = refusal(team.web.files_completeUploadExternal, files=[{"id": file_id}], channel_id=target)

    assert (refused, refusal(team.web.files_info, file=file_id)) == (code, "file_not_found")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"is_stranger": True}, "channel_not_found"),
        ({"deleted": True}, "user_disabled"),
        ({"is_bot": True}, "cannot_dm_bot"),
    ],
)
def test_file_for_who_cannot_be_written_to_is_refused(team: Team, change: dict[str, Any], code: str) -> None:
    dm = team.web.conversations_open(users=team.bo.id)["channel"]["id"]
    file_id, url = _begin(team)
    _send(url)
    team.workspace.change_user(team.bo.id, **change)

    assert refusal(team.web.files_completeUploadExternal, files=[{"id": file_id}], channel_id=dm) == code


@pytest.mark.parametrize(
    "files", [{"id": "F1"}, ["F1"], [{}], [{"id": 7}], [{"id": ["F1"]}], [{"id": "F1", "title": 7}]]
)
def test_completing_with_a_list_of_another_shape_is_refused(team: Team, files: object) -> None:
    assert team.call("files.completeUploadExternal", files=files)["error"] == "invalid_arguments"
