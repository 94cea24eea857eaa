"""The workspace stands apart: it imports nothing of the product, and its core nothing of its page."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sandbox

ROOT = Path(sandbox.__file__).parent
PRODUCT = {"bot", "handlers", "services", "storage", "domain", "tests"}


def _imports(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            yield from ((str(file.relative_to(ROOT)), name) for name in names)


@pytest.fixture(scope="module")
def imports() -> list[tuple[str, str]]:
    """Every file of the sandbox with each module it imports."""
    return list(_imports(ROOT))


def test_sandbox_imports_nothing_of_the_product(imports: list[tuple[str, str]]) -> None:
    assert len(imports) > 300
    assert [each for each in imports if each[1].partition(".")[0] in PRODUCT] == []


def test_core_imports_nothing_of_the_page_but_where_it_is_mounted(imports: list[tuple[str, str]]) -> None:
    core = [each for each in imports if not each[0].startswith("page")]

    of_the_page = [each for each in core if each[1].startswith(("sandbox.page", "nicegui"))]

    assert of_the_page == [("__main__.py", "sandbox.page")]
