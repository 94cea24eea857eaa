"""What every message about an announcement, a deadline or an event passes before it goes to somebody."""

from domain.attention import LAST_RUNG, Subject, digest_leaves_time, may_be_told
from domain.delivery import Composer, Deferred, Delivery, Outgoing, Suppressed, Tier, Way
from domain.people import Person
from domain.times import epoch_seconds, zone
from services.attention.budget import is_used_up
from services.attention.standing import preferences_of
from services.attention.waiting import Place, put_in_digests
from services.desk import Desk

IN_THE_DIGEST = Suppressed("in the digest")


def attentive(desk: Desk, composer: Composer, subject: Subject, *, has_budget: bool = True) -> Composer:
    """The composer, for people who may be left alone now.

    In quiet hours the message waits for their end, unless it would expire by then or within `QUIET_MARGIN_MINUTES` of
    it. What is more than the day's budget goes into the next day's digest, also where somebody has one a week, unless
    it is critical or that digest would leave as little. The last rung is free of both, and so are messages to a channel
    and new words in an old message, which disturb nobody. What has no budget (`has_budget`) waits for quiet hours
    alone: it was promised at once.
    """

    def compose(delivery: Delivery) -> Outgoing | Suppressed | Deferred:
        is_free = delivery.rung == LAST_RUNG or delivery.way is not Way.POST or delivery.channel_meant is not None
        person = None if is_free else desk.people.person(delivery.person_id)
        if person is None:
            return composer(delivery)
        held = _held_back(desk, delivery, person)
        if held is not None:
            return held
        composed = composer(delivery)
        return _within_budget(desk, composed, delivery, person, subject) if has_budget else composed

    return compose


def _held_back(desk: Desk, delivery: Delivery, person: Person) -> Deferred | None:
    now = desk.clock.now()
    preferences = preferences_of(desk, person)
    at = may_be_told(now, zone(person.zone), preferences.quiet, must_before=delivery.expires_at)
    return Deferred(until=at) if at > now else None


def _within_budget(
    desk: Desk, composed: Outgoing | Suppressed | Deferred, delivery: Delivery, person: Person, subject: Subject
) -> Outgoing | Suppressed | Deferred:
    """What is not true any more takes nobody's attention, and nothing of the budget."""
    if delivery.tier is Tier.CRITICAL or isinstance(composed, Suppressed | Deferred):
        return composed
    now = desk.clock.now()
    with desk.program.ask() as connection:
        if not is_used_up(connection, desk, person, now=now, but_not=delivery.key):
            return composed
    if not digest_leaves_time(now, zone(person.zone), preferences_of(desk, person), delivery.expires_at):
        return composed
    with desk.program.write() as connection:
        # Not while a digest is taking up what waits: this would be left for the one after it.
        desk.program.lock(connection, f"digest of {person.id}")
        waiter = Place(person_id=person.id, zone=person.zone)
        # The same news may come again, of another instant: then it is to be told again.
        rung = f"{delivery.rung} {epoch_seconds(delivery.due)}"
        put_in_digests(connection, desk, [waiter], subject, delivery.object_id, rung=rung, is_over_budget=True)
    return IN_THE_DIGEST
