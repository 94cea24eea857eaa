from dataclasses import replace
from datetime import timedelta

import pytest

from domain.booking import WORDS_MAX, BookingStatus
from domain.focus import FocusArea
from domain.kinds import GROUP, kind_of
from domain.places import Place
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.blocks import DIVIDER, button, context, section
from handlers.views.sessions import cancel_form, details_modal, done_modal, sessions_modal
from services.proposals.withdraw import OfferedTimes
from tests.builders.sessions import (
    COMMUNITY_KIND,
    LONDON,
    NEW_YORK,
    TUESDAY,
    a_booked,
    a_line,
    a_named,
    some_details,
    some_times,
)

WHEN = "<!date^1799748000^{date_long_pretty}, {time}|Tue 12 Jan, 10:00 GMT>"
MOVE_OR_CANCEL: Block = {
    "type": "actions",
    "elements": [
        button(texts.sessions.MOVE, Action.OPEN_MOVE, value="s1-scholar.1"),
        button(texts.sessions.CANCEL, Action.OPEN_CANCEL, value="s1-scholar.1", style="danger"),
    ],
}


def said(view: View) -> list[str]:
    """The text of each section."""
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]


def test_details_tell_who_where_and_what() -> None:
    details = some_details(
        other_zone=NEW_YORK,
        place=Place(kind="room", detail="4.12"),
        focus_areas=[FocusArea.CAREER, FocusArea.WELL_BEING],
        words="Whether to apply.",
        reason="A cold.",
    )

    view = details_modal(details)

    assert view["callback_id"] == Modal.DETAILS
    assert said(view) == [
        (
            f"*{texts.kinds.LABELS['coaching']}*, 45 minutes\n"
            f"*When:* {WHEN}\n"
            "*For them:* Tue 12 Jan, 05:00 EST\n"
            "*With:* Cleo\n"
            "*Where:* Room 4.12"
        ),
        "*About:* Career, Well-being",
        f"*{texts.sessions.IN_PRIVATE_WORDS}*",
        "Whether to apply.",
    ]
    assert view["blocks"][-2]["elements"][0]["text"] == "Why Cleo moved it: A cold."
    assert view["blocks"][-1] == MOVE_OR_CANCEL


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(kind="link", detail="https://meet.example.org/me?a=1&b=2"), "<https://meet.example.org/me?a=1&amp;b=2>"),
        (Place(kind="link", detail="https://x.example|<!channel>"), "https://x.example|&lt;!channel&gt;"),
        (Place(kind="room", detail="<https://x.example>"), "&lt;https://x.example&gt;"),
        (Place(kind="phone", detail="+1 555 0100"), "Phone +1 555 0100"),
        (Place(kind="room", detail="Attic"), "Attic"),
    ],
)
def test_details_show_a_link_that_can_be_pressed_and_nothing_else_as_one(place: Place, shown: str) -> None:
    first = details_modal(some_details(place=place))["blocks"][0]["text"]

    assert (first["text"].splitlines()[-1], first["verbatim"]) == (f"*Where:* {shown}", True)


@pytest.mark.parametrize(
    ("is_off", "sentence"),
    [(False, texts.sessions.CANCELED_ALREADY), (True, f"{texts.sessions.CANCELED_ALREADY} {texts.sessions.OFF}")],
)
def test_details_of_a_canceled_session_say_when_it_was_nobodys_wish(is_off: bool, sentence: str) -> None:  # noqa: FBT001
    view = details_modal(some_details(a_booked(status=BookingStatus.CANCELED), is_off=is_off))

    assert said(view)[0] == sentence


@pytest.mark.parametrize(
    ("status", "is_readers", "says"),
    [
        (BookingStatus.BOOKED, True, "Why you moved it: A cold."),
        (BookingStatus.BOOKED, False, "Why Cleo &amp; co moved it: A cold."),
        (BookingStatus.CANCELED, True, "Why you canceled it: A cold."),
        (BookingStatus.CANCELED, False, "Why Cleo &amp; co canceled it: A cold."),
    ],
)
def test_details_say_who_gave_the_reason_for_what(status: BookingStatus, is_readers: bool, says: str) -> None:  # noqa: FBT001
    booked = a_booked(status=status, version=2)
    details = some_details(booked, other_name="Cleo & co", reason="A cold.", is_readers_reason=is_readers)

    assert context(says) in details_modal(details)["blocks"]


