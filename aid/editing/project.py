"""The forms of projects and of what is paid for them."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.social.workflow import (
    refusal_of_gain,
    refusal_of_giving,
    refusal_of_payment,
    refusal_of_payments,
    refusal_of_project,
)
from aid.workbook import AID_WORKBOOK
from aid.workbook.social.gain import ProjectGainSheet
from aid.workbook.social.organisation import OrganisationSheet
from aid.workbook.social.project import ProjectPaymentSheet, ProjectSheet
from portal.records.editing import Editing, Group
from portal.workbook.sheets import Workbook

SOCIAL_WORKBOOK = Workbook((*AID_WORKBOOK.sheets, OrganisationSheet(), ProjectSheet()))

PROJECT_FORM = Editing(
    sheet=ProjectSheet(),
    workbook=SOCIAL_WORKBOOK,
    prefix="M",
    initial=lambda _parent: {"starts_on": localdate().isoformat()},
    refusal=refusal_of_project,
    groups=(
        Group(
            _("项目"),
            ("title", "way", "organisation", "starts_on", "ends_on", "description"),
            _("没有所需的社会组织时，请先在“社会组织”中登记。"),
        ),
        Group(
            _("购买服务"),
            ("contract_number", "contract_on", "budget"),
            _("签订合同后填写，开始实施前必须填好；志愿者项目不填。"),
        ),
        Group(_("志愿者"), ("volunteers", "hours"), _("志愿者项目验收前填写：一共多少人、多少小时。")),
        Group(_("登记"), ("union", "number")),
    ),
)

PROJECT_PAYMENT_FORM = Editing(
    sheet=ProjectPaymentSheet(),
    workbook=SOCIAL_WORKBOOK,
    parent="project",
    prefix="N",
    initial=lambda _project: {"paid_on": localdate().isoformat()},
    barred=refusal_of_payments,
    refusal=refusal_of_payment,
    returns=True,
    groups=(
        Group(_("付款"), ("paid_on", "amount", "note", "number"), _("各次付款合计不能超过预算；尾款一般在验收后付。")),
    ),
)

# Which children got something is asked by a page of its own; by this form it is corrected.
PROJECT_GAIN_FORM = Editing(
    sheet=ProjectGainSheet(),
    workbook=SOCIAL_WORKBOOK,
    parent="project",
    prefix="MC",
    barred=refusal_of_giving,
    refusal=refusal_of_gain,
    returns=True,
    groups=(
        Group(
            _("得到的帮助"),
            ("what", "value", "number"),
            _("登记错了人的，请作废这一条，在项目页上重新登记。"),
        ),
    ),
)
