"""Keeps the process's memory, with keys and private words in it, off the disk."""

import resource


def leave_no_core() -> None:
    """Let no crash of this process, or of one that it starts, write its memory into a file. Cannot be taken back."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
