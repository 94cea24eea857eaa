import pytest

from bot.organizer import organizer_of
from bot.settings import Settings
from domain.sealing import StartRefused


def test_organizer_is_the_address_without_blanks_around_it() -> None:
    settings = Settings(scholarbot_program_email=" support@example.org ")

    assert organizer_of(settings) == "support@example.org"


@pytest.mark.parametrize(
    "address",
    [
        "support",
        "support@",
        "support@example",
        "Support <support@example.org>",
        "mailto:support@example.org",
        "a@b.c\x07",
    ],
)
def test_organizer_that_is_no_address_is_refused_by_name(address: str) -> None:
    with pytest.raises(StartRefused, match=r"^SCHOLARBOT_PROGRAM_EMAIL is not an email .*support@example\.org\.$"):
        organizer_of(Settings(scholarbot_program_email=address))


@pytest.mark.parametrize("address", ["", " "])
def test_organizer_that_is_missing_is_refused_by_name(address: str) -> None:
    with pytest.raises(StartRefused, match=r"^SCHOLARBOT_PROGRAM_EMAIL must be set"):
        organizer_of(Settings(scholarbot_program_email=address))
