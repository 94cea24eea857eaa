import logging
import re
from collections.abc import Iterable
from typing import Any

import pytest

from domain.errors import DomainError, Faulty, NotAllowed, StoreAway, StoreBusy
from domain.ports import Message
from handlers import texts
from handlers.errors import UnknownRequest, guarded
from handlers.reply import OpenView, PushView, Reply, Respond, UpdateView
from handlers.request import Envelope, Kind
from handlers.views.blocks import section
from handlers.views.notice import notice
from services.offers import explain
from tests.builders.payloads import (
    a_command,
    a_press,
    a_shortcut,
    a_submission,
    a_view,
    an_envelope,
    an_event,
    an_input,
)
from tests.looking.words import words_by_name

SENTENCE = "That does not work."
CANARY = "Canaryth"
IN_A_MESSAGE = an_envelope(Kind.ACTION, "button", body=a_press("button"))
IN_A_MODAL = an_envelope(Kind.ACTION, "button", body=a_press("button", view=a_view()))
THIRD = a_view(
    "modal.move",
    title={"type": "plain_text", "text": "Move a session"},
    submit={"type": "plain_text", "text": "Move"},
    private_metadata="s1.1",
    root_view_id="V1",
    previous_view_id="V2",
    external_id="",
    close=None,
    blocks=[an_input("start"), an_input("reason")],
)
IN_THIRD_MODAL = an_envelope(Kind.ACTION, "button", body=a_press("button", view=THIRD))
IN_SECOND_MODAL = an_envelope(Kind.ACTION, "button", body=a_press("button", view=THIRD | {"previous_view_id": "V1"}))
IN_HOME = an_envelope(Kind.ACTION, "button", body=a_press("button", view=a_view(kind="home")))
TYPED = an_envelope(Kind.COMMAND, "/support", body=a_command(text=CANARY))
SHORTCUT = an_envelope(Kind.SHORTCUT, "shortcut", body=a_shortcut("shortcut"))
EVENT = an_envelope(Kind.EVENT, "app_home_opened", body=an_event())


def submitted(*fields: str) -> Envelope:
    """A submitted form with these inputs."""
    blocks = [{"type": "divider"}, *(an_input(block_id) for block_id in fields)]
    return an_envelope(Kind.SUBMISSION, "modal", body=a_submission(a_view(blocks=blocks)))


def told(envelope: Envelope, error: Exception) -> Reply:
    """What the person is told of an error."""
    return guarded(envelope, lambda: raised(error), count=lambda _kind, _outcome: None)


def raised(error: Exception) -> Reply:
    raise error


@pytest.mark.parametrize(
    ("envelope", "reply"),
    [
        (TYPED, Reply(message=Message(text=SENTENCE))),
        (IN_A_MESSAGE, Reply(screens=(Respond(Message(text=SENTENCE)),))),
        (IN_A_MODAL, Reply(screens=(PushView(notice(SENTENCE)),))),
        (IN_SECOND_MODAL, Reply(screens=(PushView(notice(SENTENCE)),))),
        (IN_HOME, Reply(screens=(OpenView(notice(SENTENCE)),))),
        (SHORTCUT, Reply(screens=(OpenView(notice(SENTENCE)),))),
        (EVENT, Reply()),
        (submitted(), Reply(view=notice(SENTENCE))),
        (submitted("kind", "start"), Reply(errors={"kind": SENTENCE})),
    ],
    ids=["command", "message", "modal", "second modal", "home", "shortcut", "event", "no inputs", "inputs"],
)
def test_error_is_told_where_the_person_is(envelope: Envelope, reply: Reply) -> None:
    assert told(envelope, DomainError(SENTENCE)) == reply


def test_error_in_the_third_modal_is_told_in_it_and_keeps_the_form() -> None:
    reply = told(IN_THIRD_MODAL, DomainError(SENTENCE))

    assert reply == Reply(
        screens=(
            UpdateView(
                {
                    "type": "modal",
                    "callback_id": "modal.move",
                    "title": THIRD["title"],
                    "submit": THIRD["submit"],
                    "private_metadata": "s1.1",
                    "blocks": [section(SENTENCE, block_id="refusal"), an_input("start"), an_input("reason")],
                }
            ),
        )
    )


