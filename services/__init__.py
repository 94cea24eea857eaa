"""Use cases, named by verb; one call is one transaction, and none of them knows Slack."""
