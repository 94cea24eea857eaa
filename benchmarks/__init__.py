"""Measures the product against the bare thing beneath it: `python -m benchmarks`."""
