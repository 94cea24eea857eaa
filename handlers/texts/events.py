"""Events of the program."""

from domain.event_answers import Said
from domain.events import Attending, EventFormat, EventKind, Status
from services.events.warnings import Warns

TITLE = "Events"
NONE = "Nothing is planned just now. What is new waits in your digest and stands here."
KINDS = {
    EventKind.SEMINAR: "Seminar",
    EventKind.WORKSHOP: "Workshop",
    EventKind.SOCIAL: "Social",
    EventKind.NETWORKING: "Networking",
    EventKind.TALKS: "Talks",
    EventKind.OTHER: "Event",
}
FORMATS = {
    EventFormat.IN_PERSON: "In person",
    EventFormat.REMOTE: "Online",
    EventFormat.HYBRID: "In person and online",
}
FROM_TO = "{starts} to {ends}"
ONLINE = "online"
LINK_LATER = "the link follows"
LINK_MISSING = "please ask the host for the link"
JOIN = "Join online"
LINK = "Link"
OFF = ":no_entry_sign: Called off"
BECAUSE = "Called off: {reason}"
HOST = "*Host* {name}"
HOST_GONE = "*Host* somebody who has left"
SEE_ALL = "All events"
SEE = "Details"
PAST = "Past events"
PAST_NONE = "No event is over yet."
PAST_LINE = "{yes} had said yes, {came} came"
NOTED_LATER = "{yes} had said yes; nobody has noted yet who came"
WEEK = "Events of the next seven days"
WEEK_MORE = "And {number} more: see all events."

YES, IN_ROOM, BY_LINK, MAYBE, NO = "I'll come", "I'll be in the room", "I'll join online", "Maybe", "No"
LEAVE_LINE = "Leave the line"
WAIT, WAIT_ROOM, WAIT_ONLINE = "Wait in line", "Wait for the room", "Wait to join online"
HERE, HERE_IN_ROOM, HERE_ONLINE = "I am here", "I am in the room", "I am online"
MINE = {
    Said.YES: "You said yes.",
    Said.MAYBE: "You said maybe.",
    Said.NO: "You said no.",
    Said.NOTHING: "You have not answered yet.",
}
MINE_WAY = {Attending.ROOM: "You said yes: in the room.", Attending.REMOTE: "You said yes: online."}
IS_OVER = "It is over."
MINE_OTHERS = "It is for others; you see it as its host or as staff."
MINE_WAIT = "You wait for a seat."
MINE_WAITS_TOO = {
    Attending.ROOM: "You said yes: online. You also wait for a seat in the room.",
    Attending.REMOTE: "You said yes: in the room. You also wait for a seat online.",
}
MINE_PLACE = "You wait for a seat; your place in line is {place}."
MINE_CAME = "It is noted that you were there."
CLOSED = "Answers closed {when}."
CLOSES = "Please answer by {when}."
SAID_YES = "Good: you have a seat."
REMINDED_BOTH = "I remind you the day before and 15 minutes before."
REMINDED_QUARTER = "I remind you 15 minutes before."
SAID_WAITING = "Every seat is taken, so you wait in line. You hear from me as soon as one is yours."
SAID_WAITING_WAY = {
    Attending.ROOM: "Every seat in the room is taken, so you wait for one. You hear from me as soon as it is yours.",
    Attending.REMOTE: "Every seat online is taken, so you wait for one. You hear from me as soon as it is yours.",
}
KEEPS_WAY = {Attending.ROOM: "Your seat in the room stays yours.", Attending.REMOTE: "Your seat online stays yours."}
SAID_MAYBE = "Noted as a maybe: that holds no seat, and you are not reminded. If it changes, you hear so."
SAID_NO = "Noted: you do not come. A seat you had goes to whoever waits for it."
SAID_HERE = "Good to have you here. That is noted."
HERE_ALREADY = "It is noted already that you are here."
FILE = "Send me a calendar file"
FILE_SENT = "It is on its way to you as a message. If anything changes, a new one follows."

COME = {1: "1 person comes", 0: "Nobody has said yes so far"}
COMES = "{number} people come"
BY_WAY = "{room} in the room, {remote} online"
LEFT = "{number} seats left"
ONE_LEFT = "1 seat left"
FULL = "no seat left"
LEFT_OF = {Attending.ROOM: "in the room: {left}", Attending.REMOTE: "online: {left}"}
WAIT_NUMBER = "{number} in line"
MAYBE_NUMBER = "{number} maybe"
NO_NUMBER = "{number} no"
CAME_NUMBER = {1: "1 was there"}
CAME_NUMBERS = "{number} were there"
CAME_UNASKED = "{number} of them without a yes"
HIDDEN = "Who comes is shown to the host and to staff alone."

