"""The messages that sessions bring: planned with the booking, looked up and judged anew when they are sent."""
