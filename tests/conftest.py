"""What every test may use."""

pytest_plugins = ["tests.engines", "tests.desks", "tests.workspaces", "tests.products", "tests.processes", "tests.logs"]
