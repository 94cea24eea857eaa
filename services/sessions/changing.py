"""When a session can still be changed, and by whom."""

from domain.booking import AlreadyCanceled, AlreadyOver, Booked, NotSetYet, TakesAYes, TooLate
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots.refusal import duration_words


def check_changeable(booked: Booked, kind: SessionKind, person: Person, *, now: int) -> None:
    """Raise why this person cannot change the session at an instant in epoch seconds.

    The notice binds scholars only: somebody in support who falls ill must be able to say so at any time.
    """
    if booked.is_kept:
        raise NotSetYet
    if not booked.is_open:
        raise AlreadyCanceled
    if booked.starts_at <= now:
        raise AlreadyOver
    notice = kind.cancel_notice_minutes
    if person.id == booked.scholar_id and booked.starts_at - now < notice * 60:
        raise TooLate(
            f"A session can be moved or canceled until {duration_words(notice)} before it starts. "
            "Please tell the person you meet directly."
        )


def check_movable(booked: Booked, kind: SessionKind, person: Person) -> None:
    """Raise `TakesAYes` where moving would be a way around it: who asked had a yes to one time, and to no other.

    Whoever takes the session says yes by moving it.
    """
    if kind.needs_approval and person.id == booked.scholar_id:
        raise TakesAYes
