"""The repository as its readers find it: which files there are, and what a page of Markdown links to."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE = {".git", ".venv", ".hypothesis", "var", "dist", "__pycache__"}
"""What running and installing leave behind; caches and `*.egg-info` besides."""
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_OUTSIDE = ("https://", "http://", "mailto:")


@cache
def files(folder: Path = ROOT) -> tuple[Path, ...]:
    """Every file that belongs to the repository, sorted."""
    return tuple(sorted(_walk(folder)))


@cache
def pages() -> tuple[Path, ...]:
    """Every page of Markdown."""
    return tuple(path for path in files() if path.suffix == ".md")


def short(path: Path) -> str:
    """A path as one writes it in the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    """A file's text."""
    return path.read_text("utf-8")


def links(page: str) -> list[str]:
    """What a page links to inside the repository, anchors included; code is no link."""
    return [target for target in _LINK.findall(_FENCE.sub("", page)) if not target.startswith(_OUTSIDE)]


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    return {_anchor(heading) for heading in _HEADING.findall(_FENCE.sub("", page))}


def code(page: str) -> list[str]:
    """Everything in a page that is set as code: spans, and the lines of blocks."""
    blocks = [line for block in _FENCE.findall(page) for line in block.splitlines()[1:-1]]
    return [*blocks, *re.findall(r"`([^`\n]+)`", _FENCE.sub("", page))]


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in MADE or path.name.endswith(("_cache", ".egg-info", ".pyc")) or path.name == ".env":
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _anchor(heading: str) -> str:
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
