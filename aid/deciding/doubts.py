"""Doubts about a case: what its decider should look at before it passes. One declaration of each; none forbids."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.deciding.facts import CaseFacts
from aid.enums import CaseState


@dataclass(frozen=True)
class Doubt:
    """`label` names the doubt; `words(facts)` tells more of it, '' or False where there is none, True if no more."""

    label: str | Promise
    words: Callable[[CaseFacts], str | bool]


def _over_the_line(facts: CaseFacts) -> str:
    income = facts.income
    if income is None or not income.is_over:
        return ""
    told = {"per_head": f"{income.per_head:,.2f}", "year": income.line_year, "line": f"{income.line:,.2f}"}
    return _("人均月收入 %(per_head)s 元，%(year)s 年标准 %(line)s 元") % told


def _no_income(facts: CaseFacts) -> str:
    return "" if facts.income else _("不能与标准对照")


def _same(others: tuple[str, ...]) -> str:
    return _("还登记在%(others)s") % {"others": "、".join(others)} if others else ""


def _siblings(facts: CaseFacts) -> str:
    return "、".join(f"{case.child.name}（{case.get_status_display()}）" for case in facts.siblings_this_year)


def _changed(facts: CaseFacts) -> str:
    return "" if facts.case.status == CaseState.CHECKED else "、".join(facts.changed)


def _changed_since_check(facts: CaseFacts) -> str:
    return "、".join(facts.changed) if facts.case.status == CaseState.CHECKED else ""


def _unanswered(facts: CaseFacts) -> str:
    count = facts.policies.unanswered
    return _("%(count)d 项") % {"count": count} if count else ""


def _helped_twice(facts: CaseFacts) -> str:
    relief = facts.policies.relief
    told = {"relief": f"{relief:,.2f}", "total": f"{relief + facts.case.standard:,.2f}"}
    return _("民政已救助 %(relief)s 元，连同本次共 %(total)s 元") % told if relief else ""


def _more_from_others(facts: CaseFacts) -> str:
    """What offices gave that is not paid back, where it is more than the standard of the case (or what it asks for)."""
    given, line = facts.policies.kept, facts.usual.amount if facts.usual else facts.case.standard
    told = {"given": f"{given:,.2f}", "line": f"{line:,.2f}", "total": f"{given + facts.case.standard:,.2f}"}
    return (
        _("其他部门已资助 %(given)s 元，高于帮扶标准 %(line)s 元，连同本次共 %(total)s 元") % told
        if given > line
        else ""
    )


def _papers(facts: CaseFacts) -> str:
    return "、".join(facts.papers.missing)


def _objections(facts: CaseFacts) -> str:
    return _("%(count)d 条") % {"count": len(facts.objections)} if facts.objections else ""


DOUBTS = (
    Doubt(gettext_lazy("有异议"), _objections),
    Doubt(gettext_lazy("公示后有改动"), _changed),
    Doubt(gettext_lazy("初审后有改动"), _changed_since_check),
    Doubt(gettext_lazy("收入高于标准"), _over_the_line),
    Doubt(gettext_lazy("没有登记收入"), _no_income),
    Doubt(gettext_lazy("银行卡重复"), lambda facts: _same(facts.shared.card)),
    Doubt(gettext_lazy("电话重复"), lambda facts: _same(facts.shared.telephone)),
    Doubt(gettext_lazy("兄弟姐妹也在申请"), _siblings),
    Doubt(gettext_lazy("与年度帮扶标准不同"), lambda facts: facts.departure.words if facts.departure else ""),
    Doubt(gettext_lazy("可能重复救助"), _helped_twice),
    Doubt(gettext_lazy("其他部门资助较多"), _more_from_others),
    Doubt(gettext_lazy("政策未填"), _unanswered),
    Doubt(gettext_lazy("材料还缺"), _papers),
    Doubt(gettext_lazy("没有张贴照片"), lambda facts: not facts.has_photo),
    Doubt(
        gettext_lazy("档案已注销"),
        lambda facts: not facts.case.child.household.is_open,
    ),
)


@dataclass(frozen=True)
class Told:
    """A doubt about one case, in words."""

    label: str
    words: str


def doubts_of(facts: CaseFacts) -> list[Told]:
    """What gives cause for doubt about one case, the gravest first."""
    found = ((str(doubt.label), doubt.words(facts)) for doubt in DOUBTS)
    return [Told(label, words if isinstance(words, str) else "") for label, words in found if words]
