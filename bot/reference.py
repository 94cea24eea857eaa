"""Writes the tables of the reference pages from the code: `python -m bot.reference`; the words around them stay."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import SecretStr
from typer.main import get_command

from bot.cli import app
from bot.scopes import SCOPES
from bot.settings import Settings
from domain.people import Role
from handlers import texts
from handlers.commands import DESCRIPTIONS, SCHOLARS, WORDS
from handlers.ids import Command
from handlers.router import EVERYONE

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
_BEGIN = "<!-- {name}: made by `make reference`; do not edit -->"
_END = "<!-- end of {name} -->"
_YES = "yes"

Row = Sequence[str]


def slash_commands() -> str:
    """What people can type or press, a column for each group of roles that may do the same."""
    deeds = [(f"`{word.line}`", word.does, word.roles) for word in WORDS]
    shortcut = f"Shortcut *{texts.booking.BOOK_A_SESSION}*"
    deeds.append((shortcut, "the same as `/support book`, from the shortcuts menu", SCHOLARS))
    clock, _ = DESCRIPTIONS[Command.CLOCK]
    deeds.append((f"`{Command.CLOCK}`", clock[0].lower() + clock[1:], EVERYONE))
    groups = _alike([roles for _, _, roles in deeds])
    rows = [[what, does, *(_YES if group[0] in roles else "" for group in groups)] for what, does, roles in deeds]
    return _table(["Type", "to", *(", ".join(map(_label, group)) for group in groups)], rows)


def cli_commands() -> str:
    """What operators can type in a shell."""
    return _table(["Type", "to"], _shell_rows(get_command(app), "scholarbot"))


def settings() -> str:
    """Every key, in the order of `.env.example`."""
    return _table(["Key", "Default", "What it is"], [_setting(name) for name in Settings.model_fields])


def scopes() -> str:
    """Every scope the app may ask for."""
    rows = [
        [
            f"`{scope.name}`",
            "optional" if scope.is_optional else "needed",
            scope.why,
            scope.without or "it does not start",
        ]
        for scope in SCOPES
    ]
    return _table(["Scope", "", "What for", "Without it"], rows)


TABLES: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "commands.md": {"slash commands": slash_commands, "shell commands": cli_commands},
    "settings.md": {"settings": settings},
    "scopes.md": {"scopes": scopes},
}
"""By page and by the name in its markers."""


def renewed(page: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """The page's text with its tables as the code has them now. Raises `ValueError` when a marker is missing."""
    for name, table in tables.items():
        begin, end = _BEGIN.format(name=name), _END.format(name=name)
        before, _, rest = page.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"the markers of {name} are missing")
        page = f"{before}{begin}\n\n{table()}\n{end}{after}"
    return page


def _alike(allowed: Iterable[frozenset[Role]]) -> list[list[Role]]:
    """The roles, those together that may do exactly the same."""
    sets = list(allowed)
    groups: dict[tuple[bool, ...], list[Role]] = {}
    for role in Role:
        groups.setdefault(tuple(role in roles for roles in sets), []).append(role)
    return list(groups.values())


def _label(role: Role) -> str:
    return role.value.replace("_", " ")


def _shell_rows(command: object, path: str) -> list[Row]:
    below = getattr(command, "commands", None)
    if below:
        rows = [row for name, each in below.items() for row in _shell_rows(each, f"{path} {name}")]
        itself = [[f"`{path}`", str(getattr(command, "help", ""))]]
        return [*itself, *rows] if getattr(command, "invoke_without_command", False) else rows
    words = [_parameter(each) for each in getattr(command, "params", ())]
    return [[f"`{' '.join([path, *filter(None, words)])}`", str(getattr(command, "help", ""))]]


def _parameter(parameter: object) -> str:
    names: list[str] = [*getattr(parameter, "opts", ()), *getattr(parameter, "secondary_opts", ())]
    if getattr(parameter, "param_type_name", "") == "argument":
        return names[0].upper()
    value = "" if getattr(parameter, "is_flag", False) else f" {getattr(parameter, 'metavar', None) or 'TEXT'}"
    return f"[{'/'.join(names)}{value}]"


def _setting(name: str) -> Row:
    field = Settings.model_fields[name]
    default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    shown = f"`{default}`" if str(default) else ""
    return [f"`{name.upper()}`", shown, field.description or ""]


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [list(head), ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    for file, made in TABLES.items():
        path = FOLDER / file
        path.write_text(renewed(path.read_text("utf-8"), made), "utf-8")
