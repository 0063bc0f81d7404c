"""What the city changed in a code list: rows that are only ever added, and are its history, too."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.enums import CodeAct

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_CODE, LONGEST_WORD = 20, 30
JOINED_BY = ","
OF_A_YEAR = Q(year__isnull=False, year__range=(FIRST_YEAR, LAST_YEAR))


class CodeChange(models.Model):
    """One act of the city on the list `list_name`, the `number`th: of two people at once the second is refused.

    `year` is the first in which a word holds, or of one that was withdrawn the last. What is built in stands in the
    enums and in no row.
    """

    list_name = models.CharField(_("代码表"), max_length=40)
    number = models.PositiveIntegerField(_("序号"))
    act = models.CharField(_("办理"), max_length=20, choices=CodeAct)
    code = models.CharField(_("代码"), max_length=LONGEST_CODE, blank=True)
    word = models.CharField(_("名称"), max_length=LONGEST_WORD, blank=True)
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    successor = models.CharField(_("改用"), max_length=LONGEST_CODE, blank=True)
    ordered_codes = models.TextField(_("顺序"), blank=True)  # codes joined by commas
    reason = models.CharField(_("依据"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("办理人"),
    )
    made_at = models.DateTimeField(_("办理时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("代码表变更")
        verbose_name_plural = _("代码表变更")
        constraints = [
            models.UniqueConstraint(
                fields=["list_name", "number"],
                name="codechange_one_after_another",
                violation_error_message=_("您打开之后，他人改过这张代码表。"),
            ),
            models.UniqueConstraint(
                fields=["list_name", "code"],
                condition=Q(act=CodeAct.ADDED),
                name="codechange_code_added_once",
                violation_error_message=_("这张代码表已有这个代码。"),
            ),
            models.UniqueConstraint(
                fields=["list_name", "word"],
                condition=Q(act=CodeAct.ADDED),
                name="codechange_word_added_once",
                violation_error_message=_("这张代码表已有这个名称。"),
            ),
            models.CheckConstraint(
                condition=Q(act=CodeAct.ORDERED, code="", year__isnull=True)
                | (
                    ~Q(act=CodeAct.ORDERED)
                    & ~Q(code="")
                    & Q(year__isnull=False, year__range=(FIRST_YEAR, LAST_YEAR))
                    & ~Q(reason="")
                ),
                name="codechange_says_what_when_why",
                violation_error_message=_("请写明代码、年份和依据。"),
            ),
            models.CheckConstraint(
                condition=Q(act=CodeAct.ADDED) ^ Q(word=""),
                name="codechange_word_of_added",
                violation_error_message=_("新增的须写明名称。"),
            ),
            models.CheckConstraint(
                condition=Q(act=CodeAct.WITHDRAWN) | Q(successor=""),
                name="codechange_successor_of_withdrawn",
                violation_error_message=_("只有停用的可以写明改用哪一项。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_name} {self.number}"

    @property
    def said_year(self) -> int:
        """The year of a change that has one."""
        if self.year is None:
            message = f"{self} is of no year"
            raise LookupError(message)
        return self.year

    @property
    def codes_in_order(self) -> list[str]:
        return self.ordered_codes.split(JOINED_BY)
