"""What a program tells many in a week: announcements, a deadline, events. With marked words to look for afterwards."""

from datetime import UTC, datetime, timedelta

from domain.nudges import NUDGE_PAUSE
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.choices import PROOF
from handlers.ids.fields import day_field
from sandbox.client import Actor
from tests.acting import announcing
from tests.acting.announcing import CRITICAL, NOTICE, announce, open_one, pressed, second_staff
from tests.acting.deadlines import open_deadline, reminders, set_deadline
from tests.acting.events import open_event, plan, press_in_list
from tests.acting.steps import last_with
from tests.fixtures.products import Product

ANNOUNCED, SAID, CORRECTED, LINKED = "canaryannounced", "canarysaid", "canarycorrected", "canarylinked"
NOTICED, SHELVED = "canarynoticed", "canaryshelved"
DUE = "canarydue"
EVENT, AT, JOIN, HELD, OFF = "canaryevent", "canaryhall", "canaryjoin", "canaryheld", "canaryoff"
TOLD = (ANNOUNCED, SAID, CORRECTED, LINKED, NOTICED, SHELVED, DUE, EVENT, AT, JOIN, HELD, OFF)
"""Told to everybody it is for: in messages, Home tabs and modals, and nowhere else."""
WHY_NOT, PROVEN, TALK = "canarywhynot", "canaryproven", "canarytalk"
SHOWN = (WHY_NOT, PROVEN, TALK)
"""Opened in a modal by those it is for; in no message."""
HOUR = timedelta(hours=1)


def play_a_program_week(product: Product) -> None:
    """Everything that staff tell many is told once, and answered; Ada comes last, so that lists for staff have her."""
    _let_it_be_evening(product)
    _announce(product)
    _let_one_wait_for_the_digest(product)
    _refuse_a_critical_one(product)
    _ask_for_a_proof(product)
    _meet(product)
    _call_off(product)


def _let_it_be_evening(product: Product) -> None:
    """In London, which is the forenoon in Los Angeles: nobody is asleep."""
    now = product.clock.now()
    product.advance(now.replace(hour=18, minute=0, second=0) + timedelta(days=1) - now)


def _refuse_a_critical_one(product: Product) -> None:
    """Sue says no to it, with a reason that its author reads."""
    sam, sue = product.actor("sam"), second_staff(product)
    announce(product, {**CRITICAL, Field.TITLE: SHELVED, Field.BODY: SAID})
    sue.press_message(last_with(sue, Action.OPEN_ANNOUNCEMENT), Action.OPEN_ANNOUNCEMENT)
    sue.wait(title=announcing.WORDS.DETAILS_TITLE)
    sue.press(Action.REFUSE_ANNOUNCEMENT)
    sue.wait(title=announcing.WORDS.REFUSE_TITLE)
    sue.fill(Field.REASON, WHY_NOT)
    sue.submit()
    sue.close(everything=True)
    product.deliver()
    sam.press_message(last_with(sam, Action.OPEN_ANNOUNCEMENT), Action.OPEN_ANNOUNCEMENT)
    sam.wait(modal=WHY_NOT)
    sam.close(everything=True)


def _announce(product: Product) -> None:
    """An important one: acknowledged by Bo, told again, corrected, listed to staff, nudged, acknowledged by Ada."""
    sam, ada, bo = product.actor("sam"), product.scholar, product.actor("bo")
    title = f"{announcing.TITLE}: {ANNOUNCED}"
    announce(product, {Field.TITLE: title, Field.BODY: SAID, Field.LINK: f"https://example.org/{LINKED}"})
    pressed(bo)
    ada.open_home()
    ada.wait(home=ANNOUNCED)
    product.advance(3 * HOUR)
    open_one(sam)
    sam.press(Action.CORRECT_ANNOUNCEMENT)
    sam.wait(title=announcing.WORDS.CORRECT_TITLE)
    sam.fill(Field.BODY, CORRECTED)
    sam.submit()
    sam.wait(modal=announcing.WORDS.CORRECT_SAVED)
    sam.close(everything=True)
    product.deliver()
    product.advance(2 * HOUR)  # the second message, before which there is no list
    product.deliver()
    product.advance(22 * HOUR)
    sam.press_message(last_with(sam, Action.OPEN_ANNOUNCEMENT), Action.OPEN_ANNOUNCEMENT)
    sam.wait(modal="Canaryada")
    sam.press(Action.NUDGE_READERS)
    sam.wait(modal=announcing.WORDS.NUDGED_ONE)
    sam.close(everything=True)
    product.deliver()
    pressed(ada)
    product.deliver()


