"""What is due, as those read it whom it is for."""

from domain.deadlines import RequestState

TITLE = "What is due"
NOTHING = "Nothing is due for you just now."
MET_LATELY = "Met lately"
MORE = "There is more, due later than this."
DUE = "due {when}"
ANYWHERE = "due at the end of {day} anywhere on earth: {when} for you"
OVERDUE = "was due {when}"
EXTENDED = "with your extra time"
OPEN_LINK = "Open the link"
DONE, DONE_WITH_LINK, NOT_DONE = "Done", "Done, with a link", "Not done after all"
MORE_TIME, LATER, DETAILS = "More time", "Later", "Look"
IN_3_HOURS, TOMORROW = "In 3 hours", "Tomorrow"
MARKED_DONE = "Marked done {when}."
ALREADY_DONE = "Already marked done {when}."
IS_CLOSED = "This deadline is closed. Nothing is asked of you for it any more."
IS_OPEN_AGAIN = "It is open again. The reminders that are still ahead come."
NEXT_REMINDER = "I remind you next {when}."
PUT_OFF = "I remind you again {when}."
ONE_TITLE = "A deadline"
PROOF_TITLE = "Done, with a link"
PROOF, PROOF_HINT = "Link to what you have done", "Only staff of your program see it."
PROOF_SHOWN = "Your link: {link}"
SEND = "Send"

ASK_TITLE = "Ask for more time"
ASK_UNTIL, ASK_TIME = "Until which day?", "At what time?"
ASK_REASON = "Why? (you need not say)"
ASK_REASON_HINT = "Sealed. Only staff of your program who decide read it, and you; it never stands in a message."
NO_REASONS_NOW = "Reasons cannot be given just now. You can ask without one."
ASKED = "I have asked staff. I tell you as soon as they have decided."
WITHDRAW, WITHDRAWN = "Take it back", "You have taken your request back."
READ_REASON = "Read my reason"
REQUEST = {
    RequestState.WAITING: "You have asked for more time until {until}. Staff have not decided yet.",
    RequestState.GRANTED: "Your request was granted: you have time until {granted}.",
    RequestState.REFUSED: "Your request was refused: {answer}",
    RequestState.WITHDRAWN: "You have taken your request back.",
    RequestState.OVER: "Your request is over: it needed no decision any more.",
}

HEADLINES = {
    "": "Reminder",
    "set": "A new deadline",
    "moved": "A deadline has another time now",
    "extended": "You have more time",
    "nudge": "Reminder from staff",
    "overdue": "Overdue",
}
LAST = "Last reminder"
OVERTAKEN = "You had asked for more time; that needs no answer any more."
ANSWERS = {
    RequestState.GRANTED: "Your request for more time was granted",
    RequestState.REFUSED: "Your request for more time was refused (why opens on a press)",
}
REQUEST_CLOSED = "Closed, so your request for more time needs no answer"
REQUEST_CLOSED_MORE = "Nothing is asked of you for it any more. Thank you for having asked in time."
REQUEST_CLOSED_AGAIN = "It stands again by now. If you still need more time, please ask once more."
NOBODY_DECIDES = "Whoever could decide on your request for more time has left. Please talk to somebody on staff"
HOME = "Due next"
HOME_ALL = "Everything that is due"
