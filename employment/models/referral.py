"""岗位推荐 and 稳岗回访: from an offer passed on to a graduate who is still there half a year later."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from employment.enums import OPEN_REFERRALS, ReferralState
from employment.models.assistance import Assistance
from employment.models.graduate import Graduate
from employment.models.vacancy import Vacancy
from portal.access import ScopedQuerySet
from portal.models import UnionOwned, VersionedRecord
from portal.models.owned import by_order, unique_number

RETENTION_MONTHS = (3, 6)


ANSWER_EXPECTED = timedelta(days=7)


class ReferralQuerySet(ScopedQuerySet):
    """Questions about referrals."""

    def unanswered(self, today: date):
        """Passed on more than `ANSWER_EXPECTED` before `today`, and neither answered nor withdrawn."""
        return self.filter(state=ReferralState.PASSED, referred_on__lt=today - ANSWER_EXPECTED)


class Referral(VersionedRecord):
    """An offer passed to a graduate, and what came of it. Stays with the union that passed it on."""

    number = models.CharField(_("业务编号"), max_length=40)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("招聘岗位"))
    graduate = models.ForeignKey(
        Graduate, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("高校毕业生")
    )
    referred_on = models.DateField(_("推荐日期"))
    state = models.CharField(
        _("推荐结果"), max_length=20, choices=ReferralState, default=ReferralState.PASSED, editable=False
    )
    answered_on = models.DateField(_("答复日期"), null=True, blank=True, editable=False)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    placement = models.OneToOneField(
        Assistance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="referral",
        verbose_name=_("实现就业记录"),
    )

    objects = ReferralQuerySet.as_manager()

    class Meta(VersionedRecord.Meta):
        verbose_name = _("岗位推荐")
        verbose_name_plural = _("岗位推荐")
        indexes = [
            *VersionedRecord.Meta.indexes,
            models.Index(fields=["referred_on"], name="referral_date"),
            by_order("referral", "number"),
        ]
        constraints = [
            unique_number("referral"),
            models.UniqueConstraint(
                fields=["vacancy", "graduate"],
                condition=models.Q(state__in=OPEN_REFERRALS),
                name="referral_open_once",
                violation_error_message=_("这一岗位已推荐给该毕业生，正等答复。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state=ReferralState.PLACED, placement__isnull=False)
                | (~models.Q(state=ReferralState.PLACED) & models.Q(placement__isnull=True)),
                name="referral_placed_has_record",
                violation_error_message=_("已录用的推荐必须有实现就业记录，其他推荐不能有。"),
            ),
        ]

    def __str__(self):
        return self.number


class RetentionCheck(UnionOwned):
    """稳岗回访: whether a graduate still works there 3 or 6 months after the placement. Stays with the placement."""

    placement = models.ForeignKey(
        Assistance, on_delete=models.PROTECT, related_name="retention_checks", verbose_name=_("实现就业记录")
    )
    months = models.PositiveSmallIntegerField(_("就业满(月)"), choices=[(each, each) for each in RETENTION_MONTHS])
    asked_on = models.DateField(_("回访日期"))
    employed = models.BooleanField(_("仍在岗"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("回访人")
    )

    class Meta(UnionOwned.Meta):
        verbose_name = _("稳岗回访")
        verbose_name_plural = _("稳岗回访")
        indexes = [*UnionOwned.Meta.indexes, models.Index(fields=["asked_on", "id"], name="retentioncheck_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "months"],
                name="retentioncheck_once",
                violation_error_message=_("这一次稳岗回访已登记。"),
            ),
            models.CheckConstraint(
                condition=models.Q(months__in=RETENTION_MONTHS),
                name="retentioncheck_months",
                violation_error_message=_("稳岗回访在就业满 3 个月和 6 个月时进行。"),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
