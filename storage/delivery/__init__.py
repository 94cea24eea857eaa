"""The delivery ledger: one table shape in both stores, and everything that may happen to a row."""
