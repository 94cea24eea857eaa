"""What the measured servers and the load generator must agree on."""

TEAM = "T0MEASURED"
BOT_USER = "U0BOT"
SIGNING_SECRET = "measured"  # noqa: S105 a server on loopback that ends with the run
BOT_TOKEN = "unused"  # noqa: S105 nothing is asked of Slack
EVENTS_PATH = "/slack/events"
THREADS = 4
"""The default of SCHOLARBOT_HTTP_THREADS, for the floor too."""
