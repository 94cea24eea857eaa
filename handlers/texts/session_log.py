"""After a session: what those who took it are asked, and what both read of it later."""

from domain.session_log import Outcome

ENDED = "A session of yours has ended"
STILL_ASKED = "You have not said yet how a session of yours went"
HOW, ASKED_NO_MORE = "How did it go?", "I do not ask again."
SAY = "Say how it went"
TITLE = "How did it go?"
SAVE = "Save"
OUTCOME = "What happened?"
OUTCOMES = {
    Outcome.HAPPENED: "It happened",
    Outcome.NO_SHOW: "They did not come",
    Outcome.STAFF_ABSENT: "I could not make it",
}
SEVERAL_OUTCOMES = {
    Outcome.HAPPENED: "It happened",
    Outcome.NO_SHOW: "Nobody came",
    Outcome.STAFF_ABSENT: "It could not be held",
}
DAY = "On which day was it?"
BEGAN = "When did it really begin?"
STOPPED = "When did it really end?"
FOCUS = "What was it really about?"
NEXT_STEP = "What is the next step?"
SEALED_HINT = (
    "Sealed: you and the person you met read it in the session's details, and whoever takes over from you if "
    "they say so."
)
SEVERAL_HINT = "Sealed: those who held it, and nobody else, read it in the session's details."
LOGGED_BEFORE = "You have logged this session already. What you save now takes the place of what you said before."
UNTIL = "You can put it right until {until}."
LOGGED_TITLE = "Logged"
LOGGED = "Saved. Thank you!"
LOGS_TITLE = "Sessions to log"
NOTHING_TO_LOG = "Nothing waits for a log. Sessions are listed here for 14 days after they end."
MORE_TO_LOG = "These {number} have waited longest; there are more. They come into view as you log these."
LOGGED_LATELY = "Logged within 14 days"
LOG = "Log"
CORRECT = "Correct"
WAITS = "1 session waits for a log."
WAIT = "{number} sessions wait for a log."
SEE = "Log sessions"
TOOK_PLACE = "It took place:"
FROM_TO = "from {began} to {stopped}"
WAS_ABOUT = "It was about:"
NEXT = "Next step:"
NOT_LOGGED = "It has not been logged yet."
STAFF_READS = {
    Outcome.NO_SHOW: "They did not come.",
    Outcome.STAFF_ABSENT: "You could not make it.",
}
SCHOLAR_READS = {
    Outcome.NO_SHOW: "You could not be there.",
    Outcome.STAFF_ABSENT: "The person you were to meet could not make it.",
}
SEVERAL_READS = {
    Outcome.NO_SHOW: "Nobody came.",
    Outcome.STAFF_ABSENT: "It could not be held.",
}
UNREADABLE = "What was logged cannot be opened. Please tell whoever runs Scholarbot for you."
