"""Whoever judges scholars learns nothing about support: the same bytes with it, without it, and whoever uses it."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.handover import Consent
from domain.people import Role
from handlers.commands import WORDS
from handlers.ids import Action, Field, Modal, Shortcut
from handlers.texts import rating, session_log
from handlers.texts.program import HOURS_ALL_SET, HOURS_UNKNOWN
from sandbox.client import Payload, SandboxClient
from tests.acting.afterwards import let_end, open_log, open_rating, save_log, send_rating
from tests.acting.groups import set_up, take
from tests.acting.handovers import answer, hand_over, open_change
from tests.acting.lines import play_a_line
from tests.acting.payloads import a_command, a_form, a_press
from tests.acting.research import set_research_hours
from tests.acting.steps import book, propose
from tests.acting.waiting_steps import a_time_comes_free
from tests.builders.people import PROGRAM, account_of, put_person
from tests.fixtures.engines import SqliteTemplates, Stores
from tests.fixtures.products import Product, running_product
from tests.looking.queries import queries_of

ZONE = "Europe/London"
JUDGES = {"mo": Role.MENTOR, "jo": Role.STAFF, "op": Role.OPS, "ev": Role.EVALUATOR, "gr": Role.GRADER}
LINES = (*sorted({word.line for word in WORDS}), "/support x", "/officehours x")
HOURS = re.compile("|".join(re.escape(json.dumps(text)[1:-1]) for text in (HOURS_ALL_SET, HOURS_UNKNOWN)).encode())
"""All that the rules of a program say of the confidential store: whether everybody in support has set hours."""
UNAVAILABLE = b"Not available now."
THEN = datetime(2027, 1, 18, 12, tzinfo=UTC)
"""A Monday, when everything has been done that is done."""
OF_RESEARCH = 1 - len((Action.CHOOSE_KIND, Action.CHOOSE_STAFF, Action.CHOOSE_DAY))
"""How many more modals open for a mentor: the command's, without the choices that change a form which is not there."""
OF_PROGRAM = len(JUDGES) * len(("/announce", "/announce mine", "/announce quiet", "/deadlines", "/deadlines mine")) + 2
"""How many modals open by what is everybody's, and two forms of new ones for staff."""
RESEARCH_TIME = b"12:00 GMT"
ROOT = Path(__file__).parents[2]
Deed = Callable[[], Any]


def test_judges_get_the_same_bytes_with_support_without_it_and_whoever_uses_it(
    workspace_process: SandboxClient, sqlite_templates: SqliteTemplates, tmp_path: Path
) -> None:
    unused, work = transcript(workspace_process, fresh(sqlite_templates, tmp_path / "unused"))
    used, same_work = transcript(workspace_process, fresh(sqlite_templates, tmp_path / "used"), is_used=True)
    absent, _ = transcript(workspace_process, fresh(sqlite_templates, tmp_path / "absent"), has_support=False)

    assert unused == used
    # Nor by how long it takes: the stores are asked the very same, whoever uses support, so nothing is slower for it.
    differing = {who: (each - same_work[who], same_work[who] - each) for who, each in work.items()}
    assert {who: each for who, each in differing.items() if any(each)} == {}
    assert min(map(len, work.values())) > 1
    for who, answers in unused.items():
        with_store, without = (Counter(map(unset_hours, each)) for each in (answers, absent[who]))
        only_with, only_without = with_store - without, without - with_store
        # A mentor's own sessions on managing research: nothing else of anybody's needs the store.
        assert bool(only_with) == bool(only_without) == (JUDGES[who] is Role.MENTOR)
        assert [each for each in only_without if UNAVAILABLE not in each] == []
    told = [each for answers in unused.values() for each in answers]
    assert len([each for each in told if HOURS.search(each)]) == 2  # in the rules that staff open, two ways
    assert [each for each in unused["mo"] if RESEARCH_TIME in each] != []  # what a mentor can book is really there
    assert (
        len(told) == len(JUDGES) * (len(LINES) + len(Modal) + 1 + 2 * (len(Action) + 2)) + 1 + OF_RESEARCH + OF_PROGRAM
    )


def unset_hours(answer: bytes) -> bytes:
    return HOURS.sub(b"", answer)