def test_details_without_extras_say_only_what_is_known() -> None:
    view = details_modal(some_details(kind=COMMUNITY_KIND))

    assert said(view) == [
        (
            f"*{texts.kinds.LABELS['community']}*, 45 minutes\n*When:* {WHEN}\n*With:* Cleo\n"
            f"*Where:* {texts.sessions.PLACE_UNKNOWN}"
        )
    ]


def test_details_of_a_canceled_session_say_so_and_have_no_buttons() -> None:
    view = details_modal(some_details(a_booked(status=BookingStatus.CANCELED)))

    assert said(view)[0] == texts.sessions.CANCELED_ALREADY
    assert "actions" not in {block["type"] for block in view["blocks"]}


def test_details_of_a_session_that_cannot_be_changed_say_why_and_have_no_buttons() -> None:
    view = details_modal(some_details(why_fixed="It has begun."))

    assert [block["type"] for block in view["blocks"]] == ["section", "context"]
    assert view["blocks"][-1] == context("It has begun.")


def test_details_of_a_session_that_takes_a_yes_say_why_it_cannot_be_moved_and_let_it_be_canceled() -> None:
    view = details_modal(replace(some_details(), why_unmovable="Each time needs a yes."))

    assert view["blocks"][-2] == context("Each time needs a yes.")
    assert [each["action_id"] for each in view["blocks"][-1]["elements"]] == [Action.OPEN_CANCEL]


@pytest.mark.parametrize("words", ["<" * WORDS_MAX, "&amp; *bold* <!channel>", "line\nline"])
def test_private_words_are_shown_whole_and_as_they_were_written(words: str) -> None:
    view = details_modal(some_details(words=words))

    assert {"type": "section", "text": {"type": "plain_text", "text": words, "emoji": False}} in view["blocks"]


def test_done_modal_shows_what_stands_under_the_sentence() -> None:
    view = done_modal(some_details(), title=texts.booking.BOOKED_TITLE, sentence=texts.booking.BOOKED)

    assert view["title"]["text"] == texts.booking.BOOKED_TITLE
    assert view["blocks"][:2] == [section(texts.booking.BOOKED), DIVIDER]
    assert len(view["blocks"]) == 3


def test_cancel_form_names_time_person_and_kind_and_carries_the_session() -> None:
    view = cancel_form(some_details(other_name="Cleo <3"), state="s1.1")

    assert said(view) == [f"{texts.sessions.CANCEL_ASK} {WHEN}.\n*{texts.kinds.LABELS['coaching']}* with Cleo &lt;3"]
    assert view["private_metadata"] == "s1.1"
    assert (view["submit"]["text"], view["close"]["text"]) == (texts.sessions.CANCEL, texts.sessions.CANCEL_KEEP)


@pytest.mark.parametrize(
    ("following", "words"), [(1, "This one and the one that follows"), (2, "This one and the 2 that follow")]
)
def test_cancel_form_of_a_series_asks_whether_those_that_follow_are_off_too(following: int, words: str) -> None:
    series = tuple(TUESDAY + timedelta(weeks=number) for number in range(-1, following + 1))

    (which,) = [
        block
        for block in cancel_form(replace(some_details(), series=series), state="s1.1")["blocks"]
        if block.get("block_id") == Field.WHICH
    ]

    assert [(each["value"], each["text"]["text"]) for each in which["element"]["options"]] == [
        ("this", "Only this one"),
        ("following", words),
    ]
    assert which["element"]["initial_option"]["value"] == "this"


def test_cancel_form_of_the_last_of_a_series_does_not_ask() -> None:
    series = (TUESDAY - timedelta(weeks=1), TUESDAY)

    assert Field.WHICH not in str(cancel_form(replace(some_details(), series=series), state="s1.1"))


BEGIN = button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING)


def test_sessions_modal_lists_with_whom_and_of_which_kind_each_is_and_a_button() -> None:
    ahead = [a_named(a_line("s1")), a_named(a_line("s2", version=3), kind=COMMUNITY_KIND, other_name="<Eli>")]

    view = sessions_modal(ahead, buttons=[BEGIN])

    coach, manager = "*Scholar support (coach)* with Cleo", "*Community manager* with &lt;Eli&gt;"
    assert view["blocks"] == [
        section(f"{WHEN}\n{coach}", accessory=button(texts.sessions.DETAILS, Action.OPEN_DETAILS, value="s1.1")),
        section(f"{WHEN}\n{manager}", accessory=button(texts.sessions.DETAILS, Action.OPEN_DETAILS, value="s2.3")),
        DIVIDER,
        {"type": "actions", "elements": [BEGIN]},
    ]


