"""From frozen data to Block Kit; pure functions that ask nobody."""
