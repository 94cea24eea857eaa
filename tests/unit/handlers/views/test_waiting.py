"""Waiting: the form, the rows of the list and the way there."""

from handlers import texts
from handlers.ids import ANYONE, Action, Field, Modal
from handlers.views.waiting import waiting_form, waiting_rows, way_to_wait
from tests.builders.holds import a_wait
from tests.builders.sessions import a_card, an_offer


def test_form_asks_for_kind_person_and_days_that_may_stay_empty() -> None:
    view = waiting_form(an_offer(staff=[a_card("cleo"), a_card("dev")], staff_id="dev"), state="list")

    assert (view["callback_id"], view["private_metadata"]) == (Modal.WAIT, "list")
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert [(block["block_id"], block["optional"]) for block in inputs] == [
        (Field.KIND, False),
        ("staff:coaching", False),
        (Field.FROM_DAY, True),
        (Field.UNTIL_DAY, True),
    ]
    assert [option["value"] for option in inputs[1]["element"]["options"]] == [ANYONE, "cleo", "dev"]
    assert inputs[1]["element"]["initial_option"]["value"] == "dev"


def test_rows_say_for_whom_and_which_days_and_lead_out() -> None:
    rows = waiting_rows(
        [
            a_wait("w1"),
            a_wait("w2", staff_name="Cleo & co", from_day="2027-01-12"),
            a_wait("w3", from_day="2027-01-12", until_day="2027-01-14"),
        ]
    )

    assert [row["text"]["text"] for row in rows if "accessory" in row] == [
        "*Scholar support (coach)* with anyone who is free\nany day",
        "*Scholar support (coach)* with Cleo &amp; co\nfrom Tue 12 Jan",
        "*Scholar support (coach)* with anyone who is free\nfrom Tue 12 Jan until Thu 14 Jan",
    ]
    assert [row["accessory"]["value"] for row in rows if "accessory" in row] == ["w1", "w2", "w3"]


def test_who_waits_for_nothing_sees_no_heading() -> None:
    assert waiting_rows([]) == []


def test_very_many_waits_say_that_there_are_more() -> None:
    rows = waiting_rows([a_wait(f"w{number}") for number in range(9)])

    assert (len(rows), rows[-1]["elements"][0]["text"]) == (11, texts.waiting.MORE.format(number=8))


def test_way_there_says_what_it_is_for_where_there_are_times() -> None:
    with_times, without = way_to_wait(has_times=True), way_to_wait(has_times=False)

    assert with_times["text"]["text"] == texts.waiting.NOTHING_SUITS
    assert [with_times["accessory"]["action_id"], without["elements"][0]["action_id"]] == [Action.OPEN_WAITING] * 2
