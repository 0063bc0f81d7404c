"""政策落实情况 as columns of a list: what became of each policy comes in with the case of the row."""

from decimal import Decimal

import pytest

from aid.models import AidCase, PolicyAid
from portal.audit import By
from portal.models import Import
from portal.records.taking_back.acts import take_back
from tests.employment.lists.commands import import_list
from tests.employment.lists.files import xlsx
from tests.employment.lists.kept import FAMILIES, LI_CHILD, WANG_CHILD

POLICIES = ("两免一补", "国家助学贷款", "民政救助", "国家助学金")
HEADINGS = ("学生姓名", "学生身份证号码", "申请时间", "救助金额", *POLICIES)
SAID = {"活动年度": "2026", "助学方式": "社会助学"}


def wang(*answers):
    return ("王小明", WANG_CHILD, "2026-7-1", 1500, *answers)


def li(*answers):
    return ("李小红", LI_CHILD, "2026-7-1", 1500, *answers)


@pytest.fixture
def bring(tmp_path, district, grassroots):
    path = tmp_path / "list.xlsx"

    def run(*rows):
        path.write_bytes(xlsx([HEADINGS, *rows]))
        return import_list(path, unit=district.code, said=SAID)

    path.write_bytes(FAMILIES)
    import_list(path, unit=district.code)
    return run


def on_file() -> set:
    return {
        (given.case.person.id_number, given.policy, given.outcome, given.amount, given.reason, given.union_path)
        for given in PolicyAid.objects.select_related("case__person")
    }


def test_sums_and_words_become_answers(bring, district):
    answer = bring(wang("1,200元", "不适用", 800, "已申请"), li("2000元/学年", "", "无", "未获批准"))
    assert answer["held"] == [
        {"row": 3, "column": "助学金未落实原因", "value": None, "reason": "没有申请或没有获批的，请写明原因"}
    ]
    assert {title: count for title, count in answer["created"].items() if count} == {
        "助学申请": 1,
        "政策·学杂费减免": 1,
        "政策·助学贷款": 1,
        "政策·民政教育救助": 1,
        "政策·助学金": 1,
    }
    assert answer["mapping"]["两免一补"] == [
        "政策·学杂费减免.学杂费减免落实情况",
        "政策·学杂费减免.学杂费减免落实金额(元)",
    ]
    assert answer["mapping"]["救助金额"] == ["助学申请.帮扶标准(元)"]
    assert on_file() == {
        (WANG_CHILD, "tuition_waiver", "granted", Decimal("1200.00"), "", district.path),
        (WANG_CHILD, "student_loan", "not_applicable", None, "", district.path),
        (WANG_CHILD, "civil_relief", "granted", Decimal("800.00"), "", district.path),
        (WANG_CHILD, "grant", "applied", None, "", district.path),
    }


def test_blank_and_nothing_leave_the_policy_to_be_answered(bring):
    assert bring(wang("无", "", "/", None), li("500", "", "", ""))["held"] == []
    assert {(given.policy, given.amount) for given in PolicyAid.objects.all()} == {
        ("tuition_waiver", Decimal("500.00"))
    }
    assert AidCase.objects.count() == 2


def test_same_list_again_changes_nothing(bring):
    bring(wang("1200", "不适用", "", ""))
    again = bring(wang("1200", "不适用", "", ""))
    assert set(again["created"].values()) | set(again["updated"].values()) == {0}
    assert again["unchanged"]["政策·学杂费减免"] == again["unchanged"]["政策·助学贷款"] == 1


def test_answer_of_a_case_that_is_no_draft_stands(bring):
    """The same as on its page: what was never answered can be said, what was said is not changed."""
    bring(wang("1200", "不适用", "", ""))
    held = bring(wang("1500", "不适用", "900", ""))["held"]
    assert [(each["column"], each["reason"]) for each in held] == [
        ("两免一补", "申请现在的状态是“已提交”，不能修改政策落实情况")
    ]
    assert bring(wang("1200", "不适用", "900", ""))["held"] == []
    assert PolicyAid.objects.get(policy="civil_relief").amount == 900


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("是", "已落实的请填写大于 0 的金额"),
        ("否", "没有“否”这一类，应为下列之一：已落实、已申请，待批、申请未获批准、未申请、不适用"),
        ("约500", "没有“约500”这一类，应为下列之一：已落实、已申请，待批、申请未获批准、未申请、不适用"),
    ],
)
def test_answer_that_says_too_little_holds_the_row_back(bring, cell, reason):
    answer = bring(wang(cell, "", "", ""))
    assert [each["reason"] for each in answer["held"]] == [reason]
    assert not AidCase.objects.exists()


def test_answers_are_taken_back_with_their_case(bring, clerk):
    bring(wang("1200", "不适用", "", ""))
    take_back(Import.objects.latest("made_at"), by=By(clerk))
    assert not PolicyAid.objects.exists()
    assert not AidCase.objects.exists()
