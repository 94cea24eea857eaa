"""Deadlines: set and changed by staff, met or put off by those they are for, with a ladder of reminders for each."""
