"""All policies are answered before a case is submitted, and its sources come to its standard."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from aid.enums import Policy
from aid.models import AidCase, CaseShare, PolicyAid
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


def words_of_sum(standard: Decimal, amounts: Iterable[Decimal]) -> str:
    """What is wrong with the sum of the sources; '' where there are none or they come to the standard."""
    amounts = list(amounts)
    total = sum(amounts, Decimal())
    if not amounts or total == standard:
        return ""
    told = {"total": f"{total:,.2f}", "standard": f"{standard:,.2f}"}
    return _("各来源合计 %(total)s 元，应等于帮扶标准 %(standard)s 元。") % told


def words_of_shares(cases: Iterable[AidCase]) -> dict[int, str]:
    """By the key of each case what is wrong with the sum of its sources; '' where nothing is."""
    by_key, amounts = {case.pk: case for case in cases}, defaultdict(list)
    for chunk in in_chunks(by_key):
        for case, amount in CaseShare.objects.filter(case__in=chunk).values_list("case", "amount"):
            amounts[case].append(amount)
    return {key: words_of_sum(case.standard, amounts[key]) for key, case in by_key.items()}


def against_submitting(case: AidCase, _actor: User) -> str:
    """先帮助落实政府政策: all policies are answered first; and the sources come to the standard."""
    told = words_of_unanswered([case])[case.pk], words_of_shares([case])[case.pk]
    return " ".join(words for words in told if words)
