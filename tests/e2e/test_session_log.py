"""After a session, in the running product: both are asked, both answer, each reads what is theirs to read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from domain.booking import AlreadyCanceled, BookingStatus
from domain.errors import NotAllowed, NotFound
from domain.people import Role
from domain.session_log import AnsweredForGood, LoggedForGood, Outcome
from handlers import texts
from handlers.ids import Action, Field
from handlers.parse.moments import day_field, pass_field
from sandbox.client import Actor
from storage.confidential.bookings import Booking
from storage.confidential.session_log import SessionLog, SessionRating
from storage.engine import table_of
from tests.acting.afterwards import LENGTH, let_end, open_log, open_rating, save_log, send_rating
from tests.acting.moments import errors_of, fill_moment, moment_in
from tests.acting.payloads import a_press
from tests.acting.steps import book, last_with, open_details, submission, told
from tests.acting.teams import wait_until
from tests.builders.people import put_membership
from tests.e2e.test_refusals import answers_to
from tests.fixtures.desks import LONDON
from tests.fixtures.products import Product

STEP, WORD = "One page by Friday, however bad.", "Ten minutes would have done."
ENDED = "A session of yours has ended"


def asked(actor: Actor) -> int:
    """How often somebody was asked how a session went."""
    return told(actor).count(ENDED)


def versions(product: Product, model: type = SessionLog) -> int:
    with product.stores.confidential.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table_of(model))).scalar() or 0)


def filled(actor: Actor, field: str) -> Any:
    """What a text field of the topmost modal holds."""
    return actor._field(field)["element"].get("initial_value")  # noqa: SLF001


def fields(actor: Actor) -> list[str]:
    """The inputs of the topmost modal."""
    return [block["block_id"].partition(":")[0] for block in actor.modal()["blocks"] if block["type"] == "input"]


def test_both_are_asked_answer_and_read_what_is_theirs(each_product: Product) -> None:
    product = each_product
    scholar, coach = product.scholar, product.coach
    let_end(product, book(product))

    open_log(coach)
    save_log(product, coach, **{Field.NEXT_STEP: STEP, Field.FOCUS: ["career"]})
    open_rating(scholar)
    send_rating(scholar, 9, words=WORD)

    assert (asked(coach), asked(scholar)) == (1, 1)
    for actor in (coach, scholar):
        open_details(actor, last_with(actor, Action.OPEN_DETAILS))
        shown = str(actor.modal()["blocks"])
        assert STEP in shown
        assert "*It was about:* Career" in shown
        assert texts.session_log.TOOK_PLACE in shown
        assert WORD not in shown
        actor.close(everything=True)
    open_rating(scholar)
    assert filled(scholar, Field.WORDS) == WORD


def test_coach_is_asked_at_the_end_and_the_scholar_half_an_hour_later(product: Product) -> None:
    start = book(product)

    let_end(product, start, after=timedelta(seconds=-1))
    before = asked(product.coach), asked(product.scholar)
    product.advance(timedelta(seconds=1))
    at_the_end = asked(product.coach), asked(product.scholar)
    product.advance(timedelta(minutes=30))

    assert (before, at_the_end) == ((0, 0), (1, 0))
    assert (asked(product.coach), asked(product.scholar)) == (1, 1)


def test_who_does_not_answer_is_asked_once_more_and_then_left(product: Product) -> None:
    let_end(product, book(product))

    times = []
    for _ in range(5):
        product.advance(timedelta(days=1))
        times.append((asked(product.coach), asked(product.scholar)))

    assert times == [(2, 2)] * 5


def test_after_an_outage_each_is_asked_once(product: Product) -> None:
    let_end(product, book(product), after=timedelta(seconds=-1))

    product.clock.advance(timedelta(days=2))
    product.tick("questions")
    product.deliver()

    assert (asked(product.coach), asked(product.scholar)) == (1, 1)


def test_who_has_answered_is_not_asked_again(product: Product) -> None:
    let_end(product, book(product))
    open_log(product.coach)
    save_log(product, product.coach)
    open_rating(product.scholar)
    send_rating(product.scholar, 5)

    product.advance(timedelta(days=1))

    assert (asked(product.coach), asked(product.scholar)) == (1, 1)


def test_scholar_of_a_session_to_which_nobody_came_is_not_asked(product: Product) -> None:
    scholar, coach = product.scholar, product.coach
    let_end(product, book(product), after=timedelta(minutes=1))

    open_log(coach)
    save_log(product, coach, **{Field.OUTCOME: "no_show"})
    product.advance(timedelta(hours=1))
    product.advance(timedelta(days=1))

    assert asked(scholar) == 0
    open_details(scholar)
    shown = str(scholar.modal()["blocks"])
    assert texts.session_log.SCHOLAR_READS[Outcome.NO_SHOW] in shown
    assert Action.OPEN_RATING not in shown


def test_scholar_who_was_asked_before_can_answer_all_the_same(product: Product) -> None:
    let_end(product, book(product))
    open_log(product.coach)
    save_log(product, product.coach, **{Field.OUTCOME: "staff_absent"})

    open_rating(product.scholar)
    send_rating(product.scholar, 1)

    assert versions(product, SessionRating) == 1


def test_form_follows_what_is_chosen_and_keeps_what_was_written(product: Product) -> None:
    coach = product.coach
    let_end(product, book(product))
    open_log(coach)
    began = moment_in(coach, Field.BEGAN)
    coach.fill(Field.NEXT_STEP, STEP)

    coach.choose(Field.OUTCOME, "no_show")
    without = fields(coach)
    coach.choose(Field.OUTCOME, "happened")

    assert without == [Field.OUTCOME, Field.NEXT_STEP]
    times = [day_field(Field.BEGAN), Field.BEGAN, Field.ENDED]
    assert fields(coach) == [Field.OUTCOME, *times, Field.FOCUS, Field.NEXT_STEP]
    assert moment_in(coach, Field.BEGAN) == began
    save_log(product, coach)
    open_log(coach)
    assert filled(coach, Field.NEXT_STEP) == STEP


def test_old_message_opens_the_log_to_be_put_right_and_says_so(product: Product) -> None:
    coach = product.coach
    let_end(product, book(product))
    open_log(coach)
    save_log(product, coach, **{Field.NEXT_STEP: STEP})

    open_log(coach)
    shown = str(coach.modal()["blocks"])
    save_log(product, coach, **{Field.NEXT_STEP: "Two pages."})

    assert texts.session_log.LOGGED_BEFORE in shown
    assert STEP in shown
    assert versions(product) == 2
    open_details(product.scholar)
    assert "Two pages." in str(product.scholar.modal())
    assert STEP not in str(product.scholar.modal())


def test_old_messages_say_when_it_is_too_late(product: Product) -> None:
    scholar, coach = product.scholar, product.coach
    let_end(product, book(product))
    product.advance(timedelta(days=14))

    coach.press_message(last_with(coach, Action.OPEN_LOG), Action.OPEN_LOG)
    coach.wait(text=LoggedForGood().message)
    scholar.press_message(last_with(scholar, Action.OPEN_RATING), Action.OPEN_RATING)
    scholar.wait(text=AnsweredForGood().message)

    assert (coach.modals(), scholar.modals()) == ([], [])


@pytest.mark.parametrize(
    ("began", "field", "says"),
    [
        ("2027-02-01 10:00", Field.ENDED, "still to come"),
        ("2026-12-01 10:00", Field.BEGAN, "more than a day before"),
        ("2026-03-29 01:30", Field.BEGAN, "There is no 01:30"),
    ],
)
def test_times_that_cannot_be_are_told_at_their_field_and_nothing_is_lost(
    product: Product, began: str, field: Field, says: str
) -> None:
    coach = product.coach
    product.change_account("cleo", tz=LONDON)
    let_end(product, book(product))
    open_log(coach)
    coach.fill(Field.NEXT_STEP, STEP)
    right = moment_in(coach, Field.BEGAN)

    fill_moment(coach, Field.BEGAN, began)
    errors = errors_of(coach)
    fill_moment(coach, Field.BEGAN, right)
    save_log(product, coach)

    assert list(errors) == [field]
    assert says in errors[field]
    open_details(coach)
    assert STEP in str(coach.modal())


def test_an_end_that_is_no_later_than_the_beginning_is_told_at_its_field(product: Product) -> None:
    coach = product.coach
    let_end(product, book(product))
    open_log(coach)

    coach.fill(Field.ENDED, moment_in(coach, Field.BEGAN).split()[1])

    assert {field: "after the start" in said for field, said in errors_of(coach).items()} == {Field.ENDED: True}


def test_a_time_that_happens_twice_is_asked_about_and_everything_filled_in_stays(product: Product) -> None:
    coach = product.coach
    product.change_account("cleo", tz=LONDON)
    let_end(product, book(product))
    open_log(coach)
    coach.fill(Field.NEXT_STEP, STEP)
    fill_moment(coach, Field.BEGAN, "2026-10-25 01:30")
    coach.fill(Field.ENDED, "02:15")

    assert coach.submit()["errors"] == {}

    which = next(block for block in coach.modal()["blocks"] if block["block_id"] == pass_field(Field.BEGAN))
    assert [option["text"]["text"] for option in which["element"]["options"]] == ["The first (BST)", "The second (GMT)"]
    assert "happens twice on Sun 25 Oct 2026 in Europe/London" in which["hint"]["text"]
    values = coach.modal()["state"]["values"]
    assert values[Field.NEXT_STEP][Field.VALUE]["value"] == STEP
    assert values[day_field(Field.BEGAN)][Field.VALUE]["selected_date"] == "2026-10-25"
    coach.fill(pass_field(Field.BEGAN), "second")
    assert errors_of(coach)[Field.BEGAN].startswith("That is more than a day before")


def test_times_are_read_in_the_zone_the_form_was_opened_in(product: Product) -> None:
    start = book(product)
    product.change_account("cleo", tz=LONDON)
    let_end(product, start)
    open_log(product.coach)

    product.change_account("cleo", tz="Asia/Tokyo")
    save_log(product, product.coach)

    with product.stores.confidential.read() as connection:
        table = table_of(SessionLog)
        logged = connection.execute(select(table.c.started_at, table.c.ended_at)).one()
    assert tuple(logged) == (int(start), int(start) + int(LENGTH.total_seconds()))


def test_form_that_is_open_while_the_session_is_canceled_says_so(product: Product) -> None:
    let_end(product, book(product))
    open_log(product.coach)
    open_rating(product.scholar)
    product.scholar.fill(Field.SCORE, "4")
    with product.stores.confidential.write() as connection:
        connection.execute(update(table_of(Booking)).values(status=BookingStatus.CANCELED.value))

    refused = [list(actor.submit()["errors"].values()) for actor in (product.coach, product.scholar)]

    assert refused == [[AlreadyCanceled().message]] * 2
    assert (versions(product), versions(product, SessionRating)) == (0, 0)


def test_form_that_slack_delivers_again_is_kept_once(product: Product) -> None:
    let_end(product, book(product))
    open_log(product.coach)
    payload = submission(product.coach)

    for _ in range(2):
        product.workspace.deliver("interactive", payload)

    assert versions(product) == 1


def test_form_sent_before_it_followed_the_choice_is_shown_with_the_times_first(product: Product) -> None:
    coach = product.coach
    let_end(product, book(product))
    open_log(coach)
    coach.choose(Field.OUTCOME, "no_show")
    payload = submission(coach)
    payload["view"]["state"]["values"][Field.OUTCOME][Action.CHOOSE_OUTCOME]["selected_option"]["value"] = "happened"

    answer = product.workspace.deliver("interactive", payload)["body"]

    assert answer["response_action"] == "update"
    assert day_field(Field.BEGAN) in [block.get("block_id") for block in answer["view"]["blocks"]]
    assert versions(product) == 0


def test_list_names_what_waits_and_follows_what_is_logged(product: Product) -> None:
    coach = product.coach
    first = book(product)
    second = book(product, product.actor("bo"), day=3)
    let_end(product, second)

    coach.open("/support log", texts.session_log.LOGS_TITLE)
    before = str(coach.modal()["blocks"])
    coach.press(Action.OPEN_LOG)
    coach.wait(modal=texts.session_log.OUTCOME)
    assert coach.submit()["errors"] == {}
    coach.wait(modal=texts.session_log.LOGGED)
    coach.close()
    coach.wait(modal=texts.session_log.LOGGED_LATELY)

    assert before.index(first) < before.index(second)
    assert [name for name in ("Ada", "Bo") if name in before] == ["Ada", "Bo"]
    accessories = [block["accessory"]["text"]["text"] for block in coach.modal()["blocks"] if "accessory" in block]
    assert accessories == [texts.session_log.LOG, texts.session_log.CORRECT]


def test_scholar_who_asks_for_the_list_is_told_whose_it_is(product: Product) -> None:
    product.scholar.slash("/support log")

    product.scholar.wait(text=texts.helping.LOG)


def test_details_lead_to_the_form_and_follow_what_is_saved(product: Product) -> None:
    coach = product.coach
    let_end(product, book(product))
    open_details(coach)
    assert texts.session_log.NOT_LOGGED in str(coach.modal())

    coach.press(Action.OPEN_LOG)
    coach.wait(modal=texts.session_log.OUTCOME)
    coach.fill(Field.NEXT_STEP, STEP)
    coach.submit()
    coach.wait(modal=texts.session_log.LOGGED)
    coach.close()

    wait_until(lambda: STEP in str(coach.modal()) and texts.sessions.DETAILS_TITLE in str(coach.modal()))


def test_home_of_the_coach_counts_what_waits_and_names_nobody(product: Product) -> None:
    coach = product.coach
    start = book(product)
    let_end(product, start)
    coach.open_home()
    coach.wait(home=texts.session_log.WAITS)
    home = str(coach.home())

    coach.press_home(Action.OPEN_LOGS)
    coach.wait(modal=texts.session_log.LOGS_TITLE)
    coach.close(everything=True)
    open_log(coach)
    save_log(product, coach)

    wait_until(lambda: texts.session_log.WAITS not in str(coach.home()))
    assert [found for found in ("Ada", start) if found in home] == []


def test_home_of_the_scholar_says_that_a_question_waits_and_opens_it(product: Product) -> None:
    scholar = product.scholar
    start = book(product)
    let_end(product, start)
    scholar.open_home()
    scholar.wait(home=texts.rating.WAITS)
    home = str(scholar.home())

    scholar.press_home(Action.OPEN_RATING)
    scholar.wait(modal=texts.rating.QUESTION)
    send_rating(scholar, 7)

    wait_until(lambda: texts.rating.WAITS not in str(scholar.home()))
    assert [found for found in ("Cleo", start) if found in home] == []


def test_question_leaves_the_scholars_home_once_nobody_came(product: Product) -> None:
    let_end(product, book(product))
    product.scholar.open_home()
    product.scholar.wait(home=texts.rating.WAITS)

    open_log(product.coach)
    save_log(product, product.coach, **{Field.OUTCOME: "no_show"})

    wait_until(lambda: texts.rating.WAITS not in str(product.scholar.home()))


def test_others_are_told_the_same_whether_there_is_a_session_or_not(product: Product) -> None:
    let_end(product, book(product))
    with product.stores.confidential.read() as connection:
        booked = connection.execute(select(table_of(Booking))).one()
    put_membership(product.stores.program, "bo", Role.COACH, first_day="2027-01-02")

    refs = (booked.staff_ref, booked.scholar_ref, "no-such-session")
    logs = [answers_to(product, a_press("dev", Action.OPEN_LOG, f"{ref}.1")) for ref in refs]
    ratings = [answers_to(product, a_press("bo", Action.OPEN_RATING, f"{ref}.1")) for ref in refs]
    by_scholar = answers_to(product, a_press("ada", Action.OPEN_LOG, f"{booked.scholar_ref}.1"))

    assert logs == ratings == [[NotFound().message]] * 3
    assert by_scholar == [NotAllowed().message]


def test_what_slack_keeps_of_the_two_questions_has_nothing_in_common_but_the_time(product: Product) -> None:
    start = book(product)
    let_end(product, start)

    carried = [
        {element.get("value") for block in last_with(actor, action)["blocks"] for element in block.get("elements", [])}
        for actor, action in ((product.coach, Action.OPEN_LOG), (product.scholar, Action.OPEN_RATING))
    ]
    messages = [last_with(product.coach, Action.OPEN_LOG), last_with(product.scholar, Action.OPEN_RATING)]

    assert carried[0] & carried[1] == set()
    assert [str(message["text"]).partition(":")[0] for message in messages] == [ENDED] * 2
    assert datetime.fromtimestamp(int(start), UTC) < product.clock.now()
