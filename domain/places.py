"""Where a session is held: a room, a link or a phone number, for every site or for one."""

import re
from dataclasses import dataclass

from domain.errors import DomainError

PLACE_KINDS = ("room", "link", "phone")
_NO_SITES = frozenset({*PLACE_KINDS, "http", "https"})
_BARE_LINK = r"www\.\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/|:\d)\S*"
"""An address of the web without what makes it one: "www.example.org", "zoom.us/j/123"."""
_LOOKS = {
    "room": re.compile(r"(?=\S*\d)\S+(?:,.*)?", re.DOTALL),
    "link": re.compile(rf"https?://.*|{_BARE_LINK}", re.IGNORECASE | re.DOTALL),
    "phone": re.compile(r"[+(\d][\d\s().+/-]*"),
}
"""What can be told for one of the kinds: a room's number, an address, a phone number."""
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

    @property
    def is_room_number(self) -> bool:
        """Whether it is a room told by its number, "4.12, second door", and not by a name of its own."""
        return self.kind == "room" and _LOOKS["room"].fullmatch(self.detail) is not None


def parse_place(text: str, *, field: str) -> Place:
    """A place as people write it; without a kind, a link is seen and anything else is a room. Raises `InvalidPlace`."""
    kind, detail = _named(text.strip())
    if not detail:
        raise InvalidPlace(field=field)
    if not kind:
        kind = "link" if _LOOKS["link"].fullmatch(detail) else "room"
    place = Place(kind=kind, detail=detail)
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


def _named(plain: str) -> tuple[str, str]:
    """Kind and detail of "room: 4.12", also of "room 4.12" but not of "room with a view"; "" for a kind not named."""
    before, colon, after = plain.partition(":")
    if colon and before.strip().lower() in PLACE_KINDS:
        kind, detail = before.strip().lower(), after.strip()
        return kind, _without(kind, detail)
    return next(((kind, rest) for kind in PLACE_KINDS if (rest := _without(kind, plain)) != plain), ("", plain))


def _without(kind: str, plain: str) -> str:
    """The text without the kind as its first word, if what follows can be told for one."""
    word, _, rest = plain.partition(" ")
    is_named = word.lower() == kind and _LOOKS[kind].fullmatch(rest.strip())
    return rest.strip() if is_named else plain
