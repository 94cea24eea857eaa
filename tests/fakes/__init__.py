"""Fakes of the ports, each held to the real one by a shared contract test."""
