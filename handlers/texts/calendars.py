"""Somebody's own calendars outside: what is read of them, how fresh it is, and what to do when it cannot be read."""

from domain.feeds import FeedState

TITLE = "Your own calendar"
OPEN = "Your own calendar"
WHAT = (
    "What takes your time in a calendar elsewhere is then offered to nobody. I keep only from when to when, never "
    "what, and I write nothing into it. Sessions already booked stay."
)
ADDRESS = "Private address of a calendar"
ADDRESS_HINT = (
    "Google: the calendar's settings, Secret address in iCal format. Outlook: Shared calendars, Publish, the ICS link. "
    "Others: export or subscription link. It is sealed and not shown again."
)
READ_NOW = "Read now"
REMOVE = "Remove"
SOON = "I will read it within a minute. Open this again to see how it went."
SAVED = f"Saved. {SOON}"
NO_HOST = "A calendar"
FRESH = "Read {age}; {ahead} in the next eight weeks."
NOT_YET = "Not read yet: it takes a minute. Open this again to see how it went."
LAST_READ = "Last read {age}. What was known then still counts."
NEVER_READ = "It has not been read yet, so nothing of it counts."
ONE_BUSY, BUSY = "1 busy time", "{number} busy times"
NO_BUSY = "no busy times"
ONE_SKIPPED, SKIPPED = (
    "1 entry makes no sense to me and does not count.",
    "{number} entries make no sense to me and do not count.",
)
JUST_NOW = "just now"
ONE_MINUTE, MINUTES_AGO = "1 minute ago", "{number} minutes ago"
ONE_HOUR, HOURS_AGO = "1 hour ago", "{number} hours ago"
ONE_DAY, DAYS_AGO = "1 day ago", "{number} days ago"
REMOVE_SURE = "Remove this calendar?"
REMOVE_WHAT = "What it takes is offered again at once."
KEEP = "Keep"
MEETS = "Your own calendar has something else at the time of a session: {times}"
UNREAD = (
    "Your own calendar has not been read for a day, so appointments you made since may be offered as free. What was "
    "known before still counts. Type /hours and press Your own calendar to see why."
)
OPEN_HOURS = "Your hours"
_ANEW = "Please remove it, copy its private address again and add it."
PROBLEMS = {
    FeedState.AWAY: "The server did not answer as it should. I try again by myself; nothing to do unless it lasts.",
    FeedState.UNTRUSTED: "The server has no valid certificate, so I do not read it. Whoever runs it can mend that.",
    FeedState.REFUSED: f"The server does not let me read it. Sharing may have been switched off. {_ANEW}",
    FeedState.MISSING: f"There is no calendar at this address any more. {_ANEW}",
    FeedState.INSIDE: (
        "This address lies inside a network that I may not look into. Please remove it and use an address that can be "
        "reached from the internet."
    ),
    FeedState.NO_CALENDAR: (
        "What I find there is no calendar but a page, or only half of one. Please remove it and copy the private "
        "address in iCal (ICS) format."
    ),
    FeedState.TOO_LARGE: (
        "This calendar is larger than I can read. Please remove it and publish one with fewer years, or with busy "
        "times alone."
    ),
    FeedState.TOO_MUCH: (
        "This calendar holds more than I can work through. Please remove it and publish one with fewer entries, or "
        "with busy times alone."
    ),
}
