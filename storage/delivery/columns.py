"""The columns of a delivery ledger, the same in both stores."""

from sqlalchemy import BigInteger, Index, Table, text
from sqlmodel import Field, SQLModel


class DeliveryColumns(SQLModel):
    """One message to one person; permanent, its key never used again.

    `due_at`, `planned_at`, `send_at`, `expires_at` and `created_at` are program time in epoch seconds. `planned_at` is
    the row's place on its ladder; a row that is put off gets a later `send_at`, and that must not make it the newest
    rung. Both come forward only where what a row has waited for turns out not to come. `lease_until`, `not_before` and
    `intent_at` are real time in epoch milliseconds. `claim` rises with every claim and fences off older ones;
    `attempt` counts sends that went wrong, since the row was begun (afresh). `lost_answers` counts those of which
    nobody will ever know whether they arrived, for good: so many copies may stand in Slack of which the row does not
    know where. `intent_at` is when Slack was last asked, unless it is known that the message did not arrive. `marker`
    is the random key in the message's metadata, the only thing about a row others may see. `told_at` is when Slack was
    last asked, by program time.
    """

    key: str = Field(primary_key=True)
    marker: str
    program_id: str
    kind: str
    object_id: str
    object_version: int
    person_id: str
    rung: str
    tier: str
    priority: int
    due_at: int = Field(sa_type=BigInteger)
    planned_at: int = Field(sa_type=BigInteger)
    send_at: int = Field(sa_type=BigInteger)
    expires_at: int | None = Field(default=None, sa_type=BigInteger)
    after_key: str | None = Field(default=None)
    way: str
    created_at: int = Field(sa_type=BigInteger)
    state: str
    owner: str | None = None
    claim: int = 0
    lease_until: int = Field(default=0, sa_type=BigInteger)
    attempt: int = 0
    lost_answers: int = 0
    not_before: int = Field(default=0, sa_type=BigInteger)
    intent_at: int | None = Field(default=None, sa_type=BigInteger)
    told_at: int | None = Field(default=None, sa_type=BigInteger)
    channel: str | None = None
    ts: str | None = None
    file_id: str | None = None
    last_error: str | None = None


_INTENT = "delivery_intent"
_WAS_ASKED = text("intent_at IS NOT NULL")


def ledger_indexes() -> tuple[Index, ...]:
    """What each question needs, for a table that keeps every row for good.

    Due rows of a tier in their order; rows about an object, ladder by ladder; what the person was sent last. The last
    one has no row before Slack is asked: a booking writes eight rows, and each index costs it a page or two.
    """
    return (
        Index("delivery_due", "state", "priority", "send_at", "key"),
        Index("delivery_ladder", "object_id", "kind", "person_id", "planned_at"),
        Index(_INTENT, "person_id", "intent_at", sqlite_where=_WAS_ASKED),
    )


def finish_indexes(ledger: Table) -> None:
    """Say to PostgreSQL what SQLite was told; later, where all tables are read: to name a dialect is to load it."""
    intent = next(index for index in ledger.indexes if index.name == _INTENT)
    intent.dialect_kwargs["postgresql_where"] = _WAS_ASKED


class WatermarkColumns(SQLModel):
    """Up to which instant (program time, epoch seconds) a source of deliveries has been planned. Never moves back."""

    source: str = Field(primary_key=True)
    until: int = Field(sa_type=BigInteger)
