"""咨询登记."""

from dataclasses import replace

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.records.searching import of_family
from employment.editing.enquiry import ENQUIRY_FORM
from employment.enums import EnquiryChannel, EnquiryKind, EnquiryOutcome
from employment.models import Enquiry
from portal.access import Permission
from portal.identity import mask_id_number, mask_telephone
from portal.records.attribute import Attribute, hidden
from portal.records.filters import CodeFilter, IsOpenFilter, RecordFilterSet, YesNoFilter, period
from portal.records.kind import BulkAct, Fields, RecordKind, Related


class EnquiryFilters(RecordFilterSet):
    open = IsOpenFilter(field_name="closed_on", label=_("办理状态"), words=(_("待办理"), _("已办结")))
    overdue = YesNoFilter(label=_("逾期未办结"), method="filter_overdue")
    channel = CodeFilter(label=_("来源渠道"), choices=EnquiryChannel)
    kind_of = CodeFilter(field_name="kind", label=_("诉求类别"), choices=EnquiryKind)
    outcome = CodeFilter(label=_("办理结果"), choices=EnquiryOutcome)
    handed = YesNoFilter(field_name="referred_from", lookup_expr="isnull", exclude=True, label=_("其他工会转来"))
    from_city = YesNoFilter(label=_("市总登记"))
    returned = YesNoFilter(field_name="returned_by", lookup_expr="isnull", exclude=True, label=_("单位退回"))
    told = IsOpenFilter(field_name="told_on", label=_("回复热线"), words=(_("未回复"), _("已回复")))
    received_from, received_to = period("received_on", _("受理日期"))

    class Meta(RecordFilterSet.Meta):
        model = Enquiry

    def filter_overdue(self, enquiries, _name, value):
        found = Enquiry.objects.overdue(localdate()).values("pk")
        return enquiries.filter(pk__in=found) if value else enquiries.exclude(pk__in=found)


def same_person(enquiry: Enquiry) -> Q:
    """Other enquiries of the same identity number or telephone."""
    found = Q(pk__in=[])
    if enquiry.id_hash:
        found |= Q(id_hash=enquiry.id_hash)
    if enquiry.telephone_hash:
        found |= Q(telephone_hash=enquiry.telephone_hash)
    return found & ~Q(pk=enquiry.pk)


_ALONE = RecordKind(
    model=Enquiry,
    in_lists=True,
    noun="enquiries",
    caption=("number", "name"),
    columns=(
        Attribute("number", link="self", order="number"),
        # Each union numbers its own: over several the number alone tells no two apart.
        Attribute("union"),
        Attribute("name", link="self", order="initials"),
        Attribute("telephone", mask=mask_telephone, minor=True),
        Attribute("received_on", order="received_on"),
        Attribute("channel", minor=True),
        Attribute("kind"),
        Attribute("outcome"),
        Attribute("due_on", minor=True),
        Attribute("closed_on", minor=True),
        Attribute("meant_for", extra=True),
        Attribute("outcome_text", extra=True),
        Attribute("returned_by", extra=True),
        Attribute("returned_text", extra=True),
        Attribute("told_on", extra=True),
    ),
    ordering="-received_on",
    filterset=EnquiryFilters,
    sections=(
        Fields(
            _("来源"),
            (
                Attribute("number"),
                Attribute("received_on"),
                Attribute("channel"),
                Attribute("kind"),
                Attribute("union"),
                Attribute("meant_for"),
                Attribute("handed_on"),
                Attribute("handed_by"),
                Attribute("due_on"),
                Attribute("handed_text"),
                Attribute("returned_by"),
                Attribute("returned_text"),
                Attribute("sender", label=_("转来单位")),
                Attribute("sender_words", label=_("转办说明")),
            ),
        ),
        Fields(
            _("咨询人和诉求"),
            (
                Attribute("name"),
                Attribute("id_number", mask=mask_id_number),
                Attribute("telephone", mask=mask_telephone, needed=True),
                Attribute("text", mask=hidden, needed=True),
            ),
        ),
        Fields(
            _("办理"),
            (
                Attribute("outcome"),
                Attribute("outcome_text"),
                Attribute("household.number", label=_("家庭档案"), link="household"),
                Attribute("household.worker_name", label=_("档案职工姓名"), link="household"),
                Attribute("case.number", label=_("助学申请"), link="case"),
                Attribute("graduate.name", label=_("高校毕业生"), link="graduate"),
                Attribute("referred_to"),
                Attribute("closed_on"),
                Attribute("closed_by"),
                Attribute("told_on"),
            ),
        ),
    ),
    names=("name",),
    initials=("initials",),
    numbers=("number",),
    hashes=("id_hash", "telephone_hash"),
    found_by=(of_family("household"),),
    search_hint=_("姓名、首字母、编号、完整的电话号码或证件号码；已建档的还有工作单位、银行卡末四位"),
    view_is_logged=True,
    editing=ENQUIRY_FORM,
    bulk=(BulkAct(_("下派勾选的咨询"), "hotline_hand_down", Permission.HAND_DOWN_ENQUIRIES),),
)

ENQUIRY = replace(
    _ALONE, sections=(*_ALONE.sections, Related(_("此人的其他咨询"), _ALONE, same_person, without=("telephone",)))
)
