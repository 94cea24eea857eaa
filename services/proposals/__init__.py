"""Somebody in support offers times; the scholar takes one, or none; who offered may take them back."""
