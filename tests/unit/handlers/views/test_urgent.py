"""The form for what cannot wait."""

from dataclasses import replace
from datetime import timedelta

from domain.kinds import DEFAULT_KINDS, URGENT
from handlers import texts
from handlers.ids import Field
from handlers.views.blocks import section
from handlers.views.messages import session_message
from handlers.views.urgent import urgent_done, urgent_form
from services.offers.facts import OfferedStart
from services.urgent.offer import UrgentOffer
from tests.builders.sessions import LONDON, TUESDAY, some_details, some_news

[KIND] = (kind for kind in DEFAULT_KINDS if kind.key == URGENT)


def test_urgent_form_without_times_in_one_day_says_so_in_hours() -> None:
    offer = UrgentOffer(kind=replace(KIND, horizon_days=1), starts=(), zone="Europe/London", contacts="")

    view = urgent_form(offer)

    assert view["blocks"][-1] == section(
        "Nobody is free in the next 24 hours. Please do not wait: write to the community manager, or to any coach you "
        "trust, and use the numbers above if you need help now. Times can come free at any moment, so look again soon."
    )


def test_done_names_the_button_of_the_message_that_comes() -> None:
    said = urgent_done(some_details(), "")["blocks"][0]["text"]["text"]

    message = session_message(texts.messages.SESSION_BOOKED, some_news())
    buttons = [button for block in message.blocks for button in block.get("elements", ())]
    assert [f"*{button['text']['text']}*" in said for button in buttons] == [True]


def test_soonest_times_stand_first_and_say_what_is_night_for_the_scholar() -> None:
    starts = tuple(
        OfferedStart(starts=TUESDAY + timedelta(hours=hours), staff_zone="Asia/Kolkata") for hours in (-7, 0, 12)
    )

    view = urgent_form(UrgentOffer(kind=KIND, starts=starts, zone=LONDON, contacts=""))

    (times,) = (block["element"] for block in view["blocks"] if block.get("block_id", "").startswith(Field.START))
    assert [option["text"]["text"] for option in times["options"]] == [
        "Tue 12 Jan, 03:00 GMT (night)",
        "Tue 12 Jan, 10:00 GMT",
        "Tue 12 Jan, 22:00 GMT (late)",
    ]


def test_form_says_once_who_reads_what_is_written() -> None:
    starts = (OfferedStart(starts=TUESDAY, staff_zone=LONDON),)

    view = urgent_form(UrgentOffer(kind=KIND, starts=starts, zone=LONDON, contacts=""))

    assert str(view).lower().count("sealed") == 1
