from datetime import timedelta
from typing import Any

import pytest

from domain.focus import COACHING_AREAS, COMMUNITY_AREAS, FocusArea
from domain.session_log import Outcome
from handlers import texts
from handlers.ids import Action, Field, base_id
from handlers.ids.fields import day_field
from handlers.views.blocks import actions, button, context, quoted, section
from handlers.views.rating import rated_modal, rating_form
from handlers.views.session_log import ended_message, log_form, logged_modal, logs_modal
from handlers.views.sessions import details_modal
from services.session_log.facts import Aftermath, GivenRating, ToLog
from services.session_log.questions import AGAIN
from tests.builders.session_logs import a_log_sheet, a_logged, a_rating_sheet
from tests.builders.sessions import (
    COMMUNITY_KIND,
    LONDON,
    NEW_YORK,
    TUESDAY,
    a_line,
    a_named,
    some_details,
    some_news,
)

WHEN = f"<!date^{int(TUESDAY.timestamp())}^{{date_long_pretty}}, {{time}}|Tue 12 Jan, 10:00 GMT>"
STEP = "One page by Friday."


def fields(view: dict[str, Any]) -> dict[str, Any]:
    """The elements of the inputs, by field."""
    return {base_id(block["block_id"]): block["element"] for block in view["blocks"] if block["type"] == "input"}


def began(asked: dict[str, Any]) -> tuple[str, str]:
    """The date and the time that the beginning starts with."""
    return asked[day_field(Field.BEGAN)]["initial_date"], asked[Field.BEGAN]["initial_time"]


def chosen(element: dict[str, Any]) -> list[str]:
    """The values that a menu begins with."""
    found = element.get("initial_options") or [element[name] for name in ("initial_option",) if name in element]
    return [option["value"] for option in found]


@pytest.mark.parametrize("action", [Action.OPEN_LOG, Action.OPEN_RATING])
def test_message_says_when_it_was_and_opens_the_readers_own_question(action: Action) -> None:
    message = ended_message(some_news("mine", version=3), action)

    assert message.text == "A session of yours has ended: Tue 12 Jan, 10:00 GMT. How did it go?"
    assert message.blocks == (
        section(f"A session of yours has ended: *{WHEN}*. How did it go?"),
        actions(
            button(texts.session_log.SAY, action, value="mine.3", style="primary"),
            button(texts.messages.WHO_WHERE_WHAT, Action.OPEN_DETAILS, value="mine.3"),
            block_id="ended",
        ),
    )


def test_message_that_asks_once_more_says_so() -> None:
    message = ended_message(some_news("mine", rung=AGAIN), Action.OPEN_LOG)

    assert message.text == (
        "You have not said yet how a session of yours went: Tue 12 Jan, 10:00 GMT. I do not ask again."
    )


def test_form_begins_with_the_plan_and_what_was_booked() -> None:
    view = log_form(a_log_sheet(areas=[FocusArea.CAREER]), state="s1.1:Europe/London:", zone=LONDON)

    asked = fields(view)
    assert list(asked) == [
        Field.OUTCOME,
        day_field(Field.BEGAN),
        Field.BEGAN,
        Field.ENDED,
        Field.FOCUS,
        Field.NEXT_STEP,
    ]
    assert chosen(asked[Field.OUTCOME]) == ["happened"]
    assert began(asked) == ("2027-01-12", "10:00")
    assert asked[Field.ENDED]["initial_time"] == "10:45"
    assert chosen(asked[Field.FOCUS]) == ["career"]
    assert "initial_value" not in asked[Field.NEXT_STEP]
    assert view["private_metadata"] == "s1.1:Europe/London:"
    assert view["blocks"][0] == section(f"{WHEN}\n*Scholar support (coach)* with Ada")


def test_form_lists_the_topics_of_the_kinds_own_role() -> None:
    listed = [
        [option["value"] for option in fields(log_form(sheet, state="s1.1", zone=LONDON))[Field.FOCUS]["options"]]
        for sheet in (a_log_sheet(), a_log_sheet(kind=COMMUNITY_KIND))
    ]

    assert listed == [[*COACHING_AREAS], [*COMMUNITY_AREAS]]


