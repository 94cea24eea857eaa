"""Busy times from somebody's own calendar outside: only when, never what (decision 0029)."""