PLAN = "Plan an event"
COPY, EDIT, CALL_OFF, REPEAT = "Plan another like it", "Change", "Call off", "Repeat weekly"
GUESTS, ATTENDANCE = "Who comes", "Who was there"
PLAN_TITLE, EDIT_TITLE = "Plan an event", "Change an event"
SAVE = "Save"
NO_LINK_YET = "There is no link to join online yet: please add it before it begins."
PLANNED = "It is planned, and waits in the next digest of everybody invited. To tell them sooner, use /announce."
CHANGED = "Saved. Who comes hears of a new time or place by itself."
CALLED_OFF = (
    "It is called off. Told of it, by a message or in the next digest: {people}, who had said yes or maybe or waited "
    "for a seat."
)
CALLED_OFF_UNTOLD = "It is called off. Nobody had said yes or maybe or waited for a seat, so nobody is told."
REPEATED = "{number} more are planned, each without answers."
NAME, KIND, FORMAT = "Title", "What is it?", "How can people attend?"
DAY, STARTS, ENDS = "Day", "From", "To"
ENDS_HINT = "A time before the start is of the next day."
SITE, PLACE, URL = "Site", "Place", "Link"
PLACE_HINT = "The room or address. Needed unless it is online only."
URL_HINT = "For who joins online. It is in the reminder 15 minutes before."
ABOUT = "What is it about?"
WHO_HOSTS = "Host"
WHO_HOSTS_HINT = "Is told so; sees who answers, can change all but whom it is for, and notes who was there."
WHOM = "*Who is it for?*"
WHOM_OF_STAFF = "Whom it is for only staff change."
ROOM_SEATS, REMOTE_SEATS = "Seats in the room", "Seats online"
SEATS_HINT = "Empty for no limit."
WAITLIST = "When all seats are taken"
WAITLIST_YES, WAITLIST_NO = "People wait in line", "Nobody can say yes any more"
CLOSES_DAY, CLOSES_TIME = "Answers close on", "Answers close at"
CLOSES_HINT = "Both empty: people can say yes until it starts. Else both are needed."
SLOTS, MINUTES = "Lightning talks: how many", "Minutes for each talk"
SLOTS_HINT = "Empty for none. Else people sign up with a title."
MINUTES_HINT = "Needed where there are talks."
WEEKS = "For how many more weeks?"
WEEKS_HINT = "From 1 to 12, each at the same time of day on your clock."
REASON = "Why? (who said yes or maybe reads it)"
OFF_INTRO = (
    "*{title}*\nIt stays in the list as called off for those who had said that they come. This cannot be undone."
)
WARNED = ":warning: *Please look at this. It is not saved yet.*"
WARNINGS = {
    Warns.BEGUN: "That start has passed. Shall it begin now?",
    Warns.MANY: "{people} would have up to {number} events in the week of {when}: more than your program agreed on.",
    Warns.CLASH: "At that time ({when}) there is *{name}* already, for {people} of them.",
    Warns.CLOSED: "{when} is a closed day: {name}.",
}
CLASH_SEEN = "At that time ({when}) there is *{name}* already."
ONE_PERSON, PEOPLE = "1 person", "{number} people"
ALL_THE_SAME = "Save it all the same?"
ALL_THE_SAME_HINT = "Tick this to save it with that, or choose another time."
YES_SAVE = "Yes, I have looked at it"
ASKED_TITLE, ASKED_AGAIN_TITLE = "All the same?", "This too?"
SAVE_ALL_THE_SAME = "Save all the same"
NO_SUCH_CHOICE = "Please choose one of the list."
NOT_A_NUMBER = "Please write a whole number, such as 20, or leave it empty."

