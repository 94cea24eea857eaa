"""What a form says of an audience, as an audience: menus as names, accounts as people of the program."""

from dataclasses import replace

from domain.audience import Audience
from domain.people import Person
from handlers.ids import Field
from handlers.parse.audience import AudienceForm
from services.audiences.named import kept, picked
from services.audiences.options import audience_options, with_names
from services.desk import Desk


def audience_chosen(desk: Desk, author: Person, form: AudienceForm) -> Audience:
    """The audience. Raises `UnknownValue` or `NotOnRoster` at the field at fault, `ListStandsAlone` at the list's."""
    named = with_names(audience_options(desk, author, Audience()), form.audience)
    people = picked(desk, author, form.accounts, field=Field.PEOPLE)
    without_account = kept(desk, author, form.audience.people, field=Field.WITHOUT_ACCOUNT)
    # In one order: an account that comes or goes makes no other audience of it.
    return replace(named, people=tuple(sorted({*people, *without_account})))
