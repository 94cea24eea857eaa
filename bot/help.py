"""Help for people: typer writes a type behind every option, `<bool>` behind those that take no value at all."""

from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click import Context, Parameter


class Command(TyperCommand):
    """A command whose flags stand alone in its help."""

    def get_params(self, ctx: "Context") -> "list[Parameter]":
        """Its parameters, `--help` among them."""
        return _alone(super().get_params(ctx))


class Group(TyperGroup):
    """A group of commands whose flags stand alone in its help."""

    def get_params(self, ctx: "Context") -> "list[Parameter]":
        """Its parameters, `--help` among them."""
        return _alone(super().get_params(ctx))


def _alone(parameters: "Iterable[Parameter]") -> "list[Parameter]":
    found = list(parameters)
    for parameter in found:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
    return found
