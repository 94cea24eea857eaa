"""Sees to it that program messages reach people when and as often as they can bear, and that the rest is not lost."""
