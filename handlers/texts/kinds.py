"""The kinds of session."""

LABELS = {
    "coaching": "Scholar support (coach)",
    "community": "Community manager",
    "urgent": "Community manager, urgent",
    "group": "Group session",
    "research": "Research management (mentor with coach)",
}
