"""One friendly offer to scholars who never booked, so that support is not only for those who ask first."""
