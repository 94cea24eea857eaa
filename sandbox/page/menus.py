"""Menus to choose from: options, people, channels; one or several. Typing narrows them down."""

from collections.abc import Mapping

from nicegui import ui
from nicegui.element import Element

from sandbox.acting.choosing import offered_channels, offered_conversations
from sandbox.model import Channel, Payload
from sandbox.page.deed import act, spot_of
from sandbox.page.html import set_attribute
from sandbox.page.naming import Naming
from sandbox.page.surface import Surface
from sandbox.page.tab import Tab


def static_select(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """One of the app's options."""
    held = _held(surface, block, element).get("selected_option")
    return _menu(surface, block, element, naming, _options(element), held["value"] if held else None)


def multi_static_select(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """Several of the app's options."""
    held = [option["value"] for option in _held(surface, block, element).get("selected_options") or []]
    return _menu(surface, block, element, naming, _options(element), held)


def users_select(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """A member."""
    return _menu(surface, block, element, naming, _people(surface), _held(surface, block, element).get("selected_user"))


def multi_users_select(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """Several members."""
    held = list(_held(surface, block, element).get("selected_users") or [])
    return _menu(surface, block, element, naming, _people(surface), held)


def conversations_select(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """A channel or a DM of the person who chooses."""
    held = _held(surface, block, element).get("selected_conversation")
    return _menu(surface, block, element, naming, _conversations(surface, element), held)


def multi_conversations_select(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """Several of those."""
    held = list(_held(surface, block, element).get("selected_conversations") or [])
    return _menu(surface, block, element, naming, _conversations(surface, element), held)


def channels_select(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """A public channel."""
    held = _held(surface, block, element).get("selected_channel")
    return _menu(surface, block, element, naming, _channels(surface), held)


def multi_channels_select(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """Several public channels."""
    held = list(_held(surface, block, element).get("selected_channels") or [])
    return _menu(surface, block, element, naming, _channels(surface), held)


def _menu(
    surface: Surface,
    block: Payload,
    element: Payload,
    naming: Naming,
    options: Mapping[str, str],
    held: str | list[str] | None,
) -> Element:
    is_multiple = isinstance(held, list)
    known = [each for each in held if each in options] if isinstance(held, list) else held if held in options else None
    menu = ui.select(
        dict(options),
        value=known,
        multiple=is_multiple,
        with_input=True,
        clearable=bool(block.get("optional")) and not is_multiple,
        on_change=lambda event: act(surface, block, element, event.value),
    )
    menu.props("outlined dense hide-bottom-space options-dense popup-content-class=menu-list")
    if is_multiple:
        menu.props("use-chips")
    if element.get("max_selected_items"):
        menu.props["max-values"] = element["max_selected_items"]
    placeholder = str(element.get("placeholder", {}).get("text", "Choose"))
    _name(menu, surface, block, element, naming, placeholder)
    return menu.classes("menu")


def _name(menu: Element, surface: Surface, block: Payload, element: Payload, naming: Naming, placeholder: str) -> None:
    naming = naming if naming.label else Naming(words=placeholder, described=naming.described)
    menu.props["for"] = naming.control_id()
    menu.props["placeholder"] = placeholder
    naming.put_on(menu)
    set_attribute(menu, "data-spot", spot_of(surface, block, element))
    if element.get("focus_on_load"):
        menu.props("autofocus")


def _held(surface: Surface, block: Payload, element: Payload) -> Payload:
    return surface.held(block["block_id"]).get(element["action_id"], {})


def _options(element: Payload) -> dict[str, str]:
    plain = {option["value"]: option["text"]["text"] for option in element.get("options") or []}
    grouped = {
        option["value"]: f"{group['label']['text']}: {option['text']['text']}"
        for group in element.get("option_groups") or []
        for option in group["options"]
    }
    return plain | grouped


def _people(surface: Surface) -> dict[str, str]:
    return {user.id: user.real_name for user in surface.tab.workspace.people()}


def _conversations(surface: Surface, element: Payload) -> dict[str, str]:
    tab = surface.tab
    return {channel.id: _called(tab, channel) for channel in offered_conversations(tab.workspace, tab.user, element)}


def _channels(surface: Surface) -> dict[str, str]:
    return {channel.id: _called(surface.tab, channel) for channel in offered_channels(surface.tab.workspace)}


def _called(tab: Tab, channel: Channel) -> str:
    return f"#{channel.name}" if channel.name else tab.name_of(next(iter(channel.members - {tab.user.id}), ""))
