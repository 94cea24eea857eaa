"""A helper reads no name of anybody whom they may not meet, and nobody is a peer to themselves."""

from datetime import timedelta

from domain.office_hours import HelpTopic
from domain.people import Role
from services.office_hours.favors import accept_favor
from services.office_hours.looking import listed_hours
from services.office_hours.offers import offer_help
from services.office_hours.running import close_line, help_in_line
from services.office_hours.suggesting import answer_suggestion, fellows, peers_for, suggest_peer
from services.office_hours.watching import helpers_line
from storage.confidential.office_hours import OfficeTransfer
from storage.engine import table_of
from tests.builders.office_hours import ROOM, a_key, call_next, entry_of, hold, join, ref_for
from tests.builders.people import put_person, put_recusal
from tests.fixtures.desks import House
from tests.looking.queries import queries_of

_transfer = table_of(OfficeTransfer)


def assist(house: House, who: str = "dev") -> str:
    staff = house.person(who)
    return help_in_line(house.support, staff, listed_hours(house.support, staff)[0].ref, ROOM, request_key=a_key())


def offers(house: House, who: str) -> None:
    offer_help(house.support, house.person(who), [HelpTopic.DEBUGGING], request_key=a_key())


def peer_helps(house: House, ref: str, peer: str = "bo", scholar: str = "ada") -> None:
    """Cleo suggests the peer, the scholar agrees, and the peer accepts."""
    cleo, entry_ref = house.person("cleo"), ref_for(house, "cleo", scholar)
    [found] = peers_for(house.support, cleo, ref, entry_ref).peers
    suggest_peer(house.support, cleo, ref, entry_ref, found.ref, request_key=a_key())
    own = entry_of(house, scholar).scholar_ref
    answer_suggestion(house.support, house.person(scholar), own, agrees=True)
    with house.stores.confidential.read() as connection:
        (peer_ref,) = connection.execute(_transfer.select()).all()
    accept_favor(house.support, house.person(peer), peer_ref.peer_ref)


def others(house: House, who: str, ref: str) -> list[tuple[str, str]]:
    """Who is with whom, as a helper reads it."""
    return [(each.name, each.helper_name) for each in helpers_line(house.support, house.person(who), ref).others]


def test_peer_whom_a_helper_may_not_meet_is_not_named_to_them(house: House) -> None:
    put_recusal(house.stores.program, "dev", "bo")
    offers(house, "bo")
    ref = hold(house)
    second = assist(house)
    join(house, "ada")

    peer_helps(house, ref)

    assert others(house, "cleo", ref) == [("Ada", "Bo")]
    assert others(house, "dev", second) == [("Ada", "")]


def test_colleague_who_is_a_scholar_and_kept_apart_is_not_named(house: House) -> None:
    put_person(house.stores.program, "duo", Role.SCHOLAR, Role.COACH)
    put_recusal(house.stores.program, "cleo", "duo")
    ref = hold(house)
    second, third = assist(house, "duo"), assist(house)
    join(house, "ada")
    call_next(house, second, "duo")

    seen = {who: helpers_line(house.support, house.person(who), own) for who, own in (("cleo", ref), ("dev", third))}

    assert (seen["cleo"].helper_names, others(house, "cleo", ref)) == (("Dev",), [("Ada", "")])
    assert (set(seen["dev"].helper_names), others(house, "dev", third)) == ({"Cleo", "Duo"}, [("Ada", "Duo")])


def test_colleague_who_is_a_scholar_and_kept_apart_is_not_named_in_the_list_either(house: House) -> None:
    put_person(house.stores.program, "duo", Role.SCHOLAR, Role.COACH)
    put_recusal(house.stores.program, "cleo", "duo")
    hold(house)
    assist(house, "duo")

    named = {
        who: [set(each.helper_names) for each in listed_hours(house.support, house.person(who))]
        for who in ("cleo", "dev", "eli", "duo")
    }

    assert named == {"cleo": [{"Cleo"}], "dev": [{"Cleo", "Duo"}], "eli": [{"Cleo", "Duo"}], "duo": [set()]}


