"""Where a session is held: a room, a link or a phone number, for every site or for one."""

from dataclasses import dataclass

from domain.errors import DomainError

PLACE_KINDS = ("room", "link", "phone")
_LINK_BEGINNINGS = ("https://", "http://")


class InvalidPlace(DomainError):
    """Please write a place like "room: 4.12", "link: https://meet.example.org/me" or "phone: +1 555 0100"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`detail` is what a person needs to get there; `kind` is one of `PLACE_KINDS`."""

    kind: str
    detail: str


def parse_place(text: str, *, field: str) -> Place:
    """A place as people write it; without a kind, a link is seen and anything else is a room. Raises `InvalidPlace`."""
    plain = text.strip()
    kind, colon, detail = plain.partition(":")
    if colon and kind.strip().lower() in PLACE_KINDS and detail.strip():
        return Place(kind=kind.strip().lower(), detail=detail.strip())
    if not plain or (colon and kind.strip().lower() in PLACE_KINDS):
        raise InvalidPlace(field=field)
    return Place(kind="link" if plain.startswith(_LINK_BEGINNINGS) else "room", detail=plain)


def parse_site_places(text: str, *, field: str) -> dict[str, Place]:
    """One site a line, "London: room: 4.12". Raises `InvalidPlace` naming the line."""
    places: dict[str, Place] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        site, colon, place = line.partition(":")
        if not colon or not site.strip() or site.strip().lower() in PLACE_KINDS or site.strip() in places:
            raise InvalidPlace(
                f"Line {number}: please write a site once and its place, like London: room 4.12.", field=field
            )
        try:
            places[site.strip()] = parse_place(place, field=field)
        except InvalidPlace as problem:
            raise InvalidPlace(f"Line {number}: {problem.message}", field=field) from None
    return places
