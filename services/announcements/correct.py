"""After sending: a new text, taking it back, a nudge. Nobody is told twice; what people have is changed in place."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from domain.announcements import ChangedMeanwhile, InvalidAnnouncement, State, Text
from domain.attention import Subject
from domain.delivery import Tier
from domain.nudges import check_nudge
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.announcements.deeds import CORRECTED, CORRECTION, RETRACTED
from services.announcements.deliveries import CHANGED, AnnouncementMessage, Trouble, put, rewrite, to_staff, told
from services.announcements.facts import Announcement, announcement_of, of_staff
from services.announcements.missing import numbers_missing, still
from services.announcements.staff import staff_of
from services.announcements.steps import FROM_THE_BEGINNING, Step, begin
from services.attention.waiting import put_in_digests
from services.audiences.resolve import of_people
from services.audit import Entry, note, people_words
from services.desk import Desk
from services.portions import PORTION
from storage.once import recall, remember
from storage.program import announcement_queries, announcement_rows, portion_queries
from storage.program.announcement_missing_queries import number_served, served_missing
from storage.program.once import once
from storage.program.portion_queries import Work


class AllHaveRead(InvalidAnnouncement):
    """Everybody has acknowledged it. There is nobody left to nudge."""


class OverAlready(InvalidAnnouncement):
    """It is over by now, so nobody is asked to read it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Another text for one that was sent, seen at this version."""

    request_key: str
    id: str
    version: int
    text: Text


def correct(desk: Desk, staff: Person, command: Correct) -> Announcement:
    """Give a sent one another text. Of a critical one a correction is made, a draft that needs a second yes too.

    Returns the announcement, or the correction, as it stands. The same request is once. Raises `ChangedMeanwhile` or
    `NotFound`.
    """
    with desk.program.write() as connection:
        # Whoever writes a portion of the old words ends first, and does not write over what is begun here.
        desk.program.lock(connection, f"announcement {command.id}")
        known = recall(connection, once, command.request_key)
        if known is not None:
            return of_staff(announcement_queries.one(connection, known["id"]), staff)
        found = of_staff(announcement_queries.one(connection, command.id), staff)
        if found.state is not State.SENT or found.version != command.version:
            raise ChangedMeanwhile
        if found.tier is Tier.CRITICAL:
            id_ = _correction(desk, connection, staff, found, command.text)
        else:
            _replace_text(desk, connection, found, command.text, by_id=staff.id)
            id_ = found.id
        at = desk.clock.now()
        remember(connection, once, command.request_key, program_id=staff.program_id, outcome={"id": id_}, at=at)
        return of_staff(announcement_queries.one(connection, id_), staff)


def apply_correction(desk: Desk, connection: Connection, correction: Announcement) -> bool:
    """Put the text of an approved correction in place of the other one's. False when that has changed meanwhile."""
    # After the correction's own turn, always: nobody takes these two the other way round.
    desk.program.lock(connection, f"announcement {correction.corrects}")
    row = announcement_queries.one(connection, correction.corrects)
    if (
        row is None
        or not is_current(connection, correction)
        or not (correction.approved_by or row.tier != Tier.CRITICAL)
    ):
        set_aside(desk, connection, correction)
        return False
    values = {"state": State.APPLIED.value, "changed_at": epoch_seconds(desk.clock.now())}
    if not announcement_queries.change(connection, correction.id, version=correction.version, values=values):
        return False  # somebody has just done something else with it
    _replace_text(desk, connection, announcement_of(row), correction.text, by_id=correction.author_id)
    _set_aside_others(desk, connection, correction.corrects, program_id=correction.program_id)
    return True


def set_aside(desk: Desk, connection: Connection, correction: Announcement) -> bool:
    """Make a correction a draft again that can be made no more, and tell who wrote it or said yes. No words are lost.

    False when somebody has just done something else with it.
    """
    now = desk.clock.now()
    values = {"state": State.DRAFT.value, "approved_by": "", "asked_at": None, "changed_at": epoch_seconds(now)}
    if not announcement_queries.change(connection, correction.id, version=correction.version, values=values):
        return False
    heard_by = staff_of(desk, correction)
    rows = to_staff(correction, AnnouncementMessage.TROUBLE, heard_by, rung=Trouble.OUTDONE, at=now)
    put(desk, connection, rows)
    deed = f"not sent: {Trouble.OUTDONE}"
    note(connection, desk, correction.program_id, Entry(object_id=correction.id, by_id="", deed=deed))
    return True


