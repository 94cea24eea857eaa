"""What waits for people's digests: items and rows, each once, on both engines."""

from dataclasses import replace
from datetime import datetime
from threading import Barrier, Thread

from domain.attention import AttentionRules, Subject
from domain.delivery import DeliveryState
from services.attention.waiting import Place, put_in_digests
from tests.builders.people import put_person
from tests.builders.rules import set_rules
from tests.fixtures.desks import House, replica
from tests.looking.attention import book_of, digests, items, let_wait
from tests.looking.queries import queries_of


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_put_in_digests_lets_it_wait_for_each_persons_next_morning(house: House) -> None:
    with house.stores.program.write() as connection:
        places = [Place(person_id="ada", zone="Europe/London"), Place(person_id="bo", zone="America/Los_Angeles")]
        added = put_in_digests(connection, house.desk, places, Subject.ANNOUNCEMENT, "news-1")

    assert added == 2
    assert items(house) == [("ada", "news-1", "", False), ("bo", "news-1", "", False)]
    assert digests(house) == [
        ("ada", "2027-01-12", "2027-01-12T08:30Z"),
        ("bo", "2027-01-11", "2027-01-11T16:30Z"),
    ]


def test_put_in_digests_again_changes_nothing(house: House) -> None:
    let_wait(house, "ada")
    before = items(house), digests(house)

    again = let_wait(house, "ada")

    assert again == 0
    assert (items(house), digests(house)) == before


def test_put_in_digests_takes_each_rung_of_a_thing_and_one_row_a_day(house: House) -> None:
    for rung in ("48h", "24h"):
        let_wait(house, "ada", rung=rung)

    assert items(house) == [("ada", "thing", "24h", False), ("ada", "thing", "48h", False)]
    assert digests(house) == [("ada", "2027-01-12", "2027-01-12T08:30Z")]


def test_put_in_digests_goes_by_the_programs_rules(house: House) -> None:
    rules = AttentionRules(digest_time=17 * 60)
    set_rules(house.stores.program, lambda before: replace(before, attention=rules))

    let_wait(house, "ada")

    assert digests(house) == [("ada", "2027-01-11", "2027-01-11T17:00Z")]


def test_put_in_digests_when_todays_has_gone_takes_the_next_day(house: House) -> None:
    house.clock.advance(at("2027-01-12T08:00Z") - house.clock.now())
    let_wait(house, "ada", object_id="one")
    (key,) = book_of(house).states()
    book_of(house).set_state(key, DeliveryState.SUPPRESSED)

    let_wait(house, "ada", object_id="two")

    assert digests(house) == [("ada", "2027-01-13", "2027-01-13T08:30Z")]


def test_put_in_digests_leaves_out_who_is_nobody(house: House) -> None:
    assert let_wait(house, "ada", "nobody") == 1
    assert digests(house) == [("ada", "2027-01-12", "2027-01-12T08:30Z")]


def test_put_in_digests_asks_no_more_for_more_people(house: House) -> None:
    many = [put_person(house.stores.program, f"p{number}") for number in range(30)]
    let_wait(house, "ada", object_id="read once")  # the rules, which are read once
    with queries_of(house.stores.program) as few:
        let_wait(house, "ada", object_id="one")
    with queries_of(house.stores.program) as more:
        let_wait(house, *many, object_id="two")

    assert (len(few), len(more)) == (4, 4)


def test_put_in_digests_by_two_replicas_at_once_is_one_row_each(house: House) -> None:
    people = [put_person(house.stores.program, f"p{number}") for number in range(20)]
    barrier = Barrier(3)

    def put(mine: House, order: list[str]) -> None:
        barrier.wait()
        let_wait(mine, *order)

    threads = [Thread(target=put, args=(replica(house, lock_wait_seconds=30), people[::step])) for step in (1, -1, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [person for person, *_ in items(house)] == sorted(people)
    assert [person for person, *_ in digests(house)] == sorted(people)
