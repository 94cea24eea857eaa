"""The bare things measured beside the product in the same run."""
