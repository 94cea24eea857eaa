from typing import Any

import pytest
from pydantic import ValidationError

from sandbox.seed import Seed, SeedChannel, SeedUser
from sandbox.workspace import Workspace


@pytest.mark.parametrize(
    "wrong",
    [
        {"sparkle": 1},
        {"users": [{"name": "ada"}]},
        {"users": [{"name": "ada", "real_name": "Ada", "role": "scholar"}]},
        {"channels": [{"name": "general", "topic": "all"}]},
        {
            "apps": [
                {
                    "manifest": {},
                    "bot_token": "xoxb-1",
                    "app_token": "xapp-1",
                    "signing_secret": "s",
                    "transport": "fax",
                }
            ]
        },
    ],
)
def test_seed_with_unknown_or_missing_field_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Seed.model_validate(wrong)


def test_channel_with_unknown_member_is_refused() -> None:
    with pytest.raises(LookupError, match="no user named bo"):
        Workspace(Seed(channels=[SeedChannel(name="general", members=["bo"])]))


def test_people_are_the_humans_who_can_sign_in_by_name() -> None:
    users = [
        SeedUser(name="bo", real_name="Bo"),
        SeedUser(name="ada", real_name="Ada"),
        SeedUser(name="robot", real_name="Robot", is_bot=True),
        SeedUser(name="gone", real_name="Gone", deleted=True),
    ]

    assert [user.name for user in Workspace(Seed(users=users)).people()] == ["ada", "bo"]