def transcript(
    workspace: SandboxClient, stores: Stores, *, has_support: bool = True, is_used: bool = False
) -> tuple[dict[str, list[bytes]], dict[str, Counter[str]]]:
    """Everything all judges can do, with every answer, and what the stores were asked for it; at one and the same time.

    What was asked is counted by store and text of the statement, for all of a judge's requests together.
    """
    with running_product(workspace, stores, has_support=has_support) as product:
        for who, role in JUDGES.items():
            join(product, who, role)
        join(product, "ad", Role.SCHOLAR, mentor="mo")
        if has_support:
            set_research_hours(product, "cleo")
        if is_used:
            use(product)
        product.clock.advance(THEN - product.clock.now())
        product.tick("members")  # who is here is not asked for days later, but before anybody does anything
        product.runtime.desk.rules.now(PROGRAM)  # each version is read once a process, by whatever comes first
        answers, work = dict[str, list[bytes]](), dict[str, Counter[str]]()
        for who in JUDGES:
            with asked_of(stores) as asked:
                answers[who] = answers_to(product, who)
            work[who] = Counter(asked)
        return answers, work


@contextmanager
def asked_of(stores: Stores) -> Iterator[list[str]]:
    """The statements of both stores, each with its store; but for what frames a transaction."""
    asked: list[str] = []
    with queries_of(stores.program) as of_program, queries_of(stores.confidential) as of_support:
        yield asked
    asked += [f"program: {each}" for each in of_program] + [f"confidential: {each}" for each in of_support]


def use(product: Product) -> None:
    """What scholars and support do, of every sort."""
    set_up(product, product.coach)
    take(product, product.actor("ad"))
    for number in range(2):
        book(product, product.actor("ad"), day=number)
    start = book(product)
    propose(product, product.coach, product.actor("ad"))
    a_time_comes_free(product)
    let_end(product, start)
    open_log(product.coach)
    save_log(product, product.coach, **{Field.NEXT_STEP: "Ask again."})
    open_rating(product.scholar)
    send_rating(product.scholar, 3, words="Too short.")
    answer_about_the_group(product)
    play_a_line(product)
    hand_over(product, product.coach, words="Goodbye.", scholar="Ada")
    open_change(product.scholar)
    answer(product, product.scholar, Consent.GIVEN)
    set_research_hours(product, "cleo")  # a time came free in hours of one day; whose hours are set is told to staff


def answer_about_the_group(product: Product) -> None:
    """Its host and a seat, each from their own message; others about sessions of two stand beside it."""
    coach, seated = product.coach, product.actor("ad")
    for actor, at, action, title in (
        (coach, "14:00 PST", Action.OPEN_LOG, session_log.OUTCOME),
        (seated, "22:00 GMT", Action.OPEN_RATING, rating.QUESTION),
    ):
        (asked,) = [
            each for each in actor.messages() if each["text"].startswith(session_log.ENDED) and at in each["text"]
        ]
        actor.press_message(asked, action)
        actor.wait(modal=title)
    save_log(product, coach)
    send_rating(seated, 4, words="Too many.")


def fresh(templates: SqliteTemplates, folder: Path) -> Stores:
    folder.mkdir()
    return templates.fresh(folder)


def join(product: Product, who: str, role: Role, *, mentor: str = "") -> None:
    put_person(product.stores.program, who, role, mentor=mentor)
    product.join_account(who, tz=ZONE)


def answers_to(product: Product, who: str) -> list[bytes]:
    """An entry for each thing a judge can try, and one for each call that came after the acknowledgements."""
    opening = [lambda: product.actor(who).shortcut(Shortcut.BOOK), lambda: product.actor(who).open_home()]
    opening += [sent(product, a_press(who, action, "product-2.1")) for action in Action]
    answering = [said(product, who, line) for line in LINES]
    answering += [sent(product, a_form(who, modal, "product-2.1")) for modal in Modal]
    before = product.workspace.count_calls()
    answers = [deed() for deed in (*opening, *answering)]
    modals = len(opening) + 1 + (JUDGES[who] is Role.STAFF)  # /events opens one, and for them /program too
    if JUDGES[who] is Role.MENTOR and product.runtime.desk.support_desk is not None:
        modals += OF_RESEARCH
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
    "Handlers speak to services": ("handlers/ids/fields.py", "import storage.engine"),
    "The domain needs the standard library only": ("domain/cells.py", "import sqlalchemy"),
    "Services know nothing of Slack": ("services/desk.py", "import slack_sdk"),
    "The sandbox stands apart": ("sandbox/ids.py", "import domain.cells"),
    "Nothing of the product needs the sandbox": ("handlers/ids/fields.py", "import sandbox.ids"),
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
