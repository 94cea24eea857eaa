"""What people write is never read as markup: nobody can be pinged, and no link made, by a name or a reason."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from domain.places import Place
from handlers import texts, views
from handlers.ids import Action
from handlers.views.blocks import escape
from handlers.views.booking import booking_form
from handlers.views.extensions import request_modal, requests_modal
from handlers.views.load import load_modal
from handlers.views.program import history_modal
from handlers.views.proposals import times_modal
from handlers.views.rating import rating_form
from handlers.views.session_log import log_form, logs_modal
from handlers.views.sessions import details_modal, done_modal
from handlers.views.told import home_waiting
from handlers.views.trail import trail_modal
from services.announcements.own import OwnAnnouncements, Told
from services.audit import Done, Trail
from services.offers.load import CoachLoad
from services.session_log.facts import Aftermath, GivenRating, ToLog
from tests.builders.announcements import TEXT, a_content, an_announcement
from tests.builders.session_logs import a_log_sheet, a_logged, a_rating_sheet
from tests.builders.sessions import a_card, a_named, an_offer, some_details, some_times
from tests.fakes.clock import NOON
from tests.unit.handlers.views.largest import MESSAGES, VIEWS
from tests.unit.handlers.views.largest.deadlines import REQUEST
from tests.unit.handlers.views.largest.program import full_history

HOSTILE = "<!channel> <@U1> <https://evil.example|me> A&B"
OUR_CHANNEL = "<#C1234567890>"
HARMLESS = "&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|me&gt; A&amp;B"


def marked(value: Any) -> Iterator[str]:
    """Every text that Slack reads as mrkdwn."""
    if isinstance(value, Mapping):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for inside in value.values():
            yield from marked(inside)
    elif isinstance(value, (list, tuple)):
        for inside in value:
            yield from marked(inside)


def test_escape_replaces_the_three_signs_slack_names_once_each() -> None:
    assert escape(HOSTILE) == HARMLESS
    assert escape("&lt;") == "&amp;lt;"
    assert escape("*bold* _it_ ~no~ `code`") == "*bold* _it_ ~no~ `code`"


@pytest.mark.parametrize(
    ("view", "times"),
    [
        (booking_form(an_offer(staff=[a_card(name=HOSTILE, about=HOSTILE)])), 2),
        (times_modal(some_times(staff_name=HOSTILE), Place(kind="room", detail=HOSTILE)), 2),
        (
            details_modal(
                some_details(
                    other_name=HOSTILE, place=Place(kind="room", detail=HOSTILE), words=HOSTILE, reason=HOSTILE
                )
            ),
            4,
        ),
        (
            details_modal(
                some_details(other_name=HOSTILE), Aftermath(log=a_logged(next_step=HOSTILE), is_for_scholar=True)
            ),
            1,
        ),
        (log_form(a_log_sheet(a_logged(next_step=HOSTILE), other_name=HOSTILE), state="s1.1", zone="UTC"), 1),
        (rating_form(a_rating_sheet(GivenRating(score=1, words=HOSTILE), other_name=HOSTILE), state="s1.1"), 1),
        (logs_modal(ToLog(waiting=(a_named(other_name=HOSTILE),), logged=())), 1),
        (done_modal(some_details(other_name=HOSTILE, reason=HOSTILE), title="Moved", sentence="It is moved."), 3),
    ],
    ids=["booking", "times", "details", "after", "log", "rating", "logs", "done"],
)
def test_what_people_wrote_is_escaped_wherever_markup_is_read(view: dict[str, Any], times: int) -> None:
    shown = " ".join(marked(view))

    assert shown.count(HARMLESS) == times
    assert "<!" not in shown.replace("<!date^", "")
    assert "<@" not in shown
    assert "<https" not in shown


@pytest.mark.parametrize("name", [*VIEWS, *MESSAGES])
def test_no_view_or_message_holds_a_mention(name: str) -> None:
    made = VIEWS[name] if name in VIEWS else MESSAGES[name].blocks

    shown = " ".join([*marked(made), MESSAGES[name].text if name in MESSAGES else ""])

    shown = shown.replace(OUR_CHANNEL, "")  # a link of ours to the channel that staff have chosen
    assert [tag for tag in ("<!channel", "<!here", "<!everyone", "<@", "<#") if tag in shown] == []


def test_title_that_stands_in_bold_is_not_broken_by_the_signs_typed_in_it() -> None:
    told = Told(
        announcement=an_announcement(a_content(text=replace(TEXT, title="Read *this* <!here>"))), acknowledged_at=None
    )

    shown = " ".join(marked(home_waiting(OwnAnnouncements(told=(told,), waiting=1), zone="UTC")))

    assert "*Read \u2217this\u2217 &lt;!here&gt;*" in shown


@pytest.mark.parametrize("path", sorted(Path(views.__path__[0]).glob("*.py")), ids=lambda path: path.stem)
def test_no_view_escapes_a_title_like_any_other_text(path: Path) -> None:
    titles = r"\bescape\((?:clip\w*\()?[\w.]*title\b"

    assert re.findall(titles, path.read_text(encoding="utf-8")) == []


def bold_fields(words: Any) -> Iterator[str]:
    """The fields of a text, or of several, that stand between two signs for bold."""
    if isinstance(words, str):
        for bold in re.findall(r"\*[^*\n]+\*", words):
            yield from re.findall(r"{(\w+)}", bold)
    elif isinstance(words, (Mapping, tuple)):
        for each in words.values() if isinstance(words, Mapping) else words:
            yield from bold_fields(each)


BOLD = {
    (topic, name): fields
    for topic, module in vars(texts).items()
    if isinstance(module, ModuleType)
    for name, words in vars(module).items()
    if name.isupper() and (fields := set(bold_fields(words)))
}
"""Fields in bold by the module and the name of the text."""


@pytest.mark.parametrize("path", sorted(Path(views.__path__[0]).glob("*.py")), ids=lambda path: path.stem)
def test_no_view_puts_words_in_bold_with_their_own_marks(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    said = [
        found for (topic, name), found in BOLD.items() if f"texts.{topic}" in code and re.search(rf"\.{name}\b", code)
    ]
    fields = "|".join(sorted(set().union(*said))) or "nothing"

    assert {"name", "title", "scholar"} <= set().union(*BOLD.values())
    assert re.findall(rf"\*{{escape\(|\b(?:{fields})=escape\(", code) == []


STARRED = "Ada *A* B"
HISTORY = full_history()


@pytest.mark.parametrize(
    "view",
    [
        requests_modal([("request-1", STARRED, "Plan", NOON)], zone="UTC"),
        request_modal(replace(REQUEST, name=STARRED), zone="UTC"),
        trail_modal(
            Trail(done=(Done(at=NOON, by=STARRED, deed="written", about="", detail=""),), number=1),
            "a1",
            turn=Action.TURN_TRAIL,
            zone="UTC",
        ),
        load_modal([CoachLoad(name=STARRED, is_reader=True, held_seconds=0, ahead_seconds=0, share=100)]),
        history_modal(replace(HISTORY, names={"sam": STARRED}), zone="UTC"),
        booking_form(an_offer(staff=[a_card(name=STARRED, about="Statistics")])),
    ],
    ids=["requests", "request", "trail", "load", "history", "booking"],
)
def test_name_in_bold_is_not_broken_by_a_sign_in_it(view: Mapping[str, Any]) -> None:
    assert "*Ada \u2217A\u2217 B" in " ".join(marked(view))
