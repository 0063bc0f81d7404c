"""The subject's copy: nothing that is kept about a family is left out but for a reason, and who saw it is told."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from aid.models import AidCase, Household, Person, Visit
from aid.subject_copy.kept import MODELS_NOT_TOLD, NOT_TOLD, PEOPLE_TOLD
from aid.subject_copy.sheet import subject_copy
from employment.subject_copy import KEPT
from portal.enums import AuditAction
from portal.fields import BlindIndexField
from portal.models import AuditEntry
from portal.printouts.kind import Asked
from tests import builders
from tests.aid import cases as casework
from tests.printing import content_text, docx_text, squeezed
from tests.reports import builders as make

COPY = subject_copy(KEPT)
WORDS = (
    "以下是工会登记的您家庭的全部信息，没有填写的项目不列。所附材料只列名称。提出异议的人和异议内容依法保密，不列入。"
    "最后一部分是谁在哪一天查看、导出或修改过这些信息。整批导出的列表只记条数，不逐户记录；"
    "从别的单位转入的，转入以前的不在内。"
)
FLOORS = {"portal", "aid", "employment", "reports"}


def about_families() -> set:
    """Every model from which a way of foreign keys leads to a family or a person."""
    found, grown = {Household, Person}, True
    tables = [model for model in apps.get_models() if model._meta.app_label in FLOORS and not is_history(model)]
    while grown:
        more = {model for model in tables if any(field.related_model in found for field in model._meta.concrete_fields)}
        grown = not more <= found
        found |= more
    return found


def is_history(model) -> bool:
    return model.__name__.startswith("Historical")


def test_every_kind_of_record_about_a_family_is_told_or_says_why_not():
    told = {kind.model for kind in KEPT} | {Person}
    assert {model.__name__ for model in about_families() - told} == set(MODELS_NOT_TOLD)
    assert told - about_families() == set()


def test_every_field_of_them_is_told_or_says_why_not():
    left_out, known = set(), set()
    for model, told in [*((kind.model, kind.told) for kind in KEPT), (Person, PEOPLE_TOLD)]:
        names = {attribute.path.split(".")[0] for attribute in told}
        fields = {field.name: field for field in model._meta.concrete_fields}
        known |= {*fields, *(f"{model.__name__}.{name}" for name in fields)}
        missing = {name for name, field in fields.items() if not isinstance(field, BlindIndexField)} - names
        left_out |= {
            f"{model.__name__}.{name}"
            for name in missing
            if name not in NOT_TOLD and f"{model.__name__}.{name}" not in NOT_TOLD
        }
        assert [each.label for each in told if each.label.isascii()] == []  # an identifier is no word
    assert left_out == set()
    assert set(NOT_TOLD) - known == set()


@pytest.fixture
def home(district):
    family = builders.household(district, "曾建国", number="D001", employer="东湖纺织厂", health="chronic")
    child = builders.child(district, "曾小丽", household=family, relation="女儿", school="东湖中学")
    case = make.case(district, child=child, number="A001", standard=Decimal("1200.50"))
    make.payment(district, case=case, number="F001", amount=Decimal("1200.50"), paid_on=date(2014, 7, 1), voucher="V1")
    builders.visit(district, person=child.person, number="Z001", needs="想学编程")
    builders.document(family)
    return family


def sheet(home, user, reason: str = ""):
    return COPY.content(COPY.records(user).get(pk=home.pk), Asked(user, "", reason))


def told(home, *, reason: bool) -> str:
    """The whole copy of `home`, worked out by hand: masked, or with everything."""
    child, worker = home.children.get(), home.worker
    case = AidCase.objects.get()
    payment, visit, paper = case.disbursements.get(), Visit.objects.get(), home.documents.get()
    ids = {
        person: person.id_number if reason else f"310***********{person.id_number[-4:]}"
        for person in (worker, child.person)
    }
    sealed = {
        "card": builders.CARD, "cause": builders.CAUSE, "telephone": builders.TELEPHONE, "address": builders.ADDRESS,
        "health": "慢性病", "needs": "想学编程",
    }  # fmt: skip
    masked = dict.fromkeys(sealed, "******") | {"card": "**** 5702", "telephone": "138****5702"}
    value = sealed if reason else masked
    union = "所属工会 东湖区总工会"
    return f"""
        家庭信息副本 档案编号：D001 提供日期：{localdate().year}年{localdate().month}月{localdate().day}日 {WORDS}
        人员 姓名 曾建国 证件号码 {ids[worker]} 性别 男 出生日期 {worker.birth_date}
        姓名 曾小丽 证件号码 {ids[child.person]} 性别 男 出生日期 {child.person.birth_date}
        困难职工家庭 {union} 更新时间 {at(home.updated_at)} 银行卡号 {value["card"]} 档案编号 D001 职工姓名 曾建国
        职工类别 困难职工 单亲 否 困难类别 低保户 致困原因 {value["cause"]} 工作单位 东湖纺织厂
        联系电话 {value["telephone"]} 家庭住址 {value["address"]} 建档日期 2013-03-01 职工健康状况 {value["health"]}
        子女 {union} 更新时间 {at(child.updated_at)} 姓名 曾小丽 与职工关系 女儿 学段 高中 就读学校 东湖中学 在档 在档
        家庭材料 材料种类 身份证明 文件名 身份证.pdf 大小 14 上传人 上传人 上传时间 {at(paper.uploaded_at)}
        助学申请 {union} 更新时间 {at(case.updated_at)} 业务编号 A001 子女 曾小丽 活动年度 2014 学段 高中
        助学方式 政策助学 帮扶标准(元) 1,200.50 申请日期 2014-02-01 审批日期 2014-03-01 审批结果 通过 状态 已审批通过
        统计学段 高中 统计职工类别 困难职工 统计单亲 否 统计为困难单亲女职工 否
        助学款发放 {union} 更新时间 {at(payment.updated_at)} 业务编号 F001 助学申请 A001 发放日期 2014-07-01
        金额(元) 1,200.50 资金来源 各级工会投入 发放方式 银行卡 状态 已发放 凭证号 V1
        走访慰问 {union} 更新时间 {at(visit.updated_at)} 业务编号 Z001 走访日期 2014-07-20 走访人 走访人甲
        慰问方式 谈心、赠送书籍学习用品 需求与反馈 {value["needs"]} 电话回访 否 查看、导出和修改记录"""


def at(moment) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}"


def test_copy_tells_the_records_masked_or_for_a_reason_whole(home, clerk):
    nobody = "没有记录。"
    assert content_text(sheet(home, clerk)) == squeezed(told(home, reason=False) + nobody)
    assert content_text(sheet(home, clerk, "建档、报审")) == squeezed(told(home, reason=True) + nobody)


def test_copy_tells_who_saw_it_by_day_and_leaves_a_row_itself(home, clerk, lead, client_of):
    clerks, leads = client_of(clerk), client_of(lead)
    for _turn in range(2):
        clerks.get(reverse("household_detail", args=[home.pk]))
    leads.post(reverse("household_reveal", args=[home.pk]), {"reason": "check"})
    leads.get(reverse("aidcase_detail", args=[AidCase.objects.get().pk]))
    answer = clerks.post(reverse("household_copy", args=[home.pk]), {"reason": "filing", "as": "docx"})
    day = localdate().isoformat()
    lines = (
        f"{day}{clerk.name}查看 困难职工家庭 D001 2"
        f"{day}{lead.name}查看完整信息 困难职工家庭 D001 1"
        f"{day}{lead.name}查看 助学申请 A001 1"
    )
    whole = squeezed(told(home, reason=True) + "日期 人员 事项 对象 次数" + lines)
    assert docx_text(answer.content) == whole
    last = AuditEntry.objects.latest("pk")
    assert (last.actor, last.action, last.subject) == (clerk, AuditAction.REVEALED, "困难职工家庭 D001")
    assert last.detail == {"act": "家庭信息副本", "format": "docx", "reason": "建档、报审", "fields": ["个人信息"]}


def test_records_are_found_of_this_family_and_of_no_other(district, home, clerk):
    builders.one_of_each(district)
    other = Household.objects.exclude(pk=home.pk).get()

    def found(family) -> Counter:
        return Counter(kind.model.__name__ for kind in KEPT for _record in kind.records(family, clerk))

    mine = ("Household", "Child", "Document", "AidCase", "Disbursement", "Visit")
    theirs = ("Household", "Member", "Income", "Child", "Entry", "AidCase", "Disbursement", "Visit", "Graduate")
    assert found(home) == Counter(mine)
    assert found(other) == Counter((*theirs, "Assistance"))


def test_who_objected_is_not_told(home, district, clerk):
    case = AidCase.objects.get()
    casework.notice(district, case)
    casework.objection(case, "暗异议内容", raised_by="暗异议人", answer="暗处理说明")
    text = content_text(sheet(home, clerk, "建档、报审"))
    assert "公示异议" in text
    assert "暗" not in text


def test_more_children_take_no_more_queries(home, district, clerk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            sheet(home, clerk)
        return len(asked)

    before = queries()
    for _turn in range(2):
        child = builders.child(district, household=home)
        make.payment(district, case=make.case(district, child=child))
        builders.visit(district, person=child.person)
    assert queries() == before
