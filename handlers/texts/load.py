"""What coaches see of each other's load."""

TITLE = "How much each carries"
EXPLAINED = (
    "Hours of coaching in the last {days} days, and booked ahead, as they were when the day began in UTC. Whoever "
    "carries least for their share is asked first when a scholar takes anyone. Only coaches who don't also "
    "mentor, grade or evaluate see this."
)
LINE = "*{name}*: {held} h held, {ahead} h ahead{share}"
YOU = "{name} (you)"
SHARE = " (share {percent}%)"
NOT_BOTH = (
    "How much coaches carry is shown only to those who don't also mentor, grade or evaluate, so that scholars can book "
    "freely. Thank you for understanding."
)
WHOSE = "Only coaches see how much each of them carries."
