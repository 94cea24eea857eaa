"""After a group session, in the running product: hosts and seats are asked in the words of any session."""

from datetime import UTC, datetime, timedelta

from domain.session_log import LoggedByOther, Outcome
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.fields import day_field
from sandbox.client import Actor
from tests.acting.afterwards import let_end, open_log, open_rating, save_log, send_rating
from tests.acting.groups import set_up, take
from tests.acting.steps import last_with, open_details, told
from tests.fixtures.products import Product
from tests.looking.invariants import broken_invariants

STARTS = str(int(datetime(2027, 1, 13, 22, tzinfo=UTC).timestamp()))
"""The start of the group session, in epoch seconds."""
WORD = "Ten minutes would have done."


def asked(actor: Actor) -> int:
    """How often somebody was asked how a session went."""
    return sum(each in (texts.session_log.ENDED, texts.session_log.STILL_ASKED) for each in told(actor))


def fields(actor: Actor) -> list[str]:
    """The inputs of the topmost modal."""
    return [block["block_id"].partition(":")[0] for block in actor.modal()["blocks"] if block["type"] == "input"]


def held(product: Product) -> tuple[Actor, Actor, Actor, Actor]:
    """A group session of two hosts in which two have a seat, just over."""
    people = product.coach, product.actor("eli"), product.scholar, product.actor("bo")
    set_up(product, people[0], cohost=people[1])
    for scholar in people[2:]:
        take(product, scholar)
    let_end(product, STARTS)
    return people


def test_hosts_log_it_once_and_seats_answer_each_for_itself(each_product: Product) -> None:
    product = each_product
    coach, manager, ada, bo = held(product)
    at_the_end = [asked(each) for each in (coach, manager, ada, bo)]
    manager.open_home()
    manager.wait(home=texts.session_log.WAITS)

    open_log(coach)
    form, shown = fields(coach), str(coach.modal()["blocks"])
    save_log(product, coach, **{Field.FOCUS: ["career"]})
    open_rating(ada)
    asks = str(ada.modal()["blocks"])
    send_rating(ada, 9, words=WORD)
    manager.press_message(last_with(manager, Action.OPEN_LOG), Action.OPEN_LOG)
    manager.wait(text=LoggedByOther().message)
    product.advance(timedelta(days=1))

    assert at_the_end == [1, 1, 1, 1]
    assert form == [Field.OUTCOME, day_field(Field.BEGAN), Field.BEGAN, Field.ENDED, Field.FOCUS]
    assert "Writing together" in shown
    assert "Writing together" in asks
    assert texts.rating.WHO_SEES_SEVERAL in asks
    assert [asked(each) for each in (coach, manager, ada, bo)] == [1, 1, 1, 2]
    assert texts.session_log.WAITS not in str(manager.home())
    for host in (coach, manager):
        open_details(host, last_with(host, Action.OPEN_DETAILS))
        assert "*It was about:* Career" in str(host.modal())
        assert WORD not in str(host.modal())
    assert Action.OPEN_LOG in str(coach.modal())
    assert Action.OPEN_LOG not in str(manager.modal())
    for scholar in (ada, bo):
        open_details(scholar, last_with(scholar, Action.OPEN_DETAILS))
        assert "Career" not in str(scholar.modal())
        assert WORD not in str(scholar.modal())
        assert Action.OPEN_RATING in str(scholar.modal())
    assert broken_invariants(product.stores.confidential) == []


def test_question_reads_like_that_of_any_session(product: Product) -> None:
    coach, _, ada, _ = held(product)

    of_host, of_seat = last_with(coach, Action.OPEN_LOG), last_with(ada, Action.OPEN_RATING)

    for message in (of_host, of_seat):
        assert str(message["text"]).startswith(texts.session_log.ENDED)
        for hidden in ("Writing", "Cleo", "Ada", "Bo", "Eli", texts.kinds.LABELS["group"]):
            assert hidden not in str(message["blocks"])


def test_one_to_which_nobody_came_asks_no_seat(product: Product) -> None:
    coach, manager, ada, bo = product.coach, product.actor("eli"), product.scholar, product.actor("bo")
    set_up(product, coach, cohost=manager)
    take(product, ada)
    let_end(product, STARTS, after=timedelta(minutes=1))

    open_details(coach, last_with(coach, Action.OPEN_LOG))
    coach.press(Action.OPEN_LOG)
    coach.wait(modal=texts.session_log.OUTCOME)
    coach.choose(Field.OUTCOME, Outcome.NO_SHOW)
    coach.submit()
    coach.wait(modal=texts.session_log.LOGGED)
    said = str(coach.modal())
    product.deliver()
    product.advance(timedelta(hours=1))
    product.advance(timedelta(days=1))

    assert texts.session_log.SEVERAL_READS[Outcome.NO_SHOW] in said
    assert (asked(ada), asked(bo), asked(manager)) == (0, 0, 1)
    coach.close()
    coach.wait(modal=texts.session_log.SEVERAL_READS[Outcome.NO_SHOW])


def test_list_of_what_waits_leads_to_the_form_and_follows_it(product: Product) -> None:
    coach, *_ = held(product)
    coach.open("/support log", texts.session_log.LOGS_TITLE)
    listed = str(coach.modal())

    coach.press(Action.OPEN_LOG)
    coach.wait(modal=texts.session_log.OUTCOME)
    coach.submit()
    coach.wait(modal=texts.session_log.LOGGED)
    coach.close()

    assert "Writing together" in listed
    coach.wait(modal=texts.session_log.NOTHING_TO_LOG)
