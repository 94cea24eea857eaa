"""Every view and message the product can make, each made of the most that its data can be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.booking import REASON_MAX, WORDS_MAX, BookingStatus
from domain.days import DateSpan
from domain.focus import COACHING_AREAS, COMMUNITY_AREAS, FocusArea
from domain.groups import ABOUT_MAX as GROUP_ABOUT_MAX
from domain.groups import SEATS_MAX, TITLE_MAX, GroupWords, Standing
from domain.handover import WORDS_MAX as HANDOVER_WORDS_MAX
from domain.hours import Absence, DateOverride, Travel, WeeklyHours, WeeklyWindow, Window
from domain.hours.glance import DayPlan, Differs
from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS, GROUP, SERIES_MAX, SessionKind, kind_of
from domain.limits import DAY_MAX, WEEK_MAX, OwnLimits
from domain.office_hours import LINE_MAX, HelpTopic
from domain.people import SUPPORT_ROLES, Person, Role
from domain.places import Place
from domain.ports import Message, View
from domain.rules import ClosedDays, FairShares, Phase, ProgramRules
from domain.rules.effects import Effect
from domain.rules.values import CONTACTS_MAX, NAME_MAX
from domain.session_log import NEXT_STEP_MAX, RATING_WORDS_MAX, Outcome
from handlers import texts
from handlers.ids import Action
from handlers.parse.hours import ABOUT_MAX, OVERRIDES_MAX, PLACE_MAX
from handlers.parse.program import CLOSED_MAX, PHASES_MAX
from handlers.sessions import OFFERS_LISTED
from handlers.views.away import away_form, away_saved, travel_form
from handlers.views.blocks import button
from handlers.views.booking import booking_form, move_form
from handlers.views.groups import LISTED as GROUPS_LISTED
from handlers.views.groups import (
    group_cancel_form,
    group_form,
    group_modal,
    group_move_form,
    group_seats_form,
    groups_modal,
)
from handlers.views.handover import (
    answered_modal,
    hand_over_form,
    handover_form,
    handover_message,
    handovers_modal,
    takeover_modal,
)
from handlers.views.help import help_message
from handlers.views.holds import (
    answered_notice,
    asked_message,
    asked_modal,
    decline_form,
    elsewhere_message,
    hold_modal,
    kept_rows,
    offered_message,
    over_message,
    request_modal,
    waiting_message,
)
from handlers.views.home import home_view
from handlers.views.hours import aside_form, dates_form, phase_form, profile_modal, week_form
from handlers.views.invitations import invitation_message
from handlers.views.line_messages import line_message
from handlers.views.lines import begun_modal, close_form, help_form, hold_form, line_modal
from handlers.views.load import load_modal
from handlers.views.messages import agenda_message, session_message, welcome_message
from handlers.views.notice import notice, noticed
from handlers.views.office_hours import join_form, lines_modal, place_modal
from handlers.views.peers import accepted_message, favor_message, favor_modal, offer_form, suggest_form
from handlers.views.program import history_modal, program_modal, saved_modal
from handlers.views.proposals import (
    declined_message,
    declined_modal,
    declined_notice,
    propose_form,
    proposed_modal,
    times_message,
    times_modal,
    withdrawn_message,
)
from handlers.views.rating import rated_modal, rating_form
from handlers.views.rules_forms import (
    closed_form,
    contacts_form,
    fair_form,
    kind_form,
    phases_form,
    shares_form,
)
from handlers.views.session_log import ended_message, log_form, logged_modal, logs_modal
from handlers.views.sessions import cancel_form, details_modal, done_modal, sessions_modal
from handlers.views.urgent import stand_ins_form, urgent_done, urgent_form
from handlers.views.waiting import in_vain_message, joined_modal, waiting_form, waiting_rows
from handlers.views.week import own_times_modal, week_modal
from services.handover.deliveries import HandoverMessage
from services.handover.facts import Answered, Handovers
from services.handover.look import LISTED as HANDOVERS_LISTED
from services.handover.look import STEPS_READ
from services.handover.sheet import SESSIONS_LISTED
from services.hours.own import Profile
from services.hours.week import GlanceDay, WeekGlance
from services.offers.explain import OwnTimes
from services.offers.facts import Offer, OfferedStart, StaffCard
from services.offers.load import CoachLoad
from services.office_hours.deliveries import OfficeMessage
from services.office_hours.favors import Favor
from services.office_hours.suggesting import Peer, PeerChoice
from services.proposals.propose import TIMES_MAX
from services.proposals.withdraw import OfferedTimes
from services.rules.history import LISTED as HISTORY_LISTED
from services.rules.history import Changed, History
from services.rules.overview import Overview
from services.session_log.facts import Aftermath, GivenRating, ToLog
from services.session_log.log import LISTED as LOGS_LISTED
from services.session_log.log import LOGGED_LISTED
from services.sessions.own import LISTED
from services.sessions.waits import Waits
from services.urgent.offer import UrgentOffer
from tests.builders.handover_views import a_handover_sheet, a_takeover, some_choices, some_handovers
from tests.builders.holds import a_kept_time, a_wait, some_hold_news
from tests.builders.line_views import (
    a_line_of,
    a_place,
    a_problem,
    some_hours,
    somebody_waiting,
    somebody_with,
)
from tests.builders.people import a_person
from tests.builders.session_logs import a_log_sheet, a_logged, a_rating_sheet
from tests.builders.sessions import (
    COMMUNITY_KIND,
    NEW_YORK,
    URGENT_KIND,
    a_booked,
    a_card,
    a_group_line,
    a_line,
    a_named,
    a_week,
    an_offer,
    some_details,
    some_group_details,
    some_news,
    some_times,
)

MARKUP = "<!channel> & <@U1> *_~`>"
COACHES = 200
DAY = timedelta(days=1)
CELL = timedelta(minutes=5)
CELLS_A_DAY = 288
MIDNIGHT = datetime(2027, 1, 12, tzinfo=UTC)
LONGEST = replace(DEFAULT_KINDS[0], series_max=SERIES_MAX, open_per_scholar=SERIES_MAX)
LONGEST_ZONE = "America/Argentina/ComodRivadavia"


def long(length: int) -> str:
    """Text full of what Slack reads as markup."""
    return (MARKUP * length)[:length]


def full_card(number: int) -> StaffCard:
    """Somebody who said all they could about themselves."""
    name = f"{chr(65 + number % 26)}{number} {long(100)}"[:100]
    return a_card(f"coach-{number}", name=name, about=long(ABOUT_MAX), focus_areas=tuple(FocusArea))


def full_offer(
    *, coaches: int = COACHES, days: int = 90, staff_id: str | None = None, kind: SessionKind = DEFAULT_KINDS[0]
) -> Offer:
    """As many people, days and times a day as there can be."""
    first_day = [MIDNIGHT + CELL * number for number in range(CELLS_A_DAY)]
    later = [MIDNIGHT + DAY * number + timedelta(hours=12) for number in range(1, days)]
    cards = sorted((full_card(number) for number in range(coaches)), key=lambda card: card.name)
    return an_offer(
        kind=kind,
        staff=cards,
        staff_id=staff_id,
        starts=[*first_day, *later],
        zone_name=LONGEST_ZONE,
        staff_zone=NEW_YORK,
    )


def urgent_offer(*, starts: int) -> UrgentOffer:
    """So many times for somebody in a hurry, under the longest contacts."""
    times = tuple(OfferedStart(starts=MIDNIGHT + DAY * number, staff_zone=NEW_YORK) for number in range(starts))
    return UrgentOffer(kind=URGENT_KIND, starts=times, zone=LONGEST_ZONE, contacts=long(CONTACTS_MAX))


def full_week() -> WeeklyHours:
    """Every other five minutes of a week, and as many dates that differ as the field takes."""
    windows = [
        WeeklyWindow(weekday=weekday, start_minute=start, end_minute=start + 5)
        for weekday in range(7)
        for start in range(0, 1440, 10)
    ]
    days = OVERRIDES_MAX // len("2027-01-12: off\n")
    overrides = [DateOverride(day=(MIDNIGHT + DAY * number).date()) for number in range(days)]
    return WeeklyHours(zone=LONGEST_ZONE, windows=tuple(windows), overrides=tuple(overrides))


def full_profile() -> Profile:
    """Everything said, for both kinds, at as many sites as the field takes."""
    place = Place(kind="phone", detail=long(PLACE_MAX - len("phone: ")))
    line = "site-00: room: " + "x" * 34
    sites = {
        f"site-{number:02}": Place(kind="room", detail="x" * 34) for number in range(OVERRIDES_MAX // len(line) - 1)
    }
    places = {"": place} | sites
    return Profile(
        about=long(ABOUT_MAX),
        focus_areas=(*COACHING_AREAS, *COMMUNITY_AREAS),
        places={COACHING: places, COMMUNITY: places},
        limits=OwnLimits(per_day=DAY_MAX, per_week=WEEK_MAX),
        has_agenda=True,
    )


def full_support() -> tuple[Person, ...]:
    """As many people as there can be, all of one long name."""
    return tuple(a_person(f"coach-{number}", name=long(100), roles=SUPPORT_ROLES) for number in range(COACHES))


def full_rules() -> ProgramRules:
    """As many closed days and phases as their forms take, everybody with a share of their own."""
    name = "x" * NAME_MAX
    stretch = len(f"2027-01-12 to 2027-01-12: {name}\n")
    first = MIDNIGHT.date()
    starts = [first + DAY * 2 * number for number in range(CLOSED_MAX // stretch)]
    spans = [DateSpan(first=start, last=start + DAY) for start in starts]
    return ProgramRules(
        closed=tuple(ClosedDays(name=name, days=span) for span in spans),
        phases=tuple(
            Phase(name=f"{number:02}{long(NAME_MAX - 2)}", days=spans[number], without=(COACHING, COMMUNITY))
            for number in range(PHASES_MAX)
        ),
        weights={person.id: 1000 for person in full_support()},
        contacts=long(CONTACTS_MAX),
    )


def full_overview() -> Overview:
    """Nobody of very many people has set hours."""
    return Overview(version=10**8, rules=full_rules(), support=full_support(), without_hours=full_support())


def full_history() -> History:
    """Everything changed at once, as often as is listed."""
    change = Changed(by_id="sam", at=MIDNIGHT, before=ProgramRules(), after=full_rules())
    names = {person.id: person.name for person in full_support()}
    return History(changes=(change,) * HISTORY_LISTED, names=names, has_more=True)


CROWD = 150


def full_spans() -> WeeklyHours:
    """A hundred travels and absences."""
    days = [date(2027, 1, 1) + DAY * 3 * number for number in range(100)]
    spans = [DateSpan(first=day, last=day + DAY) for day in days]
    return WeeklyHours(
        zone=LONGEST_ZONE,
        travels=tuple(Travel(days=span, zone=LONGEST_ZONE) for span in spans),
        absences=tuple(Absence(days=span, colleague="coach-1") for span in spans),
    )


def full_glance() -> WeekGlance:
    """A week in which everything differs, with many phases and kinds to set hours aside for."""
    week = full_week()
    windows = tuple(
        Window(start_minute=one.start_minute, end_minute=one.end_minute) for one in week.windows if one.weekday == 0
    )
    days = tuple(
        GlanceDay(
            plan=DayPlan(
                day=date(2027, 9, 22) + DAY * number,
                zone=LONGEST_ZONE,
                windows=windows,
                aside=(("mentor", windows),),
                differs=tuple((what, long(100)) for what in Differs),
            ),
            sessions=100,
        )
        for number in range(7)
    )
    return WeekGlance(
        hours=week,
        first=days[0].plan.day,
        today=date(2027, 1, 1),
        days=days,
        phases=tuple(f"{number} {long(100)}" for number in range(20)),
        set_aside_kinds=tuple(replace(COMMUNITY_KIND, key=f"kind-{number}") for number in range(20)),
    )


def an_empty_glance() -> WeekGlance:
    """A week of somebody who has set nothing."""
    plans = [
        DayPlan(day=date(2027, 1, 4) + DAY * number, zone="UTC", windows=(), aside=(), differs=())
        for number in range(7)
    ]
    return WeekGlance(
        hours=WeeklyHours(zone="UTC"),
        first=plans[0].day,
        today=plans[0].day,
        days=tuple(GlanceDay(plan=plan, sessions=0) for plan in plans),
        phases=(),
        set_aside_kinds=(),
    )


FULL_TIMES = OwnTimes(kind=COMMUNITY_KIND, sentence="x" * 200, shares=("x" * 200,) * 13, free=1)
LINES = [a_line(f"{number:022}", version=10**8) for number in range(LISTED)]
FULL_WEEK_AHEAD = a_week(*([replace(line, zone=LONGEST_ZONE) for line in LINES] for _ in range(7)))
NAMED = [a_named(line, kind=COMMUNITY_KIND, other_name=long(100)) for line in LINES]
STARTS = [MIDNIGHT + DAY * number for number in range(TIMES_MAX)]
REF = f"{'x' * 22}.{10**8}"
FULL_LOG = a_logged(areas=tuple(FocusArea), next_step=long(NEXT_STEP_MAX), is_unreadable=True)
SERIES = tuple(MIDNIGHT + 14 * DAY * number for number in range(SERIES_MAX))
GROUP_WORDS = GroupWords(
    title=long(TITLE_MAX),
    about=long(GROUP_ABOUT_MAX),
    place=Place(kind="room", detail=long(PLACE_MAX)),
    reason=long(REASON_MAX),
    is_unreadable=True,
)
GROUP_LINE = a_group_line(words=GROUP_WORDS, host_names=(long(100), long(100)), standing=Standing.OUTSIDE)
GROUP_DETAILS = some_group_details(
    standing=Standing.HOST,
    words=GROUP_WORDS,
    host_names=(long(100), long(100)),
    seated_names=(long(100),) * SEATS_MAX,
    waiting=10**4,
    seats=SEATS_MAX,
    other_zone=NEW_YORK,
)
BUTTONS = [
    button(texts.groups.TITLE, Action.OPEN_GROUPS),
    button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING, style="primary"),
    button(texts.proposals.PROPOSE, Action.OPEN_PROPOSE),
    button(texts.hours.TITLE, Action.OPEN_HOURS),
]
DETAILS = some_details(
    kind=COMMUNITY_KIND,
    other_name=long(100),
    other_zone=NEW_YORK,
    place=Place(kind="room", detail=long(PLACE_MAX)),
    focus_areas=tuple(FocusArea),
    words=long(WORDS_MAX),
    reason=long(REASON_MAX),
)
CANCELED = some_details(
    a_booked(status=BookingStatus.CANCELED), other_name=long(100), words=long(WORDS_MAX), reason=long(REASON_MAX)
)
ON_OFFER = OfferedTimes(ref="x" * 22, scholar_name=long(100), starts=tuple(STARTS), zone=NEW_YORK)
TIMES = some_times("x" * 22, starts=STARTS, staff_name=long(100), staff_zone=NEW_YORK)
HOLD_NEWS = some_hold_news("x" * 22, version=10**8)
KEPT = [
    a_kept_time("x" * 22, other_name=long(100), is_request=is_request, is_for_scholar=is_for_scholar)
    for is_request, is_for_scholar in ((False, True), (True, True), (True, False))
    for _ in range(10)
]
WAITS = [a_wait("x" * 22, staff_name=long(100), from_day="2027-01-12", until_day="2027-01-14")] * 10

FULL_PROBLEM = a_problem(long(LINE_MAX), topic=HelpTopic.SHARED_CODE)
OWN_REF = "x" * 22
FULL_LINE = a_line_of(
    *(somebody_waiting(OWN_REF, name=long(100), problem=FULL_PROBLEM, was_called=True) for _ in range(CROWD)),
    ref=OWN_REF,
    mine=somebody_with(ref=OWN_REF, name=long(100), problem=FULL_PROBLEM, is_over_time=True),
    others=(somebody_with(name=long(100), helper_name=long(100), is_with_peer=True),) * CROWD,
    helpers=(long(100),) * 5,
)
FULL_HOURS = some_hours(OWN_REF, names=(long(100),) * 5, topics=tuple(HelpTopic)[:-1], wait=500)
FULL_PEERS = PeerChoice(
    topic=HelpTopic.TOOLS, peers=tuple(Peer(ref=f"{number:022}", name=long(100)) for number in range(CROWD))
)
LINE_VIEWS: Mapping[str, View] = {
    "lines_modal": lines_modal([FULL_HOURS] * CROWD, is_scholar=True, is_helper=True),
    "lines_modal with nothing": lines_modal([], is_scholar=True, is_helper=True),
    "join_form": join_form(FULL_HOURS),
    "place_modal": place_modal(
        a_place(ref=OWN_REF, problem=FULL_PROBLEM, is_past_end=True, is_asked=True, is_peer_asked=True)
    ),
    "place_modal of a turn": place_modal(
        a_place(
            ref=OWN_REF,
            place=None,
            problem=FULL_PROBLEM,
            with_name=long(100),
            where=Place(kind="room", detail=long(PLACE_MAX)),
            is_asked=True,
            is_peer_asked=True,
        )
    ),
    "line_modal": line_modal(FULL_LINE),
    "line_modal with nothing": line_modal(a_line_of(ref=OWN_REF)),
    "hold_form": hold_form(zone=LONGEST_ZONE, place=Place(kind="room", detail="x" * 190), is_planned=True),
    "help_form": help_form(None, state=OWN_REF),
    "begun_modal": begun_modal(texts.office_hours.PLANNED_DONE, OWN_REF),
    "close_form": close_form(10_000, state=OWN_REF),
    "offer_form": offer_form(tuple(HelpTopic)),
    "suggest_form": suggest_form(FULL_PEERS, state=f"{OWN_REF}.{OWN_REF}"),
    "suggest_form with nobody": suggest_form(PeerChoice(topic=HelpTopic.DATA, peers=()), state=OWN_REF),
    "favor_modal": favor_modal(
        Favor(ref=OWN_REF, topic=HelpTopic.SHARED_CODE, is_accepted=True, scholar_name=long(100), line=long(LINE_MAX))
    ),
    "favor_modal before": favor_modal(Favor(ref=OWN_REF, topic=HelpTopic.SHARED_CODE, is_accepted=False)),
    "home_view with a line": home_view(
        zone=LONGEST_ZONE, ahead=LINES, week=FULL_WEEK_AHEAD, waits=tuple(Waits), has_line=True
    ),
}
VIEWS: Mapping[str, View] = {
    **LINE_VIEWS,
    "booking_form": booking_form(full_offer()),
    "booking_form of a named coach": booking_form(full_offer(staff_id="coach-199"), day="2027-01-12"),
    "booking_form of a program's usual size": booking_form(full_offer(coaches=5, days=28)),
    "booking_form with nothing": booking_form(an_offer(staff=(), starts=(), why_empty="x" * 3000)),
    "booking_form with a year of days": booking_form(full_offer(days=366)),
    "move_form": move_form(DETAILS, full_offer(), state=REF),
    "move_form with nothing": move_form(DETAILS, an_offer(starts=()), state=REF),
    "propose_form": propose_form("U" * 11, kinds=DEFAULT_KINDS, offer=full_offer(days=366)),
    "propose_form with times of other days": propose_form(
        "U" * 11,
        kinds=DEFAULT_KINDS,
        offer=full_offer(days=366),
        chosen=[str(int((MIDNIGHT + DAY * number + timedelta(hours=12)).timestamp())) for number in range(1, 6)],
    ),
    "propose_form before the choice": propose_form(None, kinds=DEFAULT_KINDS, offer=None),
    "propose_form with nothing": propose_form("U1", kinds=DEFAULT_KINDS, offer=an_offer(starts=())),
    "proposed_modal": proposed_modal("x" * 22),
    "times_modal": times_modal(TIMES, Place(kind="room", detail=long(PLACE_MAX))),
    "declined_modal": declined_modal(),
    "sessions_modal": sessions_modal(
        NAMED,
        buttons=BUTTONS,
        has_more=True,
        offered=[TIMES] * OFFERS_LISTED,
        has_more_offered=True,
        on_offer=[ON_OFFER] * OFFERS_LISTED,
        has_more_on_offer=True,
        more=[*kept_rows(KEPT), *waiting_rows(WAITS)],
    ),
    "sessions_modal with nothing": sessions_modal([], buttons=BUTTONS),
    "details_modal": details_modal(DETAILS),
    "details_modal of a canceled one": details_modal(CANCELED),
    "load_modal": load_modal(
        [
            CoachLoad(name=long(100), is_reader=not number, held_seconds=10**7, ahead_seconds=10**7, share=50)
            for number in range(COACHES)
        ]
    ),
    "urgent_form": urgent_form(urgent_offer(starts=10)),
    "urgent_form with nothing": urgent_form(urgent_offer(starts=0)),
    "urgent_done": urgent_done(DETAILS, long(CONTACTS_MAX)),
    "stand_ins_form": stand_ins_form(
        [a_person(f"coach-{number}", name=f"{number} {MARKUP}" * 9) for number in range(COACHES)],
        ["coach-1"],
        version=9,
    ),
    "done_modal": done_modal(DETAILS, title=texts.booking.BOOKED_TITLE, sentence=texts.booking.BOOKED),
    "hold_modal": hold_modal(DETAILS),
    "asked_modal": asked_modal(DETAILS),
    "request_modal": request_modal(DETAILS),
    "decline_form": decline_form(DETAILS, state=REF),
    "waiting_form": waiting_form(full_offer(), state="list"),
    "waiting_form of nobody": waiting_form(an_offer(staff=(), starts=())),
    "joined_modal": joined_modal(),
    "cancel_form": cancel_form(DETAILS, state=REF),
    "cancel_form of a series": cancel_form(replace(DETAILS, series=SERIES), state=REF),
    "details_modal of a series": details_modal(replace(DETAILS, series=SERIES)),
    "booking_form of long series": booking_form(full_offer(kind=LONGEST)),
    "handovers_modal": handovers_modal(some_handovers(name=long(100), number=HANDOVERS_LISTED)),
    "handovers_modal with nothing": handovers_modal(Handovers(given=(), taken=())),
    "hand_over_form": hand_over_form(some_choices(name=long(100), number=1000, colleagues=COACHES)),
    "hand_over_form before a choice": hand_over_form(replace(some_choices(), scholar_ref="", successors=())),
    "hand_over_form without a successor": hand_over_form(replace(some_choices(), successors=())),
    "hand_over_form in a role without a scholar": hand_over_form(replace(some_choices(), scholars=())),
    "hand_over_form without a scholar": hand_over_form(replace(some_choices(), scholars=(), roles=(Role.COACH,))),
    "handover_form": handover_form(
        a_handover_sheet(name=long(100), words=long(HANDOVER_WORDS_MAX), number=SESSIONS_LISTED, more=1)
    ),
    "handover_form that does not open": handover_form(replace(a_handover_sheet(), words="", is_unreadable=True)),
    "answered_modal": answered_modal(Answered(sheet=a_handover_sheet(), moved=1, person_ids=())),
    "answered_modal without a move": answered_modal(Answered(sheet=a_handover_sheet(), moved=0, person_ids=())),
    "takeover_modal": takeover_modal(a_takeover(name=long(100), step=long(NEXT_STEP_MAX), number=STEPS_READ)),
    "takeover_modal that is closed": takeover_modal(replace(a_takeover(), may_read=False, next_steps=())),
    "takeover_modal with nothing": takeover_modal(replace(a_takeover(), next_steps=())),
    "groups_modal": groups_modal([GROUP_LINE] * (GROUPS_LISTED + 1), may_host=True, said="x" * 3000),
    "groups_modal with nothing": groups_modal([], may_host=False),
    "group_modal": group_modal(GROUP_DETAILS, said="x" * 3000, title="x" * 30, state="sessions"),
    "group_modal of a scholar": group_modal(
        some_group_details(standing=Standing.WAITING, words=GROUP_WORDS, place_in_line=99)
    ),
    "group_form": group_form(LONGEST_ZONE, kind_of(GROUP)),
    "group_move_form": group_move_form(GROUP_DETAILS, state=REF),
    "group_cancel_form": group_cancel_form(GROUP_DETAILS, state=REF),
    "group_seats_form": group_seats_form(GROUP_DETAILS, state=REF),
    "week_modal": week_modal(full_glance()),
    "week_modal with nothing": week_modal(an_empty_glance()),
    "own_times_modal": own_times_modal([FULL_TIMES] * 10),
    "week_form": week_form(full_week()),
    "week_form with nothing": week_form(WeeklyHours(zone="UTC")),
    "phase_form": phase_form(full_week(), long(100)),
    "aside_form": aside_form(full_week(), "mentor"),
    "dates_form": dates_form(full_week()),
    "travel_form": travel_form(full_spans()),
    "travel_form with nothing": travel_form(WeeklyHours(zone="UTC")),
    "away_form": away_form(full_spans(), [a_person(f"coach-{n}", name=long(100)) for n in range(COACHES)]),
    "away_form with nothing": away_form(WeeklyHours(zone="UTC"), []),
    "away_saved": away_saved(full_spans(), [MIDNIGHT + DAY * number for number in range(100)]),
    "away_saved with nothing": away_saved(WeeklyHours(zone="UTC"), []),
    "profile_modal": profile_modal(a_person(roles=SUPPORT_ROLES), full_profile()),
    "profile_modal with nothing": profile_modal(
        a_person(roles={Role.COACH}), Profile(about="", focus_areas=(), places={COACHING: {}})
    ),
    "program_modal": program_modal(full_overview(), today=MIDNIGHT.date()),
    "program_modal with nothing": program_modal(
        Overview(version=0, rules=ProgramRules(), support=(), without_hours=None), today=MIDNIGHT.date()
    ),
    "saved_modal": saved_modal(tuple(Effect)),
    "history_modal": history_modal(full_history(), zone=LONGEST_ZONE),
    "history_modal with nothing": history_modal(History(changes=(), names={}, has_more=False), zone="UTC"),
    "kind_form": kind_form(DEFAULT_KINDS[0], version=10**8),
    "closed_form": closed_form(full_rules(), version=10**8),
    "phases_form": phases_form(full_rules(), version=10**8),
    "phases_form with nothing": phases_form(ProgramRules(), version=0),
    "fair_form": fair_form(FairShares(), version=10**8),
    "shares_form": shares_form(full_rules(), full_support(), version=10**8),
    "shares_form with nobody": shares_form(ProgramRules(), (), version=0),
    "contacts_form": contacts_form(long(CONTACTS_MAX), version=10**8),
    "notice": notice("x" * 3000, title="x" * 30),
    "noticed": noticed(move_form(DETAILS, full_offer(), state=REF), "x" * 3000),
    "home_view": home_view(zone=LONGEST_ZONE, ahead=LINES, week=FULL_WEEK_AHEAD, is_staff=True),
    "home_view with nothing": home_view(zone=LONGEST_ZONE, ahead=[], week=a_week()),
    "home_view with a next day": home_view(zone=LONGEST_ZONE, ahead=LINES[:1], week=a_week(), following=LINES[:1]),
    "home_view of others": home_view(zone=LONGEST_ZONE),
    "home_view of staff": home_view(zone=LONGEST_ZONE, is_staff=True),
    "home_view with questions": home_view(
        zone=LONGEST_ZONE, ahead=LINES, week=FULL_WEEK_AHEAD, to_log=99, question=LINES[0]
    ),
    "log_form": log_form(
        a_log_sheet(FULL_LOG, kind=COMMUNITY_KIND, other_name=long(100)),
        state=f"{REF}:{LONGEST_ZONE}:details",
        zone=LONGEST_ZONE,
    ),
    "log_form of nobody": log_form(a_log_sheet(), state=REF, zone=LONGEST_ZONE, outcome=Outcome.NO_SHOW),
    "logged_modal": logged_modal(a_log_sheet(FULL_LOG, other_name=long(100))),
    "logs_modal": logs_modal(
        ToLog(waiting=tuple(NAMED[:LOGS_LISTED]), logged=tuple(NAMED[:LOGGED_LISTED]), has_more=True)
    ),
    "logs_modal with nothing": logs_modal(ToLog(waiting=(), logged=())),
    "rating_form": rating_form(
        a_rating_sheet(GivenRating(score=10, words=long(RATING_WORDS_MAX)), other_name=long(100)), state=REF
    ),
    "rated_modal": rated_modal(a_rating_sheet()),
    "details_modal of one that is over": details_modal(
        DETAILS, Aftermath(log=FULL_LOG, is_for_scholar=False, can_log=True, is_answered=True)
    ),
}
LINE_MESSAGES: Mapping[str, Message] = {
    **{
        f"line_message {kind}": line_message(kind, OWN_REF) for kind in OfficeMessage if kind is not OfficeMessage.FAVOR
    },
    "favor_message": favor_message(OWN_REF),
    "accepted_message": accepted_message(OWN_REF),
}
MESSAGES: Mapping[str, Message] = {
    "invitation_message": invitation_message(),
    **{f"handover_message {kind}": handover_message(kind, OWN_REF) for kind in HandoverMessage},
    **LINE_MESSAGES,
    "session_message of a series": session_message(
        texts.messages.SERIES_CANCELED, replace(some_news("x" * 22, version=10**8), series=SERIES), rebook=True
    ),
    "agenda_message": agenda_message(LINES),
    "session_message": session_message(
        texts.messages.SESSION_CANCELED, some_news("x" * 22, version=10**8), rebook=True
    ),
    "session_message of a move": session_message(texts.messages.SESSION_MOVED, some_news("x" * 22, before=MIDNIGHT)),
    "times_message": times_message(TIMES),
    "ended_message": ended_message(some_news("x" * 22, version=10**8), Action.OPEN_LOG),
    "declined_message": declined_message("x" * 22),
    "declined_notice": declined_notice(),
    "offered_message": offered_message(HOLD_NEWS),
    "elsewhere_message": elsewhere_message(texts.messages.SESSION_CANCELED, HOLD_NEWS, book=REF),
    "asked_message": asked_message(HOLD_NEWS),
    "waiting_message": waiting_message(HOLD_NEWS),
    "over_message": over_message(texts.holds.DECLINED, HOLD_NEWS, rebook=True, has_details=True),
    "answered_notice": answered_notice(texts.holds.TAKEN_ASKED),
    "in_vain_message": in_vain_message(),
    "withdrawn_message": withdrawn_message(),
    "welcome_message": welcome_message(frozenset({Role.SCHOLAR})),
    "welcome_message in support": welcome_message(SUPPORT_ROLES),
    "welcome_message of others": welcome_message(frozenset({Role.MENTOR})),
    "help_message": help_message(frozenset(Role)),
}


def texts_of(value: Any) -> list[str]:
    """Every text inside."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return [text for each in inside for text in texts_of(each)]
