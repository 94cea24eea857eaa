"""Which rows of a ledger: the conditions that the steps of a row are built from."""

from sqlalchemy import ColumnElement, Table, and_, exists, or_

from domain.delivery import Delivery, DeliveryState, Tier

CHANNEL_GAP_MS = 1000
"""Slack takes about one message a second in each channel."""
ON_THE_WAY = (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.AMBIGUOUS)
ASKED = (DeliveryState.SENDING, DeliveryState.AMBIGUOUS)
"""Slack was asked, and may have taken it."""
NOT_SENT = (DeliveryState.SUPERSEDED, DeliveryState.CANCELED, DeliveryState.SUPPRESSED, DeliveryState.DEAD)
"""Settled states in which the person got nothing."""
_PRIORITIES = [tier.priority for tier in Tier]


class Which:
    """Conditions on one ledger's table. `seconds` is program time, `real` is real milliseconds."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._row = table.c

    def is_in(self, *states: DeliveryState) -> ColumnElement[bool]:
        """Rows in one of these states."""
        return self._row.state.in_([state.value for state in states])

    def is_due(self, seconds: int) -> ColumnElement[bool]:
        """Rows whose time has come. The tiers are spelled out so that the index leads from one due row to the next."""
        return and_(
            self._row.state == DeliveryState.PENDING.value,
            self._row.priority.in_(_PRIORITIES),
            self._row.send_at <= seconds,
        )

    def is_ready(self, seconds: int, real: int) -> ColumnElement[bool]:
        """Due rows that nothing holds back: no pause, no leader, no message to the same person a moment ago."""
        is_alive = or_(self._row.expires_at.is_(None), self._row.expires_at > seconds)
        return and_(
            self.is_due(seconds), self._row.not_before <= real, is_alive, self.has_leader(), ~self.is_too_soon(real)
        )

    def is_too_soon(self, real: int) -> ColumnElement[bool]:
        """The person was written to less than a second ago: Slack would refuse. A clock set back does not count."""
        another = self._table.alias("another")
        return exists().where(
            another.c.person_id == self._row.person_id,
            another.c.intent_at > real - CHANNEL_GAP_MS,
            another.c.intent_at < real + CHANNEL_GAP_MS,
        )

    def has_leader(self) -> ColumnElement[bool]:
        """Rows that follow nothing, or something that was sent."""
        leader = self._table.alias("leader")
        sent = exists().where(leader.c.key == self._row.after_key, leader.c.state == DeliveryState.SENT.value)
        return or_(self._row.after_key.is_(None), sent)

    def is_overtaken(self, seconds: int) -> ColumnElement[bool]:
        """Due rungs of which a newer one was sent, or is due and may still be sent."""
        newer = self._table.alias("newer")
        unsent = [state.value for state in (DeliveryState.PENDING, *ON_THE_WAY)]
        may_be_sent = and_(
            newer.c.state.in_(unsent),
            newer.c.planned_at <= seconds,
            or_(newer.c.expires_at.is_(None), newer.c.expires_at > seconds),
        )
        return and_(
            self.is_due(seconds),
            exists().where(
                newer.c.object_id == self._row.object_id,
                newer.c.kind == self._row.kind,
                newer.c.person_id == self._row.person_id,
                newer.c.planned_at > self._row.planned_at,
                or_(newer.c.state == DeliveryState.SENT.value, may_be_sent),
            ),
        )

    def is_expired(self, seconds: int) -> ColumnElement[bool]:
        """Due rows whose time is over."""
        return and_(self.is_due(seconds), self._row.expires_at <= seconds)

    def lost_its_leader(self, seconds: int) -> ColumnElement[bool]:
        """Due rows that follow something that will not be sent."""
        leader = self._table.alias("leader")
        not_sent = [state.value for state in NOT_SENT]
        return and_(
            self.is_due(seconds),
            exists().where(leader.c.key == self._row.after_key, leader.c.state.in_(not_sent)),
        )

    def is_ours(self, row: Delivery, owner: str, *states: DeliveryState) -> ColumnElement[bool]:
        """The row, if this very claim of it still holds and it is in one of these states (on the way, unless told)."""
        return and_(
            self._row.key == row.key,
            self._row.owner == owner,
            self._row.claim == row.claim,
            self.is_in(*(states or ON_THE_WAY)),
        )
