"""Sessions come to be, move, and end: every write to a booking and its cells goes through here."""
