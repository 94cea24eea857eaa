"""The form for what cannot wait."""

from dataclasses import replace

from domain.kinds import DEFAULT_KINDS, URGENT
from handlers.views.blocks import section
from handlers.views.urgent import urgent_form
from services.urgent.offer import UrgentOffer

[KIND] = (kind for kind in DEFAULT_KINDS if kind.key == URGENT)


def test_urgent_form_without_times_in_one_day_says_so_in_hours() -> None:
    offer = UrgentOffer(kind=replace(KIND, horizon_days=1), starts=(), zone="Europe/London", contacts="")

    view = urgent_form(offer)

    assert view["blocks"][-1] == section(
        "Nobody is free in the next 24 hours. Please do not wait: write to the community manager, or to any coach you "
        "trust, and use the numbers above if you need help now. Times can come free at any moment, so look again soon."
    )
