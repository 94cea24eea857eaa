"""Who answered what when somebody was asked for a second yes, as whoever opens it later reads."""

from dataclasses import replace
from datetime import timedelta

from domain.delivery import Tier
from services.announcements.answers import Answer, answer_of
from services.announcements.compose import Write, content_of, write
from services.announcements.deeds import AS_IMPORTANT, REFUSED
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up
from services.announcements.send import approve, refuse, send, send_as_important
from tests.builders.announcements import TEXT, Desk, a_content, request_key


def waiting(desk: Desk) -> Announcement:
    """Sam's, for which Sue is asked for a yes."""
    found = desk.draft(a_content(tier=Tier.CRITICAL))
    return send(desk.house.desk, desk.sam, found.id, version=found.version)


def test_no_is_known_with_whose_it_was_until_something_in_it_changes(desk: Desk) -> None:
    found = waiting(desk)
    before = answer_of(desk.house.desk, found)
    refused = refuse(desk.house.desk, desk.sue, found.id, version=found.version, why="")
    after = answer_of(desk.house.desk, refused)

    other = replace(content_of(refused), text=replace(TEXT, body="Another text."))
    command = Write(request_key=request_key(), content=other, id=found.id, version=refused.version)
    changed = write(desk.house.desk, desk.sam, command)

    assert (before, after) == (None, Answer(deed=REFUSED, by="Sue"))
    assert answer_of(desk.house.desk, changed) is None


def test_no_is_over_once_it_is_sent_off_again(desk: Desk) -> None:
    found = waiting(desk)
    refused = refuse(desk.house.desk, desk.sue, found.id, version=found.version, why="")

    again = send(desk.house.desk, desk.sam, found.id, version=refused.version)

    assert answer_of(desk.house.desk, again) is None


def test_that_it_went_as_important_stays_known_and_a_yes_stands_under_it_anyway(desk: Desk) -> None:
    late, said_yes = waiting(desk), waiting(desk)
    approve(desk.house.desk, desk.sue, said_yes.id, version=said_yes.version)
    desk.house.clock.advance(timedelta(minutes=16))
    follow_up(desk.house.desk)
    send_as_important(desk.house.desk, desk.sam, late.id)
    follow_up(desk.house.desk)

    answers = [answer_of(desk.house.desk, desk.now(each)) for each in (late, said_yes)]

    assert answers == [Answer(deed=AS_IMPORTANT, by="Sam"), None]
