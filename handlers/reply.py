"""What a handler answers: how Slack's request is acknowledged, and which screens follow after success."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.ports import Message, View
from handlers.request import Request


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Replace a modal that was just opened, or put in place of a form, once more is known about it.

    `view` is called in the background, once the modal is on its way, and may ask Slack; None leaves the modal as it is.
    Whoever pressed meanwhile looks at what came of that, and Slack may have put this over it: so `moved_on` is asked
    afterwards, and what it makes takes its place; None where nothing has changed.
    """

    view: Callable[[], View | None]
    moved_on: Callable[[], View | None]


@dataclass(frozen=True, slots=True)
class OpenView:
    """Open a modal with the request's trigger, and `then` look what more there is to say in it."""

    view: View
    then: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class PushView:
    """Lay a modal over the one where the button was pressed; see `OpenView` for `then`."""

    view: View
    then: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class UpdateView:
    """Replace the modal in which something was chosen, if the person still sees that state of it.

    A function makes the view in the background: what it needs to read may fail, and must not deny what was saved.
    """

    view: View | Callable[[], View]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateUnder:
    """After a form succeeded: bring the modals that lie under it up to date, the one it came from and the first.

    A function makes its view in the background, after the acknowledgement: what it needs to read may fail by then.
    """

    previous: View | Callable[[], View]
    root: Callable[[], View] | None = None


@dataclass(frozen=True, slots=True)
class Respond:
    """Answer privately where the command or button was; `replace` swaps the message that held the button."""

    message: Message
    replace: bool = False


@dataclass(frozen=True, slots=True)
class RefreshHome:
    """Publish these people's Home tabs anew, by internal person id."""

    person_ids: tuple[str, ...]


Screen = OpenView | PushView | UpdateView | UpdateUnder | FollowUp | Respond | RefreshHome


def over(request: Request, view: View, then: FollowUp | None = None) -> Screen:
    """A modal of its own, or laid over the one in which the button was pressed.

    In place of a third one: Slack lays nothing over that. See `OpenView` for `then`.
    """
    if request.envelope.is_from_third_modal:
        return UpdateView(view)
    return PushView(view, then) if request.envelope.is_from_modal else OpenView(view, then)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer: at most one of text, errors, view and clear goes into the acknowledgement.

    `errors` maps block ids to sentences and keeps the modal open; `view` replaces the submitted modal; `clear` closes
    all of them; `message` is an ephemeral answer to a slash command. `screens` run after the acknowledgement.
    """

    message: Message | None = None
    errors: Mapping[str, str] | None = None
    view: View | None = None
    clear: bool = False
    screens: tuple[Screen, ...] = ()
