from pathlib import Path

import pytest

from tests.looking.documents import ROOT, anchors, links, pages, short, text


def broken(page: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    return [target for target in links(text(page)) if not _leads_somewhere(page, target)]


def _leads_somewhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    found = page if not name else (page.parent / name).resolve()
    if not found.is_relative_to(ROOT) or not found.exists():
        return False
    return not anchor or anchor in anchors(text(found))


@pytest.mark.parametrize("page", pages(), ids=short)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_links_and_anchors_are_found_outside_of_code() -> None:
    page = "# The way, there\n[a](b.md#c)\n```\n# no heading\n[x](y.md)\n```\n[out](https://example.org)\n"

    assert links(page) == ["b.md#c"]
    assert anchors(page) == {"the-way-there"}


def test_every_page_of_docs_can_be_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    reached, ahead = set(), [index]
    while ahead:
        page = ahead.pop()
        reached.add(page)
        targets = {(page.parent / target.partition("#")[0]).resolve() for target in links(text(page))}
        ahead += [each for each in targets if each.suffix == ".md" and each.is_file() and each not in reached]

    assert [short(page) for page in pages() if page.is_relative_to(ROOT / "docs") and page not in reached] == []
