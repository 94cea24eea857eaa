"""The program store: roster, members, program messages, pacing; nothing about who has support."""
