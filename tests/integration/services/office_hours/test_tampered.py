"""Rows that somebody changed in the database show no words, and the line goes on all the same."""

import logging

import pytest
from sqlalchemy import update

from domain.office_hours import HelpTopic
from services.office_hours.looking import own_place
from services.office_hours.serving import finish_with
from services.office_hours.watching import helpers_line
from services.office_hours.words import Problem
from storage.confidential.office_hours import OfficeEntry, OfficeHoursRow
from storage.engine import table_of
from tests.builders.office_hours import call_next, entry_of, hold, join, ref_for
from tests.fixtures.desks import House

_entry, _office = table_of(OfficeEntry), table_of(OfficeHoursRow)
UNREADABLE = Problem(is_unreadable=True)


def tamper(house: House, **values: object) -> None:
    house.is_broken_on_purpose = True
    with house.stores.confidential.write() as connection:
        connection.execute(update(_entry).where(_entry.c.scholar_id == "ada").values(**values))


def test_words_copied_from_another_entry_do_not_open(house: House, caplog: pytest.LogCaptureFixture) -> None:
    ref = hold(house)
    join(house, "ada", line="canary of ada")
    join(house, "bo", line="canary of bo")
    tamper(house, words=entry_of(house, "bo").words)

    with caplog.at_level(logging.DEBUG):
        seen = helpers_line(house.support, house.person("cleo"), ref).waiting

    assert [each.problem for each in seen] == [UNREADABLE, Problem(line="canary of bo", topic=HelpTopic.DEBUGGING)]
    assert "canary" not in caplog.text
    assert "office_hours.problem could not be opened" in caplog.text


def test_words_of_a_row_that_was_pointed_at_another_line_do_not_open(house: House) -> None:
    hold(house)
    other = hold(house, "dev")
    join(house, "ada")
    with house.stores.confidential.read() as connection:
        offices = connection.execute(_office.select()).all()
    dev_office = next(row.id for row in offices if row.created_by == "dev")
    tamper(house, office_id=dev_office)

    [seen] = helpers_line(house.support, house.person("dev"), other).waiting

    assert seen.problem == UNREADABLE


def test_line_goes_on_with_words_that_cannot_be_opened(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    tamper(house, words=b"broken")

    assert own_place(house.support, house.person("ada")).problem == UNREADABLE
    assert call_next(house, ref) == "ada"
    finish_with(house.support, house.person("cleo"), ref, ref_for(house, "cleo", "ada"))
    assert entry_of(house, "ada").status == "done"
