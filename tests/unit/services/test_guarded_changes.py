"""Whoever changes what they have read looks whether it came in: else somebody is told of what did not happen."""

import ast
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[3]
_MAY_BE_LATE = {"storage.confidential.office_hours_queries.change_transfer"}
"""Whoever was quicker has ended the suggestion, or it lapses by itself."""


def trees(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every module below a folder, with its path from the root."""
    for path in sorted((_ROOT / folder).rglob("*.py")):
        yield path.relative_to(_ROOT), ast.parse(path.read_text())


def guarded() -> set[str]:
    """The full names of all statements that change something only if it is still as it was read, and say so."""
    return {
        ".".join((*path.with_suffix("").parts, each.name))
        for path, tree in trees("storage")
        for each in tree.body
        if isinstance(each, ast.FunctionDef) and each.name.startswith("change") and _says_whether(each)
    }


def _says_whether(function: ast.FunctionDef) -> bool:
    return isinstance(function.returns, ast.Name) and function.returns.id == "bool"


def unasked(tree: ast.Module) -> Iterator[str]:
    """The full names of what a module calls without looking at the answer."""
    imported = {
        alias.asname or alias.name: f"{each.module}.{alias.name}"
        for each in ast.walk(tree)
        if isinstance(each, ast.ImportFrom)
        for alias in each.names
    }
    for each in ast.walk(tree):
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call):
            match each.value.func:
                case ast.Name(id=name):
                    yield imported.get(name, name)
                case ast.Attribute(value=ast.Name(id=module), attr=name):
                    yield f"{imported.get(module, module)}.{name}"


def test_nobody_passes_over_whether_a_change_came_in() -> None:
    found = guarded() - _MAY_BE_LATE

    passed_over = [f"{path}: {name}" for path, tree in trees("services") for name in unasked(tree) if name in found]

    assert "storage.program.announcement_queries.change" in found
    assert passed_over == []
