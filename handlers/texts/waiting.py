"""Waiting for a time to come free."""

TITLE = "Wait for a time"
WAIT = "Wait for a time"
SUBMIT = "Wait"
NOTHING_SUITS = "None of these suits you? You can wait for a time to come free."
HOW = (
    "When a time comes free that suits you, you get a message and it is kept for you for a while: you take it with a "
    "press, or not. Nobody else learns that you wait."
)
FROM = "From which day on?"
UNTIL = "Until which day?"
DAYS_HINT = "Leave it empty for any day."
JOINED_TITLE = "You are waiting"
JOINED = (
    "You will get a message when a time comes free for you. /support shows what you wait for, and there you can leave."
)
WAITING_FOR = "You are waiting for"
MORE = "These are the first {number}; there are more. They come into view as you stop waiting for these."
LEAVE = "Stop waiting"
ANYONE = "*{kind}* with anyone who is free"
ANY_DAY = "any day"
FROM_DAY = "from {day}"
UNTIL_DAY = "until {day}"
IN_VAIN = (
    "No time came free of those you were waiting for, so you are not waiting any more. You can book one, or wait anew."
)
