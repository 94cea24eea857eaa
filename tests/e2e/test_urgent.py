"""A scholar who cannot wait reads whom to call and talks with somebody soon; nobody else learns of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from domain.errors import DomainError, StoreAway, StoreBusy
from domain.kinds import URGENT
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor, SandboxClient
from storage.engine import Store
from tests.acting.steps import told
from tests.builders.rules import set_rules, with_kind
from tests.fixtures.engines import Stores
from tests.fixtures.products import Product, running_product

SECRET = "I cannot go on like this."
CONTACTS = "The porter, day and night: +1 555 0100"


def test_scholar_in_a_hurry_reads_whom_to_call_and_is_booked_with_one_press(each_product: Product) -> None:
    product, scholar = each_product, each_product.scholar

    scholar.open("/support urgent", texts.urgent.TITLE)
    first = json.dumps(scholar.modal(), ensure_ascii=False)
    scholar.fill(Field.WORDS, SECRET)
    outcome = scholar.submit()
    product.deliver()

    assert texts.urgent.IN_DANGER in first
    assert outcome["errors"] == {}
    done = json.dumps(scholar.modal(), ensure_ascii=False)
    assert (texts.urgent.IN_DANGER in done, "Eli" in done) == (True, True)
    assert told(scholar) == [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]
    assert told(product.actor("eli")) == [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]
    kept = json.dumps([actor.messages() for actor in (scholar, product.actor("eli"))])
    assert [word for word in (SECRET, "rgent", "Eli", "Ada") if word in kept] == []


def test_community_manager_names_who_stands_in_by_a_form(product: Product) -> None:
    eli = product.actor("eli")

    eli.open("/support stand-ins", texts.urgent.STAND_INS_TITLE)
    eli.fill(Field.STAFF, ["cleo"])
    eli.submit()
    eli.wait(modal=texts.urgent.STAND_INS_SAVED)
    eli.close(everything=True)
    eli.open("/support stand-ins", texts.urgent.STAND_INS_TITLE)

    assert "Cleo" in json.dumps(eli.modal()["blocks"][0]["element"]["initial_options"])


def test_others_are_told_whose_it_is(product: Product) -> None:
    coach, mentor = product.coach, product.actor("max")

    coach.slash("/support urgent")
    coach.wait(text=texts.urgent.WHOSE)
    coach.slash("/support stand-ins")
    coach.wait(text=texts.urgent.STAND_INS_WHOSE)
    mentor.slash("/support urgent")
    mentor.wait(text=texts.helping.MENTOR)


def test_home_and_list_lead_there(product: Product) -> None:
    scholar = product.scholar

    scholar.open("/support", texts.sessions.SESSIONS_TITLE)
    scholar.press(Action.OPEN_URGENT)
    scholar.wait(title=texts.urgent.TITLE)

    assert Field.START in {block["block_id"].partition(":")[0] for block in scholar.modal()["blocks"]}


def test_contacts_are_read_although_urgent_sessions_are_switched_off(each_product: Product) -> None:
    product, scholar = each_product, each_product.scholar
    put_contacts(product.stores)
    set_rules(product.stores.program, lambda rules: with_kind(rules, URGENT, is_offered=False))

    scholar.open("/support urgent", texts.urgent.TITLE)

    assert_only_contacts(scholar, texts.urgent.NOT_OFFERED)
    assert scholar.modal().get("submit") is None


@pytest.mark.parametrize("trouble", [StoreAway, StoreBusy])
def test_contacts_are_read_while_the_times_cannot_be_and_the_times_as_soon_as_they_can(
    product: Product, trouble: type[DomainError]
) -> None:
    scholar = product.scholar
    put_contacts(product.stores)
    scholar.open_home()
    scholar.wait(home=texts.urgent.OPEN)

    with in_trouble(product.stores.confidential, trouble):
        scholar.press(Action.OPEN_URGENT)
        scholar.wait(modal=texts.urgent.TIMES_AWAY)
        assert_only_contacts(scholar, texts.urgent.TIMES_AWAY)
        scholar.submit()
        assert_only_contacts(scholar, texts.urgent.TIMES_AWAY)
    scholar.submit()

    assert Field.START in {block["block_id"].partition(":")[0] for block in scholar.modal()["blocks"]}


def test_contacts_are_read_from_the_command_and_the_home_tab_without_the_confidential_store(
    workspace_process: SandboxClient, sqlite_stores: Stores
) -> None:
    with running_product(workspace_process, sqlite_stores, has_support=False) as bare:
        put_contacts(bare.stores)
        scholar = bare.scholar
        scholar.open("/support urgent", texts.urgent.TITLE)
        assert_only_contacts(scholar, texts.urgent.TIMES_AWAY)
        scholar.close(everything=True)

        scholar.open_home()
        scholar.wait(home=texts.urgent.OPEN)
        scholar.press(Action.OPEN_URGENT)
        scholar.wait(title=texts.urgent.TITLE)

        assert_only_contacts(scholar, texts.urgent.TIMES_AWAY)


def put_contacts(stores: Stores) -> None:
    set_rules(stores.program, lambda rules: replace(rules, contacts=CONTACTS))


def assert_only_contacts(scholar: Actor, sentence: str) -> None:
    """The modal has the sentence for danger, the program's contacts and why there is nothing to choose; no times."""
    said = [block["text"]["text"] for block in scholar.modal()["blocks"]]
    assert [said[0], said[-1]] == [texts.urgent.IN_DANGER, sentence]
    assert (CONTACTS in said[1], len(said)) == (True, 3)


@contextmanager
def in_trouble(store: Store, trouble: type[DomainError]) -> Iterator[None]:
    """The store answers nothing."""

    def refuse(*_statement: object) -> None:
        raise trouble

    event.listen(store.engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(store.engine, "before_cursor_execute", refuse)
