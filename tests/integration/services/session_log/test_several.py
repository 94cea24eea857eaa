"""After a group session: one of its hosts says how it went, each seat answers by itself, nobody else is asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.booking import AlreadyCanceled
from domain.errors import NotFound
from domain.focus import FocusArea
from domain.people import Person
from domain.session_log import LoggedByOther, LoggedForGood, NotOverYet, Outcome
from services.desk import SupportDesk
from services.groups.change import cancel_group, move_group
from services.groups.seats import give_back
from services.session_log.aftermath import aftermath_of_several
from services.session_log.log import log_session, log_sheet
from services.session_log.questions import AfterSession, plan_questions, question
from services.session_log.rating import rate_session, rating_sheet, waiting_question
from services.session_log.waiting import sessions_to_log, waiting_for_log
from services.session_news.news import SessionNews
from storage.confidential.session_log import SessionLog, SessionRating
from storage.engine import table_of
from tests.acting.rivals import at_once, failures
from tests.builders import leaving
from tests.builders.bookings import instant
from tests.builders.groups import GROUP_AT, a_calling_off, a_group_move, a_group_wish, a_key, ref_of, seated, set_up
from tests.builders.session_logs import a_log, a_rating
from tests.fixtures.desks import House, ledger_rows, replica
from tests.looking.invariants import broken_invariants

_log, _rating = table_of(SessionLog), table_of(SessionRating)
WORD = "Rather long."
HOSTS = ("cleo", "eli")
TIMES = {"started": "2027-01-13T14:05Z", "ended": "2027-01-13T14:40Z"}
OVER = timedelta(minutes=45)


def held(house: House, *scholars: str, after: timedelta = timedelta(minutes=31)) -> None:
    """A group session of Cleo and Eli in which these have a seat, over for so long."""
    set_up(house, wish=a_group_wish(cohost="eli"))
    seated(house, *scholars)
    let_end(house, after=after)


def let_end(house: House, *, after: timedelta = timedelta(minutes=31)) -> None:
    house.clock.advance(instant(GROUP_AT) + OVER + after - house.clock.now())
    plan_questions(house.desk)


def asked(house: House) -> list[tuple[str, str, str, str]]:
    return [row for row in house.messages() if row[0] in set(AfterSession)]


def needed(house: House) -> list[str]:
    """Whom what is planned would be sent to just now."""
    rows = [row for kind in AfterSession for row in ledger_rows(house, kind) if row.rung == "first"]
    return sorted(row.person_id for row in rows if isinstance(question(house.support, row), SessionNews))


def log(house: House, host: str = "cleo", outcome: Outcome = Outcome.HAPPENED, **said: object) -> None:
    command = a_log(ref_of(house, host), outcome, **(TIMES | said))  # type: ignore[arg-type]  # the builder's own
    log_session(house.support, house.person(host), command)


def authors(house: House) -> list[str]:
    with house.stores.confidential.read() as connection:
        return list(connection.execute(select(_log.c.author_id).order_by(_log.c.version)).scalars())


def test_plan_asks_each_host_and_each_with_a_seat_once_and_once_more(house: House) -> None:
    held(house, "ada", "bo")

    again = plan_questions(house.desk)

    assert again == 0
    assert asked(house) == [
        *(
            ("session.log", host, rung, f"2027-01-1{day}T14:45Z")
            for host in ("cleo", "eli")
            for rung, day in (("again", 4), ("first", 3))
        ),
        *(
            ("session.rating", scholar, rung, f"2027-01-1{day}T15:15Z")
            for scholar in ("ada", "bo")
            for rung, day in (("again", 4), ("first", 3))
        ),
    ]
    assert needed(house) == ["ada", "bo", "cleo", "eli"]


def test_who_gave_the_seat_back_is_not_asked_and_finds_no_form(house: House) -> None:
    set_up(house)
    seated(house, "ada", "bo")
    give_back(house.support, house.person("bo"), ref_of(house, "bo"), request_key=a_key())
    let_end(house)

    assert {who for _, who, *_ in asked(house)} == {"ada", "cleo"}
    with pytest.raises(AlreadyCanceled):
        rating_sheet(house.support, house.person("bo"), ref_of(house, "bo"))
    assert aftermath_of_several(house.support, house.person("bo"), ref_of(house, "bo")) is None


def test_one_that_was_canceled_or_moved_brings_none(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    cleo = house.person("cleo")
    moved = a_group_move(ref_of(house, "cleo"), "2027-01-13T16:00Z")
    now = move_group(house.support, cleo, moved).details
    let_end(house)
    that_hour = asked(house)
    cancel_group(house.support, cleo, a_calling_off(now.ref, version=now.version))
    house.clock.advance(timedelta(hours=3))
    plan_questions(house.desk)

    assert (that_hour, asked(house)) == ([], [])
    assert waiting_for_log(house.support, cleo) == 0
    with pytest.raises(AlreadyCanceled):
        log_sheet(house.support, cleo, now.ref)


def test_first_host_counts_and_the_other_reads_so(house: House) -> None:
    held(house, "ada")
    before = [waiting_for_log(house.support, house.person(host)) for host in ("cleo", "eli")]

    log(house, "eli", areas=[FocusArea.CAREER, FocusArea.CONFLICT], next_step="Nothing of the kind.")

    assert before == [1, 1]
    assert [waiting_for_log(house.support, house.person(host)) for host in ("cleo", "eli")] == [0, 0]
    for ask in (lambda: log_sheet(house.support, house.person("cleo"), ref_of(house, "cleo")), lambda: log(house)):
        with pytest.raises(LoggedByOther):
            ask()
    read = {host: aftermath_of_several(house.support, house.person(host), ref_of(house, host)) for host in HOSTS}
    assert {(each.log.focus_areas, each.log.next_step) for each in read.values() if each and each.log} == {
        ((FocusArea.CAREER, FocusArea.CONFLICT), "")
    }
    assert {host: each.can_log for host, each in read.items() if each} == {"cleo": False, "eli": True}
    assert needed(house) == ["ada"]
    log(house, "eli", outcome=Outcome.NO_SHOW)
    assert authors(house) == ["eli", "eli"]
    assert needed(house) == []


def test_of_two_hosts_at_once_one_counts(house: House) -> None:
    held(house, "ada")
    houses = {host: replica(house) for host in HOSTS}

    outcomes = at_once([lambda host=host, one=one: log(one, host) for host, one in houses.items()])  # type: ignore[misc]

    assert [type(each) for each in failures(outcomes)] == [LoggedByOther]
    assert len(authors(house)) == 1
    assert broken_invariants(house.stores.confidential) == []


def test_lists_name_it_to_each_host_until_one_has_said_it(house: House) -> None:
    held(house, "ada")
    (waiting,) = sessions_to_log(house.support, house.person("cleo")).waiting

    log(house)

    assert (waiting.title, waiting.other_name) == ("Writing together", "several scholars")
    after = {host: sessions_to_log(house.support, house.person(host)) for host in HOSTS}
    assert {host: (len(each.waiting), len(each.logged)) for host, each in after.items()} == {
        "cleo": (0, 1),
        "eli": (0, 0),
    }


def test_each_seat_answers_for_itself_and_reads_only_that(house: House) -> None:
    held(house, "ada", "bo")
    ada, bo = house.person("ada"), house.person("bo")
    waited = waiting_question(house.support, ada)

    sheet = rate_session(house.support, ada, a_rating(ref_of(house, "ada"), 3, words=WORD))

    assert waited is not None
    assert waited.ref == ref_of(house, "ada")
    assert sheet.rating is not None
    assert (sheet.rating.score, sheet.rating.words) == (3, WORD)
    assert (sheet.details.title, sheet.details.other_name) == ("Writing together", "Cleo and Eli")
    assert rating_sheet(house.support, bo, ref_of(house, "bo")).rating is None
    assert waiting_question(house.support, ada) is None
    assert waiting_question(house.support, bo) is not None
    assert needed(house) == ["bo", "cleo", "eli"]
    for host in HOSTS:
        assert WORD not in str(aftermath_of_several(house.support, house.person(host), ref_of(house, host)))
    with house.stores.confidential.read() as connection:
        sealed = connection.execute(select(_rating.c.sealed)).scalar_one()
    assert WORD.encode() not in bytes(sealed)


def test_an_answer_of_another_seat_put_in_its_place_does_not_open(house: House) -> None:
    held(house, "ada", "bo")
    for who in ("ada", "bo"):
        rate_session(house.support, house.person(who), a_rating(ref_of(house, who), 3, words=who))
    with house.stores.confidential.write() as connection:
        first = connection.execute(select(_rating.c.sealed)).scalars().first()
        connection.execute(update(_rating).values(sealed=first))

    read = [rating_sheet(house.support, house.person(who), ref_of(house, who)).rating for who in ("ada", "bo")]

    assert sorted(each.words for each in read if each) in (["", "ada"], ["", "bo"])


def test_whoever_is_on_the_other_side_or_outside_finds_nothing(house: House) -> None:
    held(house, "ada")
    cleo, ada, bo = (house.person(who) for who in ("cleo", "ada", "bo"))

    with pytest.raises(NotFound):
        log_sheet(house.support, ada, ref_of(house, "ada"))
    with pytest.raises(NotFound):
        rating_sheet(house.support, cleo, ref_of(house, "cleo"))
    with pytest.raises(NotFound):
        rate_session(house.support, bo, a_rating(ref_of(house, "bo")))
    with pytest.raises(NotFound):
        rate_session(house.support, bo, a_rating(ref_of(house, "ada")))
    assert aftermath_of_several(house.support, bo, ref_of(house, "ada")) is None


def test_forms_open_from_the_end_on_for_fourteen_days(house: House) -> None:
    held(house, "ada", after=timedelta(seconds=-1))
    cleo, ref = house.person("cleo"), ref_of(house, "cleo")

    with pytest.raises(NotOverYet):
        log_sheet(house.support, cleo, ref)
    house.clock.advance(timedelta(days=14))
    log_sheet(house.support, cleo, ref)
    house.clock.advance(timedelta(seconds=1))
    with pytest.raises(LoggedForGood):
        log_sheet(house.support, cleo, ref)


def test_repeated_delivery_of_a_log_and_an_answer_changes_nothing(house: House) -> None:
    held(house, "ada")

    for _ in range(2):
        log(house, key="the-same-log")
        rate_session(house.support, house.person("ada"), a_rating(ref_of(house, "ada"), key="the-same-answer"))

    assert authors(house) == ["cleo"]
    with house.stores.confidential.read() as connection:
        assert len(list(connection.execute(select(_rating.c.version)))) == 1


@pytest.mark.parametrize(("gone", "deed"), [("cleo", log_sheet), ("ada", rating_sheet)])
def test_who_judges_by_now_can_neither_log_it_nor_answer(
    house: House, gone: str, deed: Callable[[SupportDesk, Person, str], object]
) -> None:
    held(house, "ada")
    ref = ref_of(house, gone)
    deed(house.support, house.person(gone), ref)

    leaving.became_staff(house.stores.program, gone)

    with pytest.raises(NotFound):
        deed(house.support, house.person(gone), ref)


def test_form_names_to_a_host_nobody_who_was_there_and_to_a_scholar_who_held_it(house: House) -> None:
    held(house, "ada")

    of_host = log_sheet(house.support, house.person("cleo"), ref_of(house, "cleo"))
    of_scholar = rating_sheet(house.support, house.person("ada"), ref_of(house, "ada"))

    assert (of_host.details.other_name, of_scholar.details.other_name) == ("several scholars", "Cleo and Eli")
