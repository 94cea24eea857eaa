"""The fields of an audience as a query; what a menu of ours cannot have sent is refused."""

from dataclasses import dataclass

from domain.audience import Audience, EmptyAudience
from domain.people import Role
from handlers.ids import EVERYBODY, Field
from handlers.parse.booking import UnreadableForm
from handlers.parse.refs import known_id
from handlers.parse.state import State

_ROLES = {role.value: role for role in Role}
_FIELDS = (
    Field.WHO,
    Field.COHORTS,
    Field.PHASES,
    Field.STREAMS,
    Field.SITES,
    Field.PEOPLE,
    Field.WITHOUT_ACCOUNT,
    Field.BEHIND,
    Field.LIST,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceForm:
    """What was chosen: a query with the values of menus, and the Slack accounts of those who were picked by name.

    Its `people` are those named before who have no account in use. Services turn values into names (`with_names`) and
    accounts into people (`picked`), and look whether the others are of the program (`kept`).
    """

    audience: Audience
    accounts: tuple[str, ...]


def audience_form(state: State) -> AudienceForm:
    """What is chosen. Raises `EmptyAudience` at `Field.WHO`, `ListStandsAlone` at `Field.LIST`, `UnreadableForm`."""
    who = state.choices(Field.WHO)
    behind, chosen_list = state.choice(Field.BEHIND) or "", state.choice(Field.LIST) or ""
    accounts = tuple(known_id(each, field=Field.PEOPLE) for each in state.users(Field.PEOPLE))
    everyone = EVERYBODY in who
    audience = Audience(
        everyone=everyone,
        roles=() if everyone else tuple(_role(each) for each in who),
        cohorts=_values(state, Field.COHORTS),
        phases=_values(state, Field.PHASES),
        streams=_values(state, Field.STREAMS),
        sites=_values(state, Field.SITES),
        people=tuple(known_id(each, field=Field.WITHOUT_ACCOUNT) for each in state.choices(Field.WITHOUT_ACCOUNT)),
        behind_deadline=known_id(behind[2:]) if behind.startswith("d.") else "",
        behind_announcement=known_id(behind[2:]) if behind.startswith("a.") else "",
        list_id=known_id(chosen_list) if chosen_list else "",
    )
    if audience.is_empty and not accounts:
        raise EmptyAudience(field=Field.WHO)
    return AudienceForm(audience=audience, accounts=accounts)


def names_an_audience(state: State) -> bool:
    """Whether there is any field of an audience in the form, filled in or not."""
    return any(map(state.has, _FIELDS))


def _role(value: str) -> Role:
    if value not in _ROLES:
        raise UnreadableForm(field=Field.WHO)
    return _ROLES[value]


def _values(state: State, field: str) -> tuple[str, ...]:
    """What was chosen, or typed one a line where there is too much to choose from."""
    typed = (" ".join(line.split()) for line in state.text(field).splitlines())
    return state.choices(field) or tuple(dict.fromkeys(filter(None, typed)))
