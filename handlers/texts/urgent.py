"""What cannot wait."""

from handlers.texts.messages import WHO_WHERE_WHAT

TITLE = "Soon, with a person"
OPEN = "It is urgent"
IN_DANGER = (
    "If you or somebody else is in danger, call the emergency number where you are now: 112 in Europe, 911 in North "
    "America, 999 in the United Kingdom."
)
WHO = (
    "You will talk with the community manager or somebody who stands in for them, whoever is free first; never with "
    "somebody who judges you. What you write here is sealed: only you and the person you meet can read it."
)
START = "The next free times"
START_HINT = "In your time zone, {zone}."
WORDS = "What is it about?"
WORDS_HINT = "A word is enough, or none at all."
BOOK = "Meet then"
NOBODY_FREE = (
    "Nobody is free in the next {days}. Please do not wait: write to the community manager, or to any coach you "
    "trust, and use the numbers above if you need help now. Times can come free at any moment, so look again soon."
)
TIMES_AWAY = (
    "I cannot look up the free times just now. Please do not wait: write to the community manager, or to any coach you "
    "trust, and use the numbers above if you need help now. Or look again in a few minutes."
)
NOT_OFFERED = (
    "There are no urgent times to book just now. Please do not wait: write to the community manager, or to any coach "
    "you trust, and use the numbers above if you need help now."
)
BOOKED_TITLE = "You are booked"
BOOKED = f"They have been told. Where you meet stands below, and behind *{WHO_WHERE_WHAT}* in the message that comes."
STAND_INS_TITLE = "Who stands in"
STAND_INS = "Who takes urgent sessions besides you?"
STAND_INS_HINT = "They are offered in their own hours, and never to somebody they judge. Ask them first."
STAND_INS_SAVED = "Saved. From now on urgent sessions go to you or to them, whoever is free first."
STAND_INS_NOBODY = "There is nobody else in support yet who could stand in for you."
STAND_INS_WHOSE = "Only the community manager names who stands in."
WHOSE = "Urgent sessions are for scholars."
