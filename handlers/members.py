"""Slack tells when somebody joins or changes; the local member table follows at once."""

from functools import partial

from domain.ports import WorkspaceMember
from handlers.reply import Reply
from handlers.request import Envelope
from services.members import Members
