"""Somebody changes an announcement in the moment in which something else is done with it: one of the two happens.

The second one is on another replica; on SQLite there is one writer at a time anyway.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import Connection, select

from domain.announcements import ChangedMeanwhile, NoAnnouncement, State
from domain.audience import Audience
from domain.delivery import Tier
from domain.errors import StoreBusy
from services.announcements.compose import Write, discard, write
from services.announcements.correct import Correct, correct, nudge, retract
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up
from services.announcements.send import approve, refuse, send, send_as_important
from services.audit import trail
from storage.program import announcement_queries
from storage.program.announcement_queries import reader, unreached
from tests.acting.rivals import at_once, failures, results
from tests.builders.announcements import TEXT, Desk, a_content, request_key
from tests.builders.people import PROGRAM
from tests.fixtures.desks import House, replica

ADA_ALONE = Audience(people=("ada",))
OTHER = replace(TEXT, body="The room has changed.")
LONG_ENOUGH_SECONDS = 0.3
"""For a rival that does not wait to have written."""
Act = Callable[[House], object]


@contextmanager
def just_then(desk: Desk, patch: pytest.MonkeyPatch, act: Act) -> Iterator[list[Future[object]]]:
    """What comes of somebody's act at another replica, which begins when the first announcement is about to change."""
    real, other, outcomes, begun = announcement_queries.change, replica(desk.house), list[Future[object]](), set[str]()
    assert other.desk.program.answers()  # connected, so that it is not late

    with ThreadPoolExecutor(1) as pool:

        def change(connection: Connection, announcement_id: str, **rest: Any) -> bool:
            if not begun:
                begun.add(announcement_id)
                outcomes.append(pool.submit(act, other))
                wait(outcomes, timeout=LONG_ENOUGH_SECONDS)
            return real(connection, announcement_id, **rest)

        patch.setattr(announcement_queries, "change", change)
        yield outcomes


def overtaken(patch: pytest.MonkeyPatch, announcement_id: str, **values: object) -> None:
    """This one changes by itself before anybody's change of it, as if somebody had not waited for their turn."""
    real = announcement_queries.change

    def change(connection: Connection, id_: str, *, version: int, values: dict[str, Any]) -> bool:
        if id_ == announcement_id:
            real(connection, id_, version=version, values=before)
        return real(connection, id_, version=version, values=values)

    before = values or {"state": State.DRAFT.value}
    patch.setattr(announcement_queries, "change", change)


def planned(desk: Desk) -> Announcement:
    found = desk.draft()
    return send(desk.house.desk, desk.sam, found.id, version=found.version)


def waiting_for_a_yes(desk: Desk) -> Announcement:
    found = desk.draft(a_content(tier=Tier.CRITICAL))
    return send(desk.house.desk, desk.sam, found.id, version=found.version)


def approved_correction(desk: Desk) -> tuple[Announcement, Announcement]:
    """A critical one that is out, and another text for it that has its second yes."""
    found = desk.sent(a_content(tier=Tier.CRITICAL))
    draft = correct(desk.house.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=OTHER))
    waiting = send(desk.house.desk, desk.sam, draft.id, version=draft.version)
    return found, approve(desk.house.desk, desk.sue, draft.id, version=waiting.version)


def rewritten(seen: Announcement, title: str, *, audience: Audience | None = None) -> Write:
    content = a_content(text=replace(TEXT, title=title), audience=audience or seen.audience)
    return Write(request_key=request_key(), content=content, id=seen.id, version=seen.version)


def people_of(desk: Desk, found: Announcement) -> list[str]:
    with desk.house.stores.program.read() as connection:
        asked = select(reader.c.person_id).where(reader.c.announcement_id == found.id)
        return sorted(connection.execute(asked).scalars())


def deeds(desk: Desk, found: Announcement) -> list[str]:
    return [each.deed for each in trail(desk.house.desk, desk.sam, found.id)]


def test_whoever_writes_to_what_is_just_sent_hears_of_it_and_it_goes_to_whom_it_was_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = planned(desk)
    command = rewritten(seen, "For Ada", audience=ADA_ALONE)

    with just_then(desk, monkeypatch, lambda other: write(other.desk, other.person("sue"), command)) as outcomes:
        follow_up(desk.house.desk)

    assert [type(each.exception()) for each in outcomes] == [ChangedMeanwhile]
    now = desk.now(seen)
    assert (now.state, now.text, now.readers, people_of(desk, seen)) == (State.SENT, TEXT, 2, ["ada", "bo"])
    assert deeds(desk, seen).count("sent") == 1


def test_what_became_a_draft_in_the_same_moment_is_sent_to_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = planned(desk)
    overtaken(monkeypatch, seen.id)

    done = follow_up(desk.house.desk)

    assert (done, desk.now(seen).state, people_of(desk, seen)) == (0, State.DRAFT, [])
    assert desk.rows(AnnouncementMessage.TOLD) == []
    assert "sent" not in deeds(desk, seen)


