"""What a kind of session changes about its end: whose a stand-in's log is, and that mentors are asked no question."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.booking import Booked
from domain.errors import NotFound
from domain.focus import COMMUNITY_AREAS, FocusArea
from domain.kinds import RESEARCH, URGENT
from domain.people import Role
from domain.sealing import RecordClass
from services.hours.own import change_hours, save_hours
from services.session_log.aftermath import aftermath
from services.session_log.log import log_session, log_sheet
from services.session_log.questions import AfterSession, plan_questions
from services.session_log.rating import rate_session, rating_sheet, waiting_question
from services.session_log.waiting import sessions_to_log, waiting_for_log
from services.urgent.stand_ins import name_stand_ins
from storage.confidential import data_keys
from tests.builders.people import put_membership
from tests.builders.scheduling import hours_in
from tests.builders.session_logs import a_log, a_rating, ended_session
from tests.fixtures.desks import LONDON, House, ledger_rows

NOON = "2027-01-14T12:00Z"
AREAS = [FocusArea.CONFLICT, FocusArea.PROCRASTINATION]
"""One topic that belongs to the community manager alone, and one that belongs to coaches alone."""
NEXT_STEP = "Eli writes to both of them on Monday."


def stood_in_for(house: House) -> Booked:
    """An urgent session with Cleo, who stands in for Eli and is a coach; it is over."""
    eli = house.person("eli")
    save_hours(house.support, eli, hours_in(LONDON))
    name_stand_ins(house.desk, eli, ["cleo"], seen=eli.rules_version, request_key="named")
    return ended_session(house, kind=URGENT, staff=None)


def on_research(house: House, who: str = "max") -> Booked:
    """A session on managing research, booked with Cleo in hours set aside for it; it is over."""
    noon = (replace(each, purpose=RESEARCH) for each in hours_in(LONDON, {3: "12:00-14:00"}).windows)
    change_hours(house.support, house.person("cleo"), lambda week: replace(week, windows=(*week.windows, *noon)))
    return ended_session(house, who, starts=NOON, kind=RESEARCH)


def classes(house: House) -> set[str]:
    with house.stores.confidential.read() as connection:
        return set(connection.execute(select(data_keys.table.c.record_class)).scalars())


def test_log_of_a_stand_in_is_the_community_managers_in_keys_and_topics(house: House) -> None:
    booked = stood_in_for(house)
    cleo = house.person("cleo")
    waits = waiting_for_log(house.support, cleo)

    log_session(house.support, cleo, a_log(booked.staff_ref, areas=AREAS, next_step=NEXT_STEP))

    log = log_sheet(house.support, cleo, booked.staff_ref).log
    assert log is not None
    assert (booked.staff_id, waits, classes(house)) == ("cleo", 1, {RecordClass.BOOKING, RecordClass.COMMUNITY_LOG})
    assert (log.focus_areas, log.next_step) == ((FocusArea.CONFLICT,), NEXT_STEP)
    assert set(log.focus_areas) <= set(COMMUNITY_AREAS)


def test_log_of_a_stand_in_closes_to_them_once_they_are_named_no_longer(house: House) -> None:
    booked = stood_in_for(house)
    eli, cleo = house.person("eli"), house.person("cleo")
    log_session(house.support, cleo, a_log(booked.staff_ref, areas=AREAS, next_step=NEXT_STEP))

    name_stand_ins(house.desk, eli, [], seen=eli.rules_version, request_key="taken back")

    cleo = house.person("cleo")
    assert sessions_to_log(house.support, cleo).logged == ()
    with pytest.raises(NotFound):
        log_sheet(house.support, cleo, booked.staff_ref)


@pytest.mark.parametrize("is_scholar_too", [False, True])
def test_session_on_research_is_logged_and_its_mentor_is_asked_nothing(house: House, *, is_scholar_too: bool) -> None:
    if is_scholar_too:
        put_membership(house.stores.program, "max", Role.SCHOLAR)
    booked = on_research(house)
    plan_questions(house.desk)
    house.clock.advance(timedelta(hours=1))
    cleo, mentor = house.person("cleo"), house.person("max")

    log_session(house.support, cleo, a_log(booked.staff_ref, started="2027-01-14T12:05Z", ended="2027-01-14T12:40Z"))

    assert log_sheet(house.support, cleo, booked.staff_ref).log is not None
    assert [row.person_id for row in ledger_rows(house, AfterSession.LOG)] == ["cleo", "cleo"]
    assert ledger_rows(house, AfterSession.RATING) == []
    assert waiting_question(house.support, mentor) is None
    found = aftermath(house.support, mentor, booked)
    assert found is not None
    assert not found.can_rate
    with pytest.raises(NotFound):
        rating_sheet(house.support, mentor, booked.scholar_ref)
    with pytest.raises(NotFound):
        rate_session(house.support, mentor, a_rating(booked.scholar_ref))
