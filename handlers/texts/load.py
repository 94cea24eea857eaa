"""What coaches see of each other's load."""

TITLE = "How much each carries"
EXPLAINED = (
    "Hours of coaching in the last {days} days, and booked ahead. Whoever carries least for their share is asked first "
    "when a scholar takes anyone. Only coaches see this."
)
LINE = "*{name}*: {held} h held, {ahead} h ahead{share}"
YOU = "{name} (you)"
SHARE = " (share {percent}%)"
WHOSE = "Only coaches see how much each of them carries. Type /support to see what I can do for you."