def test_nobody_is_left_a_reader_of_a_try_that_sent_nothing(desk: Desk) -> None:
    seen = desk.draft(a_content(audience=ADA_ALONE))
    bo = {"announcement_id": seen.id, "person_id": "bo", "program_id": PROGRAM}
    with desk.house.stores.program.write() as connection:
        announcement_queries.add_readers(connection, [bo | {"added_at": 0, "needs_again": True}])
        announcement_queries.add_unreached(connection, [bo | {"person_id": "max"}])

    send(desk.house.desk, desk.sam, seen.id, version=seen.version)
    follow_up(desk.house.desk)

    assert people_of(desk, seen) == ["ada"]
    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD)] == ["ada"]
    with desk.house.stores.program.read() as connection:
        assert connection.execute(select(unreached.c.person_id)).scalars().all() == []


def test_words_over_those_that_are_just_being_saved_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = desk.draft()
    of_sue = rewritten(seen, "Of Sue")

    with just_then(desk, monkeypatch, lambda other: write(other.desk, other.person("sue"), of_sue)) as outcomes:
        write(desk.house.desk, desk.sam, rewritten(seen, "Of Sam"))

    assert [type(each.exception()) for each in outcomes] == [ChangedMeanwhile]
    assert desk.now(seen).text.title == "Of Sam"


def test_words_that_did_not_come_in_are_not_said_to_be_saved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = desk.draft()
    overtaken(monkeypatch, seen.id, title="Of Sue")

    with pytest.raises(ChangedMeanwhile):
        write(desk.house.desk, desk.sam, rewritten(seen, "Of Sam"))

    assert deeds(desk, seen) == ["written"]


def test_correction_that_is_just_made_cannot_be_thrown_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found, correction = approved_correction(desk)

    def throw_away(other: House) -> None:
        discard(other.desk, other.person("sam"), correction.id, version=correction.version)

    with just_then(desk, monkeypatch, throw_away) as outcomes:
        follow_up(desk.house.desk)

    assert [type(each.exception()) for each in outcomes] == [NoAnnouncement]
    assert (desk.now(found).text, desk.now(correction).state) == (OTHER, State.APPLIED)


def test_correction_that_was_thrown_away_in_the_same_moment_is_not_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, correction = approved_correction(desk)
    overtaken(monkeypatch, correction.id)

    follow_up(desk.house.desk)

    assert (desk.now(found).text, desk.rows(AnnouncementMessage.REWRITE)) == (TEXT, [])
    assert "corrected" not in deeds(desk, found)


def test_form_that_is_handled_twice_at_one_instant_makes_one_draft(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is second hears that they may try again, and is given the draft of the first then."""
    command, real, other = (
        Write(request_key=request_key(), content=a_content()),
        announcement_queries.add,
        replica(desk.house),
    )
    together = Barrier(2)

    def add(connection: Connection, values: dict[str, Any]) -> None:
        with suppress(BrokenBarrierError):  # on SQLite the other one waits for its turn
            together.wait(LONG_ENOUGH_SECONDS)
        real(connection, values)

    monkeypatch.setattr(announcement_queries, "add", add)
    outcomes = at_once([partial(write, each.desk, desk.sam, command) for each in (desk.house, other)])
    again = write(desk.house.desk, desk.sam, command)

    assert {each.id for each in results(outcomes)} == {again.id}
    assert {type(each) for each in failures(outcomes)} <= {StoreBusy}
    with desk.house.stores.program.read() as connection:
        assert connection.execute(select(announcement_queries.announcement.c.id)).scalars().all() == [again.id]


Deed = Callable[[House, Announcement], object]
_TO_DRAFT: dict[str, Deed] = {
    "write": lambda other, seen: write(other.desk, other.person("sam"), rewritten(seen, "Another")),
    "discard": lambda other, seen: discard(other.desk, other.person("sam"), seen.id, version=seen.version),
    "send": lambda other, seen: send(other.desk, other.person("sam"), seen.id, version=seen.version),
}
_TO_WAITING: dict[str, Deed] = {
    "approve": lambda other, seen: approve(other.desk, other.person("sue"), seen.id, version=seen.version),
    "refuse": lambda other, seen: refuse(other.desk, other.person("sue"), seen.id, version=seen.version, why="No."),
    "important": lambda other, seen: send_as_important(other.desk, other.person("sam"), seen.id),
    "call off": lambda other, seen: retract(other.desk, other.person("sam"), seen.id),
}
_TO_SENT: dict[str, Deed] = {
    "correct": lambda other, seen: correct(
        other.desk, other.person("sam"), Correct(request_key="c", id=seen.id, version=seen.version, text=OTHER)
    ),
    "retract": lambda other, seen: retract(other.desk, other.person("sam"), seen.id),
    "nudge": lambda other, seen: nudge(other.desk, other.person("sam"), seen.id),
}


@pytest.mark.parametrize("deed", [*_TO_DRAFT, *_TO_WAITING, *_TO_SENT])
def test_every_deed_waits_for_its_turn(desk: Desk, deed: str) -> None:
    found = desk.draft() if deed in _TO_DRAFT else waiting_for_a_yes(desk) if deed in _TO_WAITING else desk.sent()
    desk.house.clock.advance(timedelta(minutes=15))
    follow_up(desk.house.desk)  # everybody was asked for a yes in vain
    seen, other = desk.now(found), replica(desk.house, lock_wait_seconds=0.2)

    with desk.house.desk.program.write() as connection:
        desk.house.desk.program.lock(connection, f"announcement {found.id}")
        with pytest.raises(StoreBusy):
            (_TO_DRAFT | _TO_WAITING | _TO_SENT)[deed](other, seen)

    assert desk.now(found) == seen
