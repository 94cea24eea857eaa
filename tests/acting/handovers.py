"""What people do about handovers in the running product, a line each."""

from domain.handover import Consent
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from tests.acting.steps import last_with
from tests.fixtures.products import Product


def fill_hand_over(staff: Actor, *, to: str = "dev", words: str = "", scholar: str = "") -> None:
    """Open the form from the list and fill it in, with the scholar of this name, or the first one."""
    staff.open("/support handover", texts.handover.TITLE)
    staff.press(Action.OPEN_HAND_OVER)
    staff.wait(modal=texts.handover.SCHOLAR)
    names = staff.options(Field.SCHOLAR)
    staff.choose(Field.SCHOLAR, next(ref for ref, name in names.items() if name == scholar or not scholar))
    staff.fill(Field.STAFF, to)
    if words:
        staff.fill(Field.WORDS, words)


def hand_over(product: Product, staff: Actor, **wishes: str) -> None:
    """Hand somebody over from the earliest day on, and let scholar and successor be told."""
    fill_hand_over(staff, **wishes)
    outcome = staff.submit()
    if outcome["errors"] or outcome["error"]:
        raise AssertionError(f"the form was not taken: {outcome}")
    staff.wait(title=texts.handover.SENT_TITLE)
    staff.close(everything=True)
    product.deliver()


def open_change(scholar: Actor) -> None:
    """From the message to what changes."""
    scholar.press_message(last_with(scholar, Action.OPEN_HANDOVER), Action.OPEN_HANDOVER)
    scholar.wait(title=texts.handover.SHEET_TITLE)


def answer(product: Product, scholar: Actor, consent: Consent, *sessions: str) -> None:
    """Answer in the open form, the sessions in their order, and let everybody be told."""
    scholar.fill(Field.CONSENT, consent.value)
    for number, wish in enumerate(sessions):
        name = f"session.{number}"
        scholar.fill(name, next(value for value in scholar.options(name) if value.startswith(wish)))
    outcome = scholar.submit()
    if outcome["errors"] or outcome["error"]:
        raise AssertionError(f"the form was not taken: {outcome}")
    scholar.wait(title=texts.handover.SAVED_TITLE)
    scholar.close(everything=True)
    product.deliver()


def open_takeover(successor: Actor) -> None:
    """From the message to whom they take over."""
    successor.press_message(last_with(successor, Action.OPEN_TAKEOVER), Action.OPEN_TAKEOVER)
    successor.wait(title=texts.handover.TAKEOVER_TITLE)
