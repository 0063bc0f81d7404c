"""收入 that is probably written a nought too long or too short, or by the month: asked about, never refused."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from aid.models import Household, Income, MinimumIncome
from portal.record_rules import Doubt
from portal.unions.home_city import home_city

FAR = 5  # times; of the families that are helped none has so much, and none lives on so little
MONTHS = 12


def odd_income(income: Income) -> Iterator[Doubt]:
    """What is odd about the income of a year, held against the monthly income of the file, last year and the standard.

    One doubt, the first of these. Asks two questions at the most.
    """
    words = _against_the_file(income) or _against_the_year_before(income)
    if words := words or _against_the_standard(income.per_head, income.year):
        yield Doubt("amount", words)


def odd_monthly_income(household: Household) -> Iterator[Doubt]:
    """The same of the monthly income of a file, held against the standard of the year it was filed in or before."""
    if household.monthly_income and household.family_size:
        per_head = household.monthly_income / household.family_size
        if words := _against_the_standard(per_head, household.filed_on.year):
            yield Doubt("monthly_income", words)


def _against_the_file(income: Income) -> str:
    monthly = income.household.monthly_income
    if not monthly or not _is_far(income.amount, monthly * MONTHS):
        return ""
    words = {"amount": _yuan(income.amount), "monthly": _yuan(monthly), "yearly": _yuan(monthly * MONTHS)}
    told = _(
        "家庭年收入填了 %(amount)s 元，档案里的家庭月收入是 %(monthly)s 元，一年 %(yearly)s 元，请核对是否全年合计"
    )
    return told % words


def _against_the_year_before(income: Income) -> str:
    home = income.household
    before = Income.objects.filter(household=home, year=income.year - 1).first() if home.pk else None
    if before is None or not _is_far(income.amount, before.amount):
        return ""
    words = {"amount": _yuan(income.amount), "year": before.year, "before": _yuan(before.amount)}
    return _("家庭年收入填了 %(amount)s 元，%(year)d 年是 %(before)s 元，相差很大，请核对") % words


def _against_the_standard(per_head: Decimal, year: int) -> str:
    standard = MinimumIncome.objects.filter(city=home_city(), year__lte=year).order_by("-year").first()
    if standard is None or per_head < FAR * standard.monthly:
        return ""
    words = {"head": _yuan(per_head), "times": int(per_head / standard.monthly)}
    words |= {"year": standard.year, "standard": _yuan(standard.monthly)}
    return (
        _("折合每人每月 %(head)s 元，是 %(year)d 年最低生活保障标准 %(standard)s 元的 %(times)d 倍，请核对是否多写了零")
        % words
    )


def _is_far(amount: Decimal, other: Decimal) -> bool:
    """Whether one is many times the other; nothing at all is no slip of the pen."""
    less, more = sorted((amount, other))
    return less > 0 and more >= FAR * less


def _yuan(amount: Decimal) -> str:
    return f"{amount:.2f}".removesuffix(".00")
