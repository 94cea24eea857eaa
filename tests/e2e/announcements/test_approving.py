"""The second yes of a critical announcement in the running product: asked for, given, refused, and not answered."""

from datetime import timedelta

from handlers import texts
from handlers.ids import Action, Field
from tests.acting.announcing import (
    CRITICAL,
    WORDS,
    announce,
    fill_announcement,
    go_out,
    open_one,
    second_staff,
    told,
)
from tests.acting.steps import initial_users
from tests.builders.people import account_of
from tests.fixtures.products import Product

MINUTE = timedelta(minutes=1)


def test_critical_announcement_goes_only_after_a_second_yes(product: Product) -> None:
    sue = second_staff(product)
    announce(product, CRITICAL)
    before = told(product.scholar)

    sue.press_message(sue.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    sue.wait(title=WORDS.DETAILS_TITLE)
    sue.press(Action.APPROVE_ANNOUNCEMENT)
    sue.wait(modal=WORDS.APPROVED_SAYS)
    go_out(product)

    assert (before, len(told(product.scholar))) == ([], 1)
    assert WORDS.OF_A_CRITICAL_ONE.answered_yes in str(product.actor("sam").messages()[-1])
    staff = product.actor("sam")
    open_one(staff)
    staff.press(Action.SEE_TRAIL)
    staff.wait(title=texts.trail.TITLE)
    assert ("approved by *Sue*" in str(staff.modal()), "asked for a yes by *Sam*" in str(staff.modal())) == (
        True,
        True,
    )


def test_no_comes_back_to_its_author_with_the_reason_in_the_modal_and_not_in_the_message(product: Product) -> None:
    sue, sam = second_staff(product), product.actor("sam")
    announce(product, CRITICAL)
    sue.press_message(sue.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    sue.wait(title=WORDS.DETAILS_TITLE)
    sue.press(Action.REFUSE_ANNOUNCEMENT)
    sue.wait(title=WORDS.REFUSE_TITLE)
    sue.fill(Field.REASON, "The date is wrong.")
    sue.submit()
    product.deliver()

    assert WORDS.OF_A_CRITICAL_ONE.answered_no in str(sam.messages()[-1])
    assert "The date is wrong." not in str(sam.messages())
    sam.press_message(sam.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    sam.wait(modal="The date is wrong.")
    assert WORDS.SAID_NO.format(name="Sue") in str(sam.modal())


def test_without_an_answer_its_author_may_send_it_as_important(product: Product) -> None:
    second_staff(product)
    sam = product.actor("sam")
    announce(product, CRITICAL)
    product.advance(16 * MINUTE)

    sam.press_message(sam.messages()[-1], Action.SEND_AS_IMPORTANT)
    sam.wait(title=WORDS.DETAILS_TITLE)
    go_out(product)

    assert len(told(product.scholar)) == 1


def test_critical_announcement_of_the_only_member_of_staff_says_what_to_do(product: Product) -> None:
    staff = product.actor("sam")
    fill_announcement(staff, CRITICAL)
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)

    assert WORDS.NO_APPROVER in str(staff.modal())
    assert "submit" not in {key for key, value in staff.modal().items() if value}


def test_approver_whose_account_is_off_is_no_choice_when_the_draft_is_edited(product: Product) -> None:
    second_staff(product)
    staff = product.actor("sam")
    fill_announcement(staff, {**CRITICAL, Field.APPROVER: account_of("sue")})
    staff.submit()
    staff.wait(title=WORDS.PREVIEW_TITLE)
    staff.press(Action.EDIT_ANNOUNCEMENT)
    staff.wait(title=WORDS.EDIT_TITLE)
    before = initial_users(staff, Field.APPROVER)
    staff.close(everything=True)

    product.change_account("sue", deleted=True)

    open_one(staff, is_draft=True)
    staff.press(Action.EDIT_ANNOUNCEMENT)
    staff.wait(title=WORDS.EDIT_TITLE)
    assert (before, initial_users(staff, Field.APPROVER)) == ([account_of("sue")], [])


def test_who_is_asked_may_look_into_the_form_and_still_say_yes(product: Product) -> None:
    sue = second_staff(product)
    announce(product, CRITICAL)
    sue.press_message(sue.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    sue.wait(title=WORDS.DETAILS_TITLE)
    sue.press(Action.EDIT_ANNOUNCEMENT)
    sue.wait(title=WORDS.EDIT_TITLE)
    warned = WORDS.EDIT_WAITING_OTHERS in str(sue.modal())

    sue.submit()
    sue.wait(modal=WORDS.UNCHANGED)
    sue.press(Action.APPROVE_ANNOUNCEMENT)
    sue.wait(modal=WORDS.APPROVED_SAYS)
    go_out(product)

    assert (warned, len(told(product.scholar))) == (True, 1)


def test_author_hears_that_it_is_a_draft_again_and_nobody_is_chosen_who_could_not_say_yes(product: Product) -> None:
    sue, sam = second_staff(product), product.actor("sam")
    announce(product, CRITICAL)
    sue.press_message(sue.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    sue.wait(title=WORDS.DETAILS_TITLE)
    sue.press(Action.EDIT_ANNOUNCEMENT)
    sue.wait(title=WORDS.EDIT_TITLE)
    sue.fill(Field.BODY, "Another text.")
    sue.fill(Field.APPROVER, account_of("sue"))
    errors = sue.submit()["errors"]
    sue.fill(Field.APPROVER, account_of("sam"))
    errors_of_author = sue.submit()["errors"]
    sue.fill(Field.APPROVER, None)
    sue.submit()
    sue.wait(title=WORDS.PREVIEW_TITLE)
    product.deliver()

    assert (list(errors), list(errors_of_author)) == ([Field.APPROVER], [Field.APPROVER])
    assert WORDS.EDITED.format(name="Sue") in str(sam.messages()[-1])


def test_whoever_opens_what_another_has_answered_reads_who_answered_what(product: Product) -> None:
    sue, sam = second_staff(product), product.actor("sam")
    announce(product, CRITICAL)
    product.advance(16 * MINUTE)
    asked, waits = sue.messages()[-1], sam.messages()[-1]
    sam.press_message(waits, Action.SEND_AS_IMPORTANT)
    sam.wait(title=WORDS.DETAILS_TITLE)
    sam.close(everything=True)

    sam.press_message(waits, Action.SEND_AS_IMPORTANT)
    sam.wait(modal=WORDS.WENT_AS_IMPORTANT.format(name="Sam"))
    sue.press_message(asked, Action.OPEN_ANNOUNCEMENT)

    sue.wait(modal=WORDS.WENT_AS_IMPORTANT.format(name="Sam"))
