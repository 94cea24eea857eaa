"""Every id that Slack sends back to us: commands, modals, buttons and fields. Each is written once, here."""

from enum import StrEnum

ANYONE = "anyone"
"""The menu value for "whoever is free"."""


class Command(StrEnum):
    """Slash commands."""

    SUPPORT = "/support"
    HOURS = "/hours"
    CLOCK = "/clock"


class Shortcut(StrEnum):
    """Global shortcuts."""

    BOOK = "shortcut.book"


class Modal(StrEnum):
    """Callback ids of modals that can be submitted."""

    BOOK = "modal.book"
    MOVE = "modal.move"
    CANCEL = "modal.cancel"
    WEEK = "modal.week"
    HOURS = "modal.hours"
    PHASE = "modal.phase"
    ASIDE = "modal.aside"
    DATES = "modal.dates"
    TRAVEL = "modal.travel"
    AWAY = "modal.away"
    OWN_TIMES = "modal.times"
    PROFILE = "modal.profile"
    PROPOSE = "modal.propose"
    NOTICE = "modal.notice"
    SESSIONS = "modal.sessions"
    DETAILS = "modal.details"


class Action(StrEnum):
    """Buttons and menus that call us when used."""

    OPEN_BOOKING = "booking.open"
    OPEN_SESSIONS = "sessions.open"
    CHOOSE_KIND = "booking.kind"
    CHOOSE_STAFF = "booking.staff"
    CHOOSE_DAY = "booking.day"
    MOVE_DAY = "move.day"
    OPEN_DETAILS = "session.details"
    OPEN_MOVE = "session.move"
    OPEN_CANCEL = "session.cancel"
    OPEN_HOURS = "hours.open"
    SHOW_WEEK = "week.show"
    EDIT_WEEK = "week.edit"
    EDIT_PHASE = "phase.edit"
    EDIT_ASIDE = "aside.edit"
    EDIT_DATES = "dates.edit"
    EDIT_TRAVEL = "travel.edit"
    REMOVE_TRAVEL = "travel.remove"
    EDIT_AWAY = "away.edit"
    REMOVE_AWAY = "away.remove"
    WHY_NOTHING = "week.why"
    OPEN_PROFILE = "profile.open"
    OPEN_PROPOSE = "proposal.open"
    PROPOSE_KIND = "proposal.kind"
    PROPOSE_SCHOLAR = "proposal.scholar"
    PROPOSE_DAY = "proposal.day"
    ACCEPT_TIME = "proposal.accept"
    WITHDRAW_TIMES = "proposal.withdraw"
    DECLINE_TIMES = "proposal.decline"
    OPEN_PROPOSAL = "proposal.details"
    OFFER_AGAIN = "proposal.again"


class Field(StrEnum):
    """Block ids of inputs; an error is shown at the block of its field."""

    KIND = "kind"
    STAFF = "staff"
    FOCUS = "focus"
    WORDS = "words"
    DAY = "day"
    START = "start"
    REASON = "reason"
    ZONE = "zone"
    OVERRIDES = "overrides"
    COPY_FROM = "copy_from"
    COPY_TO = "copy_to"
    PHASE_WEEK = "phase_week"
    DAY_OFF = "day_off"
    FIRST = "first"
    LAST = "last"
    COLLEAGUE = "colleague"
    ABOUT = "about"
    PLACE = "place"
    SITE_PLACES = "site_places"
    SCHOLAR = "scholar"
    STARTS = "starts"
    OWN = "own"
    VALUE = "value"
    """The action id inside an input block that has only one element."""


def base_id(id_: str) -> str:
    """The id without what stands behind its colon: a number (Slack wants buttons of a row distinct) or a state."""
    return id_.partition(":")[0]
