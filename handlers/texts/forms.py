"""What stands on every form: its title and its buttons."""

APP_NAME = "Scholarbot"
CLOSE = "Close"
BACK = "Back"
CHOOSE = "Choose"
AND_MORE = "and {number} more"
