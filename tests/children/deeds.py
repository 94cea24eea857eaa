"""What people and ticks do in scheduling, each at random: a deed gives whether it came about, or is refused."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import TypeVar

from sqlalchemy import delete

from domain.handover import Consent
from domain.people import Person
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.sweep import sweep_changed_programs
from services.groups.look import groups_for
from services.groups.seats import give_back, leave_line, take_seat, wait_in_line
from services.groups.sweep import fill_seats
from services.handover.announce import hand_over, handover_choices
from services.handover.answer import answer_handover
from services.handover.commands import AnswerHandover, SessionChoice
from services.handover.sheet import changes_for, handover_sheet
from services.holds.kept import kept_times
from services.holds.take import refuse_time, take_time
from services.offers.offer import offer_times
from services.office_hours.joining import join_line
from services.office_hours.joining import leave_line as leave_office
from services.office_hours.looking import listed_hours, own_line_now
from services.office_hours.serving import finish_with, not_there, take_next
from services.office_hours.tending import tend_office_hours
from services.office_hours.watching import helpers_line
from services.proposals.answer import accept_time
from services.proposals.offered import times_offered_to
from services.proposals.propose import propose_times
from services.sessions.own import upcoming_sessions
from services.waiting.join import WaitFor, stop_waiting, wait_for, waits_of
from services.waiting.match import keep_times
from storage.program.people_queries import recusal
from tests.builders.bookings import a_cancellation, a_move, a_proposal, a_wish, starts_in
from tests.builders.handovers import a_handover
from tests.builders.leaving import touch
from tests.builders.office_hours import a_wish as a_place
from tests.builders.people import put_recusal
from tests.fixtures.desks import House

SCHOLARS = tuple(f"scholar-{number}" for number in range(10))
COACHES = ("cleo", "dev", "fay")
FEW = 6
"""Times among which everybody chooses, so that they want the same ones."""
HALF_HOUR = timedelta(minutes=30)
One = TypeVar("One")


class Walk:
    """Everybody in turn, at random, in one process."""

    def __init__(self, house: House, run: str) -> None:
        self.house, self.run, self.support = house, run, house.support
        self.random = Random(run)
        self.presses = 0

    def key(self) -> str:
        """The once-only key of a press of its own."""
        self.presses += 1
        return f"{self.run} {self.presses}"

    def scholar(self) -> Person:
        """Any."""
        return self.house.person(self.random.choice(SCHOLARS))

    def coach(self) -> Person:
        """Any."""
        return self.house.person(self.random.choice(COACHES))

    def some(self, found: Sequence[One]) -> list[One]:
        """One of them, or nothing where there are none."""
        return [self.random.choice(found)] if found else []


Deed = Callable[[Walk], bool]


def book(walk: Walk) -> bool:
    scholar, staff = walk.scholar(), walk.random.choice((*COACHES, None))
    starts = starts_in(offer_times(walk.support, scholar, staff_id=staff))[:FEW]
    for start in walk.some(starts):
        book_session(walk.support, scholar, a_wish(start, staff=staff, key=walk.key()))
    return bool(starts)


def move(walk: Walk) -> bool:
    person = walk.random.choice((walk.scholar, walk.coach))()
    for line in walk.some(upcoming_sessions(walk.support, person)):
        start = line.starts + HALF_HOUR * walk.random.choice((-4, -2, -1, 1, 2, 4))
        wish = a_move(line.ref, f"{start:%Y-%m-%dT%H:%MZ}", version=line.version, key=walk.key())
        move_session(walk.support, person, wish)
        return True
    return False


def cancel(walk: Walk) -> bool:
    person = walk.random.choice((walk.scholar, walk.coach))()
    for line in walk.some(upcoming_sessions(walk.support, person)):
        cancel_session(walk.support, person, a_cancellation(line.ref, version=line.version, key=walk.key()))
        return True
    return False


def wait(walk: Walk) -> bool:
    staff = walk.random.choice((*COACHES, None))
    wait_for(walk.support, walk.scholar(), WaitFor(request_key=walk.key(), kind="coaching", staff_id=staff))
    return True


def stop(walk: Walk) -> bool:
    scholar = walk.scholar()
    for one in walk.some(waits_of(walk.support, scholar)):
        stop_waiting(walk.support, scholar, one.id)
        return True
    return False


def answer_what_is_kept(walk: Walk) -> bool:
    scholar = walk.scholar()
    for kept in walk.some(kept_times(walk.support, scholar)):
        if walk.random.random() < 0.5:
            take_time(walk.support, scholar, kept.ref, request_key=walk.key())
        else:
            refuse_time(walk.support, scholar, kept.ref)
        return True
    return False


def propose(walk: Walk) -> bool:
    coach, scholar = walk.coach(), walk.scholar()
    starts = starts_in(offer_times(walk.support, scholar, staff_id=coach.id))[:2]
    if starts:
        propose_times(walk.support, coach, scholar, a_proposal(*starts, key=walk.key()))
    return bool(starts)


def accept(walk: Walk) -> bool:
    scholar = walk.scholar()
    for offered in walk.some(times_offered_to(walk.support, scholar)):
        accept_time(walk.support, scholar, offered.id, offered.starts[0], request_key=walk.key())
        return True
    return False


def sit_down_or_stand_up(walk: Walk) -> bool:
    scholar = walk.scholar()
    for group in walk.some(groups_for(walk.support, scholar)):
        deed = walk.random.choice((take_seat, take_seat, give_back, wait_in_line, leave_line))
        deed(walk.support, scholar, group.ref, request_key=walk.key())
        return True
    return False


def join(walk: Walk) -> bool:
    scholar = walk.scholar()
    if not listed_hours(walk.support, scholar):
        return False
    join_line(walk.support, scholar, a_place(walk.house, scholar, key=walk.key()))
    return True


def leave(walk: Walk) -> bool:
    return leave_office(walk.support, walk.scholar())


def serve(walk: Walk) -> bool:
    cleo = walk.house.person("cleo")
    ref = own_line_now(walk.support, cleo)
    if ref is None:
        return False
    mine = helpers_line(walk.support, cleo, ref).mine
    if mine is None:
        return bool(take_next(walk.support, cleo, ref, request_key=walk.key()))
    if walk.random.random() < 0.5:
        finish_with(walk.support, cleo, ref, mine.ref)
    else:
        not_there(walk.support, cleo, ref, mine.ref, request_key=walk.key())
    return True


def give_to_a_colleague(walk: Walk) -> bool:
    coach = walk.coach()
    others = [each for each in COACHES if each != coach.id]
    for ref, _name in walk.some(handover_choices(walk.support, coach).scholars):
        hand_over(walk.support, coach, a_handover(ref, to=walk.random.choice(others), key=walk.key()))
        return True
    return False


def answer_a_handover(walk: Walk) -> bool:
    scholar = walk.scholar()
    for change in walk.some(changes_for(walk.support, scholar)):
        sheet = handover_sheet(walk.support, scholar, change.ref)
        choices = tuple(
            SessionChoice(field=f"session.{number}", ref=each.ref, version=each.version, is_moved=each.is_free)
            for number, each in enumerate(sheet.sessions)
        )
        said = AnswerHandover(
            request_key=walk.key(), ref=change.ref, consent=walk.random.choice(list(Consent)), sessions=choices
        )
        answer_handover(walk.support, scholar, said)
        return True
    return False


def part_or_join_two(walk: Walk) -> bool:
    """The roster keeps a coach and a scholar apart, or does so no more."""
    coach, scholar, store = walk.random.choice(COACHES), walk.random.choice(SCHOLARS), walk.house.stores.program
    with store.write() as connection:
        pair = (recusal.c.supporter_id == coach, recusal.c.scholar_id == scholar)
        were_apart = bool(connection.execute(delete(recusal).where(*pair)).rowcount)
    if not were_apart and walk.random.random() < 0.3:
        put_recusal(store, coach, scholar)
    touch(store)
    return True


def tick(walk: Walk) -> bool:
    desk = walk.house.desk
    deed = walk.random.choice((keep_times, sweep_changed_programs, fill_seats, tend_office_hours))
    return bool(deed(desk))


DEEDS: tuple[Deed, ...] = (
    *(book,) * 4,
    move,
    cancel,
    cancel,
    wait,
    wait,
    stop,
    *(answer_what_is_kept,) * 3,
    propose,
    accept,
    *(sit_down_or_stand_up,) * 2,
    *(join,) * 2,
    leave,
    *(serve,) * 2,
    give_to_a_colleague,
    answer_a_handover,
    part_or_join_two,
    *(tick,) * 2,
)
