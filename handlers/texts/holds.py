"""A time that is kept for a scholar, or that they asked for. Messages name nobody and no kind."""

from domain.booking import BookingStatus

OFFERED = "A time has come free and is kept for you"
UNTIL = "It is kept until {until}; nothing is booked until you take it."
ELSEWHERE = (
    "The same time is free with somebody else. It is kept for you until {until}; nothing is booked until you take it."
)
TAKE = "Take it"
NO_THANKS = "No thanks"
TAKEN = "It is booked. A message with the time is on its way to you."
TAKEN_ASKED = "It is asked for and not set yet. You will hear as soon as it is answered."
TAKEN_TITLE = "Booked"
REFUSED = "Thank you for letting us know. Nothing was booked."
REFUSED_TITLE = "Not booked"
RUN_OUT = "This time is no longer kept for you"
KEPT_TITLE = "Kept for you"

ASKED = "You have asked for this time"
ASKED_UNTIL = "It is not set yet. You will hear by {until} at the latest."
ASKED_TITLE = "Asked for"
ASKED_DONE = (
    "It is asked for and not set yet: it takes a yes from the person you want to meet. You will hear by {until}."
)
WAITING = "Somebody asks for a session with you"
WAITING_UNTIL = "Please answer by {until}."
SEE_AND_ANSWER = "See who and what, and answer"
REQUEST_TITLE = "A session to approve"
APPROVE = "Approve"
APPROVED = "It is set. Both of you will get a message."
APPROVED_TITLE = "Approved"
DECLINE = "Decline"
DECLINE_TITLE = "Decline a session"
DECLINE_ASK = "You are about to decline the session on"
DECLINE_BACK = "Back"
DECLINE_REASON_HINT = "Only the two of you can read it."
DECLINED_TITLE = "Declined"
DECLINED_DONE = "It is declined. They will get a message, and the time is free again."
DECLINED = "The time you asked for cannot be, sorry"
LAPSED = "The time you asked for was not confirmed in time, sorry"
TAKEN_BACK = "A time you were asked for is not wanted any more"
WITHDRAW = "Take it back"
WITHDRAWN = "It is taken back. Nothing was booked."
WITHDRAWN_TITLE = "Taken back"

KEPT_FOR_YOU = "Kept for you"
YOU_ASKED = "You have asked for"
TO_APPROVE = "Waiting for your answer"
ANSWER = "Answer"
KEPT_UNTIL = "Kept until {until}"
ANSWER_UNTIL = "Answered by {until}"
MORE = "These are the soonest {number}; there are more. They come into view as these are answered."

HOME_KEPT = "A time is kept for you until {until}: {starts}."
HOME_ASKED = "You have asked for a time and hear by {until}: {starts}."
HOME_SEE = "See"
HOME_TO_ANSWER = "Somebody asks for a session with you. Please answer by {until}."
HOME_SEVERAL_TO_ANSWER = "{number} sessions you were asked for wait for your answer, the first until {until}."

STANDS = {
    BookingStatus.HELD: "This time is kept for you. Nothing is booked until you take it.",
    BookingStatus.REQUESTED: "This session was asked for and is not set yet.",
    BookingStatus.DECLINED: "This time was declined, so nothing was booked.",
    BookingStatus.LAPSED: "Nobody answered in time, so nothing was booked.",
    BookingStatus.WITHDRAWN: "This was taken back, so nothing was booked.",
}
"""What is said first of a time that is no session."""
WHY_DECLINED = "Why {who} declined it:"
