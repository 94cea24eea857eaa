"""Who waits for a time to come free, and how they are offered one."""
