"""Slack behind the Messenger port: slack_sdk with its retries off, and a table from Slack's errors to ours."""

from bot.messenger.listing import LISTING_WAIT_SECONDS, PAGE_SIZE, member_of
from bot.messenger.slack import SlackMessenger
from bot.messenger.waiting import TIMEOUT_SECONDS

__all__ = ["LISTING_WAIT_SECONDS", "PAGE_SIZE", "TIMEOUT_SECONDS", "SlackMessenger", "member_of"]
