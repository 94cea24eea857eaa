"""What a request tells; and its once-only key: one delivered twice has one effect, and no two requests share it."""

from typing import Any

import pytest

from handlers.request import Envelope, Kind
from tests.builders.payloads import a_command, a_message_shortcut, a_press, a_submission, a_view, an_envelope, an_event

FORM = an_envelope(Kind.SUBMISSION, "modal.book", body=a_submission(a_view()))
PRESS = an_envelope(Kind.ACTION, "proposal.accept", body=a_press("proposal.accept", value="p1.1"))
EVENT = an_envelope(Kind.EVENT, "app_home_opened", body=an_event())
COMMAND = an_envelope(Kind.COMMAND, "/support", body=a_command())


def form(**view: Any) -> Envelope:
    return an_envelope(Kind.SUBMISSION, "modal.book", body=a_submission(a_view() | view))


def press(value: str = "p1.1", *, trigger: str = "trigger-1") -> Envelope:
    body = a_press("proposal.accept", value=value, trigger=trigger)
    return an_envelope(Kind.ACTION, "proposal.accept", body=body)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (FORM, an_envelope(Kind.SUBMISSION, "modal.book", body=a_submission(a_view()), received=2000.0)),
        (FORM, an_envelope(Kind.SUBMISSION, "modal.book", body=a_submission(a_view()) | {"trigger_id": "another"})),
        (PRESS, press()),
        (EVENT, an_envelope(Kind.EVENT, "app_home_opened", body=an_event())),
        (COMMAND, an_envelope(Kind.COMMAND, "/support", body=a_command())),
    ],
    ids=["form", "form with a new trigger", "press", "event", "command"],
)
def test_once_key_of_a_redelivery_is_the_same(first: Envelope, again: Envelope) -> None:
    assert first.once_key() == again.once_key()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FORM, form(hash="2.b")),
        (FORM, form(id="V2")),
        (FORM, an_envelope(Kind.SUBMISSION, "modal.move", body=a_submission(a_view()))),
        (FORM, an_envelope(Kind.SUBMISSION, "modal.book", person="bo", body=a_submission(a_view()))),
        (PRESS, press("p1.2")),
        (PRESS, press(trigger="trigger-2")),
        (PRESS, an_envelope(Kind.ACTION, "proposal.accept", person="bo", body=a_press("x", value="p1.1"))),
        (EVENT, an_envelope(Kind.EVENT, "app_home_opened", body=an_event(event_id="Ev2"))),
    ],
    ids=[
        "corrected form",
        "another form",
        "another callback",
        "another person's form",
        "another button",
        "pressed again",
        "another person's press",
        "another event",
    ],
)
def test_once_key_of_another_request_differs(one: Envelope, other: Envelope) -> None:
    assert one.once_key() != other.once_key()


def test_once_key_tells_nothing_of_what_it_is_made_of() -> None:
    assert len(PRESS.once_key()) == 64
    assert set(PRESS.once_key()) <= set("0123456789abcdef")


@pytest.mark.parametrize(("view", "is_from_modal"), [(None, False), (a_view(), True), (a_view(kind="home"), False)])
def test_envelope_knows_whether_it_comes_from_a_modal(view: dict[str, Any] | None, is_from_modal: bool) -> None:  # noqa: FBT001
    assert an_envelope(Kind.ACTION, "button", body=a_press("button", view=view)).is_from_modal is is_from_modal


def test_envelope_without_an_action_carries_nothing() -> None:
    assert (COMMAND.action, COMMAND.pressed) == ({}, "")


def test_request_that_came_from_no_message_has_none_of_it() -> None:
    assert (COMMAND.message_text, COMMAND.message_channel, COMMAND.message_ts) == ("", None, None)


def test_press_in_a_message_tells_where_the_message_is() -> None:
    body = a_press("proposal.accept") | {"message": {"ts": "1.000002", "text": "Hello"}}
    pressed = an_envelope(Kind.ACTION, "proposal.accept", body=body)

    assert (pressed.message_channel, pressed.message_ts, pressed.message_text) == ("D1", "1.000002", "Hello")


def test_shortcut_on_another_message_is_another_request() -> None:
    body = a_message_shortcut("shortcut.quote")
    first = an_envelope(Kind.SHORTCUT, "shortcut.quote", body=body)
    other = an_envelope(Kind.SHORTCUT, "shortcut.quote", body=body | {"trigger_id": "trigger-2"})

    assert first.once_key() == an_envelope(Kind.SHORTCUT, "shortcut.quote", body=body).once_key()
    assert first.once_key() != other.once_key()


def message_of(blocks: list[dict[str, Any]]) -> str:
    body = a_press("proposal.accept") | {"message": {"text": "Tea", "blocks": blocks}}
    return an_envelope(Kind.ACTION, "proposal.accept", body=body).message_text


def test_message_of_an_app_says_the_words_of_its_blocks_and_not_what_the_notification_does() -> None:
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Tea & cake"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "At *four* &amp; later"}},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Come"}}]},
        {"type": "context", "elements": [{"type": "image"}, {"type": "mrkdwn", "text": "In the hall"}]},
    ]
    typed: list[dict[str, Any]] = [{"type": "rich_text", "elements": []}]

    said = [message_of(each) for each in (blocks, typed)]

    assert said == ["Tea & cake\nAt *four* & later\nIn the hall", "Tea"]
