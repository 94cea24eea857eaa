"""Everybody sets their own quiet hours and digest, and what has not gone yet follows. On both engines."""

from dataclasses import replace
from datetime import datetime

from domain.attention import AttentionRules, Preferences, QuietHours, Rhythm
from services.attention.preferences import following_digest, preferences_of, save_preferences
from tests.builders.rules import set_rules
from tests.fixtures.desks import House
from tests.looking.attention import digests, let_wait

NIGHT = QuietHours(begin=22 * 60, end=8 * 60)
USUAL = AttentionRules().preferences
WEEKLY = Preferences(quiet=None, rhythm=Rhythm.WEEKLY, digest_time=600, weekday=4)


def save(house: House, wanted: Preferences, *, key: str = "save") -> None:
    save_preferences(house.desk, house.person("ada"), wanted, request_key=key)


def holds(house: House, person: str = "ada") -> Preferences:
    return preferences_of(house.desk, house.person(person))


def test_preferences_at_first_are_the_programs(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, attention=AttentionRules(digest_time=600)))

    assert holds(house) == replace(USUAL, digest_time=600)


def test_save_preferences_holds_for_that_person_alone(house: House) -> None:
    save(house, WEEKLY)

    assert (holds(house), holds(house, "bo")) == (WEEKLY, USUAL)


def test_save_preferences_again_replaces_them(house: House) -> None:
    save(house, WEEKLY)
    save(house, replace(WEEKLY, quiet=NIGHT), key="again")

    assert holds(house) == replace(WEEKLY, quiet=NIGHT)


def test_save_preferences_by_the_same_request_is_once(house: House) -> None:
    save(house, WEEKLY)
    save(house, USUAL, key="again")
    save(house, WEEKLY)

    assert holds(house) == USUAL


def test_save_preferences_like_the_programs_follows_its_rules_from_then_on(house: House) -> None:
    save(house, WEEKLY)
    save(house, USUAL, key="again")
    set_rules(house.stores.program, lambda rules: replace(rules, attention=AttentionRules(is_quiet=False)))

    assert holds(house).quiet is None


def test_save_preferences_moves_a_digest_that_has_not_gone(house: House) -> None:
    let_wait(house, "ada", "bo")

    save(house, replace(USUAL, digest_time=18 * 60))

    assert digests(house) == [
        ("ada", "2027-01-11", "2027-01-11T18:00Z"),
        ("ada", "2027-01-12", "2027-01-12T18:00Z"),
        ("bo", "2027-01-12", "2027-01-12T08:30Z"),
    ]


def test_save_preferences_for_a_weekly_digest_lets_what_waits_come_on_its_day(house: House) -> None:
    let_wait(house, "ada")

    save(house, WEEKLY)

    assert {when for _, _, when in digests(house)} == {"2027-01-15T10:00Z"}


def test_save_preferences_without_anything_waiting_plans_nothing(house: House) -> None:
    save(house, WEEKLY)

    assert digests(house) == []


def test_following_digest_is_the_next_of_the_chosen_times(house: House) -> None:
    save(house, WEEKLY)

    assert following_digest(house.desk, house.person("ada")) == datetime.fromisoformat("2027-01-15T10:00Z")


def test_following_digest_of_who_has_something_waiting_is_the_same_one(house: House) -> None:
    let_wait(house, "ada")
    save(house, WEEKLY)

    assert following_digest(house.desk, house.person("ada")) == datetime.fromisoformat("2027-01-15T10:00Z")
