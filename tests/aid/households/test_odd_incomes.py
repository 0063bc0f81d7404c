"""An income that is many times another is asked about, and saved once that was confirmed."""

from decimal import Decimal

import pytest

from aid.models import Income, MinimumIncome
from tests import builders
from tests.forms import create_address, send


@pytest.fixture
def home(district):
    """1 500 yuan a month for three."""
    MinimumIncome.objects.update_or_create(year=2013, city="上海市", defaults={"monthly": Decimal(640)})
    return builders.household(district, monthly_income=Decimal(1500), family_size=3)


def asked(client, home, **typed) -> list[str]:
    answer = send(client, create_address("income", household=home), **{"year": "2013", "people": "3"} | typed)
    return [] if answer.status_code == 302 else [str(doubt.message) for doubt in answer.context["form"].doubts]


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("18000", []),
        ("89999.99", []),  # not quite five times
        ("0", []),
        ("180000", ["家庭年收入填了 180000 元，档案里的家庭月收入是 1500 元，一年 18000 元，请核对是否全年合计"]),
        ("1500", ["家庭年收入填了 1500 元，档案里的家庭月收入是 1500 元，一年 18000 元，请核对是否全年合计"]),
    ],
)
def test_yearly_income_is_held_against_the_monthly_one(client_of, clerk, home, amount, told):
    assert asked(client_of(clerk), home, amount=amount) == told
    assert Income.objects.count() == (0 if told else 1)


def test_income_is_held_against_last_year_and_the_standard(client_of, clerk, home):
    home.monthly_income = None
    home.save()
    client = client_of(clerk)
    assert asked(client, home, amount="115199") == []
    later = asked(client, home, year="2014", amount="11519")
    assert later == ["家庭年收入填了 11519 元，2013 年是 115199 元，相差很大，请核对"]
    Income.objects.all().delete()
    assert asked(client, home, amount="115200") == [
        "折合每人每月 3200 元，是 2013 年最低生活保障标准 640 元的 5 倍，请核对是否多写了零"
    ]


def test_what_was_confirmed_is_saved(client_of, clerk, home):
    client, address = client_of(clerk), create_address("income", household=home)
    typed = {"year": "2013", "people": "3", "amount": "180000"}
    form = send(client, address, **typed).context["form"]
    assert send(client, address, **typed, confirmed=form.token).status_code == 302
    assert Income.objects.get().amount == 180000