GUESTS_TITLE = "Who comes"
NOBODY = "Nobody has answered yet."
COMING, WAITING, MAYBES, NOES, SILENT = "Yes", "In line", "Maybe", "No", "Came without an answer"
SPEAKING = "Lightning talk, and no answer"
GUEST = "{name}{remarks}"
REMARKS = " ({remarks})"
CAME_REMARK = "was there"
WAITS_REMARK = {Attending.ROOM: "waits for the room", Attending.REMOTE: "waits for a seat online"}
ATTENDANCE_TITLE = "Who was there"
ATTENDANCE_INTRO = "Tick everybody who was there. Save a page before you turn it. {page}"
ATTENDANCE_OTHERS = (
    "Here is who has answered, gives a talk or was noted already. Whoever else was there presses *I am here* until 4 "
    "hours after the end, or is ticked by staff."
)
ATTENDANCE_GROUP = "{first} to {last}"
ATTENDANCE_SAVED = "Saved."
ATTENDANCE_YES = "{name} (had said yes)"

TALKS = "*Lightning talks*: {taken} of {slots} slots of {minutes} min are taken."
TALK_LINE, TALK_WAITS = "{number}. {title} · {name}", "In line: {title} · {name}"
TALK_SIGN, TALK_CHANGE, TALK_BACK, TALK_ORDER = "Give a talk", "Change my talk", "Withdraw my talk", "Arrange talks"
TALK_TITLE = "A lightning talk"
TALK_FIELD = "Title of your talk"
TALK_SIGN_UP = "Sign up"
TALK_PUBLIC = "Everybody who is invited sees your name and the title. You have {minutes} minutes."
TALK_FULL = "All slots are taken, so you would wait in line: you hear from me when one is yours."
TALK_SAVED = "You are on the list of talks."
TALK_IN_LINE = "All slots are taken, so your talk waits in line. You hear from me as soon as one is yours."
TALK_GONE = "Your talk is off the list."
TALKS_TITLE = "Talks in order"
TALKS_NONE = "Nobody has signed up yet."
TALK_UP, TALK_OFF = "Earlier", "Remove"
TALK_REMARKS = {
    Said.YES: "",
    Said.MAYBE: " (has said maybe)",
    Said.NO: " (has said no)",
    Said.NOTHING: " (has not said yes)",
}
TALK_REMARK_WAITS = " (waits for a seat)"
TALK_STAYS = {
    Said.YES: "",
    Said.MAYBE: "Your lightning talk is still on the list. If you do not give it, please withdraw it.",
    Said.NO: "Your lightning talk is still on the list: please withdraw it, so that somebody else can give one.",
    Said.NOTHING: "You have a lightning talk, but have not said yes to the event. Please do, or withdraw the talk.",
}
TALK_STAYS_WAITING = (
    "Your lightning talk is on the list though you have no seat yet. If you get none, please withdraw it."
)
SOMEBODY = "Somebody who has left"

TOMORROW = "Tomorrow: {what}"
TODAY = "Today: {what}"
SOON = "In 15 minutes: {what}"
BEGINS = "Soon: {what}"
MOVED = "This has changed. It is now: {what}"
MOVED_KEEPS_SEAT = 'You keep your seat. Can you still come? If not, press "I cannot come": it goes to whoever waits.'
MOVED_KEEPS_PLACE = 'You keep your place in line. If you cannot come any more, press "I cannot come".'
MOVED_MAYBE = 'You said maybe. If you know better now, open it and say so, or press "I cannot come".'
MOVED_MAYBE_CLOSED = 'You said maybe. If you cannot come any more, press "I cannot come".'
NEWS_OFF = "Called off: {what}"
SEAT = "You have a seat now: {what}"
SLOT = "Your lightning talk has a slot now: {what}"
TALK_WAITS_AGAIN = "Your lightning talk waits for a slot again: {what}"
TALK_WAITS_AGAIN_MORE = "The order has changed. You hear from me when a slot is yours."
TALK_TAKEN_OFF = "Your lightning talk is not on the list any more: {what}"
TALK_TAKEN_OFF_MORE = "Thank you for offering it. If you would like to know more, please ask the host."
YOU_HOST = "You are the host now: {what}"
YOU_HOST_MORE = (
    "You see who comes, can change it, and note who was there. If it does not suit you, please say so soon to whoever "
    "planned it."
)
YOU_HOST_WEEKLY_MORE = f"It comes again in the weeks after it, and you host each of them. {YOU_HOST_MORE}"
YOU_HOST_NO_MORE = "Somebody else hosts this now: {what}"
YOU_HOST_NO_MORE_MORE = "There is nothing more for you to do as its host. Thank you for having been there for it."
CALENDAR = "For your calendar: {what}"
CANNOT = "I cannot come"
STATUS = {Status.PLANNED: "", Status.CALLED_OFF: OFF}
FILE_TITLE = "Calendar file"
