"""The digest: what waited, what is due, and the week ahead."""

TITLE = "Your digest"
NEWS = "*News for you*"
DUE = "*Due soon*"
WEEK = "*The week ahead*"
READ = "Read"
SHOW_ALL = "Show all"
MORE = "And {number} more."
SUMMARY = "Your digest: {parts}."
NEWS_PARTS = ("1 piece of news", "{number} pieces of news")
DUE_PARTS = ("1 deadline ahead", "{number} deadlines ahead")
WEEK_PARTS = ("1 event this week", "{number} events this week")
TIMES = "When it comes, and when I keep quiet, is up to you."
SET = "Quiet hours and digest"
AGAIN_INTRO = "Everything that still holds of your digest."
