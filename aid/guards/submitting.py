"""All policies are answered before a case is submitted."""

from django.utils.translation import gettext as _

from aid.enums import Policy
from aid.models import AidCase
from portal.models import User


def unanswered(case: AidCase) -> list[Policy]:
    """The policies of which nobody has said yet what became of them."""
    answered = set(case.policies.values_list("policy", flat=True))
    return [policy for policy in Policy if policy not in answered]


def against_submitting(case: AidCase, _actor: User) -> str:
    """先帮助落实政府政策: all policies are answered first."""
    missing = unanswered(case)
    if not missing:
        return ""
    words = "、".join(str(policy.label) for policy in missing)
    return _("请先填写政策落实情况：%(policies)s。") % {"policies": words}
