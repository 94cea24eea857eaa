"""Slack's surface: requests in, views and answers out; one module per feature, no rules and no queries."""
