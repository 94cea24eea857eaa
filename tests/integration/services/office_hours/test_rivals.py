"""People who press at the same moment: threads with connections and locks of their own, on each engine."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from domain.errors import DomainError
from domain.office_hours import (
    AlreadyInLine,
    BusyNow,
    HelpingSomebody,
    HelpTopic,
    LineClosed,
    LineMoved,
    NobodyWaits,
    NotHelping,
    NotInLine,
    TooLateToHelp,
    WithSomebody,
)
from services.office_hours.favors import accept_favor
from services.office_hours.joining import join_line, leave_line, step_back
from services.office_hours.looking import listed_hours, own_place
from services.office_hours.offers import offer_help
from services.office_hours.running import close_line, help_in_line, stop_helping
from services.office_hours.serving import finish_with, not_there, take_next
from services.office_hours.suggesting import answer_suggestion, peers_for, suggest_peer
from services.office_hours.sweep import sweep_office_hours
from services.office_hours.tending import tend_office_hours
from storage.confidential.office_hours import OfficeTransfer
from storage.engine import Store, table_of
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.acting.steps import leave_roster_of
from tests.builders.office_hours import (
    ROOM,
    a_key,
    a_wish,
    call_next,
    check_lines,
    entry_of,
    hold,
    in_line,
    join,
    places,
    ref_for,
)
from tests.builders.people import put_person
from tests.fixtures.desks import House, a_house, ledger_rows, replica
from tests.fixtures.engines import Stores

RACES = 8
CROWD = 30
_transfer = table_of(OfficeTransfer)


def race(deeds: Sequence[Callable[[], object]]) -> list[object]:
    """Do all of these at the same moment; what each gave or raised."""
    return list(at_once(deeds))


def houses(house: House, number: int = 2) -> list[House]:
    """Replicas that wait for their turn: it is about the line, not about the machine."""
    return [replica(house, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(number)]


def crowd(house: House, number: int = CROWD) -> list[str]:
    return [put_person(house.stores.program, f"scholar-{each:02}") for each in range(number)]


def second_helper(house: House) -> str:
    dev = house.person("dev")
    return help_in_line(house.support, dev, listed_hours(house.support, dev)[0].ref, ROOM, request_key=a_key())


def sorts(outcomes: Sequence[object]) -> set[type[Exception]]:
    return {type(each) for each in failures(outcomes)}


def agreed(house: House) -> tuple[str, str]:
    """Ada waits and has agreed that Bo is asked; returns the references of Cleo and of Bo."""
    offer_help(house.support, house.person("bo"), [HelpTopic.DEBUGGING], request_key=a_key())
    ref = hold(house)
    join(house, "ada")
    return ref, ask_again(house, ref)


def ask_again(house: House, ref: str) -> str:
    cleo, entry_ref = house.person("cleo"), ref_for(house, "cleo", "ada")
    [peer] = peers_for(house.support, cleo, ref, entry_ref).peers
    suggest_peer(house.support, cleo, ref, entry_ref, peer.ref, request_key=a_key())
    answer_suggestion(house.support, house.person("ada"), entry_of(house, "ada").scholar_ref, agrees=True)
    with house.stores.confidential.read() as connection:
        rows = connection.execute(_transfer.select()).all()
    return str(next(row.peer_ref for row in rows if row.entry_id == entry_of(house, "ada").id))


def test_thirty_who_join_at_once_are_all_in_line_each_at_a_place_of_their_own(house: House) -> None:
    ref = hold(house)
    people = crowd(house)
    pair = houses(house)
    wishes = [(house.person(each), a_wish(house, house.person(each))) for each in people]

    outcomes = race(
        [partial(join_line, pair[number % 2].support, who, wish) for number, (who, wish) in enumerate(wishes)]
    )

    assert failures(outcomes) == []
    shown = places(house, *people)
    assert sorted(each for each in shown if each) == list(range(1, CROWD + 1))
    by_place = [name for _, name in sorted(zip(shown, people, strict=True), key=lambda each: each[0] or 0)]
    assert in_line(house, ref) == [each.title() for each in by_place]
    assert places(house, *people) == shown
    check_lines(house)


def test_one_scholar_who_joins_by_many_presses_at_once_stands_there_once(house: House) -> None:
    hold(house)
    hold(house, "dev")
    ada, pair = house.person("ada"), houses(house)
    wishes = [a_wish(house, ada, number=number % 2) for number in range(6)]

    outcomes = race([partial(join_line, pair[n % 2].support, ada, wish) for n, wish in enumerate(wishes)])

    assert (len(results(outcomes)), sorts(outcomes)) == (1, {AlreadyInLine})
    check_lines(house)


def test_two_helpers_who_press_next_at_once_get_different_people(house: House) -> None:
    ref = hold(house)
    second = second_helper(house)
    people = crowd(house, 2 * RACES)
    join(house, *people)
    one, other = houses(house)
    called: list[object] = []

    for _ in range(RACES):
        taken = race(
            [
                partial(take_next, one.support, house.person("cleo"), ref, request_key=a_key()),
                partial(take_next, other.support, house.person("dev"), second, request_key=a_key()),
            ]
        )
        assert failures(taken) == []
        check_lines(house)
        called += results(taken)
        for helper, own in (("cleo", ref), ("dev", second)):
            who = next(each for each in people if entry_of(house, each).taken_by == helper)
            finish_with(house.support, house.person(helper), own, ref_for(house, helper, who))

    assert sorted(map(str, called)) == people


def test_one_helper_who_presses_next_many_times_at_once_has_one_person(house: House) -> None:
    ref = hold(house)
    join(house, *crowd(house, 6))
    pair, cleo = houses(house), house.person("cleo")

    outcomes = race([partial(take_next, pair[n % 2].support, cleo, ref, request_key=a_key()) for n in range(6)])

    assert (results(outcomes), sorts(outcomes)) == (["scholar-00"], {WithSomebody})
    assert len(in_line(house, ref)) == 5
    check_lines(house)


def test_next_against_leave_either_calls_them_or_lets_them_go(house: House) -> None:
    ref = hold(house)
    pair = houses(house)
    for _ in range(RACES):
        join(house, "ada")
        own = entry_of(house, "ada").scholar_ref

        called, left = race(
            [
                partial(take_next, pair[0].support, house.person("cleo"), ref, request_key=a_key()),
                partial(leave_line, pair[1].support, house.person("ada"), own),
            ]
        )

        # Who was called first and then pressed has been helped; who had left was not there to be called.
        assert (called, left) == ("ada", True) or (isinstance(called, NobodyWaits) and left is False)
        assert entry_of(house, "ada").status in ("done", "left")
        check_lines(house)


def test_next_against_stepping_back_calls_exactly_one_of_the_two(house: House) -> None:
    ref = hold(house)
    pair = houses(house)
    for _ in range(RACES):
        join(house, "ada", "bo")
        first = "ada" if in_line(house, ref)[0] == "Ada" else "bo"
        entry = entry_of(house, first)
        back = partial(
            step_back, pair[1].support, house.person(first), entry.scholar_ref, entry.version, request_key=a_key()
        )

        called, _ = race([partial(take_next, pair[0].support, house.person("cleo"), ref, request_key=a_key()), back])

        assert called in ("ada", "bo")
        check_lines(house)
        for who in ("ada", "bo"):
            leave_line(house.support, house.person(who))


def test_transfer_against_leave_never_leaves_the_peer_with_nobody(house: House) -> None:
    pair = houses(house)
    ref, peer_ref = agreed(house)
    for _ in range(RACES):
        accepted, left = race(
            [
                partial(accept_favor, pair[0].support, house.person("bo"), peer_ref),
                partial(leave_line, pair[1].support, house.person("ada"), entry_of(house, "ada").scholar_ref),
            ]
        )

        assert (accepted, left) == (("ada", "cleo"), True) or (isinstance(accepted, TooLateToHelp) and left is False)
        check_lines(house)
        join(house, "ada")
        peer_ref = ask_again(house, ref)


def test_transfer_against_next_gives_the_scholar_to_one_of_the_two(house: House) -> None:
    pair = houses(house)
    ref, peer_ref = agreed(house)
    for _ in range(RACES):
        accepted, called = race(
            [
                partial(accept_favor, pair[0].support, house.person("bo"), peer_ref),
                partial(take_next, pair[1].support, house.person("cleo"), ref, request_key=a_key()),
            ]
        )

        assert len(failures([accepted, called])) == 1
        assert sorts([accepted, called]) <= {TooLateToHelp, NobodyWaits}
        check_lines(house)
        leave_line(house.support, house.person("ada"))
        join(house, "ada")
        peer_ref = ask_again(house, ref)


def test_peer_who_joins_a_line_while_accepting_does_one_of_the_two(house: House) -> None:
    pair = houses(house)
    _, peer_ref = agreed(house)
    bo = house.person("bo")

    outcomes = race(
        [
            partial(accept_favor, pair[0].support, bo, peer_ref),
            partial(join_line, pair[1].support, bo, a_wish(house, bo)),
        ]
    )

    assert len(failures(outcomes)) == 1
    assert sorts(outcomes) <= {BusyNow, HelpingSomebody}
    check_lines(house)


def test_close_against_join_tells_everybody_that_the_line_is_closed(house: House) -> None:
    pair = houses(house)
    people = crowd(house, RACES)
    for who in people:
        ref = hold(house)
        scholar = house.person(who)
        wish = a_wish(house, scholar)

        closed, joined = race(
            [
                partial(close_line, pair[0].support, house.person("cleo"), ref),
                partial(join_line, pair[1].support, scholar, wish),
            ]
        )

        if isinstance(joined, Exception):
            assert (closed, type(joined)) == ((), LineClosed)
        else:
            assert closed == (who,)
            assert entry_of(house, who).status == "closed"
        with pytest.raises(NotInLine):
            own_place(house.support, scholar)
        check_lines(house)


def test_two_who_close_and_two_who_tend_at_once_tell_everybody_once(house: House) -> None:
    ref = hold(house)
    second = second_helper(house)
    people = crowd(house, 5)
    join(house, *people)
    four = houses(house, 4)

    outcomes = race(
        [
            partial(close_line, four[0].support, house.person("cleo"), ref),
            partial(close_line, four[1].support, house.person("dev"), second),
            partial(tend_office_hours, four[2].desk),
            partial(tend_office_hours, four[3].desk),
        ]
    )

    assert failures(outcomes) == []
    closed = [who for kind, who, _, _ in house.messages() if kind == "line.closed"]
    assert closed == people
    check_lines(house)


def test_done_against_not_there_and_scholars_own_done_ends_their_turn_once(house: House) -> None:
    pair = houses(house)
    ref = hold(house)
    cleo, ada = house.person("cleo"), house.person("ada")
    for _ in range(RACES):
        join(house, "ada")
        call_next(house, ref)
        entry_ref = ref_for(house, "cleo", "ada")
        deeds: list[Callable[[], object]] = [
            partial(finish_with, pair[0].support, cleo, ref, entry_ref),
            partial(not_there, pair[1].support, cleo, ref, entry_ref, request_key=a_key()),
            partial(leave_line, pair[0].support, ada, entry_of(house, "ada").scholar_ref),
        ]

        outcomes = race(deeds)

        assert sorts(outcomes) <= {LineMoved}
        assert all(isinstance(each, DomainError) for each in failures(outcomes))
        check_lines(house)
        if entry_of(house, "ada").is_open:
            leave_line(house.support, ada)


def test_replicas_that_tend_at_once_when_a_line_ends_close_it_once_and_without_trouble(house: House) -> None:
    hold(house, hours=1)
    people = crowd(house, 12)
    join(house, *people)
    house.clock.advance(timedelta(hours=1))

    outcomes = race([partial(tend_office_hours, each.desk) for each in houses(house, 4)])

    assert failures(outcomes) == []
    assert sorted(row.person_id for row in ledger_rows(house, "line.closed")) == people
    check_lines(house)


def test_helping_where_the_only_helper_has_just_left_is_refused_or_keeps_it_open(house: House) -> None:
    for day in range(1, RACES + 1):
        hold(house, starts_in=timedelta(days=day))
    dev = house.person("dev")
    refs = [each.ref for each in listed_hours(house.support, dev)]
    leave_roster_of(house.stores, "cleo")
    sweeping, helping = houses(house)

    outcomes = race(
        [
            *(partial(help_in_line, helping.support, dev, ref, ROOM, request_key=a_key()) for ref in reversed(refs)),
            *[partial(sweep_office_hours, sweeping.desk, "program-1")] * 2,
        ]
    )

    helped = [each for each in outcomes[:RACES] if isinstance(each, str)]
    assert sorts(outcomes) <= {LineClosed}
    assert len(listed_hours(house.support, dev)) == len(helped)
    check_lines(house)


def test_helper_who_falls_out_of_a_line_while_they_wait_for_it_calls_nobody(
    postgresql_stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On SQLite nobody else writes meanwhile: the whole store is waited for before anything is read.
    house = a_house(postgresql_stores)
    ref, _ = hold(house), second_helper(house)
    join(house, "ada")
    office_id, sweeping, lock = entry_of(house, "ada").office_id, replica(house).support, Store.lock

    def slower(store: Store, connection: Connection, name: str) -> None:
        if name == office_id:
            monkeypatch.undo()
            with sweeping.store.write() as other:
                stop_helping(sweeping, other, office_id, ["cleo"])
        lock(store, connection, name)

    monkeypatch.setattr(Store, "lock", slower)
    with pytest.raises(NotHelping):
        call_next(house, ref)
    assert entry_of(house, "ada").is_waiting
    check_lines(house)
