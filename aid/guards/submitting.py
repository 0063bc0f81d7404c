"""All policies are answered before a case is submitted."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from aid.enums import Policy
from aid.models import AidCase, PolicyAid
from portal.models import User
from portal.workbook.importing.chunks import in_chunks


def words_of_unanswered(cases: Iterable[AidCase]) -> dict[int, str]:
    """By the key of each case the policies of which nobody has said yet what became of them; '' where there is none."""
    keys, answered = [case.pk for case in cases], defaultdict(set)
    for chunk in in_chunks(keys):
        for case, policy in PolicyAid.objects.filter(case__in=chunk).values_list("case", "policy"):
            answered[case].add(policy)
    return {key: _words([policy for policy in Policy if policy not in answered[key]]) for key in keys}


def _words(missing: list[Policy]) -> str:
    words = "、".join(str(policy.label) for policy in missing)
    return _("请先填写政策落实情况：%(policies)s。") % {"policies": words} if missing else ""


def against_submitting(case: AidCase, _actor: User) -> str:
    """先帮助落实政府政策: all policies are answered first."""
    return words_of_unanswered([case])[case.pk]
