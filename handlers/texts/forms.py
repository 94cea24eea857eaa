"""What stands on every form: its title and its buttons."""

APP_NAME = "Scholarbot"
CLOSE = "Close"
BACK = "Back"
EARLIER, LATER = "Earlier", "Later"
CHOOSE = "Choose"
AND_MORE = "and {number} more"
