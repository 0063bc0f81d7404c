"""Lists of families, children, cases, contributions, visits, practice posts and employers."""

from django.utils.translation import gettext_lazy as _

from aid.editing.case import PREFIX as CASE_PREFIX
from aid.editing.employer import EMPLOYER_FORM
from aid.editing.household import HOUSEHOLD_FORM
from aid.editing.practice import PRACTICE_POST_FORM
from aid.editing.visit import VISIT_FORM
from aid.lists.known import known_cases, known_children, known_employers, known_households
from aid.lists.policies import POLICY_PARTS
from aid.lists.shares import SHARE_PARTS
from aid.models import Contribution, PracticePost, Visit
from aid.payments.contributions import CONTRIBUTION_FORM
from aid.workbook.cutting import grade_at_school
from portal.workbook.lists.kinds import ListKind, Part, Source, equal_on_file
from portal.workbook.sheets import Workbook

HOUSEHOLD, CHILD, CASE, EMPLOYER = "困难职工家庭", "子女", "助学申请", "用人单位"

HOUSEHOLD_PART = Part(
    title=HOUSEHOLD,
    identity="worker",
    prefix=HOUSEHOLD_FORM.prefix,
    on_file=known_households,
    shared=True,
    only_taken=frozenset({"worker_sex"}),
    sexed=("worker_sex",),
)
CHILD_PART = Part(
    title=CHILD,
    identity="person",
    on_file=known_children,
    shared=True,
    only_named=frozenset({"bank_card", "bank_name", "bank_branch", "payee_name", "payee_person", "card_kind"}),
    takes={
        "household": (Source(HOUSEHOLD, "number"),),
        "stage": (Source(CHILD, "grade", same=False, worded=grade_at_school),),
    },
    lacks={"household": _("没有写是谁家的子女，请在这一行补上职工姓名和证件号码，或已建档家庭的档案编号")},
)
CASE_PART = Part(
    title=CASE,
    identity="child",
    prefix=CASE_PREFIX,
    on_file=known_cases,
    takes={
        "child": (Source(CHILD, "person"),),
        "stage": (Source(CHILD, "stage"),),
        "applied_on": (Source(HOUSEHOLD, "filed_on", same=False),),
    },
    wanted_by=frozenset({"standard", "number", "notice_from", "decided_on"}),
    follows=CHILD,
    comes_as=_(
        "新增的助学申请登记为“已提交”，表里写了公示、审批的登记到那一步，没有初审记录；"
        "下一步由审核人初审，初审前要填好各项政策救助的落实情况（不设初审的年度直接公示）。"
    ),
)
EMPLOYER_PART = Part(title=EMPLOYER, identity="name", prefix=EMPLOYER_FORM.prefix, on_file=known_employers, shared=True)
FAMILY_DATES = frozenset({"filed_on", "applied_on"})


def aid_lists(workbook: Workbook, offers: Workbook) -> tuple[ListKind, ...]:
    """The kinds of this floor, checked with the whole case workbook; employers with that of `offers`."""
    family = (HOUSEHOLD_PART, CHILD_PART, CASE_PART, *POLICY_PARTS, *SHARE_PARTS)
    return (
        ListKind(
            name="families",
            title=_("困难职工家庭（一行一户，可带子女和助学申请）"),
            workbook=workbook,
            parts=family,
            main=HOUSEHOLD,
            dated=FAMILY_DATES,
        ),
        ListKind(
            name="children",
            title=_("子女（一行一个子女，可带家长和助学申请）"),
            workbook=workbook,
            parts=family,
            main=CHILD,
            dated=FAMILY_DATES,
        ),
        ListKind(
            name="contributions",
            title=_("资金筹集"),
            workbook=workbook,
            main="资金筹集",
            words=("资金筹集", "筹集", "捐款", "捐赠", "到账"),
            parts=(
                Part(
                    title="资金筹集",
                    identity="amount",
                    prefix=CONTRIBUTION_FORM.prefix,
                    on_file=equal_on_file(Contribution, "received_on", ("source", "amount", "donor", "voucher")),
                ),
            ),
        ),
        ListKind(
            name="visits",
            title=_("走访慰问"),
            workbook=workbook,
            main="走访慰问",
            words=("走访", "慰问"),
            parts=(
                Part(
                    title="走访慰问",
                    identity="person",
                    prefix=VISIT_FORM.prefix,
                    on_file=equal_on_file(Visit, "visited_on", ("visitor",), person="person"),
                ),
            ),
        ),
        ListKind(
            name="practice",
            title=_("社会实践岗位"),
            workbook=workbook,
            main="社会实践岗位",
            words=("社会实践", "实践岗位"),
            parts=(
                Part(
                    title="社会实践岗位",
                    identity="employer",
                    prefix=PRACTICE_POST_FORM.prefix,
                    on_file=equal_on_file(PracticePost, "contacted_on", ("employer", "description")),
                ),
            ),
        ),
        ListKind(
            name="employers",
            title=_("用人单位"),
            workbook=offers,
            main=EMPLOYER,
            words=("用人单位", "企业名录", "单位名录"),
            parts=(EMPLOYER_PART,),
        ),
    )
