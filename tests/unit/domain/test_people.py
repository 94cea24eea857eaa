import pytest

from domain.people import email_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Ada.Okafor@Example.ORG", "ada.okafor@example.org"),
        (" ada@example.org\t", "ada@example.org"),
        ("åsa@example.org", "åsa@example.org"),
        ("", ""),
    ],
)
def test_address_is_compared_in_lower_case_without_spaces_around(written: str, key: str) -> None:
    assert email_key(written) == key


@pytest.mark.parametrize("look_alike", ["mi\u212ae@example.org", "m\u0130ke@example.org", "\uff4dike@example.org"])
def test_address_with_a_look_alike_letter_is_another_address(look_alike: str) -> None:
    assert email_key(look_alike) != "mike@example.org"
