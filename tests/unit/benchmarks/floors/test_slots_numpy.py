"""The NumPy floor and the product's own code answer the same question."""

import pytest

from benchmarks.floors.slots_case import slots_case
from benchmarks.floors.slots_numpy import free_starts_numpy
from domain.slots import free_starts


@pytest.mark.parametrize(("staff", "weeks", "busy"), [(6, 8, 200), (13, 12, 650), (7, 3, 0)])
def test_floor_and_product_give_the_same_starts(staff: int, weeks: int, busy: int) -> None:
    case = slots_case(staff=staff, weeks=weeks, busy=busy)

    by_numpy = [starts.tolist() for starts in free_starts_numpy(case)]

    assert by_numpy == [free_starts(one, case.kind, first=case.first, last=case.last) for one in case.staff]


def test_case_is_the_size_it_is_measured_at() -> None:
    case = slots_case(staff=6, weeks=8, busy=200)

    offered = sum(len(free_starts(one, case.kind, first=case.first, last=case.last)) for one in case.staff)

    assert (sum(len(one.busy) for one in case.staff), 3200 < offered < 3360) == (200, True)
