"""The kinds of session."""

LABELS = {
    "coaching": "Scholar support (coach)",
    "community": "Community manager",
    "urgent": "Community manager, urgent",
    "group": "Group session",
    "research": "Research management (mentor with coach)",
}
OFFERED = LABELS | {"office_hours": "Technical office hours"}
"""All that a phase of the program can leave out."""
