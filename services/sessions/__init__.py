"""People look at their own sessions; who may see which, and what a session is about."""
