"""A strict local Slack workspace: Web API, Socket Mode and signed HTTP, a page to act as anyone. It imports nothing of the product."""
