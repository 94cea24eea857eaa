"""`scholarbot roster import` as an operator uses it: what it says, what it changes, and what it leaves alone."""

import shutil
import subprocess
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import select

from storage.engine import Store, table_of
from storage.program.people import Membership, RosterPerson
from tests.acting.steps import told
from tests.builders.rosters import SMALL_ROSTER, Row, a_file, a_recusal_file, a_row
from tests.fixtures.processes import Installation
from tests.looking.documents import ROOT, code

pytestmark = pytest.mark.usefixtures("logging_as_it_was")

Command = Callable[..., "subprocess.CompletedProcess[str]"]
WITHOUT_BO: tuple[Row, ...] = tuple(row for row in SMALL_ROSTER if row["name"] != "Bo")
HELLO = "Hello! I am Scholarbot, the support desk of your program. Type /support to book, move or cancel a session"
HOW_TO = ROOT / "docs" / "how-to"
NOTHING = "Summer Research Program: the roster was like this already; nothing changed."


def test_a_roster_is_tried_brought_in_repeated_and_cut(installation: Installation) -> None:
    tried = bring(installation, today(SMALL_ROSTER), "--dry-run")
    after_trying = addresses(installation.stores.program)
    brought = bring(installation, today(SMALL_ROSTER), by=installation.scholarbot)
    repeated = bring(installation, today(SMALL_ROSTER))
    cut = bring(installation, today(WITHOUT_BO))

    assert after_trying == []
    assert tried == f"This would change: {brought}"
    assert brought == (
        "Summer Research Program: 6 people; 6 new, 0 renamed, 6 roles added, 0 roles ended, 0 people deactivated, "
        "6 welcomed."
    )
    assert repeated == NOTHING
    assert "1 role ended, 1 person deactivated" in cut
    assert active(installation.stores.program) == ["ada", "cleo", "eli", "max", "sam"]
    assert "bo@example.org" in addresses(installation.stores.program)


def test_a_roster_that_would_empty_the_program_is_refused_until_told_how_many_leave(installation: Installation) -> None:
    bring(installation, today(SMALL_ROSTER))
    wrong = [a_row("zoe", starts="2020-01-01", ends="2099-12-31")]
    (installation.folder / "roster.csv").write_bytes(a_file(*wrong))

    tried, refused = (installation.command("roster", "import", "roster.csv", *dry) for dry in (["--dry-run"], []))
    after_refusing = active(installation.stores.program)
    let_go = bring(installation, wrong, "--deactivate", "6")

    assert [(ended.returncode, ended.stdout) for ended in (tried, refused)] == [(1, "")] * 2
    assert tried.stderr == refused.stderr
    assert "6 of the 6 people on the roster would be deactivated" in refused.stderr
    assert after_refusing == ["ada", "bo", "cleo", "eli", "max", "sam"]
    assert "6 people deactivated" in let_go
    assert active(installation.stores.program) == ["zoe"]


def test_the_running_bot_welcomes_each_newcomer_once(installation: Installation) -> None:
    bring(installation, today(SMALL_ROSTER))
    with installation.running():
        scholar = installation.workspace.as_user("ada")
        scholar.wait(text=HELLO[:40])
        bring(installation, today(SMALL_ROSTER))

        assert [said[: len(HELLO)] for said in told(scholar)] == [HELLO]


