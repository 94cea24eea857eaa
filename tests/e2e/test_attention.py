"""Quiet hours, the day's budget and the digest in the running product, through real sockets."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from handlers import texts
from handlers.ids import Action, Field
from handlers.texts.rule_groups import ATTENTION
from sandbox.client import Actor, Payload
from tests.acting.announcing import NO_ACK, NOTICE, TITLE, announce, open_one, told, wake
from tests.acting.events import plan
from tests.acting.events import told as hosted
from tests.acting.rules import change_rules
from tests.fixtures.products import Product

WORDS = texts.attention
EVERYBODY = ("ada", "max", "cleo", "eli", "sam")
MINUTE = timedelta(minutes=1)
QUIETLY: dict[str, Any] = {**NOTICE, **NO_ACK}
"""A notice that nobody has to acknowledge."""


@pytest.fixture
def product(product: Product) -> Product:
    """At noon, on a Monday, for everybody."""
    wake(product, *EVERYBODY, "bo", "sue")
    return product


def go_to(product: Product, text: str) -> None:
    """Let time pass, and what comes with it."""
    product.clock.advance(datetime.fromisoformat(text) - product.clock.now())
    for name in ("announcements", "members", "digests"):
        product.tick(name)
    product.deliver()


def open_form(actor: Actor) -> dict[str, Any]:
    """What stands in somebody's form."""
    actor.open("/announce quiet", WORDS.TITLE)
    return initial(actor.modal())


def initial(view: Payload) -> dict[str, Any]:
    """What is filled in, by field."""
    elements = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    return {name: each.get("initial_time") or each["initial_option"]["value"] for name, each in elements.items()}


def digests(actor: Actor) -> list[Payload]:
    """The digests in somebody's DM."""
    return [each for each in actor.messages() if each["text"].startswith("Your digest")]


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_sets_their_own_quiet_hours_and_digest_and_sees_them_again(product: Product, who: str) -> None:
    actor = product.actor(who)
    before = open_form(actor)
    actor.fill(Field.QUIET_BEGIN, "23:30")
    actor.fill(Field.RHYTHM, "weekly")
    actor.fill(Field.WEEKDAY, "2")

    assert actor.submit()["errors"] == {}
    actor.wait(modal="I keep quiet from 23:30 to 08:00")
    assert "Wed 13 Jan, 08:30" in str(actor.modal())
    actor.close(everything=True)

    assert before == {
        "quiet": "on",
        "quiet_begin": "22:00",
        "quiet_end": "08:00",
        "rhythm": "daily",
        "digest_time": "08:30",
        "weekday": "0",
    }
    assert open_form(actor) == before | {"quiet_begin": "23:30", "rhythm": "weekly", "weekday": "2"}


def test_quiet_hours_of_no_length_are_refused_at_the_field_and_nothing_is_lost(product: Product) -> None:
    ada = product.scholar
    open_form(ada)
    ada.fill(Field.DIGEST_TIME, "17:00")
    ada.fill(Field.QUIET_END, "22:00")

    errors = ada.submit()["errors"]
    ada.fill(Field.QUIET, "off")

    assert list(errors) == [Field.QUIET_END]
    assert "22:00 to 22:00 would have no length" in errors[Field.QUIET_END]
    assert ada.submit()["errors"] == {}
    ada.wait(modal=WORDS.SAVED_LOUD)
    ada.close(everything=True)
    assert (open_form(ada)["quiet"], initial(ada.modal())["digest_time"]) == ("off", "17:00")


def test_notice_comes_once_in_each_readers_digest_and_opens_whole(each_product: Product) -> None:
    product = each_product
    wake(product, *EVERYBODY, "bo")
    announce(product, QUIETLY)
    ada = product.scholar
    at_once = digests(ada) + told(ada)
    go_to(product, "2027-01-12T08:29:00Z")
    early = digests(ada)

    go_to(product, "2027-01-12T08:30:00Z")
    go_to(product, "2027-01-13T09:00:00Z")

    assert (at_once, early) == ([], [])
    assert [(each["text"], TITLE in str(each)) for each in digests(ada)] == [("Your digest: 1 piece of news.", True)]
    assert [len(digests(product.actor(who))) for who in ("bo", "max", "cleo", "sam")] == [1, 0, 0, 0]
    ada.press_message(digests(ada)[0], Action.READ_ANNOUNCEMENT)
    ada.wait(title=texts.announcements.DETAILS_TITLE)
    assert "Hand in your plan by" in str(ada.modal())


def test_digest_is_never_empty(product: Product) -> None:
    announce(product, QUIETLY)
    sam = product.actor("sam")
    open_one(sam)
    sam.press(Action.RETRACT_ANNOUNCEMENT)
    sam.wait(modal=texts.announcements.RETRACTED)

    for day in range(12, 20):
        go_to(product, f"2027-01-{day}T08:30:00Z")

    assert digests(product.scholar) == []


def test_digest_after_an_outage_over_several_mornings_comes_once_with_everything(product: Product) -> None:
    announce(product, QUIETLY)
    go_to(product, "2027-01-11T21:00:00Z")
    announce(product, QUIETLY)
    ada = product.scholar

    go_to(product, "2027-01-15T03:00:00Z")
    by_night = digests(ada)
    go_to(product, "2027-01-15T08:00:00Z")
    go_to(product, "2027-01-15T08:30:00Z")

    assert by_night == []
    assert [each["text"] for each in digests(ada)] == ["Your digest: 2 pieces of news."]


def test_announcement_at_night_waits_for_the_morning(product: Product) -> None:
    go_to(product, "2027-01-11T23:00:00Z")
    announce(product)
    ada = product.scholar
    by_night = told(ada)

    go_to(product, "2027-01-12T08:00:00Z")

    assert by_night == []
    assert len(told(ada)) == 1


def test_budget_of_staff_holds_and_the_rest_comes_in_the_digest(product: Product) -> None:
    assert change_rules(product, ATTENTION, {"messages_a_day": "1", "digest_time": "18:00"}) == {}
    product.actor("sam").close(everything=True)
    announce(product, NO_ACK)
    product.clock.advance(MINUTE)
    announce(product, NO_ACK)
    ada = product.scholar
    by_day = told(ada)

    go_to(product, "2027-01-11T18:00:00Z")

    assert len(by_day) == 1
    assert [each["text"] for each in digests(ada)] == ["Your digest: 1 piece of news."]


def test_news_of_hosting_that_is_over_the_budget_is_told_in_the_digest(product: Product) -> None:
    assert change_rules(product, ATTENTION, {"messages_a_day": "1", "digest_time": "18:00"}) == {}
    product.actor("sam").close(everything=True)
    cleo = product.actor("cleo")
    for title, start in (("Reading papers", "2027-01-14 10:00"), ("Writing papers", "2027-01-15 10:00")):
        plan(product, start=start, **{Field.TITLE: title, Field.HOST: cleo.id, Field.WHO: ["scholar"]})
        product.deliver()
        product.clock.advance(MINUTE)
    by_day = hosted(cleo)

    go_to(product, "2027-01-11T18:00:00Z")
    [digest] = digests(cleo)
    cleo.press_message(digest, Action.OPEN_EVENT)
    cleo.wait(modal="Writing papers")

    assert [text.partition(",")[0] for text in by_day] == ["You are the host now: Reading papers"]
    assert ("*Writing papers*" in str(digest), "You are the host now." in str(digest)) == (True, True)
