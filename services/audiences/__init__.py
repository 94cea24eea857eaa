"""Finds out whom something is for: from a query over the roster to the people who are meant at this moment."""
