"""What each person has set about being left alone, and what waits for their digest. No words of anybody, only ids."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.engine import WITHOUT_ROWID
from storage.program.base import ProgramBase


class AttentionChoice(ProgramBase, table=True):
    """What one person has set; who is not here has what the program's rules say. Nobody else may see it.

    Times are minutes after local midnight; both ends of the quiet hours are None for none. `weekday` is 0 for Monday.
    `set_at` is program time in epoch seconds.
    """

    __tablename__ = "attention_choice"
    __table_args__ = WITHOUT_ROWID
    person_id: str = Field(primary_key=True)
    program_id: str
    quiet_begin: int | None = None
    quiet_end: int | None = None
    rhythm: str
    digest_time: int
    weekday: int
    set_at: int = Field(sa_type=BigInteger)


class DigestItem(ProgramBase, table=True):
    """One thing that waits for, or was told in, one person's digest.

    `rung` tells apart what is told of the same thing more than once. `told_by` is the key of the digest's row in the
    ledger, which tells it again when it is sent again, and no other one does; None while it waits. `added_at` is
    program time in epoch seconds. `is_over_budget` is of what was to be a message of its own: it waits for the next
    day's digest at the latest, whatever rhythm its reader has chosen.
    """

    __tablename__ = "digest_item"
    __table_args__ = (Index("digest_item_waiting", "told_by", "person_id"), WITHOUT_ROWID)
    person_id: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    object_id: str = Field(primary_key=True)
    rung: str = Field(primary_key=True)
    program_id: str
    added_at: int = Field(sa_type=BigInteger)
    is_over_budget: bool = False
    told_by: str | None = None
