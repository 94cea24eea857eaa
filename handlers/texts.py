"""Every word a person reads that is not made from data. Warm, short, never blaming."""

from domain.daytime import OffHours

APP_NAME = "Scholarbot"
CLOSE = "Close"
BACK = "Back"

TOO_SLOW = "That took me too long to open. Please press it again."


def went_wrong(reference: str) -> str:
    """For an error nobody foresaw: what it means, and what to quote."""
    return (
        "Something went wrong on my side. Please look at /support to see how things stand, and try again; if it "
        f"happens again, tell whoever runs Scholarbot for you this reference and nothing else: {reference}"
    )


# Messages: one text for all kinds of session, nobody named. Who, where and what open in a modal on a press.
SESSION_BOOKED = "Your session is set"
SESSION_MOVED = "Your session has moved"
FROM_TO = "from {before} to {after}"
SESSION_CANCELED = "Your session was canceled"
SESSION_SOON = "Your session is coming up"
SESSION_IN_A_DAY = "In about a day"
SESSION_IN_MINUTES = "In 15 minutes"
SESSION_IN = {"24h": SESSION_IN_A_DAY, "15m": SESSION_IN_MINUTES}
SESSION_FILE = "Calendar file"
TIMES_PROPOSED = "You have been offered times for a session. Press one to book it; nothing is booked until you do."
TIMES_DECLINED = "None of the times you offered work. Nothing was booked."
TIMES_WITHDRAWN = "The times you were offered are no longer available. Nothing was booked."
OFFER_AGAIN = "See who, and offer other times"
WHO_WHERE_WHAT = "Who, where and what"
NONE_OF_THESE = "None of these"
BOOK_ANOTHER = "Book another time"
ALERT = "Messages are not going out as they should: {says}. Nothing is lost; your operators should have a look."

WELCOME = (
    "Hello! I am Scholarbot, the support desk of your program.",
    "Type /support to book, move or cancel a session, and to see what is ahead.",
    (
        "What you write here stays between you and the person you meet. Mentors, staff, graders and evaluators never "
        "see who has sessions."
    ),
)
WELCOME_SUPPORT = (
    "Hello! I am Scholarbot, the support desk of your program.",
    "Type /hours to say when and where you meet scholars, and /support to see, move, cancel or propose sessions.",
    "What is written here stays between you and the scholar you meet. Mentors and staff never see who has sessions.",
)
WELCOME_OTHERS = (
    "Hello! I am Scholarbot, the support desk of your program.",
    "Scholars book coaches and the community manager with me. If one could use a session, tell them to type /support.",
    "What they write stays between the two who meet. Nobody else sees who has sessions, or whether anybody has.",
)

# Booking
BOOK_TITLE = "Book a session"
BOOK = "Book"
LOOK_AGAIN = "Look again"
BOOK_A_SESSION = "Book a session"
KIND = "What kind of session?"
STAFF = "With whom?"
ANYONE = "Anyone who is free"
FOCUS = "What is it about?"
FOCUS_HINT = "Only the person you meet sees this."
WORDS = "A few private words"
WORDS_HINT = "Sealed: only you and the person you meet can read them."
DAY = "Which day?"
START = "At what time?"
START_HINT = "In your time zone, {zone}. A second time, where there is one, is that of the person you meet."
PARTS_OF_DAY = ("Night", "Morning", "Afternoon", "Evening")
OFF_HOURS = {OffHours.LATE: "late", OffHours.NIGHT: "night", OffHours.EARLY: "early"}
EARLY_OR_LATE = "Early or late"
ABOUT_MANY = "Choose somebody to read a few words about them."
CHOOSE = "Choose"
BOOKED_TITLE = "You are booked"
BOOKED = "You will get a message with the time now, and a reminder 24 hours and 15 minutes before it begins."

# Sessions
SESSIONS_TITLE = "Your sessions ahead"
SESSION_WITH = "*{kind}* with {name}"
NOTHING_AHEAD = "You have no upcoming sessions."
MORE_AHEAD = "These are your next {number}; there are more. The rest come into view as these pass."
DETAILS = "Details"
DETAILS_TITLE = "Your session"
MOVE = "Move"
MOVE_TITLE = "Move a session"
MOVED_TITLE = "Moved"
MOVED = "It is moved. Both of you will get a message."
CANCEL = "Cancel session"
CANCEL_TITLE = "Cancel a session"
CANCEL_KEEP = "Keep it"
CANCELED_TITLE = "Canceled"
CANCEL_ASK = "You are about to cancel your session on"
CANCELED_ALREADY = "This session has been canceled."
OFF = "The person you were to meet is not available any more."
MINUTES = "minutes"
MINUTES_SHORT = "min"
TIME_FOR_THEM = "for them"
WHEN = "When:"
FOR_THEM = "For them:"
WITH = "With:"
WHERE = "Where:"
ROOM = "Room {detail}"
PHONE = "Phone {detail}"
ABOUT = "About:"
UNREADABLE = "What was written about this session cannot be opened. Please tell whoever runs this bot."
IN_PRIVATE_WORDS = "In private words:"
WHY_MOVED = "Why {who} moved it:"
WHY_CANCELED = "Why {who} canceled it:"
YOU = "you"
NOW_AT = "Now:"
NOTHING_FREE = "Nothing is free just now. Please look again tomorrow."
CANCELED = "It is canceled. Both of you will get a message."
REASON = "Why?"
REASON_HINT = "Only the two of you can read it."
PLACE_UNKNOWN = "The place has not been set yet; you will hear from the person you meet."

