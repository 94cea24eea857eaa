"""The command line: demo, run, init, doctor, migrate, roster import, deliveries."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.dumps import leave_no_core
from bot.help import Command, Group
from bot.settings import ENV_FILE, SettingsProblem, read_settings

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings import Settings

REFUSED = 1
"""Exit status for everything that names its reason and its cure; usage errors are 2, as typer has it."""

app = typer.Typer(cls=Group, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
roster = typer.Typer(cls=Group, no_args_is_help=True, help="Bring people in.")
app.add_typer(roster, name="roster")
deliveries = typer.Typer(cls=Group, add_completion=False)
app.add_typer(deliveries, name="deliveries")

# Modules that serve one command are imported inside it: `scholarbot --help` and `run` should not pay for the demo.


@app.callback()
def scholarbot() -> None:
    """The support desk of a research-mentorship program, inside Slack."""


@app.command(cls=Command)
def demo(
    *,
    keep: Annotated[
        bool | None, typer.Option("--keep/--end", help="Stay open afterwards; without a terminal: end.")
    ] = None,
) -> None:
    """Start a Slack workspace and the bot on this machine, and watch a walk-through."""
    from bot.demo.play import play  # noqa: PLC0415

    with _refusals():
        play(keep_open=sys.stdout.isatty() if keep is None else keep)


@app.command(cls=Command)
def run() -> None:
    """Serve until told to stop (SIGTERM or Ctrl-C)."""
    with uncollected():
        from bot.logs import start_logging  # noqa: PLC0415
        from bot.main import run as serve  # noqa: PLC0415

    with _refusals():
        settings = _settings()
        start_logging(settings.scholarbot_log_level, settings.scholarbot_log_format)
        serve(settings)


@app.command(cls=Command)
def init() -> None:
    """Make the key file and a .env to fill in; nothing that exists is touched."""
    from bot.first import prepare  # noqa: PLC0415

    with _refusals():
        for line in prepare():
            _say(line)


@app.command(cls=Command)
def doctor() -> None:
    """Look at everything the bot needs; name what is wrong, each with its cure."""
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from bot.doctor import examine  # noqa: PLC0415

    with _refusals():
        settings = read_settings()
        table = Table("", "what", "how it stands")
        findings = []
        for finding in examine(settings):
            findings.append(finding)
            table.add_row("[green]ok[/]" if finding.is_fine else "[red]no[/]", finding.about, Text(finding.says))
        _console().print(table)
        if not all(finding.is_fine for finding in findings):
            raise typer.Exit(REFUSED)


@app.command(cls=Command)
def migrate() -> None:
    """Bring both stores to this version's tables, and make a database that is not there; safe to repeat."""
    from bot.stores import migrate_stores  # noqa: PLC0415

    with _refusals():
        for file in migrate_stores(_settings()):
            _say(f"Made {file}, which nobody else on this machine can read.")
        _say("Both stores are at the newest version.")


@roster.command("import", cls=Command)
def import_roster(
    file: Annotated[Path, typer.Argument(help="CSV: one row per person and role.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    recusals: Annotated[
        Path | None,
        typer.Option(
            metavar="RECUSALS.csv", help="CSV of pairs who never meet in support: support_email, scholar_email."
        ),
    ] = None,
    deactivate: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="How many people may leave; without it a quarter, and three at least."),
    ] = None,
) -> None:
    """Bring the roster in from a CSV file. Importing the same file twice changes nothing."""
    from bot.roster import bring_in  # noqa: PLC0415

    with _refusals():
        for line in bring_in(_settings(), file, recusals=recusals, dry_run=dry_run, may_leave=deactivate):
            _say(line)


@deliveries.callback(invoke_without_command=True)
def list_held(context: typer.Context) -> None:
    """See what could not be delivered, by kind and reason; no person and no session is named."""
    if context.invoked_subcommand is not None:
        return
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from bot.deliveries import NOTHING, held  # noqa: PLC0415

    with _refusals():
        found = held(_settings())
        if not found:
            _say(NOTHING)
            return
        table = Table("store", "kind", "reason", "held", "still in time", "oldest")
        for one in found:
            numbers = (str(one.number), str(one.sendable), f"{one.oldest:%Y-%m-%d}")
            table.add_row(one.store, *map(Text, (one.kind, one.reason)), *numbers)
        _console().print(table)


@deliveries.command("requeue", cls=Command)
def requeue_held(
    *,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only messages of this kind.")] = None,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only messages held for this reason, in the same words.")
    ] = None,
) -> None:
    """Let what is held be sent again, unless its time is over. Put the reason right first."""
    from bot.deliveries import requeue  # noqa: PLC0415

    with _refusals():
        _say(requeue(_settings(), kind=kind, reason=reason))


def main() -> None:
    """Entry point of the console script; `python -m bot` goes by the same name."""
    leave_no_core()
    app(prog_name="scholarbot")


@contextmanager
def uncollected() -> Iterator[None]:
    """For loading modules: all of it stays, so that the garbage collector looks at more and more and finds nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _settings() -> "Settings":
    """The settings, from a file that nobody else can read; `doctor` shows such a file in its table instead."""
    from bot.places import check_env_file  # noqa: PLC0415

    check_env_file(ENV_FILE)
    return read_settings()


@contextmanager
def _refusals() -> Iterator[None]:
    from domain.errors import DomainError  # noqa: PLC0415
    from domain.sealing import StartRefused  # noqa: PLC0415

    try:
        yield
    except (SettingsProblem, StartRefused) as refusal:
        problem = str(refusal)
    except DomainError as refusal:
        problem = refusal.message
    else:
        return
    _console(stderr=True).print(problem, markup=False, highlight=False)
    raise typer.Exit(REFUSED)


def _say(line: str) -> None:
    _console().print(line, markup=False, highlight=False)


def _console(*, stderr: bool = False) -> "Console":
    from rich.console import Console  # noqa: PLC0415

    return Console(stderr=stderr, soft_wrap=True)
