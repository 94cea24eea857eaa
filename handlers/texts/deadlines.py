"""Deadlines as staff set and follow them."""

from domain.deadlines import DeadlineState, DueKind, RequestState

_NOW = "now, or when their quiet hours end; who has had their messages of the day reads it in their next digest"
"""When somebody is told who is told at once: what holds for each of many is not counted."""

TITLE = "Deadlines"
UNKNOWN = "I do not know that word. Type /deadlines alone."
WHOSE_STAFF = "Only staff set deadlines. Type /deadlines to see what is due for you."
NEW = "Set a deadline"
MINE = "What is due for me"
NONE_OPEN = "No deadline stands just now."
NONE_FURTHER = "No further deadline stands."
MORE = "There are more of these on the next page."
DRAFTS, CLOSED = "Drafts", "Closed"
MET_OF = "{met} of {people} have met it"
OPEN = "Open"
REQUESTS_ONE, REQUESTS = "1 person asks for more time.", "{number} people ask for more time."
REQUESTS_MANY = "More than {number} people ask for more time."
REQUESTS_MORE = "There are more; they come up here as you answer these."
SEE_REQUESTS = "See who"

FORM_TITLE = "A deadline"
CONTINUE = "See what it comes to"
NAME, NAME_HINT = "What is due?", "As people will read it in every reminder. Such as: Research plan."
WORDS, WORDS_HINT = "More about it", "Opens on a press. It stands as you type it: mentions and links stay plain words."
LINK, LINK_HINT = "Link", "Where to hand it in, or a file by its link in Slack."
KIND = "When is it due?"
KINDS = {
    DueKind.INSTANT: "At one moment, in the time zone below",
    DueKind.ANYWHERE: "At the end of the day, anywhere on earth",
    DueKind.PER_SITE: "At this time at each site",
}
DAY, TIME = "Day", "Time"
TIME_HINT = "Not needed for the end of a day anywhere on earth."
ZONE, ZONE_HINT = "Time zone", "Of the one moment. Such as Europe/London."
RUNGS = "Reminders"
RUNGS_HINT = (
    "d keeps the time of day, h is exact. The last one before it is due comes whatever quiet hours somebody has; "
    "overdue ones come after it, 14 days at most."
)
OPTIONS = "And"
TELL, NEWCOMERS, NEEDS_PROOF = "Tell them now", "Late joiners get it too", "Done needs a link"

PREVIEW_TITLE = "Set it like this?"
SET = "Set it"
CHANGE = "Change"
DISCARD, DISCARDED = "Throw away", "The draft is thrown away. Nobody was told."
FOR_ONE, FOR = "*For 1 person:*", "*For {number} people:*"
UNREACHABLE = "Without a Slack account, so they hear nothing:"
NO_SITE = "At no site"
AT_SITE, ZONES_AT_SITE = "• {site}: {first}", "• {site}: {number} time zones, {first} to {last}"
SHORT = ":warning: That is {days} ahead; your program's rule is {rule}. You can set it all the same."
LESS_THAN_A_DAY = "less than a day"
REMINDERS = "Reminders: {ladder}"
NOT_COMING = "Those whose time has passed do not come."
IS_TOLD = f"They are told {_NOW}."
IS_NOT_TOLD = "They are first told by the first reminder."
IS_SET = "The deadline stands. Reminders go by themselves."