def test_second_error_in_the_third_modal_takes_the_place_of_the_first() -> None:
    with_one = THIRD | {"blocks": [section("The first.", block_id="refusal"), an_input("start")]}
    envelope = an_envelope(Kind.ACTION, "button", body=a_press("button", view=with_one))

    [screen] = told(envelope, DomainError(SENTENCE)).screens

    assert isinstance(screen, UpdateView)
    assert isinstance(screen.view, dict)
    assert screen.view["blocks"] == [section(SENTENCE, block_id="refusal"), an_input("start")]


@pytest.mark.parametrize(
    ("field", "inputs", "at"),
    [
        ("start", ["kind", "start"], "start"),
        ("start", ["kind", "start:coaching.anyone.2027-01-12"], "start:coaching.anyone.2027-01-12"),
        ("start", ["starts", "start"], "start"),
        ("place.coaching", ["about", "place.coaching"], "place.coaching"),
        ("start", ["kind", "words"], "kind"),
        (None, ["kind", "words"], "kind"),
    ],
)
def test_error_stands_at_its_field_or_at_the_first(field: str | None, inputs: list[str], at: str) -> None:
    assert told(submitted(*inputs), DomainError(SENTENCE, field=field)) == Reply(errors={at: SENTENCE})


def test_faults_stand_at_their_fields_the_first_of_each() -> None:
    faults = [
        DomainError(says, field=at) for says, at in (("One.", "b"), ("Two.", "a"), ("Three.", "b"), ("Four.", None))
    ]

    reply = told(submitted("a", "b:1"), Faulty(faults))

    assert reply == Reply(errors={"b:1": "One.", "a": "Two."})


@pytest.mark.parametrize("error", [NotAllowed(), StoreBusy(), StoreAway(), UnknownRequest()], ids=lambda e: str(e)[:20])
def test_domain_error_is_told_in_its_own_words(error: DomainError) -> None:
    assert told(TYPED, error) == Reply(message=Message(text=error.message))
    assert error.message.endswith(".")


def test_error_that_nobody_foresaw_gives_a_reference_to_look_for(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        reply = told(TYPED, RuntimeError("a bug"))

    [record] = caplog.records
    assert (vars(record)["request"], vars(record)["error"]) == ("command", "RuntimeError")
    reference: Any = vars(record)["reference"]
    assert reply == Reply(message=Message(text=texts.trouble.went_wrong(reference)))
    assert record.exc_info is not None
    assert CANARY not in str(vars(record))


def test_references_differ() -> None:
    assert told(TYPED, RuntimeError()) != told(TYPED, RuntimeError())


def test_refusal_is_logged_by_its_class_alone(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        told(TYPED, DomainError(CANARY))

    [record] = caplog.records
    assert (record.message, vars(record)["request"], vars(record)["error"]) == (
        "request refused",
        "/support",
        "DomainError",
    )
    assert CANARY not in str(vars(record))


@pytest.mark.parametrize(("error", "outcome"), [(DomainError(), "refused"), (RuntimeError(), "failed")])
def test_outcome_is_counted(error: Exception, outcome: str) -> None:
    counted: list[tuple[str, str]] = []

    guarded(TYPED, lambda: raised(error), count=lambda kind, result: counted.append((kind, result)))

    assert counted == [(Kind.COMMAND, outcome)]


def test_reply_passes_unchanged_and_is_counted() -> None:
    counted: list[tuple[str, str]] = []
    reply = Reply(clear=True)

    passed = guarded(TYPED, lambda: reply, count=lambda kind, result: counted.append((kind, result)))

    assert (passed, counted) == (reply, [(Kind.COMMAND, "answered")])


def test_nobody_is_sent_to_staff_who_must_not_hear_of_support() -> None:
    said = texts_of([*words_by_name().values(), texts.trouble.went_wrong("reference"), *vars(explain).values()])
    said += [error.__doc__ or "" for error in every_error(DomainError)]

    asked = re.compile(r"\b(ask|tell|told by)\b[^.]*\bstaff\b|\bstaff (can|will)\b", re.IGNORECASE)
    assert len(said) > 100
    assert [each for each in said if asked.search(each)] == []


def texts_of(values: Iterable[object]) -> list[str]:
    """The words among a module's names, those in tuples and tables too."""
    found: list[str] = []
    for value in values:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, (tuple, dict)):
            found += texts_of(value.values() if isinstance(value, dict) else value)
    return found


def every_error(base: type[DomainError]) -> list[type[DomainError]]:
    return [error for each in base.__subclasses__() for error in (each, *every_error(each))]
