"""The year's standard of minimum income, and how a family's income stands against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.models import Income, MinimumIncome
from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep_along
from portal.unions.home_city import home_city


@dataclass(frozen=True)
class Standing:
    """One year's income of a family beside the standard; `standard` is None where nobody has entered it."""

    income: Income
    standard: Decimal | None

    @property
    def is_below(self) -> bool:
        return self.standard is not None and self.income.per_head < self.standard


def standings(incomes: Iterable[Income]) -> list[Standing]:
    """Each income with the standard of its year: one question for all."""
    incomes = list(incomes)
    found = MinimumIncome.objects.filter(city=home_city(), year__in={income.year for income in incomes})
    by_year = dict(found.values_list("year", "monthly"))
    return [Standing(income, by_year.get(income.year)) for income in incomes]


def years_without_standard() -> list[int]:
    """This year and the one before, which is the year of the incomes entered now: those whose standard is missing."""
    years = {localdate().year - 1, localdate().year}
    entered = MinimumIncome.objects.filter(city=home_city(), year__in=years).values_list("year", flat=True)
    return sorted(years - set(entered))


@transaction.atomic
def keep_standard(standard: MinimumIncome, *, by: By, version: int | None = None) -> MinimumIncome:
    """Save a standard, new or changed. Writes it and one audit row.

    Raises ValidationError if it is no positive amount, the year has one already, or somebody changed it since
    `version`.
    """
    if standard.pk:
        current = MinimumIncome.objects.select_for_update().get(pk=standard.pk)
        if version is not None and current.version != version:
            raise ValidationError(
                _("您打开之后，他人已改为 %(yuan)s 元。请核对后再保存。") % {"yuan": f"{current.monthly:,.2f}"}
            )
        standard.version = current.version
    standard.full_clean()
    keep_along(standard, by)
    audit.record(
        AuditAction.FORM_CHANGED,
        by=by,
        subject=f"{standard._meta.verbose_name} {standard}",
        monthly=str(standard.monthly),
    )
    return standard
