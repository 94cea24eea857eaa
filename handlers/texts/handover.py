"""A scholar goes from one person in support to another."""

from domain.handover import Consent
from domain.people import Role
from services.handover.deliveries import HandoverMessage

WHOSE = "Only coaches and the community manager hand scholars over; /support list shows you what is ahead."
MESSAGES = {
    HandoverMessage.ANNOUNCED: "Something about whom you meet changes. Press to read what and when, and to answer.",
    HandoverMessage.REMINDED: "Something about whom you meet changes soon, and you can still answer. Without an answer "
    "nothing moves. Press to read what and when.",
    HandoverMessage.TAKING: "Somebody is to come to you from a colleague. Press to read who, and from when.",
    HandoverMessage.OFF: "What you were told about a change does not hold any more. Nothing changes.",
    HandoverMessage.LAPSED: "A change that you planned cannot take place. Press to see what still stands.",
}
LOOK = "See what changes"
SEE = "See it"
TITLE = "Handovers"
NOTHING = "You hand nobody over just now, and take nobody over."
GIVEN = "You hand over"
TAKEN = "You take over"
GIVEN_ROW = "*{scholar}* to {name}, from {day} on"
TAKEN_ROW = "*{scholar}*, from {day} on"
NEW = "Hand a scholar over"
NEW_TITLE = "Hand over"
WITHDRAW = "Take it back"
ROLE = "In which role?"
ROLES = {Role.COACH: "Coach", Role.COMMUNITY_MANAGER: "Community manager"}
SCHOLAR = "Whom?"
SCHOLAR_FIRST = "Choose a scholar, and who could take over appears here."
NO_SCHOLARS = "There is nobody to hand over: only scholars with whom you have or had a session are listed here."
NO_SUCCESSORS = "There is no colleague who could take over just now. Please look again when there is one."
SUCCESSOR = "To whom?"
FIRST = "From which day on?"
FIRST_HINT = "On your calendar, at least {days} ahead, so that the scholar has time to think about it."
WORDS = "A few words to the scholar"
WORDS_HINT = "Sealed: only the scholar reads them."
SEND = "Hand over"
SENT_TITLE = "On its way"
SENT = (
    "The scholar gets a message, and so does who takes over. Your sessions stay as they are until the scholar says "
    "which of them go on with your colleague, and what was written earlier stays closed unless the scholar opens it."
)
NO_DAY = "Please choose a day."
NO_SCHOLAR = "Please choose a scholar."
NO_SUCCESSOR = "Please choose who takes over."
NO_CONSENT = "Please choose one of these."

YOURS = {Role.COACH: "Your new coach", Role.COMMUNITY_MANAGER: "Your new community manager"}
SHEET_TITLE = "What changes"
SHEET = {
    Role.COACH: "From *{day}* on, *{name}* takes over as your coach from {before}.",
    Role.COMMUNITY_MANAGER: "From *{day}* on, *{name}* takes over as your community manager from {before}.",
}
SHEET_FREE = "Whom you meet stays up to you: you can book with anybody who is offered."
SAYS = "{name} writes:"
UNREADABLE = "What was written to you cannot be opened. Please tell whoever runs Scholarbot for you."
CONSENT = "May {name} read what {before} noted and logged about your sessions?"
CONSENTS = {Consent.REFUSED: "No", Consent.GIVEN: "Yes", Consent.UNKNOWN: "I'll decide later"}
CONSENT_HINT = (
    "Without a yes nothing of it can be read, and what you wrote for a session does not go on with it. You can change "
    "this at any time, here or from /support list."
)
SESSION = "{when} with {before}"
SESSION_HELD = "{when}, kept for you with {before}"
SESSION_ASKED = "{when}, asked of {before} and not set yet"
MOVE = "Same time, with {name}"
KEEP = "Leave it with {before}"
NOT_FREE = (
    "{when} with {before}: {name} is not free then. It stays as it is; you can move or cancel it, or book another."
)
NOT_FREE_YET = "{when} with {before}, not set yet: {name} is not free then. It stays as it is."
MORE = "These are the next {number}; there are more. They come into view as these are answered."
SAVE = "Save"
SAVED_TITLE = "Saved"
SAVED = "Saved. You can change it at any time."
MOVED = "Saved. Everybody concerned gets a message about what has changed."
LOOK_AGAIN = "Look again, or change it"

TAKEOVER_TITLE = "You take over"
TAKEOVER = "From *{day}* on you take over *{scholar}* from {before}. The scholar knows."
CLOSED = "Nothing that was noted or logged earlier is open to you. The scholar may open it at any time."
NEXT_STEPS = "The scholar lets you read what was noted and logged earlier. Next steps from the last sessions:"
NO_STEPS = (
    "The scholar lets you read what was noted and logged earlier. No next steps were logged in the last sessions."
)
