"""A digest as its reader sees it: within Slack's limits, and nobody's words can break out of it."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.attention import Subject
from domain.ports import Block
from handlers.ids import Action
from handlers.views.digest import AHEAD_SHOWN, NEWS_SHOWN, digest_message, digest_modal
from services.attention.digest import Digest
from services.attention.sections import DigestLine

PRESSES = {Subject.ANNOUNCEMENT: Action.READ_ANNOUNCEMENT}
TEN = datetime(2027, 1, 12, 10, tzinfo=UTC)


def a_line(object_id: str = "a1", *, title: str = "Room change", text: str = "") -> DigestLine:
    return DigestLine(object_id=object_id, title=title, text=text, at=TEN)


EMPTY = Digest(day="2027-01-12", zone="UTC", news=(), due=(), week=())


def texts_of(blocks: tuple[Block, ...]) -> list[str]:
    return [block["text"]["text"] for block in blocks if block["type"] == "section"]


def pressed(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    rows = [block["accessory"] for block in blocks if "accessory" in block]
    rows += [each for block in blocks if block["type"] == "actions" for each in block["elements"]]
    return [(each["action_id"], each.get("value", "")) for each in rows]


def test_digest_message_says_title_time_and_first_words_and_opens_the_whole() -> None:
    news = ((Subject.ANNOUNCEMENT, a_line(text="Now  in\nroom 4.")),)

    message = digest_message(replace(EMPTY, news=news), PRESSES)

    token = f"<!date^{int(TEN.timestamp())}^{{date_long_pretty}}, {{time}}|Tue 12 Jan, 10:00 UTC>"
    assert message.text == "Your digest: 1 piece of news."
    assert texts_of(message.blocks) == ["*News for you*", f"*Room change*\n{token}\nNow in room 4."]
    assert pressed(message.blocks) == [(Action.READ_ANNOUNCEMENT, "a1"), (Action.OPEN_ATTENTION, "")]


def test_web_address_in_first_words_can_be_pressed_and_one_that_is_cut_is_not_shown() -> None:
    link = f"https://example.org/{'x' * 100}"
    news = tuple((Subject.EVENT, replace(a_line(text=text), at=None)) for text in (f"See {link}", f"{link} {link}"))

    message = digest_message(replace(EMPTY, news=news), PRESSES)

    assert texts_of(message.blocks)[1:] == [f"*Room change*\nSee <{link}>", f"*Room change*\n<{link}> …"]


def test_digest_message_says_of_what_was_taken_back_that_it_was() -> None:
    news = ((Subject.ANNOUNCEMENT, replace(a_line(), was_taken_back=True, at=None)),)

    message = digest_message(replace(EMPTY, news=news), PRESSES)

    assert texts_of(message.blocks) == ["*News for you*", "*Taken back: Room change*"]


def test_digest_message_says_of_what_has_another_text_that_it_changed() -> None:
    news = ((Subject.ANNOUNCEMENT, replace(a_line(), has_changed=True, text="", at=None)),)

    message = digest_message(replace(EMPTY, news=news), PRESSES)

    assert texts_of(message.blocks) == ["*News for you*", "*Changed: Room change*"]


def test_digest_message_has_its_parts_in_order_and_counts_them() -> None:
    line = a_line()

    message = digest_message(
        replace(EMPTY, news=((Subject.EVENT, line),), due=(line, line), week=(line, line, line)), PRESSES
    )

    assert message.text == "Your digest: 1 piece of news, 2 open deadlines, 3 events this week."
    assert [text for text in texts_of(message.blocks) if text.count("*") == 2 and "\n" not in text] == [
        "*News for you*",
        "*Deadlines*",
        "*The week ahead*",
    ]


def test_digest_message_lets_one_read_an_announcement_and_see_details_of_what_is_due_or_on() -> None:
    presses = {Subject.ANNOUNCEMENT: Action.READ_ANNOUNCEMENT, Subject.DEADLINE: Action.OPEN_DUE_ONE}
    presses[Subject.EVENT] = Action.OPEN_EVENT
    line = a_line()

    message = digest_message(
        replace(EMPTY, news=((Subject.ANNOUNCEMENT, line), (Subject.EVENT, line)), due=(line,), week=(line,)), presses
    )

    rows = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert [row["text"]["text"] for row in rows] == ["Read", "Details", "Details", "Details"]


def test_digest_message_lets_nobodys_words_break_out() -> None:
    line = a_line(title="<!channel> & *now*", text="<@U1> <https://evil.example|here>")

    message = digest_message(replace(EMPTY, news=((Subject.ANNOUNCEMENT, line),)), PRESSES)

    said = texts_of(message.blocks)[1]
    assert said.startswith("*&lt;!channel&gt; &amp; \u2217now\u2217*\n")
    assert said.endswith("&lt;@U1&gt; &lt;<https://evil.example>|here&gt;")  # no address hides behind a word


def test_digest_message_of_very_much_stays_within_slacks_limits_and_opens_the_rest() -> None:
    line = a_line(title="T" * 3000, text="<" * 5000)
    lines = tuple(line for _ in range(100))
    full = replace(EMPTY, news=tuple((Subject.ANNOUNCEMENT, each) for each in lines), due=lines, week=lines)

    message = digest_message(full, PRESSES)

    assert len(message.blocks) <= 50
    assert max(map(len, texts_of(message.blocks))) <= 3000
    assert [each for each in pressed(message.blocks) if each[0] != Action.READ_ANNOUNCEMENT] == [
        (Action.OPEN_DIGEST, "2027-01-12"),
        (Action.OPEN_DUE, ""),
        (Action.OPEN_EVENTS, ""),
        (Action.OPEN_ATTENTION, ""),
    ]
    more = [each["elements"][0]["text"] for each in message.blocks if each["type"] == "context"]
    assert more == [
        f'And {100 - NEWS_SHOWN} more: press "Show all".',
        f"And {100 - AHEAD_SHOWN} more. All of them stand in /deadlines, which opens from Home too.",
        f"And {100 - AHEAD_SHOWN} more. All of them stand in /events, which opens from Home too.",
    ]
    assert len(digest_modal(full, PRESSES)["blocks"]) <= 100


def test_digest_message_that_just_fits_has_nothing_more_to_show() -> None:
    news = ((Subject.ANNOUNCEMENT, a_line()),) * NEWS_SHOWN
    fits = replace(EMPTY, news=news, due=(a_line(),) * AHEAD_SHOWN, week=(a_line(),) * AHEAD_SHOWN)

    message = digest_message(fits, PRESSES)

    assert [block for block in message.blocks if block["type"] == "context"] == []
    assert [each for each in pressed(message.blocks) if each[0] != Action.READ_ANNOUNCEMENT] == [
        (Action.OPEN_ATTENTION, "")
    ]


def test_digest_message_says_of_a_deadline_whether_it_is_due_or_was() -> None:
    token = f"<!date^{int(TEN.timestamp())}^{{date_long_pretty}}, {{time}}|Tue 12 Jan, 10:00 UTC>"
    over = replace(a_line(title="Essay"), is_over=True)

    message = digest_message(replace(EMPTY, news=((Subject.DEADLINE, over),), due=(over, a_line())), {})

    assert texts_of(message.blocks) == [
        "*News for you*",
        f"*Essay*\nWas due {token}",
        "*Deadlines*",
        f"*Essay*\nWas due {token}",
        f"*Room change*\nDue {token}",
    ]
