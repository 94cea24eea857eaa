"""Technical office hours: opening a line, joining it, helping, and letting a peer help."""