def test_the_same_roster_with_somebody_who_has_joined_slack_since_says_that_they_are_welcomed(
    installation: Installation,
) -> None:
    rows = [*today(SMALL_ROSTER), a_row("zoe", starts="2020-01-01", ends="2099-12-31")]
    bring(installation, rows)
    installation.workspace.join(id="UZOE", name="zoe", real_name="Zoe", email="zoe@example.org", tz="Europe/London")

    said = bring(installation, rows)

    assert said.endswith("0 people deactivated, 1 welcomed.")


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (
            a_file(a_row("ada", role="wizard", starts="2027-02-30")),
            ["roster.csv, row 2, column role: ", "roster.csv, row 2, column from: "],
        ),
        (a_file(a_row("ada"), a_row("ada")), ["row 3"]),
        (a_file(a_row("ada")).replace(b"name,email", b"name,mail"), ["email"]),
        (a_file(a_row("ada", name="Ad\u00e9")).decode().encode("latin-1"), ["UTF-8"]),
        (b"", ["roster.csv, row 1: the first line must be the header: name,email,"]),
        (
            a_file(*SMALL_ROSTER, a_row("max", role="coach")),
            ["roster.csv, row 3, column mentor: expected a mentor who is not this scholar's coach", "row 4"],
        ),
    ],
    ids=["values", "twice", "header", "encoding", "empty", "conflict"],
)
def test_a_faulty_roster_is_named_in_full_and_nothing_of_it_is_imported(
    installation: Installation, content: bytes, problems: Sequence[str]
) -> None:
    (installation.folder / "roster.csv").write_bytes(content)

    ended = installation.command("roster", "import", "roster.csv")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert [problem for problem in problems if problem not in ended.stderr] == []
    assert "Traceback" not in ended.stderr
    assert addresses(installation.stores.program) == []


def test_a_mentor_who_coaches_is_let_in_when_recused_from_their_scholars(installation: Installation) -> None:
    rows = (*SMALL_ROSTER, a_row("max", role="coach"))
    (installation.folder / "recusals.csv").write_bytes(a_recusal_file(("max", "ada"), ("max", "bo")))

    said = bring(installation, rows, "--recusals", "recusals.csv")

    assert "7 roles added" in said


def test_without_slack_the_roster_comes_in_and_people_are_matched_later(installation: Installation) -> None:
    installation.changes["SLACK_API_URL"] = "http://127.0.0.1:9/"

    said = bring(installation, SMALL_ROSTER)

    assert said.startswith(
        "Slack could not be asked, so people are matched to their accounts when the bot starts. I cannot reach Slack."
    )
    assert "0 welcomed" in said
    assert said.splitlines()[-1].startswith("Not matched yet: ada@example.org, bo@example.org, ")
    assert len(active(installation.stores.program)) == 6


def test_a_file_that_is_not_there_is_named(installation: Installation) -> None:
    ended = installation.scholarbot("roster", "import", "none.csv")

    assert ended.returncode == 1
    assert ended.stderr == "I cannot read none.csv: no such file or directory. Check the path and try again.\n"


def test_commands_of_the_page_bring_its_example_in(installation: Installation) -> None:
    shutil.copytree(HOW_TO, installation.folder / HOW_TO.relative_to(ROOT))
    page = code((HOW_TO / "bring-in-the-roster.md").read_text("utf-8"))
    commands = [line.split()[1:] for line in page if line.startswith(".venv/bin/scholarbot roster import ")]

    ended = [installation.command(*command) for command in commands]

    assert len(commands) > 1
    assert [(each.returncode, each.stderr) for each in ended] == [(0, "")] * len(commands)
    assert len(active(installation.stores.program)) == 6


def bring(installation: Installation, rows: Sequence[Row], *options: str, by: Command | None = None) -> str:
    """Import the rows, in this process unless told, and return what was said."""
    (installation.folder / "roster.csv").write_bytes(a_file(*rows))
    scholarbot = by or installation.command
    ended = scholarbot("roster", "import", "roster.csv", *options)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.strip()


def today(rows: Sequence[Row]) -> list[Row]:
    """The same rows, in force at any time."""
    return [dict(row) | {"from": "2020-01-01", "to": "2099-12-31"} for row in rows]


def addresses(store: Store) -> list[str]:
    with store.read() as connection:
        return sorted(connection.execute(select(table_of(RosterPerson).c.email)).scalars())


def active(store: Store) -> list[str]:
    """The names of those with a role, in lower case."""
    member, person = table_of(Membership), table_of(RosterPerson)
    wanted = select(person.c.name).join(member, member.c.person_id == person.c.id).where(member.c.removed_at.is_(None))
    with store.read() as connection:
        return sorted({name.lower() for name in connection.execute(wanted).scalars()})
