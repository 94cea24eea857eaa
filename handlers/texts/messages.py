"""Messages: one text for all kinds of session, nobody named. Who, where and what open in a modal on a press."""

SESSION_BOOKED = "Your session is set"
SESSION_MOVED = "Your session has moved"
FROM_TO = "from {before} to {after}"
SESSION_CANCELED = "Your session was canceled"
SESSION_LENGTH = "Your session begins when it did, but its length has changed"
SESSION_CHANGED = "Something about your session has changed, but not its time"
SERIES_BOOKED = "Your sessions are set"
SERIES_CANCELED = "Your sessions were canceled"
WAIT_MOVED = "A session you are waiting for has moved, and you keep your place"
WAIT_PASSED = "A session you were waiting for has moved to a time when you have something else, so you wait no longer"
WAIT_OFF = "A session you were waiting for is off"
SESSION_SOON = "Your session is coming up"
SESSION_IN_A_DAY = "In about a day"
SESSION_IN_MINUTES = "In 15 minutes"
SESSION_IN = {"24h": SESSION_IN_A_DAY, "15m": SESSION_IN_MINUTES}
SESSION_FILE = "Calendar file"
AGENDA = "Your day"
TIMES_PROPOSED = "You have been offered times for a session. Press one to book it; nothing is booked until you do."
TIMES_DECLINED = "None of the times you offered work. Nothing was booked."
TIMES_WITHDRAWN = "The times you were offered are no longer available. Nothing was booked."
OFFER_AGAIN = "See who, and offer other times"
WHO_WHERE_WHAT = "Who, where and what"
NONE_OF_THESE = "None of these"
BOOK_ANOTHER = "Book another time"
ALERT = (
    "Messages are not going out as they should: {says}. Nothing is lost; whoever runs Scholarbot for you should have a "
    "look."
)
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
WELCOME_STAFF = (
    (
        "Hello! I am Scholarbot, the support desk of your program. Type /program to see and change its rules: kinds of "
        "session, closed days, phases and more. Type /announce to tell people something, /deadlines to set what is due "
        "and see who is behind, and /events to plan what is on."
    ),
    "Scholars book coaches and the community manager with me. If one could use a session, tell them to type /support.",
    "What they write stays between the two who meet. Nobody else sees who has sessions, or whether anybody has.",
)
WELCOME_OTHERS = (
    "Hello! I am Scholarbot, the support desk of your program.",
    "Scholars book coaches and the community manager with me. If one could use a session, tell them to type /support.",
    "What they write stays between the two who meet. Nobody else sees who has sessions, or whether anybody has.",
)
WELCOME_MENTOR = "You can book time with a coach for yourself: type /support research, or open my Home tab."
