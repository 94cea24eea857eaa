"""What is measured over HTTP, each in a process of its own: the product, and the bare echo beneath it."""
