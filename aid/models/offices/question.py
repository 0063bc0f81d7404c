"""部门问询: what an office was asked about a family, and what it answered."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.models.casework.case import AidCase
from aid.models.household import Household
from aid.models.offices.office import Office
from aid.models.person import Person
from portal.access import ScopedQuerySet
from portal.fields import EncryptedTextField
from portal.models import RemovableFile, UnionOwned, VoidableRecord
from portal.models.owned import by_order, unique_number
from portal.models.voidable import LIVE, LiveManager


class OfficeQuestionQuerySet(ScopedQuerySet):
    """Questions put to offices."""

    def unanswered(self):
        return self.filter(answered_on__isnull=True)

    def overdue(self, today: date):
        """Unanswered past the day by which the answer was expected."""
        return self.unanswered().filter(due_on__lt=today)


class OfficeQuestion(VoidableRecord):
    """One matter, about a family's worker, child or graduate. Stays with the union that asked, as a visit does.

    No figure of the forms counts it.
    """

    number = models.CharField(_("业务编号"), max_length=40)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="questions", verbose_name=_("相关部门"))
    # The worker, child or graduate whose page one asked from, and the family as it was then.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("问的是谁"))
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        editable=False,
        related_name="office_questions",
        verbose_name=_("困难职工家庭"),
    )
    case = models.ForeignKey(
        AidCase,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="office_questions",
        verbose_name=_("助学申请"),
    )
    asked_on = models.DateField(_("问询日期"))
    subject = models.CharField(_("问询事项"), max_length=200)
    due_on = models.DateField(_("答复期限"))
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=50, blank=True)
    answer = EncryptedTextField(_("答复内容"), blank=True)  # offices tell of illness and of money

    objects = LiveManager.from_queryset(OfficeQuestionQuerySet)()

    class Meta(VoidableRecord.Meta):
        verbose_name = _("部门问询")
        verbose_name_plural = _("部门问询")
        indexes = [
            *VoidableRecord.Meta.indexes,
            models.Index(fields=["asked_on", "id"], name="officequestion_date"),
            by_order("officequestion", "number"),
            by_order("officequestion", "due_on"),
        ]
        constraints = [
            unique_number("officequestion", LIVE),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("asked_on"))
                & (models.Q(answered_on__isnull=True) | models.Q(answered_on__gte=models.F("asked_on"))),
                name="officequestion_in_order",
                violation_error_message=_("答复期限和答复日期不能早于问询日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True, answered_by="")
                | (models.Q(answered_on__isnull=False) & ~models.Q(answered_by="")),
                name="officequestion_answer_whole",
                violation_error_message=_("答复日期和答复人须同时填写。"),
            ),
        ]

    def __str__(self):
        return self.number


class OfficePaper(RemovableFile, UnionOwned):
    """答复材料: what the office wrote or issued, kept encrypted. Stays with the question."""

    question = models.ForeignKey(
        OfficeQuestion, on_delete=models.PROTECT, related_name="papers", verbose_name=_("部门问询")
    )

    class Meta(UnionOwned.Meta):
        verbose_name = _("部门答复材料")
        verbose_name_plural = _("部门答复材料")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "digest"],
                condition=models.Q(removed_at__isnull=True),
                name="officepaper_kept_once",
                violation_error_message=_("这份材料已经上传过。"),
            ),
        ]