STATES = {
    DeadlineState.DRAFT: "Draft",
    DeadlineState.OPEN: "Stands",
    DeadlineState.CLOSED: "Closed: nobody is reminded any more",
    DeadlineState.DISCARDED: "Thrown away",
}
BEHIND = "Not met yet"
NOBODY_BEHIND = "Everybody has met it."
BEHIND_HEADING = "*Due {due}; {told}*"
LAST_TOLD = "last told {when} ({rung})"
NEVER_TOLD = "not told yet"
EXTENDED_MARK = " (extended)"
HAS_LEFT = " (has left)"
MET_HEAD = "Met"
MET_LINE = "• {name}: {when}{proof}{by}"
MET_BY = ", noted by {name}"
RUNG_LAST = "last reminder"
RUNG_NUDGE, RUNG_SNOOZED = "nudge", "after it was put off"
RUNG_NEWS = {"set": "when it was set", "moved": "new time", "extended": "more time"}
NUDGE = "Nudge them now"
NUDGED_ONE, NUDGED = "1 person gets a message now.", "{number} people get a message now."
NUDGED_LATER_ONE = "1 person gets it when their quiet hours end."
NUDGED_LATER = "{number} people get it when their quiet hours end."
NUDGED_DIGEST_ONE = "1 person has had their messages of the day and reads it in their next digest."
NUDGED_DIGEST = "{number} people have had their messages of the day and read it in their next digest."
NUDGED_SPARED_ONE = "1 person was written to about it less than an hour ago and gets nothing more now."
NUDGED_SPARED = "{number} people were written to about it less than an hour ago and get nothing more now."
EXTEND, MARK = "Give more time", "Mark for somebody"
END, REOPEN = "End this deadline", "Open again"
END_SURE = "End this deadline?"
END_STILL_ONE = "1 person has not met it yet. Nobody is reminded any more, and nothing is asked of anybody for it."
END_STILL = "{number} people have not met it yet. Nobody is reminded any more, and nothing is asked of anybody for it."
END_ALL_MET = "Everybody has met it. Nothing more is asked of anybody for it."
END_YES, END_NO = "End it", "Leave it open"
EDIT = "Change it"
SAVE = "Save"
SAVED = "Saved. Messages from now on say so, and so does the last one that people have."
LOOK_FIRST = "*Please look at what this comes to before you save.*"
SHORT_CHANGE = ":warning: That is {days} ahead; your program's rule is {rule}. You can save it all the same."
MOVED_TO = "Due first {when}."
TOLD_NOW_ONE = f"1 person is told of the new time {_NOW}."
TOLD_NOW = f"{{number}} people are told of the new time {_NOW}."
TOLD_NOBODY = "Nobody is told of the new time: they have met it, or have a later one."
NEWLY_TOLD_ONE = f"1 person for whom it is new is told of it {_NOW}."
NEWLY_TOLD = f"{{number}} people for whom it is new are told of it {_NOW}."
NEWLY_LATER_ONE = "1 person for whom it is new is first told by the next reminder."
NEWLY_LATER = "{number} people for whom it is new are first told by the next reminder."
WOULD_JOIN_ONE, WOULD_JOIN = "*Newly for 1 person:*", "*Newly for {number} people:*"
WOULD_LEAVE_ONE = "*Not any more for 1 person*, who hears nothing more of it:"
WOULD_LEAVE = "*Not any more for {number} people*, who hear nothing more of it:"
SURE, SURE_YES = "Save it like this?", "Yes, I have looked at it"
REGROUPED = "It is newly for {joined}, and not any more for {left}."
AUDIENCE_STAYS = (
    "Whom it is for stays as it is: a private list, or those who were behind with something when it was set."
)
CLOSED_NOW, REOPENED = "It is closed. Nobody is reminded any more.", "It stands again, with the reminders still ahead."
LEFT_BEHIND = (
    "This is for a private list, and whoever set it has left. Who is on it stays unseen; you can close it for them."
)

EXTEND_TITLE = "Give more time"
EXTEND_WHO = "To whom?"
EXTEND_WHO_HINT = "Leave it empty for everybody who has not met it."
EXTEND_UNTIL = "Until which day?"
EXTENDED_NOBODY = "Nobody needed it: they have met it, or have as much time already."
EXTENDED_ONE, EXTENDED = "1 person has more time now.", "{number} people have more time now."
MARK_TITLE = "Mark for somebody"
MARK_WHO, MARK_AS = "Whom?", "What is so?"
MARK_MET, MARK_NOT_MET = "They have met it", "They have not met it after all"
MARKED = "Noted."

REQUESTS_TITLE = "More time is asked for"
NO_REQUESTS = "Nobody waits for an answer."
REQUEST_LINE = "*{name}*: {title}, until {until}"
LOOK = "Look"
REQUEST_TITLE = "More time?"
REQUEST = "*{name}* asks for more time for *{title}*.\nDue {due}; asked for until {until}."
READ_REASON = "Read the reason"
NO_REASON = "No reason was given, and none is needed."
REASON_TITLE = "The reason"
REASON_LOST = "The reason that was given is lost. Please ask them; nobody else has read it."
REASON_AWAY = "Reasons cannot be read just now. Please try again later."
GRANT, GRANT_OTHER, REFUSE = "Grant it", "Another time", "Refuse"
GRANT_TITLE, GRANT_UNTIL = "Grant another time", "Until which day?"
REFUSE_TITLE, REFUSE_ANSWER = "Refuse", "A sentence for them"
REFUSE_HINT = (
    "Only they read it, in a window that opens on a press. Please leave out what their reason says: that is sealed, "
    "and this sentence is not."
)
GRANTED_NOW = "Granted until {until}. They are told, and their reminders begin anew."
REFUSED_NOW = "Refused. They are told."
DECIDED = {
    RequestState.GRANTED: "Already granted by {by}, {when}: until {until}.",
    RequestState.REFUSED: "Already refused by {by}, {when}.",
    RequestState.WITHDRAWN: "They have taken it back.",
    RequestState.OVER: "There is nothing to decide any more: it was met meanwhile, or closed, or time was given.",
}
ASKED_MESSAGE = "Somebody asks for more time for a deadline."
SEE_REQUEST = "See it"
