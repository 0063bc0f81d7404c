"""The forms of an enquiry: a unit's own, and one of the city's department."""

from dataclasses import replace

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employment.enums import EnquiryChannel
from employment.models import Enquiry
from employment.workbook.enquiries import ENQUIRY_WORKBOOK, HOTLINE_WORKBOOK, EnquirySheet, HotlineSheet
from portal.records.editing import Editing, Group


def closed(enquiry: Enquiry) -> str:
    if enquiry.is_open:
        return ""
    return _("咨询已办结（%(outcome)s），不能修改；确需更正的请先重新办理。") % {
        "outcome": enquiry.get_outcome_display()
    }


def not_the_units(enquiry: Enquiry) -> str:
    """The city's stay as it took them in: their number above all, by which the answer goes back to the hotline."""
    if enquiry.from_city:
        return _("这是市总下派的咨询，登记的内容由市总更正；有误的请写明后退回市总。")
    return closed(enquiry)


ENQUIRY_FORM = Editing(
    sheet=EnquirySheet(),
    workbook=ENQUIRY_WORKBOOK,
    prefix="H",
    refusal=not_the_units,
    initial=lambda _parent: {"received_on": localdate().isoformat(), "channel": str(EnquiryChannel.HOTLINE.label)},
    groups=(
        Group(gettext_lazy("来源"), ("received_on", "channel", "kind")),
        Group(
            gettext_lazy("咨询人"),
            ("name", "telephone", "id_number"),
            gettext_lazy("对方没有提供的可以不填。填写证件号码后，可以看到此人是否已有档案。"),
        ),
        Group(
            gettext_lazy("诉求"), ("text",), gettext_lazy("加密保存；本单位经办的人直接看到，其他人查看时须说明理由。")
        ),
        Group(gettext_lazy("登记"), ("number", "union")),
    ),
)


def handed_down(enquiry: Enquiry) -> str:
    """The city changes what nobody else works with."""
    if enquiry.handed_on is None:
        return closed(enquiry)
    return _("咨询已下派“%(union)s”办理，不能修改；确需更正的请先收回。") % {"union": enquiry.union.name}


HOTLINE_FORM = replace(
    ENQUIRY_FORM,
    sheet=HotlineSheet(),
    workbook=HOTLINE_WORKBOOK,
    prefix="W",
    refusal=handed_down,
    groups=(*ENQUIRY_FORM.groups[:-1], Group(gettext_lazy("登记"), ("number",))),
)
