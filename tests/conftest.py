"""What every test may use."""

pytest_plugins = [
    "tests.fixtures.engines",
    "tests.fixtures.desks",
    "tests.fixtures.workspaces",
    "tests.fixtures.products",
    "tests.fixtures.processes",
    "tests.fixtures.logs",
]
