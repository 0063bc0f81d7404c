"""Shares of the cases that are paid: rounded as everywhere, and whole only when they are."""

from decimal import Decimal

import pytest

from aid.payments.coverage import BY_SLUG, NONE, Coverage
from aid.visits.plan import Covered

IN_FULL = BY_SLUG["in_full"]


@pytest.mark.parametrize(
    ("part", "whole", "share", "is_whole"),
    [
        (1041, 1364, "76.3", False),  # 76.32
        (16, 23, "69.6", False),  # 69.57
        (9996, 10000, "100.0", False),
        (3, 3, "100.0", True),
        (0, 3, "0.0", False),
    ],
)
def test_share_is_rounded_half_up_and_the_aim_reached_by_all_alone(part, whole, share, is_whole):
    counts = Coverage(NONE.counts | {"approved": whole, "in_full": part})
    assert (counts.share(IN_FULL), counts.is_whole(IN_FULL)) == (Decimal(share), is_whole)


def test_nothing_has_no_share_and_reaches_no_aim():
    assert (NONE.share(IN_FULL), NONE.is_whole(IN_FULL)) == (None, False)
    assert NONE.share(BY_SLUG["approved"]) is None


def test_visits_follow_the_same_rule():
    assert [Covered(people=23, reached=16).share, Covered().share] == [Decimal("69.6"), Decimal(0)]
