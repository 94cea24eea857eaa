"""When an announcement goes out: its form keeps it, and whoever looks at it reads it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.announcements import Plan, State, Timing
from domain.delivery import Tier
from domain.people import Role
from domain.ports import Block
from handlers.ids import Modal
from handlers.parse import announcements as parse
from handlers.request import Kind
from handlers.views.announcement_form import announcement_form
from handlers.views.announcement_preview import preview_modal
from handlers.views.announcements import announcement_modal, announcements_modal
from services.announcements.details import Details
from services.announcements.look import Line, Overview
from services.announcements.preview import Preview
from services.audiences.options import AudienceOptions
from services.audiences.resolve import Reader
from tests.builders.announcements import a_content, an_announcement
from tests.builders.payloads import a_request, a_submission, as_opened

LONDON = "Europe/London"
NINE = datetime(2027, 1, 20, 9, tzinfo=UTC)
MORNING = Plan(timing=Timing.MORNING, on=date(2027, 1, 20))
IN_WORDS = [
    (Plan(), "Now"),
    (Plan(timing=Timing.AT, at=NINE), "|Wed 20 Jan, 09:00 GMT>"),
    (MORNING, "In each reader's own morning of Wed 20 Jan"),
    (Plan(timing=Timing.MORNING), "In each reader's own next morning"),
]
OPTIONS = AudienceOptions(cohorts=(), phases=(), streams=(), roles=(Role.SCHOLAR,), sites=())
READER = Reader(person_id="ada", name="Ada", slack_user_id="UADA", zone=LONDON, site="")


@pytest.mark.parametrize("plan", [plan for plan, _ in IN_WORDS])
def test_form_that_is_sent_back_as_it_was_opened_keeps_when_it_goes_out(plan: Plan) -> None:
    kept = replace(plan, expires_at=datetime(2027, 1, 22, 12, tzinfo=UTC))
    form = announcement_form(a_content(plan=kept), OPTIONS, zone=LONDON, state="a1.1")

    sent = a_request(Kind.SUBMISSION, Modal.ANNOUNCE, body=a_submission(as_opened(form)))

    assert parse.announcement_form(sent).plan == kept


@pytest.mark.parametrize(("plan", "said"), IN_WORDS)
def test_preview_and_question_for_a_yes_say_when_it_goes_out(plan: Plan, said: str) -> None:
    waiting = an_announcement(a_content(tier=Tier.CRITICAL, plan=plan), state=State.WAITING, sent_at=None)
    seen = Preview(announcement=waiting, readers=(READER,), unreachable=(), interrupted=1, later=0, has_approver=True)

    before = preview_modal(seen, zone=LONDON)["blocks"]
    asked = announcement_modal(
        details_of(Line(announcement=waiting, readers=0, acknowledged=0)), zone=LONDON, seen=seen
    )

    assert [line.endswith(f"{said}.") for line in when_lines(before)] == [True]
    assert [line.endswith(f"{said}.") for line in when_lines(asked["blocks"])] == [True]


@pytest.mark.parametrize(("plan", "said"), IN_WORDS[1:])
def test_list_and_details_of_a_planned_one_say_when_it_goes_out(plan: Plan, said: str) -> None:
    line = Line(
        announcement=an_announcement(a_content(plan=plan), state=State.PLANNED, sent_at=None),
        readers=0,
        acknowledged=0,
    )
    found = Overview(to_approve=(), waiting=(), drafts=(), planned=(line,), sent=(), templates=())
    everything = announcements_modal(found, zone=LONDON)

    assert said in everything["blocks"][2]["text"]["text"]
    assert said in announcement_modal(details_of(line), zone=LONDON)["blocks"][0]["elements"][0]["text"]


@pytest.mark.parametrize("corrects", ["", "a0"])
def test_list_tells_a_new_text_for_what_was_sent_from_another_draft(corrects: str) -> None:
    line = Line(announcement=an_announcement(state=State.DRAFT, corrects=corrects), readers=0, acknowledged=0)
    found = Overview(to_approve=(), waiting=(), drafts=(line,), planned=(), sent=(), templates=())

    said = announcements_modal(found, zone=LONDON)["blocks"][2]["text"]["text"]

    title = line.announcement.text.title
    assert said.partition("\n")[0] == (f"*New text: {title}*" if corrects else f"*{title}*")


def details_of(line: Line) -> Details:
    return Details(
        line=line,
        author="Sam",
        approver="",
        had=0,
        reached={},
        is_private=False,
        may_answer=line.announcement.state is State.WAITING,
    )


def when_lines(blocks: list[Block]) -> list[str]:
    sections = [str(block["text"]["text"]) for block in blocks if block["type"] == "section"]
    return [line for said in sections for line in said.split("\n") if line.startswith("When: ")]
