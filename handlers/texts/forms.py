"""What stands on every form: its title and its buttons."""

APP_NAME = "Scholarbot"
CLOSE = "Close"
BACK = "Back"
EARLIER, LATER = "Earlier", "Later"
PAGE = "Page {page} of {pages}"
CHOOSE = "Choose"
AND_MORE = "and {number} more"

TICK_FIRST = "It is not saved yet. Please tick this if it may be so, or change what it is about."
