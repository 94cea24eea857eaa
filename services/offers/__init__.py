"""What can be booked, with whom and when; why there is nothing; and who takes it when anyone may."""
