"""When somebody in support can be booked: their week, what changes it, what it is set aside for, and who stands in."""
