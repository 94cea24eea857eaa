"""The program's rules, with all that their forms take."""

from collections.abc import Mapping

from domain.days import DateSpan
from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS
from domain.ports import View
from domain.rules import ClosedDays, FairShares, Phase, ProgramRules
from domain.rules.effects import Effect
from domain.rules.values import CONTACTS_MAX, NAME_MAX
from handlers.parse.program import CLOSED_MAX, PHASES_MAX
from handlers.texts.rule_groups import GROUPS
from handlers.views.program import history_modal, program_modal, saved_modal
from handlers.views.rules_forms import (
    closed_form,
    contacts_form,
    fair_form,
    group_form,
    kind_form,
    phases_form,
    shares_form,
)
from services.rules.history import LISTED as HISTORY_LISTED
from services.rules.history import Changed, History
from services.rules.overview import Overview
from services.rules.told import Told
from tests.unit.handlers.views.largest.filling import DAY, LONGEST_ZONE, MIDNIGHT, full_support, long


def full_rules() -> ProgramRules:
    """As many closed days and phases as their forms take, everybody with a share of their own."""
    name = "x" * NAME_MAX
    stretch = len(f"2027-01-12 to 2027-01-12: {name}\n")
    first = MIDNIGHT.date()
    starts = [first + DAY * 2 * number for number in range(CLOSED_MAX // stretch)]
    spans = [DateSpan(first=start, last=start + DAY) for start in starts]
    return ProgramRules(
        closed=tuple(ClosedDays(name=name, days=span) for span in spans),
        phases=tuple(
            Phase(name=f"{number:02}{long(NAME_MAX - 2)}", days=spans[number], without=(COACHING, COMMUNITY))
            for number in range(PHASES_MAX)
        ),
        weights={person.id: 1000 for person in full_support()},
        contacts=long(CONTACTS_MAX),
    )


def full_overview() -> Overview:
    """Nobody of very many people has set hours."""
    return Overview(version=10**8, rules=full_rules(), support=full_support(), without_hours=full_support())


def full_history() -> History:
    """Everything changed at once, as often as is listed."""
    change = Changed(by_id="sam", at=MIDNIGHT, before=ProgramRules(), after=full_rules())
    names = {person.id: person.name for person in full_support()}
    return History(changes=(change,) * HISTORY_LISTED, names=names, has_more=True)


VIEWS: Mapping[str, View] = {
    "program_modal": program_modal(full_overview(), today=MIDNIGHT.date()),
    "program_modal with nothing": program_modal(
        Overview(version=0, rules=ProgramRules(), support=(), without_hours=None), today=MIDNIGHT.date()
    ),
    "saved_modal": saved_modal([Told(effect=effect, names=("x" * NAME_MAX,) * 20) for effect in Effect]),
    "history_modal": history_modal(full_history(), zone=LONGEST_ZONE),
    "history_modal with nothing": history_modal(History(changes=(), names={}, has_more=False), zone="UTC"),
    "kind_form": kind_form(DEFAULT_KINDS[0], version=10**8),
    "closed_form": closed_form(full_rules(), version=10**8),
    "phases_form": phases_form(full_rules(), version=10**8),
    "phases_form with nothing": phases_form(ProgramRules(), version=0),
    **{f"group_form {group.key}": group_form(group, ProgramRules(), version=10**8) for group in GROUPS},
    "fair_form": fair_form(FairShares(), version=10**8),
    "shares_form": shares_form(full_rules(), full_support(), version=10**8),
    "shares_form with nobody": shares_form(ProgramRules(), (), version=0),
    "contacts_form": contacts_form(long(CONTACTS_MAX), version=10**8),
}
