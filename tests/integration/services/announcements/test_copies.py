"""The second yes of a copy: whose words it took can give none to it."""

from dataclasses import replace

import pytest

from domain.announcements import NotYours, State
from domain.delivery import Tier
from domain.people import Role
from services.announcements.compose import Write, duplicate, write
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.look import overview
from services.announcements.send import NobodyElse, approve, send
from services.audit import trail
from tests.builders.announcements import TEXT, Desk, a_content
from tests.builders.people import put_person

CRITICAL = a_content(tier=Tier.CRITICAL)
OTHER = replace(CRITICAL, text=replace(TEXT, body="The room has changed."))


@pytest.mark.parametrize("as_template", [False, True])
def test_second_yes_of_who_wrote_what_was_copied_is_refused_and_they_are_not_asked(
    desk: Desk, *, as_template: bool
) -> None:
    for who in ("tim", "una"):
        put_person(desk.house.stores.program, who, Role.STAFF)
    tim = desk.house.person("tim")
    found = desk.draft(CRITICAL)
    command = Write(request_key="other", content=OTHER, id=found.id, version=found.version)
    found = write(desk.house.desk, desk.sue, command)
    model = duplicate(desk.house.desk, tim, found.id, request_key="model", as_template=as_template)
    copied = duplicate(desk.house.desk, tim, model.id, request_key="copy", as_template=False)
    waiting = send(desk.house.desk, tim, copied.id, version=copied.version)

    for writer in (desk.sam, desk.sue):
        with pytest.raises(NotYours):
            approve(desk.house.desk, writer, waiting.id, version=waiting.version)
        seen = overview(desk.house.desk, writer)
        assert ([*seen.to_approve], [each.announcement.id for each in seen.waiting]) == ([], [waiting.id])
    assert [row[0] for row in desk.rows(AnnouncementMessage.APPROVAL)] == ["una"]
    una = desk.house.person("una")
    assert approve(desk.house.desk, una, waiting.id, version=waiting.version).state is State.PLANNED


def test_what_one_of_two_copies_from_the_other_has_nobody_left_to_say_yes(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    copied = duplicate(desk.house.desk, desk.sue, found.id, request_key="copy", as_template=False)

    with pytest.raises(NobodyElse):
        send(desk.house.desk, desk.sue, copied.id, version=copied.version)


def test_copy_of_ones_own_words_may_be_said_yes_to_by_the_other(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    copied = duplicate(desk.house.desk, desk.sam, found.id, request_key="copy", as_template=False)
    waiting = send(desk.house.desk, desk.sam, copied.id, version=copied.version)

    assert approve(desk.house.desk, desk.sue, copied.id, version=waiting.version).state is State.PLANNED
    done = [(each.deed, each.by, each.about) for each in trail(desk.house.desk, desk.sam, copied.id)]
    assert done == [("approved", "Sue", ""), ("asked for a yes", "Sam", ""), ("written", "Sam", "")]
