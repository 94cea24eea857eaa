"""Hosts edit what a group session is about, where it is and who holds it; who has a seat is told of what matters."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from domain.booking import AlreadyCanceled, AlreadyChanged, AlreadyOver
from domain.delivery import Suppressed
from domain.errors import DomainError, NotFound
from domain.groups import BadCohost, GroupWords, HostsBusy, Standing
from domain.people import Role
from domain.places import Place
from services.booking.book import book_session
from services.groups.change import cancel_group, change_seats, move_group
from services.groups.look import group_details, groups_for, hosted_details
from services.session_news.news import SessionNews, session_news
from storage.confidential.group_sessions import GroupSession
from storage.engine import table_of
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.builders import leaving
from tests.builders.bookings import a_wish
from tests.builders.groups import (
    GROUP_AT,
    ROOM,
    a_calling_off,
    a_group_move,
    a_group_wish,
    an_edit,
    edit,
    news_for,
    other_seats,
    ref_of,
    seated,
    set_up,
    waiting,
)
from tests.builders.people import put_person, put_recusal
from tests.fixtures.desks import House, ledger_rows, replica
from tests.looking.invariants import broken_invariants

ELSEWHERE = Place(kind="link", detail="https://meet.example.org/writing")
LATER = "2027-01-13T16:00Z"


def seen_by(house: House, who: str) -> GroupWords:
    return group_details(house.support, house.person(who), ref_of(house, who)).words


def test_edit_changes_what_everybody_reads_and_nothing_else(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2, cohost="dev"))
    seated(house, "ada", "bo")
    zoe = put_person(house.stores.program, "zoe")
    waiting(house, zoe)
    before = house.cells(), house.groups()

    wish = an_edit(ref_of(house, "dev"), title="Reading", about="", place=ELSEWHERE, cohost="cleo")
    outcome = edit(house, "dev", wish)

    assert outcome.details.words == GroupWords(title="Reading", about="", place=ELSEWHERE)
    assert [seen_by(house, who) for who in ("ada", "bo", "cleo", zoe)] == [outcome.details.words] * 4
    assert (house.cells(), house.groups(), outcome.details.version) == (*before, 2)
    assert broken_invariants(house.stores.confidential) == []


def test_another_place_is_told_to_everybody_else_in_it_once_and_to_nobody_in_line(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2, cohost="dev"))
    seated(house, "ada", "bo")
    zoe = put_person(house.stores.program, "zoe")
    waiting(house, zoe)

    edit(house, "cleo", an_edit(ref_of(house, "cleo"), place=ELSEWHERE, cohost="dev", key="one press"))
    edit(house, "cleo", an_edit(ref_of(house, "cleo"), place=ELSEWHERE, cohost="dev", key="one press"))

    assert {who: news_for(house.messages(), who)[1:] for who in ("ada", "bo", "dev", "cleo", zoe)} == {
        "ada": ["session.changed"],
        "bo": ["session.changed"],
        "dev": ["session.changed"],
        "cleo": [],
        zoe: [],
    }
    assert [kind for kind, who, *_ in house.messages() if who == "ada"].count("session.file") == 1
    (row,) = [each for each in ledger_rows(house, "session.changed") if each.person_id == "ada"]
    news = session_news(house.support, row)
    assert isinstance(news, SessionNews)
    assert (news.ref, news.may_look, news.before) == (ref_of(house, "ada"), True, None)


@pytest.mark.parametrize("wish", [{"title": "Reading"}, {"about": "Bring two."}, {}])
def test_a_better_title_is_told_to_nobody(house: House, wish: dict[str, str]) -> None:
    set_up(house)
    seated(house, "ada")
    before = house.messages()

    edit(house, "cleo", an_edit(ref_of(house, "cleo"), **wish))  # type: ignore[arg-type]  # texts, all of them

    assert house.messages() == before


def test_two_places_one_after_the_other_are_two_messages_of_which_a_move_needs_neither(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    cleo, ref = house.person("cleo"), ref_of(house, "cleo")
    edit(house, "cleo", an_edit(ref, place=ELSEWHERE))
    edit(house, "cleo", an_edit(ref, place=None, version=2))
    move_group(house.support, cleo, a_group_move(ref, LATER, version=3))

    rows = ledger_rows(house, "session.changed")

    assert sorted(row.rung for row in rows) == ["c2", "c3"]
    assert [session_news(house.support, row) for row in rows] == [Suppressed("session changed")] * 2


def test_why_it_was_moved_outlives_an_edit(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), LATER, reason="A clash"))

    edit(house, "cleo", an_edit(ref_of(house, "cleo"), title="Reading", version=2))

    assert (seen_by(house, "ada").title, seen_by(house, "ada").reason) == ("Reading", "A clash")


def test_who_was_overtaken_is_told_and_changes_nothing(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    edit(house, "cleo", an_edit(ref_of(house, "cleo"), title="Reading", cohost="dev"))

    with pytest.raises(AlreadyChanged):
        edit(house, "dev", an_edit(ref_of(house, "dev"), title="Drawing", cohost="cleo"))

    assert seen_by(house, "ada").title == "Reading"


def test_two_hosts_who_save_at_once_have_one_winner(house: House) -> None:
    rival = replica(house, lock_wait_seconds=PATIENCE_SECONDS)
    set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "ada")

    deeds: list[Callable[[], object]] = [
        partial(edit, house, "cleo", an_edit(ref_of(house, "cleo"), title="Reading", place=None, cohost="dev")),
        partial(edit, rival, "dev", an_edit(ref_of(house, "dev"), title="Drawing", place=None, cohost="cleo")),
    ]
    outcomes = at_once(deeds)

    assert [type(each) for each in failures(outcomes)] == [AlreadyChanged]
    assert seen_by(house, "ada").title == results(outcomes)[0].details.words.title  # type: ignore[attr-defined]
    assert news_for(house.messages(), "ada") == ["session.booked", "session.changed"]
    assert broken_invariants(house.stores.confidential) == []


def test_edit_of_what_is_canceled_or_has_begun_is_refused(house: House) -> None:
    set_up(house, host="dev")
    house.clock.advance(timedelta(days=2, hours=2))
    with pytest.raises(AlreadyOver):
        edit(house, "dev", an_edit(ref_of(house, "dev"), title="Reading"))
    ref = set_up(house, wish=a_group_wish("2027-01-20T14:00Z")).ref
    cancel_group(house.support, house.person("cleo"), a_calling_off(ref))

    with pytest.raises(AlreadyCanceled):
        edit(house, "cleo", an_edit(ref, title="Reading"))


@pytest.mark.parametrize("who", ["ada", "bo", "dev"])
def test_who_does_not_hold_it_finds_nothing_to_edit(house: House, who: str) -> None:
    set_up(house)
    seated(house, "ada")

    with pytest.raises(NotFound):
        edit(house, who, an_edit(ref_of(house, who), title="Reading"))

    assert seen_by(house, "ada").title == "Writing together"


def test_words_that_do_not_open_can_be_written_anew(house: House) -> None:
    set_up(house)
    with house.stores.confidential.write() as connection:
        connection.execute(update(table_of(GroupSession)).values(words=b"something else"))

    edit(house, "cleo", an_edit(ref_of(house, "cleo"), title="Reading"))

    assert seen_by(house, "ada") == GroupWords(title="Reading", about="Bring a page.", place=ROOM)


def test_another_colleague_takes_the_place_of_the_first_and_everybody_is_told(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "ada")
    before = hosted_details(house.support, house.person("cleo"), ref_of(house, "cleo"))

    outcome = edit(house, "cleo", an_edit(ref_of(house, "cleo"), cohost="eli"))

    assert (before.partner_account, outcome.details.partner_account) == ("UDEV", "UELI")
    assert (outcome.details.host_names, set(outcome.person_ids)) == (("Cleo", "Eli"), {"cleo", "dev", "eli"})
    assert house.cells() == {"cleo": 9, "eli": 9, "ada": 9}
    assert {who: news_for(house.messages(), who) for who in ("ada", "cleo", "dev", "eli")} == {
        "ada": ["session.booked", "session.changed"],
        "cleo": ["session.booked"],
        "dev": ["session.booked", "session.canceled"],
        "eli": ["session.booked"],
    }
    with pytest.raises(NotFound):
        hosted_details(house.support, house.person("dev"), ref_of(house, "dev"))
    assert broken_invariants(house.stores.confidential) == []


def test_each_of_two_may_go_on_alone(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "ada")

    edit(house, "dev", an_edit(ref_of(house, "dev"), cohost=None))

    seen = group_details(house.support, house.person("ada"), ref_of(house, "ada"))
    assert (seen.host_names, seen.words.title) == (("Dev",), "Writing together")
    assert news_for(house.messages(), "cleo") == ["session.booked", "session.canceled"]
    assert broken_invariants(house.stores.confidential) == []


def test_colleague_who_is_busy_then_or_leaves_before_is_refused_at_the_field(house: House) -> None:
    put_person(house.stores.program, "kim", Role.COACH, last_day="2027-01-12")
    set_up(house)
    book_session(house.support, house.person("ada"), a_wish(GROUP_AT, staff="dev"))
    before = house.messages(), house.cells(), house.groups()

    with pytest.raises(HostsBusy) as busy:
        edit(house, "cleo", an_edit(ref_of(house, "cleo"), title="Reading", cohost="dev"))
    with pytest.raises(DomainError, match="will have left by then") as leaving_before:
        edit(house, "cleo", an_edit(ref_of(house, "cleo"), title="Reading", cohost="kim"))

    assert (busy.value.field, leaving_before.value.field) == ("cohost", "cohost")
    assert (house.messages(), house.cells(), house.groups()) == before
    assert seen_by(house, "ada").title == "Writing together"


@pytest.mark.parametrize("standing", [Standing.SEATED, Standing.WAITING])
@pytest.mark.parametrize("apart", [leaving.became_mentor, leaving.recused])
def test_nobody_comes_to_hold_it_who_may_not_meet_all_who_are_in_it(
    house: House, standing: Standing, apart: leaving.Change
) -> None:
    set_up(house, host="dev", wish=a_group_wish(seats=2))
    zoe = put_person(house.stores.program, "zoe")
    seated(house, *(("bo", zoe) if standing is Standing.WAITING else ("ada", "bo")))
    waiting(house, *(("ada",) if standing is Standing.WAITING else ()))
    apart(house.stores.program)

    with pytest.raises(BadCohost) as refused:
        edit(house, "dev", an_edit(ref_of(house, "dev"), cohost="cleo"))

    assert (refused.value.message, refused.value.field) == (str(BadCohost()), "cohost")
    assert group_details(house.support, house.person("ada"), ref_of(house, "ada")).standing is standing


@pytest.mark.parametrize("standing", [Standing.SEATED, Standing.WAITING])
def test_whom_the_host_may_not_meet_either_is_no_reason_to_refuse_a_colleague(house: House, standing: Standing) -> None:
    """Until the sweep has taken them out a refusal would tell that there is somebody of whom the host reads nothing."""
    set_up(house, host="dev", wish=a_group_wish(seats=2))
    zoe = put_person(house.stores.program, "zoe")
    seated(house, *(("bo", zoe) if standing is Standing.WAITING else ("ada", "bo")))
    waiting(house, *(("ada",) if standing is Standing.WAITING else ()))
    for host in ("dev", "cleo"):
        put_recusal(house.stores.program, host, "ada")

    outcome = edit(house, "dev", an_edit(ref_of(house, "dev"), cohost="cleo"))

    assert outcome.details.host_names == ("Dev", "Cleo")
    assert "Ada" not in (outcome.details.seated_names or ())


@pytest.mark.parametrize("cohost", ["cleo", "ada", "sam", "nobody", "max"])
def test_who_cannot_hold_it_is_refused_in_one_sentence(house: House, cohost: str) -> None:
    set_up(house)

    with pytest.raises(BadCohost) as refused:
        edit(house, "cleo", an_edit(ref_of(house, "cleo"), cohost=cohost))

    assert (refused.value.message, refused.value.field) == (str(BadCohost()), "cohost")


def test_colleague_who_books_something_else_at_that_moment_does_one_of_the_two(house: House) -> None:
    rival = replica(house, lock_wait_seconds=PATIENCE_SECONDS)
    set_up(house)

    deeds: list[Callable[[], object]] = [
        partial(edit, house, "cleo", an_edit(ref_of(house, "cleo"), cohost="dev")),
        partial(book_session, rival.support, house.person("ada"), a_wish(GROUP_AT, staff="dev")),
    ]
    outcomes = at_once(deeds)

    assert len(failures(outcomes)) == 1
    assert broken_invariants(house.stores.confidential) == []


def test_host_who_now_judges_someone_edits_on_and_reads_nobody_they_may_not_meet(house: House) -> None:
    set_up(house)
    seated(house, "ada", "bo")

    leaving.became_mentor(house.stores.program)
    outcome = edit(house, "cleo", an_edit(ref_of(house, "cleo"), title="Reading", place=ELSEWHERE))

    assert outcome.details.seated_names == ("Bo",)


def test_host_who_judges_the_whole_program_by_now_finds_nothing_to_edit(house: House) -> None:
    set_up(house)
    seated(house, "ada", "bo")
    ref = ref_of(house, "cleo")

    leaving.became_staff(house.stores.program)
    cleo = house.person("cleo")

    with pytest.raises(NotFound):
        edit(house, "cleo", an_edit(ref, title="Reading"))
    with pytest.raises(NotFound):
        hosted_details(house.support, cleo, ref)
    with pytest.raises(NotFound):
        group_details(house.support, cleo, ref)
    assert groups_for(house.support, cleo) == ()


def test_seats_changed_meanwhile_guard_the_edit_too(house: House) -> None:
    set_up(house)
    ref = ref_of(house, "cleo")
    change_seats(house.support, house.person("cleo"), other_seats(ref, 5))

    with pytest.raises(AlreadyChanged):
        edit(house, "cleo", an_edit(ref, title="Reading"))