def test_sessions_modal_lists_what_the_person_has_been_offered_and_lets_them_answer() -> None:
    times = some_times(starts=[TUESDAY], staff_name="Cleo & co", kind=COMMUNITY_KIND)

    view = sessions_modal([], buttons=[BEGIN], offered=[times])

    row = section(
        f"*Community manager* with Cleo &amp; co\n{WHEN}",
        accessory=button(texts.proposals.ANSWER, Action.OPEN_PROPOSAL, value="p1"),
    )
    assert view["blocks"][1:4] == [DIVIDER, section(f"*{texts.proposals.OFFERED}*"), row]


def test_sessions_modal_says_that_more_has_been_offered() -> None:
    few, many = (
        sessions_modal([], buttons=[BEGIN], offered=[some_times()], has_more_offered=more)["blocks"]
        for more in (False, True)
    )

    assert [block for block in many if block not in few] == [context(texts.proposals.MORE_ON_OFFER.format(number=1))]


def test_sessions_modal_lists_what_is_on_offer_and_lets_it_be_taken_back() -> None:
    offered = OfferedTimes(ref="mine", scholar_name="Ada & co", starts=(TUESDAY,), zone=LONDON)

    view = sessions_modal([], buttons=[BEGIN], on_offer=[offered])

    row = section(
        f"*{texts.sessions.WITH}* Ada &amp; co\n{WHEN}",
        accessory=button(texts.proposals.WITHDRAW, Action.WITHDRAW_TIMES, value="mine"),
    )
    assert view["blocks"][1:4] == [DIVIDER, section(f"*{texts.proposals.ON_OFFER}*"), row]


def test_sessions_modal_says_that_more_is_on_offer() -> None:
    offered = OfferedTimes(ref="mine", scholar_name="Ada", starts=(TUESDAY,), zone=LONDON)

    few, many = (
        sessions_modal([], buttons=[BEGIN], on_offer=[offered], has_more_on_offer=more)["blocks"]
        for more in (False, True)
    )

    assert [block for block in many if block not in few] == [context(texts.proposals.MORE_ON_OFFER.format(number=1))]


def test_sessions_modal_says_that_there_are_more() -> None:
    ahead = [a_named(a_line(f"s{number}")) for number in range(3)]

    few, many = (sessions_modal(ahead, buttons=[BEGIN], has_more=has_more)["blocks"] for has_more in (False, True))

    more = context("These are your next 3; there are more. The rest come into view as these pass.")
    assert many == [*few[:-2], more, *few[-2:]]


def test_sessions_modal_with_nothing_ahead_says_so() -> None:
    assert sessions_modal([], buttons=[BEGIN])["blocks"][0] == section(texts.sessions.NOTHING_AHEAD)


def test_place_that_is_not_set_is_told_to_who_takes_the_session_with_what_to_do() -> None:
    booked = a_booked()
    of_staff = replace(some_details(booked), ref=booked.staff_ref)
    canceled = replace(of_staff, booked=replace(booked, status=BookingStatus.CANCELED))

    told = [details_modal(each)["blocks"] for each in (some_details(booked), of_staff, canceled)]

    missing = texts.sessions.PLACE_MISSING.format(button=texts.hours.PROFILE_EDIT)
    assert [missing in str(blocks) for blocks in told] == [False, True, False]
    assert [texts.sessions.PLACE_UNKNOWN in str(blocks) for blocks in told] == [True, False, True]


def test_list_tells_what_a_session_of_several_is_called_and_which_of_a_series_it_is() -> None:
    titled = replace(a_named(kind=kind_of(GROUP)), title="Read & <write>")
    second = replace(a_named(), number=2, of_series=5)
    last_left = replace(a_named(), number=1, of_series=1)

    view = sessions_modal([titled, second, last_left], buttons=[button("Book", Action.OPEN_BOOKING)])

    assert [block["text"]["text"].splitlines()[1:] for block in view["blocks"][:3]] == [
        ["*Read &amp; &lt;write&gt;*", "*Group session* with Cleo"],
        [f"*{texts.kinds.LABELS['coaching']}* with Cleo", "2 of 5 in a series"],
        [f"*{texts.kinds.LABELS['coaching']}* with Cleo"],
    ]
