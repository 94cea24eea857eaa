"""After a session, in the running product: both are asked, both answer, each reads what is theirs to read."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.errors import NotAllowed, NotFound
from domain.people import Role
from domain.session_log import Outcome
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from storage.confidential.bookings import Booking
from storage.confidential.session_log import SessionRating
from storage.engine import table_of
from tests.acting.afterwards import filled, let_end, open_log, open_rating, save_log, send_rating, versions
from tests.acting.payloads import a_press
from tests.acting.steps import book, last_with, open_details, told
from tests.acting.teams import wait_until
from tests.builders.people import put_membership
from tests.e2e.test_refusals import answers_to
from tests.fixtures.products import Product

STEP, WORD = "One page by Friday, however bad.", "Ten minutes would have done."
ENDED, STILL_ASKED = "A session of yours has ended", "You have not said yet how a session of yours went"


def asked(actor: Actor) -> int:
    """How often somebody was asked how a session went."""
    return sum(each in (ENDED, STILL_ASKED) for each in told(actor))


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
    for who in (product.coach, product.scholar):
        assert [each for each in told(who) if each in (ENDED, STILL_ASKED)] == [ENDED, STILL_ASKED]


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
    coach.wait(title=texts.session_log.LOGS_TITLE)
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
