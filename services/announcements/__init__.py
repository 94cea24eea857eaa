"""Announcements: written, said yes to by a second person where critical, sent by tier, acknowledged, followed up."""
