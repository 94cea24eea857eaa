"""The Home tab: a scholar's next session, a coach's day; times and buttons, since Slack keeps it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from domain.people import SUPPORT_ROLES, Person, Role
from domain.ports import Clock, View
from handlers.reply import RefreshHome, Reply
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.home import home_view
from services.desk import Desk
from services.holds.kept import waiting_times
from services.office_hours.looking import helps_now, is_in_line
from services.scheduling.sessions import sessions_today, upcoming_sessions
from services.session_log.log import waiting_for_log
from services.session_log.rating import waiting_question

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
    if desk.support_desk is None or not person.has(Role.SCHOLAR, *SUPPORT_ROLES):
        return home_view(zone=person.zone)
    support = desk.support_desk
    is_supporter = person.has(*SUPPORT_ROLES)
    today = sessions_today(support, person) if is_supporter else None
    # Of a supporter only when today is empty: then what comes next stands in its place.
    asks_next = person.has(Role.SCHOLAR) or (is_supporter and not today)
    following = upcoming_sessions(support, person, at_most=1) if asks_next else ()
    return home_view(
        zone=person.zone,
        ahead=following if person.has(Role.SCHOLAR) else None,
        today=today,
        following=following,
        to_log=waiting_for_log(support, person),
        question=waiting_question(support, person) if person.has(Role.SCHOLAR) else None,
        moved_to=_moved_to(desk.clock),
        waiting=waiting_times(support, person) if person.has(Role.SCHOLAR) else (),
        is_in_line=person.has(Role.SCHOLAR) and is_in_line(support, person),
        has_line=is_supporter and helps_now(support, person),
    )


def _moved_to(clock: Clock) -> datetime | None:
    """Program time where it is ahead of real time, which it is in a demo only."""
    now = clock.now()
    return now if now - clock.wall() > NOTICEABLE else None
