"""Announcements in the running product: who gets them, and what a press does."""

from datetime import timedelta

from domain.people import Role
from handlers.ids import Action, Field
from tests.acting.announcing import (
    TITLE,
    WORDS,
    announce,
    fill_announcement,
    pressed,
    told,
    wake,
)
from tests.acting.steps import press_to
from tests.acting.teams import wait_until
from tests.fixtures.products import Product

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def test_important_announcement_reaches_each_reader_and_one_press_stops_only_that_ones_ladder(
    each_product: Product,
) -> None:
    product = each_product
    wake(product, "ada", "bo")
    announce(product)
    ada, bo = product.scholar, product.actor("bo")

    pressed(ada)
    wait_until(lambda: "Acknowledged " in str(told(ada)[-1]))
    product.advance(5 * HOUR)

    assert (len(told(ada)), len(told(bo))) == (1, 2)
    assert WORDS.AGAIN in str(told(bo)[-1])
    assert Action.ACKNOWLEDGE not in str(told(ada)[-1])
    assert [actor for actor in ("max", "cleo", "sam") if told(product.actor(actor))] == []


def test_press_on_one_message_lets_the_other_one_stop_asking_too(product: Product) -> None:
    wake(product, "ada", "bo")
    announce(product)
    product.advance(5 * HOUR)
    bo = product.actor("bo")
    before = [Action.ACKNOWLEDGE in str(each) for each in told(bo)]

    pressed(bo)
    wait_until(lambda: "Acknowledged " in str(told(bo)[-1]))
    product.deliver()

    assert (before, [Action.ACKNOWLEDGE in str(each) for each in told(bo)]) == ([True, True], [False, False])


def test_pressing_twice_says_when_it_was_acknowledged(product: Product) -> None:
    announce(product)
    pressed(product.scholar)
    wait_until(lambda: "Acknowledged " in str(told(product.scholar)[-1]))
    before = len(told(product.scholar))

    product.workspace.redeliver()  # as from another device, which still shows the button

    wait_until(lambda: WORDS.ALREADY.partition("{")[0] in str(product.scholar.messages()))
    assert len(told(product.scholar)) == before == 1


def test_home_shows_what_waits_and_its_button_reads_and_acknowledges_it(product: Product) -> None:
    announce(product)
    reader = product.scholar
    reader.open_home()
    reader.wait(home=TITLE)

    reader.press_home(Action.READ_ANNOUNCEMENT)
    reader.wait(title=WORDS.DETAILS_TITLE)
    reader.press(Action.ACKNOWLEDGE)
    reader.wait(modal="Acknowledged ")

    assert "https://example.org/plans" in str(reader.modal())


def test_announce_for_everybody_else_lists_what_is_for_them(product: Product) -> None:
    announce(product)

    product.scholar.open("/announce", WORDS.OWN_TITLE)
    product.actor("max").open("/announce mine", WORDS.OWN_TITLE)

    assert TITLE in str(product.scholar.modal())
    assert WORDS.OWN_NONE in str(product.actor("max").modal())


def test_private_list_is_joined_by_a_press_and_announced_to_by_its_owner(product: Product) -> None:
    sam, ada = product.actor("sam"), product.scholar
    sam.open("/announce", WORDS.TITLE)
    press_to(sam, Action.OPEN_LISTS, WORDS.LISTS_TITLE)
    press_to(sam, Action.NEW_LIST, WORDS.NEW_LIST)
    sam.fill(Field.TITLE, "Grants")
    sam.submit()
    sam.wait(modal=WORDS.LIST_BEGUN)
    sam.close(everything=True)
    ada.open("/announce mine", WORDS.OWN_TITLE)
    press_to(ada, Action.OPEN_LISTS, WORDS.LISTS_TITLE)
    ada.press(Action.JOIN_LIST)
    ada.wait(modal=WORDS.LIST_ON)

    sam.open("/announce new", WORDS.FORM_TITLE)
    list_id = next(iter(sam.options(Field.LIST)))
    sam.close(everything=True)
    announce(product, {Field.WHO: [], Field.LIST: list_id}, staff=sam)

    assert (len(told(ada)), len(told(product.actor("bo")))) == (1, 0)
    assert "Ada" not in str(ada.modals())


def test_lost_token_in_mid_broadcast_stops_sending_and_all_is_sent_once_after_the_cure(product: Product) -> None:
    wake(product, "cleo", "dev", "max")
    fill_announcement(product.actor("sam"), {Field.WHO: [Role.SCHOLAR.value, Role.COACH.value, Role.MENTOR.value]})
    product.actor("sam").submit()
    product.actor("sam").wait(title=WORDS.PREVIEW_TITLE)
    product.actor("sam").submit()
    product.actor("sam").wait(title=WORDS.TITLE)
    product.tick("announcements")
    product.workspace.fault("chat.postMessage", "error", error="token_revoked", after=2, times=50)

    product.runtime.dispatcher.dispatch()
    stopped = product.runtime.dispatcher.watch.health()
    sent_before = sum(len(told(product.actor(each))) for each in ("ada", "bo", "cleo", "dev", "max"))
    product.workspace.clear_faults()
    product.clock.advance(2 * MINUTE)
    product.deliver()

    assert ("no_access" in stopped, sent_before) == (True, 2)
    assert [len(told(product.actor(each))) for each in ("ada", "bo", "cleo", "dev", "max")] == [1] * 5
