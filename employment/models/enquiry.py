"""咨询登记: calls to the 12351 hotline and whoever else asks for work or for help."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.models import AidCase, Household
from employment.enums import OPEN_ENQUIRIES, EnquiryChannel, EnquiryKind, EnquiryOutcome
from employment.models.graduate import Graduate
from portal.access import ScopedQuerySet
from portal.fields import BlindIndexField, EncryptedTextField
from portal.models import Union, VersionedRecord
from portal.models.owned import acting_person, by_order, unique_number
from portal.second_lock.across import Across
from portal.second_lock.scope import whole_city

# The notice sets no term for answering; a week, as for an offer that was passed on (models/referral.py).
ANSWER_TERM = timedelta(days=7)


def _only(outcome: EnquiryOutcome, field: str) -> models.Q:
    """`field` is given exactly where the enquiry became that."""
    became = models.Q(outcome=outcome)
    return (became & models.Q(**{f"{field}__isnull": False})) | (~became & models.Q(**{f"{field}__isnull": True}))


class EnquiryQuerySet(ScopedQuerySet):
    """Questions about enquiries."""

    def unanswered(self):
        return self.filter(outcome=EnquiryOutcome.OPEN)

    def overdue(self, today: date):
        """Open past the day by which the city wants the answer; of others, `ANSWER_TERM` after they were received."""
        late = models.Q(due_on__lt=today) | models.Q(due_on__isnull=True, received_on__lt=today - ANSWER_TERM)
        return self.unanswered().filter(late)

    def to_hand_down(self):
        """Those of the city that no unit has."""
        return self.filter(outcome=EnquiryOutcome.TO_HAND_DOWN)

    def handed_down(self):
        """Those that the city gave to a unit."""
        return self.filter(handed_on__isnull=False)

    def to_tell(self):
        """Those of the city that were answered, and the hotline was not told."""
        closed = self.filter(from_city=True, told_on__isnull=True, closed_on__isnull=False)
        return closed.exclude(outcome=EnquiryOutcome.MISTAKEN)

    def handed_over(self):
        """Those that came from another union of the city."""
        return self.filter(referred_from__isnull=False)


class Enquiry(VersionedRecord):
    """What somebody asked, and what it became: a file, a case, a graduate's help, a word to another unit, an answer."""

    number = models.CharField(_("业务编号"), max_length=40)
    received_on = models.DateField(_("受理日期"))
    channel = models.CharField(_("来源渠道"), max_length=20, choices=EnquiryChannel)
    kind = models.CharField(_("诉求类别"), max_length=20, choices=EnquiryKind)
    name = models.CharField(_("姓名"), max_length=50)
    initials = models.CharField(_("姓名拼音首字母"), max_length=50, editable=False, blank=True)
    id_number = EncryptedTextField(_("证件号码"), blank=True)
    id_hash = BlindIndexField("id_number", db_index=True)
    telephone = EncryptedTextField(_("联系电话"), blank=True)
    telephone_hash = BlindIndexField("telephone", db_index=True)
    text = EncryptedTextField(_("诉求内容"))  # callers tell of illness and of money
    outcome = models.CharField(
        _("办理结果"), max_length=20, choices=EnquiryOutcome, default=EnquiryOutcome.OPEN, editable=False
    )
    outcome_text = models.CharField(_("办理说明"), max_length=200, blank=True, editable=False)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("办结人"),
    )
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="enquiries",
        verbose_name=_("困难职工家庭"),
    )
    case = models.ForeignKey(
        AidCase,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="enquiries",
        verbose_name=_("助学申请"),
    )
    graduate = models.ForeignKey(
        Graduate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="enquiries",
        verbose_name=_("高校毕业生"),
    )
    referred_to = models.ForeignKey(
        Union,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("转往工会"),
    )
    # Another union's record: what may be told of it are the two properties below.
    referred_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="referred_copy",
        verbose_name=_("转来的咨询"),
    )

    # Taken in by the city's department: it keeps its number wherever it is handed down to.
    from_city = models.BooleanField(_("市总登记"), default=False, editable=False)
    meant_for = models.ForeignKey(
        Union,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("拟承办单位"),
    )
    handed_on = models.DateField(_("下派日期"), null=True, blank=True, editable=False)
    handed_by = acting_person(_("下派人"))
    due_on = models.DateField(_("办理期限"), null=True, blank=True, editable=False)
    handed_text = models.CharField(_("下派要求"), max_length=200, blank=True, editable=False)
    returned_by = models.ForeignKey(
        Union,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("退回单位"),
    )
    returned_text = models.CharField(_("退回原因"), max_length=200, blank=True, editable=False)
    told_on = models.DateField(_("回复热线日期"), null=True, blank=True, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta(VersionedRecord.Meta):
        verbose_name = _("咨询登记")
        verbose_name_plural = _("咨询登记")
        indexes = [
            *VersionedRecord.Meta.indexes,
            by_order("enquiry", "number"),
            models.Index(fields=["received_on"], name="enquiry_date"),
            models.Index(fields=["initials"], name="enquiry_initials"),
        ]
        constraints = [
            unique_number("enquiry"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=OPEN_ENQUIRIES, closed_on__isnull=True, closed_by__isnull=True)
                | (~models.Q(outcome__in=OPEN_ENQUIRIES) & models.Q(closed_on__isnull=False, closed_by__isnull=False)),
                name="enquiry_closed_with_outcome",
                violation_error_message=_("办结的咨询须有办理结果、办结日期和办结人。"),
            ),
            models.CheckConstraint(
                condition=_only(EnquiryOutcome.FILED, "household")
                & _only(EnquiryOutcome.AIDED, "case")
                & _only(EnquiryOutcome.HELPED, "graduate"),
                name="enquiry_became_what_it_says",
                violation_error_message=_("办理结果须与所建的档案、申请或毕业生一致。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=[EnquiryOutcome.REFERRED, EnquiryOutcome.ANSWERED])
                | ~models.Q(outcome_text=""),
                name="enquiry_answer_in_words",
                violation_error_message=_("已答复或已转其他单位的，请写明办理说明。"),
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=EnquiryOutcome.REFERRED) | models.Q(referred_to__isnull=True),
                name="enquiry_sent_where_referred",
                violation_error_message=_("只有已转其他单位的咨询才有转往工会。"),
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(from_city=True),
                name="enquiry_number_unique_in_city",
                violation_error_message=_("市总已有这个编号的咨询。"),
            ),
            models.CheckConstraint(
                condition=models.Q(handed_on__isnull=True, due_on__isnull=True)
                | models.Q(from_city=True, handed_on__isnull=False, due_on__gte=models.F("handed_on")),
                name="enquiry_handed_down_with_term",
                violation_error_message=_("下派的咨询须有办理期限，不早于下派日期。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=EnquiryOutcome.TO_HAND_DOWN)
                | models.Q(from_city=True, handed_on__isnull=True),
                name="enquiry_to_hand_down_is_the_citys",
                violation_error_message=_("只有市总登记、没有下派的咨询才是待下派。"),
            ),
            models.CheckConstraint(
                condition=models.Q(told_on__isnull=True) | models.Q(from_city=True, closed_on__isnull=False),
                name="enquiry_told_when_closed",
                violation_error_message=_("只有市总登记、已经办结的咨询才回复热线。"),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self) -> bool:
        return self.outcome in OPEN_ENQUIRIES

    @property
    def proposed(self) -> Union | None:
        """To whom the hotline's list hands it; nobody once that unit sent it back."""
        return None if self.meant_for_id == self.returned_by_id else self.meant_for

    @property
    @whole_city(Across.ENQUIRY)
    def sender(self) -> str:
        """The union that handed it over; '' for one that came from the person."""
        return self.referred_from.union.name if self.referred_from else ""

    @property
    @whole_city(Across.ENQUIRY)
    def sender_words(self) -> str:
        """Why it was handed over, as the sender says."""
        return self.referred_from.outcome_text if self.referred_from else ""
