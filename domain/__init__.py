"""Rules, values and ports; the standard library only."""