# Hours
HOURS_TITLE = "Your hours"
HOURS_SAVE = "Save"
HOURS_ZONE = "Your time zone"
HOURS_ZONE_HINT = "For example, Europe/Berlin. Your hours are kept in this zone."
HOURS_DAY_PLACEHOLDER = "9:00-12:00, 13:00-17:00 or 9am-5pm (empty: a day off)"
HOURS_OVERRIDES = "Dates that differ"
HOURS_OVERRIDES_HINT = "One per line: 2027-01-05: 10:00-12:00, or 2027-01-06: off"
HOURS_SAVED = "Your hours are saved. From now on scholars are offered these times; sessions already booked stay."
PROFILE_TITLE = "About you"
PROFILE_ABOUT = "Two lines about you"
PROFILE_ABOUT_HINT = "Shown to scholars when they choose."
PROFILE_FOCUS = "What you like to help with"
PROFILE_PLACE = "Where you meet"
PROFILE_PLACE_HINT = "A room, link or phone: room: 4.12, link: https://meet.example.org/me, phone: +1 555 0100"
PROFILE_SITES = "Other places by site"
PROFILE_SITES_HINT = "One per line: London: room 4.12"
PROFILE_SAVED = "Saved. Scholars see this from now on."
PROFILE_EDIT = "About you and where you meet"

# Proposals
PROPOSE = "Propose times"
PROPOSE_TITLE = "Propose times"
PROPOSE_SCHOLAR = "To whom?"
PROPOSE_NOBODY = "Please choose a scholar."
PROPOSE_STARTS = "Free times (up to five in all)"
PROPOSE_STARTS_HINT = "Of one day or several: what you have chosen stays when you choose another day above."
CHOSEN_BEFORE = "Chosen already"
PROPOSE_OWN = "Or times of your own"
PROPOSE_OWN_HINT = "One per line, in your time zone, {zone}: 2027-03-15 09:30. They may lie outside your hours."
PROPOSE_FIRST = "Choose a scholar, and the times free for both of you appear here."
PROPOSED_TIMES_TITLE = "Times for you"
PROPOSE_SEND = "Send"
PROPOSED_TITLE = "Sent"
PROPOSED = "The scholar gets these times in a message and accepts one with a press. Nothing is booked until then."
ON_OFFER = "Times you have offered, not answered yet"
OFFERED = "Times you have been offered"
ANSWER = "Answer"
MORE_ON_OFFER = "These are the newest {number}; there are more. They come into view as these are answered."
WITHDRAW = "Take them back"
WITHDRAWN_TITLE = "Taken back"
WITHDRAWN = "These times are no longer offered. Nothing was booked."
DECLINED = "Thank you for letting us know. Nothing was booked."
ACCEPTED = "It is booked. A message with the time is on its way to you."
ACCEPTED_TITLE = "Booked"

# Home
HOME_NEXT = "Your next session"
HOME_TODAY = "Your day"
HOME_NOTHING = "Nothing is booked. When you want to talk something through, choose a time: one short form books it."
HOME_NO_DAY = "No sessions today."
HOME_NO_MORE = "No more sessions today. Next:"
HOME_ZONE = "Times on this page follow your device. Where you choose a day or a time, I use {zone}."
HOME_MOVED = "In this demo the time has been moved. For me it is now {now}."
HOME_PLAIN = "Hello! I am the support desk of your program: scholars who type /support book a session with me."

LABELS = {"coaching": "Scholar support (coach)", "community": "Community manager"}

HELP_SEALED = (
    "What you write about a session is sealed: only you and the person you meet can read it. Mentors and staff never "
    "learn that a session exists."
)
HELP_BOOK = "Only scholars book; you can offer times with /support propose."
HELP_PROPOSE = "Only coaches and the community manager offer times; you can book with /support book."
HOURS_WHOSE = "Only coaches and the community manager set hours. Type /support to see what I can do for you."
BOOK_WHOSE = "Only scholars book sessions. Type /support to see what I can do for you."
HELP_UNKNOWN = "I don't know that one. This is what you can type:"
HELP_PLAIN = (
    "I am the support desk of your program: scholars book sessions with their coaches and the community manager with "
    "me. There is nothing that you need to do here. If a scholar could use a session, tell them to type "
    "/support; whether they do stays private."
)