def _set_aside_others(desk: Desk, connection: Connection, announcement_id: str, *, program_id: str) -> None:
    """Nobody is to be asked for a yes to what can be made no more."""
    for row in announcement_queries.corrections_ahead(connection, announcement_id, program_id=program_id):
        set_aside(desk, connection, announcement_of(row))


def is_current(connection: Connection, found: Announcement) -> bool:
    """Whether what this one corrects still has the text that it was written for. One that corrects nothing is."""
    if not found.corrects:
        return True
    row = announcement_queries.one(connection, found.corrects)
    return row is not None and row.state == State.SENT and row.text_version + 1 == found.text_version


def retract(desk: Desk, staff: Person, announcement_id: str) -> int:
    """Take one back: who has not had it gets nothing, and what others have says so. Returns how many had it.

    What was planned or waiting is called off, and nobody had it. Twice is once. Raises `NotFound`.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"announcement {announcement_id}")
        found = of_staff(announcement_queries.one(connection, announcement_id), staff)
        had = announcement_rows.people_reached(connection, found.id)
        if found.state not in (State.SENT, State.PLANNED, State.WAITING):
            return had
        was_sent = found.state is State.SENT
        state = State.RETRACTED if was_sent else State.DRAFT
        values = {
            "state": state.value,
            "text_version": found.text_version + was_sent,  # what says so is newer than all words before
            "ended_at": epoch_seconds(now),
            "changed_at": epoch_seconds(now),
            # A yes is to one sending off: what is a draft again needs another.
            "approved_by": found.approved_by if was_sent else "",
        }
        if not announcement_queries.change(connection, found.id, version=found.version, values=values):
            raise ChangedMeanwhile
        portion_queries.drop(connection, Subject.ANNOUNCEMENT, found.id)
        now_so = replace(found, state=state, text_version=found.text_version + was_sent)
        begin(desk, connection, now_so, Step.CANCEL, cancel_some)
        if was_sent:
            announcement_rows.forget_waiting(connection, found.id)
            begin(desk, connection, now_so, Step.TAKE_BACK, take_back_some)
            _set_aside_others(desk, connection, found.id, program_id=found.program_id)
        entry = Entry(object_id=found.id, by_id=staff.id, deed=RETRACTED, detail=f"{had} had it")
        note(connection, desk, found.program_id, entry)
        return had


def nudge(desk: Desk, staff: Person, announcement_id: str) -> int:
    """Write once more to everybody who is still missing, and return how many that are.

    Raises `NudgedAlready` within an hour of the last nudge, `AllHaveRead` when nobody is missing, `OverAlready`,
    `ChangedMeanwhile` for what asks nobody, and `NotFound`.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"announcement {announcement_id}")
        found = of_staff(announcement_queries.one(connection, announcement_id), staff)
        if found.state is not State.SENT or not found.needs_ack:
            raise ChangedMeanwhile
        if found.is_over(now):
            raise OverAlready
        if not numbers_missing(desk, connection, [found]):
            raise AllHaveRead
        last = announcement_rows.last_nudge(connection, found.id)
        check_nudge(None if last is None else instant_of(last), now)
        number = number_served(connection, found.id, still(desk, connection, found))
        begin(desk, connection, found, Step.NUDGE, nudge_some, number=epoch_seconds(now))
        entry = Entry(object_id=found.id, by_id=staff.id, deed="nudged", detail=people_words(number))
        note(connection, desk, found.program_id, entry)
        return number


def nudge_some(desk: Desk, connection: Connection, found: Announcement, work: Work) -> str | None:
    """Nudge the next readers, as of the press; see `services.portions.Some`.

    Who is to get the first message still gets that one, and not two; so does who is to read it in their digest.
    """
    if found.state is not State.SENT:
        return None
    open_ = served_missing(connection, found.id, still(desk, connection, found), work.after, at_most=PORTION)
    at = instant_of(work.number)
    base, rung = found.sent_at or at, f"nudge.{work.number}"
    put(desk, connection, [told(found, each, rung=rung, send_at=at, base=base) for each in open_])
    announcement_queries.need_no_second(connection, found.id, open_)
    return open_[-1] if len(open_) == PORTION else None


