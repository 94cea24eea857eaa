"""A secret is typed into every field that takes something else: it is refused there, and must stay nowhere."""

from dataclasses import replace

from domain.kinds import RESEARCH
from handlers import texts
from handlers.ids import Action, Field
from handlers.parse.hours import OWN_WEEK
from sandbox.client import Actor
from tests.acting.groups import fill_group
from tests.acting.rules import open_part
from tests.acting.steps import open_dates, open_week
from tests.builders.rules import a_phase, set_rules
from tests.fixtures.products import Product

DAYS = {Field.FIRST: "2027-01-19", Field.LAST: "2027-01-20"}


def mistype(actor: Actor, *fields: str, word: str) -> None:
    """Type it into these fields of the open form and submit: each of them says so, and no other does."""
    for field in fields:
        actor.fill(field, word)
    errors = set(actor.submit()["errors"])
    assert errors == set(fields), f"{fields} were typed wrong, and {errors} said so"
    actor.close(everything=True)


def mistype_hours(product: Product, word: str) -> None:
    """In everything that a coach sets: the week, dates, travel, a phase, hours set aside, their own limits."""
    coach = product.coach
    set_rules(product.stores.program, lambda rules: replace(rules, phases=(a_phase("2027-02-01", "2027-03-31"),)))
    open_week(coach)
    mistype(coach, "monday", Field.ZONE, word=word)
    open_dates(coach)
    mistype(coach, Field.OVERRIDES, word=f"2027-01-19: {word}")
    _open(coach, Action.EDIT_TRAVEL, texts.hours.TRAVEL_WHAT[:20], **DAYS)
    mistype(coach, Field.ZONE, word=word)
    _open(coach, f"{Action.EDIT_PHASE}:0", texts.hours.PHASE_WEEK, **{Field.PHASE_WEEK: OWN_WEEK})
    mistype(coach, "monday", word=word)
    _open(coach, f"{Action.EDIT_ASIDE}:{RESEARCH}", texts.hours.ASIDE_WHAT[:20])
    mistype(coach, "tuesday", word=word)
    _open(coach, Action.OPEN_PROFILE, texts.hours.PROFILE_ABOUT)
    mistype(coach, Field.PER_DAY, Field.PER_WEEK, word=word)


def go_away(product: Product, *, colleague: str) -> None:
    """A coach is away, and a colleague by name takes those days."""
    coach = product.coach
    _open(coach, Action.EDIT_AWAY, texts.hours.AWAY_WHAT[:20], **DAYS, **{Field.COLLEAGUE: colleague})
    assert coach.submit()["errors"] == {}
    coach.close(everything=True)


def mistype_elsewhere(product: Product, word: str) -> None:
    """In a session of several, and in the rules of the program. Dates and times are picked, so nobody types them."""
    coach, staff = product.coach, product.actor("sam")
    fill_group(coach)
    mistype(coach, Field.SEATS, word=word)
    for action, field in ((Action.OPEN_CLOSED_DAYS, str(Field.CLOSED)), (Action.OPEN_PHASES, f"{Field.PHASE}.0")):
        open_part(staff, action)
        mistype(staff, field, word=word)


def _open(actor: Actor, action: str, title: str, **fields: str) -> None:
    actor.open("/hours", texts.hours.TITLE)
    actor.press(action)
    actor.wait(modal=title)
    for field, value in fields.items():
        actor.fill(field, value)
