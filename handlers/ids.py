"""Every id that Slack sends back to us: commands, modals, buttons and fields. Each is written once, here."""

from enum import StrEnum

ANYONE = "anyone"
"""The menu value for "whoever is free"."""


class Command(StrEnum):
    """Slash commands."""

    SUPPORT = "/support"
    HOURS = "/hours"
    PROGRAM = "/program"
    CLOCK = "/clock"


class Shortcut(StrEnum):
    """Global shortcuts."""

    BOOK = "shortcut.book"


class Modal(StrEnum):
    """Callback ids of modals that can be submitted."""

    BOOK = "modal.book"
    MOVE = "modal.move"
    CANCEL = "modal.cancel"
    HOURS = "modal.hours"
    PROFILE = "modal.profile"
    PROPOSE = "modal.propose"
    NOTICE = "modal.notice"
    SESSIONS = "modal.sessions"
    DETAILS = "modal.details"
    URGENT = "modal.urgent"
    STAND_INS = "modal.stand_ins"
    PROGRAM = "modal.program"
    KIND_RULES = "modal.rules.kind"
    CLOSED_DAYS = "modal.rules.closed"
    PHASES = "modal.rules.phases"
    FAIR_SHARES = "modal.rules.fair"
    LOAD_SHARES = "modal.rules.load"
    CONTACTS = "modal.rules.contacts"
    RULES_HISTORY = "modal.rules.history"
    LOG = "modal.log"
    LOGS = "modal.logs"
    RATING = "modal.rating"


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
    DECLINE_INVITATIONS = "invitations.decline"
    OPEN_URGENT = "urgent.open"
    OPEN_STAND_INS = "stand_ins.open"
    OPEN_KIND_RULES = "rules.kind"
    OPEN_CLOSED_DAYS = "rules.closed"
    OPEN_PHASES = "rules.phases"
    OPEN_FAIR_SHARES = "rules.fair"
    OPEN_LOAD_SHARES = "rules.load"
    OPEN_CONTACTS = "rules.contacts"
    OPEN_RULES_HISTORY = "rules.history"
    OPEN_LOG = "log.open"
    CHOOSE_OUTCOME = "log.outcome"
    OPEN_LOGS = "log.list"
    OPEN_RATING = "rating.open"


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
    ABOUT = "about"
    PLACE = "place"
    SITE_PLACES = "site_places"
    SCHOLAR = "scholar"
    STARTS = "starts"
    OWN = "own"
    CLOSED = "closed"
    PHASE = "phase"
    WITHOUT = "without"
    WEIGHTS = "weights"
    LEAD_LIMIT = "lead_limit"
    CONTACTS = "contacts"
    OUTCOME = "outcome"
    BEGAN = "began"
    ENDED = "ended"
    NEXT_STEP = "next_step"
    SCORE = "score"
    VALUE = "value"
    """The action id inside an input block that has only one element."""


def base_id(id_: str) -> str:
    """The id without what stands behind its colon: a number (Slack wants buttons of a row distinct) or a state."""
    return id_.partition(":")[0]
