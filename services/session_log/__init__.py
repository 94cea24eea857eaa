"""What became of sessions: the two are asked once one is over, the log is kept, the scholar's answer is sealed."""
