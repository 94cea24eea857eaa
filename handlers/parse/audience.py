"""The fields of an audience as a query; what a menu of ours cannot have sent is refused."""

from dataclasses import dataclass, replace

from domain.audience import Audience, EmptyAudience
from domain.people import Role
from handlers.ids import EVERYBODY, Field
from handlers.parse.booking import UnreadableForm
from handlers.parse.refs import known_id
from handlers.parse.state import State

_ROLES = {role.value: role for role in Role}
_VALUE_MAX = 200
"""Characters of a cohort or a stream; the roster takes fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceForm:
    """What was chosen: a query without people, and the Slack accounts of those who were picked by name."""

    audience: Audience
    accounts: tuple[str, ...]

    def with_people(self, person_ids: tuple[str, ...]) -> Audience:
        """The whole of it, once it is known whose the accounts are. Raises `ListStandsAlone`."""
        return replace(self.audience, people=person_ids)


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
        behind_deadline=known_id(behind[2:]) if behind.startswith("d.") else "",
        behind_announcement=known_id(behind[2:]) if behind.startswith("a.") else "",
        list_id=known_id(chosen_list) if chosen_list else "",
    )
    if audience.is_empty and not accounts:
        raise EmptyAudience(field=Field.WHO)
    return AudienceForm(audience=audience, accounts=accounts)


def _role(value: str) -> Role:
    if value not in _ROLES:
        raise UnreadableForm(field=Field.WHO)
    return _ROLES[value]


def _values(state: State, field: str) -> tuple[str, ...]:
    chosen = state.choices(field)
    if any(len(each) > _VALUE_MAX for each in chosen):
        raise UnreadableForm(field=field)
    return chosen
