"""The digest: what waited, what is due, and the week ahead."""

TITLE = "Your digest"
NEWS = "*News for you*"
DUE = "*Deadlines*"
WEEK = "*The week ahead*"
READ, DETAILS = "Read", "Details"
SHOW_ALL = "Show all"
MORE = "And {number} more."
MORE_NEWS = 'And {number} more: press "Show all".'
MORE_DUE = "And {number} more. All of them stand in /deadlines, which opens from Home too."
MORE_WEEK = "And {number} more. All of them stand in /events, which opens from Home too."
SUMMARY = "Your digest: {parts}."
NEWS_PARTS = ("1 piece of news", "{number} pieces of news")
DUE_PARTS = ("1 open deadline", "{number} open deadlines")
DUE_AT = "Due {when}"
WAS_DUE = "Was due {when}"
WEEK_PARTS = ("1 event this week", "{number} events this week")
SET = "Quiet hours and digest"
AGAIN_INTRO = "Everything that still holds of your digest."
