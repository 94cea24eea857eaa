"""What a digest has of deadlines: every one that is open, however many there are, and none as coming that is past."""

from datetime import UTC, datetime, timedelta

from domain.deadlines import Due
from services.deadlines.change import close
from services.deadlines.digest import AHEAD, section
from services.deadlines.meet import mark_done
from tests.builders.deadlines import a_content, a_deadline, in_london
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)


def due_on(day: int, minute: int = 17 * 60) -> Due:
    return in_london(f"2027-01-{day}", minute)


def titles(house: House, *ids: str) -> tuple[list[str], list[str]]:
    """Of Ada's part: those that waited, and the others."""
    found = section(house.desk, house.person("ada"), ids)
    return [line.title for line in found.news], [line.title for line in found.ahead]


def test_digest_has_what_waited_and_what_is_due_within_the_week_and_nothing_met_or_closed(house: House) -> None:
    days = {"far": 25, "near": 14, "met": 14, "closed": 14}
    far, _near, met, closed = (a_deadline(house, a_content(title=name, due=due_on(day))) for name, day in days.items())
    mark_done(house.desk, house.person("ada"), met.id)
    close(house.desk, house.person("sam"), closed.id)

    assert titles(house, far.id, met.id, closed.id) == (["far"], ["near"])


def test_deadline_that_waited_is_told_however_many_others_are_due_before_it(house: House) -> None:
    others = [
        a_deadline(house, a_content(title=f"before-{number:02}", due=due_on(14, number))).text.title
        for number in range(14)
    ]
    last = a_deadline(house, a_content(title="last"))

    assert titles(house, last.id) == (["last"], others)


def test_digest_has_what_is_due_until_seven_days_from_now_to_the_second(house: House) -> None:
    a_deadline(house)
    found = []
    for seconds in (1, 0):
        house.clock.advance(DUE - AHEAD - timedelta(seconds=seconds) - house.clock.now())
        found.append(titles(house))

    assert found == [([], []), ([], ["Research plan"])]


def test_digest_after_the_due_instant_says_that_it_is_over(house: House) -> None:
    waited, other = a_deadline(house), a_deadline(house)
    found = []
    for moment in (DUE - timedelta(seconds=1), DUE):
        house.clock.advance(moment - house.clock.now())
        made = section(house.desk, house.person("ada"), [waited.id])
        found.append([(line.object_id, line.is_over) for line in (*made.news, *made.ahead)])

    assert found == [[(waited.id, False), (other.id, False)], [(waited.id, True), (other.id, True)]]
