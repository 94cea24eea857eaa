"""The fields in which staff say whom something is for; a field shows only where there is something to choose."""

from collections.abc import Sequence

from domain.audience import Audience
from domain.ports import Block
from handlers import texts
from handlers.ids import EVERYBODY, Field
from handlers.views.blocks import field, plain, text_input, with_given
from handlers.views.menus import OPTIONS_MAX, Choice, multi_select, select
from services.audiences.options import AudienceOptions, Named, value_of

MENU_MAX = 300
"""What is more is typed: a form holds 250 KB in all, and nobody looks through so many."""


def audience_fields(options: AudienceOptions, chosen: Audience, *, accounts: Sequence[str] = ()) -> list[Block]:
    """The fields of an audience, filled in as chosen; `accounts` are the Slack accounts of its `people`."""
    words = texts.audience
    blocks = [_who(options, chosen)]
    for block_id, label, values, taken in (
        (Field.COHORTS, words.COHORTS, options.cohorts, chosen.cohorts),
        (Field.PHASES, words.PHASES, options.phases, chosen.phases),
        (Field.STREAMS, words.STREAMS, options.streams, chosen.streams),
        (Field.SITES, words.SITES, options.sites, chosen.sites),
    ):
        if len(values) > 1 or taken:
            blocks.append(_several(block_id, label, [*values, *(each for each in taken if each not in values)], taken))
    blocks.append(field(Field.PEOPLE, words.PEOPLE, people_menu(accounts), optional=True))
    return [
        *blocks,
        *_without_account(options.without_account),
        *_behind(options, chosen),
        *_lists(options.lists, chosen),
    ]


def _who(options: AudienceOptions, chosen: Audience) -> Block:
    words = texts.audience
    everyone = Choice(text=words.EVERYONE, value=EVERYBODY)
    roles = [Choice(text=words.ROLES[role], value=role.value) for role in options.roles]
    initial = [EVERYBODY] if chosen.everyone else [role.value for role in chosen.roles]
    menu = multi_select(Field.VALUE, [everyone, *roles], placeholder=words.WHO_PLACEHOLDER, initial=initial)
    return field(Field.WHO, words.WHO, menu, optional=True, hint=words.WHO_HINT)


def _several(block_id: str, label: str, values: Sequence[str], taken: Sequence[str]) -> Block:
    if len(values) > MENU_MAX:
        typed = text_input(Field.VALUE, initial="\n".join(taken), multiline=True)
        return field(block_id, label, typed, optional=True, hint=texts.audience.ONE_A_LINE)
    choices = [Choice(text=value, value=value_of(value), group=value) for value in values]
    menu = multi_select(Field.VALUE, choices, placeholder=texts.audience.ALL, initial=[*map(value_of, taken)])
    return field(block_id, label, menu, optional=True)


def _without_account(named: Sequence[Named]) -> list[Block]:
    """Whom Slack's own menu does not have: they stay chosen until somebody takes them out. A menu begins with 100."""
    runs = [named[begin : begin + OPTIONS_MAX] for begin in range(0, len(named), OPTIONS_MAX)]
    return [_run_without_account(run, number) for number, run in enumerate(runs)]


def _run_without_account(named: Sequence[Named], number: int) -> Block:
    words, block_id = texts.audience, Field.WITHOUT_ACCOUNT + (f":{number}" if number else "")
    choices = [Choice(text=each.title, value=each.id) for each in named]
    initial = [each.id for each in named]
    menu = multi_select(Field.VALUE, choices, placeholder=words.WITHOUT_ACCOUNT_PLACEHOLDER, initial=initial)
    return field(block_id, words.WITHOUT_ACCOUNT, menu, optional=True, hint=words.WITHOUT_ACCOUNT_HINT)


def people_menu(accounts: Sequence[str] = ()) -> Block:
    """People by their Slack accounts, those chosen who are given."""
    menu: Block = {
        "type": "multi_users_select",
        "action_id": Field.VALUE,
        "placeholder": plain(texts.audience.PEOPLE_PLACEHOLDER),
    }
    return with_given(menu, initial_users=list(accounts) or None)


def _behind(options: AudienceOptions, chosen: Audience) -> list[Block]:
    words = texts.audience
    choices = [
        *(
            Choice(text=words.BEHIND_DEADLINE.format(title=_called(each)), value=f"d.{each.id}")
            for each in options.deadlines
        ),
        *(
            Choice(text=words.BEHIND_ANNOUNCEMENT.format(title=_called(each)), value=f"a.{each.id}")
            for each in options.announcements
        ),
    ]
    if not choices:
        return []
    initial = f"d.{chosen.behind_deadline}" if chosen.behind_deadline else f"a.{chosen.behind_announcement}"
    menu = select(Field.VALUE, choices, placeholder=words.BEHIND_PLACEHOLDER, initial=initial)
    return [field(Field.BEHIND, words.BEHIND, menu, optional=True)]


def _lists(lists: Sequence[Named], chosen: Audience) -> list[Block]:
    if not lists:
        return []
    words = texts.audience
    choices = [Choice(text=_called(each), value=each.id) for each in lists]
    menu = select(Field.VALUE, choices, placeholder=words.LIST_PLACEHOLDER, initial=chosen.list_id)
    return [field(Field.LIST, words.LIST, menu, optional=True, hint=words.LIST_HINT)]


def _called(each: Named) -> str:
    return each.title or texts.audience.GONE
