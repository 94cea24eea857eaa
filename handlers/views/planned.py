"""When an announcement goes out, in words: the same ones in the preview, the answer, the lists and the question."""

from domain.announcements import Plan, Timing
from handlers import texts
from handlers.views.when import day_label, when_token

_W = texts.announcements


def goes_out(plan: Plan, zone: str) -> str:
    """The time, or whose morning of which day."""
    if plan.at is not None:
        return when_token(plan.at, zone)
    if plan.timing is not Timing.MORNING:
        return _W.WHEN[plan.timing]
    return _W.NEXT_MORNING if plan.on is None else _W.MORNING_OF.format(day=day_label(plan.on))
