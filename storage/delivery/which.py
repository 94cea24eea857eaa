"""Which rows of a ledger: the conditions that the steps of a row are built from."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.sql import Select

from domain.delivery import Delivery, DeliveryState, Tier
from storage.delivery.real_time import REAL

CHANNEL_GAP_MS = 1000
"""Slack takes about one message a second in each channel."""
CLAIM_LEASE_MS = 30_000
"""So long a claimed row is held: it was claimed so long before its lease ends."""
PAUSE_MAX_MS = 600_000
"""No row is paused for longer; when Slack asks for more, the bar of its method holds the row."""
LEASE_MAX_MS = 60_000
"""Nobody has a row for longer without another step."""
ON_THE_WAY = (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.AMBIGUOUS)
ASKED = (DeliveryState.SENDING, DeliveryState.AMBIGUOUS)
"""Slack was asked, and may have taken it."""
NOT_SENT = (DeliveryState.SUPERSEDED, DeliveryState.CANCELED, DeliveryState.SUPPRESSED, DeliveryState.DEAD)
"""Settled states in which the person got nothing."""
_PRIORITIES = [tier.priority for tier in Tier]


SECONDS = bindparam("seconds", type_=BigInteger)
"""Program time, where a condition needs it."""
MOST = bindparam("most", type_=Integer)
"""How many rows at the most, where a statement looks for several."""


def held_by(owner: str, rows: Sequence[Delivery]) -> dict[str, Any]:
    """The parameters of `Which.is_ours`."""
    held = [f"{row.key} {row.claim}" for row in rows]
    return {"holder": owner, "keys": [row.key for row in rows], "held": held}


def was_asked(table: FromClause) -> ColumnElement[bool]:
    """Rows Slack was asked about; only these are in the index by person."""
    return table.c.intent_at.is_not(None)


def is_over(until: ColumnElement[int], *, most_ms: int) -> ColumnElement[bool]:
    """The instant (real milliseconds) has come. One further ahead than it can be is of before a clock was set."""
    return ~until.between(REAL + 1, REAL + most_ms)


class Which:
    """Conditions on one ledger's table, with `seconds` and `real` as parameters, so that a statement is built once.

    What a row is compared with is looked up by scalar subqueries: PostgreSQL would turn EXISTS into a join over the
    whole ledger, which only grows, where one look into an index for each due row is wanted.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._row = table.c

    def is_in(self, *states: DeliveryState) -> ColumnElement[bool]:
        """Rows in one of these states."""
        return self._row.state.in_([state.value for state in states])

    def is_due(self) -> ColumnElement[bool]:
        """Rows whose time has come. The tiers are spelled out so that the index leads from one due row to the next."""
        return and_(
            self._row.state == DeliveryState.PENDING.value,
            self._row.priority.in_(_PRIORITIES),
            self._row.send_at <= SECONDS,
        )

    def is_ready(self) -> ColumnElement[bool]:
        """Due rows that nothing holds back: no pause, no leader, no message to the same person a moment ago."""
        is_alive = or_(self._row.expires_at.is_(None), self._row.expires_at > SECONDS)
        return and_(self.is_due(), self.is_pause_over(), is_alive, self.has_leader(), ~self.is_too_soon())

    def next_rows(self) -> Select[Any]:
        """What goes next, `most` rows: the most urgent ready ones, and of those the ones that were to go first."""
        row = self._row
        return (
            select(row.priority, row.send_at, row.key, row.way, row.person_id)
            .where(self.is_ready())
            .order_by(row.priority, row.send_at, row.key)
            .limit(MOST)
        )

    def is_pause_over(self) -> ColumnElement[bool]:
        """Rows that were put off, and not any more."""
        return is_over(self._row.not_before, most_ms=PAUSE_MAX_MS)

    def is_lease_over(self) -> ColumnElement[bool]:
        """Rows that nobody has in hand, whatever their state says."""
        return is_over(self._row.lease_until, most_ms=LEASE_MAX_MS)

    def goes_by(self) -> ColumnElement[bool]:
        """Rows that go by one of these `ways`, which are a parameter."""
        return self._row.way.in_(bindparam("ways", expanding=True))

    def is_too_soon(self) -> ColumnElement[bool]:
        """The person was written to less than a second ago: Slack would refuse. A clock set back does not count."""
        return self._last_intent().between(REAL - (CHANNEL_GAP_MS - 1), REAL + (CHANNEL_GAP_MS - 1))

    def is_too_late(self) -> ColumnElement[bool]:
        """Claimed rows whose person was written to a moment ago, or since the claim: their words may be one too many.

        The second before the claim counts as since: what was known of it then would have kept the row from being
        claimed, so the transaction that tells of it was still open.
        """
        claimed_at = self._row.lease_until - CLAIM_LEASE_MS
        since = case((claimed_at < REAL, claimed_at), else_=REAL)
        return self._last_intent().between(since - (CHANNEL_GAP_MS - 1), REAL + (CHANNEL_GAP_MS - 1))

    def is_outdone(self) -> ColumnElement[bool]:
        """Words for a message that has newer ones by now, or is just getting others, whose answer is still to come.

        A row finds its words before it passes the fence, and may have slept since.
        """
        other = self._table.alias("other")
        is_newer = and_(
            other.c.object_version > self._row.object_version,
            other.c.state.in_([DeliveryState.AMBIGUOUS.value, DeliveryState.SENT.value]),
        )
        found = (
            select(literal(1))
            .where(
                other.c.object_id == self._row.object_id,
                other.c.kind == self._row.kind,
                other.c.person_id == self._row.person_id,
                other.c.after_key == self._row.after_key,
                other.c.key != self._row.key,
                or_(other.c.state == DeliveryState.SENDING.value, is_newer),
            )
            .limit(1)
        )
        return func.coalesce(found.scalar_subquery(), 0) == 1

    def has_leader(self) -> ColumnElement[bool]:
        """Rows that follow nothing, or something that was sent."""
        return or_(self._row.after_key.is_(None), self._leader_state() == DeliveryState.SENT.value)

    def is_overtaken(self) -> ColumnElement[bool]:
        """Due rungs of which a newer one was sent, or is due and may still be sent."""
        newer = self._table.alias("newer")
        may_be_sent = and_(
            newer.c.state.in_([state.value for state in (DeliveryState.PENDING, *ON_THE_WAY)]),
            newer.c.planned_at <= SECONDS,
            or_(newer.c.expires_at.is_(None), newer.c.expires_at > SECONDS),
        )
        found = (
            select(literal(1))
            .where(
                newer.c.object_id == self._row.object_id,
                newer.c.kind == self._row.kind,
                newer.c.person_id == self._row.person_id,
                newer.c.planned_at > self._row.planned_at,
                or_(newer.c.state == DeliveryState.SENT.value, may_be_sent),
            )
            .limit(1)
        )
        return and_(self.is_due(), found.scalar_subquery() == 1)

    def is_expired(self) -> ColumnElement[bool]:
        """Due rows whose time is over."""
        return and_(self.is_due(), self._row.expires_at <= SECONDS)

    def lost_its_leader(self) -> ColumnElement[bool]:
        """Due rows that follow something that will not be sent."""
        return and_(self.is_due(), self._leader_state().in_([state.value for state in NOT_SENT]))

    def is_ours(self, *states: DeliveryState) -> ColumnElement[bool]:
        """Rows `held` by the `holder`, if this very claim of them still holds and they are in one of these states.

        Key and claim are compared as one text, since PostgreSQL takes no list of pairs as one value. The keys are said
        once more in front, to be looked up in their index.
        """
        claimed = self._row.key + " " + cast(self._row.claim, Text)
        is_held = claimed.in_(bindparam("held", expanding=True))
        keys = self._row.key.in_(bindparam("keys", expanding=True))
        return and_(keys, is_held, self._row.owner == bindparam("holder"), self.is_in(*states))

    def _last_intent(self) -> ColumnElement[int]:
        another = self._table.alias("another")
        is_theirs = another.c.person_id == self._row.person_id
        last = select(func.max(another.c.intent_at)).where(was_asked(another), is_theirs)
        return func.coalesce(last.scalar_subquery(), 0)

    def _leader_state(self) -> ColumnElement[str]:
        leader = self._table.alias("leader")
        return select(leader.c.state).where(leader.c.key == self._row.after_key).scalar_subquery()
