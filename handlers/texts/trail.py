"""What happened to an announcement, a deadline or an event."""

TITLE, ALL = "What happened", "All that happened"
NONE = "Nothing has happened to it yet."
LINE = "{when}: {deed}"
LINE_BY = "{when}: {deed} by *{name}*"
CONCERNS = "{deed} ({concerns})"