def test_form_for_a_correction_begins_with_what_was_logged_and_says_until_when() -> None:
    log = a_logged(areas=[FocusArea.ACCOUNTABILITY], next_step=STEP)

    view = log_form(a_log_sheet(log, areas=[FocusArea.CAREER]), state="s1.1", zone=LONDON)

    asked = fields(view)
    assert view["blocks"][1] == context(
        f"{texts.session_log.LOGGED_BEFORE} You can put it right until Tue 26 Jan, 10:45 GMT."
    )
    assert began(asked) == ("2027-01-12", "10:05")
    assert asked[Field.ENDED]["initial_time"] == "10:40"
    assert chosen(asked[Field.FOCUS]) == ["accountability"]
    assert asked[Field.NEXT_STEP]["initial_value"] == STEP


@pytest.mark.parametrize("outcome", [Outcome.NO_SHOW, Outcome.STAFF_ABSENT])
def test_form_asks_for_no_times_of_what_did_not_happen(outcome: Outcome) -> None:
    by_choice = fields(log_form(a_log_sheet(a_logged()), state="s1.1", zone=LONDON, outcome=outcome))
    by_log = fields(log_form(a_log_sheet(a_logged(outcome)), state="s1.1", zone=LONDON))

    assert list(by_choice) == list(by_log) == [Field.OUTCOME, Field.NEXT_STEP]
    assert chosen(by_choice[Field.OUTCOME]) == chosen(by_log[Field.OUTCOME]) == [outcome.value]


def test_form_of_what_happened_after_all_begins_with_the_plan_again() -> None:
    sheet = a_log_sheet(a_logged(Outcome.NO_SHOW), areas=[FocusArea.CAREER])

    asked = fields(log_form(sheet, state="s1.1", zone=LONDON, outcome=Outcome.HAPPENED))

    assert began(asked) == ("2027-01-12", "10:00")
    assert chosen(asked[Field.FOCUS]) == ["career"]


def test_form_says_who_reads_the_next_step() -> None:
    view = log_form(a_log_sheet(), state="s1.1", zone=NEW_YORK)

    hints = {base_id(block["block_id"]): block["hint"]["text"] for block in view["blocks"] if "hint" in block}
    assert hints[Field.NEXT_STEP] == hints[Field.FOCUS] == texts.session_log.SEALED_HINT
    assert "America/New_York" in hints[Field.BEGAN]
    assert "America/New_York" in hints[Field.ENDED]


def test_saved_log_is_shown_with_until_when_it_can_be_put_right() -> None:
    view = logged_modal(a_log_sheet(a_logged(next_step=STEP)))

    assert view["title"]["text"] == texts.session_log.LOGGED_TITLE
    assert quoted(STEP) in view["blocks"]
    assert view["blocks"][-1] == context("You can put it right until Tue 26 Jan, 10:45 GMT.")


def test_list_has_a_button_for_each_and_says_when_there_are_more() -> None:
    waiting, done = a_named(a_line("w1")), a_named(a_line("d1"), other_name="Bo")

    view = logs_modal(ToLog(waiting=(waiting,), logged=(done,), has_more=True))

    accessories = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    assert accessories == [
        button(texts.session_log.LOG, Action.OPEN_LOG, value="w1.1"),
        button(texts.session_log.CORRECT, Action.OPEN_LOG, value="d1.1"),
    ]
    assert context(texts.session_log.MORE_TO_LOG.format(number=1)) in view["blocks"]


def test_list_with_nothing_says_so() -> None:
    view = logs_modal(ToLog(waiting=(), logged=()))

    assert view["blocks"] == [section(texts.session_log.NOTHING_TO_LOG)]