def cancel_some(desk: Desk, connection: Connection, found: Announcement, _work: Work) -> str | None:
    """Stop some of what has not gone, and then change what has; see `services.portions.Some`."""
    # What is wrong in its channel its author hears of all the same; `staff_news` says what is still worth saying.
    kinds = [each for each in AnnouncementMessage if each is not AnnouncementMessage.TROUBLE]
    number = announcement_rows.cancel_some(connection, found.id, kinds=kinds, reason="retracted", at_most=PORTION)
    if number == PORTION:
        return FROM_THE_BEGINNING
    if found.state is State.RETRACTED:
        begin(desk, connection, found, Step.REWRITE, rewrite_some, number=found.text_version)
    return None


def rewrite_some(desk: Desk, connection: Connection, found: Announcement, work: Work) -> str | None:
    """Rows that change some of the messages that are out; see `services.portions.Some`.

    What has not gone yet finds the new words by itself.
    """
    now, version = desk.clock.now(), work.number
    people = announcement_rows.people_out(connection, found.id, work.after, at_most=PORTION)
    out = announcement_rows.messages_out(connection, found.id, people) if people else []
    put(desk, connection, [rewrite(found, each, after=key, version=version, at=now) for key, each in out])
    return people[-1] if len(people) == PORTION else None


def _correction(desk: Desk, connection: Connection, staff: Person, found: Announcement, text: Text) -> str:
    row = announcement_queries.one(connection, found.id)
    now, id_ = epoch_seconds(desk.clock.now()), desk.ids.new()
    fresh = {
        "id": id_,
        "author_id": staff.id,
        "written_by": staff.id,
        "state": State.DRAFT.value,
        "version": 1,
        "text_version": found.text_version + 1,
        "corrects": found.id,
        "refusal": "",
        "approved_by": "",
        "approver_id": "",
        "asked_at": None,
        "all_asked_at": None,
        "created_at": now,
        "changed_at": now,
        "sent_at": None,
        "listed_at": None,
        "listed_until": 0,
        "ended_at": None,
        "readers": 0,
        "timing": "now",
        "begins_at": None,
        "morning_on": "",
    }
    kept = {} if row is None else row._asdict()
    announcement_queries.add(connection, kept | fresh | _columns(text))
    note(connection, desk, found.program_id, Entry(object_id=found.id, by_id=staff.id, deed=CORRECTION))
    return id_


def _replace_text(desk: Desk, connection: Connection, found: Announcement, text: Text, *, by_id: str) -> None:
    if text == found.text:
        return
    version = found.text_version + 1
    values = _columns(text) | {"text_version": version, "changed_at": epoch_seconds(desk.clock.now())}
    if not announcement_queries.change(connection, found.id, version=found.version, values=values):
        raise ChangedMeanwhile
    begin(desk, connection, found, Step.REWRITE, rewrite_some, number=version)
    begin(desk, connection, found, Step.TELL_CHANGE, tell_change_some, number=version)
    entry = Entry(object_id=found.id, by_id=by_id, deed=CORRECTED, detail=f"text {version}")
    note(connection, desk, found.program_id, entry)


def take_back_some(desk: Desk, connection: Connection, found: Announcement, work: Work) -> str | None:
    """Whoever had it in a digest alone reads in the next one that it was taken back: nobody opens an old one again.

    See `services.portions.Some`.
    """
    return _tell_in_digests(desk, connection, found, work, rung=State.RETRACTED)


def tell_change_some(desk: Desk, connection: Connection, found: Announcement, work: Work) -> str | None:
    """Whoever had the text before in a digest alone reads the new one in the next, once for each new text.

    See `services.portions.Some`.
    """
    if found.state is not State.SENT:
        return None
    return _tell_in_digests(desk, connection, found, work, rung=f"{CHANGED}{work.number}")


def _tell_in_digests(desk: Desk, connection: Connection, found: Announcement, work: Work, *, rung: str) -> str | None:
    if found.is_over(desk.clock.now()):
        return None
    had = announcement_rows.reached_by_digest_alone(connection, found.id, work.after, at_most=PORTION)
    if had:
        readers = of_people(desk, connection, found.program_id, had).readers
        put_in_digests(connection, desk, readers, Subject.ANNOUNCEMENT, found.id, rung=rung)
    return had[-1] if len(had) == PORTION else None


def _columns(text: Text) -> dict[str, str]:
    return {"title": text.title, "body": text.body, "link": text.link}
