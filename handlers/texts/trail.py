"""What happened to an announcement, a deadline or an event."""

TITLE = "What happened"
LINE = "{when}: {deed}"
LINE_BY = "{when}: {deed} by *{name}*"
CONCERNS = "{deed} ({concerns})"
