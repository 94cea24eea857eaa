"""The process: the only place where real things are made, wired together, started and stopped."""
