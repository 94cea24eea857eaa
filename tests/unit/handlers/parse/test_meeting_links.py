import pytest

from domain.errors import DomainError
from domain.kinds import COACHING
from domain.places import Place
from handlers.ids import Field
from handlers.parse.hours import place_field, profile_form, site_places_field
from tests.builders.sessions import a_form, chosen_several, typed

AT_PLACE = place_field(COACHING)
AT_SITES = site_places_field(COACHING)
WHOLE = "Please write the whole link, like https://meet.example.org/me, without any spaces."


def places_of(field: str, text: str) -> dict[str, Place]:
    """Where somebody is met who types this into one of the two fields."""
    form = a_form({AT_PLACE: typed(None), field: typed(text), Field.FOCUS: chosen_several("career")})
    return dict(profile_form(form, [COACHING]).places[COACHING])


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        (AT_PLACE, "link: ftp://meet.example.org/me", WHOLE),
        (AT_PLACE, "link: javascript:alert(1)", WHOLE),
        (AT_PLACE, "https://meet.example.org/ me", WHOLE),
        (AT_PLACE, "https://meet.example.org/me|here", WHOLE),
        (AT_PLACE, "https://meet.example.org/<me", WHOLE),
        (AT_PLACE, "https://meet.example.org/me>", WHOLE),
        (AT_SITES, "London: 4.12\nOxford: link: meet.example.org", f"Line 2: {WHOLE}"),
    ],
)
def test_link_that_is_not_whole_is_told_at_its_field(field: str, text: str, says: str) -> None:
    with pytest.raises(DomainError) as refusal:
        places_of(field, text)

    assert (refusal.value.field, refusal.value.message) == (field, says)


def test_whole_link_is_kept_as_typed() -> None:
    typed_link = "https://meet.example.org/me?a=1&b=2"

    assert places_of(AT_PLACE, typed_link) == {"": Place(kind="link", detail=typed_link)}
