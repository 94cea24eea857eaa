"""Whoever judges scholars learns nothing about support: the same bytes with it, without it, and whoever uses it."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from domain.people import Role
from handlers.commands import WORDS
from handlers.ids import Action, Field, Modal, Shortcut
from handlers.texts.program import HOURS_ALL_SET, HOURS_UNKNOWN
from sandbox.client import Payload, SandboxClient
from tests.acting.afterwards import let_end, open_log, open_rating, save_log, send_rating
from tests.acting.groups import set_up, take
from tests.acting.lines import play_a_line
from tests.acting.payloads import a_command, a_form, a_press
from tests.acting.steps import book, propose
from tests.builders.people import account_of, address_of, put_person
from tests.fixtures.engines import SqliteTemplates, Stores
from tests.fixtures.products import Product, running_product

ZONE = "Europe/London"
JUDGES = {"mo": Role.MENTOR, "jo": Role.STAFF, "op": Role.OPS, "ev": Role.EVALUATOR, "gr": Role.GRADER}
LINES = (*sorted({word.line for word in WORDS}), "/support x", "/officehours x")
HOURS = re.compile("|".join(re.escape(json.dumps(text)[1:-1]) for text in (HOURS_ALL_SET, HOURS_UNKNOWN)).encode())
"""All that the rules of a program say of the confidential store: whether everybody in support has set hours."""
ROOT = Path(__file__).parents[2]
Deed = Callable[[], Any]


def test_judges_get_the_same_bytes_with_support_without_it_and_whoever_uses_it(
    workspace_process: SandboxClient, sqlite_templates: SqliteTemplates, tmp_path: Path
) -> None:
    unused = transcript(workspace_process, fresh(sqlite_templates, tmp_path / "unused"))
    used = transcript(workspace_process, fresh(sqlite_templates, tmp_path / "used"), is_used=True)
    absent = transcript(workspace_process, fresh(sqlite_templates, tmp_path / "absent"), has_support=False)

    assert unused == used
    assert [HOURS.sub(b"", each) for each in unused] == [HOURS.sub(b"", each) for each in absent]
    assert len([each for each in unused if HOURS.search(each)]) == 1  # in the rules that staff open
    assert len(unused) == len(JUDGES) * (len(LINES) + len(Modal) + 2 * (len(Action) + 2)) + 1


def transcript(
    workspace: SandboxClient, stores: Stores, *, has_support: bool = True, is_used: bool = False
) -> list[bytes]:
    """Everything all judges can do, and every answer."""
    with running_product(workspace, stores, has_support=has_support) as product:
        for who, role in JUDGES.items():
            join(product, who, role)
        join(product, "ad", Role.SCHOLAR, mentor="mo")
        if is_used:
            book(product, product.actor("ad"))
            start = book(product)
            propose(product, product.coach, product.actor("ad"))
            let_end(product, start)
            open_log(product.coach)
            save_log(product, product.coach, **{Field.NEXT_STEP: "Ask again."})
            open_rating(product.scholar)
            send_rating(product.scholar, 3, words="Too short.")
            play_a_line(product)
            set_up(product, product.coach)
            take(product, product.actor("ad"))
        return [answer for who in JUDGES for answer in answers_to(product, who)]


def fresh(templates: SqliteTemplates, folder: Path) -> Stores:
    folder.mkdir()
    return templates.fresh(folder)


def join(product: Product, who: str, role: Role, *, mentor: str = "") -> None:
    put_person(product.stores.program, who, role, mentor=mentor)
    # Slack's zone is the roster's: the news of this account may reach the product before its Home is made, or after.
    product.workspace.join(id=account_of(who), name=who, real_name=who.title(), email=address_of(who), tz=ZONE)
    product.workspace.invite(product.workspace.channel_id("general"), account_of(who))


def answers_to(product: Product, who: str) -> list[bytes]:
    """An entry for each thing a judge can try, and one for each call that came after the acknowledgements."""
    opening = [lambda: product.actor(who).shortcut(Shortcut.BOOK), lambda: product.actor(who).open_home()]
    opening += [sent(product, a_press(who, action, "product-2.1")) for action in Action]
    answering = [said(product, who, line) for line in LINES]
    answering += [sent(product, a_form(who, modal, "product-2.1")) for modal in Modal]
    before = len(product.workspace.calls())
    answers = [deed() for deed in (*opening, *answering)]
    modals = len(opening) + (JUDGES[who] is Role.STAFF)  # for them /program opens one too
    calls = product.calls_after(before, modals, belongs=lambda call: is_no_home_of_others(call, who))
    return [as_bytes(answer) for answer in answers] + sorted(
        as_bytes([call["method"], call["args"] | {"trigger_id": "Slack's own"}]) for call in calls
    )


def is_no_home_of_others(call: Payload, who: str) -> bool:
    """Home tabs of those who booked are drawn anew in the background, whenever that may be."""
    return call["method"] != "views.publish" or bool(call["args"]["user_id"] == account_of(who))


def as_bytes(answer: Any) -> bytes:
    return json.dumps(answer).encode()


def said(product: Product, who: str, line: str) -> Deed:
    return lambda: product.workspace.deliver("slash", a_command(who, line))


def sent(product: Product, payload: Payload) -> Deed:
    return lambda: product.workspace.deliver("interactive", payload)


def test_nobody_is_alerted_about_messages_to_an_account_that_was_closed_a_moment_ago(product: Product) -> None:
    for who, role in JUDGES.items():
        join(product, who, role)
    gone = account_of("ada")
    product.workspace.fault("chat.postMessage", "error", error="user_disabled", channel=gone, times=99)

    book(product)
    product.advance(timedelta(minutes=5))

    written_to = {call["args"]["channel"]: call["accepted"] for call in product.workspace.calls("chat.postMessage")}
    assert written_to == {gone: False, account_of("cleo"): True}
    assert product.runtime.dispatcher.watch.counts().get("dead", 0) == 0


VIOLATIONS = {
    "Imports go one way": ("domain/cells.py", "import services.desk"),
    "Handlers speak to services": ("handlers/ids.py", "import storage.engine"),
    "The domain needs the standard library only": ("domain/cells.py", "import sqlalchemy"),
    "Services know nothing of Slack": ("services/desk.py", "import slack_sdk"),
    "The sandbox stands apart": ("sandbox/ids.py", "import domain.cells"),
    "Nothing of the product needs the sandbox": ("handlers/ids.py", "import sandbox.ids"),
    "Only the confidential store imports cryptography": ("bot/ids.py", "import cryptography"),
    "Only support's services and the wiring touch": ("services/members.py", "import storage.confidential.hours"),
    "People and delivery work without": ("services/people.py", "import storage.confidential.hours"),
}


def test_each_import_that_would_cross_the_gap_is_caught(tmp_path: Path) -> None:
    for package in ("bot", "handlers", "services", "storage", "domain", "sandbox"):
        shutil.copytree(ROOT / package, tmp_path / package)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line in VIOLATIONS.values():
        path = tmp_path / file
        path.write_text(f"{path.read_text()}\n{line}  # noqa\n")

    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    verdicts = [line for line in checked.stdout.splitlines() if line.endswith(("KEPT", "BROKEN"))]
    assert [line for line in verdicts if line.endswith("KEPT")] == []
    assert sorted(VIOLATIONS) == sorted(name for name in VIOLATIONS for line in verdicts if line.startswith(name))
    assert len(verdicts) == len(VIOLATIONS)
