"""Why a start is not on offer."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a start is not on offer; the first that applies, in this order."""

    PAST = "past"
    INSIDE_NOTICE = "inside_notice"
    PAST_HORIZON = "past_horizon"
    AFTER_LAST_DAY = "after_last_day"
    CLOSED = "closed"
    LEFT_OUT = "left_out"
    AWAY = "away"
    OUTSIDE_HOURS = "outside_hours"
    OFF_GRID = "off_grid"
    SET_ASIDE = "set_aside"
    FIRST_FOR_OTHERS = "first_for_others"
    SHARE_USED = "share_used"
    MONTH_FULL = "month_full"
    WEEK_FULL = "week_full"
    DAY_FULL = "day_full"
    SCHOLAR_BUSY = "scholar_busy"
    STAFF_BUSY = "staff_busy"
    OWN_CALENDAR = "own_calendar"
