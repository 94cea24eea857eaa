"""Staff decide about office hours with /program; those who help meet it in their forms."""

from domain.office_hours import NotOfferedNow
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.choices import NO
from handlers.texts.rule_groups import OFFICE
from tests.acting.rules import change_rules, open_part, shown
from tests.fixtures.products import Product


def test_office_hours_are_set_with_their_history_and_refused_where_they_are_off(product: Product) -> None:
    staff, coach = product.actor("sam"), product.coach
    errors = change_rules(product, OFFICE, {"minutes_each": "12", "longest_hours": "13 h"})
    staff.close(everything=True)
    change_rules(product, OFFICE, {"minutes_each": "20 min", "longest_hours": "4 h"})
    staff.close()
    staff.wait(modal="20 min for each to begin with; 4 h at most.")
    staff.close(everything=True)
    coach.open("/officehours open", texts.office_hours.OPEN_TITLE)
    chosen = str(next(block for block in coach.modal()["blocks"] if block["block_id"] == Field.MINUTES)["element"])
    coach.close(everything=True)

    change_rules(product, OFFICE, {"is_offered": NO})
    staff.close(everything=True)
    coach.slash("/officehours plan")
    coach.wait(text=NotOfferedNow().message)
    open_part(staff, Action.OPEN_RULES_HISTORY)

    assert set(errors) == {"minutes_each", "longest_hours"}
    assert "'initial_option': {'text': {'type': 'plain_text', 'text': '20 minutes'" in chosen
    assert "Technical office hours: can be held yes → no" in shown(staff)
