"""A handover in the running product, by all three people, through their messages and modals."""

from datetime import timedelta

from sqlalchemy import func, select

from domain.errors import NotFound
from domain.handover import Consent, NoSuccessor
from handlers import texts
from handlers.ids import Action, Field
from services.handover.deliveries import HandoverMessage
from services.handover.standing import HandoverOff
from storage.confidential.handovers import Handover
from storage.engine import table_of
from tests.acting.handovers import answer, fill_hand_over, hand_over, open_change, open_takeover
from tests.acting.payloads import a_press
from tests.acting.steps import book, last_with, leave_roster, open_details, submission, told
from tests.acting.teams import wait_until
from tests.e2e.test_refusals import answers_to
from tests.fixtures.products import Product
from tests.looking.invariants import broken_invariants

WORDS = "Dev is quick with plots."
FRIDAY = 4
"""The fifth day offered, when it is Monday noon: after the earliest day of a handover."""


def handovers(product: Product) -> int:
    with product.stores.confidential.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table_of(Handover))).scalar() or 0)


def test_three_people_go_through_a_handover(each_product: Product) -> None:
    product = each_product
    scholar, coach, successor = product.scholar, product.coach, product.actor("dev")
    book(product, day=FRIDAY, words="About plots.")
    hand_over(product, coach, words=WORDS)

    open_change(scholar)
    shown = str(scholar.modal()["blocks"])
    answer(product, scholar, Consent.REFUSED, "move")
    open_takeover(successor)
    taken = str(successor.modal()["blocks"])
    successor.close(everything=True)
    open_details(successor)
    session = str(successor.modal()["blocks"])

    assert [each for each in ("Cleo", "Dev", WORDS) if each not in shown] == []
    assert texts.handover.CLOSED in taken
    assert "Ada" in taken
    assert "Ada" in session
    assert "About plots." not in session  # it was written for Cleo, and Ada has said no
    assert told(coach)[-2:] == [texts.messages.SESSION_CANCELED, texts.messages.SESSION_FILE]
    assert told(scholar).count(texts.messages.SESSION_CANCELED) == 0
    assert told(scholar).count(texts.messages.SESSION_FILE) == 3  # Cleo's, Dev's, and the one that takes Cleo's away
    assert told(successor).count(texts.messages.SESSION_BOOKED) == 1
    assert broken_invariants(product.stores.confidential) == []


def test_answer_can_be_changed_from_the_list(product: Product) -> None:
    scholar = product.scholar
    book(product, day=FRIDAY)
    hand_over(product, product.coach)
    open_change(scholar)
    begins_with = chosen_consent(product)
    answer(product, scholar, Consent.GIVEN, "keep")

    scholar.open("/support list", texts.sessions.SESSIONS_TITLE)
    scholar.press(f"{Action.OPEN_HANDOVER}:0")
    scholar.wait(title=texts.handover.SHEET_TITLE)

    assert (begins_with, chosen_consent(product)) == ("refused", "given")


def chosen_consent(product: Product) -> str:
    blocks = {block.get("block_id"): block for block in product.scholar.modal()["blocks"]}
    return str(blocks[Field.CONSENT]["element"]["initial_option"]["value"])


def test_taking_it_back_is_told_and_old_messages_say_so(product: Product) -> None:
    scholar, coach, successor = product.scholar, product.coach, product.actor("dev")
    book(product, day=FRIDAY)
    hand_over(product, coach)

    coach.open("/support handover", texts.handover.TITLE)
    coach.press(Action.WITHDRAW_HANDOVER)
    wait_until(lambda: texts.handover.NOTHING in str(coach.modal()))
    product.deliver()
    scholar.press_message(last_with(scholar, Action.OPEN_HANDOVER), Action.OPEN_HANDOVER)
    scholar.wait(text=HandoverOff().message)
    successor.press_message(last_with(successor, Action.OPEN_TAKEOVER), Action.OPEN_TAKEOVER)
    successor.wait(text=NotFound().message)

    off = texts.handover.MESSAGES["handover.off"]  # type: ignore[index]  # a StrEnum
    assert (off in told(scholar), off in told(successor)) == (True, True)


def test_form_says_what_is_wrong_at_its_field_and_keeps_the_rest(product: Product) -> None:
    coach = product.coach
    book(product, day=FRIDAY)
    fill_hand_over(coach, words=WORDS)

    coach.fill(Field.FIRST, "2027-01-12")
    early = coach.submit()["errors"]
    coach.fill(Field.FIRST, "2027-01-14")
    leave_roster(product, "dev")
    gone = coach.submit()["errors"]

    assert list(early) == [Field.FIRST]
    assert "Thu 14 Jan or later" in early[Field.FIRST]
    assert list(gone.values()) == [NoSuccessor().message]
    assert handovers(product) == 0


def test_form_that_slack_delivers_again_hands_over_once(product: Product) -> None:
    book(product, day=FRIDAY)
    fill_hand_over(product.coach)
    payload = submission(product.coach)

    for _ in range(2):
        product.workspace.deliver("interactive", payload)

    assert handovers(product) == 1


def test_who_leaves_before_the_day_is_told_of_to_who_planned_it(product: Product) -> None:
    coach = product.coach
    book(product, day=FRIDAY)
    hand_over(product, coach)
    leave_roster(product, "dev")

    product.advance(timedelta(minutes=1))
    coach.press_message(last_with(coach, Action.OPEN_HANDOVERS), Action.OPEN_HANDOVERS)
    coach.wait(modal=texts.handover.NOTHING)

    assert texts.handover.MESSAGES["handover.lapsed"] in told(coach)  # type: ignore[index]  # a StrEnum


def test_others_are_told_the_same_whether_there_is_one_or_not(product: Product) -> None:
    book(product, day=FRIDAY)
    hand_over(product, product.coach)
    with product.stores.confidential.read() as connection:
        one = connection.execute(select(table_of(Handover))).one()

    refs = (one.scholar_ref, one.from_ref, one.to_ref, one.id, "no-such")
    pressed = {
        ("bo", Action.OPEN_HANDOVER): refs,
        ("eli", Action.OPEN_TAKEOVER): refs,
        ("eli", Action.WITHDRAW_HANDOVER): refs,
        ("cleo", Action.OPEN_TAKEOVER): refs,
    }
    answers = {
        answer_
        for (who, action), each in pressed.items()
        for ref in each
        for answer_ in answers_to(product, a_press(who, action, ref))
    }

    assert answers == {NotFound().message}


def test_scholar_who_asks_for_it_is_told_whose_it_is(product: Product) -> None:
    product.scholar.slash("/support handover")

    product.scholar.wait(text=texts.handover.WHOSE)


def test_who_has_not_answered_is_asked_once_more_the_day_before_and_never_after_a_word(each_product: Product) -> None:
    product, scholar = each_product, each_product.scholar
    book(product, day=FRIDAY)
    hand_over(product, product.coach)
    reminder = texts.handover.MESSAGES[HandoverMessage.REMINDED]

    product.advance(timedelta(days=2, hours=7))  # late in the morning in Los Angeles, where the accounts are
    asked = told(scholar).count(reminder)
    open_change(scholar)
    answer(product, scholar, Consent.REFUSED)
    product.advance(timedelta(days=1))

    assert (asked, told(scholar).count(reminder)) == (1, 1)
    assert [name for name in ("Cleo", "Dev") if name in str(scholar.messages())] == []
