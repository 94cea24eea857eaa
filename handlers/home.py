"""The Home tab: what comes next for a scholar, a coach's day and week; times and buttons, since Slack keeps it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from domain.people import SUPPORT_ROLES, Person, Role
from domain.ports import Clock, View
from handlers.commands import STAFF
from handlers.mentor_home import mentor_part
from handlers.program_home import program_part
from handlers.reply import RefreshHome, Reply
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.home import home_view
from services.desk import Desk, SupportDesk
from services.holds.kept import requests_to, waiting_times
from services.office_hours.looking import helps_now
from services.session_log.rating import waiting_question
from services.session_log.waiting import waiting_for_log
from services.sessions.ahead import WeekAhead, week_ahead
from services.sessions.facts import SessionLine
from services.sessions.own import upcoming_sessions
from services.sessions.waits import what_waits

NOTICEABLE = timedelta(minutes=1)


def routes(desk: Desk) -> list[Route]:
    """The event that tells us somebody looks at the tab."""
    return [Route(kind=Kind.EVENT, id="app_home_opened", roles=EVERYONE, handler=partial(opened, desk))]


def opened(_desk: Desk, request: Request) -> Reply:
    """Only hands over: the tab is drawn in the background."""
    if request.envelope.body["event"].get("tab") != "home":
        return Reply()
    return Reply(screens=(RefreshHome((request.person.id,)),))


def homes_of(desk: Desk, person_ids: Sequence[str]) -> list[tuple[str, View]]:
    """The Slack user and the Home view of each of these people; a plain one for who has left but has an account."""
    here = desk.people.people(person_ids)
    left = set(person_ids) - {person.id for person in here}
    accounts = [account for each in sorted(left) if (account := desk.people.recipient(each)) is not None]
    return [
        *((person.slack_user_id, _view(desk, person)) for person in here),
        *((account, home_view(zone="")) for account in accounts),
    ]


def _view(desk: Desk, person: Person) -> View:
    is_staff, of_mentor, of_program = person.has(*STAFF), mentor_part(desk, person), program_part(desk, person)
    if desk.support_desk is None or not person.has(Role.SCHOLAR, *SUPPORT_ROLES):
        return home_view(
            zone=person.zone,
            of_mentor=of_mentor,
            of_program=of_program,
            moved_to=_moved_to(desk.clock),
            is_staff=is_staff,
            has_urgent=person.has(Role.SCHOLAR),
        )
    support, is_scholar, is_supporter = desk.support_desk, person.has(Role.SCHOLAR), person.has(*SUPPORT_ROLES)
    week = week_ahead(support, person) if is_supporter else None
    following = _following(support, person, week)
    return home_view(
        zone=person.zone,
        roles=person.roles,
        ahead=following if is_scholar else None,
        week=week,
        following=following,
        to_answer=requests_to(support, person) if is_supporter else (),
        to_log=waiting_for_log(support, person),
        question=waiting_question(support, person) if is_scholar else None,
        kept=waiting_times(support, person) if is_scholar else (),
        waits=what_waits(support, person) if is_scholar else (),
        moved_to=_moved_to(desk.clock),
        has_line=is_supporter and helps_now(support, person),
        of_mentor=of_mentor,
        of_program=of_program,
        is_staff=is_staff,
    )


def _following(desk: SupportDesk, person: Person, week: WeekAhead | None) -> Sequence[SessionLine]:
    """What comes next, which the week says where there is one; only beyond it is anything asked."""
    if week is not None and week.days:
        return week.days[0].sessions[:1]
    return upcoming_sessions(desk, person, at_most=1)


def _moved_to(clock: Clock) -> datetime | None:
    """Program time where it is ahead of real time, which it is in a demo only."""
    now = clock.now()
    return now if now - clock.wall() > NOTICEABLE else None
