"""A week of everything that people say in confidence, with marked words, names and places to look for afterwards.

Then one of what is told to many: what stays out of sight there is looked for alike.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update

from domain.handover import Consent
from domain.kinds import COMMUNITY
from domain.people import Role
from handlers import texts
from handlers.ids import Action, Field
from handlers.parse.hours import SEND_AGENDA
from handlers.parse.weights import weights_field
from sandbox.client import Actor
from storage.engine import Store, table_of
from storage.program.people import RosterPerson
from tests.acting.afterwards import let_end, open_log, open_rating, save_log, send_rating
from tests.acting.deadlines import say_why
from tests.acting.groups import set_up, take
from tests.acting.handovers import answer, hand_over, open_change, open_takeover
from tests.acting.lines import (
    agree,
    join_line,
    look_at_line,
    offer_help,
    open_line,
    press_in_line,
    suggest_first_peer,
)
from tests.acting.mistypings import go_away, mistype_elsewhere, mistype_hours
from tests.acting.moments import fill_moment
from tests.acting.program_weeks import SHOWN, play_a_program_week
from tests.acting.rules import open_part
from tests.acting.steps import (
    book,
    cancel,
    element_of,
    fill_booking,
    last_with,
    move,
    open_details,
    propose,
    submission,
)
from tests.acting.waiting_steps import ask_for, needs_approval, one_hour_only, open_request, wait_in_line
from tests.builders.people import put_membership
from tests.fixtures.products import Product

WORDS, REASON, CANCEL_REASON = "canarywords", "canarymoved", "canarycanceled"
NEXT_STEP, RATING_WORDS, SEAT_WORDS = "canarynextstep", "canaryrating", "canaryseat"
ABOUT, PLACE, TYPED = "canaryabout", "canaryplace", "canarytyped"
GROUP_TITLE, GROUP_ABOUT, GROUP_PLACE, GROUP_REASON = "canarytitle", "canaryseveral", "canaryroom", "canaryclash"
EDITED_TITLE, EDITED_ABOUT, EDITED_PLACE = "canaryanew", "canaryinstead", "canaryelsewhere"
NAMES = {"ada": "Canaryada", "cleo": "Canarycleo", "eli": "Canaryeli", "dev": "Canarydev"}
LINE = "canaryline"
FAREWELL = "canaryfarewell"
LATENESS, REFUSAL = "canarylateness", "canaryrefusal"
SEALED_GROUP = (GROUP_TITLE, GROUP_ABOUT, GROUP_PLACE, GROUP_REASON, EDITED_TITLE, EDITED_ABOUT, EDITED_PLACE)
SEALED_LATER = (NEXT_STEP, RATING_WORDS, SEAT_WORDS, LINE, FAREWELL, LATENESS, *SEALED_GROUP)
SEALED = (WORDS, REASON, CANCEL_REASON, TYPED, *SEALED_LATER)
AT_FIVE = "17:00-18:00"
"""Nine in the morning where the scholars are."""
SPOKEN = (*SEALED, ABOUT, PLACE, REFUSAL, *SHOWN, *NAMES.values())


def play_a_week(product: Product) -> None:
    """Everything confidential is said once, some of it where it should not be; then what many are told is told."""
    _rename(product.stores.program)
    scholar, coach, manager = product.scholar, product.coach, product.actor("eli")
    _introduce(product)
    for actor in (scholar, coach):
        actor.open_home()
        actor.wait(home=texts.home.ZONE[:20])
    scholar.slash(f"/support {TYPED}")
    _send_broken_forms(product)
    mistype_hours(product, TYPED)
    mistype_elsewhere(product, TYPED)
    go_away(product, colleague="dev")
    book(product, words=WORDS)
    for actor in (scholar, coach):
        open_details(actor)
        actor.close(everything=True)
    start = int(move(product, scholar, reason=REASON))
    product.advance(timedelta(seconds=start - product.clock.now().timestamp() - 24 * 3600 + 60))
    cancel(product, coach, reason=CANCEL_REASON)
    open_details(scholar)
    scholar.close(everything=True)
    propose(product, manager, scholar)
    scholar.press_message(last_with(scholar, Action.ACCEPT_TIME), f"{Action.ACCEPT_TIME}:0")
    scholar.wait(text=texts.proposals.ACCEPTED)
    product.deliver()
    open_details(scholar)
    scholar.close(everything=True)
    _look_back(product, book(product, kind=COMMUNITY, staff="eli", day=3, repeat="1.2", words=WORDS))
    _stand_in_line(product)
    _meet_in_a_group(product)
    _wait_and_ask(product)
    _hand_over(product)
    _look_back_at_several(product)
    say_why(product, reason=LATENESS, refusal=REFUSAL)
    play_a_program_week(product)


def _hand_over(product: Product) -> None:
    """The community manager goes, and the scholar lets the one who comes read what was logged."""
    manager, scholar, successor = product.actor("eli"), product.scholar, product.actor("cleo")
    put_membership(product.stores.program, "cleo", Role.COMMUNITY_MANAGER, first_day="2027-01-02")
    hand_over(product, manager, to="cleo", words=FAREWELL)
    open_change(scholar)
    scholar.wait(modal=FAREWELL)
    answer(product, scholar, Consent.GIVEN)
    product.advance(timedelta(days=4))
    open_takeover(successor)
    successor.wait(modal=NEXT_STEP)
    successor.close(everything=True)


def _look_back(product: Product, start: str) -> None:
    """Time passes, and what became of the last session is said, by both and in all places."""
    scholar, manager = product.scholar, product.actor("eli")
    let_end(product, start)
    for actor in (scholar, manager):
        actor.open_home()
    scholar.wait(home=texts.rating.WAITS)
    open_log(manager)
    save_log(product, manager, **{Field.NEXT_STEP: NEXT_STEP, Field.FOCUS: ["conflict"]})
    open_rating(scholar)
    send_rating(scholar, 2, words=RATING_WORDS)
    for actor in (scholar, manager):
        open_details(actor)
        actor.close(everything=True)
    manager.open("/support log", texts.session_log.LOGS_TITLE)
    manager.close(everything=True)
    for opened, actor, word in ((open_log, manager, NEXT_STEP), (open_rating, scholar, RATING_WORDS)):
        opened(actor)
        actor.wait(modal=word)
        actor.close(everything=True)


def name_in_rules(product: Product) -> None:
    """After the week: staff name people of support in the rules, one who is there and one whom there is not."""
    staff = product.actor("sam")
    open_part(staff, Action.OPEN_LOAD_SHARES)
    staff.fill(weights_field(0), f"{NAMES['cleo']}: 50\n{TYPED}: 50")
    assert list(staff.submit()["errors"]) == [weights_field(0)]
    staff.fill(weights_field(0), f"{NAMES['cleo']}: 50")
    staff.submit()
    staff.wait(modal=texts.program.SAVED)
    staff.close(everything=True)
    open_part(staff, Action.OPEN_RULES_HISTORY)
    staff.close(everything=True)


def _stand_in_line(product: Product) -> None:
    """A line with two people in it, of whom one goes to a peer and the other is turned away at the end."""
    scholar, peer, coach = product.scholar, product.actor("bo"), product.coach
    offer_help(peer)
    open_line(product, place=f"room: {PLACE}")
    join_line(scholar, LINE)
    look_at_line(coach, wanted=LINE)
    suggest_first_peer(product, coach)
    agree(product, scholar)
    peer.press_message(last_with(peer, Action.ACCEPT_FAVOR), Action.ACCEPT_FAVOR)
    peer.wait(text=texts.office_hours.ACCEPTED)
    peer.press_message(last_with(peer, Action.OPEN_FAVOR), Action.OPEN_FAVOR)
    peer.wait(modal=LINE)
    peer.press(Action.FINISH_FAVOR)
    peer.wait(modal=texts.office_hours.THANKED)
    peer.close(everything=True)
    for actor in (peer, scholar):
        join_line(actor, LINE)
    for action in (Action.WATCH_LINE, Action.TAKE_NEXT, Action.NOT_THERE):
        press_in_line(coach, action)
        product.deliver()
    coach.close(everything=True)
    scholar.slash(f"/officehours {TYPED}")
    product.advance(timedelta(hours=3))


def _wait_and_ask(product: Product) -> None:
    """Bo waits for what Ada gives up, and takes it; then coaching needs approval, is asked for and declined."""
    scholar, coach, waiting = product.scholar, product.coach, product.actor("bo")
    first, second = ((product.clock.now() + timedelta(days=days)).date().isoformat() for days in (3, 4))
    one_hour_only(product, {first: AT_FIVE})
    book(product, day=0, words=WORDS)
    wait_in_line(waiting)
    cancel(product, scholar, reason=CANCEL_REASON)
    waiting.slash("/support list")
    waiting.wait(modal=texts.holds.KEPT_FOR_YOU)
    waiting.press(Action.OPEN_KEPT)
    waiting.wait(modal=texts.holds.TAKE)  # the list under it names Cleo too
    waiting.press(Action.TAKE_TIME)
    waiting.wait(modal=texts.holds.TAKEN)
    waiting.close(everything=True)
    one_hour_only(product, {first: AT_FIVE, second: AT_FIVE})
    needs_approval(product)
    ask_for(product, words=WORDS, day=0)
    open_request(product)
    coach.press(Action.OPEN_DECLINE)
    coach.wait(title=texts.holds.DECLINE_TITLE)
    coach.fill(Field.REASON, REASON)
    coach.submit()
    coach.wait(modal=texts.holds.DECLINED_DONE)
    coach.close(everything=True)
    product.deliver()
    scholar.press_message(last_with(scholar, Action.OPEN_KEPT), Action.OPEN_KEPT)
    scholar.wait(modal=REASON)
    scholar.close(everything=True)


def _rename(store: Store) -> None:
    table = table_of(RosterPerson)
    with store.write() as connection:
        for id_, name in NAMES.items():
            connection.execute(update(table).where(table.c.id == id_).values(name=name))


def _introduce(product: Product) -> None:
    coach = product.coach
    coach.open("/hours", texts.hours.TITLE)
    coach.press(Action.OPEN_PROFILE)
    coach.wait(modal=texts.hours.PROFILE_ABOUT)
    coach.fill(Field.ABOUT, ABOUT)
    coach.fill("place.coaching", f"room: {PLACE}")
    coach.fill(Field.AGENDA, [SEND_AGENDA])
    coach.submit()
    coach.wait(modal=texts.hours.PROFILE_SAVED)
    coach.close(everything=True)


def _send_broken_forms(product: Product) -> None:
    """One that is too long, and one that no code foresaw."""
    fill_booking(product.scholar)
    for field, broken in ((Field.WORDS, {"value": WORDS * 300}), (Field.START, {"selected_option": {"text": WORDS}})):
        payload = submission(product.scholar)
        element_of(payload, Field.WORDS)["value"] = WORDS
        element_of(payload, field).update(broken)
        product.workspace.deliver("interactive", payload)
    product.scholar.close(everything=True)


def _edit_group(host: Actor) -> None:
    open_details(host)
    host.press(Action.OPEN_GROUP_EDIT)
    host.wait(modal=texts.groups.EDIT_TELLS)
    edited = {Field.TITLE: EDITED_TITLE, Field.ABOUT: EDITED_ABOUT, Field.PLACE: f"room: {EDITED_PLACE}"}
    for field, value in edited.items():
        host.fill(field, value)
    host.submit()
    host.wait(modal=texts.groups.EDITED)
    host.close(everything=True)


def _meet_in_a_group(product: Product) -> None:
    """Set up, joined, moved for a reason, edited, looked at by both sides, and given back."""
    manager, scholar = product.actor("eli"), product.scholar
    start = "2027-03-10 18:00"
    set_up(product, manager, title=GROUP_TITLE, about=GROUP_ABOUT, place=f"room: {GROUP_PLACE}", start=start)
    take(product, scholar)
    open_details(manager)
    manager.press(Action.OPEN_GROUP_MOVE)
    manager.wait(title=texts.groups.MOVE_TITLE)
    fill_moment(manager, Field.START, "2027-03-10 19:00")
    manager.fill(Field.REASON, GROUP_REASON)
    manager.submit()
    manager.wait(modal=texts.groups.MOVED)
    manager.close(everything=True)
    product.deliver()
    _edit_group(manager)
    product.deliver()
    open_details(scholar)
    scholar.wait(modal=EDITED_PLACE)
    scholar.press(Action.GIVE_BACK_SEAT)
    scholar.wait(modal=texts.groups.GIVEN_BACK)
    scholar.close(everything=True)
    product.deliver()


def _look_back_at_several(product: Product) -> None:
    """One more of them, to its end: a host logs it, whoever has a seat answers, and both look at it again."""
    manager, scholar = product.actor("eli"), product.scholar
    starts = product.clock.now().replace(hour=20, minute=0, second=0) + timedelta(days=2)
    start = f"{starts.astimezone(ZoneInfo('America/Los_Angeles')):%Y-%m-%d %H:%M}"
    set_up(product, manager, title=GROUP_TITLE, about=GROUP_ABOUT, place=f"room: {GROUP_PLACE}", start=start)
    take(product, scholar)
    let_end(product, str(int(starts.timestamp())))
    for actor in (manager, scholar):
        actor.open_home()
    manager.open("/support log", texts.session_log.LOGS_TITLE)
    manager.close(everything=True)
    open_log(manager)
    save_log(product, manager, **{Field.FOCUS: ["conflict"]})
    open_rating(scholar)
    send_rating(scholar, 2, words=SEAT_WORDS)
    open_rating(scholar)
    scholar.wait(modal=SEAT_WORDS)
    scholar.close(everything=True)
    open_details(manager, last_with(manager, Action.OPEN_LOG))
    manager.close(everything=True)
