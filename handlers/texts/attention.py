"""When the program leaves somebody alone, and when their digest comes."""

TITLE = "Quiet hours and digest"
OPEN = "Quiet hours and digest"
SAVE = "Save"
INTRO = "By the clock where you are: {zone}. Only you see this."
GIVES_WAY = (
    "In quiet hours I keep announcements, deadlines and events until they end. What would be too late then comes at "
    "once: the last word on a deadline, and whatever is over by then or within the hour. Messages about your sessions "
    "always come."
)
QUIET = "Quiet hours"
QUIET_ON = "Keep quiet between these times"
QUIET_OFF = "No quiet hours"
BEGIN = "From"
END = "Until"
END_HINT = "Over midnight when it is the earlier one. 16 hours at the most."
RHYTHM = "Digest of what is not urgent"
RHYTHM_HINT = (
    "What was more than the messages of your day comes in a digest on the next day, also where you have one a week."
)
DAILY = "Every day"
WEEKLY = "Once a week"
AT = "At"
AT_HINT = "Should that be in your quiet hours, it comes when they end. There is none when there is nothing to tell."
WEEKDAY = "Day of the weekly digest"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHOOSE_TIME = "Please choose a time."
CHOOSE_ONE = "Please choose one of these."
SAVED_QUIET = "Saved. I keep quiet from {begin} to {end}."
SAVED_LOUD = "Saved. You have no quiet hours."
SAVED_NEXT = "Your next digest comes {when}, if there is something to tell."
