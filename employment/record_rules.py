"""Rules of Sunshine Employment's records (workbook.md, rules across cells). The first field is the one to name."""

from django.utils.translation import gettext_lazy as _

from employment.enums import KINDS_WITH_AMOUNT, EventKind
from portal.record_rules import Rule

ASSISTANCE_RULES = (
    Rule(
        ("amount", "kind"),
        lambda assistance: assistance.kind in KINDS_WITH_AMOUNT and assistance.amount is None,
        _("小额担保贷款和求职补贴必须填写金额"),
    ),
)

JOB_EVENT_RULES = (
    Rule(
        ("channel", "kind"),
        lambda event: event.kind == EventKind.OFFER and not event.channel,
        _("岗位提供必须填写渠道"),
    ),
)
