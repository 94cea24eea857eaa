"""The form in which a scholar books."""

from domain.daytime import OffHours

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
REPEAT = "Again?"
REPEAT_HINT = "At the same time of day on the clock of the person you meet. All of them are booked at once, or none."
REPEATS = {1: "Every week, {times} times in all", 2: "Every two weeks, {times} times in all"}
JUST_ONCE = "Just this once"
BOOKED_SERIES = "All {number} sessions are booked. You will get one message with the times, and reminders before each."
PARTS_OF_DAY = ("Night", "Morning", "Afternoon", "Evening")
OFF_HOURS = {OffHours.LATE: "late", OffHours.NIGHT: "night", OffHours.EARLY: "early"}
EARLY_OR_LATE = "Early or late"
ABOUT_MANY = "Choose somebody to read a few words about them."
BOOKED_TITLE = "You are booked"
BOOKED = "You will get a message with the time now, and a reminder 24 hours and 15 minutes before it begins."
BOOK_WHOSE = "Only scholars book sessions. Type /support to see what I can do for you."
