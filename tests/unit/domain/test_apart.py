"""The domain needs the standard library and itself. The import contract forbids by name; this holds for any name."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import domain

ROOT = Path(domain.__file__).parent
ALLOWED = sys.stdlib_module_names | {"domain"}


def _modules(tree: ast.AST) -> Iterator[str]:
    """What is imported, wherever it stands in the file; a relative import cannot leave the domain."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("file", sorted(ROOT.rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_module_of_the_domain_imports_the_standard_library_and_the_domain_only(file: Path) -> None:
    imported = set(_modules(ast.parse(file.read_text("utf-8"))))

    assert sorted(name for name in imported if name.partition(".")[0] not in ALLOWED) == []


def test_domain_has_modules_that_import_both() -> None:
    imported = {name for file in ROOT.rglob("*.py") for name in _modules(ast.parse(file.read_text("utf-8")))}

    assert {"datetime", "domain.times"} <= imported
