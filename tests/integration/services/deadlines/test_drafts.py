"""Drafts of deadlines: nobody overwrites what somebody else has written, or sets words that they have not seen."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier

import pytest

from domain.audience import Audience
from domain.deadlines import DeadlineState, Due, DueKind
from domain.errors import NotFound
from domain.people import Role
from services.deadlines.facts import Deadline
from services.deadlines.look import deadline_for_staff, details
from services.deadlines.write import AtSite, ChangedMeanwhile, Write, discard, preview, publish, write
from storage.program.people_queries import membership
from tests.builders.deadlines import a_content, a_key, in_london
from tests.builders.people import put_person, put_program
from tests.fixtures.desks import House, replica


def a_draft(house: House, title: str = "Research plan") -> Deadline:
    put_person(house.stores.program, "sue", Role.STAFF)
    command = Write(request_key=a_key(), content=a_content(title=title))
    return write(house.desk, house.person("sam"), command).deadline


def rewritten(seen: Deadline, title: str, *, key: str = "") -> Write:
    return Write(request_key=key or a_key(), content=a_content(title=title), id=seen.id, version=seen.version)


def title_of(house: House, deadline: Deadline) -> str:
    return deadline_for_staff(house.desk, house.person("sam"), deadline.id).text.title


def test_draft_that_somebody_else_has_written_to_is_not_overwritten(house: House) -> None:
    seen = a_draft(house)
    write(house.desk, house.person("sue"), rewritten(seen, "Of Sue"))

    with pytest.raises(ChangedMeanwhile):
        write(house.desk, house.person("sam"), rewritten(seen, "Of Sam"))

    assert title_of(house, seen) == "Of Sue"


def test_same_form_delivered_twice_is_once(house: House) -> None:
    command = rewritten(a_draft(house), "Of Sam", key=a_key())

    first, again = (write(house.desk, house.person("sam"), command).deadline for _ in range(2))

    assert first == again


def test_words_that_were_not_seen_are_not_set(house: House) -> None:
    seen = a_draft(house)
    other = write(house.desk, house.person("sue"), rewritten(seen, "Of Sue")).deadline

    with pytest.raises(ChangedMeanwhile):
        publish(house.desk, house.person("sam"), seen.id, version=seen.version, request_key=a_key())
    as_seen = publish(house.desk, house.person("sue"), seen.id, version=other.version, request_key=a_key())
    again = publish(house.desk, house.person("sam"), seen.id, version=other.version, request_key=a_key())
    with pytest.raises(ChangedMeanwhile):
        publish(house.desk, house.person("sam"), seen.id, version=seen.version, request_key=a_key())

    assert (as_seen.state, as_seen.text.title, again) == (DeadlineState.OPEN, "Of Sue", as_seen)
    assert [each.deed for each in details(house.desk, house.person("sam"), seen.id).trail].count("set") == 1


def test_two_who_write_at_once_leave_the_words_of_one_and_the_other_hears_of_it(house: House) -> None:
    seen = a_draft(house)
    houses, together = (house, replica(house)), Barrier(2)

    def rewrite(number: int) -> str:
        command = rewritten(seen, f"Of {number}")
        together.wait()
        try:
            return write(
                houses[number].desk, houses[number].person(("sam", "sue")[number]), command
            ).deadline.text.title
        except ChangedMeanwhile:
            return ""

    with ThreadPoolExecutor(2) as pool:
        titles = list(pool.map(rewrite, range(2)))

    assert sorted(titles) == ["", title_of(house, seen)]


def test_draft_that_somebody_else_has_written_to_is_not_thrown_away(house: House) -> None:
    seen = a_draft(house)
    other = write(house.desk, house.person("sue"), rewritten(seen, "Of Sue")).deadline

    with pytest.raises(ChangedMeanwhile):
        discard(house.desk, house.person("sam"), seen.id, version=seen.version)
    kept = title_of(house, seen)
    for _ in range(2):
        discard(house.desk, house.person("sam"), seen.id, version=other.version)

    assert kept == "Of Sue"
    with pytest.raises(NotFound):
        title_of(house, seen)


def test_draft_of_another_program_is_not_thrown_away(house: House) -> None:
    seen = a_draft(house)
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.STAFF, program_id="program-2")

    with pytest.raises(NotFound):
        discard(house.desk, house.person("yan"), seen.id, version=seen.version)

    assert title_of(house, seen) == "Research plan"


def test_what_stands_is_no_draft_to_look_at(house: House) -> None:
    seen = a_draft(house)
    as_draft = preview(house.desk, house.person("sam"), seen.id).deadline
    publish(house.desk, house.person("sam"), seen.id, version=seen.version, request_key=a_key())

    assert as_draft == seen
    with pytest.raises(NotFound):
        preview(house.desk, house.person("sam"), seen.id)


def test_draft_keeps_which_pass_is_meant_of_a_time_that_happens_twice(house: House) -> None:
    due = replace(in_london("2027-10-31", 90), is_second=True)

    draft = write(house.desk, house.person("sam"), Write(request_key=a_key(), content=a_content(due=due))).deadline

    assert (draft.due, draft.due.at("Europe/London")) == (due, datetime(2027, 10, 31, 1, 30, tzinfo=UTC))


def test_preview_has_the_site_first_where_it_is_due_first_and_so_its_zones(house: House) -> None:
    for who, zone, site in (
        ("a", "America/New_York", "Rome"),
        ("b", "Europe/Rome", "Rome"),
        ("c", "America/Chicago", "Austin"),
    ):
        put_person(house.stores.program, who, zone=zone, site=site)
    due = Due(kind=DueKind.PER_SITE, day=date(2027, 1, 25), minute=12 * 60)
    content = a_content(due=due, audience=Audience(people=("a", "b", "c")))

    found = write(house.desk, house.person("sam"), Write(request_key=a_key(), content=content)).by_site

    assert found == (
        AtSite(site="Rome", times=(("Europe/Rome", at(11)), ("America/New_York", at(17)))),
        AtSite(site="Austin", times=(("America/Chicago", at(18)),)),
    )


def at(hour: int) -> datetime:
    return datetime(2027, 1, 25, hour, tzinfo=UTC)


def test_preview_says_when_it_is_due_at_each_site_with_the_zones_there(house: House) -> None:
    due = Due(kind=DueKind.PER_SITE, day=date(2027, 1, 25), minute=12 * 60)

    draft = write(house.desk, house.person("sam"), Write(request_key=a_key(), content=a_content(due=due)))

    with house.stores.program.read() as connection:
        found = {row.person_id: (row.site, row.zone) for row in connection.execute(membership.select())}
    expected: dict[str, set[str]] = {}
    for site, zone in (found["ada"], found["bo"]):
        expected.setdefault(site, set()).add(zone)
    assert {each.site: {zone for zone, _ in each.times} for each in draft.by_site} == expected
    assert all(at == due.at(zone) for each in draft.by_site for zone, at in each.times)