def test_helper_who_is_a_scholar_reads_no_name_of_who_may_not_take_them(house: House) -> None:
    put_person(house.stores.program, "duo", Role.SCHOLAR, Role.COACH)
    put_recusal(house.stores.program, "cleo", "duo")
    ref = hold(house)
    second = assist(house, "duo")
    join(house, "ada")
    call_next(house, ref)

    seen = helpers_line(house.support, house.person("duo"), second)

    assert (seen.helper_names, others(house, "duo", second)) == ((), [("Ada", "")])


def test_helper_who_offers_help_as_a_scholar_is_never_listed_as_a_peer_to_themselves(house: House) -> None:
    put_person(house.stores.program, "duo", Role.SCHOLAR, Role.COACH)
    for who in ("duo", "bo"):
        offers(house, who)
    ref = hold(house, "duo")
    join(house, "ada")

    choice = peers_for(house.support, house.person("duo"), ref, ref_for(house, "duo", "ada"))

    assert [each.name for each in choice.peers] == ["Bo"]


def test_scholar_in_line_is_no_fellow_of_their_own(house: House) -> None:
    hold(house)
    join(house, "ada")

    assert [each.name for each in fellows(house.support, entry_of(house, "ada"))] == ["Bo"]


def test_line_with_many_peers_takes_as_many_queries_as_with_one(house: House) -> None:
    ref = hold(house)
    counts = []
    for number in range(3):
        scholar, peer = (put_person(house.stores.program, f"{what}-{number}") for what in ("scholar", "peer"))
        offers(house, peer)
        join(house, scholar)
        cleo, entry_ref = house.person("cleo"), ref_for(house, "cleo", scholar)
        [found] = peers_for(house.support, cleo, ref, entry_ref).peers
        suggest_peer(house.support, cleo, ref, entry_ref, found.ref, request_key=a_key())
        answer_suggestion(house.support, house.person(scholar), entry_of(house, scholar).scholar_ref, agrees=True)
        with house.stores.confidential.read() as connection:
            rows = connection.execute(_transfer.select()).all()
        asked = next(row for row in rows if row.peer_id == peer)
        accept_favor(house.support, house.person(peer), asked.peer_ref)
        with queries_of(house.stores.program) as program, queries_of(house.stores.confidential) as confidential:
            helpers_line(house.support, cleo, ref)
        counts.append((len(program), len(confidential)))

    assert len(set(counts)) == 1


def test_open_line_shows_its_helper_what_else_they_have_planned(house: House) -> None:
    ref = hold(house, hours=1)
    for days in (2, 1):
        hold(house, starts_in=timedelta(days=days))
    hold(house, "dev", starts_in=timedelta(days=1))
    planned = hold(house, starts_in=timedelta(days=3))
    close_line(house.support, house.person("cleo"), hold(house, starts_in=timedelta(days=4)))

    seen = {own: helpers_line(house.support, house.person("cleo"), own).planned for own in (ref, planned)}

    now = house.clock.now()
    found = {own: [(each.starts - now, each.ends - each.starts) for each in ahead] for own, ahead in seen.items()}
    two = timedelta(hours=2)
    assert found == {
        ref: [(timedelta(days=number), two) for number in (1, 2, 3)],
        planned: [(timedelta(days=number), two) for number in (1, 2)],
    }


def test_helper_who_may_not_meet_whom_they_are_with_any_more_sees_them_no_more(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    call_next(house, ref)
    before = helpers_line(house.support, house.person("cleo"), ref).mine

    put_recusal(house.stores.program, "cleo", "ada")

    seen = helpers_line(house.support, house.person("cleo"), ref)
    assert (before and before.name, seen.mine, seen.waiting, seen.others) == ("Ada", None, (), ())