@pytest.mark.parametrize(
    ("after", "shown", "pressed"),
    [
        (Aftermath(log=None, is_for_scholar=False, can_log=True), texts.session_log.NOT_LOGGED, Action.OPEN_LOG),
        (Aftermath(log=None, is_for_scholar=True, can_rate=True), texts.session_log.NOT_LOGGED, Action.OPEN_RATING),
        (Aftermath(log=a_logged(Outcome.NO_SHOW), is_for_scholar=True), "You could not be there.", None),
        (Aftermath(log=a_logged(Outcome.NO_SHOW), is_for_scholar=False), "They did not come.", None),
        (
            Aftermath(log=a_logged(Outcome.STAFF_ABSENT), is_for_scholar=True),
            "The person you were to meet could not make it.",
            None,
        ),
        (Aftermath(log=a_logged(Outcome.STAFF_ABSENT), is_for_scholar=False), "You could not make it.", None),
        (Aftermath(log=a_logged(), is_for_scholar=True), "*It took place:* from <!date^", None),
        (Aftermath(log=a_logged(areas=[FocusArea.CAREER]), is_for_scholar=True), "*It was about:* Career", None),
        (Aftermath(log=a_logged(next_step=STEP), is_for_scholar=True), STEP, None),
        (Aftermath(log=a_logged(is_unreadable=True), is_for_scholar=True), texts.session_log.UNREADABLE, None),
    ],
)
def test_details_say_what_became_of_it_and_what_can_be_said(
    after: Aftermath, shown: str, pressed: Action | None
) -> None:
    blocks = details_modal(some_details(why_fixed="It is over."), after)["blocks"]

    buttons = [element["action_id"] for block in blocks if block["type"] == "actions" for element in block["elements"]]
    assert shown in str(blocks)
    assert buttons == ([pressed] if pressed else [])
    assert "It is over." not in str(blocks)


@pytest.mark.parametrize(
    ("after", "label"),
    [
        (Aftermath(log=a_logged(), is_for_scholar=False, can_log=True, is_answered=True), texts.session_log.CORRECT),
        (Aftermath(log=a_logged(), is_for_scholar=True, can_rate=True, is_answered=True), texts.rating.CHANGE),
    ],
)
def test_details_name_the_button_by_what_was_said_before(after: Aftermath, label: str) -> None:
    assert f"'text': '{label}'" in str(details_modal(some_details(), after)["blocks"][-1])


def test_rating_says_who_sees_what_before_it_asks() -> None:
    view = rating_form(a_rating_sheet(), state="s1.1")

    kinds = [block["type"] for block in view["blocks"]]
    assert view["blocks"][1] == context(texts.rating.WHO_SEES)
    assert kinds.index("context") < kinds.index("input")
    assert "confidential" in texts.rating.WHO_SEES
    assert "anonym" not in str(view).lower()


def test_rating_runs_from_1_to_10_with_words_at_both_ends_and_nothing_chosen() -> None:
    scale = fields(rating_form(a_rating_sheet(), state="s1.1"))[Field.SCORE]

    labels = [option["text"]["text"] for option in scale["options"]]
    assert [option["value"] for option in scale["options"]] == [str(score) for score in range(1, 11)]
    assert (labels[0], labels[1], labels[9]) == ("1: not useful at all", "2", "10: as useful as it could be")
    assert chosen(scale) == []


def test_rating_given_before_is_shown_to_be_changed() -> None:
    view = rating_form(a_rating_sheet(GivenRating(score=4, words=STEP)), state="s1.1")

    asked = fields(view)
    assert chosen(asked[Field.SCORE]) == ["4"]
    assert asked[Field.WORDS]["initial_value"] == STEP
    assert f"{texts.rating.ANSWERED_BEFORE} You can change it until Tue 26 Jan, 10:45 GMT." in str(view["blocks"])


def test_thanks_do_not_repeat_the_answer() -> None:
    view = rated_modal(a_rating_sheet(GivenRating(score=4, words=STEP)))

    assert STEP not in str(view)
    assert view["blocks"][0] == section(texts.rating.SENT)


def test_closing_is_told_in_the_readers_zone() -> None:
    assert timedelta(days=14) == a_log_sheet().closes - a_log_sheet().details.booked.ends
