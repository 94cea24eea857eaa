"""The week at a glance, and what becomes of somebody's times: for the one whose week it is, and only as a modal."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.hours import format_windows
from domain.hours.edits import phase_key
from domain.hours.glance import DayPlan
from domain.ports import Block, View
from domain.times import time_label, zone
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.blocks import DIVIDER, actions, button, context, escape, modal, section
from handlers.views.listing import listed
from handlers.views.when import day_label
from services.hours.week import DAYS, GlanceDay, LeftOut, WeekGlance
from services.offers.own_times import OwnTimes

IN_A_ROW = 5
NAMED_MAX = 6
"""Times of a day that are named, of each sort."""
CHOICES_MAX = 20
"""Phases and kinds with a button each."""


def week_modal(glance: WeekGlance) -> View:
    """Seven days as they turn out, and the ways to change them."""
    blocks = [block for each in glance.days for block in listed(_day(each, glance.today), separator="\n")]
    if not glance.hours.windows and not glance.hours.overrides:
        blocks.append(section(texts.hours.NO_HOURS))
    blocks += [
        context(texts.hours.GLANCE_ZONE.format(zone=glance.days[0].plan.zone)),
        actions(*_turning(glance), block_id="week.turn"),
        DIVIDER,
        actions(
            button(texts.hours.EDIT_WEEK, Action.EDIT_WEEK, style="primary"),
            button(texts.hours.EDIT_DATES, Action.EDIT_DATES),
            button(texts.hours.EDIT_TRAVEL, Action.EDIT_TRAVEL),
            button(texts.hours.EDIT_AWAY, Action.EDIT_AWAY),
            block_id="week.edit",
        ),
    ]
    more = _more(glance)
    blocks += [actions(*more[at : at + IN_A_ROW]) for at in range(0, len(more), IN_A_ROW)]
    last = [button(texts.hours.WHY_NOTHING, Action.WHY_NOTHING)]
    if glance.has_calendars:
        last.append(button(texts.calendars.OPEN, Action.OPEN_CALENDARS))
    last.append(button(texts.hours.PROFILE_EDIT, Action.OPEN_PROFILE))
    blocks.append(actions(*last, block_id="hours.more"))
    return modal(Modal.WEEK, title=texts.hours.TITLE, blocks=blocks, close=texts.forms.CLOSE)


def own_times_modal(kinds: Sequence[OwnTimes]) -> View:
    """What takes how much of somebody's own times, kind by kind."""
    blocks = []
    for own in kinds:
        shares = "\n".join(f"• {escape(share)}" for share in own.shares)
        blocks.append(section(f"*{kind_label(own.kind.key)}*\n{own.sentence}\n{shares}".rstrip()))
    return modal(Modal.OWN_TIMES, title=texts.hours.WHY_TITLE, blocks=blocks, close=texts.forms.BACK)


def kind_label(key: str) -> str:
    """What a kind of session is called."""
    return texts.kinds.LABELS.get(key, key)


def count_of(number: int) -> str:
    """So many sessions."""
    return texts.hours.ONE_SESSION if number == 1 else texts.hours.SESSIONS.format(number=number)


def _day(each: GlanceDay, today: date) -> list[str]:
    plan = each.plan
    name = f"*{day_label(plan.day)}*" + (f" ({texts.hours.TODAY})" if plan.day == today else "")
    told = [f"{name}: {format_windows(plan.windows) or texts.hours.NOTHING_OPEN}"]
    if each.sessions:
        told.append(count_of(each.sessions))
    if each.office_hours:
        told.append(texts.hours.OFFICE_HOURS.format(when=_spans(each)))
    return [" · ".join(told), *_remarks(plan), *_left_out(each.left_out), *_meeting(each.meeting)]


def _spans(each: GlanceDay) -> str:
    tz = zone(each.plan.zone)
    return _first([f"{_clock(starts, tz)}-{_clock(ends, tz)}" for starts, ends in each.office_hours])


def _clock(instant: datetime, tz: ZoneInfo) -> str:
    """Written like the hours beside it, which people type: 9:00, not 09:00."""
    return time_label(instant, tz).removeprefix("0")


def _first(times: Sequence[str]) -> str:
    """As many as are named of a day, and how many more there are."""
    more = [texts.hours.AND_MORE.format(number=len(times) - NAMED_MAX)] if len(times) > NAMED_MAX else []
    return ", ".join([*times[:NAMED_MAX], *more])


def _remarks(plan: DayPlan) -> list[str]:
    aside = [
        f"{texts.hours.ASIDE.format(kind=kind_label(purpose))}, {format_windows(windows)}"
        for purpose, windows in plan.aside
    ]
    differs = [texts.hours.DIFFERS[what] + (f": {escape(name)}" if name else "") for what, name in plan.differs]
    return [f"_{remark}_" for remark in (*differs, *aside)]


def _left_out(found: LeftOut | None) -> list[str]:
    """Which kinds are not offered although there are hours, and until when."""
    if found is None:
        return []
    kinds = ", ".join(kind_label(kind.key) for kind in found.kinds)
    last = day_label(found.phase.days.last)
    return [f"_{texts.hours.LEFT_OUT.format(phase=escape(found.phase.name), last=last, kinds=kinds)}_"]


def _meeting(starts: Sequence[datetime]) -> list[str]:
    """Sessions at whose time their owner's own calendar has something else: they stay, and somebody has to choose."""
    if not starts:
        return []
    times = _first([f"{start.hour}:{start:%M}" for start in starts])
    return [f":warning: {texts.calendars.MEETS.format(times=times)}"]


def _turning(glance: WeekGlance) -> list[Block]:
    later = button(
        texts.hours.LATER, f"{Action.SHOW_WEEK}:later", value=(glance.first + timedelta(days=DAYS)).isoformat()
    )
    if glance.first <= glance.today:
        return [later]
    before = max(glance.first - timedelta(days=DAYS), glance.today)
    return [button(texts.hours.EARLIER, f"{Action.SHOW_WEEK}:earlier", value=before.isoformat()), later]


def _more(glance: WeekGlance) -> list[Block]:
    phases = [
        button(texts.hours.PHASE.format(name=name), f"{Action.EDIT_PHASE}:{number}", value=phase_key(name))
        for number, name in enumerate(glance.phases)
    ]
    aside = [
        button(texts.hours.ASIDE.format(kind=kind_label(kind.key)), f"{Action.EDIT_ASIDE}:{kind.key}", value=kind.key)
        for kind in glance.set_aside_kinds
    ]
    return [*phases, *aside][:CHOICES_MAX]
