"""Card pre-flight: a card changed in the last 30 days is told with the day, the person and the way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from aid.enums import PaymentMethod
from aid.models import Household
from aid.payments.preflight import preflight
from portal.fields import blind_index
from portal.keeping import keep_many
from portal.workbook.importing.writing import BY_WORKBOOK
from tests.aid.paying import card, case_to_pay, draft, raised

pytestmark = pytest.mark.django_db


def changed(case, actor, *, days: int, way: str = "") -> None:
    """Give the family of `case` another card, `days` ago; before that it had had its own for a year."""
    home = Household.objects.get(pk=case.child.household_id)
    home.save()
    home.history.update(history_date=timezone.now() - timedelta(days=400))
    home.bank_card = card()
    home.bank_card_hash = blind_index(home.bank_card)
    keep_many([home], actor, way, fields=["bank_card", "bank_card_hash"])
    latest = home.history.latest()
    type(latest).objects.filter(pk=latest.pk).update(history_date=timezone.now() - timedelta(days=days))


def doubts(batch) -> list[tuple]:
    return [(found.item.case_id, found.words) for found in preflight(batch).doubts]


def test_card_changed_lately_is_told_with_who_and_how(campaign, district, clerk, lead):
    raised(district, 9000)
    typed, brought, long_ago, never = (case_to_pay(district) for _turn in range(4))
    changed(typed, clerk, days=29)
    changed(brought, lead, days=3, way=str(BY_WORKBOOK))
    changed(long_ago, clerk, days=31)
    home = Household.objects.get(pk=never.child.household_id)
    home.save()
    home.save()
    day = [f"{localtime() - timedelta(days=ago):%Y-%m-%d}" for ago in (29, 3)]
    assert sorted(doubts(draft(campaign, clerk, [typed, brought, long_ago, never]))) == sorted(
        [
            (typed.pk, f"银行卡号 {day[0]} 由陈经办改过（在页面上修改），请向本人核实"),
            (brought.pk, f"银行卡号 {day[1]} 由李审核改过（导入工作簿），请向本人核实"),
        ]
    )


def test_cash_is_paid_whatever_became_of_the_card(campaign, district, clerk):
    raised(district, 1000)
    case = case_to_pay(district)
    changed(case, clerk, days=1)
    assert doubts(draft(campaign, clerk, [case], method=PaymentMethod.CASH)) == []


def test_questions_are_as_many_for_three_families_as_for_one(
    campaign, district, clerk, django_assert_max_num_queries, django_assert_num_queries
):
    raised(district, 9000)
    cases = [case_to_pay(district) for _turn in range(4)]
    for case in cases:
        changed(case, clerk, days=2)
    one, three = draft(campaign, clerk, cases[:1]), draft(campaign, clerk, cases[1:])
    with django_assert_max_num_queries(60) as first:
        preflight(one)
    with django_assert_num_queries(len(first.captured_queries)):
        preflight(three)
