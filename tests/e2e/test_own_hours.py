"""What a coach saves about their hours and themselves is what scholars are offered and shown next."""

from handlers import texts
from handlers.ids import Field
from tests.acting.steps import book, open_dates, open_details, open_week, save_hours, set_profile
from tests.e2e.test_texts import marked
from tests.fixtures.products import Product

BERLIN = "Europe/Berlin"
TUESDAY = "2027-01-12"
EMPTY_WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "")


def test_saved_hours_are_what_is_offered_next(product: Product) -> None:
    product.change_account("ada", tz=BERLIN)

    save_hours(product.coach, EMPTY_WEEK | {Field.ZONE: BERLIN, "tuesday": "9-10, 14:00-15:00"})

    assert set(offered(product)) == {"2027-01-12", "2027-01-19", "2027-01-26", "2027-02-02"}
    assert offered(product)[TUESDAY] == ["09:00 CET", "14:00 CET"]


def test_a_date_that_differs_replaces_that_day_only(product: Product) -> None:
    product.change_account("ada", tz=BERLIN)
    week = EMPTY_WEEK | {Field.ZONE: BERLIN, "tuesday": "9-10"}

    save_hours(product.coach, week | {Field.OVERRIDES: "2027-01-12: off\n2027-01-20: 11:00-12:00"})

    assert set(offered(product)) == {"2027-01-19", "2027-01-20", "2027-01-26", "2027-02-02"}


def test_saved_hours_come_back_to_the_form_as_they_were_understood(product: Product) -> None:
    save_hours(product.coach, EMPTY_WEEK | {Field.ZONE: BERLIN, "tuesday": "9-10, 14-15"})

    open_week(product.coach)

    initial = {
        block["block_id"]: block["element"].get("initial_value", "")
        for block in product.coach.modal()["blocks"]
        if block["type"] == "input"
    }
    assert (initial[Field.ZONE], initial["monday"], initial["tuesday"]) == (BERLIN, "", "9:00-10:00, 14:00-15:00")


def test_hours_that_became_one_are_named_when_they_are_saved(product: Product) -> None:
    coach = product.coach
    open_week(coach)
    for day, hours in {"monday": "9-12, 12-17", "tuesday": "9-12, 13-17", "wednesday": "9-13, 11-15, 16-17"}.items():
        coach.fill(day, hours)
    assert coach.submit()["errors"] == {}
    week = str(coach.modal())
    coach.close(everything=True)
    open_dates(coach)
    coach.fill(Field.OVERRIDES, "2027-01-12: 9-11\n2027-01-12: 10-13")
    assert coach.submit()["errors"] == {}

    assert "is one stretch now: Monday 9:00-17:00; Wednesday 9:00-15:00, 16:00-17:00. For a break" in week
    assert "is one stretch now: 2027-01-12 9:00-13:00. For a break" in str(coach.modal())


def test_hours_without_any_window_take_somebody_out_of_the_offer(product: Product) -> None:
    save_hours(product.coach, EMPTY_WEEK)

    product.scholar.open("/support book", texts.booking.BOOK_TITLE)
    product.scholar.choose(Field.STAFF, "cleo")

    assert "No hours have been set yet. Please choose somebody else" in str(product.scholar.modal())


def test_sessions_that_are_booked_stay_when_hours_change(product: Product) -> None:
    start = book(product)

    save_hours(product.coach, EMPTY_WEEK)

    product.coach.open("/support list", texts.sessions.SESSIONS_TITLE)
    assert start in str(product.coach.modal())


def test_a_saved_profile_is_shown_when_choosing_and_in_the_details(product: Product) -> None:
    coach = product.coach
    set_profile(
        coach,
        {
            Field.ABOUT: "I like hard questions.",
            f"{Field.PLACE}.coaching": "4.12",
            f"{Field.SITE_PLACES}.coaching": "Paris: link: https://meet.example.org/cleo",
        },
    )

    product.scholar.open("/support book", texts.booking.BOOK_TITLE)
    product.scholar.choose(Field.STAFF, "cleo")
    choosing = marked(product.scholar.modal())
    product.scholar.close(everything=True)
    book(product)
    open_details(product.scholar)

    assert [text for text in choosing if "I like hard questions." in text] != []
    assert [text for text in marked(product.scholar.modal()) if "*Where:* Room 4.12" in text] != []


def offered(product: Product) -> dict[str, list[str]]:
    """Days with Cleo, and the times of each, as Ada's menus show them."""
    scholar = product.scholar
    scholar.open("/support book", texts.booking.BOOK_TITLE)
    scholar.choose(Field.STAFF, "cleo")
    found = {}
    for day in list(scholar.options(Field.DAY)):
        scholar.choose(Field.DAY, day)
        found[day] = list(scholar.options(Field.START).values())
    scholar.close(everything=True)
    return found
