"""More deadlines, and more requests, than one screen holds: the others are a page further, and none is lost."""

from datetime import UTC, datetime, timedelta

from domain.audience import Audience
from domain.people import Role
from handlers import texts
from handlers.ids import Action
from handlers.views.deadlines import overview_modal
from handlers.views.due import due_modal
from handlers.views.extensions import requests_modal
from services.deadlines.asking import Ask, ask
from services.deadlines.change import close
from services.deadlines.look import LISTED, overview, own_list, waiting_requests
from services.deadlines.write import Write, write
from storage.program import opt_in_queries
from tests.builders.deadlines import a_content, a_deadline, a_key, in_london
from tests.builders.people import PROGRAM, put_person
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
NUMBERS = range(LISTED + 1)


def turns(view: dict[str, object]) -> list[tuple[str, str]]:
    """The buttons that lead to another page, with the page each leads to."""
    blocks: list[dict[str, object]] = view["blocks"]  # type: ignore[assignment]
    buttons = [each for block in blocks for each in block.get("elements", ()) if "action_id" in each]  # type: ignore[attr-defined]
    return [
        (each["text"]["text"], each["value"])
        for each in buttons
        if each["action_id"].startswith((Action.TURN_DUE, Action.TURN_DEADLINES))
    ]


def test_further_deadlines_of_somebody_are_on_the_next_page(house: House) -> None:
    for number in NUMBERS:
        a_deadline(house, a_content(title=f"Part {number}", due=in_london(minute=number)))
    ada, now = house.person("ada"), house.clock.now()

    pages = [own_list(house.desk, ada, page=page) for page in range(2)]

    assert [each.text.title for found in pages for each in found.due] == [f"Part {number}" for number in NUMBERS]
    views = [due_modal(found, zone="UTC", now=now) for found in pages]
    assert [turns(view) for view in views] == [[(texts.forms.LATER, "1")], [(texts.forms.EARLIER, "0")]]
    assert [texts.due.MORE in str(view) for view in views] == [True, False]


def test_further_deadlines_of_a_program_are_on_the_next_page_of_staff(house: House) -> None:
    staff = house.person("sam")
    for number in NUMBERS:
        a_deadline(house, a_content(title=f"Part {number}", due=in_london(minute=number)))
        house.clock.advance(timedelta(minutes=1))
        write(house.desk, staff, Write(request_key=a_key(), content=a_content(title=f"Draft {number}")))
    close(house.desk, staff, a_deadline(house, a_content(title="Closed")).id)

    pages = [overview(house.desk, staff, page=page) for page in range(2)]

    shown = [each.deadline.text.title for found in pages for each in found.open]
    drafts = [each.text.title for found in pages for each in found.drafts]
    assert shown == [f"Part {number}" for number in NUMBERS]
    assert drafts == [f"Draft {number}" for number in reversed(NUMBERS)]
    assert [each.deadline.text.title for found in pages for each in found.closed] == ["Closed"]
    views = [overview_modal(found, zone="UTC") for found in pages]
    assert [turns(view) for view in views] == [[(texts.forms.LATER, "1")], [(texts.forms.EARLIER, "0")]]
    assert turns(overview_modal(overview(house.desk, staff, page=2), zone="UTC")) == [(texts.forms.EARLIER, "1")]


def test_more_requests_than_a_list_holds_come_up_as_they_are_answered(house: House) -> None:
    put_person(house.stores.program, "sue", Role.STAFF)
    with house.stores.program.write() as connection:
        fresh = {"id": "list", "program_id": PROGRAM, "owner_id": "sue", "title": "Climbers", "about": ""}
        opt_in_queries.add_list(connection, fresh | {"created_at": 0, "closed_at": None})
        opt_in_queries.join(connection, "list", "ada", program_id=PROGRAM, at=0)
    content = a_content(audience=Audience(list_id="list"))
    for deadline in (a_deadline(house, content, by="sue"), *(a_deadline(house) for _ in NUMBERS)):
        wish = Ask(request_key=a_key(), deadline_id=deadline.id, until=DUE + timedelta(days=2))
        ask(house.desk, house.person("ada"), wish)

    waiting = waiting_requests(house.desk, house.person("sam"))

    assert len(waiting) == len(NUMBERS)
    assert texts.deadlines.REQUESTS_MORE in str(requests_modal(waiting, zone="UTC"))
    said = texts.deadlines.REQUESTS_MANY.format(number=LISTED)
    assert said in str(overview_modal(overview(house.desk, house.person("sam")), zone="UTC"))
