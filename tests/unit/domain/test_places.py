"""Places as people write them."""

import pytest

from domain.places import InvalidPlace, Place, parse_place, parse_site_places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("room: 4.12", Place(kind="room", detail="4.12")),
        (" Room :  4.12 ", Place(kind="room", detail="4.12")),
        ("LINK: https://meet.example.org/me", Place(kind="link", detail="https://meet.example.org/me")),
        ("https://meet.example.org/me", Place(kind="link", detail="https://meet.example.org/me")),
        ("phone: +1 555 0100", Place(kind="phone", detail="+1 555 0100")),
        ("Room 4.12", Place(kind="room", detail="4.12")),
        ("room B12, second door", Place(kind="room", detail="B12, second door")),
        ("room: Room 4.12", Place(kind="room", detail="4.12")),
        ("Phone +1 555 0100", Place(kind="phone", detail="+1 555 0100")),
        ("link https://meet.example.org/me", Place(kind="link", detail="https://meet.example.org/me")),
        ("Room with a view", Place(kind="room", detail="Room with a view")),
        ("Phone box by the 2nd gate", Place(kind="room", detail="Phone box by the 2nd gate")),
        ("link: https://meet.example.org/me", Place(kind="link", detail="https://meet.example.org/me")),
        ("room: zoom.us/j/123", Place(kind="room", detail="zoom.us/j/123")),
        ("St. John 4.12", Place(kind="room", detail="St. John 4.12")),
        ("4.12, second door", Place(kind="room", detail="4.12, second door")),
        ("Building B: 4.12", Place(kind="room", detail="Building B: 4.12")),
    ],
)
def test_parse_place_takes_a_kind_sees_a_link_or_means_a_room(text: str, place: Place) -> None:
    assert parse_place(text, field="place") == place


@pytest.mark.parametrize("text", ["", "  ", "room:", "phone: "])
def test_parse_place_without_a_place_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(InvalidPlace) as refused:
        parse_place(text, field="place")

    assert (refused.value.field, refused.value.message) == ("place", str(InvalidPlace()))


@pytest.mark.parametrize(
    "text",
    [
        "link: meet.example.org/me",
        "link meet.example.org/me",
        "zoom.us/j/123",
        "Meet.Example.org:8443/me",
        "www.example.org",
        "link: javascript:alert(1)",
        "https://",
        "https://meet.example.org/me, or the second room",
        "https://meet.example.org/me|here",
        "link: https://meet.example.org/<me>",
    ],
)
def test_parse_place_takes_whole_links_alone(text: str) -> None:
    with pytest.raises(InvalidPlace, match="Please write the whole link, like https://"):
        parse_place(text, field="place")


@pytest.mark.parametrize(
    ("place", "is_link"),
    [
        (Place(kind="link", detail="https://meet.example.org/me?a=1&b=2"), True),
        (Place(kind="link", detail="HTTPS://meet.example.org/me"), True),
        (Place(kind="link", detail="https://a.example|https://b.example"), False),
        (Place(kind="room", detail="https://meet.example.org/me"), False),
    ],
)
def test_place_that_can_be_followed(place: Place, is_link: bool) -> None:  # noqa: FBT001
    assert place.is_link is is_link


@pytest.mark.parametrize(
    ("place", "is_number"),
    [
        (Place(kind="room", detail="4.12"), True),
        (Place(kind="room", detail="B12, second door"), True),
        (Place(kind="room", detail="Attic"), False),
        (Place(kind="room", detail="221B Baker Street"), False),
        (Place(kind="phone", detail="4.12"), False),
    ],
)
def test_room_that_is_told_by_its_number(place: Place, is_number: bool) -> None:  # noqa: FBT001
    assert place.is_room_number is is_number


def test_parse_site_places_takes_one_site_a_line() -> None:
    places = parse_site_places("London: room: 4.12\n\n Berkeley : phone: +1 555 0100\n", field="sites")

    assert places == {
        "London": Place(kind="room", detail="4.12"),
        "Berkeley": Place(kind="phone", detail="+1 555 0100"),
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("London", "Line 1: please write a site once and its place, like London: room 4.12."),
        ("room: 4.12", "Line 1: please write a site once and its place, like London: room 4.12."),
        ("https://meet.example.org/me", "Line 1: please write a site once and its place, like London: room 4.12."),
        (": 4.12", "Line 1: please write a site once and its place, like London: room 4.12."),
        ("London: 4\nLondon: 5", "Line 2: please write a site once and its place, like London: room 4.12."),
        ("London: 4\n\nBerkeley: room:", f"Line 3: {InvalidPlace()}"),
    ],
)
def test_parse_site_places_names_the_line_at_fault(text: str, sentence: str) -> None:
    with pytest.raises(InvalidPlace) as refused:
        parse_site_places(text, field="sites")

    assert (refused.value.field, refused.value.message) == ("sites", sentence)
