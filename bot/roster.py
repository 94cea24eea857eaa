"""`scholarbot roster import`: opens the store, brings the file in, says what happened."""

from pathlib import Path

from bot.clock import SystemClock
from bot.ids import RandomIds
from bot.messenger import SlackMessenger
from bot.reasons import in_words
from bot.settings import Settings
from bot.slack import recognized, slack_client
from bot.stores import opened_program_store
from domain.delivery import DeliveryError
from domain.errors import DomainError
from domain.sealing import StartRefused
from services.accounts import list_accounts
from services.roster import RosterReport, import_roster

NAMED = 20


class FileUnreadable(DomainError):
    """That file cannot be read."""


def bring_in(
    settings: Settings, file: Path, *, recusals: Path | None, dry_run: bool, may_leave: int | None = None
) -> list[str]:
    """Import a roster and return what to say.

    Raises `RosterProblems`, `TooManyLeave`, `FileUnreadable` or `StartRefused`.

    The accounts of the workspace are listed first, so that people are matched and welcomed at once; without Slack they
    are matched when the bot starts.
    """
    content = _read(file)
    pairs = None if recusals is None else _read(recusals)
    clock, ids = SystemClock(), RandomIds()
    with opened_program_store(settings) as store:
        try:
            client = slack_client(settings)
            accounts = list_accounts(SlackMessenger(client), clock, team_id=recognized(client).team_id)
            said = []
        except (StartRefused, DeliveryError) as problem:
            accounts = None
            said = [f"Slack could not be asked, so people are matched to their accounts when the bot starts. {problem}"]
        report = import_roster(
            store,
            content,
            file=file.name,
            recusals=pairs,
            recusals_file=recusals.name if recusals else "",
            accounts=accounts,
            clock=clock,
            ids=ids,
            dry_run=dry_run,
            may_leave=may_leave,
        )
    return [*said, *_said(report, was_asked=accounts is not None)]


def _said(report: RosterReport, *, was_asked: bool) -> list[str]:
    would = "This would change: " if report.is_dry_run else ""
    if report.changed_nothing and not report.welcomed:
        said = [f"{report.program}: the roster was like this already; nothing changed."]
    else:
        said = [f"{would}{report.program}: {_many(report.people, 'person', 'people')}; {', '.join(_changes(report))}."]
    if report.without_account:
        shown = ", ".join(report.without_account[:NAMED])
        more = len(report.without_account) - NAMED
        about = "No Slack account yet for" if was_asked else "Not matched yet"
        said.append(f"{about}: {shown}{f' and {more} more' if more > 0 else ''}.")
    return said


def _changes(report: RosterReport) -> list[str]:
    return [
        f"{report.added} new",
        f"{report.renamed} renamed",
        f"{_many(report.memberships_added, 'role', 'roles')} added",
        f"{_many(report.memberships_removed, 'role', 'roles')} ended",
        f"{_many(report.deactivated, 'person', 'people')} deactivated",
        f"{report.welcomed} welcomed",
    ]


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise FileUnreadable(f"I cannot read {file}: {in_words(error)}. Check the path and try again.") from None
