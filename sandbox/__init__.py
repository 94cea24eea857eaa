"""A strict local Slack workspace: Web API, both transports, a page. It knows nothing of the product."""
