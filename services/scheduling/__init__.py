"""Hours, offers, bookings, proposals and the messages that sessions bring."""
