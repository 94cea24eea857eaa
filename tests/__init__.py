"""Unit, integration and end-to-end tests, mirroring the tree; what they share lies in the folders beside them."""
