"""招聘岗位: what an employer offers, at an event or through one of the four channels."""

from datetime import date

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from aid.enums import Trade
from aid.models import Employer
from employment.enums import Degree, ReferralState
from employment.models.job_event import JobEvent
from portal.access import ScopedQuerySet
from portal.models import VersionedRecord
from portal.models.owned import by_order, unique_number


class VacancyQuerySet(ScopedQuerySet):
    """Questions about vacancies."""

    def published(self):
        """Those that everybody may read (docs/feed.md)."""
        return self.filter(published=True)

    def open_on(self, day: date):
        """Those to which graduates may be sent on `day`: first and last day included, and not all posts taken."""
        placed = Count("referrals", filter=models.Q(referrals__state=ReferralState.PLACED))
        full = Vacancy.objects.annotate(placed=placed).filter(placed__gte=models.F("posts"))
        return self.filter(offered_on__lte=day, closes_on__gte=day).exclude(pk__in=full.values("pk"))


class Vacancy(VersionedRecord):
    """Posts of one kind from one employer, a part of an event's posts. Stays with the union of the event.

    Annex 2 counts the posts of the event; a vacancy says which they are and never adds to them.
    """

    number = models.CharField(_("业务编号"), max_length=40)
    event = models.ForeignKey(
        JobEvent, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("就业活动与岗位")
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("用人单位")
    )
    title = models.CharField(_("岗位名称"), max_length=100)
    posts = models.PositiveIntegerField(_("招聘人数"))
    trade = models.CharField(_("行业"), max_length=1, choices=Trade, blank=True)
    district = models.CharField(_("工作区县"), max_length=50, blank=True)
    degree = models.CharField(_("最低学历"), max_length=20, choices=Degree, blank=True)
    wage_from = models.PositiveIntegerField(_("月薪下限(元)"), null=True, blank=True)
    wage_to = models.PositiveIntegerField(_("月薪上限(元)"), null=True, blank=True)
    offered_on = models.DateField(_("发布日期"))
    closes_on = models.DateField(_("截止日期"))
    requirements = models.CharField(_("岗位要求"), max_length=200, blank=True)
    published = models.BooleanField(_("对外发布"), default=False)

    objects = VacancyQuerySet.as_manager()

    class Meta(VersionedRecord.Meta):
        verbose_name = _("招聘岗位")
        verbose_name_plural = _("招聘岗位")
        indexes = [
            *VersionedRecord.Meta.indexes,
            models.Index(fields=["closes_on"], name="vacancy_closes"),
            by_order("vacancy", "number"),
            by_order("vacancy", "title"),
            by_order("vacancy", "posts"),
        ]
        constraints = [
            unique_number("vacancy"),
            models.CheckConstraint(
                condition=models.Q(posts__gt=0),
                name="vacancy_has_posts",
                violation_error_message=_("招聘人数必须大于 0。"),
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("offered_on")),
                name="vacancy_in_order",
                violation_error_message=_("截止日期不能早于发布日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(wage_from__isnull=True)
                | models.Q(wage_to__isnull=True)
                | models.Q(wage_to__gte=models.F("wage_from")),
                name="vacancy_wage_in_order",
                violation_error_message=_("月薪上限不能低于下限。"),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def wage(self) -> str:
        """Yuan a month, in words; '' where neither end is known."""
        if self.wage_from and self.wage_to:
            return f"{self.wage_from}–{self.wage_to}"
        if self.wage_from:
            return _("%(wage)d 起") % {"wage": self.wage_from}
        return _("最高 %(wage)d") % {"wage": self.wage_to} if self.wage_to else ""
