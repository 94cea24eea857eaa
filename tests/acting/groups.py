"""What people do about group sessions in the running product, a line each."""

from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from tests.acting.moments import fill_moment
from tests.fixtures.products import Product

START = "2027-01-13 14:00"
"""Wednesday of the house's week, in the zone of the accounts, which is Los Angeles."""


def fill_group(
    host: Actor,
    *,
    title: str = "Writing together",
    about: str = "Bring a page.",
    start: str = START,
    seats: int = 2,
    place: str = "room: 4.12",
    cohost: Actor | None = None,
) -> None:
    """Open the form for a new one and fill it in."""
    host.open("/support groups", texts.groups.TITLE)
    host.press(Action.OPEN_GROUP)
    host.wait(modal=texts.groups.WHAT)
    filled = {Field.TITLE: title, Field.ABOUT: about, Field.SEATS: str(seats), Field.PLACE: place}
    for field, value in filled.items():
        host.fill(field, value)
    fill_moment(host, Field.START, start)
    if cohost is not None:
        host.fill(Field.COHOST, cohost.id)


def set_up(product: Product, host: Actor, **wishes: object) -> None:
    """Set one up, and let its hosts be told."""
    fill_group(host, **wishes)  # type: ignore[arg-type]  # handed on as they are
    submit(host)
    host.wait(modal=texts.groups.SET_UP)
    host.close(everything=True)
    product.deliver()


def press_in_list(product: Product, scholar: Actor, action: Action, says: str) -> None:
    """Do something about the only group session, from the list."""
    scholar.open("/support groups", texts.groups.TITLE)
    scholar.press(action)
    scholar.wait(modal=says)
    scholar.close(everything=True)
    product.deliver()


def take(product: Product, scholar: Actor) -> None:
    """Take a seat."""
    press_in_list(product, scholar, Action.TAKE_SEAT, texts.groups.TAKEN)


def submit(actor: Actor) -> None:
    """Submit what must be taken."""
    outcome = actor.submit()
    if outcome["errors"] or outcome["error"]:
        raise AssertionError(f"the form was not taken: {outcome}")
