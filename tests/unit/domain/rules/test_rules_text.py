"""Closed days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import DateSpan
from domain.errors import DomainError
from domain.rules import ClosedDays, InvalidRules
from domain.rules.text import format_closed, parse_closed, parse_stretch, stretch_text
from tests.builders.rules import closed_days

dates = st.dates(min_value=date(2000, 1, 1), max_value=date(2199, 12, 31))
spans = st.tuples(dates, dates).map(lambda two: DateSpan(first=min(two), last=max(two)))
names = (
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
    .map(lambda name: " ".join(name.split()))
    .filter(lambda name: name.strip() != "")
)
closed = st.builds(ClosedDays, name=names, days=spans)


@given(st.lists(closed, max_size=8))
def test_closed_days_are_read_back_as_they_were_written(several: list[ClosedDays]) -> None:
    read = parse_closed(format_closed(several))

    assert set(read) == set(several)
    assert [each.days for each in read] == sorted(each.days for each in set(several))


@given(st.text(max_size=60))
def test_whatever_is_typed_is_closed_days_or_a_sentence(text: str) -> None:
    told: tuple[str | None, str] = ("closed", ".")
    try:
        parse_closed(text, field="closed")
    except InvalidRules as fault:
        told = (fault.field, fault.message[-1])

    assert told == ("closed", ".")


@given(spans, names)
def test_stretch_is_read_back_as_it_was_written(span: DateSpan, name: str) -> None:
    assert parse_stretch(stretch_text(name, span)) == (span, name)


@pytest.mark.parametrize(
    "line",
    [
        "2027-12-24 to 2028-01-01: Winter break",
        "2027-12-24 - 2028-1-1 :  Winter   break ",
        "2027-12-24\u20132028-01-01: Winter break",
        "2027-12-24 UNTIL 2028-01-01:Winter break",
        "2027-12-24 through 2028-01-01: Winter break",
    ],
)
def test_stretch_is_read_as_people_write_it(line: str) -> None:
    assert parse_closed(line) == (closed_days("2027-12-24", "2028-01-01", name="Winter break"),)


def test_single_date_past_dates_and_colons_in_a_name_are_fine() -> None:
    assert parse_closed("\n2001-02-03: Founders: the day\n\n2001-02-03: Founders: the day\n") == (
        closed_days("2001-02-03", name="Founders: the day"),
    )


HOW = "Please write dates, a colon and a name, like 2027-12-24 to 2028-01-01: Winter break."


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Winter break", HOW),
        ("2027-12-24 Winter break", HOW),
        ("2027-12-24", HOW),
        ("2027-12-24 to Jan 1: Winter break", HOW),
        (": Winter break", HOW),
        ("2027-12-24:", "Please give closed days a name."),
        ("2027-12-24: " + "x" * 61, "Please keep the name of closed days within 60 characters."),
        ("2027-02-30: Retreat", "There is no such date. Please check the month and the day."),
        ("27-12-24: Retreat", "I could not read that date. Please write it like 2027-03-15."),
        (
            "2028-01-01 to 2027-12-24: Retreat",
            "The last day lies before the first. Please write the earlier date first.",
        ),
    ],
)
def test_line_that_cannot_be_read_is_named_with_what_to_do(line: str, sentence: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_closed(f"2027-06-01: Retreat\n{line}", field="closed")

    assert (refused.value.field, refused.value.message) == ("closed", f"Line 2: {sentence}")


def test_all_lines_at_fault_are_told_at_once_the_first_in_full() -> None:
    with pytest.raises(InvalidRules) as refused:
        parse_closed("a\nb\n2027-06-01: Retreat\nc\nd\ne")

    assert refused.value.message == f"Line 1: {HOW} Line 2: {HOW} Line 4: {HOW} And 2 more below."
