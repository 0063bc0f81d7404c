"""Checks of what goes with the figures (annexes.md, Checks: "contact name and telephone given; …")."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checks.context import Context
from reports.checks.registry import Check, CheckKind
from reports.derive import Values


def contact_missing(_values: Values, context: Context) -> str:
    given = context.preparation
    missing = [
        words
        for words, text in ((_("填报人"), given.contact_name), (_("联系电话"), given.contact_telephone))
        if not text.strip()
    ]
    return _("没有填写{missing}。").format(missing="、".join(missing)) if missing else ""


def summary_missing(_values: Values, context: Context) -> str:
    return "" if context.preparation.has_summary else _("没有上传总结报告。")


CHECKS = (
    Check("contact", CheckKind.HARD, (), gettext_lazy("填写了填报人和联系电话"), contact_missing, needs="preparation"),
    Check("summary", CheckKind.HARD, (), gettext_lazy("上传了总结报告"), summary_missing, needs="preparation"),
)
