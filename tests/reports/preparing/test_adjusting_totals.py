"""Who adjusts a part is offered the same adjustment of its total, which does not follow by itself."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.audit import By
from reports.models import Adjustment
from reports.preparing.preparation import adjust_figure
from tests.reports import builders as make
from tests.reports.getting_ready import ready


@pytest.fixture
def report(year_2014, district):
    make.payment(district)
    return ready(year_2014, district)


def adjusted() -> dict[str, tuple[Decimal, str]]:
    return {made.slug: (made.difference, made.reason) for made in Adjustment.objects.order_by("slug")}


def test_page_of_a_part_offers_its_total_and_that_of_a_total_offers_nothing(report, client_of, clerk):
    part, total = (
        client_of(clerk).get(reverse("report_adjust", args=[report.pk, s])).text for s in ("aided_secondary", "aided")
    )
    assert "同时对“资助子女”作同样的调整" in part
    assert 'name="with_totals"' in part
    assert 'name="with_totals"' not in total


def test_total_is_adjusted_by_as_much_only_if_asked(report, client_of, clerk):
    url, typed = reverse("report_adjust", args=[report.pk, "aided_secondary"]), {"reason": "他处资助", "seen": ""}
    client_of(clerk).post(url, typed | {"difference": "2"})
    assert adjusted() == {"aided_secondary": (2, "他处资助")}
    client_of(clerk).post(url, typed | {"difference": "5", "seen": "2", "with_totals": "on"})
    assert adjusted() == {"aided": (3, "他处资助"), "aided_secondary": (5, "他处资助")}


def test_adjustments_of_several_parts_add_up_in_the_total(report, clerk):
    adjust = {"with_totals": True, "by": By(clerk)}
    adjust_figure(report, slug="aided_secondary", difference=Decimal(2), reason="他处资助", **adjust)
    adjust_figure(report, slug="aided_tertiary", difference=Decimal(1), reason="漏登", **adjust)
    assert adjusted()["aided"] == (3, "他处资助；漏登")
    adjust_figure(report, slug="aided_tertiary", difference=Decimal(4), reason="漏登", **adjust)
    assert adjusted()["aided"] == (6, "他处资助；漏登")


def test_total_that_comes_to_nothing_is_no_longer_adjusted(report, clerk):
    adjust_figure(report, slug="aided", difference=Decimal(-1), reason="重复", by=By(clerk))
    adjust_figure(
        report, slug="aided_secondary", difference=Decimal(1), reason="他处资助", with_totals=True, by=By(clerk)
    )
    assert adjusted() == {"aided_secondary": (1, "他处资助")}


def test_nothing_is_adjusted_where_the_total_would_be_below_zero(report, clerk):
    adjust_figure(report, slug="aided_secondary", difference=Decimal(3), reason="他处资助", by=By(clerk))
    with pytest.raises(ValidationError, match="小于 0"):
        adjust_figure(
            report, slug="aided_secondary", difference=Decimal(1), reason="他处资助", with_totals=True, by=By(clerk)
        )
    assert adjusted() == {"aided_secondary": (3, "他处资助")}