def _let_one_wait_for_the_digest(product: Product) -> None:
    announce(product, {**NOTICE, Field.TITLE: NOTICED, Field.BODY: SAID})
    product.advance(24 * HOUR)
    _read_digest(product.scholar)


def _read_digest(reader: Actor) -> None:
    reader.press_message(last_with(reader, Action.READ_ANNOUNCEMENT), Action.READ_ANNOUNCEMENT)
    reader.wait(title=announcing.WORDS.DETAILS_TITLE)
    reader.close(everything=True)


def _ask_for_a_proof(product: Product) -> None:
    """Bo gives one; staff look at it, and at Ada's name, and nudge her."""
    sam, bo = product.actor("sam"), product.actor("bo")
    day = (product.clock.now() + timedelta(days=4)).date().isoformat()
    set_deadline(product, {Field.TITLE: DUE, day_field(Field.DUE): day, Field.OPTIONS: [PROOF, "tell"]})
    product.advance(timedelta(minutes=1))
    bo.press_message(reminders(bo)[-1], Action.MEET_WITH_PROOF)
    bo.wait(title=texts.due.PROOF_TITLE)
    bo.fill(Field.PROOF, f"https://example.org/{PROVEN}")
    bo.submit()
    bo.wait(modal="Marked done")
    bo.close(everything=True)
    open_deadline(sam)
    sam.wait(modal=PROVEN)
    sam.wait(modal="Canaryada")
    product.clock.advance(NUDGE_PAUSE)
    sam.press(Action.NUDGE_BEHIND)
    sam.wait(modal=texts.deadlines.NUDGED_LATER_ONE)  # it is ten in the evening by then
    sam.close(everything=True)
    product.deliver()


def _starts(product: Product) -> datetime:
    return product.clock.now().astimezone(UTC).replace(hour=19, minute=0, second=0) + timedelta(days=2)


def _plan(product: Product, **wishes: str) -> tuple[str, datetime]:
    starts = _starts(product)
    filled = {Field.TITLE: EVENT, Field.PLACE: AT, Field.LINK: f"https://example.org/{JOIN}", Field.TEXT: HELD}
    end = f"{starts + HOUR:%H:%M}"
    return plan(product, start=f"{starts:%Y-%m-%d %H:%M}", end=end, **filled | wishes), starts


def _meet(product: Product) -> None:
    """Ada comes and gives a talk; her host sees who comes and ticks who came."""
    sam, ada = product.actor("sam"), product.scholar
    id_, starts = _plan(product, **{Field.TALK_SLOTS: "1", Field.TALK_MINUTES: "5"})
    press_in_list(ada, id_, Action.EVENT_YES, texts.events.SAID_YES)
    open_event(ada, id_)
    ada.press(Action.OPEN_TALK)
    ada.wait(title=texts.events.TALK_TITLE)
    ada.fill(Field.TALK, TALK)
    ada.submit()
    ada.wait(modal=texts.events.TALK_SAVED)
    ada.close(everything=True)
    open_event(sam, id_)
    sam.press(Action.OPEN_GUESTS)
    sam.wait(modal="Canaryada")
    sam.close(everything=True)
    for before in (timedelta(days=1), timedelta(minutes=15)):
        product.advance(starts - before - product.clock.now())
    press_in_list(ada, id_, Action.EVENT_HERE, texts.events.SAID_HERE)


def _call_off(product: Product) -> None:
    """Another like it, with a reason that everybody who was to come reads."""
    sam, ada = product.actor("sam"), product.scholar
    id_, _ = _plan(product)
    press_in_list(ada, id_, Action.EVENT_YES, texts.events.SAID_YES)
    open_event(sam, id_)
    sam.press(Action.OPEN_CALL_OFF_EVENT)
    sam.wait(title=texts.events.CALL_OFF)
    sam.fill(Field.REASON, OFF)
    sam.submit()
    sam.wait(modal=texts.events.CALLED_OFF[:10])
    sam.close(everything=True)
    product.deliver()
