"""What a person can give an element: what Slack's client offers. What is typed is judged when a form is sent."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sandbox.blockkit.elements import MOMENT, TIME_PATTERN
from sandbox.blockkit.rules import is_date
from sandbox.blockkit.state import is_stateful, value_key
from sandbox.errors import Refused
from sandbox.kinds import DIRECT, PRIVATE, PUBLIC
from sandbox.model import Channel, User
from sandbox.workspace import Workspace

Element = Mapping[str, Any]
Offers = Callable[[Workspace, User, Element, Any], bool]
"""Whether an element offers this to somebody."""

FILTERED = {"public": PUBLIC, "private": PRIVATE, "im": DIRECT}
"""The kinds of conversations by their names in a filter."""


def check_choice(workspace: Workspace, user: User, element: Element, given: Any) -> None:
    """Raises `Refused` for what the element does not offer. Options are looked up when the choice is kept."""
    if given is None or not is_stateful(element):
        return
    is_multiple = value_key(element).endswith("s")
    if is_multiple:
        _check_list(element, given)
    offers, noun = _OFFERS.get(element["type"].removeprefix("multi_"), (_anything, ""))
    for each in given if is_multiple else [given]:
        if not offers(workspace, user, element, each):
            raise Refused(f"{each!r} is not {noun}")


def _check_list(element: Element, given: Any) -> None:
    if not isinstance(given, list):
        raise Refused("several are chosen here, as a list")
    if any(each in given[:number] for number, each in enumerate(given)):
        raise Refused("nothing can be chosen twice")
    most = element.get("max_selected_items")
    if most is not None and len(given) > most:
        raise Refused(f"no more than {most} can be chosen")


def _anything(_workspace: Workspace, _user: User, _element: Element, _given: Any) -> bool:
    return True


def _text(_workspace: Workspace, _user: User, _element: Element, given: Any) -> bool:
    return isinstance(given, str)


def _day(_workspace: Workspace, _user: User, _element: Element, given: Any) -> bool:
    return isinstance(given, str) and is_date(given)


def _time(_workspace: Workspace, _user: User, _element: Element, given: Any) -> bool:
    return isinstance(given, str) and re.fullmatch(TIME_PATTERN, given) is not None


def _moment(_workspace: Workspace, _user: User, _element: Element, given: Any) -> bool:
    return not list(MOMENT.check(given, ""))


def _member(workspace: Workspace, _user: User, _element: Element, given: Any) -> bool:
    """Bots are members; who was deactivated and strangers are not."""
    user = workspace.users.get(given) if isinstance(given, str) else None
    return user is not None and not user.deleted and not user.is_stranger


def _channel(workspace: Workspace, _user: User, _element: Element, given: Any) -> bool:
    return given in {channel.id for channel in offered_channels(workspace)} if isinstance(given, str) else False


def _conversation(workspace: Workspace, user: User, element: Element, given: Any) -> bool:
    channel = workspace.channels.get(given) if isinstance(given, str) else None
    return channel is not None and _is_offered(channel, user, element)


def offered_channels(workspace: Workspace) -> list[Channel]:
    """The channels that an element for public ones offers to anybody, by name."""
    return _by_name(each for each in workspace.channels.values() if each.kind is PUBLIC and not each.is_archived)


def offered_conversations(workspace: Workspace, user: User, element: Element) -> list[Channel]:
    """The channels and DMs that an element for conversations offers to somebody by its filter, by name."""
    return _by_name(each for each in workspace.channels.values() if _is_offered(each, user, element))


def _is_offered(channel: Channel, user: User, element: Element) -> bool:
    if channel.is_archived or not (channel.kind is PUBLIC or user.id in channel.members):
        return False
    wanted = element.get("filter") or {}
    kinds = [FILTERED[name] for name in wanted.get("include") or FILTERED if name in FILTERED]
    return channel.kind in kinds and not (channel.is_im and wanted.get("exclude_bot_users"))


def _by_name(channels: Iterable[Channel]) -> list[Channel]:
    return sorted(channels, key=lambda channel: (channel.is_im, channel.name))


_OFFERS: dict[str, tuple[Offers, str]] = {
    "plain_text_input": (_text, "a text"),
    "email_text_input": (_text, "a text"),
    "url_text_input": (_text, "a text"),
    "number_input": (_text, "a number written out"),
    "datepicker": (_day, "a day such as 2026-03-01"),
    "timepicker": (_time, "a time such as 09:30"),
    "datetimepicker": (_moment, "a moment in seconds"),
    "users_select": (_member, "a member"),
    "channels_select": (_channel, "a public channel"),
    "conversations_select": (_conversation, "a conversation that is offered"),
}
