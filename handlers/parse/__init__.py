"""From Slack's payloads to values; whatever cannot be read becomes a sentence at its field."""
