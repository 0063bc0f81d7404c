"""政策落实情况 as columns of a list of cases: one sheet for each policy, whose record belongs to the case of the row.

The case sheet of the workbook is fixed and has none of it. A cell says what became of the policy, or the sum that was
granted; 无 and a blank say nothing, and the policy is still to be answered before the case is decided.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from aid.casework.policies import WITH_REASON
from aid.enums import CaseState, Policy, PolicyOutcome
from aid.models import AidCase, PolicyAid
from aid.workbook.columns import NUMBER_LENGTH
from aid.workflow import UNDER_WAY
from portal.models import Union
from portal.record_rules import Fault, Party, Rule
from portal.workbook.cells import AmountCell, CodeCell, TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.sheet import IdentityColumn, ImportedSheet, cached
from portal.workbook.lists.cells import listed
from portal.workbook.lists.kinds import Part, Source, Values
from portal.workbook.sheets import Column

CASE = "助学申请"
ANSWERED = frozenset({"outcome", "amount", "reason"})
SUM = re.compile("(?:人民币|[¥￥])?[0-9][0-9,，.]*万?(?:元整|元)?(?:/[学]?[年期月])?")
SHORT_OUTCOME = {
    "是": "已落实",
    "有": "已落实",
    "√": "已落实",
    "已享受": "已落实",
    "享受": "已落实",
    "已申请": "已申请，待批",
    "申请中": "已申请，待批",
    "待批": "已申请，待批",
    "未批准": "申请未获批准",
    "未获批": "申请未获批准",
    "未获批准": "申请未获批准",
    "不符合": "不适用",
    "不符合条件": "不适用",
}
# 助学金 alone is not among them: in lists of unions it is what the union grants.
# Beside a policy's words: 是否享受国家助学金, 民政救助金额.
BEGINNINGS = ("", "享受", "是否享受", "已享受", "是否办理", "办理", "是否申请")
ENDINGS = ("", "金额", "情况")
WORDS = {
    Policy.SCHOLARSHIP: ("奖学金", "国家奖学金", "政府奖学金", "国家励志奖学金"),
    Policy.GRANT: ("国家助学金", "政府助学金", "享受国家助学金"),
    Policy.STUDENT_LOAN: ("助学贷款", "国家助学贷款", "生源地助学贷款", "生源地贷款", "校园地助学贷款"),
    Policy.TUITION_WAIVER: ("学杂费减免", "学费减免", "减免学杂费", "减免学费", "两免一补", "学杂费减免金额"),
    Policy.CIVIL_RELIEF: ("民政教育救助", "民政救助", "教育救助", "民政助学"),
    Policy.OTHER: ("其他政策救助", "其他政策", "其他政府救助", "其他救助政策"),
}


def granted(text: str) -> tuple[str, bool] | None:
    """A sum says that it was granted."""
    return (str(PolicyOutcome.GRANTED.label), True) if SUM.fullmatch("".join(text.split())) else None


class GrantedCell(AmountCell):
    """The sum in a cell that may say in words what became of the policy."""


@listed.register
def _sum_of(cell: GrantedCell, value):
    if isinstance(value, str) and not SUM.fullmatch("".join(value.split())):
        return None, ""
    return listed.dispatch(AmountCell)(cell, value)


def answers_that_stand(book: Book) -> Iterator[Fault]:
    """Of a case that is no draft any more only what was never answered can be said; of a decided one nothing."""
    for row in book.records_of(PolicyAid):
        if row.faulty or not (row.is_new or row.changed) or row.record.case.status == CaseState.DRAFT:
            continue
        if not row.is_new or row.record.case.status not in UNDER_WAY:
            party = Party(row.record, "outcome", ANSWERED, as_changed=True)
            state = row.record.case.get_status_display()
            yield Fault(_("申请现在的状态是“%(state)s”，不能修改政策落实情况"), (party,), {"state": state})


class PolicySheet(ImportedSheet):
    """What became of one `policy`, for the case of the row."""

    model = PolicyAid
    policy: Policy
    related = ("case__campaign", "case__union", "case__person", "case__child__person", "case__child__household__worker")
    rules = (
        Rule(
            ("amount", "outcome"),
            lambda given: given.outcome == PolicyOutcome.GRANTED and not given.amount,
            _("已落实的请填写大于 0 的金额"),
        ),
        Rule(
            ("amount", "outcome"),
            lambda given: given.outcome != PolicyOutcome.GRANTED and given.amount is not None,
            _("没有落实的不填金额"),
        ),
        Rule(
            ("reason", "outcome"),
            lambda given: given.outcome in WITH_REASON and not given.reason,
            _("没有申请或没有获批的，请写明原因"),
        ),
    )

    case = IdentityColumn(
        "助学申请编号", "case", TextCell(NUMBER_LENGTH), required=True, refers=(CASE,), path="case__number"
    )

    def _named(self, records, column, values):
        return super()._named(records, column, values).filter(policy=self.policy)

    def complete(self, record, row):
        record.policy = self.policy
        case = cached(record, "case")
        if case is not None and row is not None and row.is_new:
            record.place_with(case)


def _sheet(policy: Policy) -> PolicySheet:
    label = str(policy.label)
    columns = {
        "outcome": Column(
            f"{label}落实情况",
            "outcome",
            CodeCell(PolicyOutcome, short=SHORT_OUTCOME, grown=granted),
            required=True,
            synonyms=[begin + word + end for word in WORDS[policy] for begin in BEGINNINGS for end in ENDINGS],
        ),
        "amount": Column(f"{label}落实金额(元)", "amount", GrantedCell()),
        "reason": Column(f"{label}未落实原因", "reason", TextCell(200)),
    }
    said = {"title": title(policy), "policy": policy} | columns
    if policy == Policy.SCHOLARSHIP:  # the rule looks at the records of all policies
        said["set_rules"] = (answers_that_stand,)
    return type(f"{policy.name.title()}Sheet", (PolicySheet,), said)()


def title(policy: Policy) -> str:
    return f"政策·{policy.label}"


def known_answers(policy: Policy) -> Callable[[Union, Sequence[Values]], list[Model | None]]:
    """What is on file of `policy` for the case that a row names by number."""

    def on_file(unit: Union, rows: Sequence[Values]) -> list[Model | None]:
        numbers = {row["case"] for row in rows if row.get("case")}
        found = {
            given.case.number: given
            for chunk in in_chunks(numbers)
            for given in PolicyAid.objects.in_union(unit)
            .filter(policy=policy, case__in=AidCase.objects.filter(number__in=chunk))
            .select_related(*PolicySheet.related)
        }
        return [found.get(row.get("case")) for row in rows]

    return on_file


def _part(policy: Policy) -> Part:
    return Part(
        title=title(policy),
        identity="outcome",
        on_file=known_answers(policy),
        takes={
            "case": (Source(CASE, "number", same=False),),
            "amount": (Source(title(policy), "outcome"),),  # the cell that says what became of it may be the sum
        },
        only_taken=frozenset({"case"}),
    )


POLICY_SHEETS = tuple(map(_sheet, Policy))
POLICY_PARTS = tuple(map(_part, Policy))
