"""A session is nothing to anybody but the two who have it, whatever they call or guess (case 54).

Ada is with Eli, the community manager. Her mentor, the coaches, staff and everybody else who judges call all that there
is to call, before the session and after it: the answers are the same, down to the kind of error and its words.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sqlalchemy import MetaData

from domain.booking import Booked
from domain.errors import DomainError
from domain.kinds import COACHING, COMMUNITY
from domain.people import SUPPORT_ROLES, Person, Role
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.groups.look import group_details, groups_for
from services.handover.announce import handover_choices
from services.handover.look import handovers_of, takeover_details
from services.holds.kept import kept_details, kept_times, request_to_answer, requests_to, waiting_times
from services.hours.week import week_glance
from services.offers.load import coaches_load
from services.offers.offer import offer_times
from services.offers.own_times import explain_own
from services.offers.soonest import next_times
from services.office_hours.looking import listed_hours, own_place
from services.proposals.answer import proposed_times
from services.proposals.propose import offer_to
from services.proposals.withdraw import times_offered_by
from services.rules.history import history
from services.rules.overview import overview
from services.session_log.log import log_sheet
from services.session_log.rating import rating_sheet, waiting_question
from services.session_log.waiting import sessions_to_log, waiting_for_log
from services.sessions.ahead import week_ahead
from services.sessions.named import named_sessions
from services.sessions.own import changeable_details, session_details, upcoming_sessions
from services.sessions.waits import what_waits
from storage.engine import Store
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_wish, starts_in
from tests.builders.people import put_person
from tests.fixtures.desks import House

SECRET = "I do not want my mentor to know."
OTHERS = ("max", "cleo", "dev", "sam", "gil", "eve", "otto", "bo")
"""Her mentor, both coaches, staff, a grader, an evaluator, one of operations, another scholar of the same mentor."""
GUESSES = ("session-1", "ada", "eli")
Call = Callable[[], object]


def everybody(house: House) -> House:
    """The small program with all who judge in it."""
    for who, role in (("gil", Role.GRADER), ("eve", Role.EVALUATOR), ("otto", Role.OPS)):
        put_person(house.stores.program, who, role)
    return house


def lists(house: House, who: Person) -> Iterator[Call]:
    """What can be listed, counted, searched and viewed without a reference."""
    support = house.support
    for each in (upcoming_sessions, named_sessions, week_ahead, sessions_to_log, waiting_for_log, waiting_question):
        yield partial(each, support, who)
    for other in (what_waits, kept_times, waiting_times, groups_for, listed_hours, own_place, offer_times):
        yield partial(other, support, who)
    if who.roles & SUPPORT_ROLES:
        for theirs in (requests_to, handovers_of, handover_choices, week_glance, coaches_load, times_offered_by):
            yield partial(theirs, support, who)
    if who.has(Role.STAFF):
        yield from (partial(overview, house.desk, who), partial(history, house.desk, who))
    coaching, cleo, bo = support.rules.of(who).kind(COACHING), house.person("cleo"), house.person("bo")
    yield partial(explain_own, support, who, coaching)
    yield partial(next_times, support, kind=coaching, staff=[cleo], scholar=bo, count=5)


def guesses(house: House, who: Person, ref: str) -> Iterator[Call]:
    """What can be opened or done by a reference."""
    support = house.support
    for each in (session_details, changeable_details, log_sheet, rating_sheet, kept_details, request_to_answer):
        yield partial(each, support, who, ref)
    for other in (takeover_details, group_details, proposed_times, own_place):
        yield partial(other, support, who, ref)
    yield partial(cancel_session, support, who, a_cancellation(ref))
    yield partial(move_session, support, who, a_move(ref, "2027-01-13T10:00Z"))


def heard(calls: Iterator[Call]) -> list[str]:
    """The answer to each, or the error with its words."""
    return [answer(call) for call in calls]


def answer(call: Call) -> str:
    try:
        return repr(call())
    except DomainError as refusal:
        return repr((type(refusal), refusal.message, refusal.field))


def all_heard(house: House, refs: Sequence[str]) -> dict[str, list[str]]:
    people = {who: house.person(who) for who in OTHERS}
    return {
        who: heard(lists(house, person)) + [each for ref in refs for each in heard(guesses(house, person, ref))]
        for who, person in people.items()
    }


def confide(house: House) -> Booked:
    wish = a_wish(TOMORROW_TEN, kind=COMMUNITY, staff="eli", words=SECRET)
    return book_session(house.support, house.person("ada"), wish).booked


def dumped(store: Store) -> str:
    """Every row of every table, which is all that anybody could export."""
    tables = MetaData()
    with store.read() as connection:
        tables.reflect(connection)
        return str([tuple(row) for table in tables.sorted_tables for row in connection.execute(table.select())])


def test_session_changes_no_answer_to_anybody_but_the_two(house: House) -> None:
    everybody(house)
    before, program = all_heard(house, GUESSES), dumped(house.stores.program)

    booked = confide(house)

    assert all_heard(house, GUESSES) == before
    assert dumped(house.stores.program) == program
    refused = {each for answers in before.values() for each in answers if "NotFound" in each}
    assert len(refused) == 1
    refs = (booked.id, booked.scholar_ref, booked.staff_ref)
    guessed = {each for answers in all_heard(house, refs).values() for each in answers}
    assert guessed == {each for answers in before.values() for each in answers}
    assert house.bookings() == [("ada", "eli", TOMORROW_TEN, "booked")]


def test_coach_who_offers_her_times_finds_one_less_and_no_word_why(house: House) -> None:
    cleo, ada = house.person("cleo"), house.person("ada")
    before = offer_to(house.support, cleo, ada)

    confide(house)
    after = offer_to(house.support, cleo, ada)

    gone = [start for start in starts_in(before) if start not in starts_in(after)]
    assert gone == ["2027-01-12T09:30Z", TOMORROW_TEN, "2027-01-12T10:30Z"]
    assert repr(after).replace(repr(after.days), "") == repr(before).replace(repr(before.days), "")


def test_words_of_it_stand_open_in_no_row(house: House) -> None:
    confide(house)

    assert (SECRET in dumped(house.stores.program), SECRET in dumped(house.stores.confidential)) == (False, False)
