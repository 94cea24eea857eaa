"""What an announcement may say and when it may go; nothing too long is ever cut, it is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.announcements import (
    AHEAD_MAX,
    BODY_MAX,
    ESCAPED_MAX,
    LINK_MAX,
    TITLE_MAX,
    AnnouncementRules,
    InvalidAnnouncement,
    PastTime,
    Plan,
    Text,
    Timing,
    last_call,
)
from domain.errors import DomainError, Faulty
from domain.markup import links_in
from tests.builders.announcements import a_content, an_announcement

NOW = datetime(2027, 1, 11, 12, tzinfo=UTC)
NINE = 9 * 60
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("title", "body", "link", "field"),
    [
        pytest.param("", "Words", "", "title", id="no title"),
        pytest.param("Title", "", "", "body", id="no text"),
        pytest.param("x" * (TITLE_MAX + 1), "Words", "", "title", id="long title"),
        pytest.param("Title", "x" * (BODY_MAX + 1), "", "body", id="long text"),
        pytest.param("Title", "&" * 700, "", "body", id="long once escaped"),
        pytest.param("Title", "Words", "example.org", "link", id="no address"),
        pytest.param("Title", "Words", "javascript:alert(1)", "link", id="another scheme"),
        pytest.param("Title", "Words", "https://example.org/a>b", "link", id="breaks out"),
        pytest.param("Title", "Words", "https://example.org/" + "x" * 500, "link", id="long link"),
    ],
)
def test_text_that_does_not_fit_is_refused_at_its_field(title: str, body: str, link: str, field: str) -> None:
    with pytest.raises(InvalidAnnouncement) as refused:
        Text(title=title, body=body, link=link)

    assert refused.value.field == field


@pytest.mark.parametrize("link", ["https://example.org/page", "HTTPS://EXAMPLE.ORG/Page", "Http://example.org"])
def test_link_may_be_typed_in_upper_case(link: str) -> None:
    assert Text(title="Title", body="Words", link=link).link == link


def test_link_of_the_longest_sort_fits() -> None:
    link = "https://" + "x" * (LINK_MAX - 8)

    assert Text(title="Title", body="Words", link=link).link == link


@pytest.mark.parametrize(("over", "said"), [(1, "1 character"), (7, "7 characters")])
def test_text_that_is_too_long_says_by_how_much(over: int, said: str) -> None:
    with pytest.raises(InvalidAnnouncement) as refused:
        Text(title="Title", body="x" * (BODY_MAX + over))

    assert refused.value.message == f"This is {said} too long for Slack ({BODY_MAX} fit)."


def test_all_that_does_not_fit_is_told_at_once() -> None:
    with pytest.raises(Faulty) as refused:
        Text(title="", body="x" * (BODY_MAX + 1), link="example")

    assert [each.field for each in refused.value.faults] == ["title", "body", "link"]


def test_text_that_gets_too_long_by_its_signs_and_links_says_by_how_much() -> None:
    with pytest.raises(InvalidAnnouncement) as refused:
        Text(title="Title", body="&" * 300 + " https://example.org" + "x" * 1500)

    assert refused.value.message == (
        "With its links and the signs &, < and > this is 22 characters too long for Slack. Please shorten it."
    )


@pytest.mark.parametrize("body", ["x" * BODY_MAX, "&" * (ESCAPED_MAX // 5)], ids=["letters", "signs"])
@pytest.mark.parametrize("title", ["x" * TITLE_MAX, "&" * TITLE_MAX], ids=["letters", "signs"])
def test_text_of_the_longest_sort_fits(title: str, body: str) -> None:
    found = Text(title=title, body=body)

    assert (found.title, found.body) == (title, body)


def test_links_in_a_text_end_before_what_ends_the_sentence() -> None:
    assert links_in("See https://example.org/a?b=1&c=2, or (http://example.org).") == [
        "https://example.org/a?b=1&c=2",
        "http://example.org",
    ]


@pytest.mark.parametrize(
    ("plan", "error", "field"),
    [
        pytest.param(Plan(timing=Timing.AT, at=NOW), PastTime, "start", id="now is past"),
        pytest.param(Plan(timing=Timing.MORNING, on=date(2027, 1, 9)), PastTime, "start.day", id="a past morning"),
        pytest.param(
            Plan(timing=Timing.AT, at=NOW + timedelta(days=367)), InvalidAnnouncement, "start.day", id="over a year"
        ),
        pytest.param(Plan(expires_at=NOW), InvalidAnnouncement, "end", id="expires at once"),
        pytest.param(
            Plan(timing=Timing.AT, at=NOW + 2 * HOUR, expires_at=NOW + HOUR), InvalidAnnouncement, "end", id="before"
        ),
    ],
)
def test_plan_that_cannot_be_kept_is_refused_at_its_field(plan: Plan, error: type[DomainError], field: str) -> None:
    with pytest.raises(error) as refused:
        plan.check(NOW, morning_time=NINE)

    assert refused.value.field == field


@pytest.mark.parametrize(
    "plan",
    [
        Plan(),
        Plan(timing=Timing.AT, at=NOW + timedelta(days=200)),
        Plan(timing=Timing.MORNING),
        Plan(timing=Timing.MORNING, on=date(2027, 1, 11)),
        Plan(timing=Timing.AT, at=NOW + AHEAD_MAX),
        Plan(expires_at=NOW + HOUR),
    ],
)
def test_plan_that_can_be_kept_is_not_refused(plan: Plan) -> None:
    plan.check(NOW, morning_time=NINE)

    assert plan.begins(NOW) >= NOW


def test_morning_is_past_once_it_is_over_everywhere_on_earth() -> None:
    sunday = Plan(timing=Timing.MORNING, on=date(2027, 1, 10))
    over = datetime(2027, 1, 10, 21, tzinfo=UTC)  # 9:00 at UTC-12

    sunday.check(over - timedelta(seconds=1), morning_time=NINE)
    with pytest.raises(PastTime):
        sunday.check(over, morning_time=NINE)


def test_morning_of_a_day_that_has_begun_begins_now() -> None:
    assert Plan(timing=Timing.MORNING, on=date(2027, 1, 10)).begins(NOW) == NOW


def test_announcement_is_over_at_its_end_and_not_before() -> None:
    found = an_announcement(a_content(plan=Plan(expires_at=NOW)))

    assert [found.is_over(now) for now in (NOW - timedelta(seconds=1), NOW)] == [False, True]


def test_morning_of_a_day_begins_where_that_day_begins_first() -> None:
    plan = Plan(timing=Timing.MORNING, on=date(2027, 1, 20))

    assert plan.begins(NOW) == datetime(2027, 1, 19, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"again_hours": 0}, "again_hours"),
        ({"again_hours": 169, "list_hours": 336}, "again_hours"),
        ({"list_hours": 0}, "list_hours"),
        ({"list_hours": 337}, "list_hours"),
        ({"approver_minutes": 0}, "approver_minutes"),
        ({"approver_minutes": 1441}, "approver_minutes"),
        ({"again_hours": 30}, "list_hours"),
    ],
)
def test_rules_out_of_range_are_refused_at_their_field(values: dict[str, int], field: str) -> None:
    with pytest.raises(InvalidAnnouncement) as refused:
        AnnouncementRules(**values)

    assert refused.value.field == field


@pytest.mark.parametrize(
    "values",
    [
        {"again_hours": 24, "list_hours": 24},
        {"again_hours": 168, "list_hours": 336, "approver_minutes": 1440},
        {"again_hours": 1, "list_hours": 1, "approver_minutes": 1},
    ],
)
def test_rules_at_their_ends_are_taken(values: dict[str, int]) -> None:
    rules = AnnouncementRules(**values)

    assert {name: getattr(rules, name) for name in values} == values


def test_rules_that_nobody_has_set_are_those_of_the_program_page() -> None:
    assert AnnouncementRules() == AnnouncementRules(again_hours=4, list_hours=24, approver_minutes=15)


@pytest.mark.parametrize(
    ("holds", "before"), [(10 * HOUR, HOUR), (2 * HOUR, HOUR), (HOUR, HOUR / 2)], ids=["long", "two hours", "one"]
)
def test_staff_have_the_list_an_hour_before_the_end_or_half_way(holds: timedelta, before: timedelta) -> None:
    assert last_call(NOW, NOW + holds) == NOW + holds - before
