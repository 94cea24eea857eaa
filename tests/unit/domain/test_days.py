"""Whole days of several zones as stretches of instants."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import DateSpan, InvalidDays, Term, at_once, united
from tests.builders.scheduling import LOS_ANGELES, utc_labels

LONDON, AUCKLAND = "Europe/London", "Pacific/Auckland"
TRAINING = Term("2027-01-01", "2027-01-12", LONDON)


def spans(*terms: Term) -> list[list[str]]:
    return [utc_labels(stretch) for stretch in united(terms)]


@pytest.mark.parametrize(
    ("then", "ends"),
    [
        (Term("2027-01-13", "2027-01-20", LONDON), "2027-01-21T00:00Z"),
        (Term("2027-01-13", "2027-01-20", LOS_ANGELES), "2027-01-21T08:00Z"),
        (Term("2027-01-13", "2027-01-20", AUCKLAND), "2027-01-20T11:00Z"),
        (Term("2027-01-05", "2027-01-12", LOS_ANGELES), "2027-01-13T08:00Z"),
        (Term("2027-01-05", "2027-01-06", LONDON), "2027-01-13T00:00Z"),
    ],
)
def test_terms_without_a_day_between_them_are_one_stretch(then: Term, ends: str) -> None:
    expected = [["2027-01-01T00:00Z", ends]]

    assert spans(TRAINING, then) == expected
    assert spans(then, TRAINING) == expected


def test_terms_with_a_day_between_them_are_two() -> None:
    assert spans(TRAINING, Term("2027-01-14", "2027-01-20", LOS_ANGELES)) == [
        ["2027-01-01T00:00Z", "2027-01-13T00:00Z"],
        ["2027-01-14T08:00Z", "2027-01-21T08:00Z"],
    ]


def test_a_chain_of_terms_in_any_order_is_one_stretch() -> None:
    chain = [Term(f"2027-0{month}-01", f"2027-0{month}-{last}", LONDON) for month, last in ((1, 31), (2, 28), (3, 31))]

    assert spans(chain[2], chain[0], chain[1]) == [["2027-01-01T00:00Z", "2027-03-31T23:00Z"]]


def test_no_terms_are_no_stretch() -> None:
    assert united([]) == []


@given(
    st.lists(
        st.tuples(st.integers(1, 28), st.integers(0, 9), st.sampled_from([LONDON, LOS_ANGELES, AUCKLAND])), max_size=5
    )
)
def test_every_instant_of_a_term_lies_in_one_stretch(given_terms: list[tuple[int, int, str]]) -> None:
    terms = [Term(f"2027-01-{day:02}", f"2027-02-{1 + length:02}", name) for day, length, name in given_terms]
    stretches = united(terms)

    for term in terms:
        begin, end = term.instants
        assert [began <= begin and end <= ended for began, ended in stretches].count(True) == 1


@pytest.mark.parametrize(
    ("other", "is_at_once"),
    [
        (("2027-01-12", "2027-01-20"), True),
        (("2027-01-13", "2027-01-20"), True),
        (("2027-01-14", "2027-01-20"), False),
        (("2026-12-01", "2026-12-31"), True),
        (("2026-12-01", "2026-12-30"), False),
    ],
)
def test_stretches_are_at_once_unless_a_whole_day_lies_between(other: tuple[str, str], *, is_at_once: bool) -> None:
    one = TRAINING.starts_on, TRAINING.ends_on

    assert (at_once(one, other), at_once(other, one)) == (is_at_once, is_at_once)


RETREAT = DateSpan(first=date(2027, 3, 12), last=date(2027, 3, 15))


@pytest.mark.parametrize(("days_in", "is_inside"), [(-1, False), (0, True), (3, True), (4, False)])
def test_a_span_holds_its_first_and_its_last_date(days_in: int, *, is_inside: bool) -> None:
    assert (RETREAT.first + timedelta(days=days_in) in RETREAT) == is_inside


def test_a_span_may_be_one_date() -> None:
    assert RETREAT.first in DateSpan(first=RETREAT.first, last=RETREAT.first)


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidDays) as refused:
        DateSpan(first=RETREAT.last, last=RETREAT.first)

    assert refused.value.message == "The last day lies before the first. Please write the earlier date first."
