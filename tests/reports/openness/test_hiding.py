"""No count of persons below five is printed, and none follows from what is."""

from decimal import Decimal
from itertools import product

import pytest

from reports.openness.hiding import hidden, rounded, step_for


@pytest.mark.parametrize(
    ("persons", "out"),
    [
        ({"a": 5, "b": 9, "c": 30}, ""),
        ({"a": 4, "b": 9, "c": 30}, "ab"),  # 4 would be the total less the others
        ({"a": 30, "b": 9, "c": 4}, "ac"),  # the next in order, not the next in size
        ({"a": 0, "b": 9, "c": 30}, "ab"),  # that there is nobody is a count, too
        ({"a": 1, "b": 2, "c": 30}, "abc"),  # 3 would be told of the two together
        ({"a": 1, "b": 4, "c": 30}, "ab"),
        ({"a": 4, "b": 4, "c": 4}, "abc"),
        ({"a": 0, "b": 0, "c": 0}, "abc"),
    ],
)
def test_small_groups_are_hidden_with_what_would_tell_them(persons, out):
    assert hidden(persons) == frozenset(out)


def test_no_hidden_count_follows_from_the_total_and_what_is_printed():
    """Each of three groups has 0 to 13 persons; who reads the table thinks of all that look the same in it."""
    looks: dict[tuple, list[dict]] = {}
    for counts in product(range(14), repeat=3):
        persons = dict(zip("abc", counts, strict=True))
        if sum(counts) < 5:
            continue  # the total is not printed either
        out = hidden(persons)
        seen = tuple("—" if group in out else persons[group] for group in persons)
        if sum(persons[group] for group in out) < 14:  # of more there are ways that are not tried here
            looks.setdefault((seen, sum(counts)), []).append(persons)
    told = [
        (look, group)
        for look, alike in looks.items()
        for place, group in enumerate("abc")
        if look[0][place] == "—" and len({persons[group] for persons in alike}) == 1
    ]
    assert told == []


def test_money_and_number_together_leave_two_ways_to_divide_them():
    """Two hidden stages of 3000 and 5000 yuan: the total of persons exact, that of money to the step."""
    low, high = Decimal(3000), Decimal(5000)
    step = step_for([low, high])
    assert step == 10_000
    for few, many in product(range(1, 5), range(5, 12)):
        total = few * low + many * high
        near = rounded(total, step)
        alike = [n for n in range(few + many + 1) if rounded(n * low + (few + many - n) * high, step) == near]
        assert len(alike) > 1, (few, many)


def test_step_is_wide_enough_for_standards_far_apart():
    assert step_for([]) == 10_000
    assert step_for([Decimal(1000), Decimal(9000)]) == 20_000
    assert rounded(Decimal(25_000), Decimal(10_000)) == 30_000
