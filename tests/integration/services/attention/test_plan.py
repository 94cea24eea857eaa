"""Digests are looked after: of the week, of travelers, and of what has none on its way. On both engines."""

from datetime import datetime, timedelta

from domain.attention import Preferences, Rhythm
from domain.delivery import DeliveryState
from services.attention.plan import plan_digests
from services.attention.preferences import save_preferences
from tests.builders.leaving import deactivated
from tests.builders.people import put_person, travel
from tests.fixtures.desks import House
from tests.looking.attention import book_of, digests, items, let_wait
from tests.looking.queries import queries_of

TUESDAY = "2027-01-12T12:00Z"


def go_to(house: House, text: str) -> None:
    house.clock.advance(datetime.fromisoformat(text) - house.clock.now())


def of(house: House, person: str) -> list[tuple[str, str]]:
    return [(day, when) for who, day, when in digests(house) if who == person]


def test_plan_digests_plans_nothing_of_an_ordinary_day(house: House) -> None:
    go_to(house, TUESDAY)

    assert plan_digests(house.desk) == 0
    assert digests(house) == []


def test_plan_digests_plans_the_week_for_everybody_once(house: House) -> None:
    go_to(house, "2027-01-17T12:00Z")
    first = plan_digests(house.desk)
    house.clock.advance(timedelta(hours=1))

    assert (first, plan_digests(house.desk)) == (7, 0)
    assert [person for person, *_ in digests(house)] == ["ada", "bo", "cleo", "dev", "eli", "max", "sam"]
    assert of(house, "ada") == [("2027-01-18", "2027-01-18T08:30Z")]


def test_plan_digests_plans_the_week_of_a_weekly_reader_on_their_own_day(house: House) -> None:
    weekly = Preferences(quiet=None, rhythm=Rhythm.WEEKLY, digest_time=600, weekday=2)
    save_preferences(house.desk, house.person("ada"), weekly, request_key="save")
    go_to(house, "2027-01-12T12:00Z")

    assert plan_digests(house.desk) == 1
    assert of(house, "ada") == [("2027-01-13", "2027-01-13T10:00Z")]


def test_plan_digests_after_an_outage_over_the_morning_still_plans_it(house: House) -> None:
    go_to(house, "2027-01-18T12:00Z")

    plan_digests(house.desk)

    assert of(house, "ada") == [("2027-01-18", "2027-01-18T08:30Z")]


def test_plan_digests_looks_at_everybody_once_an_hour_only(house: House) -> None:
    plan_digests(house.desk)
    with queries_of(house.stores.program) as soon:
        plan_digests(house.desk)
    house.clock.advance(timedelta(hours=1))
    with queries_of(house.stores.program) as later:
        plan_digests(house.desk)
    for number in range(20):
        put_person(house.stores.program, f"p{number}")
    house.clock.advance(timedelta(hours=1))
    with queries_of(house.stores.program) as more:
        plan_digests(house.desk)

    assert len(soon) == 2
    assert len(later) == len(more)


def test_plan_digests_finds_what_has_none_on_its_way(house: House) -> None:
    go_to(house, TUESDAY)
    plan_digests(house.desk)
    let_wait(house, "ada")
    go_to(house, "2027-01-13T09:00Z")
    (key,) = book_of(house).states()
    book_of(house).set_state(key, DeliveryState.SUPPRESSED)

    assert (plan_digests(house.desk), plan_digests(house.desk)) == (1, 0)
    assert of(house, "ada") == [("2027-01-14", "2027-01-14T08:30Z")]


def test_plan_digests_plans_nothing_for_who_is_gone_and_keeps_what_waits(house: House) -> None:
    go_to(house, TUESDAY)
    plan_digests(house.desk)
    let_wait(house, "ada")
    (key,) = book_of(house).states()
    book_of(house).set_state(key, DeliveryState.SUPPRESSED)
    deactivated(house.stores.program, "ada")

    assert plan_digests(house.desk) == 0
    assert items(house) == [("ada", "thing", "", False)]


def test_plan_digests_follows_who_travels(house: House) -> None:
    go_to(house, TUESDAY)
    let_wait(house, "ada", "bo")
    travel(house.stores.program, "ada", "Asia/Tokyo")

    plan_digests(house.desk)

    assert of(house, "ada") == [("2027-01-13", "2027-01-12T23:30Z")]
    assert of(house, "bo") == [("2027-01-13", "2027-01-13T08:30Z")]
