"""Where a session is held: a room, a link or a phone number, for every site or for one."""

import re
from dataclasses import dataclass

from domain.errors import DomainError

PLACE_KINDS = ("room", "link", "phone")
_NO_SITES = frozenset({*PLACE_KINDS, "http", "https"})
_LINK_BEGINNINGS = ("https://", "http://")
_LINK = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
_NO_LINK = "Please write the whole link, like https://meet.example.org/me, without any spaces."


class InvalidPlace(DomainError):
    """Please write a place like "room: 4.12", "link: https://meet.example.org/me" or "phone: +1 555 0100"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`detail` is what a person needs to get there; `kind` is one of `PLACE_KINDS`."""

    kind: str
    detail: str

    @property
    def is_link(self) -> bool:
        """Whether it can be followed: a whole address of the web, and nothing that could pass for something else."""
        return self.kind == "link" and _LINK.fullmatch(self.detail) is not None


def parse_place(text: str, *, field: str) -> Place:
    """A place as people write it; without a kind, a link is seen and anything else is a room. Raises `InvalidPlace`."""
    plain = text.strip()
    kind, colon, detail = plain.partition(":")
    is_named = bool(colon) and kind.strip().lower() in PLACE_KINDS
    if not plain or (is_named and not detail.strip()):
        raise InvalidPlace(field=field)
    if is_named:
        place = Place(kind=kind.strip().lower(), detail=detail.strip())
    else:
        place = Place(kind="link" if plain.lower().startswith(_LINK_BEGINNINGS) else "room", detail=plain)
    if place.kind == "link" and not place.is_link:
        raise InvalidPlace(_NO_LINK, field=field)
    return place


def parse_site_places(text: str, *, field: str) -> dict[str, Place]:
    """One site a line, "London: room: 4.12". Raises `InvalidPlace` naming the line."""
    places: dict[str, Place] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        site, colon, place = line.partition(":")
        if not colon or not site.strip() or site.strip().lower() in _NO_SITES or site.strip() in places:
            raise InvalidPlace(
                f"Line {number}: please write a site once and its place, like London: room 4.12.", field=field
            )
        try:
            places[site.strip()] = parse_place(place, field=field)
        except InvalidPlace as problem:
            raise InvalidPlace(f"Line {number}: {problem.message}", field=field) from None
    return places
