"""Staff change the rules of a kind of session with /program, and scholars meet them at once."""

from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS
from domain.rules.effects import Effect
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.choices import NO
from tests.acting.rules import change_rules, initial, open_part, shown, typed
from tests.acting.steps import book, save_hours
from tests.e2e.test_own_hours import EMPTY_WEEK
from tests.fixtures.products import Product

EFFECTS = texts.program.EFFECTS


def test_changed_kind_is_what_a_scholar_is_offered_at_once(each_product: Product) -> None:
    product = each_product
    product.change_account("ada", tz="Europe/London")

    errors = change_rules(
        product, Action.OPEN_KIND_RULES, {"length_minutes": "1 h", "step_minutes": "60", "notice_minutes": "2 days"}
    )

    product.scholar.open("/support book", texts.booking.BOOK_TITLE)
    product.scholar.choose(Field.STAFF, "cleo")
    assert errors == {}
    assert "Scholar support (coach), 60 min" in shown(product.scholar)
    assert next(iter(product.scholar.options(Field.DAY))) == "2027-01-13"
    assert list(product.scholar.options(Field.START).values())[:2] == ["12:00 GMT", "13:00 GMT"]


def test_saved_kind_shows_in_the_rules_beneath_and_in_the_form_opened_next(product: Product) -> None:
    staff = product.actor("sam")

    change_rules(product, Action.OPEN_KIND_RULES, {"cancel_notice_minutes": "90 min", "per_day": "3"})
    staff.close()
    staff.wait(modal="moved or canceled until 1 h 30 min before")

    assert "at most 3 a day" in shown(staff)
    staff.close(everything=True)
    open_part(staff, Action.OPEN_KIND_RULES)
    assert initial(staff.modal())["cancel_notice_minutes"] == "1 h 30 min"


def test_kinds_of_different_lengths_are_saved_and_staff_are_told_what_calendars_show(product: Product) -> None:
    change_rules(product, Action.OPEN_KIND_RULES, {"length_minutes": "30"}, kind=COMMUNITY)

    said = shown(product.actor("sam"))
    assert texts.program.SAVED in said
    assert EFFECTS[Effect.KINDS_APART][:60] in said


def test_session_longer_than_anybodys_hours_is_saved_and_staff_are_told(product: Product) -> None:
    for who in ("cleo", "dev"):
        save_hours(product.actor(who), EMPTY_WEEK | {"monday": "9-10"})

    change_rules(product, Action.OPEN_KIND_RULES, {"length_minutes": "65 min"})

    assert EFFECTS[Effect.LONGER_THAN_HOURS][:56] in shown(product.actor("sam"))


def test_kind_switched_off_cannot_be_booked_and_its_sessions_stay(product: Product) -> None:
    book(product)

    change_rules(product, Action.OPEN_KIND_RULES, {"is_offered": NO})

    assert EFFECTS[Effect.SWITCHED_OFF] in shown(product.actor("sam"))
    product.scholar.open("/support book", texts.booking.BOOK_TITLE)
    assert texts.kinds.LABELS[COACHING] not in shown(product.scholar)
    product.scholar.close(everything=True)
    product.scholar.open("/support list", texts.sessions.SESSIONS_TITLE)
    assert "Cleo" in shown(product.scholar)


def test_every_field_of_a_kind_that_cannot_be_read_is_told_at_once_and_keeps_what_was_typed(product: Product) -> None:
    wrong = {
        "length_minutes": "soon",
        "step_minutes": "7 min",
        "buffer_before_minutes": "-5",
        "buffer_after_minutes": "9 h",
        "notice_minutes": "4",
        "cancel_notice_minutes": "40 days",
        "horizon_days": "2 years",
        "open_per_scholar": "0",
        "per_day": "many",
        "per_week": "701",
        "per_month": "3101",
    }

    errors = change_rules(product, Action.OPEN_KIND_RULES, dict(wrong))

    assert set(errors) == set(wrong)
    assert errors["step_minutes"] == "Please choose from 5 min to 8 h in steps of 5 min."
    assert errors["notice_minutes"] == "Please add the unit: 4 min, 4 h, 4 days."
    assert errors["cancel_notice_minutes"].startswith("Please choose less than 28 days")
    assert typed(product.actor("sam").modal(), *wrong) == wrong


def test_last_kind_cannot_be_switched_off(product: Product) -> None:
    for kind in DEFAULT_KINDS[:-1]:
        change_rules(product, Action.OPEN_KIND_RULES, {"is_offered": NO}, kind=kind.key)
        product.actor("sam").close(everything=True)

    errors = change_rules(product, Action.OPEN_KIND_RULES, {"is_offered": NO}, kind=DEFAULT_KINDS[-1].key)

    assert errors == {"is_offered": "At least one kind of session has to be offered."}
