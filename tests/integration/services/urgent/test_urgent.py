"""What is urgent: whoever of the community manager and those named is free first, never somebody who judges."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from domain.errors import NotFound
from domain.kinds import COMMUNITY, URGENT, UnknownKind
from domain.people import Role
from domain.places import Place
from domain.rules import ProgramRules
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.booking.sweep import sweep_changed_programs
from services.hours.own import Profile, save_hours, save_profile
from services.offers.offer import offer_times
from services.rules.change import RulesChanged
from services.sessions.named import named_sessions
from services.sessions.own import session_details
from services.urgent.offer import NotOfferedHere, offer_urgent
from services.urgent.stand_ins import name_stand_ins, others_in_support
from storage.engine import Store
from tests.builders import leaving
from tests.builders.bookings import a_cancellation, a_wish
from tests.builders.people import put_person, put_recusal
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House
from tests.looking.queries import queries_of

SOON = "2027-01-11T12:30Z"


def stand_in(house: House, *ids: str) -> None:
    """Eli names these people."""
    eli = house.person("eli")
    name_stand_ins(house.desk, eli, ids, seen=eli.rules_version, request_key=house.ids.new())


def offered(house: House, scholar: str = "ada") -> Sequence[str]:
    found = offer_urgent(house.support, house.person(scholar))
    return [f"{each.starts:%Y-%m-%dT%H:%MZ}" for each in found.starts]


def close(house: House, *staff: str) -> None:
    for each in staff:
        save_hours(house.support, house.person(each), hours_in(LONDON))


def test_urgent_is_offered_from_a_quarter_of_an_hour_on_soonest_first(house: House) -> None:
    assert offered(house)[:3] == [SOON, "2027-01-11T13:00Z", "2027-01-11T13:30Z"]
    assert len(offered(house)) == 10


def test_urgent_is_not_among_the_kinds_of_the_ordinary_form(house: House) -> None:
    kinds = [kind.key for kind in offer_times(house.support, house.person("ada")).kinds]

    assert URGENT not in kinds
    with pytest.raises(UnknownKind):
        offer_times(house.support, house.person("ada"), kind=URGENT)


def test_nobody_stands_in_unless_they_were_named(house: House) -> None:
    close(house, "eli")

    assert offered(house) == []


def test_stand_in_takes_it_when_the_manager_is_not_there(house: House) -> None:
    close(house, "eli")
    stand_in(house, "cleo")

    booked = book_session(house.support, house.person("ada"), a_wish(SOON, kind=URGENT, staff=None)).booked

    assert (booked.staff_id, booked.kind) == ("cleo", URGENT)


@pytest.mark.parametrize("keep_apart", ["mentor", "recusal"])
def test_stand_in_who_judges_the_scholar_never_takes_it(house: House, keep_apart: str) -> None:
    close(house, "eli")
    stand_in(house, "cleo", "dev")
    scholar = put_person(house.stores.program, "eve", mentor="cleo" if keep_apart == "mentor" else "max")
    if keep_apart == "recusal":
        put_recusal(house.stores.program, "cleo", "eve")
    close(house, "dev")

    assert offered(house, "eve") == []
    with pytest.raises(Exception, match="on offer"):
        book_session(house.support, house.person(scholar), a_wish(SOON, kind=URGENT, staff=None))


def test_stand_in_sees_what_they_take_and_can_cancel_it(house: House) -> None:
    close(house, "eli")
    stand_in(house, "cleo")
    details = book_session(house.support, house.person("ada"), a_wish(SOON, kind=URGENT, staff=None, words="Help."))

    cleo = house.person("cleo")
    assert [each.kind.key for each in named_sessions(house.support, cleo)] == [URGENT]
    assert session_details(house.support, cleo, details.booked.staff_ref).words == "Help."
    assert not cancel_session(house.support, cleo, a_cancellation(details.booked.staff_ref)).booked.is_open


def test_stand_in_who_is_not_one_any_more_does_not_see_it_and_it_is_canceled(house: House) -> None:
    close(house, "eli")
    stand_in(house, "cleo")
    details = book_session(house.support, house.person("ada"), a_wish(SOON, kind=URGENT, staff=None))
    stand_in(house)

    with pytest.raises(NotFound):
        session_details(house.support, house.person("cleo"), details.booked.staff_ref)
    leaving.touch(house.stores.program)
    assert sweep_changed_programs(house.desk) == 1


@pytest.mark.parametrize(
    "gone", [leaving.membership_over, leaving.off_the_roster, leaving.deactivated, leaving.became_staff]
)
def test_whom_a_manager_named_who_is_gone_stands_in_no_longer(house: House, gone: Callable[[Store, str], None]) -> None:
    close(house, "eli")
    stand_in(house, "cleo")
    details = book_session(house.support, house.person("ada"), a_wish(SOON, kind=URGENT, staff=None))
    gone(house.stores.program, "eli")

    assert (offered(house), named_sessions(house.support, house.person("cleo"))) == ([], ())
    with pytest.raises(NotFound):
        session_details(house.support, house.person("cleo"), details.booked.staff_ref)
    with pytest.raises(NotFound):
        book_session(house.support, house.person("ada"), a_wish(SOON, kind=URGENT, staff=None))
    assert sweep_changed_programs(house.desk) == 1


def test_whom_another_manager_has_named_as_well_stands_in_still(house: House) -> None:
    close(house, "eli")
    put_person(house.stores.program, "fay", Role.COMMUNITY_MANAGER)
    fay = house.person("fay")
    name_stand_ins(house.desk, fay, ["cleo"], seen=fay.rules_version, request_key="press-9")
    stand_in(house, "cleo", "dev")
    close(house, "fay", "dev")
    booked = book_session(house.support, house.person("ada"), a_wish(SOON, kind=URGENT, staff=None)).booked
    leaving.off_the_roster(house.stores.program, "fay")

    assert booked.staff_id == "cleo"
    assert sweep_changed_programs(house.desk) == 0


def test_stand_in_takes_nothing_after_the_day_on_which_the_manager_goes(house: House) -> None:
    close(house, "eli")
    stand_in(house, "cleo")
    before = {each[:10] for each in offered(house)}
    leaving.membership_over(house.stores.program, "eli", "2027-01-11")

    assert before == {"2027-01-11", "2027-01-12"}
    assert {each[:10] for each in offered(house)} == {"2027-01-11"}


def test_stand_in_takes_nothing_after_their_own_last_day_either(house: House) -> None:
    close(house, "eli")
    stand_in(house, "cleo")
    leaving.membership_over(house.stores.program, "cleo", "2027-01-11")

    assert {each[:10] for each in offered(house)} == {"2027-01-11"}
    with pytest.raises(Exception, match="on offer"):
        book_session(house.support, house.person("ada"), a_wish("2027-01-12T10:00Z", kind=URGENT, staff=None))


def test_it_is_held_where_the_stand_in_meets_people_otherwise(house: House) -> None:
    close(house, "eli")
    stand_in(house, "cleo")
    room = Place(kind="room", detail="4.12")
    cleo = house.person("cleo")
    save_profile(house.support, cleo, Profile(about="", focus_areas=(), places={"coaching": {"": room}}))

    details = book_session(house.support, house.person("ada"), a_wish(SOON, kind=URGENT, staff=None))

    assert details.place == room
    assert session_details(house.support, house.person("ada"), details.ref).place == room


def test_one_urgent_session_at_a_time(house: House) -> None:
    ada = house.person("ada")
    book_session(house.support, ada, a_wish(SOON, kind=URGENT, staff=None))

    with pytest.raises(Exception, match="1 session"):
        book_session(house.support, ada, a_wish("2027-01-11T14:00Z", kind=URGENT, staff=None))


def test_urgent_that_staff_switched_off_says_what_to_do_instead(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, URGENT, is_offered=False))

    with pytest.raises(NotOfferedHere):
        offer_urgent(house.support, house.person("ada"))
    with pytest.raises(UnknownKind):
        book_session(house.support, house.person("ada"), a_wish(SOON, kind=URGENT, staff=None))


def test_contacts_are_those_of_the_program(house: House) -> None:
    def edit(rules: ProgramRules) -> ProgramRules:
        return replace(rules, contacts="Call 112.")

    set_rules(house.stores.program, edit)

    assert offer_urgent(house.support, house.person("ada")).contacts == "Call 112."


def test_ordinary_sessions_of_a_stand_in_stay_a_coachs(house: House) -> None:
    stand_in(house, "cleo")

    staff = {card.id for card in offer_times(house.support, house.person("ada"), kind=COMMUNITY).staff}

    assert staff == {"eli"}


def test_whoever_could_stand_in_is_everybody_else_in_support(house: House) -> None:
    assert [person.id for person in others_in_support(house.desk, house.person("eli"))] == ["cleo", "dev"]


@pytest.mark.parametrize("somebody", ["ada", "max", "sam", "eli", "nobody"])
def test_only_people_in_support_can_be_named(house: House, somebody: str) -> None:
    with pytest.raises(NotFound) as refused:
        stand_in(house, somebody)

    assert refused.value.field == "staff"


def test_two_forms_of_one_manager_do_not_overwrite_each_other(house: House) -> None:
    eli = house.person("eli")
    name_stand_ins(house.desk, eli, ["cleo"], seen=eli.rules_version, request_key="press-1")

    with pytest.raises(RulesChanged):
        name_stand_ins(house.desk, eli, ["dev"], seen=eli.rules_version, request_key="press-2")


def test_each_manager_names_their_own(house: House) -> None:
    put_person(house.stores.program, "fay", Role.COMMUNITY_MANAGER)
    stand_in(house, "cleo")
    fay = house.person("fay")
    name_stand_ins(house.desk, fay, ["dev"], seen=fay.rules_version, request_key="press-9")

    assert house.desk.rules.of(house.person("ada")).stand_ins == {"eli": ("cleo",), "fay": ("dev",)}


def test_urgent_offer_asks_no_more_with_many_who_stand_in(house: House) -> None:
    counts = []
    for size in (1, 6):
        ids = [put_person(house.stores.program, f"coach-{size}-{number}", Role.COACH) for number in range(size)]
        for each in ids:
            save_hours(house.support, house.person(each), hours_in(LONDON, WEEKDAYS))
        stand_in(house, *ids)
        ada = house.person("ada")
        house.desk.rules.of(ada)
        with queries_of(house.stores.program) as of_program, queries_of(house.stores.confidential) as of_support:
            offer_urgent(house.support, ada)
        counts.append((len(of_program), len(of_support)))

    assert counts == [(3, 2)] * 2
