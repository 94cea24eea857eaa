"""The confidential store: hours, bookings and everything said about support."""
