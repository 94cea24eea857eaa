"""Unit, integration and end-to-end tests, mirroring the tree."""
