"""Quiet hours and digests at their largest."""

from collections.abc import Mapping

from domain.attention import Preferences, QuietHours, Rhythm, Subject
from domain.delivery import Tier
from domain.ports import Message, View
from handlers.ids import Action
from handlers.views.attention import attention_form
from handlers.views.digest import digest_message, digest_modal
from services.attention.digest import Digest
from services.attention.sections import DigestLine
from tests.unit.handlers.views.largest.filling import CROWD, LONGEST_ZONE, MIDNIGHT, OWN_REF, long

CHOSEN = Preferences(
    quiet=QuietHours(begin=22 * 60, end=14 * 60), rhythm=Rhythm.WEEKLY, digest_time=23 * 60 + 59, weekday=2
)
LINE = DigestLine(object_id=OWN_REF, title=long(3000), text=long(5000), at=MIDNIGHT, tier=Tier.IMPORTANT, ref=OWN_REF)
DIGEST = Digest(
    day="2027-01-12",
    zone=LONGEST_ZONE,
    news=((Subject.ANNOUNCEMENT, LINE),) * CROWD,
    due=(LINE,) * CROWD,
    week=(LINE,) * CROWD,
)
PRESSES = dict.fromkeys(Subject, Action.READ_ANNOUNCEMENT)

VIEWS: Mapping[str, View] = {
    "attention_form": attention_form(CHOSEN, zone=LONGEST_ZONE),
    "digest_modal": digest_modal(DIGEST, PRESSES),
}
MESSAGES: Mapping[str, Message] = {"digest_message": digest_message(DIGEST, PRESSES)}
