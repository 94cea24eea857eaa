"""Somebody's own calendar outside: fetched with strict limits, made sense of in a process that can be ended."""

from bot.calendars.reader import WebCalendarReader

__all__ = ["WebCalendarReader"]
